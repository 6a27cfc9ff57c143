"""Reads goal sheets out of grids by the words their forms print.

Rows are taken in turn: those of the head (``head.py``) until the header row of the indicator table, then indicators
(``indicators.py``). A wide list of all projects of a unit (``wide_list.py``) and a table with values for several regions
(``regions.py``) hold several sheets; department sheets list their tasks (``activity_table.py``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from jixiao.domain.filled import FilledRow
from jixiao.domain.goal_sheet import Budget, GoalSheet
from jixiao.domain.indicator import Indicator
from jixiao.domain.money import CurrencyUnit
from jixiao.domain.organisation import NOBODY, Organisation
from jixiao.domain.plan import Activity
from jixiao.readers.raw import Paragraph
from jixiao.readers.sheets.activity_table import ActivityRows, is_activity_header
from jixiao.readers.sheets.draft import Draft, begins_head_row, per_region, read_turned
from jixiao.readers.sheets.head_rows import is_unit_row
from jixiao.readers.sheets.header import is_header
from jixiao.readers.sheets.header_content import header_at
from jixiao.readers.sheets.recognise import is_library_header
from jixiao.readers.sheets.regions import TurnedTable, header_of_region, region_columns, turned
from jixiao.readers.sheets.stages import ReadSheet
from jixiao.readers.sheets.table import Block, Cell, Row, Table
from jixiao.readers.sheets.trace import Trace
from jixiao.readers.sheets.wide_list import WideList, fields_of, is_numbering, is_upper_header, joined_header
from jixiao.vocabulary import Field, Vocabulary
from jixiao.vocabulary.cell_values import one_line
from jixiao.vocabulary.headings import is_sheet_heading, project_in, unit_in
from jixiao.vocabulary.labelled_lines import OPENINGS, OWNERS

_YEAR_LINE = re.compile(r"[（(【]?\s*(20\d\d)\s*年度?\s*[)）】]?")


@dataclass(frozen=True, slots=True)
class ReadSheets:
    """Goal sheets, and what their heads say of the whole: 主管部门, 年度, the tasks of the department."""

    read: tuple[ReadSheet, ...]
    activities: tuple[Activity, ...] = ()
    currency_unit: CurrencyUnit | None = None
    """the unit of the tasks' amounts"""
    department: Organisation = NOBODY
    year: int | None = None
    titles: tuple[Paragraph, ...] = ()
    """headings that name the form and no project"""
    first_heading: Paragraph | None = None
    """the heading of the first sheet"""

    @property
    def sheets(self) -> tuple[GoalSheet, ...]:
        """The goals of each sheet."""
        return tuple(one.sheet for one in self.read)


class GoalSheetReader:
    """Reads sheets one after another from the blocks that are given to it."""

    def __init__(self, trace: Trace, vocabulary: Vocabulary, first_activity: int = 0) -> None:
        self._trace = trace
        self._vocabulary = vocabulary
        self._first_activity = first_activity
        self._activities: list[Activity] = []
        self._currency_unit: CurrencyUnit | None = None
        self._tasks: ActivityRows | None = None
        self._sheets: list[ReadSheet] = []
        self._draft: Draft | None = None
        self._heading: Paragraph | None = None
        self._units: list[Paragraph] = []
        self._department = NOBODY
        self._year: int | None = None
        self._year_above: int | None = None
        """the year of a line over the next sheet"""
        self._wide: WideList | None = None
        self._regions: list[Draft] = []
        """the sheets of the further regions of a table with values for several"""
        self._skipped = -1
        self._titles: dict[str, Paragraph] = {}
        self._first_heading: Paragraph | None = None

    def paragraph(self, paragraph: Paragraph) -> None:
        """A heading or unit line before a sheet's table."""
        if self._enters_horizon(paragraph) or self._year_line(paragraph):
            return
        if is_sheet_heading(paragraph.text, self._vocabulary):
            self._close()
            self._tell_heading_without_table()
            self._heading = paragraph
        else:
            self._units.append(paragraph)
            if self._draft and self._draft.head.started:
                self._close()

    def table(self, table: Table) -> None:
        """A table: a sheet, part of one, or several."""
        first = next((cell for cell in table.cells() if cell.text), None)
        if first and self._draft and self._draft.rows.reading and first.label.field in OWNERS:
            self._close()
        self._wide, self._skipped = None, -1
        over = turned(table)
        for row in table.rows[: over.above.stop if over else None]:
            if row.words and row.index != self._skipped and not is_upper_header(table, row):
                self._row(table, row)
        if over is not None:
            self._turned(over)
            for cell in (c for r in over.below for c in table.rows[r].words):
                self._trace.note("unplaced", f"表下的文字未读入：{one_line(cell.text)}", "goal_sheets")
        self._end_tasks()

    def listed(self, head: Table | None, indicators: tuple[Indicator, ...], filled: tuple[FilledRow, ...]) -> None:
        """A sheet whose head and indicators stood in running text."""
        self._close()
        self._open()
        before = len(self._sheets)
        if head is not None:
            self.table(head)
        self._close()
        if len(self._sheets) == before:  # the head says nothing, or is a title alone
            self._sheets.append(self._open().finish())
            self._draft = None
        last = self._sheets[-1]
        self._sheets[-1] = replace(
            last, sheet=replace(last.sheet, indicators=indicators), filled=replace(last.filled, rows=filled)
        )

    def finish(self) -> ReadSheets:
        self._close()
        self._tell_heading_without_table()
        for paragraph in self._units:
            self._trace.note("unplaced", f"{paragraph.place.label}的文字下面没有绩效目标表，未读入：{paragraph.text}")
        return ReadSheets(
            tuple(self._sheets),
            tuple(self._activities),
            self._currency_unit,
            self._department,
            self._year,
            tuple(self._titles.values()),
            self._first_heading,
        )

    def _tell_heading_without_table(self) -> None:
        if self._heading is not None and project_in(self._heading.text, self._vocabulary):
            self._trace.note("sheet.no_table", f"标题“{self._heading.text}”下面没有读到绩效目标表，请核对原文件。")

    # --- rows ---------------------------------------------------------------------------------------------

    def _title_row(self, cells: Sequence[Cell]) -> bool:
        """A row that holds a title or the year alone, as forms print above their head inside the table."""
        if len(cells) > 1 or cells[0].label.field is not None:
            return False
        text = one_line(cells[0].text)
        paragraph = Paragraph(text, cells[0].place)
        if self._enters_horizon(paragraph):
            return True
        if is_sheet_heading(text, self._vocabulary):
            self.paragraph(paragraph)
            return True
        if self._year_line(paragraph):
            self._trace.note("fiscal_year.from_head", f"表内年度为“{text}”。")
            return True
        return False

    def _year_line(self, paragraph: Paragraph) -> bool:
        """A line under a title that only names the year: that of the sheet it stands over, or in whose head it stands."""
        m = _YEAR_LINE.fullmatch(paragraph.text)
        if m is None:
            return False
        self._year = self._year or int(m[1])
        self._trace.places.setdefault("/fiscal_year", paragraph.place)
        if self._draft is None or self._draft.rows.reading:
            self._year_above = int(m[1])
        else:
            self._draft.year = int(m[1])
        return True

    def _enters_horizon(self, paragraph: Paragraph) -> bool:
        """A line over one of two blocks of indicators inside a sheet: 长期绩效目标表, 年度绩效目标表."""
        horizon = self._vocabulary.label(paragraph.text.strip().removesuffix("表")).horizon
        if (
            horizon is None
            or self._draft is None
            or not self._draft.head.started
            or not self._draft.rows.enter(horizon)
        ):
            return False
        self._titles[paragraph.text] = paragraph
        return True

    def _row(self, table: Table, row: Row) -> None:
        if self._title_row(row.words) or is_numbering(row) or self._task_row(table, row):
            return
        if is_header(row):
            self._header(table, row)
            return
        if self._wide is not None:
            if self._wide_row(table, row, self._wide):
                return
        elif self._opens(row):
            self._open()
        draft = self._draft or self._open()
        if table.pieced:
            draft.text.append(row)
        if draft.rows.reading and not draft.goes_back(row):
            for each in (draft, *self._regions):
                each.rows.row(table, row)
        elif draft.head.reads_money(table, row):
            draft.head.row(table, row)
        elif (left := draft.aside.take(table, row, in_money=draft.head.in_money)).words:
            draft.head.row(table, left)

    def _header(self, table: Table, row: Row) -> None:
        cells = joined_header(table, row)
        if Field.PROJECT_NAME in fields_of(cells):
            wide = WideList(cells)
            again = self._wide is not None and self._wide.fields == wide.fields  # printed again on another page
            self._wide = self._wide if again else wide
            return
        draft = self._draft or self._open()
        draft.meets_indicators()
        draft.is_library = is_library_header(cells)
        header = header_at(table, cells)
        if regions := region_columns(table, row, header):
            self._skipped = regions[0].row if regions[0].row != row.index else -1
            taken = {region.column for region in regions}
            for each, region in zip(self._open_regions(draft, regions), regions, strict=True):
                each.rows.begin(header_of_region(header, region, taken), cells[0])
                each.rows.ignore(taken, others_tell=each is not draft)
        else:
            draft.rows.header(table, cells)

    def _wide_row(self, table: Table, row: Row, wide: WideList) -> bool:
        """In a wide list a row with another project opens its sheet; whether the row has no indicator, and is done with."""
        alone = wide.is_line(row)
        if alone and wide.takes_unit(table, row):
            return True
        if wide.opens(table, row):
            above = self._draft  # a line over the list may have named its unit
            begun = above is not None and above.head.started and not (above.rows.reading or above.head.named)
            draft = above if above is not None and begun else self._open()
            wide.year = draft.year = draft.own_year or wide.year
            wide.fill(table, row, draft.head, alone=alone)
            if wide.over is not None and self._department == NOBODY:
                self._department, self._trace.places["/department"] = wide.over
            draft.rows.header(table, wide.header)
            draft.rows.ignore(wide.positions)
        elif self._draft is not None:
            wide.fill_rest(table, row, self._draft.head)
        return alone

    # --- tasks of a department ----------------------------------------------------------------------------

    def _task_row(self, table: Table, row: Row) -> bool:
        """A row of the table of tasks that department sheets have between their goals and their indicators."""
        if is_activity_header(row) and not is_header(row):
            self._end_tasks()
            self._tasks = ActivityRows(table, self._trace, self._first_activity + len(self._activities))
        if self._tasks is None:
            return False
        totals = row.words[0].label.is_one_of("activity_totals")
        if is_header(row) or (begins_head_row(row) and not totals and not self._tasks.is_header(row)):
            self._end_tasks()
            return False
        self._tasks.take(row)
        return True

    def _end_tasks(self) -> None:
        if self._tasks is not None:
            self._activities += self._tasks.activities
            self._currency_unit = self._currency_unit or self._tasks.unit
            self._tasks = None

    # --- several regions in one table ----------------------------------------------------------------------

    def _open_regions(self, draft: Draft, regions: Sequence[Cell]) -> tuple[Draft, ...]:
        """The drafts of all regions; the first goes on with the head read so far."""
        self._regions = [
            Draft(len(self._sheets) + n, self._trace, self._vocabulary, draft.heading, draft.year)
            for n in range(1, len(regions))
        ]
        per_region(draft, self._regions, regions)
        return (draft, *self._regions)

    def _turned(self, over: TurnedTable) -> None:
        draft = self._draft if self._draft and not self._draft.rows.reading else self._open()
        read_turned(over, self._open_regions(draft, over.regions))

    # --- one sheet after another --------------------------------------------------------------------------

    def _opens(self, row: Row) -> bool:
        """A unit line, or a project label, after a sheet that already has its own."""
        draft = self._draft
        if draft is None or not draft.head.started:
            return False
        fields = row.any_fields
        named = draft.head.named or draft.rows.reading
        if named and not fields.isdisjoint(OPENINGS) and not self._same_head(draft, fields):
            return True
        if row.states_unit:
            return draft.rows.reading or draft.head.known.budget != Budget()
        return named and is_unit_row(row)

    def _same_head(self, draft: Draft, fields: frozenset[Field]) -> bool:
        """The project's code and name may stand on two rows of one head."""
        project = draft.head.known.project
        return not draft.rows.reading and (
            (Field.PROJECT_NAME in fields and project.name is None)
            or (Field.PROJECT_CODE in fields and project.code is None)
        )

    # --- the beginning and the end of a sheet -------------------------------------------------------------

    def _open(self) -> Draft:
        self._close()
        draft = Draft(len(self._sheets), self._trace, self._vocabulary, self._heading, self._year_above)
        self._draft, self._heading, self._year_above = draft, None, None
        for paragraph in self._units:
            unit, declares_currency = unit_in(paragraph.text)
            draft.head.unit_words(unit, paragraph, declares_currency=declares_currency)
        self._units = []
        return draft

    def _close(self) -> None:
        drafts = [self._draft, *self._regions] if self._draft else []
        self._draft, self._regions = None, []
        read = [draft.finish() for draft in drafts]
        refused = [note for draft, one in zip(drafts, read, strict=True) if (note := draft.refusal(one)) is not None]
        if refused:
            for draft in drafts:
                draft.forget()
            self._trace.notes += refused
            return
        for draft, one in zip(drafts, read, strict=True):
            if draft.is_empty:
                self._heading = self._heading or draft.heading
                continue
            if not self._sheets:
                self._first_heading = draft.heading
            self._sheets.append(one)
            if draft.heading is not None and project_in(draft.heading.text, self._vocabulary) is None:
                self._titles[draft.heading.text] = draft.heading
            if self._department == NOBODY:
                self._department = draft.head.department
            self._year = self._year or draft.head.year


def sheets_of(blocks: Iterator[Block], trace: Trace, vocabulary: Vocabulary, first_activity: int = 0) -> ReadSheets:
    """The goal sheets in a run of headings, unit lines and tables; ``first_activity`` is the index of the first task."""
    reader = GoalSheetReader(trace, vocabulary, first_activity)
    for block in blocks:
        if isinstance(block, Table):
            reader.table(block)
        else:
            reader.paragraph(block)
    return reader.finish()
