"""Finds the goal sheets of a file that is no plan but sheets in running text, one after another."""

from __future__ import annotations

from collections.abc import Sequence

from jixiao.domain.numbering import unnumbered
from jixiao.readers.raw import Grid, Paragraph, RawDocument
from jixiao.readers.sheets.goal_sheet import GoalSheetReader, ReadSheets
from jixiao.readers.sheets.prose_sheet import holds_prose_sheet, read_prose_sheet
from jixiao.readers.sheets.sections import Chapter, Outline
from jixiao.readers.sheets.trace import Trace
from jixiao.vocabulary.labelled_lines import labelled_values
from jixiao.vocabulary.labels import horizon_of


def prose_sheets(raw: RawDocument, parts: Outline, trace: Trace) -> ReadSheets | None:
    """The sheets, taken out of the outline; None where a file holds tables of goals, chapters, or neither."""
    if any(isinstance(block, Grid) for block in parts.sheets):
        return None
    loose = [p for p in (*parts.cover, *parts.subtitle, *parts.stray) if isinstance(p, Paragraph)]
    if parts.sections:  # 总体目标 above indicators heads the goals of a sheet
        under = [p for section in parts.sections for p in section.blocks if isinstance(p, Paragraph)]
        if any(s.chapter is not Chapter.OVERALL for s in parts.sections) or not _is_headed(loose, under):
            return None
        loose += [section.heading for section in parts.sections] + under
    if not holds_prose_sheet(loose):
        return None
    order = {id(block): n for n, block in enumerate(raw.blocks)}
    reader = GoalSheetReader(trace)
    for block in parts.sheets:
        if isinstance(block, Paragraph):
            reader.paragraph(block)
    lines, rest, count = sorted(loose, key=lambda p: order[id(p)]), list[Paragraph](), 0
    while lines:
        sheet, left, lines = read_prose_sheet(lines, trace, count)
        reader.listed(sheet.head, sheet.indicators, sheet.filled)
        rest += left
        count += 1
    _put_back(parts, rest)
    return reader.finish()


def _is_headed(loose: Sequence[Paragraph], under: Sequence[Paragraph]) -> bool:
    """Whether a label of a head or a heading 绩效指标 tells a sheet from a chapter of overall goals."""
    named = any(labelled_values(p.text) for p in loose)
    return named or any(horizon_of(unnumbered(p.text).text) is not None for p in (*loose, *under))


def _put_back(parts: Outline, rest: Sequence[Paragraph]) -> None:
    """Leave in the outline what is of no sheet."""
    cover = {id(p) for p in (*parts.cover, *parts.subtitle)}
    words = [p for p in rest if horizon_of(unnumbered(p.text).text) is None]
    parts.furniture += [p for p in rest if horizon_of(unnumbered(p.text).text) is not None]
    parts.cover, parts.subtitle, parts.sections = [p for p in words if id(p) in cover], [], []
    parts.stray = [*(b for b in parts.stray if isinstance(b, Grid)), *(p for p in words if id(p) not in cover)]
