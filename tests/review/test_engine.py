"""The engine: order, ids, rules that cannot run, same input same result."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import jixiao
from jixiao.domain.codec import review_to_dict
from jixiao.domain.finding import Aspect, Review, Severity
from jixiao.domain.goal_sheet import GoalSheet
from jixiao.domain.message import plain_words
from jixiao.domain.plan import Plan, Source
from jixiao.parameters import rulesets
from jixiao.readings.view import PlanView, RowView
from jixiao.review import Observation, Rule, Scope, review_plan
from jixiao.review.rule import Need, rule
from jixiao.rules import RULES

AS_OF = date(2026, 1, 1)
PLAN = Plan(Source("t.docx", "0" * 64, "docx"), goal_sheets=(GoalSheet(1), GoalSheet(2)))
COUNTY = Path(__file__).parents[2] / "examples" / "county" / "files"


def speaks(plan: PlanView) -> Iterator[Observation]:
    for pointer in ("/goal_sheets/1/purpose", "/overall_goals/0", "/goal_sheets/0/goals/10", "/goal_sheets/0/goals/9"):
        yield Observation(at=pointer, evidence="甲", says=plain_words("乙"))


TALKATIVE = Rule(
    "X1",
    "题",
    "typo",
    Severity.ADVICE,
    Aspect.RELEVANCE,
    Scope.PLAN,
    ("mof-2015-88/reasonable",),
    "改。",
    date(2015, 5, 21),
    speaks,
)


def run(*rules: Rule, plan: Plan = PLAN, as_of: date = AS_OF) -> Review:
    return review_plan(plan, {r.code: r for r in rules}, rulesets()["national-88"], as_of)


def test_findings_come_in_document_order() -> None:
    pointers = [f.pointer for f in run(TALKATIVE).findings]
    assert pointers == [
        "/overall_goals/0",
        "/goal_sheets/0/goals/9",
        "/goal_sheets/0/goals/10",
        "/goal_sheets/1/purpose",
    ]


def test_a_finding_carries_title_law_and_remedy() -> None:
    finding = run(TALKATIVE).findings[0]
    assert finding.title == "题"
    assert finding.suggestion == "改。"
    assert finding.citations[0].instrument.startswith("《中央部门预算绩效目标管理办法》")


def test_ids_differ_by_place_and_stay_the_same() -> None:
    first, second = run(TALKATIVE).findings, run(TALKATIVE).findings
    assert [f.id for f in first] == [f.id for f in second]
    assert len({f.id for f in first}) == len(first)


def test_a_rule_that_lacks_what_it_needs_is_named_with_the_reason() -> None:
    review = run(replace(TALKATIVE, needs=(Need.FISCAL_YEAR, Need.DISBURSEMENT_PLAN)))
    assert not review.findings
    assert review.not_run[0].reason == f"{Need.FISCAL_YEAR}；{Need.DISBURSEMENT_PLAN}"


def test_a_rule_before_its_time_does_not_run() -> None:
    review = run(TALKATIVE, as_of=date(2014, 1, 1))
    assert not review.findings
    assert "2015-05-21" in review.not_run[0].reason


def test_codes_are_never_reused() -> None:
    taken = next(iter(RULES))
    with pytest.raises(ValueError, match=taken):
        rule(
            taken,
            title="题",
            problem="typo",
            severity=Severity.ADVICE,
            aspect=Aspect.RELEVANCE,
            scope=Scope.ROW,
            cites=(),
            remedy="改。",
            since=AS_OF,
        )(lambda row: iter(()))


def test_rows_know_their_place() -> None:
    plan = jixiao.read_plan(next(COUNTY.glob("*.docx")))
    view = PlanView(plan, rulesets()["national-88"], AS_OF)
    row: RowView = view.sheets[1].rows[2]
    assert row.at("target", "text") == "/goal_sheets/1/indicators/2/target/text"
    assert view.rows[len(view.sheets[0].rows) + 2] is row


@pytest.mark.parametrize("file", sorted(COUNTY.iterdir()), ids=lambda f: f.suffix + f.stem[:8])
def test_the_same_file_gives_the_same_review(file: Path) -> None:
    results = []
    for _ in range(2):
        plan = jixiao.read_plan(file)
        results.append(review_to_dict(plan, jixiao.review_plan(plan, as_of=AS_OF)))
    assert results[0] == results[1]
