"""The example county end to end: what was written is read, what was planted is found, and nothing else is an error."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest
from county import expected
from each import each
from plain import goal_words, without_ids

from jixiao.domain.finding import Finding, GradeLevel, Review, Severity
from jixiao.domain.plan import Plan
from jixiao.domain.pointer import indicator_at
from jixiao.parameters.choice import choose_ruleset
from jixiao.readers import read_file
from jixiao.review import review_plan
from jixiao.rules import RULES
from tools.build_county import build
from tools.county.content import COUNTY, Department, departments
from tools.county.readme import Planted, planted

AS_OF = date(2026, 1, 1)
DEPARTMENTS = {d.file: d for d in departments()}
PLANTED = planted()
CLEAN = "清源县卫生健康局2026年部门预算绩效文本.docx"
POOR = "清源县文化广电和旅游局2026年部门预算绩效文本.txt"

by_department = pytest.mark.parametrize("file", sorted(DEPARTMENTS), ids=lambda f: DEPARTMENTS[f].slug)


@cache
def read(file: str) -> Plan:
    return read_file(DEPARTMENTS[file].path)


@cache
def review(file: str) -> Review:
    plan = read(file)
    ruleset, reason = choose_ruleset(plan)
    return review_plan(plan, RULES, ruleset, AS_OF, reason)


def department(file: str) -> Department:
    return DEPARTMENTS[file]


# --- building ---------------------------------------------------------------------------------------------


def test_rebuilding_gives_the_same_bytes() -> None:
    built = build()
    assert [p for p, data in built.items() if (COUNTY / p).read_bytes() != data] == [], "run: make county"


def test_the_list_of_planted_defects_is_well_formed() -> None:
    places = [(p.file, p.sheet, p.row, p.rule) for p in PLANTED]
    assert len(places) == len(set(places))
    for p in PLANTED:
        sheets = DEPARTMENTS[p.file].sheets
        assert p.sheet is None or 1 <= p.sheet <= len(sheets)
        assert p.row is None or (p.sheet is not None and 1 <= p.row <= len(sheets[p.sheet - 1].rows))
        assert RULES[p.rule].problem == p.problem, p
        assert RULES[p.rule].severity == p.severity, p


# --- reading ----------------------------------------------------------------------------------------------


@by_department
def test_head_of_the_plan_is_read(file: str) -> None:
    plan, wanted = read(file), department(file)
    assert plan.department.name == wanted.name
    assert plan.fiscal_year is not None
    assert plan.fiscal_year.year == wanted.year
    assert (plan.currency_unit or "") == wanted.currency
    assert goal_words(plan.overall_goals) == wanted.overall_goals


@by_department
def test_activities_are_read(file: str) -> None:
    assert without_ids(read(file).activities) == expected.activities(department(file))


@by_department
def test_safeguards_are_read(file: str) -> None:
    assert without_ids(read(file).safeguards) == expected.safeguards(department(file))


@by_department
def test_goal_sheets_are_read(file: str) -> None:
    sheets = read(file).goal_sheets
    assert len(sheets) == len(department(file).sheets)
    for got, wanted in zip(sheets, map(expected.goal_sheet, department(file).sheets), strict=True):
        assert without_ids(got) == wanted


# --- reviewing --------------------------------------------------------------------------------------------


@each(PLANTED, lambda p: f"{DEPARTMENTS[p.file].slug}-{p.sheet}-{p.row}-{p.rule}")
def test_every_planted_defect_is_found(defect: Planted) -> None:
    found = [f for f in review(defect.file).findings if f.rule == defect.rule]
    assert any(covers(defect, f) for f in found), [f.pointer for f in found]


@by_department
def test_nothing_else_is_an_error(file: str) -> None:
    here = [p for p in PLANTED if p.file == file]
    errors = [f for f in review(file).findings if f.severity is Severity.ERROR]
    assert not [
        (f.rule, f.pointer, f.message) for f in errors if not any(covers(p, f) for p in here if p.rule == f.rule)
    ]


def test_grades_tell_good_plans_from_poor_ones() -> None:
    levels = {file: review(file).grade.level for file in DEPARTMENTS}
    scores = {file: review(file).grade.score for file in DEPARTMENTS}
    assert levels[CLEAN] is GradeLevel.EXCELLENT
    assert not [f for f in review(CLEAN).findings if f.severity is Severity.ERROR]
    assert min(scores, key=lambda f: scores[f]) == POOR
    assert levels[POOR] in (GradeLevel.FAIR, GradeLevel.POOR)


def covers(defect: Planted, finding: Finding) -> bool:
    """Whether a finding speaks of the place of a defect, or was held against it."""
    return any(_place(pointer) == (defect.sheet, defect.row) for pointer in (finding.pointer, *finding.related))


def _place(pointer: str) -> tuple[int | None, int | None]:
    sheet, row = indicator_at(pointer)
    return (None if sheet is None else sheet + 1, None if row is None else row + 1)
