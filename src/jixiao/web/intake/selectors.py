"""What of files that came in is shown to whom: batches of registrations, a sheet against its version in the pool."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from jixiao.domain.plan import Plan
from jixiao.web.goals.compare import Difference, differences
from jixiao.web.goals.documents import as_plan, known_again, one_sheet, part_one
from jixiao.web.goals.models import SheetVersion
from jixiao.web.intake.acceptance import current_version
from jixiao.web.intake.corrections import corrected
from jixiao.web.intake.models import Batch, IncomingFile, IncomingSheet
from jixiao.web.jobs.models import Job
from jixiao.web.kernel.acts import NotThere
from jixiao.web.kernel.people import Actor

State = IncomingFile.State


def registrations(actor: Actor, year: int) -> QuerySet[Batch]:
    """Registrations of a year, each with ``files_in``, ``done`` and ``left`` (waiting, being read or to be checked)."""
    rows = Batch.objects.restrict(actor, "intake.register").filter(registers_approved=True, year=year)
    open_states = [State.WAITING, State.READING, State.TO_CHECK]
    return rows.select_related("made_by").annotate(
        files_in=Count("files"),
        done=Count("files", filter=Q(files__state=State.ACCEPTED)),
        left=Count("files", filter=Q(files__state__in=open_states)),
    )


@dataclass(frozen=True)
class FileOfBatch:
    """A file of a batch with what is to be known before it is registered."""

    row: IncomingFile
    sheets: int
    unlooked: int
    unknown_projects: int
    stuck: str = ""

    @property
    def words(self) -> str:
        """How far it is."""
        one = self.row
        if self.stuck:
            return "没有读成"
        if one.state == State.READING:
            return f"读取中 {one.pages_done}/{one.pages}页" if one.pages else "读取中"
        if one.state == State.TO_CHECK and not self.trouble:
            return "可以登记"
        return str(one.get_state_display())

    @property
    def trouble(self) -> str:
        """What keeps it from being registered, in words; empty where nothing does."""
        one = self.row
        if self.stuck:
            return self.stuck
        if one.state in (State.UNREADABLE, State.REFUSED, State.KNOWN):
            return f"{one.met}。{one.remedy}" if one.remedy else one.met
        if one.state != State.TO_CHECK:
            return ""
        if one.department_id is None:
            return "看不出是哪个部门，请先到收件台选"
        return "没有写年度，请先到收件台选" if one.year is None else ""


def files_of(actor: Actor, batch: int) -> tuple[Batch, list[FileOfBatch]]:
    """A batch and its files; four queries. Raises NotThere."""
    found = (
        Batch.objects.restrict(actor, "intake.view").select_related("made_by", "organisation").filter(pk=batch).first()
    )
    if found is None:
        raise NotThere
    rows = IncomingFile.objects.restrict(actor, "intake.view").filter(batch=found).defer("document")
    files = list(rows.select_related("department").order_by("position", "pk"))
    counts: dict[int, list[int]] = {one.pk: [0, 0, 0] for one in files}
    sheets = IncomingSheet.objects.restrict(actor, "intake.view").filter(file__in=counts, dropped=False)
    columns = ("file", "doubts", "looked_at", "project", "makes_project", "is_of_department")
    for file, doubts, looked_at, project, makes, whole in sheets.values_list(*columns):
        counts[file][0] += 1
        counts[file][1] += len({str(d["pointer"]) for d in doubts} - set(looked_at))
        counts[file][2] += not (project or makes or whole)
    stuck = stuck_readings([one.pk for one in files if one.state in (State.WAITING, State.READING)])
    return found, [_counted(one, counts[one.pk], stuck.get(one.pk, "")) for one in files]


def _counted(row: IncomingFile, counts: list[int], stuck: str) -> FileOfBatch:
    sheets, unlooked, unknown = counts
    return FileOfBatch(row, sheets, unlooked, unknown, stuck)


def stuck_readings(files: list[int]) -> dict[int, str]:
    """Why files that seem to be read are not: their background job was given up."""
    if not files:
        return {}
    jobs = Job.objects.unrestricted("how far files just fetched are read").filter(
        name="intake.read", key__in=[str(key) for key in files], state__in=[Job.State.PARKED, Job.State.FAILED]
    )
    return {int(key): message for key, message in jobs.order_by("pk").values_list("key", "message")}


@dataclass(frozen=True)
class Corrected:
    """A sheet that came in again: against the version that the pool has of it."""

    row: IncomingSheet
    before: SheetVersion
    old: Plan
    new: Plan
    differences: list[Difference]


def against_pool(actor: Actor, key: int) -> Corrected:
    """How a sheet that came in differs from its version in the pool. Raises NotThere where there is none."""
    row = (
        IncomingSheet.objects.restrict(actor, "intake.view")
        .select_related("file__replaces", "unit")
        .filter(pk=key)
        .first()
    )
    if row is None or row.file.document is None:
        raise NotThere
    before = current_version(actor, row)
    if before is None:
        raise NotThere("库里还没有这张表，没有可比的")
    sheets = IncomingSheet.objects.restrict(actor, "intake.view").filter(file=row.file_id)
    made = {p: one for found in sheets.values_list("corrections", flat=True) for p, one in found.items()}
    plan = corrected(as_plan(row.file.document), made)
    old = as_plan(before.document)
    new = known_again(part_one(plan) if row.index is None else one_sheet(plan, row.index), old)
    return Corrected(row, before, old, new, differences(old, new))
