"""A sheet as cells to write in, for a page: what each shows, what may stand in it, what is said of it. Values only.

Cells go by the id of their thing and the pointer below it, as operations do: ``r_…`` and ``/target``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from jixiao.domain.cells import cell_text, choices
from jixiao.domain.edit import CannotEditError, apply_fix
from jixiao.domain.finding import Finding
from jixiao.domain.form import FormField, Kind, field_at, field_named
from jixiao.domain.goal_sheet import GoalSheet
from jixiao.domain.identity import anchor, pointers
from jixiao.domain.note import Note
from jixiao.domain.plan import Plan
from jixiao.domain.pointer import ancestors
from jixiao.web.editor.hints import hint_of
from jixiao.web.goals.form_view import Marked, numbered


def _key(thing: str, below: str) -> str:
    return f"{thing or 'plan'}{below.replace('/', '.')}"


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
        return _key(self.thing, self.below)

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
    is_table: bool = True

    def every(self) -> Iterator[EditCell]:
        """All cells of its rows, and of the lists within them."""
        for row in self.rows:
            yield from row.cells
            for inner in row.inner:
                yield from inner.every()


@dataclass(frozen=True)
class EditPart:
    """A part of the form under its heading: single cells, then lists."""

    title: str
    cells: tuple[EditCell, ...] = ()
    lists: tuple[EditList, ...] = ()

    def every(self) -> Iterator[EditCell]:
        """All cells, those of rows with them."""
        yield from self.cells
        for one in self.lists:
            yield from one.every()


@dataclass(frozen=True)
class Found:
    """A finding, the cell it is shown at, and as JSON the cells with the words that mend it 「改成这样」, where it proposes any."""

    marked: Marked
    cell: str
    edits: str


@dataclass(frozen=True)
class EditForm:
    """The form, with all findings in the order of the document."""

    parts: tuple[EditPart, ...]
    found: tuple[Found, ...] = ()


_HEAD = ("project/code", "project/name", "budget_unit/code", "budget_unit/name")
_MONEY = ("budget/currency_unit", "budget/total", "budget/fiscal", "budget/other", "purpose")
ROW_CELLS = ("class", "kind", "name", "description", "target", "basis", "weight")
_LONG = frozenset({"purpose", "text", "description", "goal", "basis", "name", "target"})
_ACTIVITY = ("name", "budget", "description", "goal")
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
    plan: Plan, findings: Sequence[Finding], last_year: Mapping[str, Mapping[str, str]] | None = None
) -> EditForm:
    """The form of a plan of one sheet, or of Part One where it has none. ``last_year``: by row id and cell, what stood there."""
    page = _Page(plan, findings, last_year or {})
    parts = page.sheet(plan.goal_sheets[0]) if plan.goal_sheets else page.part_one()
    return EditForm(tuple(parts), tuple(page.found()))


class _Page:
    def __init__(self, plan: Plan, findings: Sequence[Finding], last_year: Mapping[str, Mapping[str, str]]) -> None:
        self._plan, self._last_year = plan, last_year
        self._pointers = pointers(plan)
        self.marked = numbered(plan, findings)
        self._found: dict[str, list[Marked]] = {}
        for one in self.marked:
            self._found.setdefault(self._cell_of(one.finding.pointer), []).append(one)
        self._notes: dict[str, list[Note]] = {}
        for note in plan.notes:
            self._notes.setdefault(note.pointer.removesuffix("/text"), []).append(note)

    def _cell_of(self, pointer: str) -> str:
        """The pointer of the cell that shows what is found at a place; of a whole row that of its name."""
        for place in ancestors(pointer):
            one = field_at(place)
            if one is not None and one.kind not in (Kind.PART, Kind.PARTS, Kind.GOALS):
                return place.removesuffix("/text") if one.name == "text" and "target" in place else place
            if one is not None and one.kind is Kind.GOALS:
                return place
        return f"{pointer}/name"

    def found(self) -> Iterator[Found]:
        """The findings with their cells and what mends them."""
        for one in self.marked:
            yield Found(one, self._key(self._cell_of(one.finding.pointer)), self._edits(one.finding))

    def _key(self, pointer: str) -> str:
        place = anchor(self._plan, pointer)
        return _key(place.id, place.below)

    def _edits(self, finding: Finding) -> str:
        if finding.fix is None or any(one.op == "add" for one in finding.fix):
            return ""
        try:
            made = apply_fix(self._plan, finding)
        except CannotEditError:
            return ""
        places = [one.path.removesuffix("/text") if "/target/" in one.path else one.path for one in finding.fix]
        edits = [(self._key(place), cell_text(made, place)) for place in places]
        return json.dumps(edits, ensure_ascii=False) if all(text is not None for _, text in edits) else ""

    # --- the sheet of a project ---

    def sheet(self, sheet: GoalSheet) -> Iterator[EditPart]:
        head = "goal_sheets/*"
        yield EditPart("项目", tuple(self._cell(sheet.id, f"/{name}", field_named(f"{head}/{name}")) for name in _HEAD))
        money = tuple(self._cell(sheet.id, f"/{name}", field_named(f"{head}/{name}")) for name in _MONEY)
        steps = self._list(sheet.id, "disbursement_plan", f"{head}/disbursement_plan", ("by", "percent"))
        yield EditPart("预算规模及资金用途", money, (steps,))
        yield EditPart("绩效目标", (), (self._goals(sheet.id, "goals", f"{head}/goals"),))
        yield EditPart("绩效指标", (), (self._list(sheet.id, "indicators", f"{head}/indicators", ROW_CELLS),))

    # --- the department's part ---

    def part_one(self) -> Iterator[EditPart]:
        names = ("title", "department/code", "department/name", "currency_unit")
        yield EditPart("部门", tuple(self._cell("", f"/{name}", field_named(name)) for name in names))
        yield EditPart("一、总体绩效目标", (), (self._goals("", "overall_goals", "overall_goals"),))
        inner = ("indicators", "activities/*/indicators", ("text", *_SCALE))
        yield EditPart("二、分项绩效目标", (), (self._list("", "activities", "activities", _ACTIVITY, inner),))
        yield EditPart("三、工作保障措施", (), (self._list("", "safeguards", "safeguards", ("heading", "text")),))

    # --- lists and cells ---

    def _goals(self, holder: str, name: str, path: str) -> EditList:
        one = field_named(path)

        def row(id_: str, n: int) -> EditRow:
            return EditRow(id_, (self._cell(id_, "", one, kind="text"),), n)

        return self._made(holder, name, one.label, row, is_table=False)

    def _list(
        self,
        holder: str,
        name: str,
        path: str,
        cells: Sequence[str],
        inner: tuple[str, str, Sequence[str]] | None = None,
    ) -> EditList:
        def row(id_: str, n: int) -> EditRow:
            own = tuple(self._cell(id_, f"/{cell}", field_named(f"{path}/*/{cell}")) for cell in cells)
            within = (self._list(id_, *inner),) if inner is not None and id_ else ()
            return EditRow(id_, own, n, within)

        return self._made(holder, name, field_named(path).label, row, is_table=inner is None)

    def _made(self, holder: str, name: str, label: str, row: object, *, is_table: bool) -> EditList:
        assert callable(row)
        rows = tuple(row(id_, n) for n, id_ in enumerate(self._ids(holder, name), 1))
        blank: EditRow = row("", 0)
        inside = "activities/indicators" if name == "indicators" and holder.startswith("a_") else name
        return EditList(holder, name, label, blank.cells, rows, blank, _PREFIX[inside], is_table=is_table)

    def _ids(self, holder: str, name: str) -> list[str]:
        own = f"{self._pointers[holder]}/{name}/"
        return [id_ for id_, place in self._pointers.items() if place.startswith(own) and "/" not in place[len(own) :]]

    def _cell(self, thing: str, below: str, one: FormField, kind: str = "") -> EditCell:
        pointer = self._pointers.get(thing)
        is_blank = pointer is None or (not thing and below == "")
        place = f"{pointer}{below}"
        text = "" if is_blank or pointer is None else cell_text(self._plan, place) or ""
        may = choices(one.kind)
        return EditCell(
            thing,
            below,
            one.label,
            text,
            kind or _kind(one, may),
            may if not text or text in may else (text, *may),
            hint_of(one),
            one.unit,
            tuple(self._found.get(place, ())) if not is_blank else (),
            tuple(note.message for note in self._notes.get(place, ())) if not is_blank else (),
            self._last_year.get(thing, {}).get(below, ""),
        )


def _kind(one: FormField, may: tuple[str, ...]) -> str:
    if may:
        return "choice"
    if one.kind.is_number:
        return "number"
    return "text" if one.name in _LONG else "line"
