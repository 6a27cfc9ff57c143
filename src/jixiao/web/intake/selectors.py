"""What of files that came in is shown to whom: batches of registrations and their files."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from jixiao.web.intake.doubts import still_open
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
        counts[file][1] += len(still_open(doubts, looked_at))
        counts[file][2] += not (project or makes or whole)
    stuck = stuck_readings([one.pk for one in files if one.state in (State.WAITING, State.READING)])
    return found, [_counted(one, counts[one.pk], stuck.get(one.pk, "")) for one in files]


def _counted(row: IncomingFile, counts: list[int], stuck: str) -> FileOfBatch:
    sheets, unlooked, unknown = counts
    return FileOfBatch(row, sheets, unlooked, unknown, stuck)


def stuck_readings(files: list[int]) -> dict[int, str]:
    """Why files that seem to be read are not: the background job that was to read them last was given up."""
    if not files:
        return {}
    jobs = Job.objects.unrestricted("how far files just fetched are read").filter(
        name="intake.read", key__in=[str(key) for key in files]
    )
    last = {
        int(key): (state, words) for key, state, words in jobs.order_by("pk").values_list("key", "state", "message")
    }
    given_up = (Job.State.PARKED, Job.State.FAILED)
    return {key: words for key, (state, words) in last.items() if state in given_up}


def taken_of(actor: Actor, files: list[int]) -> dict[int, tuple[int, int]]:
    """How many sheets of each file are accepted, and how many there are."""
    rows = IncomingSheet.objects.restrict(actor, "intake.view").filter(file__in=files, dropped=False)
    counted = rows.order_by().values_list("file").annotate(Count("accepted"), Count("pk"))
    return {file: (taken, sheets) for file, taken, sheets in counted}


def how_far(actor: Actor, file: int) -> str:
    """How many sheets of a file are accepted, in words: 「（已收下1/7）」; nothing of a file with one."""
    taken, sheets = taken_of(actor, [file]).get(file, (0, 0))
    return f"（已收下{taken}/{sheets}）" if sheets > 1 else ""
