"""Rules on sentences and terms: broken off, document numbers, residue of conversion."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache

import rjieba

from jixiao.domain.finding import Aspect, PatchOperation, Severity
from jixiao.domain.message import Said
from jixiao.parameters.keys import CUT_OFF_ENDINGS, CUT_OFF_PARTICLES, RESIDUE_PATTERNS
from jixiao.readings.view import PlanView
from jixiao.readings.written import Looked, WrittenText, written_texts
from jixiao.review.message import Message
from jixiao.review.rule import Observation, Scope, rule

_OPEN_END = ("、", "，", ",")
_AFTER_SENTENCE = '”’"） )　\n\t'
_NUMBERED = re.compile(
    r"\s*(?:[（(]?[一二三四五六七八九十\d]+[)）、.．]|[一二三四五六七八九十]是|第[一二三四五六七八九十])"
)
_TAIL = re.compile(r"[^，,。；;\n]*[，,、]?\s*$")
_DOCUMENT_NUMBER = re.compile(
    r"([\u4e00-\u9fff]{2,10})\s*[\[【［(（〈<]((?:19|20)\d\d)[\]】］)）〉>]\s*(?:第\s*)?(\d{1,5})\s*号"
)
_PROPER_NUMBER = r"\1〔\2〕\3号"
_RESIDUE_NOTE = "residue.removed"


# --- sentences that break off -----------------------------------------------------------------------------

_UNFINISHED = "，话没有写完，不知道后面要做什么、做到什么程度。"
ENDS_OPEN = Message("ends-open", "“{words:words}”以“{mark:words}”结尾" + _UNFINISHED)
STOPS_AT_WORD = Message("stops-at-word", "“{words:words}”停在“{word:words}”上" + _UNFINISHED)


@rule(
    "L66",
    title="语句不完整",
    problem="incomplete-sentence",
    severity=Severity.WARNING,
    aspect=Aspect.COMPLETENESS,
    scope=Scope.PLAN,
    cites=("good-practice/language",),
    remedy="把这句话写完；后面没有内容的，删去多余的词并以句号结束。",
    since=date(2015, 5, 21),
    parameters=(CUT_OFF_ENDINGS, CUT_OFF_PARTICLES),
    says=(ENDS_OPEN, STOPS_AT_WORD),
)
def sentences_are_finished(view: PlanView) -> Iterator[Observation]:
    """目标、用途、保障措施的一段话停在逗号、顿号上，或者停在“力争”“以及”“包括”“和”“对”这样后面必须有话的词上。

    总体目标的一段后面紧跟着没有编号的下一段的，多半是一句话分了两行，不报。
    """
    endings, particles = view.parameter(CUT_OFF_ENDINGS), view.parameter(CUT_OFF_PARTICLES)
    going_on = _going_on(view)
    last = (*_OPEN_END, *endings, *particles)
    for written in view.derived(written_texts):
        text = written.text.rstrip(_AFTER_SENTENCE)
        if not text.endswith(last) or not written.is_prose or written.pointer in going_on:
            continue
        m = _TAIL.search(text)
        tail = (m.group() if m else "") or text
        if says := _unfinished(text, tail, endings, particles):
            yield Observation(at=written.pointer, evidence=tail, says=says)


def _unfinished(text: str, tail: str, endings: Sequence[str], particles: Sequence[str]) -> Said | None:
    if text.endswith(_OPEN_END):
        return ENDS_OPEN(words=tail, mark=text[-1])
    word = next((w for w in endings if text.endswith(w)), None)
    if word is None and rjieba.cut(tail)[-1:] == [text[-1]] and text[-1] in particles:
        word = text[-1]
    return STOPS_AT_WORD(words=tail, word=word) if word else None


def _going_on(view: PlanView) -> frozenset[str]:
    """The paragraphs of the overall goals of which the next may be the rest of the line."""
    after = enumerate(view.overall_goals[1:])
    return frozenset(view.at("overall_goals", n) for n, following in after if _NUMBERED.match(following) is None)


# --- document numbers -------------------------------------------------------------------------------------

BRACKETS = Message("brackets", "文号“{written:words}”的年份应当用六角括号，写作“{proper:words}”。")
SOME_BRACKETS = Message(
    "brackets-in-places",
    "文号“{written:words}”的年份应当用六角括号，写作“{proper:words}”；共有 {count:number} 处文字这样写。",
)
WRITE_PROPER = Message("write-proper", "改为“{proper:words}”。")


@rule(
    "L67",
    title="文号括号不规范",
    problem="term-inconsistent",
    severity=Severity.ADVICE,
    aspect=Aspect.COMPLETENESS,
    scope=Scope.PLAN,
    cites=("good-practice/language",),
    remedy="发文字号的年份用六角括号，如“财预〔2024〕1号”。",
    since=date(2015, 5, 21),
    says=(BRACKETS, SOME_BRACKETS),
    proposes=(WRITE_PROPER,),
)
def document_numbers_are_written_alike(view: PlanView) -> Iterator[Observation]:
    """文件的发文字号里，年份用了方括号、黑括号或圆括号。第一部分合并报一条，每张目标表合并报一条。"""
    groups: dict[int | None, list[WrittenText]] = defaultdict(list)
    for written in view.derived(written_texts):
        if "号" in written.text and _DOCUMENT_NUMBER.search(written.text):
            groups[written.sheet].append(written)
    for texts in groups.values():
        m = _DOCUMENT_NUMBER.search(texts[0].text)
        assert m is not None
        number, proper = m.group(), m.expand(_PROPER_NUMBER)
        yield Observation(
            at=texts[0].pointer,
            evidence=number,
            says=BRACKETS(written=number, proper=proper)
            if len(texts) == 1
            else SOME_BRACKETS(written=number, proper=proper, count=len(texts)),
            suggests=WRITE_PROPER(proper=proper),
            related=tuple(t.pointer for t in texts[1:]),
            fix=tuple(
                PatchOperation("replace", t.pointer, _DOCUMENT_NUMBER.sub(_PROPER_NUMBER, t.text)) for t in texts
            ),
        )


# --- residue ----------------------------------------------------------------------------------------------

LEFT = Message("left", "文字里留有“{residue:words}”这样的符号，共 {count:number} 处，印出来别人看不懂。")
REMOVED = Message("removed", "原文件里有 {count:number} 处转换留下的符号：{first:text}。")


@rule(
    "L68",
    title="转换残留",
    problem="extraction-residue",
    severity=Severity.ADVICE,
    aspect=Aspect.COMPLETENESS,
    scope=Scope.PLAN,
    cites=("good-practice/language",),
    remedy="在原文件中删去这些符号；Word 的目录域可以选中后按 Ctrl+Shift+F9 变成文字。",
    since=date(2015, 5, 21),
    parameters=(RESIDUE_PATTERNS,),
    says=(LEFT, REMOVED),
)
def no_residue_is_left(view: PlanView) -> Iterator[Observation]:
    """文字里留有域代码（TC … \\f A \\l 1）、书签、网页标记一类的符号，或者读取时已经去掉过这样的符号。全文合并报一条。"""
    residue = _any_pattern(view.parameter(RESIDUE_PATTERNS))
    texts = view.standing(_residue).faulty(view.derived(written_texts))
    found = [(t.pointer, m.group().strip()) for t in texts if (m := residue.search(t.text))]
    notes = [note.message for note in view.plan.notes if note.code == _RESIDUE_NOTE]
    if found:
        (first, words), *others = found
        yield Observation(
            at=first,
            evidence=words,
            says=LEFT(residue=words, count=len(found)),
            related=tuple(pointer for pointer, _ in others),
        )
    elif notes:
        says = REMOVED(count=len(notes), first=notes[0].rstrip("。"))
        yield Observation(at=view.at("title"), evidence=notes[0], says=says)


def _residue(view: PlanView) -> Looked:
    return Looked(_any_pattern(view.parameter(RESIDUE_PATTERNS)).search)


@lru_cache(maxsize=8)
def _any_pattern(patterns: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))
