"""A sheet as cells to write in, for a page: what each shows, what may stand in it, what is said of it. Values only.

Cells go by the id of their thing and the pointer below it, as operations do: ``r_…`` and ``/target``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from jixiao.domain.cells import cell_text, choices, printed
from jixiao.domain.finding import Finding
from jixiao.domain.form import FormField, Kind, field_named
from jixiao.domain.goal_sheet import GoalSheet
from jixiao.domain.plan import Plan
from jixiao.domain.stage import Stage
from jixiao.layouts import HeadBlock, HeadCell, IndicatorColumn, Layout, hint_of, usual
from jixiao.web.editor.said import Found, Said, key_of
from jixiao.web.goals.form_view import Marked


@dataclass(frozen=True)
class EditCell:
    """A cell. ``kind`` is ``line``, ``text`` (several lines), ``number`` or ``choice``; ``last_year`` what stood there a year ago."""

    thing: str
    below: str
    label: str
    text: str
    kind: str = "line"
    choices: tuple[str, ...] = ()
    hint: str = ""
    unit: str = ""
    findings: tuple[Marked, ...] = ()
    notes: tuple[str, ...] = ()
    last_year: str = ""

    @property
    def key(self) -> str:
        """How pages name it; also the id of its element."""
        return key_of(self.thing, self.below)

    @property
    def gravest(self) -> str:
        """How grave the gravest finding is; empty where there is none."""
        if not self.findings:
            return ""
        return min(self.findings, key=lambda one: one.finding.severity.rank).finding.severity.value


@dataclass(frozen=True)
class EditRow:
    """A thing of a list, with its cells; ``inner`` are lists within it."""

    thing: str
    cells: tuple[EditCell, ...]
    number: int
    inner: tuple[EditList, ...] = ()


@dataclass(frozen=True)
class EditList:
    """A list of things 「指标」「目标」, to which rows are added. ``blank`` is a row as it looks before anything is written."""

    holder: str
    name: str
    label: str
    columns: tuple[EditCell, ...]
    rows: tuple[EditRow, ...]
    blank: EditRow
    prefix: str
    look: str = "table"
    """``table``; ``blocks`` of cells one below the other; ``strip``: narrow ones side by side"""
    widths: tuple[int, ...] = ()

    @property
    def is_table(self) -> bool:
        return self.look == "table"

    def every(self) -> Iterator[EditCell]:
        """All cells of its rows, and of the lists within them."""
        for row in self.rows:
            yield from row.cells
            for inner in row.inner:
                yield from inner.every()


@dataclass(frozen=True)
class EditSlot:
    """A place in a line of a head: a ``label``, cells to write in, or a list; ``text`` is printed and not written here."""

    label: str = ""
    cells: tuple[EditCell, ...] = ()
    list: EditList | None = None
    text: str = ""
    columns: int = 1
    rows: int = 1
    before: bool = False
    """the cells say what they are themselves: no label stands at their left"""


@dataclass(frozen=True)
class EditPart:
    """A part of the form: the lines of a head on its grid (``widths`` in hundredths), or lists under a ``title``."""

    title: str = ""
    lines: tuple[tuple[EditSlot, ...], ...] = ()
    lists: tuple[EditList, ...] = ()
    widths: tuple[int, ...] = ()

    def every(self) -> Iterator[EditCell]:
        """All cells, those of rows with them."""
        for slot in (slot for line in self.lines for slot in line):
            yield from slot.cells
            if slot.list is not None:
                yield from slot.list.every()
        for one in self.lists:
            yield from one.every()


@dataclass(frozen=True)
class EditForm:
    """The form, with all findings in the order of the document."""

    parts: tuple[EditPart, ...]
    found: tuple[Found, ...] = ()


_LONG = frozenset({"purpose", "text", "description", "goal", "basis", "name", "target"})
_SHEET, _ROW, _ACTIVITY = "goal_sheets/*/", "goal_sheets/*/indicators/*/", "activities/*/"
_TYPED_IN = 13
"""Width at least of a column of sentences: what is written takes more room than what is printed"""
_BELOW = ("project/code", "project/name", "budget/total", "budget/fiscal", "budget/other", "purpose")
"""What a sheet holds that every form has, in some place or other"""
_SCALE = tuple(f"rating_scale/{grade}" for grade in ("excellent", "good", "fair", "poor"))
_PREFIX = {
    "indicators": "r",
    "goals": "g",
    "overall_goals": "g",
    "disbursement_plan": "d",
    "activities": "a",
    "activities/indicators": "i",
    "safeguards": "m",
}


def edit_form(
    plan: Plan,
    findings: Sequence[Finding],
    layout: Layout,
    last_year: Mapping[str, Mapping[str, str]] | None = None,
) -> EditForm:
    """The form of a plan of one sheet, or of Part One where it has none, as a layout prints it.

    ``last_year``: by row id and cell, what stood there a year ago.
    """
    page = _Page(plan, findings, layout, last_year or {})
    parts = page.sheet(plan.goal_sheets[0]) if plan.goal_sheets else page.part_one()
    return EditForm(tuple(parts), tuple(page.found()))


class _Page(Said):
    """The parts of a form as a layout prints it."""

    def __init__(
        self, plan: Plan, findings: Sequence[Finding], layout: Layout, last_year: Mapping[str, Mapping[str, str]]
    ) -> None:
        super().__init__(plan, findings)
        self._layout, self._last_year = layout, last_year

    # --- the sheet of a project ---

    def sheet(self, sheet: GoalSheet) -> Iterator[EditPart]:
        columns = self._columns(sheet)
        grid = self._layout.grid if len(self._layout.grid) >= len(columns) else tuple(c.width for c in columns)
        total = sum(grid)
        lines = tuple(self._lines(sheet, len(grid)))
        yield EditPart(lines=lines, widths=tuple(round(100 * width / total) for width in grid))
        names = [column.field.removeprefix(_ROW) for column in columns]
        wide = [max(c.width, _TYPED_IN) if c.form_field.kind is Kind.TEXT else c.width for c in columns]
        widths = tuple(round(100 * width / sum(wide)) for width in wide)
        rows = self._list(sheet.id, "indicators", f"{_SHEET}indicators", names)
        labels = tuple(replace(cell, label=c.label) for cell, c in zip(rows.columns, columns, strict=True))
        yield EditPart(title=rows.label, lists=(replace(rows, columns=labels, widths=widths),))

    def _columns(self, sheet: GoalSheet) -> tuple[IndicatorColumn, ...]:
        """Those of the layout, and of all others those in which something stands."""
        stand = self._layout.columns_at(Stage.GOALS)
        own = {column.field.removeprefix(_ROW).split("/")[0] for column in stand}
        more = (column for column in usual().columns if Stage.GOALS in column.at or column.field == f"{_ROW}weight")
        said = tuple(
            column
            for column in more
            if (name := column.field.removeprefix(_ROW)) not in own
            and any(cell_text(self.plan, f"{self.pointers[row.id]}/{name}") for row in sheet.indicators)
        )
        return (*stand, *said)

    def _lines(self, sheet: GoalSheet, width: int) -> Iterator[tuple[EditSlot, ...]]:
        for block in self._layout.head:
            if block.part:
                yield from self._part(sheet, block, width)
                continue
            room = width - bool(block.label)
            unit = sheet.budget.currency_unit
            said = f"{block.label}（{unit}）" if block.states_unit and unit else block.label
            for n, line in enumerate(block.lines):
                slots = tuple(self._slots(sheet, line, room))
                yield (EditSlot(said, rows=len(block.lines)), *slots) if block.label and n == 0 else slots
        placed = self._layout.placed
        for name in _BELOW:
            one = field_named(f"{_SHEET}{name}")
            if f"{_SHEET}{name}" not in placed and f"{_SHEET}{name.split('/')[0]}" not in placed:
                cell = self._cell(sheet.id, f"/{name}", f"{_SHEET}{name}")
                if cell.text:
                    yield (EditSlot(one.label), EditSlot(cells=(cell,), columns=width - 1))

    def _slots(self, sheet: GoalSheet, line: Sequence[HeadCell], room: int) -> Iterator[EditSlot]:
        left = room - sum(cell.columns + bool(cell.label) * cell.label_columns for cell in line)
        for head in line:
            if head.label:
                yield EditSlot(head.label, columns=head.label_columns)
            columns = head.columns or left
            if head.field.startswith("department"):
                yield EditSlot(text=self.plan.department.label or "", columns=columns)
            elif not head.field:
                yield EditSlot(columns=columns)
            else:
                yield EditSlot(cells=tuple(self._cells_of(sheet, head)), columns=columns, before=not head.label)

    def _cells_of(self, sheet: GoalSheet, head: HeadCell) -> Iterator[EditCell]:
        """The cell of a field; of one that has a code and a name, both."""
        one = field_named(head.field)
        below = f"/{head.field.removeprefix(_SHEET)}"
        if one.kind is Kind.PART:
            for part in one.fields:
                yield self._cell(sheet.id, f"{below}/{part.name}", f"{head.field}/{part.name}")
        else:
            yield self._cell(sheet.id, below, head.field)

    def _part(self, sheet: GoalSheet, block: HeadBlock, width: int) -> Iterator[tuple[EditSlot, ...]]:
        if block.part == "disbursement_plan":
            steps = self._list(sheet.id, block.part, f"{_SHEET}{block.part}", ("by", "percent"))
            found = replace(steps, look="strip")
        elif block.part == "goals":
            found = self._texts(sheet.id, "goals", f"{_SHEET}goals")
        else:
            return
        yield (EditSlot(block.label), EditSlot(list=found, columns=width - 1))

    # --- the department's part ---

    def part_one(self) -> Iterator[EditPart]:
        part = self._layout.part_one
        names = ("department/code", "department/name", "currency_unit")
        slots = [
            slot
            for name in names
            for slot in (EditSlot(field_named(name).label), EditSlot(cells=(self._cell("", f"/{name}", name),)))
        ]
        yield EditPart(lines=(tuple(slots),), widths=(12, 14, 12, 34, 12, 16))
        yield EditPart(part.overall, lists=(self._texts("", "overall_goals", "overall_goals"),))
        columns = [
            c.field.removeprefix(_ACTIVITY) for c in part.activities.columns if not c.field.endswith("indicators")
        ]
        inner = ("indicators", f"{_ACTIVITY}indicators", ("text", *_SCALE))
        activities = self._list("", "activities", "activities", columns, inner)
        yield EditPart(part.activities.title, lists=(activities,))
        safeguards = self._list("", "safeguards", "safeguards", ("heading", "text"))
        yield EditPart(part.safeguards, lists=(replace(safeguards, widths=(25, 75)),))

    # --- lists and cells ---

    def _texts(self, holder: str, name: str, path: str) -> EditList:
        one = field_named(path)

        def row(id_: str, n: int) -> EditRow:
            return EditRow(id_, (self._cell(id_, "", path, kind="text"),), n)

        return self._made(holder, name, one.label, row, "blocks")

    def _list(
        self,
        holder: str,
        name: str,
        path: str,
        cells: Sequence[str],
        inner: tuple[str, str, Sequence[str]] | None = None,
    ) -> EditList:
        def row(id_: str, n: int) -> EditRow:
            own = tuple(self._cell(id_, f"/{cell}", f"{path}/*/{cell}") for cell in cells)
            within = (self._list(id_, *inner),) if inner is not None and id_ else ()
            return EditRow(id_, own, n, within)

        return self._made(holder, name, field_named(path).label, row, "table" if inner is None else "blocks")

    def _made(self, holder: str, name: str, label: str, row: Callable[[str, int], EditRow], look: str) -> EditList:
        rows = tuple(row(id_, n) for n, id_ in enumerate(self._ids(holder, name), 1))
        blank: EditRow = row("", 0)
        inside = "activities/indicators" if name == "indicators" and holder.startswith("a_") else name
        return EditList(holder, name, label, blank.cells, rows, blank, _PREFIX[inside], look)

    def _ids(self, holder: str, name: str) -> list[str]:
        own = f"{self.pointers[holder]}/{name}/"
        return [id_ for id_, place in self.pointers.items() if place.startswith(own) and "/" not in place[len(own) :]]

    def _cell(self, thing: str, below: str, path: str, kind: str = "") -> EditCell:
        one = field_named(path)
        pointer = self.pointers.get(thing)
        place = "" if pointer is None or not (thing or below) else f"{pointer}{below}"
        text = (cell_text(self.plan, place) or "") if place else ""
        may = self._choices(one)
        return EditCell(
            thing,
            below,
            one.label,
            text,
            kind or _kind(one, may),
            may if not text or not may or text in may else (text, *may),
            hint_of(self._layout, path),
            one.unit,
            tuple(self.said.get(place, ())) if place else (),
            tuple(note.message for note in self.notes.get(place, ())) if place else (),
            self._last_year.get(thing, {}).get(below, ""),
        )

    def _choices(self, one: FormField) -> tuple[str, ...]:
        """What a cell may hold: the levels as the layout prints them, whatever its kind has elsewhere."""
        kinds = self._layout.kinds
        if one.kind is Kind.CLASS:
            return tuple(printed(class_) for class_ in kinds)
        if one.kind is Kind.KIND:
            return tuple(dict.fromkeys(printed(kind) for some in kinds.values() for kind in some))
        return choices(one.kind)


def _kind(one: FormField, may: tuple[str, ...]) -> str:
    if may:
        return "choice"
    if one.kind.is_number:
        return "number"
    return "text" if one.name in _LONG else "line"
