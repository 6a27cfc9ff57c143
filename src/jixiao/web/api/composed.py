"""Functions that stand in for a service: they look up by id what pages have at hand, and call it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from jixiao.domain.money import CurrencyUnit
from jixiao.web.accounts.models import Assignment
from jixiao.web.accounts.services import rights
from jixiao.web.api.types import Body, Whole, Words, YesNo
from jixiao.web.desk import handing_out, project_lists
from jixiao.web.desk.models import FindingDecision
from jixiao.web.desk.selectors import Opened
from jixiao.web.desk.services import dismiss_finding
from jixiao.web.editor import beginnings, set_services, sets
from jixiao.web.editor import services as writing
from jixiao.web.editor.protocol import save_of
from jixiao.web.goals import exports
from jixiao.web.goals.models import SheetVersion
from jixiao.web.goals.selectors import Wanted
from jixiao.web.imports import running
from jixiao.web.imports.mapping import Choice
from jixiao.web.imports.models import ImportSession
from jixiao.web.imports.table import RowSort
from jixiao.web.intake import acceptance
from jixiao.web.intake.corrections import checked
from jixiao.web.intake.models import IncomingSheet
from jixiao.web.intake.services import correct
from jixiao.web.jobs.models import Job
from jixiao.web.kernel.acts import NotThere, Refused
from jixiao.web.kernel.people import Actor
from jixiao.web.projects import services as projects
from jixiao.web.projects.models import Project, ProjectYear


class ProjectFields(Body):
    """What of a project is edited as it stands; what is not given stays."""

    name: Words = ""
    project_class: Words = ""
    starts_in: Whole | None = None
    ends_in: Whole | None = None
    is_key: YesNo = False
    upper_document: Words = ""


class ProjectOfYear(Body):
    """What of a project belongs to a year, money in fen; what is not given stays."""

    code: Words = ""
    name: Words = ""
    total_fen: Whole | None = None
    fiscal_fen: Whole | None = None
    other_fen: Whole | None = None
    extra: dict[Words, Words] = {}


def add_project(
    actor: Actor, *, unit: int, fields: ProjectFields, year: int | None = None, of_year: ProjectOfYear | None = None
) -> Project:
    """A project of a unit; with ``year`` it is listed there at once."""
    listed = of_year.model_dump(exclude_unset=True) if of_year is not None else {}
    return projects.add_project(
        actor, unit=unit, fields=fields.model_dump(exclude_unset=True), year=year, of_year=listed
    )


def edit_project(actor: Actor, *, project: int, fields: ProjectFields, unit: int | None = None) -> Project:
    """What ``fields`` say; what is not in them stays. A new name is for the years from now on."""
    return projects.edit_project(actor, project=project, fields=fields.model_dump(exclude_unset=True), unit=unit)


def list_project(actor: Actor, *, project: int, year: int, of_year: ProjectOfYear) -> ProjectYear:
    """What a project is called and given in a year; what ``of_year`` does not say stays."""
    return projects.set_year(actor, project=project, year=year, of_year=of_year.model_dump(exclude_unset=True))


class Chosen(Body):
    """Of an incoming sheet the differences from the pool's version that are taken, by their keys."""

    sheet: Whole
    keys: list[Words]


def accept(
    actor: Actor,
    *,
    file: int,
    sheets: Sequence[int] | None = None,
    despite_doubts: bool = False,
    chosen: Sequence[Chosen] = (),
) -> list[SheetVersion]:
    """Take sheets of a file into the pool: the given ones, or all that are still open; of those ``chosen`` only some differences."""
    some = {one.sheet: one.keys for one in chosen}
    return acceptance.accept(actor, file=file, sheets=sheets, despite_doubts=despite_doubts, chosen=some or None)


def grant(
    actor: Actor,
    *,
    user: int,
    role: str,
    organisation: int | None = None,
    since: date | None = None,
    until: date | None = None,
    projects: Collection[int] = (),
) -> Assignment:
    """A role in an organisation for a time; for experts and clerks narrowed to ``projects``."""
    known = _projects(actor, "right.grant", projects)
    return rights.grant(
        actor, user=user, role=role, organisation=organisation, since=since, until=until, projects=known
    )


def staff(
    actor: Actor, *, user: int, organisation: int, until: date | None = None, projects: Collection[int] = ()
) -> Assignment:
    """A clerk for a unit one is responsible for, perhaps for some of its ``projects`` only."""
    known = _projects(actor, "right.staff", projects, unit=organisation)
    return rights.assign_clerk(actor, user=user, organisation=organisation, until=until, projects=known)


def _projects(actor: Actor, right: str, wanted: Collection[int], **where: int) -> list[int]:
    """The projects asked for, each within reach. Raises Refused for one that is not."""
    there = set(Project.objects.restrict(actor, right).filter(pk__in=wanted, **where).values_list("pk", flat=True))
    lacking = sorted(set(wanted) - there)
    if lacking:
        raise Refused(f"没有编号是 {lacking[0]} 的项目，或者不归您管", field="projects", status=404)
    return sorted(there)


def dismiss(actor: Actor, *, file: int, finding: str, reason: str, words: str = "") -> FindingDecision:
    """Leave a finding of a file, by its id, out of its letter. ``reason``: one of those of ``FindingDecision``."""
    found = next((one for one in Opened(actor, file).review.findings if one.id == finding), None)
    if found is None:
        raise NotThere("这个问题已经不在了，可能改过内容")
    return dismiss_finding(actor, file=file, finding=found, reason=reason, words=words)


def correct_value(
    actor: Actor, *, sheet: int, pointer: str, value: str | None, version: int | None = None
) -> IncomingSheet:
    """Put a value of an incoming sheet right, by its pointer into the file's document; null empties it."""
    row = IncomingSheet.objects.restrict(actor, "intake.accept").filter(pk=sheet).first()
    if row is None:
        raise NotThere
    wanted = (value or "").strip() or None
    was = checked(Opened(actor, row.file_id).plan, pointer, wanted)
    before = row.corrections.get(pointer)
    read = before["read"] if before else was
    return correct(actor, sheet=sheet, pointer=pointer, value=wanted, read=read, version=version)


def choose_columns(
    actor: Actor,
    *,
    session: int,
    columns: Mapping[str, int | None],
    units: Mapping[str, CurrencyUnit | None] | None = None,
    header: Sequence[int] = (),
    as_data: Sequence[int] = (),
) -> ImportSession:
    """Settle the columns of an import: field → number of its column; fields that are not named stay as recognised. ``units`` of
    amounts, rows of the ``header``, rows that are data though they do not look it."""
    seen = running.view(actor, session, header=list(header) or None)
    mapped = dict(seen.mapped)
    for name, column in columns.items():
        if name not in mapped:
            raise Refused(f"没有“{name}”这一项。可以是：{'、'.join(mapped)}", field=f"columns.{name}")
        mapped[name] = Choice(column, (units or {}).get(name, mapped[name].unit), "自己选的")
    sorts = {number: RowSort.DATA for number in as_data if number in seen.head.sorts}
    return running.choose(
        actor, session, mapped=mapped, sheet=seen.session.sheet, header=list(seen.head.header), sorts=sorts
    )


def export_many(
    actor: Actor,
    *,
    year: int,
    what: str = "workbook",
    department: int | None = None,
    unit: int | None = None,
    kind: str = "",
    state: str = "",
) -> Job:
    """Have all sheets of a year that fulfil the conditions made into a file in the background; what and conditions as GET
    /sheets-export has them. How far it is and the file: GET /made-files/{key} with the id that is answered."""
    if what not in exports.forms_of_many():
        raise Refused(f"没有“{what}”这种导出，可以是 {'、'.join(exports.forms_of_many())}", field="what")
    return exports.ask_for_many(actor, year, Wanted(department, unit, kind, state), what)


class Edit(Body):
    """One edit of a sheet, as docs of ``web/editor/protocol.py`` has it: ``put`` (thing, cell, was, text), ``add`` (thing is the id of
    the new row; holder, list, after, cells), ``remove`` (thing, seen), ``move`` (thing, after)."""

    id: Words
    kind: Literal["put", "add", "remove", "move"]
    thing: Words = ""
    cell: Words = ""
    was: Words = ""
    text: Words = ""
    holder: Words = ""
    list: Words = ""
    after: Words = ""
    cells: dict[Words, Words] = {}
    seen: Whole = 0
    group: Words = ""


def edit_sheet(actor: Actor, *, year: int, key: int, client: str, operations: Sequence[Edit]) -> Edited:
    """Apply edits to a sheet of a year, in their order; each is answered for itself: saved, conflict (somebody else wrote there, both
    are told), refused (it has nowhere to go) or aside (the sheet may not be written in now). What is sent again under the same id
    counts once. ``client`` is any name of 8 to 40 letters and digits that is the caller's own."""
    asked = save_of({"client": client, "operations": [one.model_dump() for one in operations]})
    saved = writing.save(actor, year=year, key=key, asked=asked)
    return Edited(saved.revision, saved.answers)


@dataclass(frozen=True)
class Edited:
    """The revision of the draft after it, and what became of each edit."""

    revision: int
    answers: Sequence[writing.Answer]


def start_sheet(
    actor: Actor, *, year: int, unit: int, place: str, start_from: str = "blank", indicators: Sequence[str] = ()
) -> SheetVersion:
    """Start a sheet that a set lacks. ``unit`` and ``place`` as GET /sets/{unit} has them; ``start_from``: blank, last_year, library
    with the codes of ``indicators``, or the id of the sheet of another project."""
    found = sets.set_of(actor, year, unit)
    here = found.lacking_place(place)
    beginning = beginnings.chosen(actor, found, here, start_from, indicators)
    project = here.project.pk if here.project is not None else None
    return set_services.start(actor, unit=here.unit.pk, project=project, year=year, beginning=beginning)


def export_all(actor: Actor, *, year: int, what: Literal["letters", "workbook"] = "letters") -> Job:
    """Have the letters of all files of a year, or the workbook over them, made in the background. How far it is and the file: GET
    /made-files/{key} with the id that is answered."""
    return handing_out.ask_for_all(actor, year, what)


def import_list(actor: Actor, *, file: int) -> ImportSession:
    """Begin an import of projects with a list of projects that came in among the files."""
    return project_lists.import_list(actor, file)
