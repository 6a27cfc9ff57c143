"""What a description or a goal asks in words is held against the value in signs, whole reviews over."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from jixiao.domain.finding import Review, Severity
from jixiao.parameters import rulesets
from jixiao.review import review_plan
from jixiao.review.short_plan import plan_of
from jixiao.rules import RULES

CONTRADICTIONS = {"description-target-conflict", "number-conflict", "direction-reversed"}


def reviewed(given: dict[str, Any]) -> Review:
    return review_plan(plan_of(given), RULES, rulesets()["hebei"], date(2026, 1, 1))


def row(name: str, description: str, target: str, kind: str = "quality") -> dict[str, Any]:
    class_ = "cost" if kind == "economic_cost" else "output"
    return {"indicators": [{"class": class_, "kind": kind, "name": name, "description": description, "target": target}]}


def contradictions(given: dict[str, Any]) -> list[tuple[str, str | None]]:
    """(rule, what its patch writes) of every finding that two numbers or signs do not go together."""
    return [
        (f.rule, f.fix[0].value if f.fix else None)
        for f in reviewed(given).findings
        if f.problem in CONTRADICTIONS and f.severity is Severity.ERROR
    ]


@pytest.mark.parametrize(
    ("name", "kind", "words", "target"),
    [
        ("验收合格率", "quality", "验收合格率不得低于95%", "≥95%"),
        ("项目总成本", "economic_cost", "项目总成本不得超过5万元", "≤5万元"),
        ("检查企业数量", "quantity", "检查企业不得少于10家", "≥10家"),
        ("检查企业数量", "quantity", "检查企业不少于10家", "10家以上"),
        ("办结时限", "timeliness", "受理后不得晚于10个工作日办结", "≤10个工作日"),
        ("办结时限", "timeliness", "受理后10个工作日之内办结", "10个工作日内"),
        ("差错率", "quality", "差错率不应高于2%", "≤2%"),
        ("差错率", "quality", "差错率不突破2%", "2%以内"),
        ("培训人数", "quantity", "培训不能少于120人", "≥120人"),
        ("培训人数", "quantity", "培训最少120人", "不少于120人"),
        ("设备完好率", "quality", "设备完好率大于或等于98%", "⩾98%"),
        ("设备完好率", "quality", "设备完好率未低于98%", "≧98%"),
    ],
)
def test_the_same_in_words_and_signs_is_no_contradiction(name: str, kind: str, words: str, target: str) -> None:
    assert contradictions(row(name, words, target, kind)) == []


def test_a_goal_that_asks_for_no_fewer_is_kept_by_more() -> None:
    given = row("检查企业数量", "检查企业", "≥12家", "quantity") | {"goals": ["全年检查企业不得少于10家。"]}
    assert contradictions(given) == []


@pytest.mark.parametrize(
    ("name", "kind", "words", "target", "right"),
    [
        ("验收合格率", "quality", "验收合格率不得低于95%", "≤95%", "≥95%"),
        ("项目总成本", "economic_cost", "项目总成本不得超过5万元", "≥5万元", "≤5万元"),
        ("办理时限", "timeliness", "受理后不得晚于3天办结", "≥3天", "≤3天"),
        ("差错率", "quality", "差错率不应高于2%", "≥2%", "≤2%"),
        ("培训人数", "quantity", "培训不能少于120人", "<120人", "≥120人"),
    ],
)
def test_the_contrary_is_told_with_the_sign_of_the_words(
    name: str, kind: str, words: str, target: str, right: str
) -> None:
    found = [fix for _, fix in contradictions(row(name, words, target, kind)) if fix is not None]
    others = [f.fix[0].value for f in reviewed(row(name, words, target, kind)).findings if f.fix]
    assert found or others
    assert {*found, *others} == {right}
