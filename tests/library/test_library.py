"""The library that comes with the program: complete, without doubles, and nothing that its own review would object to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

import pytest

from jixiao.domain.goal_sheet import Project
from jixiao.domain.identity import identified
from jixiao.domain.indicator import Indicator, IndicatorKind
from jixiao.domain.period import FiscalYear
from jixiao.domain.target import Comparator
from jixiao.domain.target_grammar import parse_target
from jixiao.layouts import Layout, blank, layouts
from jixiao.library import Entry, duplicates, library
from jixiao.library.entry import comparator_of
from jixiao.library.store import entries_of
from jixiao.services.reviewing import review_plan

YEAR = 2027


def _target(entry: Entry, place: int) -> str:
    """A value that such an indicator can have, another one in each row."""
    sign = entry.comparator.sign if entry.comparator else ""
    if not sign and not entry.unit:
        return f"{YEAR}年11月30日前"
    if entry.is_whole:
        return entry.hint
    is_ceiling = entry.comparator is not None and entry.comparator.is_ceiling
    if entry.unit == "%":
        return f"{sign}{2 if is_ceiling else 92}%"
    if is_ceiling and entry.unit in ("起", "次", "人"):
        return f"{sign}0{entry.unit}"
    return f"{sign}{12 + 7 * place}{entry.unit}"


def _rows(entries: Sequence[Entry], layout: Layout) -> Iterator[tuple[Entry, Indicator]]:
    kinds = [kind for held in layout.kinds.values() for kind in held]
    for place, entry in enumerate(entries):
        row = entry.row(kinds)
        if row is not None:
            target = parse_target(_target(entry, place), YEAR).target
            yield entry, replace(row, target=target, basis=f"《{YEAR}年度工作计划》及上年完成情况")


@pytest.mark.parametrize("name", layouts())
def test_no_indicator_used_in_a_sheet_is_objected_to(name: str) -> None:
    layout = layouts()[name]
    said = []
    for key, sector in library().sectors.items():
        entries = [library().entries[n] for n in library().index.of_sector(key)]
        used = list(_rows(entries, layout))
        plan = blank(layout, project=Project("1", f"{sector.label}专项经费"), year=FiscalYear(YEAR))
        (sheet,) = plan.goal_sheets
        plan = identified(replace(plan, goal_sheets=(replace(sheet, indicators=tuple(row for _, row in used)),)))
        review = review_plan(plan, as_of=date(YEAR, 1, 1), ruleset=layout.ruleset)
        for finding in review.findings:
            _, within, place = finding.pointer.partition("/indicators/")
            if within:
                entry = used[int(place.partition("/")[0])][0]
                said.append((entry.code, entry.name, finding.rule, finding.message))
    assert said == []


def test_the_review_would_object_to_a_wrong_one() -> None:
    """So that the test before can fail."""
    layout = layouts()["hebei"]
    wrong = Entry("X", "资金支付率", IndicatorKind.QUALITY, unit="%", comparator=Comparator.AT_LEAST)
    rows = tuple(row for _, row in _rows([wrong], layout))
    plan = blank(layout, project=Project("1", "教育专项经费"), year=FiscalYear(YEAR))
    plan = identified(replace(plan, goal_sheets=(replace(plan.goal_sheets[0], indicators=rows),)))
    review = review_plan(plan, as_of=date(YEAR, 1, 1), ruleset="hebei")
    assert any("/indicators/0" in finding.pointer for finding in review.findings)


def test_it_starts_filled_in_many_sectors_and_every_kind() -> None:
    held = library()
    assert len(held.sectors) >= 30
    assert len(held.entries) >= 500
    kinds = {entry.kind for entry in held.entries}
    for key, sector in held.sectors.items():
        own = [held.entries[n] for n in held.index.of_sector(key)]
        assert len(own) >= 10, key
        assert sector.words or key == "common", key
        needed = {IndicatorKind.QUANTITY, IndicatorKind.QUALITY, IndicatorKind.BENEFICIARY_SATISFACTION}
        assert needed <= {one.kind for one in own}, key
    assert len(kinds) == 9


def test_every_indicator_says_how_it_is_counted_and_what_shows_it() -> None:
    for entry in library().entries:
        assert entry.explanation or entry.formula, entry.code
        assert entry.evidence, entry.code
        assert entry.source, entry.code
        if entry.unit == "%":
            assert "÷" in entry.formula, entry.code


def test_none_is_there_twice() -> None:
    assert [(one.one.name, one.other.name) for one in duplicates(library().entries)] == []
    names = [entry.name for entry in library().entries]
    assert len(names) == len(set(names))


def test_what_may_be_one_is_found() -> None:
    one = library().by_code["MZ002"]
    same = replace(one, code="X1", name=f"全县{one.name}")
    other_kind = replace(one, code="X2", kind=IndicatorKind.SOCIAL)
    other_unit = replace(one, code="X3", unit="户")
    found = duplicates([one, same, other_kind, other_unit])
    assert [(pair.one.code, pair.other.code) for pair in found] == [(one.code, "X1")]


@pytest.mark.parametrize(
    ("text", "sign", "unit"),
    [
        ("≥ 人次", ">=", "人次"),
        ("<= %", "<=", "%"),
        ("= 元/人", "=", "元/人"),
        ("前", None, ""),
        ("万元", None, "万元"),
    ],
)
def test_sign_and_unit_stand_in_one_cell(text: str, sign: str | None, unit: str) -> None:
    assert comparator_of(text) == (Comparator(sign) if sign else None, unit)


def test_a_form_without_a_level_has_no_row_and_costs_are_called_as_it_calls_them() -> None:
    cost, sustained = library().by_code["TY028"], library().by_code["TY040"]
    kinds = [IndicatorKind.ECONOMIC_COST, IndicatorKind.QUANTITY]
    row = cost.row(kinds)
    assert row is not None
    assert row.kind is IndicatorKind.ECONOMIC_COST
    assert row.class_ is not None
    assert row.class_.value == "cost"
    assert sustained.row(kinds) is None


def test_of_what_is_owed_all_is_the_target() -> None:
    passed, pleased = library().by_code["TY014"], library().by_code["TY041"]
    assert (passed.name, passed.hint, passed.direction) == ("项目验收合格率", "=100%", "应当全部做到")
    assert (pleased.hint, pleased.direction) == ("≥__%", "越高越好")


@pytest.mark.parametrize("line", ["只有名称", "名称 | ≥ 个 | 解释", " | ≥ 个 | 解释 | 证据"])
def test_a_line_written_wrong_is_refused(line: str) -> None:
    data = {
        "label": "x",
        "order": 1,
        "words": [],
        "source": "s",
        "certainty": "general",
        "indicators": {"quantity": {"A1": line}},
    }
    with pytest.raises(ValueError, match="A1"):
        list(entries_of("x", data))
