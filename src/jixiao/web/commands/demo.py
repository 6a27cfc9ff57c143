"""``jixiao demo``: the example county as a workspace, on this computer only. Without a terminal it checks itself and ends."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from threading import Event

from jixiao.services.lock import locked
from jixiao.web.operation.folder import EXAMPLE, LOCK, private, secret_of, set_up
from jixiao.web.operation.local import HOST, HOSTS, free_port, serve_here

_NOW = "2026-11-30T09:30"
_PORT = 8000
_ADDRESS = "demo.address"


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("folder", type=Path, metavar="数据文件夹", help="建在哪里：空文件夹，或以前的示例")
    parser.add_argument("--files", type=Path, required=True, metavar="文件夹", help="示例县各部门的绩效文本")
    parser.add_argument("--port", type=int, default=_PORT, metavar="端口", help=f"不写则 {_PORT}，被占用时换一个")
    parser.add_argument("--check", action="store_true", help="自己走一遍（登录、五个页面、收一份文件）就结束")


def run(given: argparse.Namespace) -> int:
    """0 shown, or checked and right; 1 the check found something; 2 not started, with words."""
    folder = given.folder.resolve()
    private(folder)
    is_ours = (folder / EXAMPLE).exists()
    if not is_ours and any(path.name != LOCK for path in folder.iterdir()):
        _say(f"没有启动：{folder} 里已有别的东西，示例县要建在空文件夹里")
        return 2
    with locked(folder / LOCK) as is_free:
        if not is_free:
            return _is_open_already(folder, is_checking=given.check or not sys.stdout.isatty())
        return _serve(folder, given)


def _is_open_already(folder: Path, *, is_checking: bool) -> int:
    """Another one serves the example: where. Fine for who wants to see it, not for who wants it checked."""
    try:
        address = (folder / _ADDRESS).read_text(encoding="ascii")
    except OSError:
        _say(f"没有启动：另一个 jixiao demo 正在准备 {folder}，或者它正被别的 jixiao 使用。等一会儿再试")
        return 2
    _say(f"示例县已经开着：{address}（只在本机）。账号和密码在打开它的那个窗口里；在那里按 Ctrl+C 结束")
    return 2 if is_checking else 0


def _serve(folder: Path, given: argparse.Namespace) -> int:
    overrule = {"JIXIAO_HOSTS": HOSTS, "JIXIAO_NOW": _NOW, "DATABASE_URL": ""}
    secret_of(folder)
    set_up(folder, overrule)
    files = sorted(path for path in given.files.iterdir() if path.is_file())
    _load(folder, files)
    port = free_port(given.port)
    code = 0
    is_checking = given.check or not sys.stdout.isatty()

    def ready(stop: Event) -> None:
        nonlocal code
        from jixiao.web.demo.check import check
        from jixiao.web.demo.people import PASSWORD, PEOPLE

        address = f"http://{HOST}:{port}"
        _say(f"示例县的工作平台：{address}（只在本机）")
        _say(f"账号（密码都是 {PASSWORD}）：")
        for one in PEOPLE:
            _say(f"  {one.username:<12}{one.role.label}　{one.name}")
        if not is_checking:
            _say("看完了按 Ctrl+C。里面的时间是2026年11月30日")
            return
        trouble = check(address, files[0])
        code = 1 if trouble else 0
        _say(f"自己走一遍：{trouble}" if trouble else "自己走了一遍（登录、五个页面、收一份文件）：都好")
        stop.set()

    (folder / _ADDRESS).write_text(f"http://{HOST}:{port}", encoding="ascii")
    try:
        serve_here(folder, port, overrule, ready, _say)
    finally:
        (folder / _ADDRESS).unlink(missing_ok=True)
    return code


def _load(folder: Path, files: list[Path]) -> None:
    """Fill the folder where it is empty; one that was begun and not finished is begun anew."""
    from django.core.management import call_command
    from django.db import connections

    from jixiao.web.demo.load import load

    done = folder / EXAMPLE
    if done.exists() and done.read_text(encoding="utf-8") == "done":
        return
    for name in ("jixiao.sqlite3", "jixiao.sqlite3-wal", "jixiao.sqlite3-shm"):
        (folder / name).unlink(missing_ok=True)
    done.write_text("begun", encoding="utf-8")
    call_command("migrate", verbosity=0)
    load(files, _say)
    connections.close_all()
    done.write_text("done", encoding="utf-8")


def _say(words: str) -> None:
    print(words, flush=True)
