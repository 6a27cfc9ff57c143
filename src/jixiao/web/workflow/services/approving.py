"""批复: sheets that passed are approved with 文号 and date, the lead department hands it down, adjustments begin."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.utils import timezone

from jixiao.parameters import rulesets
from jixiao.parameters.keys import HAND_DOWN_DAYS
from jixiao.web.goals.fixing import fix_version
from jixiao.web.goals.models import Sheet, SheetState, SheetVersion
from jixiao.web.kernel import clock
from jixiao.web.kernel.acts import Act, Refused, Stale, service
from jixiao.web.kernel.door import RestrictedQuerySet
from jixiao.web.organisations.models import FiscalYear, Organisation, OrganisationKind
from jixiao.web.organisations.services.years import require_open
from jixiao.web.workflow.holders import Holders
from jixiao.web.workflow.models import Approval, ApprovalBatch, Decision, Phase, Run, Verb
from jixiao.web.workflow.services.flows import flow_of_region
from jixiao.web.workflow.services.telling import tell
from jixiao.web.workflow.services.way import Looked, Way, current, version_of, writers

SHORTEST_REASON = 2


@service("sheets.approved", "批复", right="sheet.approve")
def approve(
    act: Act,
    *,
    year: int,
    unit: int,
    sheets: Sequence[Looked],
    document: str,
    day: date,
    batch: int | None = None,
) -> Approval:
    """Approve sheets of a lead department and its units; all or none. ``batch``: the one that it is part of.

    They stay as they are from now on, their bytes are fixed. Raises Refused where one did not pass, Stale where one is another version by now.
    """
    place = act.get(Organisation, unit, "sheet.view", lock=False)
    require_open(act, year, place.region_id)
    words = document_words(document)
    if not sheets:
        raise Refused("没有审核通过的表可批复", status=422)
    found = []
    for one in sorted(sheets, key=lambda one: one.sheet):
        sheet = act.get(Sheet, one.sheet, year=year)
        found.append((sheet, _passed(sheet, place, one.version)))
    check_day(day, [run.since for _, run in found])
    of = act.get(ApprovalBatch, batch, lock=False) if batch is not None else None
    made = act.add(
        Approval(
            unit=place,
            year=year,
            document=words,
            day=day,
            is_adjustment=all(run.is_adjustment for _, run in found),
            hand_down_by=_hand_down_by(place, year, day) if any(s.unit_id != unit for s, _ in found) else None,
            batch=of,
            made_at=clock.now(),
            made_by=act.actor.name,
        )
    )
    holders = Holders()
    for sheet, run in found:
        way = Way(act, sheet, run, holders)
        sheet.approval_document, sheet.approved_on, sheet.is_external = words, day, False
        version = fix_version(act, version_of(sheet))
        way.note(Verb.APPROVE, version=version, opinion=words, approval=made)
        way.stands(Phase.APPROVED, "", SheetState.APPROVED)
    people = {one for sheet, run in found for one in writers(sheet, run)}
    tell(people, f"approval-{made.pk}", f"{words} 批复了{place.name}的{len(found)}张，目标固定；要改请走调整", year)
    return made


def _passed(sheet: Sheet, place: Organisation, number: int) -> Run:
    if sheet.unit_id != place.pk and sheet.unit.department_id != place.pk:
        raise Refused(f"{sheet.title}不是{place.name}的表", status=422)
    run = current(sheet)
    if run is None or run.phase != Phase.PASSED:
        raise Refused(f"{sheet.title}{SheetState(sheet.state).label}，审核通过的才能批复")
    if sheet.version != number:
        raise Stale(f"{sheet.title}换了版本，没有批复。请看改动再定")
    return run


def _hand_down_by(place: Organisation, year: int, day: date) -> date:
    """The last day for the department to hand its 批复 down, by the ruleset of the year."""
    names = FiscalYear.objects.unrestricted("the rules of a year").filter(year=year, region=place.region_id)
    name = names.values_list("ruleset", flat=True).first() or ""
    by = rulesets().get(name) or rulesets()["national-88"]
    return day + timedelta(days=by.parameter(HAND_DOWN_DAYS, day))


def check_day(day: date, passed: Sequence[datetime]) -> None:
    """Raises Refused where a 批复 of sheets that passed then cannot be of that day."""
    if day > clock.today():
        raise Refused("批复日期不能晚于今天", field="day", status=422)
    last = max(map(timezone.localdate, passed), default=day)
    if day < last:
        raise Refused(
            f"{last.year}年{last.month}月{last.day}日才审核通过，批复日期不能早于这一天", field="day", status=422
        )


def document_words(given: str) -> str:
    """The number of a document as it is kept. Raises Refused."""
    words = " ".join(given.split())
    if not 3 <= len(words) <= 120:
        raise Refused("请写批复的文号，例如：清财预〔2027〕12号", field="document", status=422)
    return words


@service("approval.handed_down", "批复下达", right="approval.hand_down")
def hand_down(act: Act, *, approval: int, units: Sequence[int], document: str, day: date) -> list[Approval]:
    """Pass a 批复 on to units beneath the lead department that got it, each its own sheets."""
    found = act.get(Approval, approval)
    words = document_words(document)
    if found.unit.kind != OrganisationKind.LEAD_DEPARTMENT:
        raise Refused("只有主管部门收到的批复才能下达")
    if day < found.day or day > clock.today():
        raise Refused("下达日期不能早于收到的批复，也不能晚于今天", field="day", status=422)
    made = []
    for key in sorted(set(units)):
        unit = act.get(Organisation, key, "sheet.view", lock=False)
        if unit.pk == found.unit_id or not versions_of(found).filter(sheet__unit=unit).exists():
            raise Refused(f"{unit.name}在这份批复里没有表", field="units", status=422)
        if act.all(Approval).filter(after=found, unit=unit).exists():
            raise Refused(f"已经下达给{unit.name}了", field="units")
        made.append(
            act.add(
                Approval(
                    unit=unit,
                    year=found.year,
                    document=words,
                    day=day,
                    is_adjustment=found.is_adjustment,
                    after=found,
                    made_at=clock.now(),
                    made_by=act.actor.name,
                )
            )
        )
    return made


@service("approval.letter", "导出批复文", right="sheet.export")
def note_letter(act: Act, *, approval: int, digest: str, what: str) -> None:
    """Note that the letter of a 批复 was taken away, with the digest of the file."""
    act.record(
        act.get(Approval, approval, "sheet.view", lock=False), {}, {"format": "docx", "sha256": digest}, note=what
    )


def versions_of(one: Approval) -> RestrictedQuerySet[SheetVersion]:
    """The versions that a 批复 (that was asked for) is of; of one handed down those of its unit."""
    source = one.after if one.after is not None else one
    rows = Decision.objects.unrestricted("of an approval that was asked for").filter(approval=source)
    found = SheetVersion.objects.unrestricted("of an approval that was asked for").filter(pk__in=rows.values("version"))
    return found if one.after is None else found.filter(sheet__unit=one.unit_id)


@service("sheet.adjusted", "开始调整", right="sheet.submit")
def start_adjustment(act: Act, *, year: int, key: int, reason: str) -> Run:
    """Open an approved sheet to be written again, with the reason; the approved version stays as it is."""
    sheet = act.get(Sheet, key, year=year)
    require_open(act, year, sheet.unit.region_id)
    words = " ".join(reason.split())
    if len(words) < SHORTEST_REASON:
        raise Refused("请写调整的原因和依据", field="reason", status=422)
    if sheet.state != SheetState.APPROVED:
        raise Refused(f"{sheet.title}{SheetState(sheet.state).label}，批复以后才走调整")
    run = current(sheet)
    if run is not None:
        run.is_current = False
        act.save(run)
        flow = run.flow
    else:
        flow = flow_of_region(sheet.unit.region_id)
    made = act.add(Run(sheet=sheet, flow=flow, is_adjustment=True, since=clock.now()))
    way = Way(act, sheet, made, Holders())
    way.note(Verb.ADJUST, version=version_of(sheet), opinion=words)
    way.stands(Phase.WITH_UNIT, "", SheetState.ADJUSTING)
    return made
