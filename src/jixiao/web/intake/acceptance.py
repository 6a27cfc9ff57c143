"""From the desk into the pool of sheets 「收下」: prepared outside of the transaction, then written in one."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.db import IntegrityError

from jixiao.domain.plan import Plan
from jixiao.web.goals.compare import Difference, differences
from jixiao.web.goals.contents import Content, content_of, money_of, reviewed
from jixiao.web.goals.documents import (
    as_plan,
    known_again,
    one_sheet,
    part_one,
    put_back,
    review_of_part_one,
    review_of_sheet,
)
from jixiao.web.goals.merge import merged
from jixiao.web.goals.models import Sheet, SheetKind, SheetState, SheetVersion
from jixiao.web.goals.services import Approval, take_version
from jixiao.web.intake.corrections import corrected
from jixiao.web.intake.doubts import Doubt, matters, place_words, still_open
from jixiao.web.intake.models import IncomingFile, IncomingSheet
from jixiao.web.kernel import clock
from jixiao.web.kernel.acts import Act, NotThere, Refused, Stale, service
from jixiao.web.kernel.people import Actor
from jixiao.web.organisations.models import FiscalYear
from jixiao.web.projects.matching import Projects
from jixiao.web.projects.models import Project, ProjectYear, plain_of
from jixiao.web.projects.services import add_project, set_year

_MOST_NAMED = 3


@dataclass(frozen=True)
class Prepared:
    """A sheet ready to be written: as it stood (``version``) when ``content`` was made, over version ``base`` of its sheet.

    ``unlooked`` are the places that somebody has to look at first, with where they are; ``same_as`` is the version that it says
    nothing new to.
    """

    sheet: int
    version: int
    content: Content
    base: int
    unlooked: tuple[Doubt, ...] = ()
    same_as: int | None = None


class Unlooked(Refused):
    """Places of a sheet that nobody has looked at; ``sheet`` is the incoming one, ``pointers`` lead into its file's document."""

    def __init__(self, title: str, sheet: int, places: Sequence[Doubt]) -> None:
        named = "、".join(one.words for one in places[:_MOST_NAMED]) + ("等" if len(places) > _MOST_NAMED else "")
        super().__init__(f"“{title}”还有 {len(places)} 处没有核对：{named}。请逐处看过再收")
        self.sheet, self.pointers = sheet, tuple(one.pointer for one in places)


def accept(
    actor: Actor,
    *,
    file: int,
    sheets: Sequence[int] | None = None,
    despite_doubts: bool = False,
    chosen: Mapping[int, Collection[str]] | None = None,
) -> list[SheetVersion]:
    """Take sheets of a file into the pool: the given ones, or all that are still open.

    ``chosen``: of a sheet only these of its differences (by key) from the version that the pool has of it. What says nothing
    new to that version becomes none of its own; that version is given. Raises Refused where something has to be said first,
    Unlooked where something has to be looked at, and says what.
    """
    prepared = prepare(actor, file=file, sheets=sheets, chosen=chosen)
    try:
        return accept_prepared(actor, file=file, prepared=prepared, despite_doubts=despite_doubts)
    except IntegrityError as error:  # somebody else took in the same sheet in this very moment
        raise Stale("这张表刚被别人收下了。请刷新后再收") from error


def prepare(
    actor: Actor,
    *,
    file: int,
    sheets: Sequence[int] | None = None,
    chosen: Mapping[int, Collection[str]] | None = None,
) -> list[Prepared]:
    """Correct, cut out, know again and review what is to be accepted. Nothing is written."""
    rows = IncomingFile.objects.restrict(actor, "intake.accept").select_related("batch__organisation", "department")
    row = rows.filter(pk=file).first()
    if row is None:
        raise NotThere
    if row.document is None:
        raise Refused("这份文件还没有读出来，收不下")
    wanted = _open_sheets(actor, row, sheets)
    if not wanted:
        raise Refused("这份文件里没有待收的表")
    if row.year is None:
        raise Refused("还没有定预算年度。请先选年度", field="year", status=422)
    ruleset = _ruleset(actor, row, row.year)
    if row.department_id is None:
        raise Refused("还看不出是哪个部门的文件。请先选部门", field="department", status=422)
    _told_apart(wanted)
    plan = corrected(as_plan(row.document), _corrections(actor, row))
    versions = {one.pk: current_version(actor, one) for one in wanted}
    known = {one.index: _known(actor, plan, one, versions[one.pk]) for one in wanted}
    review = reviewed(put_back(plan, known), ruleset, clock.today())
    found = []
    for one in wanted:
        own, before = known[one.index], versions[one.pk]
        keys = chosen.get(one.pk) if chosen is not None and before is not None else None
        new = _new_in(before, own, keys)
        said = review_of_part_one(review) if one.index is None else review_of_sheet(review, one.index)
        if before is not None and keys is not None:
            own = merged(as_plan(before.document), own, keys)
            alone = reviewed(own, ruleset, clock.today())
            said = review_of_part_one(alone) if one.index is None else review_of_sheet(alone, 0)
        open_doubts = still_open(one.doubts, one.looked_at)
        if new is not None:
            open_doubts = [p for p in open_doubts if matters(p, one.index, new, is_whole=keys is None)]
        found.append(
            Prepared(
                one.pk,
                one.version,
                content_of(own, said, SheetKind(one.kind)),
                before.number if before else 0,
                tuple(Doubt(pointer, place_words(plan, pointer)) for pointer in open_doubts),
                before.pk if before is not None and not new else None,
            )
        )
    return found


def _new_in(before: SheetVersion | None, own: Plan, keys: Collection[str] | None) -> list[Difference] | None:
    """What a sheet changes in the version of the pool, of what is taken of it; None where there is no version yet."""
    if before is None:
        return None
    found = differences(as_plan(before.document), own)
    return found if keys is None else [one for one in found if one.key in keys]


def _known(actor: Actor, plan: Plan, one: IncomingSheet, before: SheetVersion | None) -> Plan:
    """A sheet of a plan as a plan of its own, with the ids of the version before, of the goals where it has none."""
    own = part_one(plan) if one.index is None else one_sheet(plan, one.index)
    earlier = before or goals_of(actor, one)
    return known_again(own, as_plan(earlier.document) if earlier is not None else None)


def _open_sheets(actor: Actor, row: IncomingFile, wanted: Sequence[int] | None) -> list[IncomingSheet]:
    rows = IncomingSheet.objects.restrict(actor, "intake.accept").filter(file=row, accepted=None, dropped=False)
    if wanted is not None:
        rows = rows.filter(pk__in=wanted)
    return list(rows.select_related("file").order_by("position"))


def _told_apart(sheets: Sequence[IncomingSheet]) -> None:
    """Raises Refused where a sheet has no project yet, or two of a file have the same."""
    seen: dict[tuple[object, str], IncomingSheet] = {}
    for one in sheets:
        if one.unit_id is None:
            raise Refused(f"“{one.title}”还没有定单位。请先选", field="unit", status=422)
        if one.is_of_department:
            continue
        if one.project_id is None and not one.makes_project:
            raise Refused(
                f"“{one.title}”还没有定是哪个项目。请选项目库里的一个，或定为新项目", field="project", status=422
            )
        whose = one.project_id or (one.unit_id, plain_of(one.title))
        if (other := seen.setdefault((whose, f"{one.kind} {one.year}"), one)) is not one:
            raise Refused(
                f"“{other.title}”和“{one.title}”定成了同一个项目。请核对，一个项目只收一张", field="project", status=422
            )


def _corrections(actor: Actor, row: IncomingFile) -> Mapping[str, Mapping[str, object]]:
    rows = IncomingSheet.objects.restrict(actor, "intake.accept").filter(file=row).order_by("position")
    return {pointer: one for found in rows.values_list("corrections", flat=True) for pointer, one in found.items()}


def _ruleset(actor: Actor, row: IncomingFile, year: int) -> str:
    years = FiscalYear.objects.restrict(actor, "year.view").filter(year=year, region=row.batch.organisation.region_id)
    return years.values_list("ruleset", flat=True).first() or ""


def current_version(actor: Actor, one: IncomingSheet) -> SheetVersion | None:
    """The version of the pool that an incoming sheet would follow; None where it is the first of its sheet."""
    return _current(actor, one, SheetKind(one.kind))


def goals_of(actor: Actor, one: IncomingSheet) -> SheetVersion | None:
    """The goals that monitoring or a self-evaluation was filled in on: its rows are known again by them."""
    if one.kind not in (SheetKind.MONITORING, SheetKind.SELF_EVALUATION):
        return None
    return _current(actor, one, SheetKind.GOAL)


def _current(actor: Actor, one: IncomingSheet, kind: SheetKind) -> SheetVersion | None:
    year = one.year
    if year is None or one.unit_id is None:
        return None
    if one.project_id is None and not one.is_of_department:
        return None
    sheets = Sheet.objects.restrict(actor, "sheet.view").exclude(state=SheetState.VOID).filter(year=year, kind=kind)
    where = {"project": one.project_id} if one.project_id else {"project": None, "unit": one.unit_id}
    sheet = sheets.filter(**where).first()
    if sheet is None:
        return None
    return SheetVersion.objects.restrict(actor, "sheet.view").filter(sheet=sheet, number=sheet.version).first()


@service("intake.accept", "收下")
def accept_prepared(
    act: Act, *, file: int, prepared: Sequence[Prepared], despite_doubts: bool = False
) -> list[SheetVersion]:
    """Write prepared sheets into the pool, all or none."""
    row = act.get(IncomingFile, file)
    batch = row.batch
    if row.year is None or row.department_id is None:
        raise Stale("部门或年度刚被改过。请刷新后再收")
    approval = None
    if batch.registers_approved:
        if not act.actor.may("intake.register") or batch.approved_on is None:
            raise Refused("登记已批复要由财政部门绩效股来收", status=403)
        approval = Approval(batch.approval_document, batch.approved_on)
    versions = []
    for one in prepared:
        sheet = act.get(IncomingSheet, one.sheet, file=row)
        if sheet.version != one.version or sheet.accepted_id is not None:
            raise Stale("这张表刚被别人改过或收下了。请刷新后再收")
        if one.same_as is not None and (approval is None or _is_approved(act, one.same_as, approval)):
            versions.append(_nothing_new(act, sheet, one.same_as))
            continue
        if one.unlooked and not despite_doubts:
            raise Unlooked(sheet.title, sheet.pk, one.unlooked)
        versions.append(_take(act, row, sheet, one, approval))
    left = act.all(IncomingSheet).filter(file=row, accepted=None, dropped=False).exists()
    if not left:
        row.state = IncomingFile.State.ACCEPTED
        act.save(row, ["state"])
    return versions


def _nothing_new(act: Act, sheet: IncomingSheet, known: int) -> SheetVersion:
    """What says nothing new stays with the version it says it of."""
    version = act.get(SheetVersion, known, "sheet.view", lock=False)
    if version.number != version.sheet.version:
        raise Stale("这张表刚被别人收过一次，您看到的不是最新的。请刷新后再收")
    sheet.accepted = version
    sheet.version += 1
    act.save(sheet, note=f"和库里第{version.number}版一致，没有新建一版")
    return version


def _is_approved(act: Act, known: int, approval: Approval) -> bool:
    """Whether a version is approved by that very document already."""
    sheet = act.get(SheetVersion, known, "sheet.view", lock=False).sheet
    return (sheet.approval_document, sheet.approved_on) == (approval.document, approval.day)


def _take(act: Act, row: IncomingFile, sheet: IncomingSheet, one: Prepared, approval: Approval | None) -> SheetVersion:
    assert row.year is not None
    assert sheet.unit_id is not None
    if not sheet.is_of_department:
        sheet.project = _in_pool(act, sheet, one.content, sheet.own_year or row.year)
        sheet.makes_project = False
    how = f"系统外批复登记：{approval.document}" if approval else "收下"
    unseen = f"，{len(one.unlooked)} 处没有逐处核对" if one.unlooked else ""
    version = take_version(
        act.actor,
        unit=sheet.unit_id,
        project=sheet.project_id,
        year=sheet.own_year or row.year,
        content=one.content,
        reason=f"{how}：{row.name}{unseen}",
        source=row.stored_id,
        base=one.base,
        approval=approval,
    )
    sheet.accepted = version
    sheet.version += 1
    act.save(sheet)
    return version


def _in_pool(act: Act, sheet: IncomingSheet, content: Content, year: int) -> Project:
    """The project of a sheet, made where it is new, listed in the year of the sheet where it is not yet."""
    assert sheet.unit_id is not None
    code = str(content.document["goal_sheets"][0]["project"]["code"] or "")[:40]
    money = money_of(as_plan(content.document))
    of_year = {"code": code, "name": content.title, **money}
    if sheet.makes_project:
        assert sheet.unit is not None
        known = Projects(act.actor, sheet.unit.department_id or sheet.unit_id, year).match(content.title, code)
        if known.is_certain and known.found is not None and known.found.unit_id == sheet.unit_id:
            return known.found  # another file brought it meanwhile
        return add_project(act.actor, unit=sheet.unit_id, fields={"name": content.title}, year=year, of_year=of_year)
    project = sheet.project
    assert project is not None
    listed = ProjectYear.objects.restrict(act.actor, "project.view").filter(project=project, year=year).first()
    if not act.actor.may("project.edit"):
        return project
    if listed is None:
        set_year(act.actor, project=project.pk, year=year, of_year=of_year)
    elif sheet.kind == SheetKind.GOAL and (missing := _missing(act, listed, money)):
        set_year(act.actor, project=project.pk, year=year, of_year=missing)
    return project


def _missing(act: Act, listed: ProjectYear, money: Mapping[str, int | None]) -> dict[str, int]:
    """What the pool does not know yet of the money of a year; nothing where it has another total than the sheet."""
    if listed.total_fen not in (None, money.get("total_fen")) or listed.project.closed_on is not None:
        return {}
    if not Project.objects.restrict(act.actor, "project.edit").filter(pk=listed.project_id).exists():
        return {}
    return {name: fen for name, fen in money.items() if fen is not None and getattr(listed, name) is None}
