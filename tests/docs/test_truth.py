"""The labelled sets: large enough, each document in one of them, fresh figures, and the bars of the review on them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from each import each

from jixiao.domain.codec import plan_to_dict
from jixiao.domain.finding import Severity
from jixiao.domain.pointer import parts
from jixiao.rules import RULES
from tools.truth.bars import FEWEST_SAID, RULE_PRECISION
from tools.truth.labels import CHECK, Document, document, documents
from tools.truth.measure import Outcome, by_rule, measure, near, overall
from tools.truth.page import truth_page
from tools.truth.record import measured, recorded
from tools.truth.sets import Origin, Set, groups, names, truth_files, written

PAGE = Path(__file__).parents[2] / "docs" / "truth.md"
LEAST_LABELS = 300
PRECISION = 0.95


@cache
def outcomes(which: Set) -> list[Outcome]:
    return [measure(document) for document in written(which)]


def seen() -> list[Outcome]:
    """Of documents whose misses and false alarms are listed, in the order of the page."""
    return [*outcomes(Set.TUNING), *outcomes(Set.OWN)]


def test_the_set_is_large_enough() -> None:
    found = documents()
    assert sum(len(d.findings) for d in found) >= LEAST_LABELS
    assert sum(len(d.right) for d in found) >= LEAST_LABELS


def test_every_document_stands_in_one_set() -> None:
    listed = [name for which in Set for name in names(Origin.TRUTH, which)]
    assert sorted(listed) == sorted(truth_files())


def test_what_nobody_has_seen_was_written_for_checking() -> None:
    assert {truth_files()[name].parent for name in names(Origin.TRUTH, Set.UNSEEN)} <= {CHECK}


def test_the_page_is_fresh() -> None:
    assert PAGE.read_text(encoding="utf-8") == truth_page(recorded(), seen()), "run: make truth"


def test_figures_of_written_documents_are_fresh() -> None:
    for group in (g for g in recorded() if g.of is Origin.TRUTH):
        assert measured(group.of, group.set, outcomes(group.set), group.on) == group, "run: make truth"


def test_every_group_was_measured() -> None:
    assert {(g.of, g.set) for g in recorded()} == {(g.of, g.set) for g in groups()}


def test_of_what_nobody_has_seen_only_totals_are_kept() -> None:
    unseen = [g for g in recorded() if g.set is Set.UNSEEN]
    assert unseen
    assert all(not g.rules and not g.problems for g in unseen)
    page = PAGE.read_text(encoding="utf-8")
    hidden = [name for of in Origin for name in names(of, Set.UNSEEN)]
    assert [name for name in hidden if name in page] == []


def test_the_page_begins_with_what_nobody_has_seen() -> None:
    headings = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("## ")]
    assert headings[:3] == ["## 没看过的文本", "## 调规则时看过的文本", "## 自编的文本"]


def test_errors_and_warnings_are_right() -> None:
    for which in (Set.OWN, Set.TUNING):
        precision = overall(outcomes(which)).precision
        assert precision is not None
        assert precision >= PRECISION


def test_no_rule_above_advice_is_often_wrong() -> None:
    bad = {
        code: figures
        for code, figures in by_rule(seen()).items()
        if RULES[code].severity is not Severity.ADVICE
        and figures.supported + figures.wrong >= FEWEST_SAID
        and (figures.precision or 0) < RULE_PRECISION
    }
    assert bad == {}


@each([document(file) for file in truth_files().values()], lambda d: d.name)
def test_labels_name_places_that_exist(document: Document) -> None:
    data = plan_to_dict(document.plan)
    for place in [p for label in document.findings for p in label.places] + [r.place for r in document.right]:
        here: object = data
        for part in parts(place or ""):
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
