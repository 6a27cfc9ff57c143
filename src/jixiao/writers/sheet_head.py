"""The head of a form: the blocks of its layout, and below them what the layout has no place for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from jixiao.documents import Align, Cell, Row
from jixiao.domain.execution import Execution
from jixiao.domain.form import AMOUNT_FIELDS, field_named
from jixiao.domain.goal import Goal
from jixiao.domain.goal_sheet import GoalSheet
from jixiao.domain.numbering import unnumbered
from jixiao.domain.organisation import Organisation
from jixiao.domain.stage import LaterSheet
from jixiao.layouts import HeadBlock, HeadCell, Layout
from jixiao.writers.sheet_rows import label_cell, printed, shared_by_width, with_sign

_SHEET = "goal_sheets/*/"
_POINTS, _EXECUTION, _GOALS = (f"{_SHEET}{part}" for part in ("disbursement_plan", "execution", "goals"))
_MONEY_ORDER = ("initial", "revised", "executed", "expected", "weight", "rate", "score")
"""Columns in the order of the official forms"""
_SENTENCE_ENDS = ("。", "；", "！")
_REST = ("budget_unit", "project/code", "project/name", "budget/total", "budget/fiscal", "budget/other", "purpose")
"""What stands below, a line each, where the layout has no place for it"""


@dataclass(frozen=True, slots=True)
class Head:
    """What a head is drawn of. ``department`` is 「主管部门」 as printed, empty where the form is not to name it."""

    layout: Layout
    sheet: GoalSheet
    later: LaterSheet | None
    grid: tuple[int, ...]
    """widths of the columns of the grid"""
    department: str = ""

    @property
    def width(self) -> int:
        """Columns of the grid."""
        return len(self.grid)

    def rows(self) -> Iterator[Row]:
        for block in self.layout.head:
            yield from self._block(block)
        yield from self._below()

    # --- lines ----------------------------------------------------------------------------------------------

    def _block(self, block: HeadBlock) -> Iterator[Row]:
        if block.part:
            yield from self._part(block)
        elif not block.where_said or any(self._said(cell) for line in block.lines for cell in line):
            room = self.width - bool(block.label)
            for n, line in enumerate(block.lines):
                cells = tuple(self._cells(line, room))
                label = self._labelled(block.label, block.states_unit, apart=len(block.lines) > 1)
                yield (label_cell(label, rows=len(block.lines)), *cells) if block.label and n == 0 else cells

    def _cells(self, line: Sequence[HeadCell], room: int) -> Iterator[Cell]:
        """The cells of a line; one of them takes the room that the others leave."""
        left = room - sum(cell.columns + bool(cell.label) * cell.label_columns for cell in line)
        for cell in line:
            if cell.label:
                yield label_cell(self._labelled(cell.label, cell.states_unit), columns=cell.label_columns)
            said = self._said(cell)
            words = f"{cell.before}{said}" if said else None
            align = Align(cell.align) if cell.align else None
            yield Cell(words, columns=cell.columns or left, align=align, about=_about(cell.field))

    def _labelled(self, label: str, states_unit: bool, *, apart: bool = False) -> str:  # noqa: FBT001 - as the layout says
        """A label with the unit of amounts behind it, or on a line of its own."""
        unit, line = self.sheet.budget.currency_unit, "\n" if apart else ""
        return f"{label}{line}（{unit}）" if states_unit and unit else label

    def _said(self, cell: HeadCell) -> str | None:
        """What the field of a cell says."""
        if not cell.field:
            return None
        if cell.field.startswith("department"):
            return self.department or None
        return self._words(cell.field.removeprefix(_SHEET))

    def _words(self, path: str) -> str | None:
        value: object = self.sheet
        for name in path.split("/"):
            value = getattr(value, name, None)
        if isinstance(value, Organisation):
            return " ".join(filter(None, (value.code, value.name))) or None
        return printed(value) if isinstance(value, Decimal) else (str(value) if value is not None else None)

    # --- blocks of their own --------------------------------------------------------------------------------

    def _part(self, block: HeadBlock) -> Iterator[Row]:
        path = next(block.fields)
        if path == _POINTS:
            yield from self._disbursement(block.label)
        elif path == _EXECUTION:
            if self.later is not None and self.later.execution is not None:
                yield from self._execution(block.label, self.later.execution)
        else:
            yield from self._goals(block)

    def _disbursement(self, label: str) -> Iterator[Row]:
        """The points of time side by side; where they are many, in several such lines."""
        room = self.width - 1
        for n in range(0, len(self.sheet.disbursement_plan), room):
            steps = self.sheet.disbursement_plan[n : n + room]
            spans = shared_by_width(self.grid[1:], len(steps))
            points = (label_cell(step.by, columns=k) for step, k in zip(steps, spans, strict=True))
            percents = [None if step.percent is None else f"{printed(step.percent)}%" for step in steps]
            yield (label_cell(label, rows=2), *points)
            yield tuple(
                Cell(words, columns=k, about=f"/disbursement_plan/{n + i}/percent")
                for i, (words, k) in enumerate(zip(percents, spans, strict=True))
            )

    def _execution(self, label: str, execution: Execution) -> Iterator[Row]:
        """What became of the money, a line a source; columns that say nothing are left out."""
        lines = list(execution.rows())
        in_order = sorted(AMOUNT_FIELDS, key=lambda field: _MONEY_ORDER.index(field.name))
        fields = [f for f in in_order if any(getattr(row, f.name) is not None for _, row in lines)]
        if not fields:
            return
        spans = shared_by_width(self.grid[2:], len(fields))
        titles = (label_cell(f.label, columns=k) for f, k in zip(fields, spans, strict=True))
        yield (label_cell(label, rows=len(lines) + 1), label_cell("资金来源"), *titles)
        for source, row in lines:
            amounts = (
                Cell(with_sign(f, getattr(row, f.name)), columns=k, about=f"/execution/{source}/{f.name}")
                for f, k in zip(fields, spans, strict=True)
            )
            yield (label_cell(source.label), *amounts)

    def _goals(self, block: HeadBlock) -> Iterator[Row]:
        """Goals, and what was reached of them beside them; or a blank for those of the long term."""
        room = self.width - 1
        left = room // 2
        goals = _together(self.sheet.goals, numbered=block.numbered)
        reached = _together(self.later.goals_reached if self.later else (), numbered=True)
        if reached:
            label = "年度总体目标"
            titled = [("预期目标", goals, "/goals"), (_label("goals_reached"), reached, "/goals_reached")]
        elif block.long_term:
            label, titled = block.label, [(block.long_term, "", ""), (block.title or _label("goals"), goals, "/goals")]
        else:
            label, titled = block.label, [(block.title, goals, "/goals")]
        spans = (left, room - left) if len(titled) > 1 else (room,)
        cells = tuple(
            Cell(words or None, columns=k, align=Align.LEFT, about=about)
            for (_, words, about), k in zip(titled, spans, strict=True)
        )
        if not any(title for title, _, _ in titled):
            yield (label_cell(label), *cells)
            return
        yield (
            label_cell(label, rows=2),
            *(label_cell(title, columns=k) for (title, _, _), k in zip(titled, spans, strict=True)),
        )
        yield cells

    # --- what is left ---------------------------------------------------------------------------------------

    def _below(self) -> Iterator[Row]:
        """What the sheet says and the layout has no place for, each under what forms call it."""
        placed = self.layout.placed
        if self.department and not any(path.startswith("department") for path in placed):
            yield (label_cell("主管部门"), Cell(self.department, columns=self.width - 1, align=Align.LEFT))
        for path in _REST:
            if not any(_covers(one, f"{_SHEET}{path}") for one in placed) and (words := self._words(path)):
                yield (
                    label_cell(_label(path)),
                    Cell(words, columns=self.width - 1, align=Align.LEFT, about=_about(f"{_SHEET}{path}")),
                )
        if _POINTS not in placed:
            yield from self._disbursement(f"{_label('disbursement_plan')}（%）")
        if _EXECUTION not in placed and self.later is not None and self.later.execution is not None:
            yield from self._execution(_label("execution"), self.later.execution)


def _covers(placed: str, path: str) -> bool:
    """Whether what is placed prints a field: the field itself, or the whole it is part of."""
    return path == placed or path.startswith(f"{placed}/")


def _label(path: str) -> str:
    """What forms call a field of a sheet."""
    return field_named(f"{_SHEET}{path}").label


def _about(path: str) -> str:
    """The pointer, within its sheet, of what a cell says; that of a unit is its name."""
    if not path.startswith(_SHEET):
        return ""
    end = path.removeprefix(_SHEET)
    return "/budget_unit/name" if end == "budget_unit" else f"/{end}"


def _together(goals: Sequence[Goal], *, numbered: bool) -> str:
    """Goals as one text: a line each, numbered unless whole sentences tell them apart, as readers do."""
    texts = [goal.text for goal in goals]
    if len(texts) == 1:
        return texts[0]
    if not numbered and all(text.endswith(_SENTENCE_ENDS) and unnumbered(text).style is None for text in texts):
        return "\n".join(texts)
    return "\n".join(f"{n}、{text}" for n, text in enumerate(texts, 1))
