"""One list of all projects of a department: a sheet each, with its unit, wherever the list names them."""

from __future__ import annotations

import pytest
from readers.form_grid import FORMATS, TEXTS, drawn, read_form, told

from jixiao.domain.plan import Plan
from jixiao.readers import read_bytes

COLUMNS = "项目年度绩效目标 | 一级指标 | 二级指标 | 三级指标 | 指标性质 | 指标值 | 度量单位 | 指标属性 | 指标内容"
NUMBERS = "1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10"
DREDGING = (
    ("产出指标", "数量指标", "清淤长度", "≥", "12", "公里", "定量指标", "清淤河段长度"),
    ("产出指标", "质量指标", "验收合格率", "≥", "95", "%", "定量指标", "合格比例"),
    ("效益指标", "社会效益指标", "受益人口", "≥", "2.3", "万人", "定量指标", "受益人数"),
)
PATROL = (
    ("产出指标", "数量指标", "巡河次数", "≥", "48", "次", "定量指标", "全年巡河"),
    ("满意度指标", "服务对象满意度指标", "群众满意度", "≥", "90", "%", "定量指标", "问卷"),
)
every = {**FORMATS, **TEXTS}


def project(name: str, goal: str, rows: tuple[tuple[str, ...], ...], below: str) -> list[str]:
    """The rows of a project: its name and goal in the first, ``below`` it what stands under them: ^, nothing, or the same."""
    first, *others = rows
    again = (name, goal) if below == "again" else (below, below)
    return [" | ".join((name, goal, *first)), *(" | ".join((*again, *row)) for row in others)]


def lone(words: str) -> str:
    return words + " | " * 9


def form(head: str, *parts: list[str], numbers: bool = True) -> str:
    lines = ["预算05-2表", "2026年部门项目支出绩效目标表", "单位名称：某县水利局", f"{head} | {COLUMNS}"]
    return "\n".join([*lines, *([NUMBERS] if numbers else []), *(line for part in parts for line in part)])


def sheets(plan: Plan) -> list[tuple[str | None, str | None, list[str], list[str | None]]]:
    """Project, unit, goals and values of each sheet."""
    return [
        (s.project.name, s.budget_unit.name, [g.text for g in s.goals], [r.target.text for r in s.indicators])
        for s in plan.goal_sheets
    ]


def wanted(*units: str) -> list[tuple[str | None, str | None, list[str], list[str | None]]]:
    return [
        ("河道清淤", units[0], ["清淤12公里。"], ["≥12公里", "≥95%", "≥2.3万人"]),
        ("巡河保洁", units[1], ["巡河48次。"], ["≥48次", "≥90%"]),
    ]


@pytest.mark.parametrize(
    "head", ["项目名称", "单位名称、项目名称", "单位名称/项目名称", "单位名称（项目名称）", "部门及项目名称"]
)
@pytest.mark.parametrize(
    ("written", "below"),
    [(w, "^") for w in ("docx", "xlsx", "html")] + [(w, b) for w in every for b in ("", "again")],
)
def test_a_sheet_for_every_project_with_the_unit_of_its_line(head: str, written: str, below: str) -> None:
    parts = (
        [lone("某县河道管理所")], project("河道清淤", "清淤12公里。", DREDGING, below), [lone("某县巡河站")],
        project("巡河保洁", "巡河48次。", PATROL, below),
    )  # fmt: skip
    plan = read_form(form(head, *parts), written)
    assert sheets(plan) == wanted("某县河道管理所", "某县巡河站")
    assert plan.department.name == "某县水利局"
    assert [r.description for r in plan.goal_sheets[1].indicators] == ["全年巡河", "问卷"]
    assert "“指标属性”一栏绩效数据不收，未读入：第1、2条“定量指标”" in told(plan, "column.not_kept")


@pytest.mark.parametrize("written", every)
def test_the_unit_over_the_list_is_that_of_all_projects(written: str) -> None:
    parts = project("河道清淤", "清淤12公里。", DREDGING, ""), project("巡河保洁", "巡河48次。", PATROL, "")
    plan = read_form(form("单位名称、项目名称", *parts, numbers=False), written)
    assert sheets(plan) == wanted("某县水利局", "某县水利局")


@pytest.mark.parametrize("written", ["docx", "xlsx", "html", "tabs.txt"])
def test_lines_of_department_and_unit_one_over_the_other(written: str) -> None:
    text = form(
        "单位名称、项目名称", [lone("某县水利局"), lone("某县河道管理所")], project("河道清淤", "清淤12公里。", DREDGING, ""),
        project("巡河保洁", "巡河48次。", PATROL, ""),
    )  # fmt: skip
    plan = read_form(text.replace("单位名称：某县水利局\n", ""), written)
    assert sheets(plan) == wanted("某县河道管理所", "某县河道管理所")
    assert plan.department.name == "某县水利局"


@pytest.mark.parametrize("written", ["docx", "html", "tabs.txt"])
def test_a_project_named_in_a_line_over_its_rows(written: str) -> None:
    def under_line(name: str, goal: str, rows: tuple[tuple[str, ...], ...]) -> list[str]:
        return [lone(name), *(" | ".join(("", goal if n == 0 else "", *row)) for n, row in enumerate(rows))]

    parts = under_line("河道清淤", "清淤12公里。", DREDGING), under_line("巡河保洁", "巡河48次。", PATROL)
    plan = read_form(form("项目名称", *parts), written)
    assert sheets(plan) == wanted("某县水利局", "某县水利局")


@pytest.mark.parametrize("again", [True, False], ids=["header again", "no header"])
@pytest.mark.parametrize("named", [True, False], ids=["name again", "name once"])
def test_a_list_that_goes_on_in_another_table(again: bool, named: bool) -> None:
    """A page cut in the middle of a project; the next table prints its name again, or leaves it blank."""
    rows = project("河道清淤", "清淤12公里。", DREDGING, "again" if named else "")
    rest = [*rows[2:], lone("某县巡河站"), *project("巡河保洁", "巡河48次。", PATROL, "")]
    header = [f"单位名称、项目名称 | {COLUMNS}"] if again else []
    first = form("单位名称、项目名称", [lone("某县河道管理所")], rows[:2])
    plan = read_bytes(every["docx"](drawn("\n".join([first, "", *header, *rest]))), "表.docx")
    assert sheets(plan) == wanted("某县河道管理所", "某县巡河站")


def test_the_year_in_the_title_is_that_of_every_project() -> None:
    goals = form("项目名称", project("河道清淤", "清淤12公里。", DREDGING, ""))
    other = form(
        "项目名称", project("河道清淤", "清淤12公里。", DREDGING, ""), project("巡河保洁", "巡河48次。", PATROL, "")
    )
    plan = read_bytes(every["docx"](drawn(f"{goals}\n\n{other.replace('2026年', '2025年')}")), "表.docx")
    assert [s.fiscal_year.year if s.fiscal_year else None for s in plan.goal_sheets] == [None, 2025, 2025]
