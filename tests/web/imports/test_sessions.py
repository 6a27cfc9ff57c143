"""A file through all steps: tried without storing, applied once however often, gone on with where it was broken off."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from jixiao.domain.money import CurrencyUnit
from jixiao.services.chain import entry_digest
from jixiao.web.accounts.roles import Role
from jixiao.web.audit.chain import as_record
from jixiao.web.audit.models import AuditEntry
from jixiao.web.imports import reading, running, selectors, services
from jixiao.web.imports.mapping import Choice
from jixiao.web.imports.models import ImportRow, ImportSession
from jixiao.web.kernel import clock
from jixiao.web.kernel.acts import NotAllowed, NotThere, Refused
from jixiao.web.kernel.people import Actor, system
from jixiao.web.projects.models import Project, ProjectYear
from web.imports import books
from web.imports.books import LIST, MERGES, add, xlsx
from web.make import Office


@pytest.fixture(autouse=True)
def _read_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process for each file is tested once, elsewhere."""
    monkeypatch.setattr(reading, "read", reading.workbook_of)


def begun(actor: Actor, data: bytes, name: str = "项目.xlsx") -> ImportSession:
    return running.begin(actor, kind="test-projects", name=name, data=data)


def imported(actor: Actor, data: bytes) -> ImportSession:
    session = begun(actor, data)
    running.attempt(actor, session.pk)
    return running.apply(actor, session.pk)


def states(session: ImportSession) -> dict[int, str]:
    rows = ImportRow.objects.unrestricted("test").filter(session=session).exclude(state="").order_by("number")
    return dict(rows.values_list("number", "state"))


def stored() -> list[tuple[object, ...]]:
    years = ProjectYear.objects.unrestricted("test").order_by("project__unit__code", "name")
    return list(years.values_list("project__unit__code", "name", "project__project_class", "total_fen"))


def log() -> list[AuditEntry]:
    return list(AuditEntry.objects.unrestricted("test").order_by("id"))


def test_a_trial_stores_nothing_and_an_import_is_one_entry_a_department(county: Office) -> None:
    actor = county.actor(Role.PERFORMANCE_SECTION)
    session = begun(actor, xlsx(LIST, MERGES))
    running.attempt(actor, session.pk)
    assert stored() == []
    assert states(session) == {5: "new", 6: "new", 8: "new"}
    before = len(log())
    running.apply(actor, session.pk)
    assert stored() == [
        ("301", "招商费用二", "targeted", 150_000_000),
        ("301002", "驻点招商二", "operation", 12_500_000),
        ("302", "河道疏浚二", "targeted", 1_000_010_000),
    ]
    entries = [one for one in log()[before:] if one.action == "import.apply"]
    assert [(one.chain, one.after["rows"], one.after["new"]) for one in entries] == [
        (county.commerce.pk, 2, 2),
        (county.water.pk, 1, 1),
    ]
    assert all(len(one.after["digest"]) == 64 and entry_digest(as_record(one)) == one.digest for one in entries)
    assert not [one for one in log() if one.action.startswith("test.")], "rows have no entries of their own"
    session.refresh_from_db()
    assert session.state == ImportSession.State.DONE


def test_the_same_file_again_changes_nothing(county: Office) -> None:
    actor = county.actor(Role.PERFORMANCE_SECTION)
    file = xlsx(LIST, MERGES)
    first = imported(actor, file)
    before, entries = stored(), [one for one in log() if one.action == "import.apply"]
    second = imported(actor, file)
    assert stored() == before
    assert [one for one in log() if one.action == "import.apply"] == entries
    assert set(states(second).values()) == {"same"}
    assert selectors.met_before(second) == first


def test_differences_are_shown_and_only_they_are_stored(county: Office) -> None:
    actor = county.actor(Role.PERFORMANCE_SECTION)
    imported(actor, xlsx(LIST, MERGES))
    rows = [list(row) for row in LIST]
    rows[4][4] = 160
    session = begun(actor, xlsx(rows, MERGES))
    running.attempt(actor, session.pk)
    assert states(session) == {5: "changed", 6: "same", 8: "same"}
    row = ImportRow.objects.unrestricted("test").get(session=session, number=5)
    assert row.differences == [["预算数", "150万元", "160万元", 150_000_000, 160_000_000]]
    running.apply(actor, session.pk)
    assert ("301", "招商费用二", "targeted", 160_000_000) in stored()


def test_wrong_rows_come_back_with_their_reason_and_mended_go_in_without_doubles(county: Office) -> None:
    actor = county.actor(Role.PERFORMANCE_SECTION)
    rows = [list(row) for row in LIST]
    rows[4][1], rows[5][4] = "399", "一百五"
    session = begun(actor, xlsx(rows, MERGES))
    running.attempt(actor, session.pk)
    assert states(session) == {5: "error", 6: "error", 8: "new"}
    problems = dict(
        ImportRow.objects.unrestricted("test").filter(session=session, state="error").values_list("number", "problems")
    )
    assert problems == {5: [["unit", "没有编码是 399 的单位"]], 6: [["total", "“一百五”不是金额。请只写数，如 150.00"]]}
    running.apply(actor, session.pk)
    assert len(stored()) == 1

    name, data = selectors.left_over(actor, session.pk)
    assert name == "项目（2行没有导入）.xlsx"
    book = load_workbook(io.BytesIO(data))
    sheet = book.active
    assert sheet is not None
    found = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert found[0][:2] == ["没有导入的原因", "原来的行"]
    assert found[1][0] == "单位编码：没有编码是 399 的单位"
    assert [row[1] for row in found[1:]] == ["5", "6"]
    unit, total = found[0].index("单位编码") + 1, found[0].index("资金 / 总额（万元）") + 1
    sheet.cell(2, unit).value, sheet.cell(3, total).value = "301", "12.5"
    stream = io.BytesIO()
    book.save(stream)

    mended = begun(actor, stream.getvalue(), "改好.xlsx")
    seen = running.view(actor, mended.pk)
    assert seen.from_before or seen.mapped["total"].why == "上次"
    assert not seen.lacking, "what comes back says its unit in the head"
    running.attempt(actor, mended.pk)
    running.apply(actor, mended.pk)
    assert len(stored()) == 3
    assert states(imported(actor, xlsx(LIST, MERGES))) == {5: "same", 6: "same", 8: "same"}


def test_columns_are_remembered_for_lists_of_this_source(county: Office) -> None:
    actor = county.actor(Role.PERFORMANCE_SECTION)
    rows = (("单位编码", "事项", "项目类别", "今年给多少"), ("301", "招商费用二", "特定目标类", 5))
    session = begun(actor, xlsx(rows))
    seen = running.view(actor, session.pk)
    assert set(seen.lacking) == {"name"}
    with pytest.raises(Refused, match="项目名称"):
        running.attempt(actor, session.pk)
    mapped = dict(seen.mapped)
    mapped["name"] = Choice(1, None, "自己选的")
    mapped["total"] = Choice(3, CurrencyUnit.TEN_THOUSAND_YUAN, "自己选的")
    running.choose(actor, session.pk, mapped=mapped, sheet=0, header=(1,), sorts={})
    running.attempt(actor, session.pk)
    again = begun(actor, xlsx((*rows, ("302", "清淤", "", 7))))
    seen = running.view(actor, again.pk)
    assert {name: (one.column, one.unit, one.why) for name, one in seen.mapped.items() if one.column} == {
        "name": (1, None, "上次"),
        "class": (2, None, "上次"),
        "total": (3, None, "上次"),
    }
    assert set(seen.lacking) == {"total"}, "the unit of money is asked again: the file does not say it"
    assert seen.units_before == {"total": CurrencyUnit.TEN_THOUSAND_YUAN}


def test_broken_off_between_departments_it_goes_on_to_the_same_end(
    county: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    actor = county.actor(Role.PERFORMANCE_SECTION)
    session = begun(actor, xlsx(LIST, MERGES))
    running.attempt(actor, session.pk)
    whole = services.apply_part

    def dies(actor: Actor, *, session: int, part: str) -> int:
        if part == str(county.water.pk):
            raise KeyboardInterrupt
        return whole(actor, session=session, part=part)

    monkeypatch.setattr(services, "apply_part", dies)
    with pytest.raises(KeyboardInterrupt):
        running.apply(actor, session.pk)
    assert len(stored()) == 2
    monkeypatch.setattr(services, "apply_part", whole)
    running.apply(actor, session.pk)
    assert len(stored()) == 3
    assert set(states(session).values()) == {"taken"}


@pytest.mark.parametrize("at", [1, 2, 3])
def test_killed_at_any_row_it_goes_on_to_the_same_end(county: Office, monkeypatch: pytest.MonkeyPatch, at: int) -> None:
    actor = county.actor(Role.PERFORMANCE_SECTION)
    session = begun(actor, xlsx(LIST, MERGES))
    running.attempt(actor, session.pk)
    done = 0

    def dies(actor: Actor, **given: object) -> Project:
        nonlocal done
        done += 1
        if done == at:
            raise KeyboardInterrupt
        return add(actor, **given)  # type: ignore[arg-type]

    monkeypatch.setattr(books, "add", dies)
    with pytest.raises(KeyboardInterrupt):
        running.apply(actor, session.pk)
    assert len(stored()) in (0, 2), "a department is whole or not there"
    assert len([one for one in log() if one.action == "import.apply"]) == len(stored()) / 2
    running.apply(actor, session.pk)
    assert len(stored()) == 3
    assert set(states(session).values()) == {"taken"}
    assert len([one for one in log() if one.action == "import.apply"]) == 2


def test_what_was_changed_since_the_trial_is_left_with_words(county: Office) -> None:
    actor = county.actor(Role.PERFORMANCE_SECTION)
    imported(actor, xlsx(LIST, MERGES))
    rows = [list(row) for row in LIST]
    rows[4][4] = 160
    session = begun(actor, xlsx(rows, MERGES))
    running.attempt(actor, session.pk)
    ProjectYear.objects.unrestricted("somebody else").filter(name="招商费用二").update(total_fen=99)
    running.apply(actor, session.pk)
    assert states(session)[5] == "error"
    assert "又被改过" in ImportRow.objects.unrestricted("test").get(session=session, number=5).problems[0][1]
    assert ("301", "招商费用二", "targeted", 99) in stored()


def test_a_row_that_a_service_refuses_is_left_alone(county: Office) -> None:
    actor = county.actor(Role.PERFORMANCE_SECTION)
    imported(actor, xlsx(LIST, MERGES))
    rows = (("单位编码", "项目名称", "预算数(元)"), ("301", "招商费用二", "0.13"), ("301002", "驻点招商二", "7"))
    session = begun(actor, xlsx(rows))
    running.attempt(actor, session.pk)
    running.apply(actor, session.pk)
    assert states(session) == {2: "error", 3: "taken"}
    assert ("301002", "驻点招商二", "operation", 700) in stored()


def test_a_unit_of_money_ten_thousand_times_off_is_told(county: Office) -> None:
    actor = county.actor(Role.PERFORMANCE_SECTION)
    imported(actor, xlsx(LIST, MERGES))
    session = begun(actor, xlsx([LIST[0], ("单位：亿元",), *LIST[2:]], MERGES))
    running.attempt(actor, session.pk)
    assert "1万倍" in selectors.unit_doubt(actor, session)


@pytest.mark.parametrize(
    ("ratio", "words"),
    [
        (100, "100倍"), (1000, "1000倍"), (10_000, "1万倍"), (Decimal("0.01"), "百分之一"), (Decimal("0.0001"), "万分之一"),
        (Decimal("116"), "100倍"), (Decimal("870"), "1000倍"),
        (1, ""), (3, ""), (10, ""), (Decimal("0.1"), ""), (30, ""), (Decimal("0.02"), ""),
    ],
)  # fmt: skip
def test_amounts_about_a_power_of_ten_off_last_years_are_told(county: Office, ratio: Decimal, words: str) -> None:
    """Not only ten thousand times exactly: this year's amounts are others than last year's."""
    assert selectors.unit_doubt_of([float(ratio) * factor for factor in (0.9, 1.0, 1.05, 1.2)]) == words


def test_one_amount_far_off_among_many_is_no_wrong_unit(county: Office) -> None:
    assert selectors.unit_doubt_of([1.1, 0.9, 100.0, 1.0]) == ""


def test_both_readings_of_a_column_are_shown() -> None:
    assert selectors.both_readings(["120", "1,380.5", "—", "3万元"]) == (
        "按万元合计1,500.5万元、最大一笔1,380.5万元；按元合计0.15005万元、最大一笔0.13805万元"
    )
    assert selectors.both_readings(["3万元", ""]) == ""


def test_others_do_not_see_a_session_and_without_the_right_there_is_none(county: Office) -> None:
    session = begun(county.actor(Role.PERFORMANCE_SECTION), xlsx(LIST, MERGES))
    with pytest.raises(NotThere):
        running.view(county.actor(Role.FINANCE_LEADER), session.pk)
    with pytest.raises(NotAllowed):
        begun(county.actor(Role.CLERK), xlsx(LIST, MERGES))


def test_dropped_it_is_forgotten(county: Office) -> None:
    actor = county.actor(Role.PERFORMANCE_SECTION)
    session = begun(actor, xlsx(LIST, MERGES))
    services.drop(actor, session=session.pk)
    assert not ImportRow.objects.unrestricted("test").filter(session=session).exists()
    with pytest.raises(Refused, match="不导了"):
        services.keep_trial(actor, session=session.pk, tried=())


@pytest.mark.parametrize(
    ("name", "title"), [("项目（秘密）.xlsx", "项目表"), ("项目.xlsx", "机密★5年"), ("项目.xlsx", "绝密")]
)
def test_a_file_marked_secret_is_refused_and_nothing_of_it_kept(county: Office, name: str, title: str) -> None:
    actor = county.actor(Role.PERFORMANCE_SECTION)
    with pytest.raises(Refused, match="保密渠道"):
        begun(actor, xlsx([(title,), *LIST], ()), name)
    assert not ImportSession.objects.unrestricted("test").exists()


def test_words_of_secrecy_in_a_list_are_no_mark(county: Office) -> None:
    rows = (
        ("单位编码", "项目名称", "密级", "预算数(元)"),
        ("301", "保密检查", "秘密", 1),
        ("302", "机密设备维护", "", 2),
    )
    assert begun(county.actor(Role.PERFORMANCE_SECTION), xlsx(rows)).pk


def test_a_cell_is_put_right_where_it_stands(county: Office) -> None:
    actor = county.actor(Role.PERFORMANCE_SECTION)
    rows = [list(row) for row in LIST]
    rows[4][1] = "399"
    session = begun(actor, xlsx(rows, MERGES))
    running.attempt(actor, session.pk)
    assert states(session)[5] == "error"
    running.correct(actor, session.pk, number=5, field="unit", text="301")
    assert states(session)[5] == "new"
    running.apply(actor, session.pk)
    with pytest.raises(Refused, match="已经导入"):
        running.correct(actor, session.pk, number=5, field="unit", text="302")
    for number, field in ((5000, "unit"), (5, "nothing")):
        with pytest.raises(NotThere):
            running.correct(actor, session.pk, number=number, field=field, text="x")


def test_what_stood_in_files_is_forgotten_after_a_while(county: Office) -> None:
    actor = county.actor(Role.PERFORMANCE_SECTION)
    done = imported(actor, xlsx(LIST, MERGES))
    left = begun(actor, xlsx(LIST, MERGES))
    assert services.forget(system("清理"), before=clock.now() - timedelta(days=1)) == 0
    assert services.forget(system("清理"), before=clock.now() + timedelta(days=1)) == 2
    assert not ImportRow.objects.unrestricted("test").exists()
    done.refresh_from_db()
    left.refresh_from_db()
    assert (done.state, left.state) == ("done", "dropped")
    assert len(stored()) == 3


def test_queries_do_not_grow_with_rows(county: Office, django_assert_max_num_queries: Callable[..., object]) -> None:
    actor = county.actor(Role.PERFORMANCE_SECTION)
    rows = [("单位编码", "项目名称", "预算数(元)"), *(("301", f"项目{n}", n) for n in range(800))]
    session = begun(actor, xlsx(rows))
    with django_assert_max_num_queries(60):  # type: ignore[operator]
        running.attempt(actor, session.pk)


_ROWS = st.lists(
    st.tuples(
        st.sampled_from(["301", "301002", "302", "999"]),
        st.sampled_from(["甲项目", "乙项目", "丙项目"]),
        st.integers(0, 5),
    ),
    min_size=1,
    max_size=8,
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=_ROWS, second=_ROWS, dies_at=st.integers(0, 3))
def test_whatever_the_file_twice_is_once_and_broken_off_is_at_once(
    county: Office, first: list[tuple[str, str, int]], second: list[tuple[str, str, int]], dies_at: int
) -> None:
    actor = county.actor(Role.PERFORMANCE_SECTION)
    head = ("单位编码", "项目名称", "预算数(元)")
    Project.objects.unrestricted("a new example").exclude(name__in=["招商费用", "驻点招商", "河道疏浚"]).delete()
    imported(actor, xlsx([head, *first]))
    imported(actor, xlsx([head, *second]))
    at_once = stored()

    Project.objects.unrestricted("the same once more").exclude(name__in=["招商费用", "驻点招商", "河道疏浚"]).delete()
    for rows in (first, second):
        session = begun(actor, xlsx([head, *rows]))
        running.attempt(actor, session.pk)
        parts = list(
            dict.fromkeys(
                ImportRow.objects.unrestricted("test")
                .filter(session=session, state__in=("new", "changed"))
                .order_by("number")
                .values_list("part", flat=True)
            )
        )
        for part in parts[:dies_at]:
            services.apply_part(actor, session=session.pk, part=part)
        running.apply(actor, session.pk)
    assert stored() == at_once
    before = len([one for one in log() if one.action == "import.apply"])
    imported(actor, xlsx([head, *second]))
    assert stored() == at_once
    assert len([one for one in log() if one.action == "import.apply"]) == before
