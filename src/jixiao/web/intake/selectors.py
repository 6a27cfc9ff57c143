"""What of the intake desk is shown to whom: batches, their files with progress, sheets with fields and doubts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from jixiao.domain.plan import Plan
from jixiao.web.goals.documents import as_plan
from jixiao.web.goals.models import SheetKind
from jixiao.web.intake.acceptance import current_version
from jixiao.web.intake.corrections import corrected
from jixiao.web.intake.fields import Field, fields_of
from jixiao.web.intake.models import Batch, IncomingFile, IncomingSheet
from jixiao.web.kernel.acts import NotThere
from jixiao.web.kernel.people import Actor
from jixiao.web.organisations.models import Organisation
from jixiao.web.projects.models import Project

State = IncomingFile.State


def batches(actor: Actor) -> QuerySet[Batch]:
    """Batches, each with ``files_in`` (all), ``to_check``, ``accepted``, ``reading`` and ``bad`` (unreadable or refused)."""
    rows = Batch.objects.restrict(actor, "intake.view").select_related("organisation", "made_by")
    return rows.annotate(
        files_in=Count("files"),
        to_check=Count("files", filter=Q(files__state=State.TO_CHECK)),
        accepted=Count("files", filter=Q(files__state=State.ACCEPTED)),
        reading=Count("files", filter=Q(files__state__in=[State.WAITING, State.READING])),
        bad=Count("files", filter=Q(files__state__in=[State.UNREADABLE, State.REFUSED])),
    )


@dataclass(frozen=True)
class FileLine:
    """A file in the queue: what state it is in, how far it is read, how many places of how many sheets are to be looked at."""

    file: IncomingFile
    sheets: int
    doubts: int
    accepted: int

    @property
    def words(self) -> str:
        """The state as the queue shows it: 「读取中 4/9 页」, 「待核对 3 处」."""
        one = self.file
        if one.state == State.READING:
            return f"读取中 {one.pages_done}/{one.pages} 页" if one.pages else "读取中"
        if one.state == State.TO_CHECK:
            return f"待核对 {self.doubts} 处" if self.doubts else f"可以收下 {self.sheets - self.accepted} 张"
        if one.state == State.ACCEPTED:
            return f"已收下 {self.accepted} 张"
        return str(one.get_state_display())

    @property
    def is_moving(self) -> bool:
        """Whether its state changes by itself."""
        return self.file.state in (State.WAITING, State.READING)


def files(actor: Actor) -> QuerySet[IncomingFile]:
    """Files that came in, without what was read of them."""
    rows = IncomingFile.objects.restrict(actor, "intake.view").defer("document")
    return rows.select_related("batch", "department", "same_as", "replaces", "stored")


def lines(actor: Actor, rows: Iterable[IncomingFile]) -> list[FileLine]:
    """Files of a page as lines of the queue; two queries, however many they are."""
    shown = list(rows)
    sheets = IncomingSheet.objects.restrict(actor, "intake.view").filter(file__in=[one.pk for one in shown])
    counted: dict[int, list[int]] = {one.pk: [0, 0, 0] for one in shown}
    for key, doubts, looked_at, accepted, dropped in sheets.values_list(
        "file", "doubts", "looked_at", "accepted", "dropped"
    ):
        if dropped:
            continue
        found = counted[key]
        found[0] += 1
        found[1] += 0 if accepted else len({str(d["pointer"]) for d in doubts} - set(looked_at))
        found[2] += accepted is not None
    return [FileLine(one, *counted[one.pk]) for one in shown]


@dataclass(frozen=True)
class DeskSheet:
    """A sheet of a file at the desk. ``candidates`` are the projects it may be about, where that is in doubt."""

    row: IncomingSheet
    file: DeskFile
    candidates: tuple[Project, ...] = ()

    @property
    def kind_label(self) -> str:
        """Which form it is."""
        return str(SheetKind(self.row.kind).label)

    @property
    def open_doubts(self) -> int:
        """How many places are still to be looked at."""
        return len({str(d["pointer"]) for d in self.row.doubts} - set(self.row.looked_at))

    @property
    def needs_project(self) -> bool:
        """Whether somebody has to say which project it is about."""
        has_none = self.row.project_id is None and not self.row.makes_project
        return has_none and not self.row.is_of_department

    @cached_property
    def fields(self) -> list[Field]:
        """Its fields in the order of the form, doubts first said of what is no field."""
        return fields_of(
            self.file.plan,
            self.row.index,
            doubts=self.row.doubts,
            corrections=self.row.corrections,
            looked_at=self.row.looked_at,
        )

    @cached_property
    def first_doubt(self) -> Field | None:
        """Where to look first."""
        return next((one for one in self.fields if one.is_open), None)


@dataclass(frozen=True)
class DeskFile:
    """A file at the desk, with its sheets. ``departments`` are those it may be of, where that is in doubt."""

    row: IncomingFile
    departments: tuple[Organisation, ...]
    sheets: list[DeskSheet] = field(default_factory=list)

    @cached_property
    def as_read(self) -> Plan:
        """What was read of it."""
        return as_plan(self.row.document or {})

    @cached_property
    def corrections(self) -> Mapping[str, Mapping[str, Any]]:
        """What was put right in all its sheets."""
        return {pointer: one for sheet in self.sheets for pointer, one in sheet.row.corrections.items()}

    @cached_property
    def plan(self) -> Plan:
        """What was read, with what people put right."""
        return corrected(self.as_read, self.corrections)

    @property
    def needs_department(self) -> bool:
        return self.row.state == State.TO_CHECK and self.row.department_id is None

    @property
    def needs_year(self) -> bool:
        return self.row.state == State.TO_CHECK and self.row.year is None

    def sheet(self, key: int) -> DeskSheet:
        """One of its sheets. Raises NotThere."""
        for one in self.sheets:
            if one.row.pk == key:
                return one
        raise NotThere


def desk_file(actor: Actor, key: int) -> DeskFile:
    """A file with its sheets and what is in doubt about it; five queries. Raises NotThere."""
    rows = IncomingFile.objects.restrict(actor, "intake.view")
    row = (
        rows.select_related("batch__organisation", "department", "same_as", "replaces", "stored").filter(pk=key).first()
    )
    if row is None:
        raise NotThere
    sheets = IncomingSheet.objects.restrict(actor, "intake.view").filter(file=row).order_by("position")
    found = list(sheets.select_related("project", "unit", "accepted__sheet"))
    places = Organisation.objects.restrict(actor, "organisation.view").in_bulk(row.candidates) if row.candidates else {}
    wanted = {pk for one in found for pk in one.candidates}
    pool = (
        Project.objects.restrict(actor, "project.view").select_related("unit").in_bulk(list(wanted)) if wanted else {}
    )
    file = DeskFile(row, tuple(places[pk] for pk in row.candidates if pk in places))
    for one in found:
        file.sheets.append(DeskSheet(one, file, tuple(pool[pk] for pk in one.candidates if pk in pool)))
    return file


def neighbours(actor: Actor, row: IncomingFile) -> tuple[int | None, int | None]:
    """Keys of the file before and of the file after this one that are still to be checked, in the order of the queue."""
    rows = IncomingFile.objects.restrict(actor, "intake.view").filter(batch=row.batch_id, state=State.TO_CHECK)
    before = rows.filter(position__lt=row.position).order_by("-position").values_list("pk", flat=True).first()
    after = rows.filter(position__gt=row.position).order_by("position").values_list("pk", flat=True).first()
    return before, after


def has_version(actor: Actor, sheet: DeskSheet) -> bool:
    """Whether the pool has a version of this sheet already, so that accepting makes a new one."""
    return current_version(actor, sheet.row) is not None


def departments(actor: Actor) -> QuerySet[Organisation]:
    """The lead departments one may choose from, in official order."""
    rows = Organisation.objects.restrict(actor, "organisation.view")
    return rows.filter(closed_on__isnull=True, pk=F("department_id")).order_by("order", "pk")
