"""Strategies for plans and reviews with values of every type in every field."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st
from readers.plans import plans

from jixiao.domain.codec import plan_to_dict
from jixiao.domain.codec.places import leaves
from jixiao.domain.execution import Execution, SourceExecution
from jixiao.domain.finding import (
    Also,
    Aspect,
    Citation,
    Deduction,
    Finding,
    Force,
    Grade,
    GradeLevel,
    NotRun,
    PatchOperation,
    Review,
    RulesetStamp,
    Severity,
    SheetGrade,
)
from jixiao.domain.goal import Goal
from jixiao.domain.goal_sheet import GoalSheet
from jixiao.domain.identity import COLLECTIONS, Anchor, identified
from jixiao.domain.message import Fact, FactKind, Said, plain_words
from jixiao.domain.monitoring import MonitoringRow, MonitoringSheet
from jixiao.domain.note import Note
from jixiao.domain.period import FiscalYear
from jixiao.domain.plan import Plan, Source
from jixiao.domain.provenance import Location
from jixiao.domain.self_evaluation import SelfEvaluationRow, SelfEvaluationSheet
from jixiao.domain.stage import LaterSheet, Stage
from jixiao.domain.target_grammar import parse_target

text = st.text(max_size=9)


def location(words: str, **where: Any) -> Location:
    """Of a place only what its format says."""
    return Location(words, **where)


places = st.one_of(
    st.builds(location, text, line=st.integers(1, 999)),
    st.builds(location, text, paragraph=st.integers(1, 999)),
    st.builds(location, text, table=st.integers(1, 9), row=st.integers(1, 9), column=st.integers(1, 9)),
    st.builds(location, text, worksheet=st.text(min_size=1, max_size=5), cell=st.just("B7")),
    st.builds(location, text, page=st.integers(1, 9), bbox=st.tuples(*[st.floats(0, 900, width=32)] * 4)),
)
shares = st.decimals(0, 1, places=2).map(abs)
notes = st.builds(Note, st.just("target.glued"), st.just("/goal_sheets/0"), st.text(), shares)
amounts = st.none() | st.decimals(0, 99_999, places=2).map(abs)
phrases = st.text("按期完工验收结转优良", min_size=1, max_size=9)
values = st.none() | st.sampled_from(("≥10次", "98%", "3-5家", "2026年12月31日前", "未完工")).map(
    lambda words: parse_target(words).target
)
likelihoods = st.none() | st.sampled_from(("确定能", "有可能", "完全不可能"))
monitoring_rows = st.builds(MonitoringRow, values, values, likelihoods, st.none() | phrases)
evaluation_rows = st.builds(SelfEvaluationRow, values, amounts, st.none() | phrases)
sources = st.none() | st.builds(SourceExecution, *[amounts] * 7)
executions = st.none() | st.builds(Execution, *[sources] * 4)
reached = st.lists(phrases, max_size=2).map(lambda words: tuple(map(Goal, words)))
years = st.none() | st.builds(FiscalYear, st.integers(2020, 2030))
grades = st.none() | st.sampled_from(("优", "良", "中", "差"))


@st.composite
def full_plans(draw: st.DrawFn) -> Plan:
    """Plans of goals alone, with places, notes and a source."""
    plan = draw(plans())
    known = draw(st.dictionaries(st.sampled_from(list(leaves(plan_to_dict(plan)))), places, max_size=5))
    source = Source(draw(text), "ab" * 32, "docx", draw(st.none() | st.integers(1, 99)))
    return replace(plan, source=source, provenance=known, notes=tuple(draw(st.lists(notes, max_size=3))))


@st.composite
def later_sheets(draw: st.DrawFn, sheet: GoalSheet) -> LaterSheet | None:
    """What may be filled in on a sheet; rows that say nothing are left out."""
    stage, money, goals = draw(st.sampled_from(Stage)), draw(executions), draw(reached)
    ids = [row.id for row in sheet.indicators]
    if stage is Stage.MONITORING:
        stand = {i: row for i in ids if (row := draw(monitoring_rows)) != MonitoringRow()}
        return MonitoringSheet(sheet.id, draw(st.none() | st.dates()), money, goals, stand)
    if stage is Stage.SELF_EVALUATION:
        became = {i: row for i in ids if (row := draw(evaluation_rows)) != SelfEvaluationRow()}
        return SelfEvaluationSheet(sheet.id, money, goals, draw(amounts), draw(grades), became)
    return None


@st.composite
def plans_of_every_stage(draw: st.DrawFn) -> Plan:
    """Plans with points, and with sheets of all stages."""
    plan = draw(full_plans())

    def sheet(plain: GoalSheet) -> GoalSheet:
        rows = tuple(replace(row, weight=draw(amounts)) for row in plain.indicators)
        titled = replace(plain, title=draw(st.none() | phrases), fiscal_year=draw(years))
        return replace(titled, indicators=rows, total_weight=draw(amounts), execution_weight=draw(amounts))

    plan = replace(plan, goal_sheets=tuple(map(sheet, plan.goal_sheets)))
    later = [draw(later_sheets(s)) for s in plan.goal_sheets]
    return identified(plan.with_later_sheets(s for s in later if s is not None))


@st.composite
def edited_plans(draw: st.DrawFn) -> Plan:
    """Plans whose things have ids that their words would not give."""
    plan = draw(plans_of_every_stage())
    mark = draw(st.text("abcxyz234", min_size=1, max_size=6))
    later = plan.later_sheets.values()

    def marked(thing: Any) -> Any:
        held = {name: tuple(map(marked, getattr(thing, name))) for name in COLLECTIONS if hasattr(thing, name)}
        own = {"id": f"{thing.id}{mark}"} if hasattr(thing, "id") else {}
        return replace(thing, **own, **held)

    followed = [
        replace(s, sheet=f"{s.sheet}{mark}", rows={f"{i}{mark}": row for i, row in s.rows.items()}) for s in later
    ]
    return marked(plan.with_later_sheets(())).with_later_sheets(followed)  # type: ignore[no-any-return]


facts = st.one_of(
    st.builds(Fact, st.just("name"), st.sampled_from([FactKind.WORDS, FactKind.NUMBER, FactKind.TEXT]), text),
    st.builds(Fact, st.just("name"), st.just(FactKind.LIST), st.lists(text, max_size=3).map(tuple)),
)


@st.composite
def sentences(draw: st.DrawFn) -> Said:
    if draw(st.booleans()):
        return plain_words(draw(text))
    fact = draw(facts)
    return Said(draw(text), f"{{{{甲{{name:{fact.kind}}}乙", (fact,))


operations = st.builds(PatchOperation, st.sampled_from(["add", "replace"]), text, text) | st.builds(
    PatchOperation, st.just("remove"), text
)
citations = st.builds(Citation, text, text, st.sampled_from(Force), st.booleans())
others = st.builds(Also, text, text, text, st.sampled_from(Severity), sentences())
findings = st.builds(
    Finding, text, text, text, text, st.sampled_from(Severity), st.sampled_from(Aspect), text, sentences(), text,
    st.none() | sentences(), st.lists(text, max_size=2).map(tuple), st.none() | st.lists(operations, max_size=2).map(tuple),
    st.lists(citations, max_size=2).map(tuple), shares, st.lists(others, max_size=2).map(tuple), st.builds(Anchor, text, text),
)  # fmt: skip
points = st.decimals(0, 100, places=1).map(abs)
deductions = st.builds(Deduction, st.sampled_from(Aspect), text, text, points, st.lists(text, max_size=2).map(tuple))
plan_grades = st.builds(
    Grade, st.sampled_from(GradeLevel), points, st.lists(st.tuples(st.sampled_from(Aspect), points, points)).map(tuple),
    st.lists(deductions, max_size=2).map(tuple), st.none() | text,
)  # fmt: skip
reviews = st.builds(
    Review,
    st.builds(RulesetStamp, text, text, text, st.dates(), text),
    st.lists(findings, max_size=3).map(tuple),
    st.lists(st.builds(NotRun, text, text, text), max_size=2).map(tuple),
    plan_grades,
    st.lists(st.builds(SheetGrade, st.integers(1, 99), plan_grades), max_size=2).map(tuple),
)
