"""Who answers for the project of a sheet 「主管部门」, where a form names one or several."""

from __future__ import annotations

from jixiao.domain.organisation import NOBODY, Organisation
from jixiao.readers.sheets.table import Cell
from jixiao.readers.sheets.trace import Trace
from jixiao.vocabulary.cell_values import blank_if_dashes, one_line, organisation_of


class Answerable:
    """The department of one head: of those at several levels of government the one nearest to who spends the money."""

    def __init__(self, trace: Trace) -> None:
        self._trace = trace
        self._cell: Cell | None = None
        self._nearness = -1
        self.department: Organisation = NOBODY

    def take(self, cell: Cell, announced: Cell | None) -> None:
        """Read the value behind a label; forms of transfers name a department at every level, from the ministry down."""
        text, before = one_line(cell.text), self._cell
        found = organisation_of(text)
        if found in (NOBODY, self.department) or blank_if_dashes(text) is None:
            return
        nearness = announced.label.nearness if announced is not None else 0
        nearer = nearness > self._nearness
        if before is None:
            self._trace.note("department.from_head", f"表内主管部门为“{text}”。")
        else:
            kept, left = (cell, before) if nearer else (before, cell)
            message = f"表内有几级主管部门，取“{one_line(kept.text)}”；“{one_line(left.text)}”未读入。"
            self._trace.note("row.not_kept", message)
        if nearer:
            self.department, self._cell, self._nearness = found, cell, nearness
            self._trace.places["/department"] = cell.place
