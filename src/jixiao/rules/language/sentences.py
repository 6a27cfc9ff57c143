"""Rules on sentences and terms: broken off, document numbers, residue of conversion."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from jixiao.domain.finding import Aspect, PatchOperation, Severity
from jixiao.parameters.keys import CUT_OFF_ENDINGS
from jixiao.readings.view import PlanView
from jixiao.readings.written import WrittenText, written_texts
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
_RESIDUE = re.compile(
    r"\[bookmark:[^\]]{0,200}\]|\b(?:TC|TOC|PAGEREF|HYPERLINK|MERGEFORMAT)\b[^\n\\]{0,80}\\[a-z](?:\s+[\w\"\\]{1,6})*"
    r"|_Toc\d{3,}|&(?:nbsp|amp|lt|gt|quot);|</?(?:br|p|span|td|tr|div|font)\b[^>]{0,80}>|错误！[^。]{0,12}(?:书签|引用源)"
)
_RESIDUE_NOTE = "residue.removed"


# --- sentences that break off -----------------------------------------------------------------------------


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
    parameters=(CUT_OFF_ENDINGS,),
)
def sentences_are_finished(view: PlanView) -> Iterator[Observation]:
    """目标、用途、保障措施的一段话停在逗号、顿号上，或者停在“力争”“以及”“包括”这样后面必须有话的词上。

    总体目标的一段后面紧跟着没有编号的下一段的，多半是一句话分了两行，不报。
    """
    endings = view.parameter(CUT_OFF_ENDINGS)
    going_on = _going_on(view)
    for place in view.derived(written_texts):
        text = place.text.rstrip(_AFTER_SENTENCE)
        if not place.is_prose or place.pointer in going_on:
            continue
        if text.endswith(_OPEN_END):
            why = f"以“{text[-1]}”结尾"
        elif word := next((w for w in endings if text.endswith(w)), None):
            why = f"停在“{word}”上"
        else:
            continue
        m = _TAIL.search(text)
        said = (m.group() if m else "") or text
        yield Observation(
            at=place.pointer, evidence=said, message=f"“{said}”{why}，话没有写完，不知道后面要做什么、做到什么程度。"
        )


def _going_on(view: PlanView) -> frozenset[str]:
    """The paragraphs of the overall goals of which the next may be the rest of the line."""
    goals = view.overall_goals
    after = ((n, following) for n, following in enumerate(goals[1:]))
    return frozenset(view.at("overall_goals", n) for n, following in after if _NUMBERED.match(following) is None)


# --- document numbers -------------------------------------------------------------------------------------


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
)
def document_numbers_are_written_alike(view: PlanView) -> Iterator[Observation]:
    """文件的发文字号里，年份用了方括号、黑括号或圆括号。第一部分合并报一条，每张目标表合并报一条。"""
    groups: dict[int | None, list[tuple[WrittenText, re.Match[str]]]] = defaultdict(list)
    for place in view.derived(written_texts):
        if m := _DOCUMENT_NUMBER.search(place.text):
            groups[place.sheet].append((place, m))
    for found in groups.values():
        first, m = found[0]
        proper = m.expand(r"\1〔\2〕\3号")
        yield Observation(
            at=first.pointer,
            evidence=m.group(),
            message=f"文号“{m.group()}”的年份应当用六角括号，写作“{proper}”。",
            suggestion=f"改为“{proper}”。",
            related=tuple(dict.fromkeys(p.pointer for p, _ in found[1:])),
            fix=(PatchOperation("replace", first.pointer, first.text.replace(m.group(), proper)),),
        )


# --- residue ----------------------------------------------------------------------------------------------


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
)
def no_residue_is_left(view: PlanView) -> Iterator[Observation]:
    """文字里留有域代码（TC … \\f A \\l 1）、书签、网页标记一类的符号，或者读取时已经去掉过这样的符号。全文合并报一条。"""
    found = [(place.pointer, m.group()) for place in view.derived(written_texts) if (m := _RESIDUE.search(place.text))]
    notes = [note.message for note in view.plan.notes if note.code == _RESIDUE_NOTE]
    if found:
        words = found[0][1].strip()
        yield Observation(
            at=found[0][0],
            evidence=words,
            message=f"文字里留有“{words}”这样的符号，共 {len(found)} 处，印出来别人看不懂。",
            related=tuple(pointer for pointer, _ in found[1:]),
        )
    elif notes:
        yield Observation(
            at=view.at("title"),
            evidence=notes[0],
            message=f"原文件里有 {len(notes)} 处转换留下的符号：{notes[0].rstrip('。')}。",
        )
