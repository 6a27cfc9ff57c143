"""Tells where the numbers of headings and items are broken: a plan keeps the words, not the numbers."""

from __future__ import annotations

from collections.abc import Sequence

from jixiao.domain.numbering import broken_numbers, number_of
from jixiao.readers.raw import Paragraph
from jixiao.readers.sheets.sections import Section, best
from jixiao.readers.sheets.trace import Trace
from jixiao.vocabulary import Chapter

POINTER = {Chapter.OVERALL: "overall_goals", Chapter.ACTIVITIES: "activities", Chapter.SAFEGUARDS: "safeguards"}
_NUMBERS_KEPT = (Chapter.OVERALL,)
_CODE = "heading.numbering"


def note_numbering(sections: Sequence[Section], trace: Trace) -> None:
    """Note what is wrong with the numbers of chapter headings, and of the items whose numbers are taken off."""
    headings = [s.heading.text for s in sections]
    for broken in broken_numbers(headings):
        trace.note(_CODE, f"标题{broken.words}。", POINTER[sections[broken.at].chapter])
    chosen = [s for chapter in Chapter if (s := best(sections, chapter)[0]) is not None]
    numbered = [s for s in chosen if number_of(s.heading.text)]
    for section in chosen:
        if numbered and section not in numbered:
            message = f"标题“{numbered[0].heading.text}”有编号，“{section.heading.text}”没有编号。"
            trace.note(_CODE, message, POINTER[section.chapter])
        _note_items(section, trace)


def _note_items(section: Section, trace: Trace) -> None:
    items = [b.text for b in section.blocks if isinstance(b, Paragraph)]
    pointer = POINTER[section.chapter]
    if section.chapter not in _NUMBERS_KEPT:
        for broken in broken_numbers(items):
            trace.note(_CODE, f"{broken.words}。", pointer)
    heading = number_of(section.heading.text)
    same = [item for item in items if heading and (n := number_of(item)) and n.style == heading.style]
    if same:
        message = f"“{section.heading.text}”下面的“{same[0]}”与上一级标题用了同一级的编号，分不出层次。"
        trace.note(_CODE, message, pointer)
