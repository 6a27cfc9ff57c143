"""Law as data: nothing claims more certainty than somebody had."""

from __future__ import annotations

import re

from each import each

from jixiao.domain.finding import Force
from jixiao.law import Instrument, citation, instruments

CHINESE = re.compile(r"[\u4e00-\u9fff]")
ARTICLE = re.compile(r"第[一二三四五六七八九十百]+条(?:、第[一二三四五六七八九十百]+条)*")

every_instrument = each(instruments().values(), lambda i: i.id)


@every_instrument
def test_requirements_are_whole_sentences_in_chinese(instrument: Instrument) -> None:
    for clause in instrument.clauses.values():
        assert CHINESE.search(clause.name)
        assert clause.requirement.endswith("。")
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", clause.id)


@every_instrument
def test_where_nobody_checked_the_text_a_remark_says_so(instrument: Instrument) -> None:
    if instrument.verified_on is None:
        assert instrument.remark


@every_instrument
def test_article_numbers_stand_only_where_the_text_was_read(instrument: Instrument) -> None:
    for clause in instrument.clauses.values():
        if clause.article is not None:
            assert ARTICLE.fullmatch(clause.article)
            assert instrument.force is Force.LAW


def test_only_the_law_is_presented_as_law() -> None:
    assert [i.id for i in instruments().values() if i.force is Force.LAW] == ["budget-law"]


def test_a_citation_names_document_requirement_and_force() -> None:
    cited = citation("mof-2015-88/quantified")
    assert cited.instrument == "《中央部门预算绩效目标管理办法》（财预〔2015〕88号）"
    assert cited.requirement.startswith("细化量化：")
    assert cited.force is Force.MINISTRY_RULE
