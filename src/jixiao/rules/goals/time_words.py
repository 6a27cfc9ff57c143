"""Rules on time in running text: what is already done, and what belongs to an earlier year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from jixiao.domain.finding import Aspect, Severity
from jixiao.domain.message import Said
from jixiao.parameters.keys import PAST_WORDS
from jixiao.readings import earlier_years
from jixiao.readings.earlier_years import Stale, stale_texts
from jixiao.readings.past import past_passages
from jixiao.readings.view import PlanView
from jixiao.review.message import Message
from jixiao.review.rule import Need, Observation, Scope, rule

_QUOTED_MOST = 2

# --- already done -----------------------------------------------------------------------------------------

_DONE = "写的是已经做完的事，不是今年要达到的目标或要采取的措施，到年底没有可以对照的东西。"
PAST = Message("past", f"{{passages:list}}{_DONE}")
MANY_PAST = Message("many-past", f"{{passages:list}}等 {{count:number}} 句{_DONE}")


@rule(
    "G60",
    title="以总结代目标",
    problem="retrospective-text",
    severity=Severity.WARNING,
    aspect=Aspect.RELEVANCE,
    scope=Scope.PLAN,
    cites=("mof-2015-88/reasonable", "mof-2015-88/clear-direction"),
    remedy="改写成本年度要做的事和要达到的数；上年完成的情况只作为确定依据，写在“指标值确定依据”栏。",
    since=date(2015, 5, 21),
    parameters=(PAST_WORDS,),
    says=(PAST, MANY_PAST),
)
def goals_look_ahead(view: PlanView) -> Iterator[Observation]:
    """总体目标、分项目标、保障措施、用途和项目目标里写的是已经做完的事：“一年来共解决……15件”“被评为……”“全年未发生一起……”
    “去年完成……”“已完成投资820万元”“取得了良好效果”。一处文字报一条，列出这样的句子。

    “不发生”“力争被评为”是目标，“已列入预算”“较上年增长”是依据和对照；先说现状、同一句里接着写今年新增多少的，都不报。
    """
    for at, past in view.derived(past_passages).items():
        yield Observation(at=at, evidence=" ｜ ".join(past), says=_past(past))


def _past(passages: Sequence[str]) -> Said:
    if len(passages) > _QUOTED_MOST:
        return MANY_PAST(passages=passages[:_QUOTED_MOST], count=len(passages))
    return PAST(passages=passages)


# --- of an earlier year -----------------------------------------------------------------------------------

ENDED = Message("ended", "{words:list}不是{year:number}年的工作：{why:text}。")
OLD = Message("old-year", "本文本是{year:number}年的，这里却写着{passages:list}，像是沿用了往年的文字。")
ENDED_AND_OLD = Message(
    "ended-and-old-year",
    "{words:list}不是{year:number}年的工作：{why:text}；这里还写着{passages:list}，像是沿用了往年的文字。",
)


@rule(
    "G61",
    title="内容陈旧",
    problem="stale-text",
    severity=Severity.WARNING,
    aspect=Aspect.RELEVANCE,
    scope=Scope.PLAN,
    cites=("mof-2015-88/reasonable", "good-practice/consistency"),
    remedy="删去往年的内容，按本年度的部署和任务重写；确需引用往年情况的，放在确定依据里并写明年份。",
    since=date(2015, 5, 21),
    parameters=(*earlier_years.PARAMETERS, PAST_WORDS),
    needs=(Need.FISCAL_YEAR,),
    says=(ENDED, OLD, ENDED_AND_OLD),
)
def text_belongs_to_the_year(view: PlanView) -> Iterator[Observation]:
    """目标、用途、保障措施里写着早已结束的活动（测温验码、打赢脱贫攻坚战、建党100周年），或者两年以前的方案、活动、人员
    （“制定《2021年精准招商方案》”），或者上一年度的打算（“2025年将完成……”写在2026年的文本里），或者一条目标开头就是以前的年份（“2025年，全县改造……”），通篇没有说到本年度。
    一处文字报一条。

    作为依据引用的规划、文件和文号、上年基数、结转项目的名称、巩固拓展脱贫攻坚成果一类仍在进行的工作，不报；
    写的是那一年已经做完的事的，按以总结代目标报。
    """
    past = view.derived(past_passages)
    for at, stale in view.derived(stale_texts).items():
        told = past.get(at, ())
        old = [p for p in stale.passages if not any(p in passage or passage in p for passage in told)]
        if stale.ended or old:
            yield Observation(at=at, evidence=" ｜ ".join((*stale.ended, *old)), says=_stale(stale, old))


def _stale(stale: Stale, old: Sequence[str]) -> Said:
    year, why = stale.year, "；".join(stale.why)
    if stale.ended and old:
        return ENDED_AND_OLD(words=stale.ended, year=year, why=why, passages=old)
    return ENDED(words=stale.ended, year=year, why=why) if stale.ended else OLD(year=year, passages=old)
