"""Reads the rows of an indicator table under its header."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from jixiao.domain.execution import FundSource
from jixiao.domain.filled import FilledRow
from jixiao.domain.indicator import Indicator, IndicatorClass, IndicatorKind
from jixiao.readers.sheets.header import (
    Header,
    is_subheader,
    read_header,
    under_header,
    with_marks,
    with_subheader,
)
from jixiao.readers.sheets.header_content import header_at, told, values_under
from jixiao.readers.sheets.indicator_cells import (
    Cells,
    answered,
    basis_in,
    has_words,
    is_filler,
    is_left_open,
    is_unfilled,
    named,
    points_in,
    target_in,
    text_in,
    value_of,
)
from jixiao.readers.sheets.marks import Mark, marked_cells, marks_in
from jixiao.readers.sheets.not_read import NotRead
from jixiao.readers.sheets.results import SheetResults, is_rate_row, is_total_row
from jixiao.readers.sheets.table import Cell, Row, Table
from jixiao.readers.sheets.trace import Trace
from jixiao.vocabulary import Column, Horizon
from jixiao.vocabulary.cell_values import one_line

_DOUBTFUL = Decimal("0.7")
_MOST_LEFT_OUT = 2
_FEWEST_ACROSS = 3
_CONTENT = (Column.NAME, Column.DESCRIPTION, Column.TARGET, Column.ACTUAL, Column.BASIS)
_RATE_COLUMNS = {Column.ACTUAL: "rate", Column.WEIGHT: "weight", Column.SCORE: "score"}
_FILLED_LATER = (Column.ACTUAL, Column.SCORE, Column.EXPECTED, Column.LIKELIHOOD)
_BESIDES_GOALS = (*_FILLED_LATER, Column.DEVIATION)
_NOTHING_FILLED = FilledRow()
_CLASS_OF_KIND = {
    IndicatorKind.QUANTITY: IndicatorClass.OUTPUT,
    IndicatorKind.QUALITY: IndicatorClass.OUTPUT,
    IndicatorKind.TIMELINESS: IndicatorClass.OUTPUT,
    IndicatorKind.ECONOMIC: IndicatorClass.OUTCOME,
    IndicatorKind.SOCIAL: IndicatorClass.OUTCOME,
    IndicatorKind.ECOLOGICAL: IndicatorClass.OUTCOME,
    IndicatorKind.SUSTAINED_IMPACT: IndicatorClass.OUTCOME,
    IndicatorKind.BENEFICIARY_SATISFACTION: IndicatorClass.SATISFACTION,
}
"""Kinds that belong to one class in every catalogue; costs do not"""


@dataclass(slots=True)
class _Levels:
    """Class and kind of the row last read: an empty cell goes on with them."""

    class_: IndicatorClass | None = None
    kind: IndicatorKind | None = None


class IndicatorRows:
    """The rows of one sheet: takes a header, then rows; ``finish`` gives the indicators."""

    def __init__(self, trace: Trace, results: SheetResults) -> None:
        self._trace = trace
        self._results = results
        self._rows: list[Indicator] = []
        self._filled: list[FilledRow] = []
        self.columns: list[Cell] = []
        """the cells over the columns of the table"""
        self.outside: list[Cell] = []
        """cells under no column that anybody knows"""
        self._header: Header | None = None
        self._fresh = False
        """whether the header was the last row met"""
        self._levels = _Levels()
        self._ignored: set[int] = set()
        self._others_tell = False
        self._marks: tuple[Mark, ...] = ()
        self._horizon = Horizon.ANNUAL
        self._long_term: list[tuple[Table, Row, Header]] = []
        self._unfilled: list[str] = []
        self._rows_unfilled = 0
        self._left = NotRead(trace)

    @property
    def reading(self) -> bool:
        """Whether a header has been met."""
        return self._header is not None

    def header(self, table: Table, cells: Sequence[Cell]) -> None:
        """Take a header row."""
        header = header_at(table, cells)
        self.columns += cells
        if self._header is not None:
            if not self._fresh and read_header(cells, 0).columns.items() <= self._header.columns.items():
                self._fresh = True  # printed again, with all of its words or some
                self._meet_horizon(cells)
                return
            if self._fresh:
                header = under_header(self._header, header)
        self.begin(header, cells[0])
        self._meet_horizon(cells)
        self._marks = marks_in(cells)
        marked = [mark.position for mark in self._marks]
        for guess in header.guessed:
            message = told(guess, values_under(table, cells[-1].row, guess.cell.column))
            self._trace.note("column.by_content", message, "indicators", confidence=_DOUBTFUL)
        for cell in (cell for cell in header.unknown if cell.column not in marked):
            if cell.label.horizon is None and cell.column not in header.columns.values():
                self._left.ask(cell)
        self._left.heads(header, cells)

    def begin(self, header: Header, cell: Cell) -> None:
        """Go on with the columns of a header that begins in a cell."""
        self._header = header
        self._trace.put_first(cell.place, "indicators")
        self._fresh = True
        self._tell_grades()

    def _tell_grades(self) -> None:
        if self._header is not None and self._header.graded:
            message = "表中没有指标值一栏，只有优、良、中、差的评价标准，指标值取“优”的标准，请核对。"
            self._trace.note("target.best_grade", message, "indicators", confidence=_DOUBTFUL)

    def enter(self, horizon: Horizon) -> bool:
        """Take a line that says whether the rows that follow are those of the year; False where it says nothing new."""
        changes, self._horizon = horizon is not self._horizon, horizon
        return changes

    def ignore(self, columns: set[int], *, others_tell: bool = False) -> None:
        """Columns that are not this sheet's; ``others_tell`` where the sheet of another region tells what is left over."""
        self._ignored, self._others_tell = columns, others_tell

    def row(self, table: Table, row: Row) -> None:
        """Read one row. A row without words in any content column is left out with a note."""
        assert self._header is not None
        if self._fresh:
            self._fresh = False
            if marks := marks_in(row.words):
                self._marks = marks
                self._header = with_marks(self._header, marks, row.words)
                self._left.heads(self._header, row.words)
                return
            if is_subheader(row, self._header):
                self._header = with_subheader(self._header, row.words)
                self._left.heads(self._header, row.words)
                self._tell_grades()
                return
        self._meet_horizon(row.words)
        if self._horizon is Horizon.LONG_TERM and not self._is_tail(row.words):
            self._long_term.append((table, row, self._header))
            return
        self._read(table, row)

    def _meet_horizon(self, cells: Sequence[Cell]) -> None:
        """A label at the side says whether the rows beside it are those of the year."""
        assert self._header is not None
        if self._header.first == 0:
            return  # nothing stands at the side
        side = (c for c in cells if c.column < self._header.first and c.column not in self._ignored)
        self._horizon = next((horizon for c in side if (horizon := c.label.horizon)), self._horizon)

    def _read(self, table: Table, row: Row) -> None:
        assert self._header is not None
        r, shift = row.index, self._shift(table, row)
        if self._is_tail(row.words):
            self._left.tell("row.not_kept", self._results_in(table, row, shift))
            return
        cells = {c: table.at(r, position - shift) for c, position in self._header.columns.items()}
        if self._header.before is not None and not has_words(cells.get(Column.TARGET)):
            cells[Column.TARGET] = table.at(r, self._header.before - shift)
        marked: dict[Column, list[tuple[Mark, Cell]]] = {}
        read = [*cells.values()]
        if self._marks:
            marked = {c: marked_cells(self._marks, table, r, c, shift) for c in (Column.DEVIATION, Column.LIKELIHOOD)}
            read += [cell for found in marked.values() for _, cell in found]
        if is_unfilled(cells):
            self._leave_unfilled(cells)
            self._note_extra(row, shift, read)
            return
        self._read_levels(cells.get(Column.CLASS), cells.get(Column.KIND))
        if not any((cell := cells.get(c)) and cell.text for c in _CONTENT):
            words = "、".join(one_line(cell.text) for cell in cells.values() if cell and cell.text)
            if words:
                self._trace.note(
                    "indicator.labels_only", f"“{words}”一行只有分类，没有填写指标，未计入。", "indicators"
                )
            self._note_extra(row, shift, read)
            return
        self._note_extra(row, shift, read, len(self._rows))
        self._add(r, cells, marked)

    def _leave_unfilled(self, cells: Cells) -> None:
        """Go past a row of the form that nobody filled in; its levels hold for the rows under it."""
        self._rows_unfilled += 1
        self._unfilled += [one_line(cell.text) for cell in cells.values() if cell is not None and is_filler(cell)]
        first, second = (None if is_filler(c) else c for c in (cells.get(Column.CLASS), cells.get(Column.KIND)))
        self._read_levels(first, second)

    def finish(self) -> tuple[Indicator, ...]:
        """The indicators of the year; those of the long term where the form has no others."""
        if self._long_term and not self._rows:
            self._trace.note("indicator.long_term", "表中只有中长期绩效指标，按绩效指标读入。", "indicators")
            for table, row, header in self._long_term:
                self._header = header
                self._read(table, row)
        else:
            for _, row, _ in self._long_term:
                words = "｜".join(one_line(c.text) for c in row.words)
                self._trace.note("row.not_kept", f"中长期绩效指标未读入：{words}", "indicators")
        self._long_term = []
        if self._unfilled:
            message = f"表式里空着没有填写的行未计入，共 {self._rows_unfilled} 行：{'、'.join(self._unfilled)}"
            self._trace.note("indicator.unfilled", message, "indicators")
        self._left.finish()
        return tuple(self._rows)

    @property
    def filled(self) -> tuple[FilledRow, ...]:
        """What stands in each row besides its goal."""
        return tuple(self._filled)

    @property
    def offered(self) -> frozenset[str]:
        """What the table has a column for, of what is filled in later."""
        columns = self._header.columns if self._header is not None else ()
        return frozenset(column.value for column in _FILLED_LATER if column in columns)

    def _shift(self, table: Table, row: Row) -> int:
        """How many cells a text row lacks at its left because they were merged with the row above."""
        assert self._header is not None
        missing = self._header.width - len(row.cells)
        if table.merges or not 0 < missing <= _MOST_LEFT_OUT:
            return 0
        return missing

    def _results_in(self, table: Table, row: Row, shift: int) -> Sequence[Cell]:
        """Read what a tail row says of the whole sheet; gives back the words of the row that are left."""
        assert self._header is not None
        words, columns = row.words, self._header.columns
        if is_total_row(words):
            return self._results.total_row(words, columns, shift)
        if not is_rate_row(words) or self._results.scored:
            return words
        r = row.index
        cells = {field: self._own_cell(table, r, columns.get(column), shift) for column, field in _RATE_COLUMNS.items()}
        left = self._results.amounts(FundSource.TOTAL, {field: cell for field, cell in cells.items() if cell})
        taken = [cell for cell in cells.values() if cell and cell not in left]
        return [cell for cell in words[1:] if cell not in taken]

    def _own_cell(self, table: Table, r: int, position: int | None, shift: int) -> Cell | None:
        cell = None if position is None else table.at(r, position - shift)
        return cell if cell is not None and cell.row == r and cell.text else None

    def _is_tail(self, words: Sequence[Cell]) -> bool:
        """A row under the indicators that is none: totals, the rate of execution, conclusions, signatures."""
        assert self._header is not None
        names = self._header.columns.get(Column.NAME) or 1
        if not words or words[0].column >= names or words[0].label.is_level:
            return False
        if is_rate_row(words):
            return not self._is_an_indicator(words)
        if words[0].label.is_tail or words[0].label.is_signature or (len(words) == 1 and words[0].label.is_part_title):
            return True
        return is_total_row(words) or self._is_remark(words)

    def _is_an_indicator(self, words: Sequence[Cell]) -> bool:
        """Whether a row that begins with 预算完成率 is one of the indicators: the names stand first, and it has a target."""
        assert self._header is not None
        columns = self._header.columns
        return columns.get(Column.NAME) == 0 and any(c.column == columns.get(Column.TARGET) for c in words)

    def _is_remark(self, words: Sequence[Cell]) -> bool:
        """One wide cell of text across the columns of the table, with a label or without: 主要经验做法 | ………"""
        assert self._header is not None
        if len(words) > 2:
            return False
        start, end = words[-1].column, words[-1].column + words[-1].column_span
        return sum(start <= position < end for position in self._header.columns.values()) >= _FEWEST_ACROSS

    def _note_extra(self, row: Row, shift: int, read: Collection[Cell | None], *below: int) -> None:
        """Name the words of a row that stand in no column a plan keeps."""
        assert self._header is not None
        if self._others_tell:
            return
        taken = {id(cell) for cell in read}
        extra = [c for c in row.words if id(c) not in taken and c.column not in self._ignored]
        if not extra:
            return
        other = [position - shift for position in self._header.other]
        extra = [c for c in extra if c.label.horizon is None and not c.label.is_goal_number]
        known = [c for c in extra if c.column in other]
        self._left.not_kept(known, shift, below[0] + 1 if below else None)
        for cell in extra:
            if cell not in known and not self._left.under_unknown(cell, shift):
                self.outside.append(cell)
                self._trace.note("unplaced", f"“{one_line(cell.text)}”在认得的各列之外，未读入。", "indicators", *below)

    def _read_levels(self, first: Cell | None, second: Cell | None) -> None:
        """Class and kind of the row; an empty cell means the one above goes on, a dash or （未填） that there is none."""
        levels, n = self._levels, len(self._rows)
        if first is not None and first.text:
            found = first.label.class_
            if found is None and self._tell_open("一级指标", first, n, "class"):
                levels.kind = None
            elif found is None:
                message = f"一级指标“{one_line(first.text)}”不认得，分类留空。"
                self._trace.note("indicator.class_unknown", message, "indicators", n, "class", confidence=_DOUBTFUL)
            if found is not levels.class_ or (second is not None and not second.text):
                levels.kind = None
            levels.class_ = found
        if second is not None and second.text:
            levels.kind = second.label.kind
            if levels.kind is None and not self._tell_open("二级指标", second, n, "kind"):
                message = f"二级指标“{one_line(second.text)}”不认得，分类留空。"
                self._trace.note("indicator.kind_unknown", message, "indicators", n, "kind", confidence=_DOUBTFUL)

    def _tell_open(self, title: str, cell: Cell, n: int, key: str) -> bool:
        """Whether a cell says in so many words that the row has no such level."""
        if not is_left_open(cell):
            return False
        message = f"{title}写着“{one_line(cell.text)}”，这一行没有归类，不接着上一行的。"
        self._trace.note("indicator.unclassed", message, "indicators", n, key)
        return True

    def _class(self, trace: Trace) -> IndicatorClass | None:
        """The class read; where the form has no first level, the one that the kind belongs to."""
        assert self._header is not None
        kind = self._levels.kind
        if Column.CLASS in self._header.columns or kind is None or kind not in _CLASS_OF_KIND:
            return self._levels.class_
        message = f"表中没有一级指标，按“{kind.label}”归入“{_CLASS_OF_KIND[kind].label}”。"
        trace.note("indicator.class_from_kind", message, "class", confidence=_DOUBTFUL)
        return _CLASS_OF_KIND[kind]

    def _add(self, r: int, cells: Cells, marked: Mapping[Column, list[tuple[Mark, Cell]]]) -> None:
        trace = self._trace.below("indicators", len(self._rows))
        cells = named(cells)
        own = next(cell for c in _CONTENT if (cell := cells.get(c)) and cell.text)
        trace.put(own.place)
        for column, key in ((Column.CLASS, "class"), (Column.KIND, "kind")):
            if (cell := cells.get(column)) and cell.text:
                trace.put(cell.place, key)
        self._rows.append(
            Indicator(
                class_=self._class(trace),
                kind=self._levels.kind,
                name=text_in(cells, Column.NAME, trace),
                description=text_in(cells, Column.DESCRIPTION, trace),
                target=target_in(cells, trace),
                basis=basis_in(cells, trace),
                weight=points_in(cells, Column.WEIGHT, r, trace),
            )
        )
        offers_more = self._marks or not cells.keys().isdisjoint(_BESIDES_GOALS)
        self._filled.append(self._filled_row(r, cells, marked, trace) if offers_more else _NOTHING_FILLED)

    def _filled_row(
        self, r: int, cells: Cells, marked: Mapping[Column, list[tuple[Mark, Cell]]], trace: Trace
    ) -> FilledRow:
        has_actual, has_expected = (has_words(cells.get(c)) for c in (Column.ACTUAL, Column.EXPECTED))
        return FilledRow(
            actual=value_of(text_in(cells, Column.ACTUAL, trace), "actual", trace) if has_actual else None,
            score=points_in(cells, Column.SCORE, r, trace),
            deviation=answered(cells, marked, Column.DEVIATION, trace),
            expected=value_of(text_in(cells, Column.EXPECTED, trace), "expected", trace) if has_expected else None,
            likelihood=answered(cells, marked, Column.LIKELIHOOD, trace),
        )
