"""Reads goal sheets out of grids by the words their forms print.

Rows are taken in turn. A label announces the value behind it (项目名称 → the name); the label in front of a block
(预算规模及资金用途, 资金支出计划, 绩效目标) says what the unlabelled cells of its rows are; the header row of the
indicator table says what its columns hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from jixiao.domain.goal_sheet import DisbursementStep, GoalSheet, Project
from jixiao.domain.money import CurrencyUnit
from jixiao.domain.organisation import NOBODY
from jixiao.readers.labels import Field, field_of, is_disbursement_point, is_goal_number
from jixiao.readers.raw import Cell, Grid, Paragraph
from jixiao.readers.sheets.goals import split_goals
from jixiao.readers.sheets.header import is_header
from jixiao.readers.sheets.indicators import IndicatorRows
from jixiao.readers.sheets.prose_money import money_in_prose
from jixiao.readers.sheets.table import Table
from jixiao.readers.sheets.words import (
    amount_of,
    blank_if_dashes,
    is_coded_organisation,
    is_unit_line,
    one_line,
    organisation_of,
    unit_of,
)
from jixiao.readers.trace import Trace

_HEADING = re.compile(
    r"\s*(?:\d{1,3}\s*[、.．]|[（(]\d{1,3}[)）]|[一二三四五六七八九十]+、)?\s*(?P<name>.*?)\s*(?:项目)?(?:支出)?绩效目标(?:申报|批复)?表\s*"
)
_UNIT_PARAGRAPH = re.compile(r"(?P<unit>.{0,60}?)\s*(?:金额)?单位[:：]\s*(?:亿元|万元|元)\s*")
_LABEL_AND_VALUE = re.compile(r"(?P<label>[^:：\n]{2,20})[:：]\s*(?P<value>\S.*)", re.DOTALL)
_CODED_UNIT = re.compile(r"\s*\d{6,9}\s*[\u4e00-\u9fff（）()]{4,40}\s*")
_AREAS = (Field.MONEY, Field.PURPOSE, Field.DISBURSEMENT, Field.GOALS)
_AMOUNTS = {Field.TOTAL: "total", Field.FISCAL: "fiscal", Field.OTHER: "other"}
_OPENINGS = (Field.PROJECT_CODE, Field.PROJECT_NAME)
_DOUBTFUL = Decimal("0.7")


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


def _is_unit_row(cells: Sequence[Cell]) -> bool:
    """A row that holds nothing but a budget unit with its code: the unit of amounts was left out."""
    return len(cells) == 1 and is_coded_organisation(cells[0].text)


def _parts(cell: Cell) -> tuple[Cell, ...]:
    """A cell, or label and value apart where both stand in it: 项目名称：招商经费."""
    m = _LABEL_AND_VALUE.fullmatch(cell.text)
    if m is None or field_of(m["label"]) is None or field_of(cell.text) is not None:
        return (cell,)
    return replace(cell, text=m["label"]), replace(cell, text=m["value"])


@dataclass(slots=True)
class _Draft:
    """A goal sheet being read."""

    trace: Trace
    sheet: GoalSheet
    rows: IndicatorRows
    heading: Paragraph | None = None
    area: Field | None = None
    points: list[Cell] = field(default_factory=list)
    started: bool = False
    """whether anything that only stands once in a sheet has been read"""


def _is_filled(sheet: GoalSheet, label: Field) -> bool:
    """Whether the field a label announces already has its value: it may be given once."""
    given = {
        Field.PROJECT_CODE: sheet.project.code,
        Field.PROJECT_NAME: sheet.project.name,
        Field.BUDGET_UNIT: sheet.budget_unit.name,
    }
    return given.get(label) is not None


class GoalSheetReader:
    """Reads sheets one after another from the blocks that are given to it."""

    def __init__(self, trace: Trace) -> None:
        self._trace = trace
        self._sheets: list[GoalSheet] = []
        self._draft: _Draft | None = None
        self._heading: Paragraph | None = None
        self._units: list[Paragraph] = []

    def paragraph(self, paragraph: Paragraph) -> None:
        """A heading or unit line before a sheet's table."""
        if is_sheet_heading(paragraph.text):
            self._close()
            self._tell_heading_without_table()
            self._heading = paragraph
        else:
            self._units.append(paragraph)
            if self._draft and self._draft.started:
                self._close()

    def grid(self, grid: Grid) -> None:
        table = Table(grid)
        for r in range(len(table.rows)):
            cells = table.words(r)
            if cells:
                self._row(table, r, cells)

    def finish(self) -> tuple[GoalSheet, ...]:
        self._close()
        self._tell_heading_without_table()
        for paragraph in self._units:
            self._trace.note("unplaced", f"{paragraph.place.label}的文字下面没有绩效目标表，未读入：{paragraph.text}")
        return tuple(self._sheets)

    def _tell_heading_without_table(self) -> None:
        if self._heading is not None:
            self._trace.note("sheet.no_table", f"标题“{self._heading.text}”下面没有读到绩效目标表，请核对原文件。")

    # --- rows ---------------------------------------------------------------------------------------------

    def _row(self, table: Table, r: int, cells: tuple[Cell, ...]) -> None:
        draft = self._draft
        if draft and is_header(cells):
            draft.started = True
            draft.rows.header(table, cells)
            return
        if self._opens(cells):
            self._open()
        draft = self._draft or self._open()
        if is_header(cells):
            draft.started = True
            draft.rows.header(table, cells)
        elif draft.rows.reading:
            draft.rows.row(table, r)
        else:
            self._head_row(draft, table, r, cells)

    def _opens(self, cells: tuple[Cell, ...]) -> bool:
        """A unit line, or a project label, after a sheet that already has its own."""
        if self._draft is None or not self._draft.started:
            return False
        draft = self._draft
        fields = {field_of(cell.text) for cell in cells}
        named = draft.sheet.project != Project() or draft.rows.reading
        if named and fields & set(_OPENINGS) and not self._same_head(fields):
            return True
        return any(is_unit_line(cell.text) for cell in cells) or (named and _is_unit_row(cells))

    def _same_head(self, fields: set[Field | None]) -> bool:
        """The project's code and name may stand on two rows of one head."""
        assert self._draft is not None
        if self._draft.rows.reading:
            return False
        project = self._draft.sheet.project
        return (Field.PROJECT_NAME in fields and project.name is None) or (
            Field.PROJECT_CODE in fields and project.code is None
        )

    def _open(self) -> _Draft:
        self._close()
        n = len(self._sheets)
        trace = self._trace.below("goal_sheets", n)
        draft = _Draft(trace, GoalSheet(n + 1), IndicatorRows(trace), self._heading)
        self._draft = draft
        self._heading = None
        for paragraph in self._units:
            self._unit_words(draft, paragraph.text, paragraph)
        self._units = []
        return draft

    def _unit_words(self, draft: _Draft, text: str, paragraph: Paragraph) -> None:
        m = _UNIT_PARAGRAPH.fullmatch(text)
        unit = m["unit"].strip() if m else text.strip()
        if unit and draft.sheet.budget_unit != NOBODY:
            draft.trace.note("unplaced", f"表前已有预算单位，这一行未读入：{text}")
        elif unit:
            words = re.sub(r"^(?:预算|填报|申报)?单位(?:名称)?[:：]\s*", "", unit)
            draft.sheet = replace(draft.sheet, budget_unit=organisation_of(words))
            draft.trace.put(paragraph.place, "budget_unit")
        if m:
            self._currency(draft, unit_of(text), paragraph)

    def _currency(self, draft: _Draft, unit: CurrencyUnit | None, origin: Cell | Paragraph) -> None:
        draft.sheet = replace(draft.sheet, budget=replace(draft.sheet.budget, currency_unit=unit))
        draft.trace.put(origin.place, "budget", "currency_unit")

    def _head_row(self, draft: _Draft, table: Table, r: int, cells: tuple[Cell, ...]) -> None:
        if any(is_unit_line(cell.text) for cell in cells) or _is_unit_row(cells):
            self._unit_row(draft, cells)
            return
        pending: Field | None = None
        loose: list[Cell] = []
        for cell in [part for whole in cells for part in _parts(whole)]:
            label = field_of(cell.text)
            if label is not None:
                if label in _AREAS:
                    draft.area = label
                    draft.started = True
                    if unit := unit_of(cell.text):
                        self._currency(draft, unit, cell)
                pending = label
            elif pending is not None and pending not in _AREAS:
                self._value(draft, pending, cell)
                pending = None
            else:
                loose.append(cell)
        if loose:
            self._loose(draft, table, r, loose)
        elif draft.points and draft.area is Field.DISBURSEMENT:
            self._percents(draft, table, r, [])

    def _unit_row(self, draft: _Draft, cells: tuple[Cell, ...]) -> None:
        for cell in cells:
            if is_unit_line(cell.text):
                self._currency(draft, unit_of(cell.text), cell)
            elif draft.sheet.budget_unit == NOBODY:
                draft.sheet = replace(draft.sheet, budget_unit=organisation_of(cell.text))
                draft.trace.put_cell(cell, "budget_unit")
            else:
                self._unplaced(draft, cell)

    def _value(self, draft: _Draft, label: Field, cell: Cell) -> None:
        """The value behind a label."""
        draft.started = True
        sheet, text = draft.sheet, one_line(cell.text)
        if label in _AMOUNTS:
            self._amount(draft, label, cell)
        elif _is_filled(sheet, label):
            self._unplaced(draft, cell)
        elif label is Field.PROJECT_CODE:
            draft.sheet = replace(sheet, project=replace(sheet.project, code=blank_if_dashes(text)))
            draft.trace.put_cell(cell, "project", "code")
        elif label is Field.PROJECT_NAME:
            draft.sheet = replace(sheet, project=replace(sheet.project, name=blank_if_dashes(text)))
            draft.trace.put_cell(cell, "project", "name")
        elif label is Field.BUDGET_UNIT:
            draft.sheet = replace(sheet, budget_unit=organisation_of(text))
            draft.trace.put_cell(cell, "budget_unit")
        else:
            self._unplaced(draft, cell)

    def _amount(self, draft: _Draft, label: Field, cell: Cell) -> None:
        text = one_line(cell.text)
        if blank_if_dashes(text) is None:
            return
        amount = amount_of(text)
        if amount is not None:
            self._set_money(draft, cell, {_AMOUNTS[label]: amount.value}, amount.unit)
        elif prose := money_in_prose(text, total_first=label is Field.TOTAL):
            self._set_money(draft, cell, prose.amounts, prose.unit)
            if prose.rest:
                self._purpose(draft, prose.rest, cell)
            draft.trace.note("amount.from_prose", f"金额写在文字里，读自“{text}”。", "budget", "total")
        else:
            draft.trace.note(
                "amount.unread", f"“{text}”不是金额，未读入，请核对。", "budget", _AMOUNTS[label], confidence=_DOUBTFUL
            )

    def _set_money(self, draft: _Draft, cell: Cell, amounts: dict[str, Decimal], unit: CurrencyUnit | None) -> None:
        if any(getattr(draft.sheet.budget, name) is not None for name in amounts):
            self._unplaced(draft, cell)
            return
        budget = replace(draft.sheet.budget, **amounts)  # type: ignore[arg-type]
        for name in amounts:
            draft.trace.put_cell(cell, "budget", name)
        draft.sheet = replace(draft.sheet, budget=budget)
        if unit is not None:
            self._currency(draft, unit, cell)

    def _loose(self, draft: _Draft, table: Table, r: int, cells: list[Cell]) -> None:
        """Cells without a label of their own: the block they stand in says what they are."""
        if draft.area in (Field.MONEY, Field.PURPOSE):
            for cell in cells:
                prose = money_in_prose(one_line(cell.text), total_first=False)
                if prose and draft.sheet.budget.total is None:
                    self._amount(draft, Field.TOTAL, cell)
                else:
                    self._purpose(draft, one_line(cell.text), cell)
        elif draft.area is Field.DISBURSEMENT:
            points = [cell for cell in cells if is_disbursement_point(cell.text)]
            if points and not draft.points:
                draft.points = points
                cells = [cell for cell in cells if cell not in points]
            if draft.points and cells:
                cells = self._percents(draft, table, r, cells)
            for cell in cells:
                self._unplaced(draft, cell)
        elif draft.area is Field.GOALS:
            self._goals(draft, [cell for cell in cells if not is_goal_number(cell.text)])
        else:
            for cell in cells:
                self._unplaced(draft, cell)

    def _purpose(self, draft: _Draft, text: str, cell: Cell) -> None:
        before = draft.sheet.purpose
        draft.sheet = replace(draft.sheet, purpose=f"{before}{text}" if before else text)
        draft.trace.put_cell(cell, "purpose")

    def _percents(self, draft: _Draft, table: Table, r: int, cells: list[Cell]) -> list[Cell]:
        """Read the percentages under the points of time; returns the cells of the row that are none."""
        under = [table.at(r, point.column) for point in draft.points]
        amounts = [amount_of(cell.text) if cell and cell.text else None for cell in under]
        if cells and not any(amounts):
            return cells
        steps: list[DisbursementStep] = []
        for n, (point, cell, amount) in enumerate(zip(draft.points, under, amounts, strict=True)):
            steps.append(DisbursementStep(one_line(point.text), amount.value if amount else None))
            draft.trace.put(point.place, "disbursement_plan", n, "by")
            if cell and amount:
                draft.trace.put_cell(cell, "disbursement_plan", n, "percent")
            elif cell and cell.text and blank_if_dashes(cell.text):
                message = f"“{one_line(cell.text)}”不是百分数，未读入，请核对。"
                draft.trace.note("disbursement.unread", message, "disbursement_plan", n, "percent")
        draft.sheet = replace(draft.sheet, disbursement_plan=tuple(steps))
        draft.points = []
        return [cell for cell in cells if cell not in under]

    def _goals(self, draft: _Draft, cells: Iterable[Cell]) -> None:
        goals = list(draft.sheet.goals)
        for cell in cells:
            for goal in split_goals(cell.text):
                draft.trace.put_cell(cell, "goals", len(goals))
                goals.append(goal)
        draft.sheet = replace(draft.sheet, goals=tuple(goals))

    def _unplaced(self, draft: _Draft, cell: Cell) -> None:
        draft.trace.note("unplaced", f"表中“{one_line(cell.text)}”不属于本软件认得的栏目，未读入。")

    # --- the end of a sheet -------------------------------------------------------------------------------

    def _close(self) -> None:
        draft = self._draft
        self._draft = None
        if draft is None:
            return
        if draft.points:  # a plan whose percentages never came
            steps = tuple(DisbursementStep(one_line(p.text)) for p in draft.points)
            draft.sheet = replace(draft.sheet, disbursement_plan=steps)
            for n, point in enumerate(draft.points):
                draft.trace.put(point.place, "disbursement_plan", n, "by")
        if draft.heading is not None:
            self._compare_heading(draft, draft.heading)
        self._sheets.append(replace(draft.sheet, indicators=draft.rows.finish()))

    def _compare_heading(self, draft: _Draft, heading: Paragraph) -> None:
        """The heading names the project where the table does not; where both do they should agree."""
        m = _HEADING.fullmatch(heading.text)
        named = draft.sheet.project.name
        if m is None or not m["name"]:
            return
        if named is None:
            draft.sheet = replace(draft.sheet, project=replace(draft.sheet.project, name=m["name"]))
            draft.trace.put(heading.place, "project", "name")
            draft.trace.note(
                "project.name_from_heading",
                f"表内没有项目名称，取自标题“{heading.text}”。",
                "project",
                "name",
                confidence=_DOUBTFUL,
            )
        elif "".join(m["name"].split()) not in "".join(named.split()):
            draft.trace.note(
                "heading.differs",
                f"标题为“{heading.text}”，表内项目名称是“{named}”，采用表内的名称。",
                "project",
                "name",
            )


def sheets_of(blocks: Iterator[Paragraph | Grid], trace: Trace) -> tuple[GoalSheet, ...]:
    """The goal sheets in a run of headings, unit lines and grids."""
    reader = GoalSheetReader(trace)
    for block in blocks:
        if isinstance(block, Grid):
            reader.grid(block)
        else:
            reader.paragraph(block)
    return reader.finish()
