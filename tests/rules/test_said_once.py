"""Nothing is said twice by two rules: over all labelled documents, findings at one place that name one problem or quote
one text are looked at in pairs; each pair of rules that may speak together stands here with the reason.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations

from jixiao.domain.finding import Finding
from jixiao.domain.pointer import indicator_at
from jixiao.parameters import rulesets
from jixiao.review import review_plan
from jixiao.rules import RULES
from tools.truth.labels import documents

MAY_SPEAK_TOGETHER = {
    ("C44", "C45"): "缺的一级指标和缺的二级指标是不同的指标，要分别补。",
    ("K34", "K35"): "一个要名称里去掉数，一个要描述写清口径，要分别改。",
    ("K36", "V10"): "一个要名称说清量什么，一个要值写成可以判定的，要分别改。",
    ("A05", "A13"): "一个说完成值照抄了指标值，一个说没有写怎么调查，要分别补。",
}


def test_no_two_rules_say_the_same_of_one_place() -> None:
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for document in documents():
        review = review_plan(document.plan, RULES, rulesets()[document.ruleset], document.as_of)
        for one, other in _alike(review.findings):
            rules = (min(one.rule, other.rule), max(one.rule, other.rule))
            found[rules].append(f"{document.name} {one.pointer}：{one.message} ｜ {other.message}")
    assert found, "no pair at all: the comparison has stopped looking"
    told_twice = {rules: cases for rules, cases in found.items() if rules not in MAY_SPEAK_TOGETHER}
    assert not told_twice


def _alike(findings: tuple[Finding, ...]) -> list[tuple[Finding, Finding]]:
    """Pairs of findings of different rules at one place: one problem at one pointer, or the same words in one row."""
    by_problem: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    by_words: dict[tuple[object, str], list[Finding]] = defaultdict(list)
    for f in findings:
        by_problem[(f.pointer, f.problem)].append(f)
        sheet, row = indicator_at(f.pointer)
        if f.evidence:
            by_words[(f.pointer if row is None else (sheet, row), f.evidence)].append(f)
    pairs = [p for group in (*by_problem.values(), *by_words.values()) for p in combinations(group, 2)]
    return [(a, b) for a, b in pairs if a.rule != b.rule]
