"""Organisations out of a list: new ones, and their official order. Names and affiliation change by a reform, with its day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jixiao.web.imports.fields import Choice, Code, Field, Text, Whole
from jixiao.web.imports.kinds import Change, Difference, Kind, PlanRow, Row, Scope, register
from jixiao.web.kernel.acts import Refused
from jixiao.web.organisations.models import Organisation, OrganisationKind, Region
from jixiao.web.organisations.services import add_organisation, edit_organisation
from jixiao.web.organisations.services.units import fits_beneath

_KINDS = OrganisationKind
_WORDS: Mapping[str, Sequence[str]] = {
    _KINDS.FINANCE_BUREAU.value: ("财政部门", "财政局"),
    _KINDS.FINANCE_SECTION.value: ("业务股室", "股室", "科室", "处室"),
    _KINDS.LEAD_DEPARTMENT.value: ("主管部门", "一级预算单位", "部门"),
    _KINDS.BUDGET_UNIT.value: ("预算单位", "二级预算单位", "基层单位", "所属单位", "下属单位"),
}
FIELDS = (
    Field("code", "单位编码", Code(30), required=True, aliases=("预算单位编码", "编码", "单位代码")),
    Field("name", "单位名称", Text(120), required=True, aliases=("预算单位名称", "名称", "单位")),
    Field("kind", "单位类别", Choice(_WORDS), aliases=("类别", "单位性质", "单位层级")),
    Field("parent", "上级单位编码", Code(30), aliases=("主管部门编码", "部门编码", "上级编码")),
    Field("order", "排序", Whole(), aliases=("序号", "官方顺序", "顺序"), hint="官方顺序，小的在前"),
)


@dataclass(frozen=True)
class _New:
    region: int
    kind: str
    code: str
    name: str
    order: int
    parent: str


def plan(scope: Scope, rows: Sequence[Row]) -> PlanRow:
    """What rows mean in the region of whoever imports; a unit may stand beneath one that is new in the same list."""
    region = _region(scope)
    known = {
        one.code: one
        for one in Organisation.objects.restrict(scope.actor, "organisation.edit")
        .filter(region=region, closed_on__isnull=True)
        .select_related("department")
    }
    listed = {str(row["code"]): row for row in rows}

    def one(row: Row) -> Change:
        code, name = str(row["code"]), str(row["name"])
        part = _root(code, known, listed)
        there = known.get(code)
        if there is None:
            return Change(part, name, payload=_new(region, row, known, listed))
        if there.name != name:
            raise Refused(f"编码{code}现在是{there.name}。更名要按生效日期办，请用“机构改革”", field="name")
        above = there.parent_id and next((key for key, one in known.items() if one.pk == there.parent_id), "")
        if row["parent"] and row["parent"] != above:
            raise Refused("上级单位和现在的不一样。改隶属要按生效日期办，请用“机构改革”", field="parent")
        differences: tuple[Difference, ...] = ()
        if row["order"] is not None and row["order"] != there.order:
            differences = (Difference("排序", str(there.order), str(row["order"]), there.order, row["order"]),)
        return Change(part, name, str(there.pk), differences, payload=row["order"])

    return one


def _region(scope: Scope) -> Region:
    if scope.organisation is not None:
        found: Region = Region.objects.unrestricted("where a list belongs").get(organisations=scope.organisation)
        return found
    regions = list(Region.objects.unrestricted("where a list belongs")[:2])
    if len(regions) != 1:
        raise Refused("您不在任何单位，看不出导入到哪个行政区划。请用在本县有单位的账号导入")
    return regions[0]


def _kind(row: Row, parent: str) -> str:
    return str(row["kind"] or (_KINDS.BUDGET_UNIT if parent else _KINDS.LEAD_DEPARTMENT))


def _parent(row: Row) -> str:
    """The code of the one above; a list that names the department of each row names a department itself as its own."""
    parent = str(row["parent"] or "")
    return "" if parent == row["code"] else parent


def _new(region: Region, row: Row, known: Mapping[str, Organisation], listed: Mapping[str, Row]) -> _New:
    parent = _parent(row)
    kind = _kind(row, parent)
    if parent and parent not in known:
        if parent not in listed:
            raise Refused(f"没有编码是{parent}的上级单位，这张表里也没有", field="parent")
        above = Organisation(
            kind=_kind(listed[parent], _parent(listed[parent])), region=region, name=str(listed[parent]["name"])
        )
    else:
        above = known[parent] if parent else None  # type: ignore[assignment]
    fits_beneath(kind, above, region)
    return _New(region.pk, kind, str(row["code"]), str(row["name"]), int(row["order"] or row.number), parent)


def _root(code: str, known: Mapping[str, Organisation], listed: Mapping[str, Row]) -> str:
    """The code of the department a row belongs to: what is stored together."""
    for _ in range(10):
        there = known.get(code)
        if there is not None:
            return there.department.code if there.department else code
        parent = _parent(listed[code]) if code in listed else ""
        if not parent:
            return code
        code = parent
    raise Refused("上级单位绕成了圈，请核对上级单位编码", field="parent")


def apply(scope: Scope, changes: Sequence[Change]) -> Sequence[str]:
    """Store them, those above before those beneath; ids in the order of the changes."""
    made: dict[str, int] = {}
    ids: dict[int, str] = {}
    waiting = list(enumerate(changes))
    while waiting:
        later = []
        for place, change in waiting:
            parent = change.payload.parent if isinstance(change.payload, _New) else ""
            if parent and any(_code(one) == parent for _, one in waiting):
                later.append((place, change))
                continue
            ids[place] = str(_store(scope, change, made))
        if len(later) == len(waiting):
            raise Refused("上级单位绕成了圈，请核对上级单位编码", field="parent")
        waiting = later
    return [ids[place] for place in range(len(changes))]


def _code(change: Change) -> str:
    return change.payload.code if isinstance(change.payload, _New) else ""


def _store(scope: Scope, change: Change, made: dict[str, int]) -> int:
    if not isinstance(change.payload, _New):
        one = edit_organisation(scope.actor, organisation=int(change.object_id), order=change.payload)
        return one.pk
    new = change.payload
    given: dict[str, Any] = {"region": new.region, "kind": new.kind, "code": new.code, "name": new.name}
    parent = None
    if new.parent:
        parent = made.get(new.parent) or _there(new.region, new.parent)
    one = add_organisation(scope.actor, **given, order=new.order, parent=parent)
    made[new.code] = one.pk
    return one.pk


def _there(region: int, code: str) -> int:
    rows = Organisation.objects.unrestricted("the one above in a list").filter(
        region=region, code=code, closed_on__isnull=True
    )
    found = rows.values_list("pk", flat=True).first()
    if found is None:
        raise Refused(f"没有编码是{code}的上级单位", field="parent")
    return found


KIND = register(
    Kind(
        "organisations",
        "机构",
        "organisation.edit",
        FIELDS,
        key=("code",),
        plan=plan,
        apply=apply,
        note="新增单位、改排序。更名、改隶属、撤并请用“机构改革”，以前的文件才保得住原名。",
        done_view="organisations",
    )
)
