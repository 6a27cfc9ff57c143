"""The data folder 「数据文件夹」 of an installation: what lies in it, and how a process is set up for it.

``jixiao.sqlite3`` the database (where there is no PostgreSQL), ``files/`` originals, ``backups/``, ``secret`` the key of sessions and
digests (0600), ``jixiao.env`` settings that all commands share (``DATABASE_URL``, ``JIXIAO_HOSTS`` …; the environment overrules it).
"""

from __future__ import annotations

import argparse
import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

DEFAULT = "jixiao-data"
SECRET = "secret"  # noqa: S105 - the name of the file
SETTINGS = "jixiao.env"
DATABASE = "jixiao.sqlite3"
BACKUPS = "backups"
LOCK = "serve.lock"
_NOBODY_ELSE = 0o077
EXAMPLE = "示例"
"""A mark: the passwords of this folder are printed, it is served on this computer only"""


PROFILES = ("lan", "tls")
LAST_PORT = 65535
NAMES = frozenset(
    {
        "JIXIAO_BACKUPS",
        "JIXIAO_CERT",
        "JIXIAO_CHROMIUM",
        "JIXIAO_DATA",
        "JIXIAO_DESK",
        "JIXIAO_HOSTS",
        "JIXIAO_KEEP_BACKUPS",
        "JIXIAO_KEY",
        "JIXIAO_NOW",
        "JIXIAO_PARENT",
        "JIXIAO_PORT",
        "JIXIAO_PROFILE",
        "JIXIAO_PROXY",
        "JIXIAO_RULESET",
        "JIXIAO_SECRET_KEY",
        "JIXIAO_SHIFT",
        "JIXIAO_WINDOW",
    }
)
"""Settings there are, besides those of Django and of the system"""


def add_folder(parser: argparse.ArgumentParser) -> None:
    """The argument that all commands of the workspace take."""
    parser.add_argument(
        "folder",
        nargs="?",
        type=Path,
        default=None,
        metavar="数据文件夹",
        help=f"工作平台的数据放在哪里；不写则看环境变量 JIXIAO_DATA，再没有就是当前位置的 {DEFAULT}",
    )


def folder_of(given: Path | None) -> Path:
    """The data folder somebody means."""
    return (given or Path(os.environ.get("JIXIAO_DATA") or DEFAULT)).resolve()


def private(folder: Path) -> None:
    """Make the folder where there is none, and nobody else's business; so is all that this process makes in it."""
    os.umask(_NOBODY_ELSE)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if os.name != "nt" and folder.stat().st_mode & _NOBODY_ELSE:
        with suppress(PermissionError):  # another's folder: the doctor tells
            folder.chmod(0o700)


def open_to_others(folder: Path) -> list[Path]:
    """The data folder and what lies directly in it, where others may read it."""
    if os.name == "nt":
        return []
    found = [folder, *sorted(folder.iterdir())]
    return [path for path in found if not path.is_symlink() and path.stat().st_mode & _NOBODY_ELSE]


def settings_in(folder: Path) -> dict[str, str]:
    """What ``jixiao.env`` says. Raises ValueError with the line that is no ``NAME=value``."""
    path = folder / SETTINGS
    found: dict[str, str] = {}
    if not path.is_file():
        return found
    for number, line in enumerate(path.read_text(encoding="utf-8-sig").splitlines(), 1):
        text = line.strip()
        if not text or text.startswith("#"):
            continue
        name, equals, value = text.partition("=")
        if not equals or not name.strip().isidentifier():
            raise ValueError(f"{path} 第{number}行要写成 名字=值，现在是：{text}")
        found[name.strip()] = value.strip().strip("\"'")
    return found


def wrong_profile(name: str) -> str | None:
    """What to say about a profile there is none of: taken as ``lan`` it would serve without encryption unnoticed."""
    if name in PROFILES:
        return None
    return f"JIXIAO_PROFILE 只能写 lan（不加密）或 tls（https），小写，现在是“{name}”"


def wrong_settings(folder: Path) -> list[str]:
    """What is wrong with the settings of an installation, in words: those in ``jixiao.env``, and the environment above them."""
    kept = settings_in(folder)
    found = [
        f"{folder / SETTINGS} 里的 {name} 不是设置的名字，不起作用"
        for name in kept
        if name.startswith("JIXIAO_") and name not in NAMES
    ]
    given = {**kept, **{name: value for name, value in os.environ.items() if value}}
    profile = wrong_profile(given.get("JIXIAO_PROFILE") or "lan")
    if profile:
        found.append(profile)
    port = given.get("JIXIAO_PORT") or "8000"
    if not port.isdecimal() or not 1 <= int(port) <= LAST_PORT:
        found.append(f"JIXIAO_PORT 要写 1 到 {LAST_PORT} 的端口，现在是“{port}”")
    days = given.get("JIXIAO_KEEP_BACKUPS") or "30"
    if not days.isdecimal():
        found.append(f"JIXIAO_KEEP_BACKUPS 要写天数（如 30），现在是“{days}”")
    return found


def keep_setting(folder: Path, name: str, value: str) -> None:
    """Write a setting into ``jixiao.env``, in the place of one of the same name."""
    path = folder / SETTINGS
    lines = path.read_text(encoding="utf-8-sig").splitlines() if path.is_file() else []
    kept = [line for line in lines if line.partition("=")[0].strip() != name]
    fresh = path.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    fresh.touch(0o600)
    fresh.write_text("\n".join([*kept, f"{name}={value}"]) + "\n", encoding="utf-8")
    fresh.replace(path)


def kept_secret(folder: Path) -> str | None:
    """The key in the folder, or None where there is none or an empty one."""
    path = folder / SECRET
    return (path.read_text(encoding="ascii").strip() or None) if path.is_file() else None


def secret_of(folder: Path, fresh: str = "") -> str:
    """The key in the folder; where there is none ``fresh`` or a new one is kept. Nobody else may read it."""
    path = folder / SECRET
    if kept_secret(folder) is None:
        path.unlink(missing_ok=True)  # an empty one
        unfinished = folder / f".{SECRET}.{os.getpid()}"
        unfinished.touch(0o600)
        unfinished.write_text(fresh or new_secret(), encoding="ascii")
        try:
            os.link(unfinished, path)  # of two who begin at once one wins
        except FileExistsError:
            pass
        except OSError:  # a disk that knows no links
            unfinished.replace(path)
        unfinished.unlink(missing_ok=True)
    return path.read_text(encoding="ascii").strip()


def is_key_given(folder: Path) -> bool:
    """Whether there is a key, in the folder, in its settings or in the environment."""
    name = "JIXIAO_SECRET_KEY"
    return bool(os.environ.get(name) or settings_in(folder).get(name) or kept_secret(folder))


def new_secret() -> str:
    """A key nobody guesses."""
    return secrets.token_urlsafe(64)


def environment(folder: Path, overrule: Mapping[str, str] | None = None) -> dict[str, str]:
    """What a process of this installation has in its environment: defaults of the folder below what is set already.

    Without a key in the folder the process has one of its own that is not kept: nothing is written here.
    """
    kept = settings_in(folder)
    given = {name: value for name, value in os.environ.items() if value or name not in kept}
    found = {**kept, **given, **(overrule or {})}
    found["JIXIAO_DATA"] = str(folder)
    if not found.get("JIXIAO_SECRET_KEY"):
        found["JIXIAO_SECRET_KEY"] = kept_secret(folder) or new_secret()
    if found.get("JIXIAO_NOW") and not found.get("JIXIAO_SHIFT"):
        found["JIXIAO_SHIFT"] = str(_shift(found["JIXIAO_NOW"]))  # one for all processes, whenever they start
    found.setdefault("DJANGO_SETTINGS_MODULE", "jixiao.web.settings")
    return found


def _shift(start: str) -> float:
    moment = datetime.fromisoformat(start)
    zone = ZoneInfo("Asia/Shanghai")
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=zone)
    return (moment - datetime.now(zone)).total_seconds()


def set_up(folder: Path, overrule: Mapping[str, str] | None = None) -> None:
    """Make this process one of the installation: its environment, Django ready."""
    os.umask(_NOBODY_ELSE)
    os.environ.update(environment(folder, overrule))
    import django

    django.setup()
