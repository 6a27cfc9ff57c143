"""The address of a PostgreSQL as commands take it: without its password, which others on the machine read on a command line.

The password comes from a file that is named, from ``PGPASSWORD``, or is asked for at a terminal. libpq's own ``~/.pgpass`` works as well: then
none is needed here.
"""

from __future__ import annotations

import argparse
import getpass
import os
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

_FILE = "--password-file"
_PLAIN = "postgres://用户@主机:端口/库名"


def add_password(parser: argparse.ArgumentParser) -> None:
    """The argument by which a command takes the password."""
    parser.add_argument(
        _FILE,
        type=Path,
        metavar="文件",
        help="数据库密码在这个文件里（一行，权限 600）；不写则看环境变量 PGPASSWORD，再没有就在终端上问",
    )


def with_password(url: str, file: Path | None, ask: Callable[[str], str] | None = None) -> str:
    """The address with its password, as it is kept in ``jixiao.env``. Raises ValueError with words where one is on the command line, or a
    file is not to be read or is open to others; OSError where it is not there. An address of another kind stays for others to refuse."""
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql"):
        return url
    if parts.password is not None:
        raise ValueError(
            f"地址里不要写密码：同一台机器上别的人看得到命令行。写成 {_PLAIN}，密码放在文件里（{_FILE}）、环境变量 PGPASSWORD 里，"
            "或者等它来问。刚才那个密码请换掉"
        )
    password = _in_file(file) if file is not None else os.environ.get("PGPASSWORD", "")
    if not password and file is None and parts.username and (ask is not None or sys.stdin.isatty()):
        password = (ask or getpass.getpass)(f"数据库用户 {parts.username} 的密码（没有就直接回车）：")
    if not password:
        return url
    user = f"{parts.username or ''}:{quote(password, safe='')}"
    place = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=f"{user}@{place}"))


def _in_file(path: Path) -> str:
    if os.name != "nt" and stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise ValueError(f"密码文件别人也能读：chmod 600 {path}")
    lines = path.read_text(encoding="utf-8").splitlines()
    if not lines or not lines[0].strip():
        raise ValueError(f"密码文件是空的：{path}")
    return lines[0].strip()
