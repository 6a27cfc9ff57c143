"""A review as data, and back."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from domain.generated import full_plans, reviews
from hypothesis import HealthCheck, given, settings

from examples import examples
from jixiao.domain.codec import REVIEW_SCHEMAS, NotAReviewError, review_from_dict, review_to_dict
from jixiao.domain.finding import Review
from jixiao.domain.plan import Plan

some = settings(max_examples=examples(60), deadline=None, suppress_health_check=list(HealthCheck))
FIRST, SECOND = REVIEW_SCHEMAS


@some
@given(full_plans(), reviews)
def test_a_review_comes_back_whole(plan: Plan, review: Review) -> None:
    data = review_to_dict(plan, review)
    assert review_from_dict(json.loads(json.dumps(data, ensure_ascii=False))) == review


@some
@given(full_plans(), reviews)
def test_the_first_schema_keeps_every_sentence(plan: Plan, review: Review) -> None:
    data, full = review_to_dict(plan, review, FIRST), review_to_dict(plan, review)
    again = review_from_dict(json.loads(json.dumps(data, ensure_ascii=False)))
    assert review_to_dict(plan, again, FIRST) == data
    for old, new, finding in zip(data["findings"], full["findings"], review.findings, strict=True):
        assert old.keys() < new.keys()
        assert {k: v for k, v in new.items() if k in old} | {"message": "", "citations": []} == old | {
            "message": "", "citations": []
        }  # fmt: skip
        assert all(words in old["message"] for words in (finding.message, *(a.says.text for a in finding.also)))
    assert [f.message for f in again.findings] == [f["message"] for f in data["findings"]]


SAMPLE = json.loads((Path(__file__).parent / "stored" / "review-2.goals.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("schema",), "jixiao/review/9"),
        (("findings",), None),
        (("findings", 0, "severity"), "grave"),
        (("findings", 0, "says"), {"key": "", "template": "{other:words}", "facts": []}),
        (("findings", 0, "fix"), [{"op": "move", "path": "/title"}]),
        (("findings", 0, "place"), None),
        (("grade", "score"), 5),
        (("ruleset", "as_of"), "昨天"),
    ],
)
def test_wrong_data_is_refused_in_chinese(path: tuple[str | int, ...], value: Any) -> None:
    data: Any = copy.deepcopy(SAMPLE)
    inner = data
    for part in path[:-1]:
        inner = inner[part]
    inner[path[-1]] = value
    with pytest.raises(NotAReviewError, match=r"数据|schema"):
        review_from_dict(data)
