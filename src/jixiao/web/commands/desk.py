"""``jixiao desk``: one person's desk on this computer. Opens the browser; ends when the window of the terminal is closed."""

from __future__ import annotations

import argparse
import os
import sys
import webbrowser
from pathlib import Path
from threading import Event

from jixiao.services.lock import locked
from jixiao.web.operation.folder import LOCK, private, secret_of, set_up
from jixiao.web.operation.local import HOST, HOSTS, free_port, serve_here

_ADDRESS = "desk.address"


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument(
        "folder",
        nargs="?",
        type=Path,
        default=None,
        metavar="数据文件夹",
        help=f"收到的文件放在哪里；不写则 {_usual()}",
    )
    parser.add_argument("--port", type=int, metavar="端口", help="不写则找一个空着的")
    parser.add_argument("--no-browser", action="store_true", help="不打开浏览器，只显示地址")


def run(given: argparse.Namespace) -> int:
    """0 ended as asked; 2 not started, with words."""
    folder = (given.folder or _usual()).resolve()
    private(folder)
    with locked(folder / LOCK) as is_ours:
        if not is_ours:
            return _open_the_other(folder, browser=not given.no_browser)
        return _serve(folder, given.port, browser=not given.no_browser)


def _usual() -> Path:
    """Where programs of this person keep their data."""
    if os.name == "nt":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home()) / "jixiao"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "jixiao"


def _serve(folder: Path, wanted: int | None, *, browser: bool) -> int:
    overrule = {"JIXIAO_DESK": "1", "JIXIAO_HOSTS": HOSTS, "DATABASE_URL": ""}
    secret_of(folder)
    set_up(folder, overrule)
    from django.db import connections

    from jixiao.web.operation import backups, upgrade

    try:
        upgrade.bring_up_to_date(_say, lambda: backups.make(backups.place(), reason="升级以前").path)
    except upgrade.TooNewError as error:
        _say(f"没有启动：{error}")
        return 2
    finally:
        connections.close_all()
    port = free_port(wanted)
    (folder / _ADDRESS).write_text(f"http://{HOST}:{port}", encoding="ascii")

    def ready(_: Event) -> None:
        _open(folder, f"http://{HOST}:{port}", browser=browser)
        _say("用完了关掉这个窗口（或按 Ctrl+C）。文件和结果都留着，下次接着办")

    serve_here(folder, port, overrule, ready, _say)
    (folder / _ADDRESS).unlink(missing_ok=True)
    return 0


def _open_the_other(folder: Path, *, browser: bool) -> int:
    """The desk is open already: another window of it."""
    try:
        address = (folder / _ADDRESS).read_text(encoding="ascii")
    except OSError:
        _say(f"没有启动：{folder} 正被另一个 jixiao 使用")
        return 2
    _open(folder, address, browser=browser)
    return 0


def _open(folder: Path, address: str, *, browser: bool) -> None:
    from jixiao.web.desk.keys import new_key

    link = f"{address}/desk/enter?key={new_key(folder)}"
    opened = browser and _shown(link)
    _say("已在浏览器里打开" if opened else f"请在浏览器里打开（只能用一次）：\n  {link}")


def _shown(link: str) -> bool:
    try:
        return webbrowser.open(link)
    except webbrowser.Error:
        return False


def _say(words: str) -> None:
    print(words, flush=True, file=sys.stdout)
