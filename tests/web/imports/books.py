"""Workbooks to import, and a kind to import them as."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import Any

from openpyxl import Workbook

from jixiao.web.imports.fields import Amount, Choice, Code, Field, Text, YesNo
from jixiao.web.imports.kinds import Change, Difference, Kind, Row, Scope, register
from jixiao.web.kernel.acts import Act, Refused, service
from jixiao.web.organisations.models import Organisation
from jixiao.web.projects.models import Project, ProjectYear

FIELDS = (
    Field("unit", "单位编码", Code(), required=True, aliases=("预算单位编码",)),
    Field("name", "项目名称", Text(), required=True, aliases=("项目",)),
    Field("class", "项目类别", Choice({"targeted": ("特定目标类",), "operation": ("其他运转类",)})),
    Field("total", "预算数", Amount(), aliases=("资金总额", "预算金额", "资金合计", "总额")),
    Field("key", "重点", YesNo()),
)


@service("test.add_project", "新增项目（测试）", right="project.import")
def add(act: Act, *, unit: int, name: str, values: dict[str, Any]) -> Project:
    made = act.add(Project(unit_id=unit, name=name, project_class=values.get("class") or ""))
    act.add(ProjectYear(project=made, year=2027, name=name, total_fen=values.get("total")))
    return made


@service("test.change_project", "改项目（测试）", right="project.import")
def change(act: Act, *, project: int, values: dict[str, Any]) -> Project:
    found = act.get(Project, project)
    if values.get("class"):
        found.project_class = values["class"]
    year = act.all(ProjectYear).get(project=found, year=2027)
    if values.get("total") is not None:
        year.total_fen = values["total"]
    if values.get("total") == 13:
        raise Refused("这个数不行", field="total")
    act.save(year)
    return act.save(found)


def plan(scope: Scope, rows: Sequence[Row]) -> Callable[[Row], Change]:
    units = {one.code: one for one in Organisation.objects.restrict(scope.actor, "project.import")}
    known = {
        (one.project.unit_id, one.name): one
        for one in ProjectYear.objects.restrict(scope.actor, "project.import")
        .select_related("project")
        .filter(year=2027)
    }

    def one(row: Row) -> Change:
        unit = units.get(row["unit"])
        if unit is None:
            raise Refused(f"没有编码是 {row['unit']} 的单位", field="unit")
        there = known.get((unit.pk, row["name"]))
        part, label = str(unit.department_id), row["name"]
        if there is None:
            return Change(part, label, payload=(unit.pk, 0, dict(row.values)))
        differences = []
        if row["total"] is not None and row["total"] != there.total_fen:
            type_ = FIELDS[3].type
            differences.append(
                Difference(
                    "预算数", type_.shown(there.total_fen), type_.shown(row["total"]), there.total_fen, row["total"]
                )
            )
        if row["class"] and row["class"] != there.project.project_class:
            differences.append(Difference("项目类别", there.project.project_class, row["class"]))
        return Change(
            part,
            label,
            str(there.project_id),
            tuple(differences),
            payload=(unit.pk, there.project_id, dict(row.values)),
        )

    return one


def apply(scope: Scope, changes: Sequence[Change]) -> list[str]:
    ids = []
    for one in changes:
        unit, project, values = one.payload
        made = (
            change(scope.actor, project=project, values=values)
            if project
            else add(scope.actor, unit=unit, name=one.label, values=values)
        )
        ids.append(str(made.pk))
    return ids


KIND = register(Kind("test-projects", "项目（测试）", "project.import", FIELDS, ("unit", "name"), plan, apply))


def xlsx(rows: Sequence[Sequence[Any]], merges: Sequence[str] = (), *, title: str = "项目") -> bytes:
    """A workbook of one worksheet."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    for merge in merges:
        sheet.merge_cells(merge)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


LIST = (
    ("2027年部门预算项目表",),
    ("单位：万元",),
    ("序号", "单位编码", "项目名称", "项目类别", "资金", None, "备注"),
    (None, None, None, None, "总额", "财政拨款", None),
    (1, "301", "招商费用二", "特定目标类", 150, 150, None),
    (2, "301002", "驻点招商二", "其他运转类", 12.5, 12.5, None),
    ("小计", None, None, None, 162.5, 162.5, None),
    (3, "302", "河道疏浚二", "特定目标类", 1000.01, 1000.01, "延续"),
    ("合  计", None, None, None, 1162.51, 1162.51, None),
    ("填表人：", None, "王芳", None, "审核人：", None, None),
)
MERGES = ("A1:G1", "A3:A4", "B3:B4", "C3:C4", "D3:D4", "E3:F3", "G3:G4")
