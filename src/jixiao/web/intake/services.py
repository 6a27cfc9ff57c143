"""What changes files that came in: they are put into a batch, read, and given to a department and a year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from jixiao.domain.plan import Plan
from jixiao.services.chain import canonical, sm3
from jixiao.web.files.store import row_of
from jixiao.web.goals.documents import as_document
from jixiao.web.goals.filled import Recognised
from jixiao.web.goals.models import SheetVersion
from jixiao.web.intake.doubts import doubts_of
from jixiao.web.intake.models import Batch, IncomingFile, IncomingSheet
from jixiao.web.intake.reading import Unread
from jixiao.web.intake.receiving import Received
from jixiao.web.intake.whose import UNNAMED, SheetIs, Whose
from jixiao.web.jobs.models import Job
from jixiao.web.jobs.queue import enqueue
from jixiao.web.kernel import clock
from jixiao.web.kernel.acts import Act, Refused, expect_version, service
from jixiao.web.organisations.models import Organisation
from jixiao.web.projects.models import Project, plain_of
from jixiao.web.projects.services import remember_department, remember_project

State = IncomingFile.State
_OPEN = (State.WAITING, State.READING)
_KNOWN = (State.WAITING, State.READING, State.TO_CHECK, State.ACCEPTED)
"""States of a file whose bytes need not come in again"""
REFUSED = "内容没有接收也没有保存。涉密文件请走保密渠道"


@service("intake.open", "收文件", right="intake.add")
def open_batch(act: Act, *, organisation: int, title: str = "", year: int | None = None) -> Batch:
    """A batch for files that are about to come in."""
    return act.add(_batch(act, organisation, title, year))


@service("intake.register", "登记已批复")
def open_registration(
    act: Act, *, organisation: int, year: int, approval_document: str, approved_on: date, title: str = ""
) -> Batch:
    """A batch of sheets that were approved before: what is accepted of it goes straight to its state."""
    if not approval_document.strip():
        raise Refused("没有填批复文号。请照批复文件填，如“示财预〔2026〕12号”", field="approval_document", status=422)
    if approved_on > clock.today():
        raise Refused("批复日期在今天以后。请照批复文件填", field="approved_on", status=422)
    batch = _batch(act, organisation, title or f"登记已批复 {approval_document}", year)
    batch.registers_approved = True
    batch.approval_document, batch.approved_on = approval_document.strip(), approved_on
    return act.add(batch)


def _batch(act: Act, organisation: int, title: str, year: int | None) -> Batch:
    if act.actor.id is None:
        raise Refused("要有经办人才能收文件")
    now = clock.now()
    place = act.get(Organisation, organisation, "organisation.view", lock=False)
    named = title.strip() or f"{now:%m-%d %H:%M} 收到的文件"
    return Batch(organisation=place, title=named[:120], year=year, made_at=now, made_by_id=act.actor.id)


@service("intake.receive", "收文件", right="intake.add")
def add_files(act: Act, *, batch: int, files: Sequence[Received]) -> list[IncomingFile]:
    """Put files into a batch: one entry with the digest of their list. What came in before is told and not read again."""
    into = act.get(Batch, batch)
    first = into.files.unrestricted("counting in a batch just fetched").count()
    rows = [_incoming(act, into, first + n, one) for n, one in enumerate(files, 1)]
    for row in rows:
        row.save(force_insert=True)
        if row.state == State.WAITING:
            enqueue("intake.read", key=str(row.pk), actor=act.actor, file=row.pk)
    listed = [[row.name, row.state, row.stored.sha256 if row.stored else None] for row in rows]
    counts = {str(State(state).label): sum(row.state == state for row in rows) for state in {r.state for r in rows}}
    act.record(into, {}, {"files": len(rows), "digest": sm3(canonical(listed)), **counts})
    return rows


def _incoming(act: Act, batch: Batch, position: int, one: Received) -> IncomingFile:
    row = IncomingFile(batch=batch, position=position, name=one.name, year=batch.year, made_at=clock.now())
    if one.mark is not None:
        row.state, row.met, row.remedy = State.REFUSED, f"标有“{one.mark}”", REFUSED
    elif one.kept is None:
        row.state, row.met, row.remedy = State.UNREADABLE, one.met[:300], one.remedy[:300]
    else:
        row.stored = row_of(one.kept)
        if (same := _met_before(act, batch, one.kept.sha256)) is not None:
            row.state, row.same_as = State.KNOWN, same
            row.met, row.remedy = known_words(same), "不用再收"
    return row


def _met_before(act: Act, batch: Batch, sha256: str) -> IncomingFile | None:
    """The same bytes, where they need not come in again. What waits at the desk may still be registered as approved."""
    known = (State.ACCEPTED,) if batch.registers_approved else _KNOWN
    rows = act.all(IncomingFile, "intake.view").filter(stored__sha256=sha256, state__in=known)
    return rows.order_by("-state", "pk").first()


def known_words(same: IncomingFile) -> str:
    """What is told of a file whose bytes came in before: 「和11-28收下的一模一样」."""
    done = "收下" if same.state == State.ACCEPTED else "收到"
    return f"和{same.made_at.astimezone(clock.now().tzinfo):%m-%d}{done}的一模一样（{same.name}）"[:300]


# --- read -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ReadFile:
    """What reading a file came to: the plan and whose it is."""

    plan: Plan
    department: Whose
    year: int | None
    sheets: tuple[SheetIs, ...]


@service("intake.read", "读出文件", right="intake.add")
def store_reading(act: Act, *, file: int, result: ReadFile | Unread | Recognised) -> IncomingFile:
    """Keep what was read of a file, or why nothing was: it cannot be read, or an app took it that knows it. Doing it twice does no harm: the first stays."""
    row = act.get(IncomingFile, file)
    if row.state not in _OPEN:
        return row
    row.version += 1
    if isinstance(result, Unread):
        row.state, row.met, row.remedy = State.UNREADABLE, result.met[:300], result.remedy[:300]
        return act.save(row)
    if isinstance(result, Recognised):
        row.state, row.met, row.remedy = State.KNOWN, result.met[:300], result.remedy[:300]
        return act.save(row)
    plan = result.plan
    row.state, row.met, row.remedy = State.TO_CHECK, "", ""
    row.document = as_document(plan)
    row.pages = row.pages_done = plan.source.pages or row.pages
    row.department_id, row.candidates = result.department.found, list(result.department.candidates)
    row.year = result.year
    row.replaces = _corrected(act, row)
    row.save()
    IncomingSheet.objects.bulk_create([_sheet(row, position, one, plan) for position, one in enumerate(result.sheets)])
    act.record(row, {}, {"state": row.state, "sheets": len(result.sheets), "digest": sm3(canonical(row.document))})
    return row


def _corrected(act: Act, row: IncomingFile) -> IncomingFile | None:
    """The file that this one corrects: the last that the same receiver accepted of this department and year."""
    if row.department_id is None or row.year is None:
        return None
    rows = act.all(IncomingFile).filter(batch__organisation=row.batch.organisation_id, state=State.ACCEPTED)
    return rows.filter(department=row.department_id, year=row.year).exclude(pk=row.pk).order_by("-pk").first()


def _sheet(file: IncomingFile, position: int, one: SheetIs, plan: Plan) -> IncomingSheet:
    return IncomingSheet(
        file=file,
        position=position,
        index=one.index,
        kind=one.kind,
        own_year=one.own_year,
        is_of_department=one.is_of_department,
        title=one.title,
        unit_id=one.unit,
        project_id=one.project.found,
        candidates=list(one.project.candidates),
        same_as_id=one.same_as,
        doubts=[{"pointer": doubt.pointer, "words": doubt.words} for doubt in doubts_of(plan, one.index)],
    )


# --- decide and put right ---------------------------------------------------------------------------------


def open_sheet(act: Act, sheet: int, version: int | None) -> IncomingSheet:
    """A sheet that is still to be accepted, as somebody saw it. Raises Refused or Stale."""
    found = act.get(IncomingSheet, sheet)
    expect_version(found, version)
    if found.accepted_id is not None:
        raise Refused("这张表已经收下了，不能再改。要改请收一份更正的文件")
    if found.dropped:
        raise Refused("这张表已经定为不收。要收请先恢复")
    found.version += 1
    return found


@service("intake.correct", "更正读出的值", right="intake.accept")
def correct(
    act: Act, *, sheet: int, pointer: str, value: str | None, read: str | None, version: int | None = None
) -> IncomingSheet:
    """Put a value right, by pointer into the file's document; ``read`` is what was read there (``corrections.checked``)."""
    found = open_sheet(act, sheet, version)
    who = {"by": act.actor.name, "at": f"{clock.now():%m-%d %H:%M}"}
    corrections: dict[str, Any] = {**found.corrections, pointer: {"value": value or None, "read": read, **who}}
    if (value or None) == read:
        del corrections[pointer]
    found.corrections = corrections
    found.looked_at = sorted({*found.looked_at, pointer})
    return act.save(found)


@service("intake.confirm", "核对无误", right="intake.accept")
def confirm(act: Act, *, sheet: int, pointers: Sequence[str], version: int | None = None) -> IncomingSheet:
    """Note that a person looked at places and found them right."""
    found = open_sheet(act, sheet, version)
    found.looked_at = sorted({*found.looked_at, *pointers})
    return act.save(found)


@service("intake.decide", "定部门、年度、项目", right="intake.accept")
def decide_sheet(
    act: Act,
    *,
    sheet: int,
    project: int | None = None,
    unit: int | None = None,
    makes_project: bool = False,
    same_as: int | None = None,
    version: int | None = None,
) -> IncomingSheet:
    """Say which project of the pool a sheet is about, or that it is one that the pool does not have yet (of ``unit``).

    ``same_as`` is the version of that project's sheet that it says nothing new to (``known.with_known``), where one is.
    """
    found = open_sheet(act, sheet, version)
    found.same_as = None if same_as is None else act.get(SheetVersion, same_as, "sheet.view", lock=False)
    if project is not None:
        chosen = act.get(Project, project, "project.view", lock=False)
        found.project, found.unit_id, found.makes_project = chosen, chosen.unit_id, False
        if found.title != UNNAMED and plain_of(found.title) != plain_of(chosen.name) and act.actor.may("project.edit"):
            remember_project(act.actor, project=project, text=found.title, origin=f"收件台：{found.file.name}")
    elif makes_project or unit is not None:
        place = unit if unit is not None else found.unit_id
        if place is None:
            raise Refused("先选单位，再建新项目", field="unit", status=422)
        found.unit = act.get(Organisation, place, "organisation.view", lock=False)
        found.project, found.makes_project = None, makes_project
    return act.save(found)


@service("intake.decide_file", "定部门和年度", right="intake.accept")
def decide_file(
    act: Act,
    *,
    file: int,
    department: int | None = None,
    year: int | None = None,
    sheets: Sequence[tuple[int, SheetIs]] = (),
    version: int | None = None,
) -> IncomingFile:
    """Say which department and year a file is of; ``sheets`` are those of the file, by id, as matched by that."""
    found = act.get(IncomingFile, file)
    expect_version(found, version)
    if found.state != State.TO_CHECK:
        raise Refused("这份文件现在不用定部门和年度")
    if department is not None:
        found.department, found.candidates = _department(act, found, department), []
    if year is not None:
        found.year = year
    found.version += 1
    act.save(found)
    for key, one in sheets:
        row = act.get(IncomingSheet, key, file=found)
        if row.accepted_id is None:
            row.unit_id, row.project_id, row.candidates = one.unit, one.project.found, list(one.project.candidates)
            row.same_as_id = one.same_as
            act.save(row)
    return found


def _department(act: Act, file: IncomingFile, key: int) -> Organisation:
    """The department a person named; how the file writes it is remembered. A unit may name its own department."""
    own = file.batch.organisation.department
    if own is not None and own.pk == key:
        return own
    chosen = act.get(Organisation, key, "organisation.view", lock=False)
    written = str(((file.document or {}).get("department") or {}).get("name") or "")
    if plain_of(written) not in ("", plain_of(chosen.name), plain_of(chosen.code)) and not _is_anothers(
        chosen, written
    ):
        remember_department(act.actor, department=key, text=written, origin=f"收件台：{file.name}")
    return chosen


def _is_anothers(chosen: Organisation, written: str) -> bool:
    """Whether what a file says is the name of another one: the file named the wrong one, that is no way of writing."""
    rows = Organisation.objects.unrestricted("names are told apart in a region").filter(
        region=chosen.region_id, closed_on=None
    )
    return any(plain_of(one.name) == plain_of(written) for one in rows.exclude(pk=chosen.pk))


@service("intake.drop", "不收", right="intake.accept")
def drop(act: Act, *, file: int) -> IncomingFile:
    """Leave a file out; it stays in the list. Nothing of it that was accepted before changes."""
    found = act.get(IncomingFile, file)
    if found.state not in (State.TO_CHECK, State.UNREADABLE, State.KNOWN, State.WAITING):
        raise Refused("正在读取的和已收下的文件不能定为不收")
    found.state = State.DROPPED
    return act.save(found, ["state"])


def is_given_up(file: int) -> bool:
    """Whether the background job that should read a file was lost twice or failed, and no other is at it."""
    jobs = Job.objects.unrestricted("how far a file just fetched is read").filter(name="intake.read", key=str(file))
    last = jobs.order_by("-pk").first()
    return last is not None and last.state in (Job.State.PARKED, Job.State.FAILED)


@service("intake.again", "重新读取", right="intake.add")
def read_again(act: Act, *, file: int) -> IncomingFile:
    """Have a file read once more: what could not be read, or what was left out."""
    found = act.get(IncomingFile, file)
    given_up = found.state in _OPEN and is_given_up(found.pk)
    if (found.state not in (State.UNREADABLE, State.DROPPED, State.KNOWN) and not given_up) or found.stored is None:
        raise Refused("这份文件不用再读")
    taken = found.sheets.unrestricted("a file just fetched").filter(~Q(accepted=None)).exists()
    if taken:
        raise Refused("这份文件里有表已经收下，不能重新读")
    found.sheets.unrestricted("a file just fetched").delete()
    found.state, found.met, found.remedy, found.document = State.WAITING, "", "", None
    enqueue("intake.read", key=str(found.pk), actor=act.actor, file=found.pk)
    return act.save(found)
