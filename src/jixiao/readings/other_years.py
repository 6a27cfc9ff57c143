"""Deadlines of another year than the budget's, and projects that may well name one."""

from __future__ import annotations

import re

from jixiao.domain.quantities import parse
from jixiao.parameters.keys import CARRYOVER_WORDS, COMPARED_WITH_WORDS, DEADLINE_ENDINGS
from jixiao.parameters.shapes import ComparedWithWords
from jixiao.readings.text import any_of, quantities
from jixiao.readings.view import Parameters, SheetView

PARAMETERS = (CARRYOVER_WORDS, DEADLINE_ENDINGS, COMPARED_WITH_WORDS)
"""What every rule that asks for such deadlines reads"""

_YEAR = re.compile(r"(?:19|20)\d\d")


def deadline_outside(text: str, year: int, parameter: Parameters) -> tuple[str, int] | None:
    """(words, year) of the first deadline in ``text`` that lies in another year than ``year``."""
    ending, compared = any_of(parameter(DEADLINE_ENDINGS)), parameter(COMPARED_WITH_WORDS)
    for m in parse(text).moments:
        done = ending.match(text, m.end)
        if m.year in (None, year) or not (m.due or done) or _is_compared(text[: m.start], compared):
            continue
        assert m.year is not None
        return text[m.start : done.end() if done else m.end], m.year
    return None


def _is_compared(before: str, words: ComparedWithWords) -> bool:
    """Whether the words before a date hold something up to it: 较2023年增长."""
    return before.endswith(words.endings) or any(word in before for word in words.anywhere)


def spans_years(sheet: SheetView, year: int) -> bool:
    """Whether project or use of money name another year or say that the project goes over several."""
    about = f"{sheet.sheet.project.name or ''}{sheet.sheet.purpose or ''}"
    if any(word in about for word in sheet.parameter(CARRYOVER_WORDS)):
        return True
    counted = [(q.start, q.end) for q in quantities(about) if q.unit is not None]  # 1900名 is no year
    years = [m for m in _YEAR.finditer(about) if int(m.group()) != year]
    return any(not any(start <= m.start() < end for start, end in counted) for m in years)
