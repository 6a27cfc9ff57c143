"""批复 of many departments at once: which are left out and why, the batch itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from jixiao.web.goals.models import Sheet
from jixiao.web.jobs.queue import enqueue
from jixiao.web.jobs.selectors import progress_of
from jixiao.web.kernel import clock
from jixiao.web.kernel.acts import Act, Refused, service
from jixiao.web.organisations.models import Organisation, OrganisationKind, Region
from jixiao.web.organisations.services.years import require_open
from jixiao.web.workflow.models import Approval, ApprovalBatch, HeldBack, Phase, Run
from jixiao.web.workflow.services.approving import check_day, document_words
from jixiao.web.workflow.services.way import Looked

JOB = "approval.batch"
"""The work in the background that approves a batch; its key is that of the region and the year"""
SHORTEST_REASON = 2


@dataclass(frozen=True)
class Going:
    """A department by its key, with the sheets of it that somebody looked at."""

    unit: int
    sheets: Sequence[Looked]


@service("approvals.begun", "批复各部门", right="sheet.approve")
def begin(
    act: Act,
    *,
    region: int,
    year: int,
    departments: Sequence[Going],
    document: str,
    day: date,
    same_document: bool = False,
) -> ApprovalBatch:
    """Approve sheets of departments by one document, in the background, a department at a time.

    Raises Refused where the document was used before, unless it is the ``same_document``; where another batch is under way.
    """
    place = act.get(Region, region)
    require_open(act, year, region)
    words = document_words(document)
    if not departments:
        raise Refused("没有可批复的部门", status=422)
    used = used_for(region, words)
    if used and not same_document:
        raise Refused(f"{used}，请核对。确是同一份文件的，勾上“同一份文件”再批", field="document", status=422)
    check_day(day, _passed([one.sheet for some in departments for one in some.sheets]))
    _require_none_under_way(region, year)
    made = act.add(
        ApprovalBatch(
            region=place,
            year=year,
            document=words,
            day=day,
            rows=[[one.unit, [[some.sheet, some.version] for some in one.sheets]] for one in departments],
            made_at=clock.now(),
            made_by=act.actor.name,
        )
    )
    _ask(act, made)
    return made


@service("approvals.resumed", "接着批复", right="sheet.approve")
def go_on(act: Act, *, batch: int) -> ApprovalBatch:
    """Go on with a batch that was broken off, with those of its departments that are not approved yet."""
    found = act.get(ApprovalBatch, batch)
    require_open(act, found.year, found.region_id)
    _require_none_under_way(found.region_id, found.year)
    if Approval.objects.unrestricted("of a batch that is held").filter(batch=found).count() == len(found.rows):
        raise Refused("这一批都批复完了")
    act.record(found, {}, {}, note="接着批")
    _ask(act, found)
    return found


def job_key(region: int, year: int) -> str:
    """Of one region and year only one batch is under way."""
    return f"{region}-{year}"


def _ask(act: Act, one: ApprovalBatch) -> None:
    enqueue(
        JOB, key=job_key(one.region_id, one.year), actor=act.actor, title=f"批复 {one.document}"[:120], batch=one.pk
    )


def _require_none_under_way(region: int, year: int) -> None:
    work = progress_of(JOB, job_key(region, year))
    if work is not None and not work.is_over:
        raise Refused("上一批还在批复，请等它批完")


def _passed(keys: Sequence[int]) -> Sequence[datetime]:
    rows = Run.objects.unrestricted("when sheets passed that are named").filter(
        sheet__in=keys, is_current=True, phase=Phase.PASSED
    )
    return list(rows.values_list("since", flat=True))


def used_for(region: int, words: str) -> str:
    """What the number of a document was used for before, as a sentence; empty where it was not."""
    rows = Approval.objects.unrestricted("whether a number was used").filter(
        unit__region=region, document=words, after=None
    )
    last = rows.order_by("-pk").first()
    if last is not None:
        return f"文号已用于{last.year}年度的批复（{rows.count()}家，{last.day:%Y-%m-%d}）"
    sheets = Sheet.objects.unrestricted("whether a number was used").filter(
        unit__region=region, approval_document=words
    )
    one = sheets.order_by("-pk").first()
    return f"文号已用于{one.year}年度{one.title}等{sheets.count()}张的批复" if one is not None else ""


@service("approval.held_back", "暂缓批复", right="sheet.approve")
def hold_back(act: Act, *, year: int, unit: int, reason: str) -> HeldBack:
    """Leave a lead department out when the others are approved, with the reason; a later reason takes the place of the one before."""
    place = act.get(Organisation, unit, lock=False)
    require_open(act, year, place.region_id)
    words = " ".join(reason.split())
    if place.kind != OrganisationKind.LEAD_DEPARTMENT:
        raise Refused(f"批复给主管部门，{place.name}不是主管部门", status=422)
    if len(words) < SHORTEST_REASON:
        raise Refused(f"请写{place.name}为什么暂缓", field="reason", status=422)
    if len(words) > 200:
        raise Refused("暂缓的原因最多200个字", field="reason", status=422)
    known = act.all(HeldBack).filter(unit=place, year=year).first()
    if known is not None:
        known.reason, known.made_at, known.made_by = words, clock.now(), act.actor.name
        return act.save(known)
    return act.add(HeldBack(unit=place, year=year, reason=words, made_at=clock.now(), made_by=act.actor.name))


@service("approval.let_go", "不再暂缓", right="sheet.approve")
def let_go(act: Act, *, year: int, unit: int) -> None:
    """A department that was left out is no longer."""
    act.get(Organisation, unit, lock=False)
    found = act.all(HeldBack).filter(unit=unit, year=year).first()
    if found is None:
        raise Refused("这个部门没有暂缓，或者别人已经放开了")
    act.delete(found)
