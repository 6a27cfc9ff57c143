"""The labelled set: large enough, fresh, and the bars of the review on it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from each import each

from jixiao.domain.codec import plan_to_dict
from jixiao.domain.finding import Severity
from jixiao.domain.pointer import parts
from jixiao.rules import RULES
from tools.truth.labels import CHECK, documents
from tools.truth.measure import Outcome, by_rule, measure, near, overall
from tools.truth.page import truth_page

PAGE = Path(__file__).parents[2] / "docs" / "truth.md"
LEAST_LABELS = 300
PRECISION = 0.95
RULE_PRECISION = 0.9
FEWEST_SAID = 5
"""findings from which on the precision of one rule says something"""


@cache
def outcomes() -> list[Outcome]:
    return [measure(document) for document in documents()]


@cache
def check() -> list[Outcome]:
    return [measure(document) for document in documents(CHECK)]


def test_the_set_is_large_enough() -> None:
    found = documents()
    assert sum(len(d.findings) for d in found) >= LEAST_LABELS
    assert sum(len(d.right) for d in found) >= LEAST_LABELS


def test_the_page_is_fresh() -> None:
    assert PAGE.read_text(encoding="utf-8") == truth_page(outcomes(), check()), "run: make truth"


def test_errors_and_warnings_are_right() -> None:
    for found in (outcomes(), check()):
        precision = overall(found).precision
        assert precision is not None
        assert precision >= PRECISION


def test_no_rule_above_advice_is_often_wrong() -> None:
    bad = {
        code: figures
        for code, figures in by_rule((*outcomes(), *check())).items()
        if RULES[code].severity is not Severity.ADVICE
        and figures.supported + figures.wrong >= FEWEST_SAID
        and (figures.precision or 0) < RULE_PRECISION
    }
    assert bad == {}


@each([*documents(), *documents(CHECK)], lambda d: d.name)
def test_labels_name_places_that_exist(document: object) -> None:
    data = plan_to_dict(document.plan)  # type: ignore[attr-defined]
    for place in [p for label in document.findings for p in label.places] + [r.place for r in document.right]:  # type: ignore[attr-defined]
        here: object = data
        for part in parts(place):
            here = here[int(part)] if isinstance(here, list) else here[part]  # type: ignore[index]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("/goal_sheets/0/indicators/1", "/goal_sheets/0/indicators/1/target", True),
        ("/goal_sheets/0/indicators/1/target", "/goal_sheets/0/indicators/2/target", False),
        ("/goal_sheets/0", "/goal_sheets/0/goals/1", True),
        ("/goal_sheets/0", "/goal_sheets/0/indicators/1", False),
        ("/goal_sheets/0", "/goal_sheets/0/indicators", True),
        ("/goal_sheets/0/purpose", "/goal_sheets/1/purpose", False),
        ("/overall_goals/0", "/overall_goals/1", False),
        ("/activities", "/activities/1/goal", True),
    ],
)
def test_places_agree(one: str, other: str, *, same: bool) -> None:
    assert near(one, other) is same
    assert near(other, one) is same
