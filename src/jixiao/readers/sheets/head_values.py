"""What the head of a goal sheet says, as far as it has been read."""

from __future__ import annotations

from dataclasses import dataclass, replace

from jixiao.domain.goal import Goal
from jixiao.domain.goal_sheet import Budget, DisbursementStep, Project
from jixiao.domain.organisation import NOBODY, Organisation
from jixiao.readers.sheets.table import Cell, Table
from jixiao.readers.sheets.trace import Trace
from jixiao.vocabulary import Field
from jixiao.vocabulary.cell_values import blank_if_dashes, code_and_name, one_line

NO_PROJECT = Project()
_NO_MONEY = Budget()


@dataclass(slots=True)
class HeadValues:
    """What is known of a head so far."""

    project: Project = NO_PROJECT
    budget_unit: Organisation = NOBODY
    budget: Budget = _NO_MONEY
    purpose: str | None = None
    disbursement_plan: tuple[DisbursementStep, ...] = ()
    goals: tuple[Goal, ...] = ()


def is_blank_beside(table: Table, label: Cell) -> bool:
    """Whether the form has a cell behind a label and nothing, or only dashes, stand in it. Sheets and lines of text do not keep
    cells without words: there it is a column that other rows have.
    """
    end = label.column + label.column_span
    beside = table.at(label.row, end)
    if beside is None:
        return any(cell.column >= end for cell in table.cells())
    return beside.row == label.row and not blank_if_dashes(one_line(beside.text))


def read_project(known: HeadValues, label: Field, cell: Cell, trace: Trace) -> bool:
    """Read the project's code or name, or both where they stand in one cell; False where another was read before."""
    text = one_line(cell.text)
    code, name = code_and_name(text)
    if code is None and label is Field.PROJECT_CODE:
        code, name = text, None
    before = known.project
    if code is not None and name is not None and before.code not in (None, code):
        code, name = None, text  # another code than that of its own cell is left with the name
    for field, words in (("code", code), ("name", name)):
        if words and (kept := blank_if_dashes(words)) and getattr(before, field) is None:
            known.project = replace(known.project, **{field: kept})
            trace.put_cell(cell, "project", field)
    return known.project != before or blank_if_dashes(text) is None or text in (before.code, before.name)
