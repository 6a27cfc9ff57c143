"""Sheets as rows for the province's budget platform 「一体化」, by import templates: those of the program, and files of the folder
``platforms`` of the data of this workspace."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.conf import settings

from jixiao.domain.plan import Plan
from jixiao.platforms import Template, TemplateError, templates_in
from jixiao.web.goals.models import Sheet, SheetKind
from jixiao.web.kernel.acts import Refused
from jixiao.web.projects.models import ProjectYear
from jixiao.writers.platform import FilledTemplate, Record, filled, to_platform_xlsx

PREFIX = "platform-"
"""Before the name of a template, where forms of exports are named"""
_KINDS = (SheetKind.GOAL, SheetKind.DEPARTMENT_WIDE)
_MOST_TOLD = 8


def forms() -> Mapping[str, str]:
    """What can be asked for, and what it is called; the program's own alone where a file of the folder is faulty."""
    try:
        found = _known()
    except Refused:
        found = templates_in(settings.DATA / "none")
    return {f"{PREFIX}{name}": f"一体化导入表：{_titled(one)}" for name, one in found.items()}


def _titled(one: Template) -> str:
    title = one.title.removeprefix("一体化").strip("（）")
    return f"{title}，代码列留空" if any(not table for table in one.codes.values()) else title


def _known() -> Mapping[str, Template]:
    try:
        return templates_in(settings.DATA / "platforms")
    except TemplateError as error:
        raise Refused(f"数据文件夹 platforms 里的模板不能用：{error}。请系统管理员改好", status=422) from None


def is_platform(form: str) -> bool:
    """Whether a form of exports is one of these."""
    return form.startswith(PREFIX)


def workbook(sheets: Sequence[tuple[Sheet, Plan]], form: str, title: str, day: date) -> bytes:
    """The .xlsx to be imported. Sheets have their unit with its department and region.

    Raises Refused, in Chinese with the places, while the platform would refuse or cut anything; for a form there is not; and
    where no sheet has rows for it.
    """
    known = _known()
    name = form.removeprefix(PREFIX)
    if name not in known:
        raise Refused(f"没有“{form}”这种导出", field="form", status=404)
    codes = _codes([sheet for sheet, _ in sheets])
    found = filled(known[name], [one for sheet, plan in sheets for one in _records(sheet, plan, codes)])
    if found.stopping:
        raise Refused(_told(found), status=422)
    if not found.rows:
        raise Refused("没有绩效目标表，没有可导入一体化的行。绩效文本第一部分、监控表、自评表不导", status=404)
    return to_platform_xlsx(found, title, day)


def _codes(sheets: Sequence[Sheet]) -> Mapping[tuple[int, int], str]:
    """The codes of their projects in the pool, by project and year."""
    rows = ProjectYear.objects.unrestricted("codes of the projects of sheets just fetched").filter(
        project__in={one.project_id for one in sheets if one.project_id is not None},
        year__in={one.year for one in sheets},
    )
    return {(project, year): code for project, year, code in rows.values_list("project", "year", "code")}


def _records(sheet: Sheet, plan: Plan, codes: Mapping[tuple[int, int], str]) -> list[Record]:
    if sheet.kind not in _KINDS:
        return []
    unit = sheet.unit
    department = unit.department or unit
    known = {
        "region_code": unit.region.code,
        "region_name": unit.region.name,
        "fiscal_year": str(sheet.year),
        "department_code": department.code,
        "department_name": department.name,
        "unit_code": unit.code,
        "unit_name": unit.name,
        "project_code": codes.get((sheet.project_id or 0, sheet.year), ""),
    }
    return [Record(plan, one, known) for one in plan.goal_sheets]


def _told(found: FilledTemplate) -> str:
    faults = found.stopping
    shown = "；".join(fault.told for fault in faults[:_MOST_TOLD])
    more = f"；还有{len(faults) - _MOST_TOLD}处" if len(faults) > _MOST_TOLD else ""
    return f"有{len(faults)}处一体化平台不收，没有导出：{shown}{more}"
