"""What of imports is shown: sessions of a person, counts and rows of one, rows to be mended as a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet

from jixiao.documents.value import A4_LANDSCAPE, Column, Document, Section, listing
from jixiao.documents.xlsx import to_xlsx
from jixiao.web.imports import kinds
from jixiao.web.imports.kinds import kind_named
from jixiao.web.imports.mapping import REASON, ROW, from_json
from jixiao.web.imports.models import ImportRow, ImportSession
from jixiao.web.imports.running import Seen, view
from jixiao.web.imports.services import source_of
from jixiao.web.imports.table import RowSort
from jixiao.web.jobs.models import Job
from jixiao.web.kernel import clock
from jixiao.web.kernel.acts import viewed
from jixiao.web.kernel.door import Restricted
from jixiao.web.kernel.people import Actor

_TEN_THOUSAND = 10_000
_ABOUT = 0.02
_FEWEST_ODD = 3
_MOST_WEIGHED = 1000
"""Rows whose amounts say whether the unit is right"""


def sessions(actor: Actor) -> QuerySet[ImportSession]:
    """The sessions somebody began."""
    return ImportSession.objects.restrict(actor, "import.own")


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows of a session are what; ``new_taken`` of those taken were new."""

    new: int = 0
    changed: int = 0
    same: int = 0
    error: int = 0
    taken: int = 0
    new_taken: int = 0
    remarked: int = 0

    @property
    def good(self) -> int:
        """Those that would be imported."""
        return self.new + self.changed

    @property
    def changed_taken(self) -> int:
        """Of those taken, what was there before."""
        return self.taken - self.new_taken

    @property
    def total(self) -> int:
        return self.new + self.changed + self.same + self.error + self.taken


def counts(actor: Actor, session: ImportSession) -> Counts:
    """How many rows of the chosen worksheet are in which state."""
    rows = ImportRow.objects.restrict(actor, "import.own").filter(session=session, sheet=session.sheet)
    found = {
        (state, new): n for state, new, n in rows.values_list("state", "was_new").annotate(n=Count("pk")).order_by()
    }

    def of(state: str) -> int:
        return sum(n for (one, _), n in found.items() if one == state)

    return Counts(
        of("new"), of("changed"), of("same"), of("error"), of("taken"), found.get(("taken", True), 0),
        rows.exclude(remarks=[]).exclude(state="").count(),
    )  # fmt: skip


def sorts(actor: Actor, session: ImportSession) -> list[tuple[RowSort, int]]:
    """How many rows are no data, by sort."""
    rows = ImportRow.objects.restrict(actor, "import.own").filter(session=session, sheet=session.sheet)
    found = dict(rows.values_list("sort").annotate(n=Count("pk")).order_by())
    return [(one, found[one.value]) for one in RowSort if one is not RowSort.DATA and one.value in found]


def rows_of(actor: Actor, session: ImportSession, state: str = "") -> QuerySet[ImportRow]:
    """The rows of data; of one state, where it is named (``remarked``: those with something to know)."""
    rows = ImportRow.objects.restrict(actor, "import.own").filter(session=session, sheet=session.sheet)
    if state == "remarked":
        return rows.exclude(remarks=[]).exclude(state="")
    return rows.filter(state=state) if state else rows.exclude(state="")


@dataclass(frozen=True, slots=True)
class ShownCell:
    """A cell of a row on screen, with what is wrong with it."""

    name: str
    title: str
    text: str
    problem: str = ""
    looks: str = ""
    """How its words stand: ``num`` at the right, ``nowrap`` in one line"""


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row on screen: its cells that have a field, what is wrong with it as a whole."""

    row: ImportRow
    cells: tuple[ShownCell, ...]
    problems: tuple[str, ...]
    differences: tuple[Sequence[Any], ...]

    @property
    def has_wrong_cell(self) -> bool:
        """Whether something is wrong with one of its cells."""
        return any(cell.problem for cell in self.cells)


def shown(session: ImportSession, rows: Sequence[ImportRow]) -> list[ShownRow]:
    """Rows with their problems beside the cells."""
    kind = kind_named(session.kind)
    mapped = from_json(session.mapping)
    used = [
        (one, column) for one in kind.fields if one.name in mapped and (column := mapped[one.name].column) is not None
    ]
    names = {one.name for one, _ in used}
    found = []
    for row in rows:
        wrong: dict[str, str] = dict(row.problems)
        cells = tuple(
            ShownCell(
                one.name,
                one.label,
                row.cells[column] if column < len(row.cells) else "",
                wrong.get(one.name, ""),
                one.type.looks,
            )
            for one, column in used
        )
        rest = tuple(message for name, message in row.problems if name not in names)
        found.append(ShownRow(row, cells, rest, tuple(row.differences)))
    return found


def note_people(actor: Actor, rows: Sequence[ImportRow]) -> None:
    """Note whose stored data rows show beside what the file says. ``rows`` have their ``session`` at hand."""
    people: dict[type[Restricted], set[int]] = {}
    for row in rows:
        kind = kinds.get(row.session.kind)
        if kind is not None and kind.personal and row.differences and row.object_id.isdecimal() and not row.was_new:
            people.setdefault(kind.personal, set()).add(int(row.object_id))
    for model, keys in people.items():
        viewed(
            actor,
            list(model.objects.unrestricted("whose data rows of one's own import show").filter(pk__in=keys)),
            "导入时与现有的对照",
        )


def unit_doubt(actor: Actor, session: ImportSession) -> str:
    """Words where most amounts are ten thousand times what they were, or a ten-thousandth: the unit is wrong then."""
    rows = rows_of(actor, session, "changed").order_by("number").values_list("differences", flat=True)
    ratios = [
        abs(after / before)
        for differences in rows[:_MOST_WEIGHED]
        for _, _, _, before, after in differences
        if isinstance(before, int) and isinstance(after, int) and not isinstance(before, bool) and before and after
    ]
    for factor, words in ((_TEN_THOUSAND, "1万倍"), (1 / _TEN_THOUSAND, "万分之一")):
        odd = sum(abs(ratio / factor - 1) < _ABOUT for ratio in ratios)
        if odd >= _FEWEST_ODD and odd * 2 > len(ratios):
            return f"{odd} 个金额是库里现有的{words}，单位（元、万元）可能选错了。请回“认表头”核对"
    return ""


def work_on(session: ImportSession) -> Job | None:
    """The last background work on a session."""
    jobs = Job.objects.unrestricted("of a session that was asked for")
    found: Job | None = (
        jobs.filter(name__in=("import.try", "import.apply"), key=str(session.pk)).order_by("-id").first()
    )
    return found


def met_before(session: ImportSession) -> ImportSession | None:
    """The last session that imported the same bytes as the same kind into the same year, by whomever of the organisation."""
    return (
        ImportSession.objects.unrestricted("the same file, told by its date and person only")
        .filter(
            **source_of(session),
            year=session.year,
            sha256=session.sha256,
            state=ImportSession.State.DONE,
        )
        .exclude(pk=session.pk)
        .select_related("made_by")
        .order_by("-ended_at")
        .first()
    )


def left_over(actor: Actor, session: int) -> tuple[str, bytes]:
    """Rows that were not imported for what is wrong with them, as a workbook: the file's own columns, and why in a column."""
    seen = view(actor, session)
    bad = list(rows_of(actor, seen.session, "error").order_by("number"))
    return f"{_stem(seen)}（{len(bad)}行没有导入）.xlsx", to_xlsx(_document(seen, bad))


def _stem(seen: Seen) -> str:
    return seen.session.file_name.rsplit(".", 1)[0][:80]


def _document(seen: Seen, bad: Sequence[ImportRow]) -> Document:
    columns = [one for one in seen.head.columns if one.title not in (REASON, ROW)]
    labels = {one.name: one.label for one in seen.kind.fields}
    heads = (Column(REASON, 44), Column(ROW, 8), *(Column(one.title, 18) for one in columns))
    rows = []
    for row in bad:
        why = "；".join(f"{labels[name]}：{words}" if name in labels else words for name, words in row.problems)
        texts = (row.cells[one.index] if one.index < len(row.cells) else "" for one in columns)
        rows.append((why, str(row.number), *(text or None for text in texts)))
    table = listing(heads, rows, frozen=1)
    return Document(_stem(seen), clock.today(), (Section((table,), A4_LANDSCAPE, "没有导入的行"),))
