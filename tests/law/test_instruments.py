"""Law as data: nothing claims more certainty than somebody had."""

from __future__ import annotations

import re

import pytest
from each import each

from jixiao.domain.finding import Force, Severity
from jixiao.law import Clause, Instrument, ReadAs, citation, clause, instruments
from jixiao.parameters import rulesets
from jixiao.review.rule import Rule
from jixiao.rules import RULES

CHINESE = re.compile(r"[\u4e00-\u9fff]")
ARTICLE = re.compile(r"第[一二三四五六七八九十百]+条(?:、第[一二三四五六七八九十百]+条)*")
OWN = ("good-practice", "hebei-form")
"""What nobody issued: a form drawn from files, and our own standards"""

every_instrument = each(instruments().values(), lambda i: i.id)
every_rule = each(RULES.values(), lambda r: r.code)


@every_instrument
def test_requirements_are_whole_sentences_in_chinese(instrument: Instrument) -> None:
    for found in instrument.clauses.values():
        assert CHINESE.search(found.name)
        assert found.requirement.endswith("。")
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", found.id)


@every_instrument
def test_where_nobody_checked_the_text_a_remark_says_so(instrument: Instrument) -> None:
    if instrument.verified_on is None:
        assert instrument.remark


@every_instrument
def test_articles_and_days_stand_only_where_the_words_were_read(instrument: Instrument) -> None:
    """And where they were read, it is said where."""
    for found in instrument.clauses.values():
        if found.article is not None:
            assert ARTICLE.fullmatch(found.article)
            assert found.verified_on is not None
        if found.verified_on is not None:
            assert found.read_as is not None
            assert found.read_as.is_verbatim
            assert found.source


@every_instrument
def test_it_is_said_of_every_requirement_what_was_read_of_it(instrument: Instrument) -> None:
    for found in instrument.clauses.values():
        assert (found.read_as is None) is (instrument.id in OWN)
        assert bool(found.source) is (found.read_as not in (None, ReadAs.NONE))


def test_whole_documents_that_were_read_in_part_are_not_stamped() -> None:
    for instrument in instruments().values():
        if any(found.verified_on is None for found in instrument.clauses.values()):
            assert instrument.verified_on is None


def test_only_laws_are_presented_as_law() -> None:
    assert [i.id for i in instruments().values() if i.force is Force.LAW] == [
        "budget-law",
        "penalty-law",
        "work-safety-law",
    ]


def test_orders_of_ministries_bear_the_number_of_an_order() -> None:
    for instrument in instruments().values():
        is_order = re.search("部令", instrument.document_number or "") is not None
        assert is_order is (instrument.force is Force.MINISTRY_ORDER), instrument.id


def test_documents_of_the_ministry_are_no_more_than_that() -> None:
    numbered = {i.id: i.force for i in instruments().values() if re.match("财[预办]〔", i.document_number or "")}
    assert numbered.pop("mof-2021-101") is Force.TRIAL_GUIDANCE
    assert len(numbered) >= 4
    assert set(numbered.values()) == {Force.MINISTRY_RULE}
    assert Force.MINISTRY_RULE.label == "部门规范性文件"
    assert not Force.TRIAL_GUIDANCE.binds


@every_rule
def test_every_citation_resolves_and_says_what_it_is_cited_for(rule: Rule) -> None:
    for reference in rule.cites:
        _, found = clause(reference)
        assert found.used_for, reference


@every_rule
def test_an_error_rests_on_what_binds_somebody(rule: Rule) -> None:
    for ruleset in rulesets().values():
        held = [clause(r)[0] for r in rule.cites if r.partition("/")[0] in ruleset.instruments]
        if ruleset.severities.get(rule.code, rule.severity) is Severity.ERROR:
            assert any(i.force.binds for i in held), ruleset.name


def test_the_yuan_is_not_cited_for_what_the_law_does_not_say() -> None:
    """Article 19 says in what money is counted, not how a form shows it."""
    assert not any("budget-law/yuan-unit" in rule.cites for rule in RULES.values())


def test_a_citation_names_document_requirement_and_force() -> None:
    cited = citation("mof-2015-88/quantified")
    assert cited.instrument == "《中央部门预算绩效目标管理办法》（财预〔2015〕88号）"
    assert cited.requirement.startswith("细化量化：")
    assert cited.force is Force.MINISTRY_RULE
    assert not cited.verified
    assert citation("budget-law/fiscal-year").verified


@pytest.mark.parametrize(
    ("reference", "words"),
    [
        ("budget-law/disclosure", "2026-11-30 核对；见到的是全文：法律条文汇编（2018年修正文本全文）"),
        ("mof-2021-101/focused", "未核对原文，用自己的话概括；见到的是只有名称：新闻介绍"),
        ("mof-2015-88/matched", "未核对原文，用自己的话概括"),
    ],
)
def test_those_who_maintain_the_law_see_what_was_read(reference: str, words: str) -> None:
    assert clause(reference)[1].checked == words


def test_how_much_of_a_document_was_checked() -> None:
    assert instruments()["budget-law"].checked == "10 项要求里 10 项核对过原文"
    assert instruments()["mof-2020-10"].checked == "未核对原文"
    assert instruments()["good-practice"].checked == "没有条文可以核对"
    assert Clause("a", "b", "c。").checked == "未核对原文，用自己的话概括"
