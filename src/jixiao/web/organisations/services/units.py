"""Regions, organisations, which section looks after which department."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from jixiao.web.kernel import clock
from jixiao.web.kernel.acts import Act, Refused, service
from jixiao.web.organisations.models import Organisation, OrganisationKind, Region, Responsibility
from jixiao.web.organisations.reform.carry_out import open_organisation


@service("region.add", "新增行政区划", right="organisation.edit")
def add_region(act: Act, *, code: str, name: str, parent: int | None = None) -> Region:
    """A region by its code of GB/T 2260."""
    above = act.get(Region, parent) if parent is not None else None
    return act.add(Region(code=region_code(code), name=name, parent=above))


@service("region.edit", "修改行政区划", right="organisation.edit")
def edit_region(act: Act, *, region: int, code: str | None = None, name: str | None = None) -> Region:
    """Another code or name; None: as it is."""
    found = act.get(Region, region)
    if code is not None:
        found.code = region_code(code)
    if name is not None:
        found.name = name
    return act.save(found)


def region_code(code: str) -> str:
    """The code, where it is one. Raises Refused."""
    if not (code.isascii() and code.isdigit() and len(code) in (2, 4, 6, 9, 12)):
        raise Refused(
            f"区划代码“{code}”不对：应为2、4、6、9或12位数字，如 130125。请对照行政区划代码表填写",
            field="code",
            status=422,
        )
    return code


@service("organisation.add", "新增单位", right="organisation.edit")
def add_organisation(
    act: Act,
    *,
    region: int,
    kind: str,
    code: str,
    name: str,
    order: int = 0,
    parent: int | None = None,
    opened_on: date | None = None,
) -> Organisation:
    """An organisation that is new, by whatever day it began. Raises Refused where its kind does not fit beneath ``parent``."""
    place = act.get(Region, region, lock=False)
    above = act.get(Organisation, parent, lock=False) if parent is not None else None
    fits_beneath(kind, above, place)
    made = Organisation(
        region=place, kind=kind, code=code, name=name, order=order, parent=above, opened_on=opened_on or clock.today()
    )
    return open_organisation(act, made)


_BENEATH: dict[str, tuple[str, ...]] = {
    OrganisationKind.FINANCE_BUREAU: (),
    OrganisationKind.FINANCE_SECTION: (OrganisationKind.FINANCE_BUREAU,),
    OrganisationKind.LEAD_DEPARTMENT: (),
    OrganisationKind.BUDGET_UNIT: (OrganisationKind.LEAD_DEPARTMENT, OrganisationKind.BUDGET_UNIT),
}
"""What may stand beneath what; empty: stands by itself"""


def fits_beneath(kind: str, parent: Organisation | None, region: Region) -> None:
    """Raises Refused where an organisation of this kind may not stand there."""
    wanted = _BENEATH.get(kind)
    if wanted is None:
        raise Refused("没有这种单位类别", field="kind", status=422)
    label = OrganisationKind(kind).label
    if parent is None:
        if wanted:
            above = "或".join(OrganisationKind(one).label for one in wanted)
            raise Refused(f"{label}要有上级单位（{above}），请选上级单位", field="parent", status=422)
        return
    if not wanted:
        raise Refused(f"{label}不属于别的单位，请把上级单位空着", field="parent", status=422)
    if parent.kind not in wanted:
        raise Refused(
            f"{label}不能放在{parent.get_kind_display()}“{parent.name}”下面，请另选上级单位", field="parent", status=422
        )
    if parent.region_id != region.pk:
        raise Refused("上级单位不在这个行政区划里，请另选", field="parent", status=422)
    if parent.closed_on is not None:
        raise Refused(f"{parent.name}已停用，请另选上级单位", field="parent", status=422)


@service("organisation.edit", "修改单位编码、排序")
def edit_organisation(
    act: Act, *, organisation: int, code: str | None = None, order: int | None = None
) -> Organisation:
    """Code and official order; None: as it is. Names and affiliation change by a reform, with its day."""
    found = act.get(Organisation, organisation)
    if code is not None:
        found.code = code
    if order is not None:
        found.order = order
    return act.save(found)


@service("responsibility.add", "归口管理", right="organisation.edit")
def look_after(act: Act, *, section: int, department: int, since: date | None = None) -> Responsibility:
    """From a day on a section looks after a department, in the place of the one that did so far."""
    one, lead = act.get(Organisation, section), act.get(Organisation, department)
    day = since or clock.today()
    if one.kind != OrganisationKind.FINANCE_SECTION:
        raise Refused(f"{one.name}不是业务股室，请选财政部门的股室", field="section", status=422)
    if lead.kind != OrganisationKind.LEAD_DEPARTMENT:
        raise Refused(f"{lead.name}不是主管部门，归口按主管部门定", field="department", status=422)
    for row in act.all(Responsibility).filter(Q(until__isnull=True) | Q(until__gt=day), department=lead):
        if row.section_id == one.pk:
            raise Refused(f"{lead.name}已经归{one.name}管", field="department", status=422)
        row.until = day
        act.save(row, ["until"])
    return act.add(Responsibility(section=one, department=lead, since=day))


@service("responsibility.end", "取消归口管理", right="organisation.edit")
def end_responsibility(act: Act, *, responsibility: int, until: date | None = None) -> Responsibility:
    """From a day on the section no longer looks after the department."""
    row = act.get(Responsibility, responsibility)
    day = until or clock.today()
    if row.since is not None and day < row.since:
        raise Refused("取消的日期不能早于开始的日期", field="until", status=422)
    row.until = day
    return act.save(row, ["until"])
