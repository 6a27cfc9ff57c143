"""What ``jixiao doctor`` and the page 「运行」 look at: each finding in words, with what to do."""

from __future__ import annotations

import os
import shutil
import stat
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum
from pathlib import Path

import django
from django.conf import settings
from django.db import Error, connection

import jixiao
from jixiao.readers.office import soffice
from jixiao.readers.scan.engine import is_installed
from jixiao.web.audit import guards
from jixiao.web.audit.export import export_lines
from jixiao.web.jobs.selectors import parked_count
from jixiao.web.kernel import clock
from jixiao.web.operation import backups, upgrade
from jixiao.web.operation.checking import broken
from jixiao.web.operation.folder import SECRET, SETTINGS, is_key_given, open_to_others, wrong_settings

_LEAST_BYTES = 2_000_000_000
_SECRET_MODE = 0o600


class Grade(Enum):
    GOOD = "✓"
    WARNING = "▲"
    BAD = "■"

    @property
    def mark(self) -> str:
        return self.value


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at."""

    grade: Grade
    subject: str
    words: str
    remedy: str = ""


def examine(folder: Path, *, has_key: bool | None = None) -> Iterator[Finding]:
    """Everything, in the order in which one thing stands on another. ``has_key``: whether there was a key before this process was set up."""
    yield _versions()
    yield _settings(folder)
    yield _secret(folder, has_key=is_key_given(folder) if has_key is None else has_key)
    yield _closed(folder)
    yield _disk(folder)
    yield _zone()
    try:
        if _no_file():
            yield Finding(Grade.BAD, "数据", "没有数据库", "第一次启动：jixiao serve；搬家：jixiao restore")
            return
        yield _database()
        if upgrade.is_empty():
            yield Finding(Grade.BAD, "数据", "数据库是空的", "第一次启动：jixiao serve；搬家：jixiao restore")
            return
        for check in (_migrations, _triggers, _chains, _parked, _last_backup):
            yield check()
    except Error as error:
        yield Finding(
            Grade.BAD,
            "数据库",
            f"连不上或读不出：{str(error).strip()}",
            "看 DATABASE_URL 写得对不对、数据库服务开着没有",
        )
        return
    yield from _readers()


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


def _disk(folder: Path) -> Finding:
    free = shutil.disk_usage(folder).free
    words = f"{folder} 所在的磁盘还有 {free / 1e9:,.1f} GB"
    if free < _LEAST_BYTES:
        return Finding(Grade.BAD, "磁盘", words, "腾出空间：过期的备份、下载的文件；备份改放别的磁盘（JIXIAO_BACKUPS）")
    return Finding(Grade.GOOD, "磁盘", words)


def _zone() -> Finding:
    now = clock.now()
    if settings.CLOCK_SHIFT:
        return Finding(Grade.WARNING, "时间", f"时钟是设定的：{now:%Y-%m-%d %H:%M}", "正式使用时去掉 JIXIAO_NOW")
    return Finding(Grade.GOOD, "时间", f"{now:%Y-%m-%d %H:%M}（{settings.TIME_ZONE}）。请与手表对一下")


def _no_file() -> bool:
    """Whether there is no file of SQLite: asking it would make one."""
    name = str(connection.settings_dict["NAME"])
    return connection.vendor == "sqlite" and not name.startswith("file:") and not Path(name).exists()


def _database() -> Finding:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT current_setting('server_version'), current_setting('lc_ctype'), current_setting('fsync')"
            )
            version, locale, fsync = cursor.fetchone()
            if fsync != "on":
                return Finding(
                    Grade.BAD, "数据库", "PostgreSQL 关了 fsync：断电会丢数据", "在 postgresql.conf 里写 fsync = on"
                )
            if locale == "C":
                return Finding(
                    Grade.WARNING, "数据库", "lc_ctype 是 C，按中文搜索会很慢", "建库时用 C.UTF-8 或 zh_CN.UTF-8"
                )
            return Finding(Grade.GOOD, "数据库", f"PostgreSQL {version}")
        cursor.execute("SELECT sqlite_version()")
        (version,) = cursor.fetchone()
        cursor.execute("PRAGMA quick_check(1)")
        (state,) = cursor.fetchone()
    if state != "ok":
        return Finding(
            Grade.BAD,
            "数据库",
            f"SQLite 文件坏了：{state}",
            "停下 jixiao serve，把最近的备份恢复到新的文件夹：jixiao restore",
        )
    return Finding(
        Grade.GOOD, "数据库", f"SQLite {version}，文件完好。同时办事的超过20人请搬到 PostgreSQL：jixiao move"
    )


def _migrations() -> Finding:
    try:
        upgrade.refuse_newer()
    except upgrade.TooNewError as error:
        return Finding(Grade.BAD, "升级", str(error))
    todo = upgrade.pending()
    if todo:
        return Finding(Grade.WARNING, "升级", f"数据库还差{len(todo)}步", "重新启动 jixiao serve：它先备份再升级")
    return Finding(Grade.GOOD, "升级", "数据库和程序是一个版本")


def _triggers() -> Finding:
    gone = guards.missing(connection)
    if gone:
        return Finding(
            Grade.BAD,
            "审计防护",
            f"少了{len(gone)}个防改触发器：{gone[0]} 等",
            "有人动过数据库。查明是谁，核对审计日志，再从备份恢复到新库",
        )
    return Finding(Grade.GOOD, "审计防护", "数据库里的防改触发器都在")


def _chains() -> Finding:
    met = broken(export_lines())
    if met:
        return Finding(
            Grade.BAD,
            "审计链",
            f"{len(met)}处不对：{met[0]}",
            "请审计管理员导出日志，与公布的每日根核对（docs/audit.md）",
        )
    return Finding(Grade.GOOD, "审计链", "没有改动、缺失或调换")


def _parked() -> Finding:
    count = parked_count()
    if count:
        return Finding(
            Grade.WARNING, "后台任务", f"{count}件做了两次都没有做完，已搁置", "在“运行”页看原因，再点“重新运行”"
        )
    return Finding(Grade.GOOD, "后台任务", "没有搁置的")


def _last_backup() -> Finding:
    every = backups.every_backup(backups.place())
    if not every:
        return Finding(
            Grade.WARNING,
            "备份",
            f"{backups.place()} 里还没有备份",
            "jixiao serve 开着时每天1点自动做；现在就做：jixiao backup",
        )
    last = backups.manifest_of(every[-1])
    age = clock.now() - datetime.fromisoformat(last["made_at"]).astimezone(UTC)
    words = f"共{len(every)}份，最近一份 {every[-1].name}"
    if age > timedelta(days=2):
        return Finding(
            Grade.BAD,
            "备份",
            f"{words}，已经{age.days}天没有备份",
            "看“运行”页里的每日备份为什么没有做；现在就做：jixiao backup",
        )
    if last["files"]["missing"]:
        return Finding(
            Grade.BAD, "备份", f"{words}，里面少{len(last['files']['missing'])}个原件", "jixiao files verify 看少了哪些"
        )
    return Finding(Grade.GOOD, "备份", words)


def _readers() -> Iterator[Finding]:
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
