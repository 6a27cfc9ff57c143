"""The tables of a document as forms: what a program or a page cut is joined, what stands side by side is taken apart.

Before this, tables are as the file has them; after it, each is a whole sheet, or a whole part of one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from jixiao.domain.note import Note
from jixiao.readers.raw import Grid, Paragraph
from jixiao.readers.raw.blocks import Inside
from jixiao.readers.sheets.continued import below, beside_with_rest, project_column, repeats_header, with_rest
from jixiao.readers.sheets.scoring import is_scoring_table
from jixiao.readers.sheets.side_by_side import apart, may_hold_several
from jixiao.readers.sheets.table import Block, Cell, Table, blocks_of
from jixiao.vocabulary import Vocabulary
from jixiao.vocabulary.headings import is_page_line, is_sheet_heading

SCORING_TABLE = "table.scoring"
"""The note on a table that is told and not read"""
_CONTINUED = re.compile(r"[（(]\s*续\s*(?:表|上表|前)?\s*[一二三四五六七八九十\d]*\s*[)）]|^续")
_MOST_LINES = 4
_LONGEST_LINE = 40


def arranged(blocks: Sequence[Paragraph | Grid], vocabulary: Vocabulary) -> tuple[list[Block], list[Note]]:
    """The blocks of a document with their words' meanings, its tables whole; and what could not be made whole."""
    notes: list[Note] = []
    cut = _with_inner(blocks_of(blocks, vocabulary), blocks)
    tables = [block for block in cut if isinstance(block, Table)]
    if any(may_hold_several(table.rows) for table in tables):
        if len(tables) > 1:  # before they are taken apart: then no row says which goes on in which
            cut, told = _joined(cut, vocabulary, _whole_beside)
            notes += told
        cut = _apart(cut, notes)
    if sum(isinstance(block, Table) for block in cut) > 1:
        cut, told = _joined(cut, vocabulary, _whole)
        notes += told
    scoring = [block for block in cut if isinstance(block, Table) and is_scoring_table(block)]
    return [block for block in cut if block not in scoring], [*notes, *map(_scoring, scoring)]


def _apart(blocks: Sequence[Block], notes: list[Note]) -> list[Block]:
    """The blocks with sheets that stand side by side taken apart; those that cannot be are told."""
    found: list[Block] = []
    for block in blocks:
        parts = [block] if isinstance(block, Paragraph) else apart(block)
        if parts is None:
            assert isinstance(block, Table)
            notes.append(_not_apart(block))
        else:
            found += parts
    return found


def _scoring(table: Table) -> Note:
    words = "｜".join("".join(cell.text.split()) for cell in table.cells() if cell.text)
    message = "是评价指标体系或评分表：只有分值和评分办法，没有指标值，一级指标也不是产出、效益、满意度，不当作绩效目标表读；要读绩效目标，请另附绩效目标表"
    return Note(SCORING_TABLE, "", f"{table.place.label}的表{message}，原文为：{words}")


def _not_apart(table: Table) -> Note:
    words = "｜".join("".join(cell.text.split()) for cell in table.cells() if cell.text)
    return Note(
        "unplaced",
        "",
        f"{table.place.label}的表把几张绩效目标表并排印在一起，各行格数不一，分不开，未读入，请每张表单独成表后重读：{words}",
    )


# --- tables that go on -------------------------------------------------------------------------------------


def _joined(
    blocks: Sequence[Block],
    vocabulary: Vocabulary,
    whole_of: Callable[[Block, Sequence[Block], Table], Table | None],
) -> tuple[list[Block], list[Note]]:
    """The blocks with tables that go on put together: ``whole_of`` a table, the lines behind it, and the next table."""
    result: list[Block] = []
    dropped: list[str] = []
    at: int | None = None  # where in the result the table stands that may go on
    met: set[str] = set()
    for block in blocks:
        if isinstance(block, Paragraph):
            if at is not None and not _may_stand_between(block.text, met, vocabulary):
                at = None
            met.add("".join(block.text.split()))
        elif at is not None and (whole := whole_of(result[at], result[at + 1 :], block)) is not None:
            places = {cell.place for row in whole.rows for cell in row.words}
            lines = [line for line in result[at + 1 :] if isinstance(line, Paragraph)]
            dropped += [line.text for line in lines if line.place not in places]
            result[at:] = [whole]
            continue
        else:
            at = len(result)
        result.append(block)
    words = " / ".join(text.strip() for text in dropped)
    return result, [Note("furniture.dropped", "", f"一张表接着印时夹在中间的文字未计入正文：{words}")] if words else []


def _whole(table: Block, lines: Sequence[Block], rest: Table) -> Table | None:
    """A table with the one behind it where that goes on, and the lines between them are of the page."""
    assert isinstance(table, Table)
    apart = any(isinstance(line, Paragraph) and not is_page_line(line.text) for line in lines)
    if len(lines) > _MOST_LINES:
        return None
    table = _with_lines(table, lines)
    if repeats_header(table, rest):
        return below(table, rest)
    return with_rest(table, rest, apart=apart)


def _whole_beside(table: Block, lines: Sequence[Block], rest: Table) -> Table | None:
    """Sheets side by side with the table behind them where they go on in it."""
    assert isinstance(table, Table)
    if len(lines) > _MOST_LINES or not may_hold_several(table.rows):
        return None
    return beside_with_rest(table, rest)


def _with_lines(table: Table, lines: Sequence[Block]) -> Table:
    """A list of projects with the lines behind it that are no table for holding one word: they name whose projects follow."""
    column = project_column(table) if lines else None
    if column is None:
        return table
    words = [line for line in lines if isinstance(line, Paragraph) and not _is_of_page(line.text)]
    label = table.vocabulary.label
    return table.longer(
        [[Cell(w.text.strip(), n, column, w.place, label(w.text))] for n, w in enumerate(words, len(table.rows))]
    )


def _is_of_page(text: str) -> bool:
    return is_page_line(text) or _CONTINUED.search(text) is not None


def _may_stand_between(text: str, met: set[str], vocabulary: Vocabulary) -> bool:
    """Whether a line may stand between the parts of one table: of the page, printed again, or a few words of no heading."""
    if _is_of_page(text) or "".join(text.split()) in met:
        return True
    return len(text) <= _LONGEST_LINE and not (
        is_sheet_heading(text, vocabulary) or vocabulary.label(text).chapter or vocabulary.label(text).is_part_title
    )


# --- tables inside cells -----------------------------------------------------------------------------------


def _with_inner(blocks: Sequence[Block], raw: Sequence[Paragraph | Grid]) -> list[Block]:
    """The rows of a table that stands in a cell of a form behind the row of that cell."""
    inside = [block.inside if isinstance(block, Grid) else None for block in raw]
    result = list(blocks)
    if not any(inside):
        return result
    for n in range(len(result) - 1, 0, -1):  # the innermost first
        inner, where = result[n], inside[n]
        if where is None or not isinstance(inner, Table):
            continue
        host = next((m for m in range(n - 1, -1, -1) if _is_table(result[m], where.table)), None)
        outer = result[host] if host is not None else None
        if host is not None and isinstance(outer, Table) and _is_form(outer) and where.row < len(outer.rows):
            result[host] = _with_rows(outer, inner, where)
            del result[n], inside[n]
    return result


def _is_table(block: Block, number: int) -> bool:
    return isinstance(block, Table) and block.place.table == number


def _is_form(table: Table) -> bool:
    """Whether a table prints labels of its own, and does not only arrange others."""
    return any(row.any_fields or row.any_columns for row in table.rows)


def _with_rows(outer: Table, inner: Table, where: Inside) -> Table:
    upper = outer.of_rows([row.cells for row in outer.rows[: where.row + 1]])
    whole = with_rest(upper, inner, apart=False)
    if whole is None:
        rows = [[c._replace(column=c.column + where.column) for c in row.cells] for row in inner.rows]
        whole = below(upper, outer.of_rows(rows))
    added = len(whole.rows) - len(upper.rows)
    rows = []
    for row in whole.rows[: len(upper.rows)]:
        rows.append(
            [
                cell._replace(row_span=cell.row_span + added) if cell.row + cell.row_span - 1 > where.row else cell
                for cell in row.cells
            ]
        )
    rows += [list(row.cells) for row in whole.rows[len(upper.rows) :]]
    rows += [[c._replace(row=c.row + added) for c in row.cells] for row in outer.rows[where.row + 1 :]]
    return outer.of_rows(rows)
