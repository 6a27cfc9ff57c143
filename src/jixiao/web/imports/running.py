"""The steps of an import from outside: a file begun, columns guessed, all rows tried, good ones applied; each can be run again."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from django.db import transaction

from jixiao.domain.money import CurrencyUnit
from jixiao.readers import UnreadableFileError
from jixiao.services.scratch import scratch
from jixiao.services.secrecy import mark_in_name
from jixiao.web.files.store import Kept, keep
from jixiao.web.imports import holding, reading, services
from jixiao.web.imports.heads import Recognised, recognise
from jixiao.web.imports.kinds import Kind, Scope, kind_named
from jixiao.web.imports.mapping import Mapped, fingerprint, from_json, guess, problems
from jixiao.web.imports.models import ImportRow, ImportSession, RememberedColumns
from jixiao.web.imports.rows import typed
from jixiao.web.imports.services import Tried, Upload, lines_of, merges_of, plan_one, source_of
from jixiao.web.imports.table import RowSort, Workbook, Worksheet, sort_named
from jixiao.web.jobs.queue import enqueue
from jixiao.web.kernel.acts import NotAllowed, NotThere, Refused
from jixiao.web.kernel.people import Actor

Progress = Callable[[int, int], None]


def _untold(done: int, total: int) -> None:
    """Nobody asks how far it is."""


def begin(actor: Actor, *, kind: str, name: str, data: bytes, year: int | None = None) -> ImportSession:
    """Read a file and begin a session with the likely columns. Raises Refused in words for a file that cannot be read, and for
    one that is marked secret: nothing of it is kept."""
    chosen = kind_named(kind)
    if not actor.may(chosen.right):
        raise NotAllowed(f"您没有导入“{chosen.title}”的权限。需要时请找财政部门绩效股或本单位管理员")
    shown = PurePath(name.replace("\\", "/")).name or "未命名"
    if holding.is_large(data) and mark_in_name(name) is None and not holding.may_be_marked(data):
        return _begin_later(actor, kind, shown, data, year)
    try:
        book = reading.read(data)
    except UnreadableFileError as error:
        raise Refused(_unread(error), field="file", status=422) from error
    if (mark := reading.mark_of(name, book)) is not None:
        raise Refused(_MARKED.format(mark), field="file", status=422)
    kept = _kept(data) if chosen.keeps_file else None
    upload = Upload(shown, hashlib.sha256(data).hexdigest(), len(data), book, kept)
    session = services.begin(actor, kind=kind, upload=upload, year=year)
    return _choose_likely(actor, session, book)


_MARKED = "文件标有“{}”，没有接收也没有保存。请走保密渠道"


def _unread(error: UnreadableFileError) -> str:
    return f"{error.met}。{error.remedy}"


def _begin_later(actor: Actor, kind: str, name: str, data: bytes, year: int | None) -> ImportSession:
    """A large file is held and read by a worker."""
    held = holding.hold(data)
    try:
        upload = Upload(name, hashlib.sha256(data).hexdigest(), len(data), None, held=held)
        with transaction.atomic():
            session = services.begin(actor, kind=kind, upload=upload, year=year)
            enqueue("import.read", key=str(session.pk), actor=actor, session=session.pk)
    except BaseException:
        holding.let_go(held)
        raise
    return session


def read_held(actor: Actor, session: int, progress: Progress = _untold) -> ImportSession:
    """Read the file of a session that waits for it. Run again after it was broken off, it begins anew; read already, it does nothing."""
    found = session_of(actor, session)
    held = found.held
    if found.state != ImportSession.State.READING:
        holding.let_go(held)
        return found
    progress(0, 3)
    try:
        data = holding.held(held)
        book = reading.read(data)
    except FileNotFoundError:
        return _given_up(actor, session, "文件没有留住，读不成了。请重新传一次")
    except UnreadableFileError as error:
        holding.let_go(held)
        return _given_up(actor, session, _unread(error))
    if (mark := reading.mark_of(found.file_name, book)) is not None:  # held only where there was no sign of one
        holding.let_go(held)
        return _given_up(actor, session, _MARKED.format(mark))
    progress(1, 3)
    kept = _kept(data) if kind_named(found.kind).keeps_file else None
    progress(2, 3)
    with transaction.atomic():
        services.fill(actor, session=session, book=book, kept=kept)
        done = _choose_likely(actor, found, book)
    holding.let_go(held)
    return done


def _given_up(actor: Actor, session: int, words: str) -> ImportSession:
    return services.set_state(actor, session=session, state=ImportSession.State.DROPPED, message=words)


def _choose_likely(actor: Actor, session: ImportSession, book: Workbook) -> ImportSession:
    """Settle the worksheet and the columns that look like it."""
    kind = kind_named(session.kind)
    best = max(range(len(book.sheets)), key=lambda n: (recognise(book.sheets[n], kind.fields).score, -n))
    lines = book.sheets[best]
    head = recognise(lines, kind.fields, ())
    mapped = guess(kind.fields, head, lines, _remembered(session, fingerprint(head.columns)))
    return services.choose_columns(actor, session=session.pk, sheet=best, header=head.header, mapped=mapped, sorts={})


def _kept(data: bytes) -> Kept:
    with scratch() as temporary:
        path = temporary.folder / "upload"
        path.write_bytes(data)
        return keep(path, "xlsx" if data.startswith(b"PK") else "xls" if data.startswith(b"\xd0\xcf") else "csv")


@dataclass(frozen=True, slots=True)
class Seen:
    """A session at the step of its columns: the worksheet, what was recognised, columns by field, what is still to choose."""

    session: ImportSession
    kind: Kind
    sheet: Worksheet
    head: Recognised
    mapped: Mapped
    lacking: dict[str, str]
    from_before: bool
    units_before: dict[str, CurrencyUnit]
    """By field the unit of money that was chosen for the last list of this source"""


def session_of(actor: Actor, session: int) -> ImportSession:
    """A session the actor began. Raises NotThere."""
    found = ImportSession.objects.restrict(actor, "import.own").filter(pk=session).first()
    if found is None:
        raise NotThere
    return found


def worksheet(session: ImportSession, sheet: int | None = None) -> Worksheet:
    """A worksheet of a session, the chosen one if none is named."""
    n = session.sheet if sheet is None else sheet
    rows = ImportRow.objects.unrestricted("of a session that was asked for").filter(session=session, sheet=n)
    return Worksheet(str(n), tuple(lines_of(rows.order_by("number").only("number", "cells"))), merges_of(session, n))


def view(actor: Actor, session: int, *, sheet: int | None = None, header: Sequence[int] | None = None) -> Seen:
    """How the rows of a session are understood. Another ``sheet`` or ``header`` than the chosen one is guessed anew."""
    found = session_of(actor, session)
    if found.state == ImportSession.State.READING:
        raise Refused("文件还在读取，请稍等")
    kind = kind_named(found.kind)
    lines = worksheet(found, sheet)
    anew = header is not None or (sheet is not None and sheet != found.sheet) or not found.mapping
    head = recognise(lines, kind.fields, header if header is not None else () if anew else found.header)
    remembered = _remembered(found, fingerprint(head.columns))
    mapped = guess(kind.fields, head, lines, remembered) if anew else from_json(found.mapping)
    if not anew:
        head.sorts.update({int(number): sort_named(sort) for number, sort in found.sorts.items()})
    lacking = problems(kind.fields, mapped, kind.one_of)
    units = {name: CurrencyUnit(unit) for name, (_, unit) in (remembered or {}).items() if unit}
    return Seen(found, kind, lines, head, mapped, lacking, bool(remembered) and anew, units)


def _remembered(session: ImportSession, key: str) -> dict[str, list[str]] | None:
    found = (
        RememberedColumns.objects.unrestricted("columns chosen for lists of this source")
        .filter(**source_of(session), fingerprint=key)
        .first()
    )
    return found.columns if found is not None else None


def choose(
    actor: Actor, session: int, *, mapped: Mapped, sheet: int, header: Sequence[int], sorts: dict[int, RowSort]
) -> ImportSession:
    """Settle the columns. Raises Refused where something is still to choose."""
    seen = view(actor, session, sheet=sheet, header=header)
    if lacking := problems(seen.kind.fields, mapped, seen.kind.one_of):
        name, words = next(iter(lacking.items()))
        raise Refused(words, field=name, status=422)
    return services.choose_columns(
        actor,
        session=session,
        sheet=sheet,
        header=seen.head.header,
        mapped=mapped,
        sorts={n: sort for n, sort in sorts.items() if seen.head.sorts.get(n) not in (None, sort)},
    )


def attempt(actor: Actor, session: int, progress: Progress = _untold) -> ImportSession:
    """Try all rows: what each would be, or what is wrong with it. Nothing but that is stored."""
    seen = view(actor, session)
    if seen.lacking:
        name, words = next(iter(seen.lacking.items()))
        raise Refused(words, field=name, status=422)
    scope = Scope(actor, seen.session.organisation_id, seen.session.year)
    data = [line for line in seen.sheet.lines if seen.head.sorts.get(line.number) is RowSort.DATA]
    rows = typed(seen.kind, data, seen.mapped, seen.sheet.merges)
    plan = seen.kind.plan(scope, [one.row for one in rows if one.is_whole])
    tried = [Tried(n, sort) for n, sort in seen.head.sorts.items() if sort is not RowSort.DATA]
    for done, one in enumerate(rows):
        if one.part_of is not None:
            tried.append(Tried(one.row.number, RowSort.PART))
            continue
        change, wrong = plan_one(plan, one)
        tried.append(Tried(one.row.number, RowSort.DATA, change, wrong))
        if done % 500 == 0:
            progress(done, len(rows))
    titles = {column.index: column.bare for column in seen.head.columns}
    return services.keep_trial(
        actor,
        session=session,
        tried=tried,
        fingerprint=fingerprint(seen.head.columns),
        titles={name: titles.get(one.column, "") for name, one in seen.mapped.items() if one.column is not None},
    )


def apply(actor: Actor, session: int, progress: Progress = _untold) -> ImportSession:
    """Store the good rows, a department a transaction. Run again after it was broken off, it goes on where it was."""
    found = session_of(actor, session)
    if found.state not in (ImportSession.State.TRIED, ImportSession.State.APPLYING):
        raise Refused("请先试导入，看过每一行再导")
    services.set_state(actor, session=session, state=ImportSession.State.APPLYING)
    rows = ImportRow.objects.restrict(actor, "import.own").filter(session=session, sheet=found.sheet)
    waiting = rows.filter(state__in=("new", "changed")).order_by("number").values_list("part", flat=True)
    parts = list(dict.fromkeys(waiting))
    for done, part in enumerate(parts):
        progress(done, len(parts))
        services.apply_part(actor, session=session, part=part)
    return services.finish(actor, session=session)


def correct(actor: Actor, session: int, *, number: int, field: str, text: str) -> None:
    """Put a cell right and try all rows again."""
    services.correct(actor, session=session, number=number, field=field, text=text)
    attempt_soon(actor, session)


def answer(actor: Actor, session: int, *, number: int, given: str) -> None:
    """Take a person's answer about a row and try all rows again: others of the same words are known by it too."""
    seen = view(actor, session)
    rows = typed(seen.kind, seen.sheet.lines, seen.mapped, seen.sheet.merges, doubles=False)
    row = next((one.row for one in rows if one.row.number == number), None)
    if row is None or seen.kind.answer is None:
        raise NotThere
    seen.kind.answer(Scope(actor, seen.session.organisation_id, seen.session.year), row, given)
    attempt_soon(actor, session)


AT_ONCE = 1500
"""Rows up to which a person waits for the answer; more go to the background"""


def attempt_soon(actor: Actor, session: int) -> None:
    """Try all rows, here or, where there are many, in the background."""
    _soon(actor, session, "import.try", attempt, ImportSession.State.TRYING)


def apply_soon(actor: Actor, session: int) -> None:
    """Store the good rows, here or, where there are many, in the background."""
    _soon(actor, session, "import.apply", apply, ImportSession.State.APPLYING)


def _soon(
    actor: Actor, session: int, name: str, here: Callable[[Actor, int], ImportSession], state: ImportSession.State
) -> None:
    found = session_of(actor, session)
    rows = ImportRow.objects.restrict(actor, "import.own").filter(session=session, sheet=found.sheet)
    if rows.count() <= AT_ONCE:
        here(actor, session)
        return
    with transaction.atomic():
        services.set_state(actor, session=session, state=state)
        enqueue(name, key=str(session), actor=actor, session=session)
