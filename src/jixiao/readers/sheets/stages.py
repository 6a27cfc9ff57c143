"""Decides at which stage of the year each sheet of a file is, and makes what is filled in on it a value of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from jixiao.domain.filled import Filled, out_of_place, stage_told, staged
from jixiao.domain.goal_sheet import GoalSheet
from jixiao.domain.period import FiscalYear
from jixiao.domain.plan import Plan
from jixiao.domain.stage import Stage, StageWords, as_of_in, stage_titled
from jixiao.readers.raw import Paragraph
from jixiao.readers.sheets.table import Cell
from jixiao.readers.sheets.trace import Trace

_DOUBTFUL = Decimal("0.7")
_HOW = "如不对，请在标题里写明“绩效目标表”“绩效监控表”或“绩效自评表”后重审"


@dataclass(frozen=True, slots=True)
class ReadSheet:
    """A sheet as its form has it: the goals, and what is filled in besides, before its stage is known.

    ``heading`` is the line above the form, ``offered`` what the form has columns for (see ``stage_told``), ``columns`` the
    cells over its columns, ``year`` the one that the form names for itself.
    """

    sheet: GoalSheet
    filled: Filled
    heading: Paragraph | None = None
    offered: frozenset[str] = frozenset()
    columns: tuple[Cell, ...] = ()
    year: int | None = None


def with_stages(
    plan: Plan, read: Sequence[ReadSheet], forms: Sequence[Paragraph], trace: Trace, words: StageWords
) -> Plan:
    """``plan`` with what is filled in on its goal sheets, each at its stage.

    ``words`` are those of titles. What makes a stage doubtful, and what a sheet of that stage does not keep, becomes a note.
    """
    titles = [_titles(one, plan, forms, trace) for one in read]

    @cache  # forms of one file share most of their titles
    def titled(title: str) -> Stage | None:
        return stage_titled((title,), words)

    firsts = [next((stage for title in own if (stage := titled(title.text)) is not None), None) for own in titles]
    stages = [_told(n, one, firsts[n], trace) for n, one in enumerate(read)]
    filled = [
        _counted(n, one, titles[n], plan.goal_sheets[n].fiscal_year or plan.fiscal_year, trace)
        if stage is Stage.MONITORING
        else one.filled
        for n, (one, stage) in enumerate(zip(read, stages, strict=True))
    ]
    return replace(staged(plan, filled, stages), provenance=trace.places, notes=tuple(trace.notes))


def _counted(n: int, one: ReadSheet, titles: Sequence[Paragraph], year: FiscalYear | None, trace: Trace) -> Filled:
    """What is filled in, with the day that a title or a column names (1至7月执行情况), the first that does."""
    said: list[Paragraph | Cell] = [*titles, *one.columns]
    for words in said:
        if (day := as_of_in(words.text, year)) is not None:
            trace.put(words.place, "goal_sheets", n, "as_of")
            return replace(one.filled, as_of=day)
    return one.filled


def _titles(one: ReadSheet, plan: Plan, forms: Sequence[Paragraph], trace: Trace) -> list[Paragraph]:
    """The nearest title first: that of the form, of the document, of other forms."""
    own = [one.heading] if one.heading else []
    whole = [Paragraph(plan.title, trace.places["/title"])] if plan.title else []
    return [*own, *whole, *forms]


def _told(n: int, one: ReadSheet, titled: Stage | None, trace: Trace) -> Stage:
    told = stage_told(one.filled, titled, one.offered)
    if told.doubt is not None:
        message = f"{told.doubt}，按{told.stage.label}读入；{_HOW}。"
        trace.note("stage.doubtful", message, "goal_sheets", n, confidence=_DOUBTFUL)
    for below, words in out_of_place(one.sheet, one.filled, told.stage):
        message = f"{told.stage.label}没有这一栏，未读入：{words}"
        trace.note("column.not_kept", message, "goal_sheets", n, *below.split("/")[1:])
    return told.stage
