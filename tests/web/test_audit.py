"""The audit log in the database: it digests the same on both, cannot be changed, has a root a day, and can be checked elsewhere."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, connections, transaction
from django.utils import timezone

from jixiao.services.audit_files import Verified, verify
from jixiao.services.chain import entry_digest
from jixiao.web.accounts.roles import Role
from jixiao.web.audit import guards
from jixiao.web.audit.chain import append, as_record
from jixiao.web.audit.export import export_lines, note_export
from jixiao.web.audit.models import AuditEntry, ChainHead, DailyRoot
from jixiao.web.audit.roots import make_root, make_roots
from jixiao.web.kernel import clock
from jixiao.web.kernel.acts import Entry, NotAllowed, Refused, viewed
from jixiao.web.kernel.people import Actor, system
from jixiao.web.kernel.reach import Reach
from jixiao.web.kernel.snapshots import plain
from web.make import Office

AWKWARD = {
    "float": 0.1,
    "whole": 1.0,
    "large": 1e300,
    "tiny": 1e-12,
    "minus zero": -0.0,
    "not a number": float("nan"),
    "integer": 2**63,
    "fen": 12_345_678_901_234_567,
    "true": True,
    "none": None,
    "composed": "\u00e9",
    "decomposed": "e\u0301",
    "nul": "a\0b",
    "surrogate": "\ud83d",
    "astral": "𠮷😀",
    "quotes": '"\\/\u2028\u0085',
    "decimal": plain(Decimal("1204.50")),
    "moment": plain(datetime(2026, 11, 30, 12, 0, 0, 123456, tzinfo=UTC)),
    "day": plain(date(2026, 11, 30)),
    "nested": [{"b": 1, "a": [0.5, "1e5"]}],
    "": "no name",
    "长": "值" * 500,
}


def entry(chain: int = 0, **after: object) -> Entry:
    return Entry("test.act", chain, "test.thing", "1", "东西", {}, after)


def write(*entries: Entry) -> None:
    with transaction.atomic():
        append(Actor(1, "王芳", lambda _: Reach()), entries)


def everything() -> list[AuditEntry]:
    return list(AuditEntry.objects.unrestricted("test").order_by("chain", "number"))


def exported(folder: Path, *ranges: tuple[date | None, date | None]) -> Verified:
    files = []
    for number, (since, until) in enumerate(ranges or [(None, None)]):
        files.append(folder / f"{number}.jsonl")
        files[-1].write_bytes(b"".join(export_lines(since, until)))
    return verify(files)


@pytest.mark.django_db
def test_awkward_values_digest_the_same_on_every_database() -> None:
    with clock.at(datetime(2026, 11, 30, 12, 0, 0, tzinfo=UTC)):
        with transaction.atomic():
            append(
                Actor(None, "名\0" * 100, lambda _: Reach(), address="x" * 99),
                [Entry("a" * 99, 0, "k", "1", "标\ud800" * 200, {}, AWKWARD, "n" * 900)],
            )
        (row,) = everything()
    assert entry_digest(as_record(row)) == row.digest
    assert row.after["float"] == "0.1"
    assert row.after["nul"] == "a␀b"
    assert row.after["composed"] != row.after["decomposed"]
    record = as_record(row) | {"at": "2026-11-30T12:00:00.000+00:00"}
    assert entry_digest(record) == "98cc32cc53db5634db6760f2374b34eb3c8933f591984a7f4a89b153b47bd790", (
        "the same on SQLite and PostgreSQL"
    )


def test_the_same_moment_in_another_zone_is_no_difference() -> None:
    moment = timezone.make_aware(datetime(2026, 11, 30, 20))
    assert plain(moment) == plain(moment.astimezone(UTC)) == "2026-11-30T12:00:00+00:00"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE audit_auditentry SET actor = 'x'",
        "DELETE FROM audit_auditentry",
        "UPDATE audit_dailyroot SET digest = 'x'",
        "DELETE FROM audit_dailyroot",
        "DELETE FROM audit_chainhead",
        "UPDATE audit_chainhead SET number = number - 1",
        "UPDATE audit_chainhead SET number = number + 1",
        "UPDATE audit_chainhead SET digest = 'x'",
        "TRUNCATE audit_auditentry",
        "TRUNCATE audit_dailyroot",
        "TRUNCATE audit_chainhead",
    ],
)
def test_the_database_refuses_to_change_the_log(sql: str) -> None:
    if sql.startswith("TRUNCATE") and connection.vendor != "postgresql":
        pytest.skip("SQLite 没有 TRUNCATE")
    with clock.at(date(2026, 11, 1)):
        write(entry(), entry(3), entry(3))
    make_root(system("test"), day=date(2026, 11, 1))
    with pytest.raises(DatabaseError, match="只能添加"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert not guards.missing(connection)


@pytest.mark.django_db
def test_a_root_a_day_made_once_and_made_up_where_it_is_missing(tmp_path: Path) -> None:
    with clock.at(datetime(2026, 11, 1, 23, 59, 58)):
        write(entry(), entry(3))
    with clock.at(datetime(2026, 11, 2, 0, 0, 1)):
        assert make_roots() is not None, "the day before is over"
        write(entry(3))
    with clock.at(datetime(2026, 11, 5, 9)):
        with pytest.raises(Refused, match="还没有过完"):
            make_root(system("test"), day=date(2026, 11, 5))
        last = make_roots()
        assert last is not None
        assert make_root(system("test"), day=date(2026, 11, 4)) == last
        days = list(DailyRoot.objects.order_by("day"))
        assert [one.day.day for one in days] == [1, 2, 3, 4]
        assert [[head[:2] for head in one.heads] for one in days[:2]] == [[[0, 1], [3, 1]], [[0, 2], [3, 2]]]
        assert [one.previous for one in days[1:]] == [one.digest for one in days[:-1]]
        assert exported(tmp_path).defects == []
        with pytest.raises(Refused, match="第一个每日根之前"):
            make_root(system("test"), day=date(2026, 10, 1))


@pytest.mark.django_db
def test_exports_of_days_follow_one_another_and_any_cut_is_seen(tmp_path: Path) -> None:
    for day in range(1, 7):
        with clock.at(date(2026, 11, day)):
            write(*(entry(chain, day=day) for chain in range(0, day, 2)))
    with clock.at(date(2026, 11, 7)):
        make_roots()
        days = [(None, date(2026, 11, 2)), (date(2026, 11, 3), date(2026, 11, 4)), (date(2026, 11, 5), None)]
        whole = exported(tmp_path, *days)
    assert (whole.defects, whole.notes) == ([], [])
    assert whole.entries == AuditEntry.objects.unrestricted("test").count()
    assert len(whole.roots) == 6
    assert exported(tmp_path, days[0], days[2]).defects
    with guards.lifted(connection):
        gone = AuditEntry.objects.unrestricted("test").filter(chain=2).order_by("number")[1]
        AuditEntry.objects.unrestricted("test").filter(pk=gone.pk).delete()
    assert any("缺第2条" in str(defect) for defect in exported(tmp_path).defects)


def test_who_may_take_the_log_out(county: Office) -> None:
    note_export(county.actor(Role.AUDIT_ADMIN), since=date(2026, 1, 1))
    (row,) = everything()
    assert (row.action, row.chain, row.after) == ("audit.export", 0, {"since": "2026-01-01", "until": None})
    for role in (Role.CLERK, Role.AUDITOR, Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN):
        with pytest.raises(NotAllowed):
            note_export(county.actor(role))
    with pytest.raises(Refused, match="对调"):
        note_export(county.actor(Role.AUDIT_ADMIN), since=date(2026, 2, 1), until=date(2026, 1, 1))


def test_seeing_personal_data_is_noted_once_a_department(county: Office) -> None:
    actor = county.actor(Role.SECURITY_ADMIN)
    viewed(actor, county.people[Role.CLERK], "人员页")
    viewed(actor, [county.people[Role.CLERK], county.people[Role.UNIT_HEAD], county.others[Role.CLERK]], "人员名单")
    viewed(actor, [], "空")
    rows = [(one.chain, one.object_id, one.note, one.after) for one in everything()]
    clerk, head, other = (
        one.pk for one in (county.people[Role.CLERK], county.people[Role.UNIT_HEAD], county.others[Role.CLERK])
    )
    assert rows == [
        (county.commerce.pk, str(clerk), "人员页", {}),
        (county.commerce.pk, "", "人员名单", {"keys": [clerk, head]}),
        (county.water.pk, str(other), "人员名单", {}),
    ]


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite 同时只有一个在写；在 PostgreSQL 上试")
def test_many_writers_never_wait_for_each_other_in_a_circle(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    """4 writers, 100 acts each over 3 chains that do not exist yet, in orders that would deadlock."""
    failures: list[Exception] = []
    gate = threading.Barrier(4)

    def work(number: int) -> None:
        try:
            gate.wait()
            for act in range(100):
                chains = [(number + act + step) % 3 for step in range(1 + (number + act) % 3)]
                write(*(entry(chain, by=number, act=act) for chain in (chains if number % 2 else chains[::-1])))
        except Exception as failure:  # told by the test
            failures.append(failure)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    began = time.perf_counter()
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    took = time.perf_counter() - began
    assert failures == []
    assert make_root(system("test"), day=clock.today() - timedelta(days=1))
    found = exported(tmp_path)
    assert found.defects == []
    heads = {head.chain: head.number for head in ChainHead.objects.all()}
    assert sum(heads.values()) == found.entries == len(everything())
    record_property("acts a second", round(400 / took))
