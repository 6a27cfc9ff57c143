"""A goal sheet while it is read, and the sheets of several regions that one table opens together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from jixiao.domain.goal_sheet import Budget, Project
from jixiao.domain.note import Note
from jixiao.domain.organisation import NOBODY, Organisation
from jixiao.readers.raw import Paragraph
from jixiao.readers.sheets.aside import Aside
from jixiao.readers.sheets.contradictions import contradictions
from jixiao.readers.sheets.head import SheetHead
from jixiao.readers.sheets.head_values import HeadValues
from jixiao.readers.sheets.indicators import IndicatorRows
from jixiao.readers.sheets.regions import TurnedTable
from jixiao.readers.sheets.results import SheetResults
from jixiao.readers.sheets.stages import ReadSheet
from jixiao.readers.sheets.table import Cell, Row
from jixiao.readers.sheets.trace import Trace
from jixiao.vocabulary import Field, Vocabulary
from jixiao.vocabulary.cell_values import one_line
from jixiao.vocabulary.headings import project_in

_HEAD_LABELS = (
    Field.GOALS, Field.LONG_TERM_GOALS, Field.MONEY, Field.TOTAL, Field.FISCAL, Field.PURPOSE, Field.DISBURSEMENT,
    Field.BACKGROUND, Field.MONEY_PART,
)  # fmt: skip
_DOUBTFUL = Decimal("0.7")
_YEARS = re.compile(r"20\d\d(?=\s*年|\s*[-—–~至])")
_MOST_TOLD = 4
REFUSED = "table.order_lost"
"""The note on a sheet out of text that is not kept"""


def begins_head_row(row: Row) -> bool:
    """Whether a row begins with a label that only heads have."""
    return row.fields[0] in _HEAD_LABELS


class Draft:
    """A goal sheet being read: its head, its indicators, its results."""

    def __init__(
        self, n: int, trace: Trace, vocabulary: Vocabulary, heading: Paragraph | None = None, year: int | None = None
    ) -> None:
        self._vocabulary = vocabulary
        self.trace = trace.below("goal_sheets", n)
        self.results = SheetResults(self.trace)
        self.head = SheetHead(n + 1, self.trace, self.results)
        self.rows = IndicatorRows(self.trace, self.results)
        self.aside = Aside(self.trace)
        self.heading = heading
        self.year = year
        """that of a line under the title"""
        self.is_library = False
        self.text: list[Row] = []
        """the rows that came out of text, whose cells may be cut or placed wrongly"""
        self._in_head = False
        """whether rows of the head go on under the first indicators"""

    def goes_back(self, row: Row) -> bool:
        """Rows of the head between two blocks of indicators, or under them: the goals of the year, the money."""
        if any(cell.label.is_level for cell in row.words) or row.words[0].label.is_tail:
            self._in_head = False
        elif len(row.words) > 1 and begins_head_row(row):
            self._in_head = True
        return self._in_head

    def meets_indicators(self) -> None:
        """The head is over: a header of indicators follows."""
        self.head.started, self._in_head = True, False

    @property
    def is_empty(self) -> bool:
        """Whether nothing of a sheet was met: a line alone that is named like a label."""
        return not (self.rows.reading or self.heading or self.head.known != HeadValues())

    def refusal(self, read: ReadSheet) -> Note | None:
        """Why a sheet out of text cannot be right, with all its words; None where nothing speaks against it."""
        if not self.text:
            return None
        notes = [note for note in self.trace.notes if note.pointer.startswith(f"{self.trace.prefix}/")]
        found = list(dict.fromkeys(contradictions(read.sheet, notes, self.rows.outside, self._vocabulary)))
        if not found:
            return None
        words = "｜".join(one_line(cell.text) for row in self.text for cell in row.words)
        place = next((row.words[0].place.label for row in self.text if row.words), "")
        message = f"{place}起的表由纯文字还原，各格对不上（{'；'.join(found[:_MOST_TOLD])}），为免错位整张未读入，"
        return Note(REFUSED, "", f"{message}请提供 Word、Excel 原件。原文为：{words}")

    def forget(self) -> None:
        """Take back what the sheet left in the trace."""
        inside = (self.trace.prefix, f"{self.trace.prefix}/")
        for pointer in [p for p in self.trace.places if p == inside[0] or p.startswith(inside[1])]:
            del self.trace.places[pointer]
        kept = [n for n in self.trace.notes if not (n.pointer == inside[0] or n.pointer.startswith(inside[1]))]
        self.trace.notes[:] = kept

    def finish(self) -> ReadSheet:
        """The sheet as read; the heading names the project where the table does not."""
        if self.heading is not None and (name := project_in(self.heading.text, self._vocabulary)):
            self._compare_heading(name, self.heading)
        self.aside.finish(self.head)
        sheet = replace(self.head.finish(), indicators=self.rows.finish(), total_weight=self.results.total_weight)
        if self.is_library and sheet.project == Project() and not sheet.goals and sheet.budget.total is None:
            message = "这张表没有项目，像是绩效指标库，按一张只有指标的绩效目标表读入。"
            self.trace.note("sheet.indicator_library", message, confidence=_DOUBTFUL)
        offered = self.rows.offered | self.head.offered
        columns = (*self.head.money_columns, *self.rows.columns)
        return ReadSheet(sheet, self.results.filled(self.rows.filled), self.heading, offered, columns, self.own_year)

    @property
    def own_year(self) -> int | None:
        """The year that the form names for itself: under its title, in its head, in a title that names no project."""
        if self.year is not None or self.head.year is not None:
            return self.year or self.head.year
        if self.heading is None or project_in(self.heading.text, self._vocabulary):
            return None  # a project's name may tell of another year
        named = {int(year) for year in _YEARS.findall(self.heading.text)}
        return named.pop() if len(named) == 1 else None

    def _compare_heading(self, name: str, heading: Paragraph) -> None:
        """Where both the heading and the table name the project they should agree."""
        head, named = self.head, self.head.known.project.name
        if named is None:
            head.known.project = replace(head.known.project, name=name)
            self.trace.put(heading.place, "project", "name")
            message = f"表内没有项目名称，取自标题“{heading.text}”。"
            self.trace.note("project.name_from_heading", message, "project", "name", confidence=_DOUBTFUL)
        elif "".join(name.split()) not in "".join(named.split()):
            message = f"标题为“{heading.text}”，表内项目名称是“{named}”，采用表内的名称。"
            self.trace.note("heading.differs", message, "project", "name")


def per_region(first: Draft, further: Sequence[Draft], regions: Sequence[Cell]) -> None:
    """Give each region its sheet: project and goals are those of the whole, the region is the budget unit."""
    trace, whole = first.trace, first.head.known
    budget = whole.budget
    if amounts := [format(v, "f") for v in (budget.total, budget.fiscal, budget.other) if v is not None]:
        message = f"资金为各地合计，未计入任何一地：{'｜'.join(amounts)}"
        trace.note("column.not_kept", message, "budget")
    if whole.budget_unit != NOBODY:
        trace.note("unplaced", f"预算单位按地区读入，表头的“{whole.budget_unit.name}”未读入。", "budget_unit")
    common = replace(whole, budget=Budget(budget.currency_unit), budget_unit=NOBODY)
    own = (f"{trace.prefix}/budget/", f"{trace.prefix}/budget_unit")
    for pointer in [p for p in trace.places if p.startswith(own)]:
        del trace.places[pointer]
    known = {p.removeprefix(trace.prefix): v for p, v in trace.places.items() if p.startswith(f"{trace.prefix}/")}
    for draft, region in zip((first, *further), regions, strict=True):
        name = one_line(region.text)
        head = draft.head
        head.known = replace(common, budget_unit=Organisation(None, name))
        head.started = True
        for pointer, where in known.items():
            draft.trace.places.setdefault(draft.trace.prefix + pointer, where)
        draft.trace.put_cell(region, "budget_unit")
        message = f"一张表列出几个地区的指标值，每个地区读作一张绩效目标表，这一张是“{name}”。"
        draft.trace.note("sheet.per_place", message, "budget_unit")


def read_turned(over: TurnedTable, drafts: Sequence[Draft]) -> None:
    """Read a table whose indicators are columns and whose rows are regions, a draft each."""
    for draft, region in zip(drafts, over.regions, strict=True):
        for label, field, values in over.fields:
            if (value := values.get(region.row)) is not None:
                _field_of_region(draft, label, field, value)
        header, table = over.of_region(region)
        draft.rows.begin(header, region)
        for row in table.rows:
            draft.rows.row(table, row)


def _field_of_region(draft: Draft, label: Cell, field: Field | None, value: Cell) -> None:
    if field is Field.GOALS:
        draft.head.goals([value])
    elif field is not None:
        draft.head.value(field, value)
    else:
        draft.trace.note("column.not_kept", f"“{one_line(label.text)}”一栏未读入：{one_line(value.text)}")
