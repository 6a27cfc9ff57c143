"""What the doctor looks at of the machine and the folder: all that asks nothing of the database."""

from __future__ import annotations

import os
import shutil
import stat
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import django
from django.conf import settings

import jixiao
from jixiao.readers.office import soffice
from jixiao.readers.scan.engine import is_installed
from jixiao.web.kernel import clock
from jixiao.web.operation import backups
from jixiao.web.operation.findings import Finding, Grade
from jixiao.web.operation.folder import SECRET, SETTINGS, open_to_others, wrong_settings
from jixiao.web.operation.tls import SOON, WrongPairError, ends, pair_of

_LEAST_BYTES = 2_000_000_000
_LEAST_MEMORY = 2_000_000_000
_SECRET_MODE = 0o600


def of_machine(folder: Path, *, has_key: bool) -> Iterator[Finding]:
    """Program, settings, key, who may read, whose files they are, disks, memory, certificate, clock."""
    yield _versions()
    yield _settings(folder)
    yield _secret(folder, has_key=has_key)
    yield _closed(folder)
    yield from _owners(folder)
    yield from _disks(folder)
    yield from _memory()
    yield from _certificate()
    yield _zone()


def _versions() -> Finding:
    words = f"jixiao {jixiao.__version__}，Python {sys.version.split()[0]}，Django {django.get_version()}"
    return Finding(Grade.GOOD, "版本", words)


def _settings(folder: Path) -> Finding:
    wrong = wrong_settings(folder)
    if wrong:
        return Finding(
            Grade.BAD, "设置", "；".join(wrong), f"改 {folder / SETTINGS} 或环境变量，再重新启动 jixiao serve"
        )
    return Finding(Grade.GOOD, "设置", "名字和写法都对")


def _secret(folder: Path, *, has_key: bool) -> Finding:
    path = folder / SECRET
    if not has_key:
        return Finding(
            Grade.BAD,
            "密钥",
            f"没有 {path}，或是空的",
            "第一次启动会建；以前启动过的，把抄存的那一份放回去（权限 600），没有了再用新的：jixiao serve --new-secret",
        )
    if not path.exists():
        return Finding(Grade.GOOD, "密钥", "由 JIXIAO_SECRET_KEY 给出")
    mode = stat.S_IMODE(path.stat().st_mode)
    if os.name != "nt" and mode & ~_SECRET_MODE:
        return Finding(Grade.BAD, "密钥", f"{path} 别人也能读（{mode:o}）", f"chmod 600 {path}")
    return Finding(Grade.GOOD, "密钥", "只有本账号能读。请另存一份在安全的地方：备份里没有它")


def _closed(folder: Path) -> Finding:
    found = open_to_others(folder)
    place = backups.place()
    if place.is_dir() and place.resolve().parent != folder.resolve():
        elsewhere = open_to_others(place)
        if place in elsewhere:
            return Finding(Grade.BAD, "权限", f"备份别人也能读：{place}", f"chmod -R go= {place}")
    if not found:
        return Finding(Grade.GOOD, "权限", "数据文件夹只有本账号能读")
    if found[0] == folder:
        grade, remedy = Grade.BAD, f"chmod -R go= {folder}"
    else:  # behind a closed door
        grade, remedy = Grade.WARNING, f"chmod -R go= {folder}（现在由数据文件夹的权限挡着）"
    return Finding(grade, "权限", f"别人也能读：{'、'.join(map(str, found[:5]))}", remedy)


def _owners(folder: Path) -> Iterator[Finding]:
    """What a command made that somebody ran by another account, most often root: the service cannot write it."""
    if os.name == "nt":
        return
    mine = folder.stat().st_uid
    every = [folder, *folder.iterdir(), *(folder / "files").glob("*"), *backups.place().glob("*")]
    others = [path for path in every if not path.is_symlink() and path.stat().st_uid != mine]
    if others:
        yield Finding(
            Grade.BAD,
            "归属",
            f"有{len(others)}个文件归别的账号，服务写不了：{'、'.join(map(str, others[:3]))}",
            f"chown -R --reference={folder} {others[0]}。以后用运行服务的账号执行命令：sudo -u jixiao jixiao …",
        )


def _disks(folder: Path) -> Iterator[Finding]:
    place = backups.place()
    kept = place if place.is_dir() else folder
    is_same = kept.stat().st_dev == folder.stat().st_dev
    yield _disk("磁盘", "数据文件夹" if not is_same else "数据文件夹和备份", folder)
    if not is_same:
        yield _disk("备份盘", "备份", kept)


def _disk(subject: str, what: str, path: Path) -> Finding:
    free = shutil.disk_usage(path).free
    words = f"{what}（{path}）所在的磁盘还有 {free / 1e9:,.1f} GB"
    if free < _LEAST_BYTES:
        return Finding(
            Grade.BAD, subject, words, "腾出空间：过期的备份、下载的文件；备份改放别的磁盘（JIXIAO_BACKUPS）"
        )
    return Finding(Grade.GOOD, subject, words)


def _memory() -> Iterator[Finding]:
    try:
        lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
        total = next(int(line.split()[1]) * 1024 for line in lines if line.startswith("MemTotal:"))
    except (OSError, ValueError, StopIteration, IndexError):
        return  # a system that says it otherwise
    words = f"共 {total / 1e9:,.1f} GB"
    if total < _LEAST_MEMORY:
        yield Finding(Grade.WARNING, "内存", words, "读大文件可能不够：加到 4 GB，或用 jixiao serve --workers 1")
    else:
        yield Finding(Grade.GOOD, "内存", words)


def _certificate() -> Iterator[Finding]:
    try:
        pair = pair_of(os.environ.get("JIXIAO_CERT", ""), os.environ.get("JIXIAO_KEY", ""))
    except WrongPairError as error:
        yield Finding(Grade.BAD, "证书", str(error), "换好以后重新启动 jixiao serve")
        return
    if pair is None:
        return
    left = ends(pair.cert) - datetime.now(UTC)
    words = f"{pair.cert} 到 {ends(pair.cert).astimezone():%Y-%m-%d}，还有{left.days}天"
    if left < SOON:
        yield Finding(Grade.WARNING, "证书", words, "换上新的证书，重新启动 jixiao serve；到期以后浏览器打不开")
    else:
        yield Finding(Grade.GOOD, "证书", words)


def _zone() -> Finding:
    now = clock.now()
    if settings.CLOCK_SHIFT:
        return Finding(Grade.WARNING, "时间", f"时钟是设定的：{now:%Y-%m-%d %H:%M}", "正式使用时去掉 JIXIAO_NOW")
    return Finding(Grade.GOOD, "时间", f"{now:%Y-%m-%d %H:%M}（{settings.TIME_ZONE}）。请与手表对一下")


def of_readers() -> Iterator[Finding]:
    """Whether what reads old formats and scans is there."""
    found: tuple[tuple[str, Callable[[], object], str, str], ...] = (
        (
            "旧格式",
            soffice,
            "LibreOffice 在，.doc .wps 读得出",
            "apt install libreoffice-writer-nogui libreoffice-calc-nogui",
        ),
        (
            "扫描件",
            is_installed,
            "文字识别在，扫描件读得出",
            "用离线安装包或安装包文件：pip install '安装包文件名[ocr]'",
        ),
    )
    for subject, ask, good, remedy in found:
        if ask():
            yield Finding(Grade.GOOD, subject, good)
        else:
            yield Finding(Grade.WARNING, subject, "没有装，这类文件会说“读不出”", remedy)
