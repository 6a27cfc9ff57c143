"""Reads goal sheets out of grids by the words their forms print.

Rows are taken in turn: those of the head (``head.py``) until the header row of the indicator table, then indicators
(``indicators.py``). One wide list of all projects of a unit has project, budget and goals in columns at the left of
every row; a new project there opens a new sheet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from jixiao.domain.goal_sheet import GoalSheet
from jixiao.domain.organisation import NOBODY, Organisation
from jixiao.readers.labels import Field, field_of
from jixiao.readers.raw import Cell, Grid, Paragraph
from jixiao.readers.sheets.head import SheetHead, is_unit_row
from jixiao.readers.sheets.header import is_header
from jixiao.readers.sheets.indicators import IndicatorRows
from jixiao.readers.sheets.table import Table
from jixiao.readers.sheets.words import is_unit_line, one_line
from jixiao.readers.trace import Trace

_HEADING = re.compile(
    r"\s*(?:\d{1,3}\s*[、.．]|[（(]\d{1,3}[)）]|[一二三四五六七八九十]+、)?\s*(?P<name>.*?)\s*(?:项目)?(?:支出)?绩效"
    r"(?:目标)?(?:自评|自我评价|运行监控|执行监控|监控|完成情况)?(?:申报|批复|审批)?表\s*"
)
_GENERIC_NAME = re.compile(
    r"(?:.*?20\d\d年度?)?(?:附[件表]?\d*[:：]?)?(?:\S{0,12}?[省市县区])?(?:本级|县级|市级|省级|区级)?(?:财政)?(?:预算|部门|单位|"
    r"部门整体|单位整体|部门[（(]单位[)）]整体|整体|专项资金|转移支付|区域|项目|支出)*"
)
_YEAR_LINE = re.compile(r"[（(【]?\s*(20\d\d)\s*年度?\s*[)）】]?")
_UNIT_PARAGRAPH = re.compile(r"(?P<unit>.{0,60}?)\s*(?:金额)?单位[:：]\s*(?:亿元|万元|元)\s*")
_CODED_UNIT = re.compile(r"\s*\d{6,9}\s*[\u4e00-\u9fff（）()]{4,40}\s*")
_OPENINGS = (Field.PROJECT_CODE, Field.PROJECT_NAME)
_WIDE_FIELDS = (
    Field.PROJECT_CODE, Field.PROJECT_NAME, Field.BUDGET_UNIT, Field.DEPARTMENT, Field.TOTAL, Field.FISCAL, Field.OTHER,
    Field.GOALS,
)  # fmt: skip
_DOUBTFUL = Decimal("0.7")


@dataclass(frozen=True, slots=True)
class ReadSheets:
    """Goal sheets, and what their heads say of the whole: 主管部门, 年度."""

    sheets: tuple[GoalSheet, ...]
    department: Organisation = NOBODY
    year: int | None = None


def is_goal_sheet(grid: Grid) -> bool:
    """Whether a grid holds (part of) a goal sheet: an indicator header, or two labels of its head."""
    fields: set[Field] = set()
    for row in grid.rows:
        if is_header(row):
            return True
        fields.update(f for cell in row if (f := field_of(cell.text)))
    return len(fields & {Field.PROJECT_CODE, Field.PROJECT_NAME, Field.MONEY, Field.DISBURSEMENT, Field.GOALS}) > 1


def is_sheet_heading(text: str) -> bool:
    """Whether a paragraph is the heading of a goal sheet: ``3.招商经费绩效目标表``."""
    return len(text) <= 120 and _HEADING.fullmatch(text) is not None


def is_unit_paragraph(text: str) -> bool:
    """Whether a paragraph only states the budget unit, the unit of amounts, or both, as above a table."""
    return _UNIT_PARAGRAPH.fullmatch(text) is not None or _CODED_UNIT.fullmatch(text) is not None


@dataclass(slots=True)
class _Draft:
    """A goal sheet being read."""

    head: SheetHead
    rows: IndicatorRows
    heading: Paragraph | None = None


class GoalSheetReader:
    """Reads sheets one after another from the blocks that are given to it."""

    def __init__(self, trace: Trace) -> None:
        self._trace = trace
        self._sheets: list[GoalSheet] = []
        self._draft: _Draft | None = None
        self._heading: Paragraph | None = None
        self._units: list[Paragraph] = []
        self._department = NOBODY
        self._year: int | None = None
        self._wide: dict[Field, int] = {}
        self._wide_header: tuple[Cell, ...] = ()
        self._wide_project: Cell | None = None

    def paragraph(self, paragraph: Paragraph) -> None:
        """A heading or unit line before a sheet's table."""
        if is_sheet_heading(paragraph.text):
            self._close()
            self._tell_heading_without_table()
            self._heading = paragraph
        else:
            self._units.append(paragraph)
            if self._draft and self._draft.head.started:
                self._close()

    def grid(self, grid: Grid) -> None:
        table = Table(grid)
        self._wide = {}
        for r in range(len(table.rows)):
            cells = table.words(r)
            if cells:
                self._row(table, r, cells)

    def finish(self) -> ReadSheets:
        self._close()
        self._tell_heading_without_table()
        for paragraph in self._units:
            self._trace.note("unplaced", f"{paragraph.place.label}的文字下面没有绩效目标表，未读入：{paragraph.text}")
        return ReadSheets(tuple(self._sheets), self._department, self._year)

    def _tell_heading_without_table(self) -> None:
        if self._heading is not None and not _GENERIC_NAME.fullmatch(_name_in(self._heading.text) or ""):
            self._trace.note("sheet.no_table", f"标题“{self._heading.text}”下面没有读到绩效目标表，请核对原文件。")

    # --- rows ---------------------------------------------------------------------------------------------

    def _title_row(self, cells: tuple[Cell, ...]) -> bool:
        """A row that holds a title or the year alone, as forms print above their head inside the table."""
        text = one_line(cells[0].text)
        if len(cells) > 1 or field_of(text) is not None:
            return False
        if is_sheet_heading(text):
            self.paragraph(Paragraph(text, cells[0].place))
            return True
        if m := _YEAR_LINE.fullmatch(text):
            self._year = self._year or int(m[1])
            self._trace.places.setdefault("/fiscal_year", cells[0].place)
            self._trace.note("fiscal_year.from_head", f"表内年度为“{text}”。")
            return True
        return False

    def _row(self, table: Table, r: int, cells: tuple[Cell, ...]) -> None:
        if self._title_row(cells):
            return
        if is_header(cells):
            self._header(table, cells)
            return
        if self._wide:
            self._wide_row(table, r)
        elif self._opens(cells):
            self._open()
        draft = self._draft or self._open()
        if draft.rows.reading:
            draft.rows.row(table, r)
        else:
            draft.head.row(table, r, cells)

    def _header(self, table: Table, cells: tuple[Cell, ...]) -> None:
        fields = {f: cell.column for cell in cells if (f := field_of(cell.text)) in _WIDE_FIELDS}
        if Field.PROJECT_NAME in fields:
            self._wide, self._wide_project = fields, None
            self._wide_header = tuple(cell for cell in cells if field_of(cell.text) not in fields)
            return
        draft = self._draft or self._open()
        draft.head.started = True
        draft.rows.header(table, cells)

    def _wide_row(self, table: Table, r: int) -> None:
        """In a wide list a row with another project opens its sheet; its fields stand in the columns at the left."""
        cell = table.at(r, self._wide[Field.PROJECT_NAME])
        if cell is None or not cell.text or cell is self._wide_project or field_of(cell.text) is not None:
            return
        self._wide_project = cell
        draft = self._open()
        for field, column in self._wide.items():
            if (value := table.at(r, column)) is not None and value.text:
                if field is Field.GOALS:
                    draft.head.goals([value])
                else:
                    draft.head.value(field, value)
        draft.rows.header(table, self._wide_header)
        draft.rows.ignore(set(self._wide.values()))

    def _opens(self, cells: tuple[Cell, ...]) -> bool:
        """A unit line, or a project label, after a sheet that already has its own."""
        draft = self._draft
        if draft is None or not draft.head.started:
            return False
        fields = {field_of(cell.text) for cell in cells}
        named = draft.head.named or draft.rows.reading
        if named and fields & set(_OPENINGS) and not self._same_head(draft, fields):
            return True
        return any(is_unit_line(cell.text) for cell in cells) or (named and is_unit_row(cells))

    def _same_head(self, draft: _Draft, fields: set[Field | None]) -> bool:
        """The project's code and name may stand on two rows of one head."""
        project = draft.head.sheet.project
        return not draft.rows.reading and (
            (Field.PROJECT_NAME in fields and project.name is None)
            or (Field.PROJECT_CODE in fields and project.code is None)
        )

    # --- the beginning and the end of a sheet -------------------------------------------------------------

    def _open(self) -> _Draft:
        self._close()
        n = len(self._sheets)
        trace = self._trace.below("goal_sheets", n)
        draft = _Draft(SheetHead(n + 1, trace), IndicatorRows(trace), self._heading)
        self._draft = draft
        self._heading = None
        for paragraph in self._units:
            m = _UNIT_PARAGRAPH.fullmatch(paragraph.text)
            unit = m["unit"].strip() if m else paragraph.text.strip()
            draft.head.unit_words(unit, paragraph, declares_currency=m is not None)
        self._units = []
        return draft

    def _close(self) -> None:
        draft = self._draft
        self._draft = None
        if draft is None:
            return
        if draft.heading is not None:
            self._compare_heading(draft.head, draft.heading)
        self._sheets.append(replace(draft.head.finish(), indicators=draft.rows.finish()))
        if self._department == NOBODY:
            self._department = draft.head.department
        self._year = self._year or draft.head.year

    def _compare_heading(self, head: SheetHead, heading: Paragraph) -> None:
        """The heading names the project where the table does not; where both do they should agree."""
        name, named = _name_in(heading.text), head.sheet.project.name
        if not name or _GENERIC_NAME.fullmatch(name):
            return
        if named is None:
            head.sheet = replace(head.sheet, project=replace(head.sheet.project, name=name))
            head.trace.put(heading.place, "project", "name")
            message = f"表内没有项目名称，取自标题“{heading.text}”。"
            head.trace.note("project.name_from_heading", message, "project", "name", confidence=_DOUBTFUL)
        elif "".join(name.split()) not in "".join(named.split()):
            message = f"标题为“{heading.text}”，表内项目名称是“{named}”，采用表内的名称。"
            head.trace.note("heading.differs", message, "project", "name")


def _name_in(heading: str) -> str | None:
    """The project's name in a sheet's heading."""
    m = _HEADING.fullmatch(heading)
    return m["name"] if m else None


def sheets_of(blocks: Iterator[Paragraph | Grid], trace: Trace) -> ReadSheets:
    """The goal sheets in a run of headings, unit lines and grids."""
    reader = GoalSheetReader(trace)
    for block in blocks:
        if isinstance(block, Grid):
            reader.grid(block)
        else:
            reader.paragraph(block)
    return reader.finish()
