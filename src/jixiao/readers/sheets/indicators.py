"""Reads the rows of an indicator table under its header."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from jixiao.domain.indicator import Indicator, IndicatorClass, IndicatorKind
from jixiao.domain.target import Target
from jixiao.domain.target_grammar import parse_target
from jixiao.readers.labels import Column, bare, class_of, kind_of
from jixiao.readers.raw import Cell
from jixiao.readers.sheets.header import Header, is_subheader, read_header, with_subheader
from jixiao.readers.sheets.table import Table
from jixiao.readers.sheets.words import amount_of, one_line
from jixiao.readers.trace import Trace

_DOUBTFUL = Decimal("0.7")
_MOST_LEFT_OUT = 2
_CONTENT = (Column.NAME, Column.DESCRIPTION, Column.TARGET, Column.ACTUAL, Column.BASIS)
_TAIL = re.compile(
    r"总分|合计|总计|小计|评价结论|自评结论|存在问题|改进措施|填表说明|填报说明|备注|说明|注[:：]?|填表人|填报人|联系人|联系电话|"
    r"预算执行率?|预算执行情况|审核意见|主管部门意见|单位负责人|总得分|评价等级|自评等级|预算完成率"
)
_LEFT_BLANK = re.compile(r"[-—–_/\\\s]*")
_QUALITATIVE = ("定性", "其他", "无")

Cells = Mapping[Column, Cell | None]


@dataclass(slots=True)
class _Levels:
    """Class and kind of the row last read: an empty cell goes on with them."""

    class_: IndicatorClass | None = None
    kind: IndicatorKind | None = None


class IndicatorRows:
    """The rows of one sheet: takes a header, then rows; ``finish`` gives the indicators."""

    def __init__(self, trace: Trace) -> None:
        self._trace = trace
        self._rows: list[Indicator] = []
        self._header: Header | None = None
        self._fresh = False
        """whether the header was the last row met"""
        self._levels = _Levels()
        self._ignored: set[int] = set()

    @property
    def reading(self) -> bool:
        """Whether a header has been met."""
        return self._header is not None

    def header(self, table: Table, cells: Sequence[Cell]) -> None:
        """Take a header row."""
        width = max((c.column + c.column_span for c in table.rows[cells[0].row]), default=0)
        self._header = read_header(cells, width)
        self._trace.put_first(cells[0].place, "indicators")
        self._fresh = True
        for word in self._header.unknown:
            self._trace.note("unplaced", f"指标表表头“{one_line(word)}”不认得，该列未读入。", "indicators")

    def ignore(self, columns: set[int]) -> None:
        """Columns that belong to the head of a wide list, not to the rows."""
        self._ignored = columns

    def row(self, table: Table, r: int) -> None:
        """Read one row. A row without words in any content column is left out with a note."""
        assert self._header is not None
        if self._fresh:
            self._fresh = False
            if is_subheader(table.words(r), self._header):
                self._header = with_subheader(self._header, table.words(r))
                return
        shift = self._shift(table, r)
        cells = {c: self._cell(table, r, place - shift) for c, place in self._header.columns.items()}
        if self._is_tail(table.words(r)):
            self._tell("row.not_kept", table.words(r))
            return
        self._read_levels(cells.get(Column.CLASS), cells.get(Column.KIND))
        if not any((cell := cells.get(c)) and cell.text for c in _CONTENT):
            words = "、".join(one_line(cell.text) for cell in cells.values() if cell and cell.text)
            if words:
                self._trace.note(
                    "indicator.labels_only", f"“{words}”一行只有分类，没有填写指标，未计入。", "indicators"
                )
            self._note_extra(table, r, shift, cells.values())
            return
        self._note_extra(table, r, shift, cells.values())
        self._add(cells)

    def finish(self) -> tuple[Indicator, ...]:
        return tuple(self._rows)

    def _shift(self, table: Table, r: int) -> int:
        """How many cells a text row lacks at its left because they were merged with the row above."""
        assert self._header is not None
        missing = self._header.width - len(table.rows[r])
        if table.merges or not 0 < missing <= _MOST_LEFT_OUT:
            return 0
        return missing

    def _cell(self, table: Table, r: int, column: int) -> Cell | None:
        return table.at(r, column) if column >= 0 else None

    def _is_tail(self, words: Sequence[Cell]) -> bool:
        """A row under the indicators that is none: totals, the rate of execution, conclusions, signatures."""
        return bool(words) and class_of(words[0].text) is None and _TAIL.match(bare(words[0].text)) is not None

    def _note_extra(self, table: Table, r: int, shift: int, read: Collection[Cell | None]) -> None:
        """Name the words of a row that stand in no column a plan keeps."""
        assert self._header is not None
        other = [place - shift for place in self._header.other]
        taken = {id(cell) for cell in read}
        extra = [c for c in table.rows[r] if c.text and id(c) not in taken and c.column not in self._ignored]
        known = [c for c in extra if c.column in other]
        self._tell("column.not_kept", known)
        for cell in extra:
            if cell not in known and not _side_label(cell):
                self._trace.note("unplaced", f"“{one_line(cell.text)}”在认得的各列之外，未读入。", "indicators")

    def _tell(self, code: str, cells: Sequence[Cell]) -> None:
        if cells:
            words = "｜".join(one_line(c.text) for c in cells)
            self._trace.note(code, f"指标表中不属于指标本身的内容，未读入：{words}", "indicators")

    def _read_levels(self, first: Cell | None, second: Cell | None) -> None:
        """Class and kind of the row; an empty cell means the one above goes on."""
        levels, n = self._levels, len(self._rows)
        if first is not None and first.text:
            text = one_line(first.text)
            found = class_of(text)
            if found is None:
                message = f"一级指标“{text}”不认得，分类留空。"
                self._trace.note("indicator.class_unknown", message, "indicators", n, "class", confidence=_DOUBTFUL)
            if found is not levels.class_ or (second is not None and not second.text):
                levels.kind = None
            levels.class_ = found
        if second is not None and second.text:
            text = one_line(second.text)
            levels.kind = kind_of(text)
            if levels.kind is None:
                message = f"二级指标“{text}”不认得，分类留空。"
                self._trace.note("indicator.kind_unknown", message, "indicators", n, "kind", confidence=_DOUBTFUL)

    def _add(self, cells: Cells) -> None:
        trace = self._trace.below("indicators", len(self._rows))
        own = next(cell for c in _CONTENT if (cell := cells.get(c)) and cell.text)
        trace.put(own.place)
        for column, key in ((Column.CLASS, "class"), (Column.KIND, "kind")):
            if (cell := cells.get(column)) and cell.text:
                trace.put(cell.place, key)
        has_actual = bool((done := cells.get(Column.ACTUAL)) and done.text)
        self._rows.append(
            Indicator(
                class_=self._levels.class_,
                kind=self._levels.kind,
                name=_text(cells, Column.NAME, trace),
                description=_text(cells, Column.DESCRIPTION, trace),
                target=_target(cells, trace),
                basis=_text(cells, Column.BASIS, trace),
                weight=_points(cells, Column.WEIGHT, trace),
                actual=_value(_text(cells, Column.ACTUAL, trace), "actual", trace) if has_actual else None,
                score=_points(cells, Column.SCORE, trace),
                deviation=_text(cells, Column.DEVIATION, trace),
            )
        )


def _side_label(cell: Cell) -> bool:
    """The label printed along the side of an indicator table."""
    return bare(cell.text) in ("绩效指标", "绩效目标", "年度绩效指标", "指标")


def _text(cells: Cells, column: Column, trace: Trace) -> str | None:
    cell = cells.get(column)
    if cell is None or not cell.text:
        return None
    trace.put_cell(cell, column.value)
    return one_line(cell.text) or None


def _points(cells: Cells, column: Column, trace: Trace) -> Decimal | None:
    """Weight or score: a number, with or without 分."""
    text = _text(cells, column, trace)
    if text is None or _LEFT_BLANK.fullmatch(text):
        return None
    amount = amount_of(text.removesuffix("分"))
    if amount is None:
        trace.note(f"{column.value}.unread", f"“{text}”不是分数，未读入，请核对。", column.value)
        return None
    return amount.value


def _target(cells: Cells, trace: Trace) -> Target:
    """The target, put together where sign, value and unit have columns of their own."""
    value = _text(cells, Column.TARGET, trace)
    sign, unit = (_beside(cells.get(c)) for c in (Column.SIGN, Column.UNIT))
    if value is None or _LEFT_BLANK.fullmatch(value):
        return _value(value, "target", trace)
    if sign in _QUALITATIVE:
        sign = ""
    if unit and (value.endswith(unit) or not any(c.isdigit() for c in value)):
        unit = ""
    return _value(f"{sign}{value}{unit}", "target", trace)


def _beside(cell: Cell | None) -> str:
    """What a sign or unit column adds to the value; dashes add nothing."""
    text = one_line(cell.text) if cell is not None else ""
    return "" if _LEFT_BLANK.fullmatch(text) else text


def _value(text: str | None, key: str, trace: Trace) -> Target:
    parsed = parse_target(text)
    for remark in parsed.remarks:
        trace.note(remark.code, remark.message, key, confidence=remark.confidence)
    return parsed.target
