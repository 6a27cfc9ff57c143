"""What the desk shows: the queue of files, one file with its sheets, one sheet with its fields or findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from django.conf import settings
from django.db.models import QuerySet

from jixiao.domain.codec import locate
from jixiao.domain.finding import Finding, Review
from jixiao.domain.organisation import Organisation as Named
from jixiao.domain.period import FiscalYear as FiscalYearOf
from jixiao.domain.plan import Plan
from jixiao.domain.pointer import indicator_at
from jixiao.domain.provenance import Location
from jixiao.readers import ONLY_PROJECTS
from jixiao.services.originals import anchor_of
from jixiao.services.reviewing import review_plan, without_findings
from jixiao.web.desk.fields import Field, Fields, Group, Marks
from jixiao.web.desk.filled import FILLED, Link, is_filled, proposals_of
from jixiao.web.desk.models import FindingDecision
from jixiao.web.desk.still_open import open_in
from jixiao.web.goals.documents import as_plan
from jixiao.web.intake.corrections import corrected
from jixiao.web.intake.models import Batch, IncomingFile, IncomingSheet
from jixiao.web.intake.places import address_of
from jixiao.web.intake.selectors import stuck_readings, taken_of
from jixiao.web.kernel import clock
from jixiao.web.kernel.acts import NotThere
from jixiao.web.kernel.people import Actor
from jixiao.web.organisations.models import FiscalYear
from jixiao.writers.places import Places

State = IncomingFile.State
MOST_IN_QUEUE = 300
"""Files the queue shows, the newest; older ones are found by their batch"""
_OPENABLE = (State.TO_CHECK, State.ACCEPTED)
_READING = (State.WAITING, State.READING)
STUCK_REMEDY = "请点“重新读取”。又停下的话，把文件另存为 .docx 或 .xlsx 再拖进来，并告诉系统管理员"


@dataclass(frozen=True)
class QueuedFile:
    """A file in the queue."""

    row: IncomingFile
    open_doubts: int
    year: int
    stuck: str = ""
    """Why nobody reads it any more, though it waits to be read"""
    taken: int = 0
    """Sheets of it accepted, of a file still to check"""
    sheets: int = 0
    proposals: tuple[Link, ...] = ()

    @property
    def pk(self) -> int:
        return self.row.pk

    @property
    def name(self) -> str:
        return self.row.name

    @property
    def state(self) -> str:
        return self.row.state

    @property
    def is_openable(self) -> bool:
        return self.row.state in _OPENABLE

    @property
    def is_reading(self) -> bool:
        return self.row.state == State.READING and not self.stuck

    @property
    def is_to_be_read_again(self) -> bool:
        """Whether somebody is to have it read once more."""
        return bool(self.stuck)

    @property
    def pages(self) -> int:
        return self.row.pages

    @property
    def pages_done(self) -> int:
        return self.row.pages_done

    @property
    def met(self) -> str:
        return self.stuck or self.row.met

    @property
    def remedy(self) -> str:
        return STUCK_REMEDY if self.stuck else self.row.remedy

    @property
    def is_project_list(self) -> bool:
        """Whether it is no sheet but a list of projects, for the pool."""
        return self.row.state == State.UNREADABLE and self.row.met == ONLY_PROJECTS

    @property
    def address(self) -> str:
        return address_of(self.year, self.row.pk)

    @property
    def is_clean(self) -> bool:
        """Whether it waits for nothing but to be taken."""
        return self.row.state == State.TO_CHECK and not self._is_nobodys and not self.open_doubts

    @property
    def _is_nobodys(self) -> bool:
        """Whether it has to be said whose it is; at the desk of one person nobody asks."""
        return not settings.DESK and (self.row.department_id is None or self.row.year is None)

    @property
    def words(self) -> str:
        """Its state in a word or two."""
        if self.stuck:
            return "没有读成"
        if self.row.state == State.READING and self.row.pages:
            return f"读取中 {self.row.pages_done}/{self.row.pages}页"
        if self.is_project_list or is_filled(self.row):
            return "项目清单" if self.is_project_list else FILLED
        if self.row.state == State.TO_CHECK and self._is_nobodys:
            return "先定部门、年度"
        if self.row.state == State.TO_CHECK:
            left = f"待核对{self.open_doubts}处" if self.open_doubts else "没有疑问"
            return f"已收下 {self.taken}/{self.sheets}，{left}" if self.taken else left
        return str(State(self.row.state).label)


@dataclass(frozen=True)
class Queue:
    """The files of a batch, or of all batches of a year."""

    files: Sequence[QueuedFile]
    counts: Mapping[str, int]

    @property
    def is_reading(self) -> bool:
        return bool(self.counts["reading"])

    def years(self, own: int) -> list[int]:
        """Of which years letters and workbooks can be taken away: those that the files read say they are of; ``own`` first."""
        if settings.DESK:
            return [own] if self.files else []
        found = {one.row.year or own for one in self.files if one.row.state in (State.TO_CHECK, State.ACCEPTED)}
        return sorted(found, key=lambda year: (year != own, -year))


def queue_of(actor: Actor, year: int, batch: int | None = None) -> Queue:
    """What came in for a year; of one batch where it is given."""
    rows = IncomingFile.objects.restrict(actor, "intake.view").filter(batch__year=year)
    rows = rows.exclude(state=State.DROPPED) if batch is None else rows.filter(batch=batch)
    files = list(
        rows.select_related("stored").defer("document").order_by("-batch_id", "position", "pk")[:MOST_IN_QUEUE]
    )
    doubts = open_doubts(actor, files)
    stuck = stuck_readings([one.pk for one in files if one.state in _READING])
    states = Counter(one.state for one in files if one.pk not in stuck)
    counts = {
        "total": len(files),
        "accepted": states[State.ACCEPTED],
        "to_check": states[State.TO_CHECK],
        "doubts": sum(doubts.values()),
        "unreadable": states[State.UNREADABLE],
        "stuck": len(stuck),
        "refused": states[State.REFUSED],
        "known": states[State.KNOWN],
        "reading": sum(states[state] for state in _READING),
    }
    taken = taken_of(actor, [one.pk for one in files if one.state == State.TO_CHECK])
    links = proposals_of(actor, files)
    more = {one.pk: (*taken.get(one.pk, (0, 0)), links.get(one.pk, ())) for one in files}
    queued = [QueuedFile(one, doubts[one.pk], year, stuck.get(one.pk, ""), *more[one.pk]) for one in files]
    return Queue(queued, counts)


def open_doubts(actor: Actor, files: Sequence[IncomingFile]) -> Counter[int]:
    """How much of each file is to be looked at or said, by the id of the file."""
    rows = IncomingSheet.objects.restrict(actor, "intake.view").filter(
        file__in=[one.pk for one in files if one.state == State.TO_CHECK], accepted=None, dropped=False
    )
    found: Counter[int] = Counter()
    for one in files:
        if one.state == State.TO_CHECK and not settings.DESK:
            found[one.pk] = (one.department_id is None) + (one.year is None)
    for row in rows.select_related("same_as__sheet").defer("same_as__document", "same_as__findings"):
        found[row.file_id] += open_in(row)
    return found


class Opened:
    """One file at the desk, with what a person put right in it."""

    def __init__(self, actor: Actor, file: int) -> None:
        self._actor = actor
        rows = IncomingFile.objects.restrict(actor, "intake.view").select_related(
            "stored", "department", "batch__organisation", "batch__made_by"
        )
        row = rows.filter(pk=file).first()
        if row is None:
            raise NotThere
        self.row = row
        sheets: QuerySet[IncomingSheet] = IncomingSheet.objects.restrict(actor, "intake.view").select_related(
            "project", "unit", "accepted", "same_as__sheet"
        )
        sheets = sheets.defer(
            *(f"{name}__{big}" for name in ("accepted", "same_as") for big in ("document", "findings"))
        )
        self.sheets = list(sheets.filter(file=row).order_by("position"))

    @cached_property
    def plan(self) -> Plan:
        """The plan as it stands with all corrections. Raises NotThere where the file was not read."""
        if self.row.document is None:
            raise NotThere("这份文件还没有读出来")
        made = {pointer: one for sheet in self.sheets for pointer, one in sheet.corrections.items()}
        return corrected(as_plan(self.row.document), made)

    @cached_property
    def as_known(self) -> Plan:
        """The plan, with the department and year that a person said it is of where it does not say so itself."""
        plan, row = self.plan, self.row
        if not plan.department.label and row.department is not None:
            plan = replace(plan, department=Named(row.department.code, row.department.name))
        if plan.fiscal_year is None and row.year is not None:
            plan = replace(plan, fiscal_year=FiscalYearOf(row.year))
        return plan

    def sheet(self, key: int | None) -> IncomingSheet:
        """The sheet asked for, else the first that is still to be accepted, else the first. Raises NotThere."""
        if key is None:
            left = (one for one in self.sheets if one.accepted_id is None and not one.dropped)
            found = next(left, self.sheets[0] if self.sheets else None)
        else:
            found = next((one for one in self.sheets if one.pk == key), None)
        if found is None:
            raise NotThere("这份文件里没有读出表")
        return found

    @property
    def is_clean(self) -> bool:
        """Whether nothing is left to look at or to say before all of it can be taken in."""
        left = [one for one in self.sheets if one.accepted_id is None and not one.dropped]
        return (
            bool(left)
            and self.row.year is not None
            and self.row.department_id is not None
            and not any(open_in(one) for one in left)
        )

    def groups(self, sheet: IncomingSheet) -> tuple[Group, ...]:
        """The fields of a sheet."""
        marks = Marks(
            {one["pointer"]: one["words"] for one in reversed(sheet.doubts)},
            frozenset(one["pointer"] for one in sheet.doubts) if sheet.is_unchanged else frozenset(sheet.looked_at),
            {pointer: str(one.get("read") or "空白") for pointer, one in sheet.corrections.items()},
        )
        fields = Fields(self.plan, marks)
        return fields.part_one() if sheet.index is None else fields.sheet(sheet.index)

    # --- findings ---

    @cached_property
    def ruleset(self) -> str | None:
        """That of the file's year in its region; None where the form is to say."""
        if self.row.year is None:
            return None
        years = FiscalYear.objects.restrict(self._actor, "year.view").filter(
            year=self.row.year, region=self.row.batch.organisation.region_id
        )
        return years.values_list("ruleset", flat=True).first() or None

    @cached_property
    def review(self) -> Review:
        """All that the rules say of the file."""
        return review_plan(self.plan, as_of=clock.today(), ruleset=self.ruleset)

    @cached_property
    def decisions(self) -> Mapping[str, FindingDecision]:
        """Findings that somebody does not take, by their ids."""
        rows = FindingDecision.objects.restrict(self._actor, "intake.view").filter(file=self.row)
        return {one.finding: one for one in rows}

    @property
    def taken(self) -> Review:
        """The review without what somebody does not take."""
        return without_findings(self.plan, self.review, self.decisions.keys())

    def findings(self, sheet: IncomingSheet) -> list[ShownFinding]:
        """The findings of one sheet, or of what lies outside all sheets, in the order of the document."""
        places = Places(self.plan)
        return [
            ShownFinding(one, self._place(one), places.of(one.pointer).full, self.decisions.get(one.id))
            for one in self.review.findings
            if indicator_at(one.pointer)[0] == sheet.index
        ]

    def _place(self, finding: Finding) -> Location:
        return locate(self.plan.provenance, finding.pointer) or Location()


@dataclass(frozen=True)
class ShownFinding:
    """A finding beside the original."""

    finding: Finding
    location: Location
    place: str
    decision: FindingDecision | None

    @property
    def id(self) -> str:
        return self.finding.id

    @property
    def severity(self) -> str:
        return self.finding.severity.value

    @property
    def title(self) -> str:
        return self.finding.title

    @property
    def message(self) -> str:
        return "".join([self.finding.message, *(one.text for one in self.finding.also)])

    @property
    def suggestion(self) -> str:
        return self.finding.suggestion or ""

    @property
    def sources(self) -> list[str]:
        return [f"{one.force.label} {one.instrument}：{one.requirement}" for one in self.finding.citations]

    @property
    def anchor(self) -> str:
        return anchor_of(self.location)

    @property
    def page(self) -> int | None:
        return self.location.page

    @property
    def box(self) -> tuple[float, float, float, float] | None:
        return self.location.bbox

    @property
    def dismissed(self) -> str:
        """Who does not take it and why; empty where it is taken."""
        if self.decision is None:
            return ""
        words = f"，{self.decision.words}" if self.decision.words else ""
        return f"{self.decision.get_reason_display()}{words}（{self.decision.made_by}）"


def doubted(plan: Plan, groups: Sequence[Group], sheet: IncomingSheet) -> list[Field]:
    """The doubted fields in the order in which to look at them, each named in full; those without a field of their own come
    as such."""
    places = Places(plan)
    by_pointer = {field.pointer: field for group in groups for field in group.every()}
    found: list[Field] = []
    for one in sheet.doubts:
        pointer = one["pointer"]
        field = by_pointer.get(pointer) or Field(
            pointer, "整张表", "", doubt=one["words"], is_settled=sheet.is_unchanged or pointer in sheet.looked_at
        )
        if _in_a_row(pointer):
            field = replace(field, label=places.of(pointer).words)
        if field not in found:
            found.append(field)
    return found


def latest_batch(actor: Actor, year: int) -> Batch | None:
    """The batch that files dropped now go into: the newest of the person's own, of today."""
    rows = Batch.objects.restrict(actor, "intake.view").filter(
        year=year, made_by=actor.id, registers_approved=False, made_at__date=clock.today()
    )
    return rows.order_by("-pk").first()


def _in_a_row(pointer: str) -> bool:
    """Whether a place is a cell of a row: its column alone does not say which."""
    return any(name.isdecimal() for name in pointer.split("/")[3:])
