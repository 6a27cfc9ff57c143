"""``jixiao serve``: makes what is missing, brings the database up to date, then keeps web, workers and clock running."""

from __future__ import annotations

import argparse
import errno
import os
import signal
import socket
import sqlite3
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from jixiao.services.lock import locked
from jixiao.web.operation.folder import (
    EXAMPLE,
    LAST_PORT,
    LOCK,
    SECRET,
    add_folder,
    environment,
    folder_of,
    is_key_given,
    private,
    secret_of,
    set_up,
    wrong_profile,
    wrong_settings,
)
from jixiao.web.operation.opening import unreadable
from jixiao.web.operation.server import command
from jixiao.web.operation.supervisor import Child, supervise
from jixiao.web.operation.tls import Pair, pair_of

_STARTS_WITHIN = 60.0


class WrongCallError(Exception):
    """What was asked for does not go, in words."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    add_folder(parser)
    parser.add_argument(
        "--host", metavar="地址", help="在哪个地址上听；不写则 lan 为 0.0.0.0，用反向代理时为 127.0.0.1"
    )
    parser.add_argument(
        "--port", type=int, metavar="端口", help="不写则看 JIXIAO_PORT，再没有：lan 为 8000，用证书时为 8443"
    )
    parser.add_argument(
        "--profile",
        choices=("lan", "tls"),
        help="lan（默认）：单位内网，http 不加密，登录页上写明；tls：https，用证书（--cert --key）或反向代理（--proxy）",
    )
    parser.add_argument("--cert", type=Path, metavar="文件", help="证书（PEM，含中间证书）；不写则看 JIXIAO_CERT")
    parser.add_argument("--key", type=Path, metavar="文件", help="证书的私钥（PEM，PKCS#8）；不写则看 JIXIAO_KEY")
    parser.add_argument("--new-secret", action="store_true", help="密钥丢了、抄存的也没有：用新的（大家要重新登录）")
    parser.add_argument("--proxy", action="store_true", help="前面有 nginx 等反向代理负责 https")
    parser.add_argument("--workers", type=int, default=2, metavar="个数", help="后台任务用几个进程，默认 2")
    parser.add_argument(
        "--web", type=int, default=max(1, min(4, os.cpu_count() or 1)), metavar="个数", help="网页用几个进程"
    )


def run(given: argparse.Namespace) -> int:
    """0 ended as asked, 2 not started, with words."""
    folder = folder_of(given.folder)
    try:
        private(folder)
        settings = environment(folder)
        profile = given.profile or settings.get("JIXIAO_PROFILE") or "lan"
        wrong = wrong_profile(profile)
        if wrong:
            raise WrongCallError(wrong)
        for words in wrong_settings(folder):
            _say(f"设置：{words}")
        is_proxied = given.proxy or settings.get("JIXIAO_PROXY") == "1"
        _check_numbers(given)
        pair = pair_of(
            str(given.cert or settings.get("JIXIAO_CERT", "")), str(given.key or settings.get("JIXIAO_KEY", ""))
        )
        _check_tls(pair, profile, is_proxied=is_proxied)
        if (folder / EXAMPLE).exists():
            raise WrongCallError("这是示例县，密码是公开的，只能在本机看：jixiao demo")
        host = given.host or ("127.0.0.1" if profile == "tls" and is_proxied else "0.0.0.0")  # noqa: S104 - an office's server
        port = given.port or _port_in(settings) or (8443 if pair else 8000)
        _check_port(host, port)
    except (WrongCallError, ValueError, OSError) as error:
        _say(f"没有启动：{error}")
        return 2
    with locked(folder / LOCK) as is_ours:
        if not is_ours:
            _say(f"没有启动：数据文件夹 {folder} 已经有一个 jixiao serve 在用")
            return 2
        return _serve(given, folder, Place(profile, host, port, pair, is_proxied))


@dataclass(frozen=True)
class Place:
    """Where it serves: profile, host, port, the certificate with its key, whether a proxy stands before it."""

    profile: str
    host: str
    port: int
    pair: Pair | None
    is_proxied: bool


def _serve(given: argparse.Namespace, folder: Path, at: Place) -> int:
    names = [socket.gethostname(), *_own_addresses(), "localhost", "127.0.0.1", "[::1]"]
    known = [name for name in environment(folder).get("JIXIAO_HOSTS", "").split(",") if name]
    overrule = {
        "JIXIAO_PROFILE": at.profile,
        "JIXIAO_HOSTS": ",".join(dict.fromkeys([*known, *names])),
        "JIXIAO_PROXY": "1" if at.is_proxied else "",
    }
    has_key = is_key_given(folder)
    set_up(folder, overrule)
    code = (0 if has_key else _keep_key(folder, is_new_wanted=given.new_secret)) or _prepare()
    if code:
        return code
    _say(f"数据文件夹：{folder}")
    if at.profile == "lan":
        _say("网页不加密（http），只适合单位内网；登录页上也写着。要加密：--profile tls --cert 证书 --key 私钥")
    stop = threading.Event()
    with _signals(stop):
        threading.Thread(target=_announce, args=(at, _address(at, known), folder, stop), daemon=True).start()
        supervise(_children(given, folder, overrule, at), _say, stop)
    _say("已停止。")
    return 0


def _address(at: Place, known: Sequence[str]) -> str:
    """The address people open; ``known`` are the names that settings give."""
    if at.is_proxied:
        return f"https://{known[0] if known else '（代理的域名）'}"
    name = known[0] if known else (_own_addresses() or ["127.0.0.1"])[0] if at.host in ("0.0.0.0", "::") else at.host  # noqa: S104
    scheme, usual = ("https", 443) if at.pair else ("http", 80)
    return f"{scheme}://{name}" + ("" if at.port == usual else f":{at.port}")


def _keep_key(folder: Path, *, is_new_wanted: bool) -> int:
    """Keep the key this process has where the database is new; 2 where the one that belongs to a database is gone."""
    from django.conf import settings
    from django.db import Error, connections

    from jixiao.web.operation import upgrade

    try:
        file = connections["default"].settings_dict["NAME"]
        is_file = connections["default"].vendor == "sqlite"
        is_new = not Path(file).exists() if is_file else upgrade.is_empty()
    except Error:
        return 0  # told by who brings it up to date
    finally:
        connections.close_all()
    if not is_new and not is_new_wanted:
        _say(
            f"没有启动：有数据库，却没有密钥 {folder / SECRET}（或是空的）。把抄存的那一份放回去（权限 600）再启动。\n"
            "抄存的也没有了，才用新的：jixiao serve 数据文件夹 --new-secret。"
            "用新的以后，大家要重新登录，审计日志里以前的个人信息摘要再也核对不了"
        )
        return 2
    secret_of(folder, settings.SECRET_KEY)
    return 0


def _prepare() -> int:
    """Database made or brought up to date; 2 where that does not go."""
    from django.db import Error, connections

    from jixiao.web.operation import backups, upgrade

    try:
        upgrade.bring_up_to_date(_say, lambda: backups.make(backups.place(), reason="升级以前").path)
    except upgrade.TooNewError as error:
        _say(f"没有启动：{error}")
        return 2
    except (Error, sqlite3.Error) as error:
        _say(f"没有启动：{unreadable(error)}")
        return 2
    finally:
        connections.close_all()
    return 0


def _children(given: argparse.Namespace, folder: Path, overrule: dict[str, str], at: Place) -> list[Child]:
    env = environment(folder, overrule)
    module = [sys.executable, "-m", "jixiao.web.operation.process"]
    web = command(at.host, at.port, processes=given.web, pair=at.pair)
    place = socket.gethostname()
    workers = [
        Child(f"后台任务{n}", [*module, "worker", f"{place} {folder.name} {n}"], env)
        for n in range(1, given.workers + 1)
    ]
    return [Child("网页", web, env), *workers, Child("定时", [*module, "clock"], env)]


def _announce(at: Place, address: str, folder: Path, stop: threading.Event) -> None:
    """Say where it is when it answers, and how the first administrators get in."""
    from django.db import connections

    from jixiao.web.operation.first import first_link

    here = "127.0.0.1" if at.host in ("0.0.0.0", "") else at.host  # noqa: S104
    for _ in range(int(_STARTS_WITHIN * 5)):
        if stop.wait(0.2):
            return
        try:
            socket.create_connection((here, at.port), timeout=1).close()
        except OSError:
            continue
        _say(f"工作平台：{address}")
        link = first_link(folder)
        connections.close_all()
        if link is not None:
            _say(f"还没有人员。打开这个链接，登记本级财政局和三位管理员（只能用一次，不要转发）：\n  {address}{link}")
        return
    _say("网页一分钟还没有起来，请看上面的话")


def _check_tls(pair: Pair | None, profile: str, *, is_proxied: bool) -> None:
    if pair and profile != "tls":
        raise WrongCallError("有证书时请写 --profile tls，或 JIXIAO_PROFILE=tls")
    if profile == "tls" and not pair and not is_proxied:
        raise WrongCallError(
            "--profile tls 要有证书（--cert 证书 --key 私钥，或 JIXIAO_CERT、JIXIAO_KEY），或者前面有反向代理（--proxy）"
        )


def _check_numbers(given: argparse.Namespace) -> None:
    if given.port is not None and not 1 <= given.port <= LAST_PORT:
        raise WrongCallError(f"--port 要在 1 到 {LAST_PORT} 之间，现在是 {given.port}")
    for name, count in (("--workers", given.workers), ("--web", given.web)):
        if count < 1:
            raise WrongCallError(f"{name} 至少是 1，现在是 {count}")


def _port_in(settings: Mapping[str, str]) -> int | None:
    said = settings.get("JIXIAO_PORT") or None
    if said is not None and not (said.isdecimal() and 1 <= int(said) <= LAST_PORT):
        raise WrongCallError(f"JIXIAO_PORT 要写 1 到 {LAST_PORT} 的端口，现在是“{said}”")
    return None if said is None else int(said)


def _check_port(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as one:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            one.bind((host, port))
        except OSError as error:
            raise WrongCallError(_why_not(host, port, error)) from error


def _why_not(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EACCES:
        return f"{host}:{port} 不许用：1024 以下的端口要有权限（deploy/jixiao.service 里给了）。手工试用 --port 8000，或前面放 nginx（--proxy）"
    if error.errno == errno.EADDRNOTAVAIL or isinstance(error, socket.gaierror):
        return f"{host} 不是这台机器的地址。不写 --host 就在所有地址上听"
    other = port + 1 if port < LAST_PORT else port - 1
    return f"{host}:{port} 用不了（{error.strerror}）。可能有别的程序在用，换一个：--port {other}"


def _own_addresses() -> list[str]:
    """Addresses of this machine; the one it would speak to others from comes first. Nothing is sent."""
    found: list[str] = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one, suppress(OSError):
        one.connect(("192.0.2.1", 9))
        found.append(one.getsockname()[0])
    with suppress(OSError):
        found += [str(info[4][0]) for info in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)]
    return list(dict.fromkeys(one for one in found if not one.startswith("127.")))


@contextmanager
def _signals(stop: threading.Event) -> Iterator[None]:
    kept = {number: signal.signal(number, lambda *_: stop.set()) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in kept.items():
            signal.signal(number, handler)


def _say(words: str) -> None:
    print(words, flush=True)
