"""Control numbers out of a list 「一下控制数」: by department and by project, with the document that set them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from jixiao.web.imports.fields import Amount, Code, Day, Field, Text
from jixiao.web.imports.kinds import Change, Difference, Kind, Row, Scope, register
from jixiao.web.kernel.acts import Refused
from jixiao.web.organisations.models import Organisation
from jixiao.web.projects.matching import Organisations, Projects
from jixiao.web.site.money import wan
from jixiao.web.workflow import services
from jixiao.web.workflow.models import Control

FIELDS = (
    Field("unit_code", "单位编码", Code(), aliases=("部门编码", "预算单位编码"), hint="单位编码、单位名称至少要有一列"),
    Field("unit_name", "单位名称", Text(), aliases=("部门名称", "部门", "单位", "预算单位", "主管部门")),
    Field("code", "项目编码", Code(), aliases=("项目代码",), hint="项目编码、项目名称都空着，就是整个部门的控制数"),
    Field("name", "项目名称", Text(), aliases=("项目",)),
    Field("total", "控制数", Amount(), required=True, aliases=("预算控制数", "控制额", "核定数", "金额", "下达数")),
    Field("document", "文号", Text(120), required=True, aliases=("文件号", "下达文号")),
    Field("day", "日期", Day(), required=True, aliases=("下达日期", "文件日期")),
)


def plan(scope: Scope, rows: Sequence[Row]) -> Callable[[Row], Change]:
    """What each row means: a control number, the first of its project or department, or another one."""
    del rows
    place = Organisation.objects.restrict(scope.actor, "control.set").filter(pk=scope.organisation or 0).first()
    if place is None or scope.year is None:
        raise Refused("不知道导入到哪个县区、哪个年度。请由财政部门的人导入，并选好年度")
    year = scope.year
    units = Organisations(scope.actor, place.region_id, "control.set")
    pools: dict[int, Projects] = {}
    known = {
        (one.unit_id, one.project_id): one
        for one in Control.objects.restrict(scope.actor, "control.set").filter(year=year).order_by("day", "pk")
    }

    def one(row: Row) -> Change:
        unit = units.match_unit(row["unit_name"], row["unit_code"]).found
        if unit is None:
            about = row["unit_code"] or row["unit_name"] or ""
            raise Refused(f"看不出“{about}”是哪个单位。请写准单位编码", field="unit_code")
        project = None
        if row["code"] or row["name"]:
            owner = unit.department_id or unit.pk
            if owner not in pools:
                pools[owner] = Projects(scope.actor, owner, year, "control.set")
            project = pools[owner].match(row["name"], row["code"]).found
            if project is None:
                raise Refused(
                    f"{unit.name}{year}年没有“{row['name'] or row['code']}”这个项目，或者有几个像的。请写准项目编码",
                    field="code" if row["code"] else "name",
                )
            unit = project.unit
        there = known.get((unit.pk, project.pk if project is not None else None))
        told = (row["total"], row["document"], row["day"])
        differences: tuple[Difference, ...] = ()
        if there is not None and (there.total_fen, there.document, there.day) != told:
            before = f"{wan(there.total_fen)}（{there.document}）"
            after = f"{wan(row['total'])}（{row['document']}）"
            differences = (Difference("控制数", before, after, there.total_fen, row["total"]),)
        label = project.name if project is not None else f"{unit.name}合计"
        payload = {
            "year": year,
            "unit": unit.pk,
            "project": project.pk if project is not None else None,
            "total_fen": row["total"],
            "document": row["document"],
            "day": row["day"],
        }
        part = str(unit.department_id or unit.pk)
        return Change(part, label, str(there.pk) if there is not None else "", differences, payload=payload)

    return one


def apply(scope: Scope, changes: Sequence[Change]) -> list[str]:
    """Store them; what was set before stays as history."""
    return [str(services.set_control(scope.actor, **change.payload).pk) for change in changes]


KIND = register(
    Kind(
        "controls",
        "控制数",
        "control.set",
        FIELDS,
        ("unit_code", "unit_name", "code", "name"),
        plan,
        apply,
        by_year=True,
        keeps_file=True,
        one_of=(("unit_code", "unit_name"),),
        note="一下的控制数，一个项目一行；项目空着的行是整个部门的。后来的文件改了的，以后来的为准",
        done_view="controls",
    )
)
