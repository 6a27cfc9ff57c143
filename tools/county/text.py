"""A department's plan as plain text, in two of the ways in which copied Word tables come out."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tools.county.content import FINANCE_BUREAU, Department
from tools.county.grid import Box, activities, head, indicators

_CHINESE = "一二三四五六七八九十"

Lines = Sequence[Sequence[Box]]


def tab_indented(department: Department) -> bytes:
    """One cell a line with a tab before it, a blank line after each row; UTF-8."""
    return _plan(department, _tab_indented_table).encode("utf-8")


def tab_separated(department: Department) -> bytes:
    """One row a line, tabs between the cells; GB18030, Windows line ends."""
    return _plan(department, _tab_separated_table).replace("\n", "\r\n").encode("gb18030")


def _tab_indented_table(lines: Lines) -> str:
    rows = ("".join(f"\t{box.text}\n" for box in line) for line in lines)
    return "\n".join(rows) + "\n"


def _tab_separated_table(lines: Lines) -> str:
    rows = ("\t".join(box.text.replace("\n", "") for box in line) for line in lines)
    return "\n".join(rows) + "\n\n"


def _plan(department: Department, table: Callable[[Lines], str]) -> str:
    out = [
        department.name,
        department.title.removeprefix(department.name),
        "",
        f"{department.name}编制",
        f"{FINANCE_BUREAU}审核",
        "",
        "第一部分",
        "部门整体绩效目标",
        "一、总体绩效目标",
        *(f"    {paragraph}" for paragraph in department.overall_goals),
        "",
        "二、分项绩效目标",
    ]
    if department.activity_form == "table":
        currency = f"单位：{department.currency}" if department.currency else ""
        unit = [Box(f"{department.code}{department.name}"), Box(currency)]
        out.append(table([unit, *activities(department)]))
    else:
        for n, activity in enumerate(department.activities):
            out += [f"（{_CHINESE[n]}）{activity.name}", f"绩效目标：{activity.goal}"]
            out += [f"绩效指标：{indicator.text}" for indicator in activity.indicators]
    if department.safeguards:
        out += ["", "三、工作保障措施"]
        out += [f"{n}.{heading}。{text}" for n, (heading, text) in enumerate(department.safeguards, 1)]
    out += ["", "第二部分", "预算项目绩效目标"]
    for sheet in department.sheets:
        out += [sheet.heading, table([*head(sheet, "{}."), *indicators(sheet)])]
    return "\n".join(out)
