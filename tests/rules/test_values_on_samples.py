"""On which rows of the annotated sample plans the rules on target values speak, pinned row by row.

Rows are (sheet, row), both counted from one. The samples lie beside the repository, in ``../shared``.
"""

from __future__ import annotations

import json
from datetime import date

import pytest
from needs import SHARED

from jixiao.domain.codec import plan_from_dict
from jixiao.domain.plan import Plan
from jixiao.domain.pointer import indicator_at
from jixiao.parameters import rulesets
from jixiao.review import review_plan
from jixiao.rules import RULES

EXAMPLES = SHARED / "contract" / "examples"

pytestmark = pytest.mark.shared

Rows = list[tuple[int, int]]


def samples() -> list[Plan]:
    """The annotated plans, the one with the fewest goal sheets first."""
    plans = []
    for file in EXAMPLES.glob("*.plan.json"):
        data = json.loads(file.read_text(encoding="utf-8"))
        source = {"name": file.name, "sha256": "0" * 64, "format": "txt", "pages": None}
        plans.append(plan_from_dict({"title": None, "notes": [], **data, "source": source, "provenance": {}}))
    return sorted(plans, key=lambda plan: len(plan.goal_sheets))


def rows_of(plan: Plan, code: str) -> Rows:
    """Where the rule speaks, in order."""
    review = review_plan(plan, {code: RULES[code]}, rulesets()["hebei"], date(2026, 1, 1))
    found = []
    for finding in review.findings:
        sheet, row = indicator_at(finding.pointer)
        assert sheet is not None
        assert row is not None
        found.append((sheet + 1, row + 1))
    return found


def all_rows(sheet: int, count: int) -> Rows:
    return [(sheet, row) for row in range(1, count + 1)]


REVERSED = {  # the plan of five sheets, which caps what should be high
    "V01": [(3, 6), (4, 6)],
    "V02": [*all_rows(3, 5), *all_rows(4, 5), *all_rows(5, 6)],
    "V03": [],
    "V04": [],
    "V07": [(3, 4), (4, 5), *all_rows(5, 6)],
    "V14": [],
    "V15": [],
    "V16": [(3, 2), (3, 4), (4, 2), (4, 5), (5, 2)],
}

GLUED = {  # the plan of nine sheets, whose value cells run into the names
    "V01": [],
    "V02": [],
    "V03": [],
    "V04": [],
    "V07": [(6, 3), (7, 3), (8, 1)],
    "V14": [*all_rows(1, 7), *all_rows(2, 7), *all_rows(3, 7), *all_rows(5, 6), *all_rows(6, 9)],
    "V15": [(3, 7)],
    "V16": [(6, 7)],
}


@pytest.mark.parametrize("code", REVERSED)
def test_plan_with_reversed_signs(code: str) -> None:
    assert rows_of(samples()[0], code) == REVERSED[code]


@pytest.mark.parametrize("code", GLUED)
def test_plan_with_glued_values(code: str) -> None:
    assert rows_of(samples()[-1], code) == GLUED[code]


def test_the_repaired_value_is_the_one_in_the_words() -> None:
    review = review_plan(samples()[-1], {"V14": RULES["V14"]}, rulesets()["hebei"], date(2026, 1, 1))
    fixes = {f.pointer: f.fix[0].value for f in review.findings if f.fix}
    assert fixes["/goal_sheets/0/indicators/3/target"] == "≤5万元"
    assert fixes["/goal_sheets/1/indicators/3/target"] == "≤30万元"
    assert fixes["/goal_sheets/2/indicators/0/target"] == "≥50家"
    assert "/goal_sheets/0/indicators/4/target" not in fixes  # ≥98 of a slogan is no better alone
