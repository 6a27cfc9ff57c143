"""Tables of web pages: cells on a grid by rowspan and colspan, and which tables are only there to lay out a page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from jixiao.domain.provenance import Location
from jixiao.readers.errors import UnreadableFileError
from jixiao.readers.raw import Cell, Grid, Paragraph
from jixiao.readers.raw.blocks import Inside
from jixiao.readers.raw.residue import strip_residue
from jixiao.readers.raw.worksheet import SheetCell, sheet_blocks
from jixiao.vocabulary import Vocabulary

WIDEST = 1000
_MOST_PLACES = 2_000_000
_FORM_LABELS = 3
_FEWEST_LINES = 4


@dataclass(slots=True)
class Box:
    """A td or th: what it holds, line by line, and the rows and columns it says it covers (0 rows: to the end)."""

    rows: int = 1
    columns: int = 1
    items: list[str | HtmlTable] = field(default_factory=list)

    @property
    def words(self) -> str:
        lines = "\n".join(item for item in self.items if isinstance(item, str))
        return strip_residue(lines)[0].strip()


@dataclass(slots=True)
class HtmlTable:
    """A table as written. ``worksheet`` names the worksheet that a spreadsheet program wrote it from ("" unnamed)."""

    rows: list[list[Box]] = field(default_factory=list)
    foot: list[list[Box]] = field(default_factory=list)
    worksheet: str | None = None
    inside: Inside | None = None

    @property
    def all_rows(self) -> list[list[Box]]:
        return [*self.rows, *self.foot]

    def boxes(self) -> Iterator[Box]:
        for row in self.all_rows:
            yield from row

    def is_page(self) -> bool:
        """Whether the table is a whole text set as one table: several rows are a single line of words across it."""
        widest = max((sum(box.columns for box in row) for row in self.all_rows), default=0)
        lines = [r for r in self.all_rows if len(r) == 1 and r[0].columns == widest and r[0].words]
        return widest > 1 and len(lines) >= _FEWEST_LINES

    def is_layout(self, vocabulary: Vocabulary) -> bool:
        """Whether the table only arranges a page: it holds other tables, or one cell of running text, and no form."""
        boxes = list(self.boxes())
        holds_tables = any(isinstance(item, HtmlTable) for box in boxes for item in box.items)
        lone = len(boxes) == 1 and len(boxes[0].items) > 1
        if not holds_tables and not lone:
            return False
        return sum(vocabulary.label(box.words).is_printed for box in boxes) < _FORM_LABELS


@dataclass(frozen=True, slots=True)
class _Placed:
    box: Box
    row: int
    column: int
    rows: int
    columns: int


def _placed(table: HtmlTable) -> list[list[_Placed]]:
    """Every cell with its place and the spans it really has: within the table and over no other cell."""
    rows = table.all_rows
    free_from: list[int] = []  # by column: the first row in which it is free
    result: list[list[_Placed]] = []
    for r, row in enumerate(rows):
        column = 0
        line: list[_Placed] = []
        for box in row:
            while column < len(free_from) and free_from[column] > r:
                column += 1
            columns = 1
            while columns < min(box.columns, WIDEST) and (
                column + columns >= len(free_from) or free_from[column + columns] <= r
            ):
                columns += 1
            height = min(box.rows or len(rows), len(rows) - r)
            free_from += [0] * (column + columns - len(free_from))
            free_from[column : column + columns] = [r + height] * columns
            line.append(_Placed(box, r, column, height, columns))
            column += columns
        result.append(line)
        if (r + 1) * len(free_from) > _MOST_PLACES:
            raise UnreadableFileError("网页中有一张表的行列过多，超出可读范围", "请只保留绩效文本的表格后重试")
    return result


def table_blocks(table: HtmlTable, number: int, vocabulary: Vocabulary) -> Iterator[Paragraph | Grid]:
    """The blocks of a table that is data; tables inside its cells are not among them."""
    placed = _placed(table)
    if table.worksheet is not None:
        yield from _worksheet_blocks(placed, _worksheet_place(table.worksheet, number), vocabulary)
        return
    rows = tuple(
        tuple(
            Cell(
                p.box.words,
                p.row,
                p.column,
                Location(text=p.box.words, table=number, row=p.row + 1, column=n),
                p.rows,
                p.columns,
            )
            for n, p in enumerate(line, 1)
        )
        for line in placed
    )
    if any(cell.text for row in rows for cell in row):
        yield Grid(rows, next(row[0].place for row in rows if row), inside=table.inside)


def mark_inner(table: HtmlTable, number: int) -> list[HtmlTable]:
    """The tables in the cells of a table of that number, each told where it stands."""
    inner: list[HtmlTable] = []
    if any(isinstance(item, HtmlTable) for box in table.boxes() for item in box.items):
        for line in _placed(table):
            for p in line:
                found = [item for item in p.box.items if isinstance(item, HtmlTable)]
                for item in found:
                    item.inside = Inside(number, p.row, p.column)
                inner += found
    return inner


def _worksheet_blocks(
    placed: list[list[_Placed]], place: Callable[[_Placed, int], Location], vocabulary: Vocabulary
) -> Iterator[Paragraph | Grid]:
    rows = [
        (r, [SheetCell(r, p.column + 1, place(p, n)) for n, p in enumerate(line, 1) if p.box.words])
        for r, line in enumerate(placed, 1)
    ]
    spans = {
        (p.row + 1, p.column + 1): (p.rows, p.columns) for line in placed for p in line if p.rows > 1 or p.columns > 1
    }
    return sheet_blocks(rows, spans, min((c.column for _, cells in rows for c in cells), default=1), vocabulary)


def _worksheet_place(worksheet: str, number: int) -> Callable[[_Placed, int], Location]:
    if not worksheet:
        return lambda p, n: Location(text=p.box.words, table=number, row=p.row + 1, column=n)
    return lambda p, _: Location(text=p.box.words, worksheet=worksheet, cell=f"{_letters(p.column)}{p.row + 1}")


def _letters(column: int) -> str:
    """The spreadsheet name of a 0-based column: 0 → A, 26 → AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
