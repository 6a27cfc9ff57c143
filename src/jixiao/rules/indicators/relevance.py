"""Rules on what has nothing to do with the project: rows that share no word with anything else in the sheet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from jixiao.domain.finding import Aspect, Severity
from jixiao.domain.goal import texts_of
from jixiao.domain.indicator import IndicatorKind
from jixiao.parameters.keys import (
    MEASURED_ENDINGS,
    MENTION_WORDS,
    NAME_WORDS,
    RELEVANCE_LIMITS,
    SLOGAN_OPENERS,
    SLOGAN_STATES,
    TRADE_WORDS,
)
from jixiao.readings.claims import is_slogan
from jixiao.readings.topic import empty_words, told
from jixiao.readings.trades import COPIED_ALIKE, only_here
from jixiao.readings.view import SheetView
from jixiao.review.message import Message
from jixiao.review.rule import Observation, Scope, rule

_DOUBTFUL = Decimal("0.6")


NO_WORD_IN_COMMON = Message(
    "no-word-in-common",
    "“{name:words}”与项目名称、用途、目标和其他指标没有一个相同的用词，看不出与这笔钱有什么关系。",
)


@rule(
    "K38",
    title="指标与项目看不出关系",
    problem="irrelevant",
    severity=Severity.ADVICE,
    aspect=Aspect.RELEVANCE,
    scope=Scope.SHEET,
    cites=("mof-2015-88/relevance-review", "mof-2021-101/related"),
    remedy="删去与本项目无关的指标；有关系的，在描述里写明它衡量本项目的什么。",
    since=date(2015, 5, 21),
    parameters=(MENTION_WORDS, RELEVANCE_LIMITS, SLOGAN_OPENERS, SLOGAN_STATES, MEASURED_ENDINGS, NAME_WORDS),
    says=(NO_WORD_IN_COMMON,),
    yields_to=("G55",),
)
def rows_belong_to_the_project(sheet: SheetView) -> Iterator[Observation]:
    """一行数量指标的名称和描述，与项目名称、资金用途、绩效目标和其他各行没有一个相同的用词，说它的各词连一个相同的字都没有，
    可能是从别处带来的。

    用途和目标写得太短、说不清项目是做什么的表，别的指标，口号，词典里的名称，已按照搬报过的，不报。只作建议。
    """
    limits, empty = sheet.parameter(RELEVANCE_LIMITS), empty_words(sheet)
    own = sheet.sheet
    about = "\n".join((own.project.name or "", own.purpose or "", *texts_of(own.goals)))
    if not sheet.is_goal_sheet or len(about) < limits.fewest_characters:
        return
    others = {row.index: f"{row.row.name or ''}{row.row.description or ''}" for row in sheet.rows}
    for row in sheet.rows:
        words = told(others[row.index], empty)
        if len(words) < limits.fewest_words or row.row.kind is not IndicatorKind.QUANTITY:
            continue
        if is_slogan(row):
            continue
        if (term := row.lexicon.ending(row.name)) is not None and not term.is_general:
            continue
        rest = about + "".join(text for n, text in others.items() if n != row.index)
        if not set("".join(words)).isdisjoint(rest):  # 泵 of 泵站 is enough: names are cut short
            continue
        yield Observation(
            at=row.pointer,
            evidence=row.row.label,
            says=NO_WORD_IN_COMMON(name=row.row.label),
            confidence=_DOUBTFUL,
        )


OF_ANOTHER_TRADE = Message(
    "of-another-trade",
    "“{name:words}”说的是{words:list}，这张表的名称、用途、目标和其他指标没有一处说到，项目说的是“{own:words}”，像是从别的行业的表里带来的。",
)


@rule(
    "K88",
    title="质量、满意度指标像是别的行业的",
    problem="irrelevant",
    severity=Severity.ADVICE,
    aspect=Aspect.RELEVANCE,
    scope=Scope.SHEET,
    cites=("mof-2015-88/relevance-review", "mof-2021-101/related"),
    remedy="换成衡量本项目的指标、问本项目服务的人；确有关系的，在用途或描述里写明。",
    since=date(2015, 5, 21),
    parameters=(RELEVANCE_LIMITS, TRADE_WORDS),
    says=(OF_ANOTHER_TRADE,),
    yields_to=("G55", "K38"),
)
def rows_are_of_the_trade(sheet: SheetView) -> Iterator[Observation]:
    """一行质量或满意度指标说到一个行业的人或东西（患者、学生、水库），而项目名称、用途、目标、单位和其他类别的各行没有一处说到那个行业，
    说的都是别的行业，多半是套别处的表时没有改。

    效益可以落在别的行业，不看；一个词属于几个行业的，有一个对得上就不报；表里没有写明项目是做什么的，已按照搬报过的，不报。只作建议。
    """
    own = sheet.sheet
    about = f"{own.project.name or ''}{own.purpose or ''}{''.join(texts_of(own.goals))}"
    if len(about) < sheet.parameter(RELEVANCE_LIMITS).fewest_characters:
        return
    for row in sheet.rows:
        if row.row.kind in COPIED_ALIKE and (found := only_here(row)) is not None:
            words, told = found
            yield Observation(
                at=row.pointer,
                evidence=row.row.label,
                says=OF_ANOTHER_TRADE(name=row.row.label, words=words, own=told),
                confidence=_DOUBTFUL,
            )
