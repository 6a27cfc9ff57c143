"""What changes imports: begun, columns chosen, tried, applied a department at a time, dropped.

Reading, recognising and planning happen outside (``running``); only ``apply_part`` plans once more inside its transaction, because
what it stores must be what the person saw.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from jixiao.services.chain import canonical, sm3
from jixiao.web.files.store import Kept, row_of
from jixiao.web.imports.kinds import Change, Kind, Scope, Unsure, kind_named
from jixiao.web.imports.mapping import Mapped, as_json, from_json
from jixiao.web.imports.models import ImportRow, ImportSession, ImportSheet, RememberedColumns
from jixiao.web.imports.reading import LONGEST_CELL
from jixiao.web.imports.rows import Typed, typed
from jixiao.web.imports.table import Line, Merge, RowSort, Workbook
from jixiao.web.kernel import clock
from jixiao.web.kernel.acts import Act, Entry, NotAllowed, NotThere, Refused, kind_of, service

_BATCH = 1000
State = ImportSession.State


@dataclass(frozen=True, slots=True)
class Upload:
    """A file: its name, SHA-256, size, and what is in it; of one that is to be read in the background where it is held."""

    name: str
    sha256: str
    size: int
    book: Workbook | None
    kept: Kept | None = None
    held: str = ""


def may(act: Act, kind: str) -> Kind:
    """The kind, where the actor may import it. Raises NotAllowed."""
    found = kind_named(kind)
    if not act.actor.may(found.right):
        raise NotAllowed(f"您没有导入“{found.title}”的权限。需要时请找财政部门绩效股或本单位管理员")
    return found


@service("import.begin", "开始导入", right="import.own")
def begin(act: Act, *, kind: str, upload: Upload, year: int | None = None) -> ImportSession:
    """A session with the rows of a file, or one that waits for them to be read. Raises Refused where the kind wants a year and there is
    none."""
    chosen = may(act, kind)
    if chosen.by_year and year is None:
        raise Refused("请选导入到哪个年度", field="year", status=422)
    made = act.add(
        ImportSession(
            kind=kind,
            organisation_id=act.actor.organisation,
            year=year if chosen.by_year else None,
            file_name=upload.name[-255:],
            sha256=upload.sha256,
            size=upload.size,
            stored=row_of(upload.kept) if upload.kept is not None else None,
            held=upload.held,
            state=State.READ if upload.book is not None else State.READING,
            notes=list(upload.book.notes) if upload.book is not None else [],
            made_by_id=act.actor.id,
            made_at=clock.now(),
        )
    )
    if upload.book is not None:
        _rows_of(made, upload.book)
    return made


@service("import.read", "读完导入的文件", right="import.own")
def fill(act: Act, *, session: int, book: Workbook, kept: Kept | None) -> ImportSession:
    """Give a session that waits the rows of its file."""
    found = _open(act, session)
    found.stored = row_of(kept) if kept is not None else None
    found.notes, found.held, found.state, found.message = list(book.notes), "", State.READ, ""
    _rows_of(found, book)
    return act.save(found)


def _rows_of(session: ImportSession, book: Workbook) -> None:
    for n, sheet in enumerate(book.sheets):
        merges = [[one.top, one.left, one.bottom, one.right] for one in sheet.merges]
        ImportSheet(session=session, position=n, name=sheet.name[:120], merges=merges).save(force_insert=True)
        rows = (ImportRow(session=session, sheet=n, number=line.number, cells=list(line.cells)) for line in sheet.lines)
        _stored(rows)


def _stored(rows: Iterable[ImportRow]) -> None:
    ImportRow.objects.bulk_create(rows, batch_size=_BATCH)


@service("import.columns", "认表头", right="import.own")
def choose_columns(
    act: Act,
    *,
    session: int,
    sheet: int,
    header: Sequence[int],
    mapped: Mapped,
    sorts: Mapping[int, RowSort],
) -> ImportSession:
    """Which worksheet, head and columns a session goes by; what rows a person said to be data or not. What was tried is void."""
    found = _open(act, session)
    found.sheet, found.header = sheet, list(header)
    found.mapping, found.sorts = as_json(mapped), {str(number): sort.value for number, sort in sorts.items()}
    found.state, found.message = State.READ, ""
    act.save(found)
    return found


def source_of(session: ImportSession) -> dict[str, Any]:
    """Where a list comes from, as far as it is known before its head is read: the kind, the organisation."""
    return {"kind": session.kind, "organisation_id": session.organisation_id}


@service("import.state", "试导入", right="import.own")
def set_state(act: Act, *, session: int, state: str, message: str = "") -> ImportSession:
    """Say how far a session is: begun to be tried or applied by the background, or left where it was with words."""
    found = _open(act, session)
    found.state, found.message = state, message[:400]
    if state == State.DROPPED:
        found.held, found.ended_at = "", clock.now()
    return act.save(found)


@dataclass(frozen=True, slots=True)
class Tried:
    """What trying a row gave: its sort, the change it means or what is wrong."""

    number: int
    sort: RowSort
    change: Change | None = None
    problems: tuple[tuple[str, ...], ...] = ()


@service("import.try", "试导入", right="import.own")
def keep_trial(
    act: Act, *, session: int, tried: Sequence[Tried], fingerprint: str = "", titles: Mapping[str, str] | None = None
) -> ImportSession:
    """Note what every row of the chosen worksheet means; nothing else is stored. Rows that were imported stay so.

    The columns by which it was tried are remembered for the next list of this source: ``fingerprint`` of its head, ``titles``
    (field → words of its column).
    """
    found = _open(act, session)
    rows = act.all(ImportRow).filter(session=found, sheet=found.sheet)
    taken = set(rows.filter(state=ImportRow.State.TAKEN).values_list("number", flat=True))
    cells = dict(rows.exclude(number__in=taken).values_list("number", "cells"))
    rows.exclude(number__in=taken).delete()
    _stored(_tried_row(found, one, cells[one.number]) for one in tried if one.number in cells)
    if fingerprint:
        columns = {
            name: [(titles or {}).get(name, ""), str(choice.unit or "")]
            for name, choice in from_json(found.mapping).items()
        }
        RememberedColumns.objects.unrestricted("columns chosen for lists of this source").update_or_create(
            **source_of(found), fingerprint=fingerprint, defaults={"columns": columns, "used_at": clock.now()}
        )
    found.state, found.message = State.TRIED, ""
    return act.save(found)


def _tried_row(session: ImportSession, one: Tried, cells: list[str]) -> ImportRow:
    row = ImportRow(session=session, sheet=session.sheet, number=one.number, cells=cells, sort=one.sort.value)
    mark(row, one.change, one.problems)
    return row


def mark(row: ImportRow, change: Change | None, problems: Sequence[tuple[str, ...]]) -> None:
    """Write on a row what it means."""
    row.problems = [list(one) for one in problems]
    if problems:
        row.state = ImportRow.State.ERROR
    elif change is not None:
        row.state = change.state
    if change is not None and not problems:
        row.label, row.part, row.object_id = change.label[:200], change.part[:40], change.object_id
        row.was_new = change.state == "new"
        row.differences = [
            [one.label, one.before, one.after, one.before_value, one.value] for one in change.differences
        ]
        row.remarks, row.digest = list(change.remarks), change.digest


@service("import.apply", "导入", right="import.own")
def apply_part(act: Act, *, session: int, part: str) -> int:
    """Store the good rows of one department, all or none of them; gives how many. One audit entry with their digest.

    Each row is planned again: where somebody changed the object since it was tried, the row is left with words.
    """
    found = act.get(ImportSession, session)
    kind = may(act, found.kind)
    rows = list(
        act.all(ImportRow)
        .filter(session=found, sheet=found.sheet, part=part, state__in=("new", "changed"))
        .order_by("number")
    )
    if not rows:
        return 0
    scope = scope_of(act, found)
    changes = _planned_again(kind, scope, found, rows)
    mark_before = len(act.entries)
    taken = _applied(act, kind, scope, changes)
    folded, act.entries[mark_before:] = act.entries[mark_before:], []
    for row, change, object_id in taken:
        row.state, row.object_id, row.problems = ImportRow.State.TAKEN, object_id, []
        row.was_new = change.state == "new"
    fields = ["state", "object_id", "problems", "was_new"]
    ImportRow.objects.unrestricted("rows of this part").bulk_update(rows, fields, batch_size=100)
    act.entries += _one_entry(act, found, kind, folded, [row for row, _, _ in taken])
    return len(taken)


def scope_of(act: Act, session: ImportSession) -> Scope:
    """For whom and where."""
    return Scope(act.actor, session.organisation_id, session.year)


def lines_of(rows: Iterable[ImportRow]) -> list[Line]:
    """Rows of a session as lines of a file."""
    return [Line(row.number, tuple(row.cells)) for row in rows]


def merges_of(session: ImportSession, sheet: int | None = None) -> tuple[Merge, ...]:
    """The merged ranges of the chosen worksheet."""
    found = ImportSheet.objects.unrestricted("of a session that was asked for").filter(
        session=session, position=session.sheet if sheet is None else sheet
    )
    return tuple(Merge(*one) for merges in found.values_list("merges", flat=True) for one in merges)


def _planned_again(
    kind: Kind, scope: Scope, session: ImportSession, rows: Sequence[ImportRow]
) -> list[tuple[ImportRow, Change]]:
    """The rows that still mean what was shown; the others are marked."""
    merges = merges_of(session)
    wanted = {row.number for row in rows}
    above = ImportRow.objects.unrestricted("cells merged over these rows, and rows put together with them").filter(
        Q(number__in={one.top for one in merges}) | Q(sort=RowSort.PART), session=session, sheet=session.sheet
    )
    above = above.exclude(number__in=wanted)
    lines = sorted(lines_of([*rows, *above]), key=lambda line: line.number)
    again = typed(kind, lines, from_json(session.mapping), merges, doubles=False)
    found = [one for one in again if one.row.number in wanted]
    plan = kind.plan(scope, [one.row for one in found if one.is_whole])
    by_number = {row.number: row for row in rows}
    kept = []
    for one in found:
        row = by_number[one.row.number]
        change, problems = plan_one(plan, one)
        if change is not None and change.digest == row.digest:
            kept.append((row, change))
        elif change is not None and change.state == "same":
            mark(row, change, ())
        else:
            mark(row, None, problems or (("", "试导入以后这一项又被改过，没有导入。请再试导入一次，看过差异再导"),))
    return kept


def plan_one(plan: Any, one: Typed) -> tuple[Change | None, tuple[tuple[str, ...], ...]]:
    """The change of a row, or what is wrong with it: field and words, with the answer and its label where one is offered."""
    if one.problems:
        return None, tuple((problem.field, problem.message) for problem in one.problems)
    try:
        return plan(one.row), ()
    except Unsure as unsure:
        return None, ((unsure.field, unsure.message, unsure.answer, unsure.label),)
    except Refused as refused:
        return None, ((refused.field, refused.message),)


def _applied(
    act: Act, kind: Kind, scope: Scope, changes: Sequence[tuple[ImportRow, Change]]
) -> list[tuple[ImportRow, Change, str]]:
    """All rows at once; where one is refused, one by one, so that it alone is left."""
    if not changes:
        return []
    before = len(act.entries)
    try:
        with transaction.atomic():
            ids = kind.apply(scope, [change for _, change in changes])
        return [(row, change, object_id) for (row, change), object_id in zip(changes, ids, strict=True)]
    except Refused as refused:
        del act.entries[before:]
        if len(changes) == 1:
            row, _ = changes[0]
            mark(row, None, ((refused.field, refused.message),))
            return []
    taken = []
    for one in changes:
        taken += _applied(act, kind, scope, [one])
    return taken


def _one_entry(
    act: Act, session: ImportSession, kind: Kind, folded: Sequence[Entry], rows: Sequence[ImportRow]
) -> list[Entry]:
    """One entry for each chain in the place of those of single rows, with a digest over them (SM3 of canonical JSON)."""
    entries = []
    for chain in sorted({one.chain for one in folded}):
        mine = [
            {"action": one.action, "kind": one.kind, "id": one.object_id, "before": one.before, "after": one.after}
            for one in folded
            if one.chain == chain
        ]
        after = {
            "kind": kind.name,
            "file": session.file_name,
            "sha256": session.sha256,
            "rows": len(rows),
            "new": sum(row.was_new for row in rows),
            "entries": len(mine),
            "digest": sm3(canonical(mine)),
        }
        note = f"从“{session.file_name}”导入{kind.title}{len(rows)}行"
        entries.append(Entry(act.code, chain, kind_of(ImportSession), str(session.pk), session.label, {}, after, note))
    return entries


@service("import.done", "导入结束", right="import.own")
def finish(act: Act, *, session: int) -> ImportSession:
    """All parts are through."""
    found = act.get(ImportSession, session)
    found.state, found.message, found.ended_at = State.DONE, "", clock.now()
    return act.save(found)


@service("import.correct", "改一格", right="import.own")
def correct(act: Act, *, session: int, number: int, field: str, text: str) -> ImportSession:
    """Another text in the cell of a field, for a row that is not imported yet; the file itself stays as it was."""
    found = _open(act, session)
    column = from_json(found.mapping).get(field)
    row = act.all(ImportRow).filter(session=found, sheet=found.sheet, number=number).first()
    if row is None or column is None or column.column is None:
        raise NotThere
    if row.state == ImportRow.State.TAKEN:
        raise Refused("这一行已经导入，请到它自己的页面改")
    row.cells += [""] * (column.column + 1 - len(row.cells))
    row.cells[column.column] = text.strip()[:LONGEST_CELL]
    row.save(update_fields=["cells"])
    act.record(found, {}, {"row": number, "field": field}, note=f"改了第{number}行的一格")
    return found


@service("import.handed_out", "下载导入的文件", right="import.own")
def handed_out(act: Act, *, session: int, what: str) -> None:
    """Note that a file of an import was taken out of the system."""
    act.record(act.get(ImportSession, session, lock=False), {}, {"what": what})


@service("import.forget", "清理早先导入的内容", right="operation.run")
def forget(act: Act, *, before: datetime) -> int:
    """Forget the rows of files that were imported, dropped or left lying before a moment; that there was an import stays."""
    old = ImportSession.objects.unrestricted("cleaning").filter(
        Q(ended_at__lt=before) | Q(ended_at__isnull=True, made_at__lt=before)
    )
    rows = ImportRow.objects.unrestricted("cleaning").filter(session__in=old)
    count = rows.values("session").distinct().count()
    for session in old.filter(rows__isnull=False, ended_at__isnull=True).distinct():
        session.state, session.ended_at = State.DROPPED, clock.now()
        act.save(session, note="放得太久，没有导入")
    rows.delete()
    return count


@service("import.drop", "不导了", right="import.own")
def drop(act: Act, *, session: int) -> ImportSession:
    """Leave it: what is not imported will not be; its rows are forgotten."""
    found = _open(act, session)
    found.state, found.ended_at = State.DROPPED, clock.now()
    act.all(ImportRow).filter(session=found).delete()
    return act.save(found)


def _open(act: Act, session: int) -> ImportSession:
    found = act.get(ImportSession, session)
    may(act, found.kind)
    if found.state == State.DROPPED:
        raise Refused("这次导入已经不导了。请重新传文件")
    return found
