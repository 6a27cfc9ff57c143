"""Rules on time in running text: what is already done, and what belongs to an earlier year."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache

from jixiao.domain.finding import Aspect, Severity
from jixiao.parameters.keys import ENDED_CAMPAIGNS, OLD_YEARS, PAST_WORDS
from jixiao.parameters.shapes import EndedCampaign, OldYears, PastWords
from jixiao.readings.promises import Part, texts
from jixiao.readings.text import any_of
from jixiao.readings.view import PlanView
from jixiao.review.rule import Need, Observation, Scope, rule

_SENTENCE = re.compile(r"[^。；;！!？?\n]+")
_CLAUSE = re.compile(r"[^，,：:]+")
_PAREN = re.compile(r"[“”\"‘’、\s]")
_DIGIT = re.compile(r"\d|[一二三四五六七八九十百千万]+[个项次批场家件人名]")
_YEAR = re.compile(r"(?<![\d.])(20\d\d)(?:\s*年度?|(?=[“《]|全[国省市县区]))")
_NAMED_DOCUMENT = re.compile(r"《([^》]*)》(?:[（(〔\[【][^）)〕\]】]*[）)〕\]】](?:\d+号)?)?")
_QUOTED_MOST = 2
_LE = "了"


# --- already done -----------------------------------------------------------------------------------------


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
)
def goals_look_ahead(view: PlanView) -> Iterator[Observation]:
    """总体目标、分项目标、保障措施、用途和项目目标里写的是已经做完的事：“一年来共解决……15件”“被评为……”“全年未发生一起……”
    “去年完成……”“已完成投资820万元”“取得了良好效果”。一处文字报一条，列出这样的句子。

    “不发生”“力争被评为”是目标，“已列入预算”“较上年增长”是依据和对照；先说现状、同一句里接着写今年新增多少的，都不报。
    """
    words = view.parameter(PAST_WORDS)
    telling = any_of((*words.sure, *words.counted, *words.past_years, _LE))
    for at, _, _, text in texts(view):
        if not telling.search(text):
            continue
        past = [s for m in _SENTENCE.finditer(text) if (s := _past(view, m.group().strip(), words, text))]
        if past:
            quoted = "”“".join(past[:_QUOTED_MOST])
            more = f"等 {len(past)} 句" if len(past) > _QUOTED_MOST else ""
            yield Observation(
                at=at,
                evidence=" ｜ ".join(past),
                message=f"“{quoted}”{more}写的是已经做完的事，不是今年要达到的目标或要采取的措施，到年底没有可以对照的东西。",
            )


def _past(view: PlanView, sentence: str, words: PastWords, text: str) -> str | None:
    """The clause of a sentence that tells of something done; None where there is none."""
    counted = _DIGIT.search(sentence) is not None
    planned = _is_planned(view, sentence, words.planned)
    for m in _CLAUSE.finditer(sentence):
        clause = m.group().strip()
        if any(_after(clause, word, words.not_past) for word in words.sure):
            return clause
        so_far = sentence[: m.end()]
        if not any(w in so_far for w in words.effects) and _with_le(words.verbs, clause, words.not_past):
            return clause
        if planned:
            continue
        if counted and any(_after(clause, word, words.not_past) for word in words.counted):
            return sentence if not _DIGIT.search(clause) else clause
        if _of_past_year(clause, words) and not _is_planned(view, text, ()):
            return clause
    return None


def _is_planned(view: PlanView, text: str, words: Sequence[str]) -> bool:
    """Whether a text goes on to what is planned: names the year of the plan or says so."""
    year = view.plan.fiscal_year
    return any(w in text for w in words) or (year is not None and str(year.year) in text)


def _after(clause: str, word: str, unless: Sequence[str]) -> bool:
    """Whether a clause holds a word that is not what it hopes for or rests on, nor part of 已…的."""
    start = clause.find(word)
    if start < 0 or any(w in clause[:start] for w in unless):
        return False
    rest = clause[start + len(word) :]
    return not (word.startswith("已") and "的" in rest)


@lru_cache(maxsize=8)
def _le(verbs: Sequence[str]) -> re.Pattern[str]:
    return re.compile(f"(?:{'|'.join(verbs)})了(?!解|然|如)")


def _with_le(verbs: Sequence[str], clause: str, unless: Sequence[str]) -> bool:
    m = _le(verbs).search(clause)
    return m is not None and not clause.endswith("的") and not any(w in clause[: m.start()] for w in unless)


def _of_past_year(clause: str, words: PastWords) -> bool:
    for name in words.past_years:
        start = clause.find(name)
        if start == 0 or (start > 0 and clause[start - 1] in "，,；;：:、"):
            after = clause[start + len(name) :]
            return after.startswith(words.past_year_verbs) and _DIGIT.search(after) is not None
    return False


# --- of an earlier year -----------------------------------------------------------------------------------


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
    parameters=(ENDED_CAMPAIGNS, OLD_YEARS),
    needs=(Need.FISCAL_YEAR,),
)
def text_belongs_to_the_year(view: PlanView) -> Iterator[Observation]:
    """目标、用途、保障措施里写着早已结束的活动（测温验码、打赢脱贫攻坚战、建党100周年），或者两年以前的方案、活动、人员
    （“制定《2021年精准招商方案》”），或者上一年度的打算（“2025年将完成……”写在2026年的文本里）。一处文字报一条。

    作为依据引用的规划、文件和文号、上年基数、结转项目的名称、巩固拓展脱贫攻坚成果一类仍在进行的工作，不报。
    """
    known, old_years = view.parameter(ENDED_CAMPAIGNS), view.parameter(OLD_YEARS)
    if view.plan.fiscal_year is None:
        return
    year = view.plan.fiscal_year.year
    campaigns = [c for c in known if c.until < year]
    telling = any_of(tuple(word for c in campaigns for word in (*c.words, *c.anchors)))
    for at, part, item, text in texts(view):
        plain = _PAREN.sub("", _NAMED_DOCUMENT.sub("", text))
        held = campaigns if telling.search(plain) else ()
        told = [(words, c.why) for c in held if (words := _campaign(plain, c))]
        ended = tuple(w for words, _ in told for w in words)
        name = view.sheets[item].sheet.project.name if part is Part.SHEET else None
        old = _old_years(text.replace(name, "") if name else text, year, old_years)
        if not ended and not old:
            continue
        said = [f"“{'”“'.join(ended)}”不是{year}年的工作：{'；'.join(why for _, why in told)}"] if ended else []
        more = f"等 {len(old)} 处" if len(old) > _QUOTED_MOST else ""
        passages = f"“{'”“'.join(old[:_QUOTED_MOST])}”{more}"
        said += [f"本文本是{year}年的，这里却写着{passages}，像是沿用了往年的文字"] if old else []
        yield Observation(at=at, evidence=" ｜ ".join((*ended, *old)), message=f"{'；'.join(said)}。")


def _campaign(plain: str, campaign: EndedCampaign) -> tuple[str, ...]:
    """The words of an ended campaign that a text without names of documents holds; none where it says what goes on."""
    other = any(within in plain for within in campaign.unless)
    for within in campaign.unless:
        plain = plain.replace(within, "")
    found = tuple(w for w in campaign.words if w in plain)
    beside = tuple(w for w in campaign.together if w in plain and not any(w in f or f in w for f in found))
    distinct = tuple(w for w in beside if not any(w != longer and w in longer for longer in beside))
    if found:
        return found
    anchored = any(w in campaign.anchors for w in distinct)
    return distinct if anchored and len(distinct) > 1 and not other else ()


def _old_years(text: str, year: int, words: OldYears) -> tuple[str, ...]:
    """Passages that speak of an earlier year as if it were this one."""
    found = []
    for sentence in _SENTENCE.finditer(_without_bases(text, words.document_words)):
        s = sentence.group()
        if str(year) in s:
            continue
        for m in _YEAR.finditer(s):
            past = year - int(m[1])
            if past <= 0 or _is_reference(s, m, words):
                continue
            if past >= words.years_before or s[m.end() :].startswith(words.future):
                found.append(_clause_at(s, m.start()))
    return tuple(dict.fromkeys(found))[:_QUOTED_MOST]


def _clause_at(sentence: str, place: int) -> str:
    return next((m.group().strip() for m in _CLAUSE.finditer(sentence) if m.start() <= place < m.end()), sentence)


def _without_bases(text: str, document_words: Sequence[str]) -> str:
    """A text without the names of documents in force; a scheme or list of one year stays."""
    return _NAMED_DOCUMENT.sub(lambda m: "" if any(w in m[1] for w in document_words) else m.group(), text)


def _is_reference(sentence: str, m: re.Match[str], words: OldYears) -> bool:
    """Whether a year is that of a basis, a comparison or how something came about."""
    before = sentence[max(0, m.start() - words.look_behind) : m.start()]
    after = sentence[m.end() : m.end() + words.look_ahead]
    if any(w in before for w in words.before):
        return True
    if any(w in after[: words.look_behind] for w in words.after):
        return True
    return any(w in after for w in words.anywhere_after)
