"""Titles and years that sheets have of their own, where those of the whole file do not hold for them."""

from __future__ import annotations

from dataclasses import replace

from jixiao.domain.goal_sheet import GoalSheet
from jixiao.domain.period import FiscalYear
from jixiao.readers.sheets.goal_sheet import ReadSheets
from jixiao.readers.sheets.trace import Trace
from jixiao.vocabulary import Vocabulary
from jixiao.vocabulary.headings import project_in


def as_titled(
    read: ReadSheets, year: FiscalYear | None, title: str | None, trace: Trace, vocabulary: Vocabulary
) -> tuple[GoalSheet, ...]:
    """The sheets, each with its own year and title where those of the whole file do not hold for it."""
    found: list[GoalSheet] = []
    for n, one in enumerate(read.read):
        sheet, below = one.sheet, trace.below("goal_sheets", n)
        if year is not None and one.year not in (None, year.year):
            sheet = replace(sheet, fiscal_year=FiscalYear(one.year))
            message = f"这张表写明是 {one.year} 年的，与全文的 {year.year} 年不同，按 {one.year} 年读。"
            below.note("fiscal_year.of_sheet", message, "fiscal_year")
        if one.heading is not None and sheet.project.name is None and not project_in(one.heading.text, vocabulary):
            words = one.heading.text.strip()
            if compact(words) not in compact(title):
                sheet = replace(sheet, title=words)
                below.put(one.heading.place, "title")
        found.append(sheet)
    return tuple(found)


def compact(text: str | None) -> str:
    """Words without blanks, to compare them."""
    return "".join((text or "").split())
