"""Reads the head of a goal sheet: project, unit, money, disbursement plan, goals.

A label announces the value behind it (项目名称 → the name); the label in front of a block (预算规模及资金用途,
资金支出计划, 绩效目标) says what the unlabelled cells of its rows are. Two blocks have headers of their own: money with
one row per source (``execution.py``), and goals side by side (预期目标 | 实际完成情况).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from jixiao.domain.execution import FundSource
from jixiao.domain.goal import Goal
from jixiao.domain.goal_sheet import DisbursementStep, GoalSheet
from jixiao.domain.money import CurrencyUnit
from jixiao.domain.organisation import NOBODY, Organisation
from jixiao.readers.raw import Paragraph
from jixiao.readers.sheets.execution import MoneyBlock, MoneyPairs, MoneyRow, is_money_header, pairs_in_row
from jixiao.readers.sheets.goals import split_goals
from jixiao.readers.sheets.head_owners import Answerable
from jixiao.readers.sheets.head_rows import is_money_alone, is_unit_row, parts_of, units_in, unknown_word, unknown_words
from jixiao.readers.sheets.head_values import NO_PROJECT, HeadValues, is_blank_beside, read_project
from jixiao.readers.sheets.prose_money import money_in_prose
from jixiao.readers.sheets.results import SheetResults
from jixiao.readers.sheets.table import Cell, Row, Table
from jixiao.readers.sheets.trace import Trace
from jixiao.vocabulary import Column, Field, MoneyColumn
from jixiao.vocabulary.cell_values import (
    amount_of,
    amount_with_doubt,
    blank_if_dashes,
    is_unit_line,
    one_line,
    organisation_of,
    unit_of,
)
from jixiao.vocabulary.labelled_lines import OPENINGS

_UNIT_LABEL = re.compile(r"^\s*[\u4e00-\u9fff]{0,4}(?:单位|部门)(?:名称)?\s*(?:[（(][^（()）]{1,4}[)）])?\s*[:：]\s*")
"""编制单位：, 填表单位（盖章）：, whatever the unit is called; what follows is its name"""
_AREAS = (Field.MONEY, Field.PURPOSE, Field.DISBURSEMENT, Field.GOALS, Field.LONG_TERM_GOALS, Field.GOALS_REACHED)
_GOAL_LABELS = (Field.GOALS, Field.LONG_TERM_GOALS, Field.GOALS_REACHED)
_AMOUNTS = {Field.TOTAL: "total", Field.FISCAL: "fiscal", Field.OTHER: "other"}
_SOURCE_FIELDS = {FundSource.TOTAL: Field.TOTAL, FundSource.FISCAL: Field.FISCAL, FundSource.OTHER: Field.OTHER}
_FILLED_LATER = (MoneyColumn.EXECUTED, MoneyColumn.EXPECTED)
_DOUBTFUL = Decimal("0.7")


class SheetHead:
    """The head of one sheet while it is read; ``known`` is what is known of it so far."""

    def __init__(self, sequence: int, trace: Trace, results: SheetResults) -> None:
        self.trace = trace
        self._results = results
        self._sequence = sequence
        self.known = HeadValues()
        self._answerable = Answerable(trace)
        self.year: int | None = None
        self.started = False
        """whether anything that only stands once in a sheet has been read"""
        self._area: Field | None = None
        self._points: list[Cell] = []
        self._money: MoneyBlock | None = None
        self._pairs = MoneyPairs()
        self._blank_total: Cell | None = None
        self._goal_columns: list[tuple[int, Field | None]] = []
        self.money_columns: list[Cell] = []
        """the cells over the columns of money"""

    @property
    def department(self) -> Organisation:
        """主管部门, where the form names it."""
        return self._answerable.department

    @property
    def in_money(self) -> bool:
        """Whether a block with a row per source of money is being read."""
        return self._money is not None

    @property
    def offered(self) -> frozenset[str]:
        """What the block of money has a column for, of what is filled in later."""
        return frozenset(c.value for cell in self.money_columns if (c := cell.label.money_column) in _FILLED_LATER)

    @property
    def named(self) -> bool:
        """Whether the project has a code or a name."""
        return self.known.project != NO_PROJECT

    # --- what stands before the table ---------------------------------------------------------------------

    def unit_words(self, unit: str, paragraph: Paragraph, *, declares_currency: bool) -> None:
        """A line above the table: ``366001某局本级  单位：万元``."""
        if unit and self.known.budget_unit != NOBODY:
            self.trace.note("unplaced", f"表前已有预算单位，这一行未读入：{paragraph.text}")
        elif unit:
            self.known.budget_unit = organisation_of(_UNIT_LABEL.sub("", unit))
            self.trace.put(paragraph.place, "budget_unit")
        if declares_currency:
            self._currency(unit_of(paragraph.text), paragraph)

    def _currency(self, unit: CurrencyUnit | None, origin: Cell | Paragraph) -> None:
        self.known.budget = replace(self.known.budget, currency_unit=unit)
        self.trace.put(origin.place, "budget", "currency_unit")

    # --- rows ---------------------------------------------------------------------------------------------

    def row(self, table: Table, row: Row) -> None:
        """Read one row of the head."""
        if row.states_unit or is_unit_row(row):
            self._unit_row(row.words)
        elif self._part_title(row.words):
            self._money = self._area = None
        elif is_money_header(row):
            self._money_header(table, row)
        elif money := (self._money.row(table, row) if self._money is not None else pairs_in_row(row)):
            self._currency_named([cell for cell in row.words if cell.label.money_column is not None])
            self._money_row(money)
        elif self._money is not None and not row.any_fields:
            for cell in row.words:
                self._unplaced(cell)
        else:
            self._money = None
            self._labelled_row(table, row.index, [part for whole in row.words for part in parts_of(table, whole)])

    def reads_money(self, table: Table, row: Row) -> bool:
        """Whether a row belongs to a block of money with a header of its own, which reads all its cells."""
        if is_money_header(row):
            return True
        return self._money is not None and self._money.row(table, row) is not None

    def _part_title(self, cells: Sequence[Cell]) -> bool:
        """A row that only numbers and names a part of the form: 二、预算执行情况（万元）."""
        if len(cells) > 1 or not cells[0].label.is_part_title:
            return False
        if unit := unit_of(cells[0].text):
            self._currency(unit, cells[0])
        self.trace.note("furniture.dropped", f"表内分部标题未计入正文：{one_line(cells[0].text)}")
        return True

    def _labelled_row(self, table: Table, r: int, cells: Sequence[Cell]) -> None:
        pending: Field | None = None
        announced: Cell | None = None
        loose: list[Cell] = []
        labels: list[tuple[int, Field | None]] = []
        names, paired = self._pairs.take(cells)
        self._currency_named([*names, *units_in(cells)])
        self.money_columns, self.started = self.money_columns + names, self.started or bool(names)
        for cell in cells:
            if cell in paired:
                pending = None
                continue
            label = cell.label.field
            if label is None and self._area is Field.MONEY and cell.label.source is FundSource.TOTAL:
                label = Field.TOTAL  # 项目资金 | 总额 | 100
            if label is None and pending in _GOAL_LABELS and cell.label.column is Column.OTHER:
                labels.append((cell.column, None))
            elif label is not None:
                if label in _AREAS:
                    self._enter(label, cell)
                    labels.append((cell.column, label))
                pending, announced = label, cell
                if label is Field.TOTAL and is_blank_beside(table, cell):
                    self._blank_total = cell
            elif pending is not None and pending not in _AREAS:
                self.value(pending, cell, announced)
                pending = None
            else:
                loose.append(cell)
        if len(labels) > 1:
            self._goal_header(labels)
        if loose:
            self._loose(table, r, loose)
        elif self._points and self._area is Field.DISBURSEMENT:
            self._percents(table, r, [])

    def _currency_named(self, names: Sequence[Cell]) -> None:
        """The unit in the labels of amounts that stand beside them: 全年预算数（万元） | 100."""
        unit, origin = next(((unit, c) for c in names if (unit := unit_of(c.text)) is not None), (None, None))
        if origin is not None and self.known.budget.currency_unit is None:
            self._currency(unit, origin)

    def _place_pairs(self) -> None:
        """The amounts beside names: the budget in force is the sheet's, with what was spent they are its execution."""
        found, self._pairs = self._pairs, MoneyPairs()
        if found.budget is not None and self.known.budget.total is None:
            self._amount(Field.TOTAL, found.budget)
        for cell in self._results.amounts(FundSource.TOTAL, found.execution):
            self._unplaced(cell)

    def _enter(self, label: Field, cell: Cell) -> None:
        self._area = label
        self.started = True
        if unit := unit_of(cell.text):
            self._currency(unit, cell)

    def _unit_row(self, cells: Sequence[Cell]) -> None:
        for cell in cells:
            if is_unit_line(cell.text):
                self._currency(unit_of(cell.text), cell)
            elif self.known.budget_unit == NOBODY:
                self.known.budget_unit = organisation_of(_UNIT_LABEL.sub("", cell.text))
                self.trace.put_cell(cell, "budget_unit")
            else:
                self._unplaced(cell)

    def value(self, label: Field, cell: Cell, announced: Cell | None = None) -> None:
        """The value behind a label; ``announced`` is the cell of the label."""
        self.started = True
        text = one_line(cell.text)
        if label in _AMOUNTS:
            self._amount(label, cell)
        elif label in OPENINGS and read_project(self.known, label, cell, self.trace):
            return
        elif label is Field.BUDGET_UNIT and self.known.budget_unit.name is None:
            self.known.budget_unit = organisation_of(text)
            self.trace.put_cell(cell, "budget_unit")
        elif label is Field.BUDGET_UNIT and organisation_of(text) == self.known.budget_unit:
            return  # 填报单位 and 实施单位 that are one
        elif label is Field.DEPARTMENT:
            self._answerable.take(cell, announced)
        elif label is Field.YEAR and (m := re.fullmatch(r"(20\d\d)\s*年?度?", text)):
            self.year = int(m[1])
            self.trace.places.setdefault("/fiscal_year", cell.place)
            self.trace.note("fiscal_year.from_head", f"表内年度为“{text}”。")
        elif label in (Field.TOTAL_SCORE, Field.GRADE) and self._results.labelled(label, cell):
            return
        elif label is not Field.CARRYOVER or blank_if_dashes(text) is not None:
            self._unplaced(cell)

    # --- money --------------------------------------------------------------------------------------------

    def _money_header(self, table: Table, row: Row) -> None:
        self._money = MoneyBlock(table, row)
        self.money_columns += row.words
        for cell in row.words:
            if cell.label.money_column is None:
                self.trace.put_first(cell.place, "execution")
                self._enter(Field.MONEY, cell)
        self._area = Field.MONEY
        self.started = True

    def _money_row(self, row: MoneyRow) -> None:
        """One source of money: the budget in force goes to the budget, all its amounts to the results."""
        rest = list(row.rest)
        if row.source is not None and self._results.has(row.source):
            rest = [*row.cells.values(), *rest]
        elif row.source is not None:
            field = _SOURCE_FIELDS.get(row.source)
            if field and row.budget is not None and getattr(self.known.budget, _AMOUNTS[field]) is None:
                self._amount(field, row.budget)
            self._results.amounts(row.source, row.amounts())
        if words := [one_line(c.text) for c in rest if blank_if_dashes(one_line(c.text)) is not None]:
            self.trace.note("column.not_kept", f"资金栏“{row.label}”的其余内容未读入：{'｜'.join(words)}", "budget")

    def _amount(self, label: Field, cell: Cell) -> None:
        text = one_line(cell.text)
        if blank_if_dashes(text) is None:
            return
        amount = amount_of(text)
        if amount is None and (prose := money_in_prose(text, total_first=label is Field.TOTAL)):
            self._set_money(cell, prose.amounts, prose.unit)
            if prose.rest:
                self._purpose(prose.rest, cell)
            self.trace.note("amount.from_prose", f"金额写在文字里，读自“{text}”。", "budget", "total")
        elif amount := amount or amount_with_doubt(text):
            self._set_money(cell, {_AMOUNTS[label]: amount.value}, amount.unit)
            if amount.doubt:
                self.trace.note("amount.doubtful", f"{amount.doubt}，请核对。", "budget", _AMOUNTS[label])
        else:
            unread = f"“{text}”不是金额，未读入，请核对。"
            self.trace.note("amount.unread", unread, "budget", _AMOUNTS[label], confidence=_DOUBTFUL)

    def _set_money(self, cell: Cell, amounts: dict[str, Decimal], unit: CurrencyUnit | None) -> None:
        if any(getattr(self.known.budget, name) is not None for name in amounts):
            self._unplaced(cell)
            return
        budget = replace(self.known.budget, **amounts)  # type: ignore[arg-type]
        self.trace.put_first(cell.place, "budget")
        for name in amounts:
            self.trace.put_cell(cell, "budget", name)
        self.known.budget = budget
        if unit is not None:
            self._currency(unit, cell)

    # --- cells without a label of their own ---------------------------------------------------------------

    def _loose(self, table: Table, r: int, cells: list[Cell]) -> None:
        """The block they stand in says what they are."""
        if self._area in (Field.MONEY, Field.PURPOSE):
            for cell in cells:
                behind = len(cells) == 1 and any(is_money_alone(c) for c in table.rows[r].words)
                prose = (behind and amount_of(cell.text)) or money_in_prose(one_line(cell.text), total_first=behind)
                if prose and self.known.budget.total is None:
                    self._amount(Field.TOTAL, cell)
                else:
                    self._purpose(one_line(cell.text), cell)
        elif self._area is Field.DISBURSEMENT:
            points = [cell for cell in cells if cell.label.is_disbursement_point]
            if points and not self._points:
                self._points = points
                cells = [cell for cell in cells if cell not in points]
            if self._points and cells:
                cells = self._percents(table, r, cells)
            for cell in cells:
                self._unplaced(cell)
        elif self._area in _GOAL_LABELS:
            self.goals([cell for cell in cells if not (cell.label.is_goal_number or cell.label.horizon)])
        else:
            for message in unknown_words(cells):
                self.trace.note("unplaced", message)

    def _purpose(self, text: str, cell: Cell) -> None:
        before = self.known.purpose
        self.known.purpose = f"{before}{text}" if before else text
        self.trace.put_cell(cell, "purpose")

    def _percents(self, table: Table, r: int, cells: list[Cell]) -> list[Cell]:
        """Read the percentages under the points of time; returns the cells of the row that are none."""
        under = [table.at(r, point.column) for point in self._points]
        amounts = [amount_of(cell.text) if cell and cell.text else None for cell in under]
        if cells and not any(amounts):
            return cells
        steps: list[DisbursementStep] = []
        self.trace.put_first(self._points[0].place, "disbursement_plan")
        for n, (point, cell, amount) in enumerate(zip(self._points, under, amounts, strict=True)):
            steps.append(DisbursementStep(one_line(point.text), amount.value if amount else None))
            self.trace.put(point.place, "disbursement_plan", n, "by")
            if cell and amount:
                self.trace.put_cell(cell, "disbursement_plan", n, "percent")
            elif cell and cell.text and blank_if_dashes(cell.text):
                message = f"“{one_line(cell.text)}”不是百分数，未读入，请核对。"
                self.trace.note("disbursement.unread", message, "disbursement_plan", n, "percent")
        self.known.disbursement_plan = tuple(steps)
        self._points = []
        return [cell for cell in cells if cell not in under]

    def _goal_header(self, labels: Sequence[tuple[int, Field | None]]) -> None:
        """Remember which column holds which goals, where several stand side by side; None for what no plan keeps.

        Where one of them comes twice the first label names the block: 年度总体目标 | 预期目标 | 实际完成情况.
        """
        goals = [(column, label) for column, label in labels if label is None or label in _GOAL_LABELS]
        if len({label for _, label in goals}) < len(goals) > 2:
            goals = goals[1:]
        if len(goals) > 1 and any(label is not Field.GOALS for _, label in goals):
            self._goal_columns = goals

    def goals(self, cells: Iterable[Cell]) -> None:
        """Read cells of goals and of goals reached; those of the long term beside annual ones are told, not kept."""
        goals = list(self.known.goals)
        listed = list(cells)
        aligned = len(listed) == len(self._goal_columns)
        for n, cell in enumerate(listed):
            label: Field | None = self._area
            if aligned:
                label = self._goal_columns[n][1]
            elif self._goal_columns:
                label = next((f for column, f in reversed(self._goal_columns) if column <= cell.column), Field.GOALS)
            if label is Field.GOALS_REACHED:
                self._results.reached(cell)
                continue
            if label in (Field.LONG_TERM_GOALS, None) and self._goal_columns:
                name = "中长期目标" if label else "目标完成率"
                self.trace.note("goals.not_kept", f"{name}未读入：{one_line(cell.text)}", "goals")
                continue
            self.trace.put_first(cell.place, "goals")
            for goal in split_goals(cell.text):
                self.trace.put_cell(cell, "goals", len(goals))
                goals.append(Goal(goal))
        self.known.goals = tuple(goals)

    def _unplaced(self, cell: Cell) -> None:
        self.trace.note("unplaced", unknown_word(cell))

    def finish(self) -> GoalSheet:
        """The sheet so far; a plan whose percentages never came keeps its points of time."""
        if self._points:
            steps = tuple(DisbursementStep(one_line(p.text)) for p in self._points)
            self.known.disbursement_plan = steps
            for n, point in enumerate(self._points):
                self.trace.put(point.place, "disbursement_plan", n, "by")
            self._points = []
        self._place_pairs()
        known = self.known
        if (blank := self._blank_total) is not None and known.budget.total is None:
            self.trace.note("amount.blank", f"“{one_line(blank.text)}”后面的格空着，没有填数。", "budget", "total")
        return GoalSheet(
            self._sequence,
            budget_unit=known.budget_unit,
            project=known.project,
            budget=known.budget,
            purpose=known.purpose,
            disbursement_plan=known.disbursement_plan,
            goals=known.goals,
        )
