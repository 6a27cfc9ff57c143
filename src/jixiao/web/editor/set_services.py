"""What changes sets: a sheet is started or made void, a reason is given why there is none."""

from __future__ import annotations

from jixiao.web.editor.models import Begun, Unreported
from jixiao.web.editor.sets import KINDS
from jixiao.web.editor.starting import Beginning
from jixiao.web.goals.models import Sheet, SheetKind, SheetState, SheetVersion, Stage
from jixiao.web.goals.services import sheet_of, write_version
from jixiao.web.kernel import clock
from jixiao.web.kernel.acts import Act, Refused, service
from jixiao.web.organisations.models import Organisation
from jixiao.web.organisations.services.years import require_open
from jixiao.web.projects.models import Project

SHORTEST_REASON = 2


@service("sheet.started", "起一张表", right="sheet.edit")
def start(act: Act, *, unit: int, project: int | None, year: int, beginning: Beginning) -> SheetVersion:
    """The first version of a sheet that the set lacks; a reason why there is none goes. Raises Refused where there is one."""
    place, pool = _whose(act, unit, project, year)
    kind = beginning.content.kind
    _nothing_there(act, place, project, year, kind)
    sheet = Sheet(unit=place, project=pool, year=year, kind=kind, state=SheetState.DRAFTED)
    version = write_version(act, sheet, beginning.content, reason=beginning.reason, stage=Stage.DRAFTED)
    Begun.objects.bulk_create(
        [
            Begun(
                sheet=sheet,
                way=beginning.way,
                source=beginning.source,
                things=dict(beginning.things or {}),
                cells={id_: dict(cells) for id_, cells in (beginning.cells or {}).items()},
            )
        ]
    )
    reason = _reason(act, place, project, year, kind)
    if reason is not None:
        act.delete(reason, note="起了表")
    return version


@service("sheet.voided", "作废一张表", right="sheet.edit")
def void(act: Act, *, year: int, key: int, reason: str) -> Sheet:
    """Make a sheet void while it is drafted; it stays, with its versions and the reason, and another may be started."""
    sheet = act.get(Sheet, key, year=year)
    words = _words(reason, "作废的原因")
    if sheet.state != SheetState.DRAFTED:
        raise Refused(f"这张表{SheetState(sheet.state).label}，不能作废。填报中的才能作废；要换请先请审核人退回")
    sheet.state = SheetState.VOID
    sheet.changed_at = clock.now()
    act.save(sheet, note=f"作废：{words}")
    return sheet


@service("sheet.unreported", "说明不报的原因", right="sheet.edit")
def give_reason(
    act: Act, *, unit: int, year: int, kind: str = SheetKind.GOAL, project: int | None = None, reason: str = ""
) -> Unreported | None:
    """Why a set has no sheet of a project, or of what a department hands in; an empty reason takes an earlier one back."""
    place, pool = _whose(act, unit, project, year)
    if kind not in KINDS or (kind == SheetKind.GOAL) != (pool is not None):
        raise Refused("没有写明是哪张表：项目的表要写项目，部门的表不写", field="kind", status=422)
    _nothing_there(act, place, project, year, kind)
    known = _reason(act, place, project, year, kind)
    if not reason.strip():
        if known is None:
            raise Refused("没有写原因。写清楚为什么不报，审核的人看得到", field="reason", status=422)
        act.delete(known, note="收回")
        return None
    words = _words(reason, "不报的原因")
    one = known or Unreported(unit=place, project=pool, year=year, kind=kind)
    one.reason, one.made_at, one.made_by = words, clock.now(), act.actor.name
    return act.add(one) if known is None else act.save(one)


def _whose(act: Act, unit: int, project: int | None, year: int) -> tuple[Organisation, Project | None]:
    place = act.get(Organisation, unit, "sheet.view", lock=False)
    pool = act.get(Project, project, lock=False) if project is not None else None
    if pool is not None and pool.unit_id != place.pk:
        raise Refused("项目和单位对不上：这个项目不是这个单位的。请重新选", field="project", status=422)
    require_open(act, year, place.region_id)
    return place, pool


def _nothing_there(act: Act, place: Organisation, project: int | None, year: int, kind: str) -> None:
    if sheet_of(act, place.pk, project, year, kind) is not None:
        raise Refused("这张表已经有了，接着填就行。要重起，先把原来的作废")


def _reason(act: Act, place: Organisation, project: int | None, year: int, kind: str) -> Unreported | None:
    of = {"project": project} if project is not None else {"project": None, "unit": place}
    return act.all(Unreported).filter(year=year, kind=kind, **of).select_for_update(of=("self",)).first()


def _words(given: str, what: str) -> str:
    words = " ".join(given.split())
    if len(words) < SHORTEST_REASON:
        raise Refused(f"没有写{what}，至少两个字", field="reason", status=422)
    if len(words) > 200:
        raise Refused(f"{what}太长，最多200个字", field="reason", status=422)
    return words
