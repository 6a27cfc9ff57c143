"""What ``jixiao doctor`` and the page 「运行」 look at: each finding in words, with what to do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.db import Error, connection

from jixiao.services.lock import locked
from jixiao.web.audit import guards
from jixiao.web.audit.export import export_lines
from jixiao.web.audit.models import AuditEntry
from jixiao.web.files import store
from jixiao.web.files.models import StoredFile
from jixiao.web.goals import fixing
from jixiao.web.jobs.models import Job
from jixiao.web.jobs.selectors import is_late, parked_count
from jixiao.web.kernel import clock
from jixiao.web.operation import backups, upgrade
from jixiao.web.operation.checking import broken
from jixiao.web.operation.findings import Finding, Grade
from jixiao.web.operation.folder import LOCK, is_key_given
from jixiao.web.operation.machine import of_machine, of_readers

__all__ = ["Finding", "Grade", "examine"]

OLDEST_POSTGRESQL = 14
MOST_APART = 60.0
"""Seconds that two clocks may differ"""
SAMPLE = 100
"""Originals that are read where not all are: so many of the newest, and as many spread over the rest"""


def examine(folder: Path, *, has_key: bool | None = None, whole: bool = False) -> Iterator[Finding]:
    """Everything, in the order in which one thing stands on another. ``has_key``: whether there was a key before this process was set up;
    ``whole``: every original is read, not some."""
    yield from of_machine(folder, has_key=is_key_given(folder) if has_key is None else has_key)
    try:
        if _no_file():
            yield Finding(Grade.BAD, "数据", "没有数据库", "第一次启动：jixiao serve；搬家：jixiao restore")
            return
        yield _database()
        if upgrade.is_empty():
            yield Finding(Grade.BAD, "数据", "数据库是空的", "第一次启动：jixiao serve；搬家：jixiao restore")
            return
        yield _migrations()
        if upgrade.pending():
            return  # tables that are older than our models are not asked further
        yield from _clocks()
        for check in (_triggers, _chains, _parked, _failed):
            yield check()
        yield _at_work(folder)
        yield _originals(whole=whole)
        yield _approved(whole=whole)
        yield _last_backup()
    except Error as error:
        yield Finding(
            Grade.BAD,
            "数据库",
            f"连不上或读不出：{str(error).strip()}",
            "看 DATABASE_URL 写得对不对、数据库服务开着没有",
        )
        return
    yield from of_readers()


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
            if int(version.split(".")[0]) < OLDEST_POSTGRESQL:
                return Finding(
                    Grade.BAD,
                    "数据库",
                    f"PostgreSQL {version} 太旧",
                    f"请升级到 {OLDEST_POSTGRESQL} 以上：先 jixiao backup，装新版建空库，再 jixiao restore",
                )
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


def _clocks() -> Iterator[Finding]:
    """The clock of the database server against ours; ours against the log: one that was set back writes entries before earlier ones."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            (theirs,) = cursor.fetchone()
        apart = abs((theirs - datetime.now(UTC)).total_seconds())
        if apart > MOST_APART:
            yield Finding(
                Grade.WARNING,
                "时钟",
                f"数据库服务器和这台机器的时间差{apart:,.0f}秒",
                "两台都和同一个时间服务器对时（chrony 或 systemd-timesyncd）",
            )
    last = AuditEntry.objects.unrestricted("the doctor looks at the clock").order_by("-at").first()
    if last is not None and last.at > clock.now() + timedelta(seconds=MOST_APART):
        yield Finding(
            Grade.BAD,
            "时钟",
            f"最近一条日志的时间 {last.at.astimezone():%Y-%m-%d %H:%M} 在现在以后：时钟被拨回过，或日志里的时间不对",
            "先对好时间再让大家用；查明是哪一次拨的",
        )


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


def _failed() -> Finding:
    since = clock.now() - timedelta(days=1)
    rows = Job.objects.unrestricted("the doctor looks at what failed").filter(
        state=Job.State.FAILED, ended_at__gte=since
    )
    names = sorted(set(rows.exclude(name="intake.read").values_list("title", flat=True)))
    if names:
        return Finding(
            Grade.WARNING, "没有做成", f"最近一天：{'、'.join(names[:5])}", "在“运行”页看每件的说明，办了再点“重新运行”"
        )
    return Finding(Grade.GOOD, "没有做成", "最近一天没有没做成的任务")


def _at_work(folder: Path) -> Finding:
    """Whether the server runs, its workers work, its clock asks."""
    with locked(folder / LOCK) as is_free:
        if is_free:
            return Finding(
                Grade.WARNING, "服务", "jixiao serve 没有开着", "systemctl start jixiao，或 jixiao serve 数据文件夹"
            )
    if is_late():
        return Finding(
            Grade.BAD,
            "服务",
            "开着，但有任务等了5分钟还没有人做",
            "journalctl -u jixiao -n 50 看后台任务为什么停；重新启动；多的话加 --workers",
        )
    yesterday = (clock.today() - timedelta(days=1)).isoformat()
    asked = Job.objects.unrestricted("the doctor looks whether the clock asks").filter(name="operation.roots")
    if asked.exists() and not asked.filter(key__gte=yesterday).exists():
        return Finding(
            Grade.BAD, "服务", "开着，但定时的事从前天起没有排过", "重新启动 jixiao serve；看 journalctl -u jixiao"
        )
    return Finding(Grade.GOOD, "服务", "jixiao serve 开着，后台任务有人做")


def _originals(*, whole: bool) -> Finding:
    """Originals are there and unchanged: all, or the newest and some of every age."""
    count = StoredFile.objects.count()
    keys = list(StoredFile.objects.order_by("-pk").values_list("pk", flat=True))
    some = keys if whole else sorted({*keys[:SAMPLE], *keys[:: max(1, count // SAMPLE)]})
    bad = list(store.damaged(some))
    if bad:
        return Finding(
            Grade.BAD,
            "原件",
            f"核对了{len(some):,}个，{len(bad)}个不在或变了：{bad[0][0].sha256[:12]} 等",
            "jixiao files verify 看全部；从备份的 files/ 里按摘要取回",
        )
    words = f"{count:,}个，" + (
        "全部核对过，完好" if len(some) == count else f"抽查了{len(some):,}个，完好；全查：jixiao doctor --all"
    )
    return Finding(Grade.GOOD, "原件", words)


def _approved(*, whole: bool) -> Finding:
    """What was approved is what was fixed then, and everything that is approved was fixed."""
    met = list(fixing.unlike(whole=whole))
    if met:
        version, words = met[0]
        return Finding(
            Grade.BAD,
            "批复稿",
            f"{len(met)}版不对：{version.sheet.title} 第{version.number}版{words} 等",
            "批复以后有人动过数据库或文件。与审计日志里“固定”一条的摘要核对，再从备份取回（docs/audit.md）",
        )
    if left := fixing.unfixed():
        return Finding(
            Grade.BAD, "批复稿", f"{left}张已批复，内容却没有固定", "查明是谁在系统外改了状态；从备份恢复到新库，再批复"
        )
    words = "固定的内容都和批复时一样" if whole else "数据库里的内容都和批复时一样；连文件一起查：jixiao doctor --all"
    return Finding(Grade.GOOD, "批复稿", words)


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
