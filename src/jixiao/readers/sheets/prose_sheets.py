"""Finds the goal sheets of a file that is no plan but sheets in running text, one after another."""

from __future__ import annotations

from collections.abc import Sequence

from jixiao.domain.numbering import unnumbered
from jixiao.readers.raw import Paragraph, RawDocument
from jixiao.readers.sheets.goal_sheet import GoalSheetReader, ReadSheets
from jixiao.readers.sheets.prose_sheet import holds_prose_sheet, read_prose_sheet
from jixiao.readers.sheets.sections import Outline
from jixiao.readers.sheets.table import Table
from jixiao.readers.sheets.trace import Trace
from jixiao.vocabulary import Chapter, Vocabulary
from jixiao.vocabulary.labelled_lines import labelled_values


def prose_sheets(raw: RawDocument, parts: Outline, trace: Trace, vocabulary: Vocabulary) -> ReadSheets | None:
    """The sheets, taken out of the outline; None where a file holds tables of goals, chapters, or neither."""
    if any(isinstance(block, Table) for block in parts.sheets):
        return None
    loose = [p for p in (*parts.cover, *parts.subtitle, *parts.stray) if isinstance(p, Paragraph)]
    if parts.sections:  # 总体目标 above indicators heads the goals of a sheet
        under = [p for section in parts.sections for p in section.blocks if isinstance(p, Paragraph)]
        if any(s.chapter is not Chapter.OVERALL for s in parts.sections) or not _is_headed(loose, under, vocabulary):
            return None
        loose += [section.heading for section in parts.sections] + under
    if not holds_prose_sheet(loose, vocabulary):
        return None
    order = {id(block): n for n, block in enumerate(raw.blocks)}
    reader = GoalSheetReader(trace, vocabulary)
    for block in parts.sheets:
        if isinstance(block, Paragraph):
            reader.paragraph(block)
    lines, rest, count = sorted(loose, key=lambda p: order[id(p)]), list[Paragraph](), 0
    while lines:
        sheet, left, lines = read_prose_sheet(lines, trace, vocabulary, count)
        reader.listed(sheet.head, sheet.indicators, sheet.filled)
        rest += left
        count += 1
    _put_back(parts, rest, vocabulary)
    return reader.finish()


def _is_headed(loose: Sequence[Paragraph], under: Sequence[Paragraph], vocabulary: Vocabulary) -> bool:
    """Whether a label of a head or a heading 绩效指标 tells a sheet from a chapter of overall goals."""
    named = any(labelled_values(p.text, vocabulary) for p in loose)
    return named or any(_names_horizon(p, vocabulary) for p in (*loose, *under))


def _names_horizon(line: Paragraph, vocabulary: Vocabulary) -> bool:
    return vocabulary.label(unnumbered(line.text).text).horizon is not None


def _put_back(parts: Outline, rest: Sequence[Paragraph], vocabulary: Vocabulary) -> None:
    """Leave in the outline what is of no sheet."""
    cover = {id(p) for p in (*parts.cover, *parts.subtitle)}
    words = [p for p in rest if not _names_horizon(p, vocabulary)]
    parts.furniture += [p for p in rest if _names_horizon(p, vocabulary)]
    parts.cover, parts.subtitle, parts.sections = [p for p in words if id(p) in cover], [], []
    parts.stray = [*(b for b in parts.stray if isinstance(b, Table)), *(p for p in words if id(p) not in cover)]
