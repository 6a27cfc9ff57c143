"""Control numbers: set, never changed; a later document sets another."""

from __future__ import annotations

from datetime import date

from jixiao.web.kernel import clock
from jixiao.web.kernel.acts import Act, Refused, service
from jixiao.web.organisations.models import Organisation, OrganisationKind
from jixiao.web.organisations.services.years import require_open
from jixiao.web.projects.models import Project
from jixiao.web.workflow.models import Control


@service("control.set", "下控制数", right="control.set")
def set_control(
    act: Act, *, year: int, unit: int, total_fen: int, document: str, day: date, project: int | None = None
) -> Control:
    """The control number of a project, or of a whole lead department, by a document. The number of the latest document holds."""
    place = act.get(Organisation, unit, lock=False)
    require_open(act, year, place.region_id)
    words = " ".join(document.split())
    if total_fen < 0:
        raise Refused("控制数不能是负数", field="total_fen", status=422)
    if not 2 <= len(words) <= 120:
        raise Refused("请写下控制数的文号", field="document", status=422)
    about = act.get(Project, project, lock=False) if project is not None else None
    if about is not None and about.unit_id != unit:
        raise Refused(f"{about.name}不是{place.name}的项目", field="project", status=422)
    if about is None and place.kind != OrganisationKind.LEAD_DEPARTMENT:
        raise Refused(f"整个部门的控制数下给主管部门，{place.name}不是", field="unit", status=422)
    return act.add(
        Control(
            unit=place,
            project=about,
            year=year,
            total_fen=total_fen,
            document=words,
            day=day,
            made_at=clock.now(),
            made_by=act.actor.name,
        )
    )
