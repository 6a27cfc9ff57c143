"""Words that places print for one column are read, each put into an otherwise ordinary sheet in place of the usual one."""

from __future__ import annotations

from pathlib import Path

import pytest
from readers.form_grid import FORMATS, TEXTS, drawn

from jixiao.domain.plan import Plan
from jixiao.readers import read_bytes
from jixiao.strict_yaml import load_strict

WORDS: dict[str, list[str]] = load_strict(
    Path(__file__).with_name("label_words.yaml").read_text(encoding="utf-8"), "label_words.yaml"
)
WRITTEN = {**FORMATS, **TEXTS}
SHEET = """
青河县水利局2026年部门预算绩效文本
项目支出{form}
（2026年度）
{project_name} | 小型水库维修养护 | < | < | < | <
{department} | 青河县水利局 | < | {budget_unit} | 青河县水库管理站 | <
项目资金（万元） | {total} | < | 86.5 | < | <
^ | 其中：财政拨款 | < | 80 | < | <
^ | 其他资金 | < | 6.5 | < | <
{goals} | 完成12座小型水库维修养护，汛前全部验收。 | < | < | < | <
绩效指标 | 一级指标 | 二级指标 | {name} | {target} | {actual}
^ | 产出指标 | 数量指标 | 维修养护水库数量 | ≥12座 | {a}
^ | ^ | 质量指标 | 工程验收合格率 | ≥98% | {b}
^ | ^ | 时效指标 | 汛前完工时间 | 2026年5月31日前 | {c}
^ | 效益指标 | 社会效益指标 | 受益人口 | ≥2.3万人 | {d}
"""
USUAL = {
    "form": "绩效目标表", "project_name": "项目名称", "department": "主管部门", "budget_unit": "实施单位", "goals": "年度目标",
    "total": "年度资金总额", "name": "三级指标", "target": "指标值", "actual": "备注", "a": "", "b": "", "c": "", "d": "",
}  # fmt: skip
FILLED = {"form": "绩效自评表", "a": "11座", "b": "99%", "c": "2026年5月3日", "d": "2.4万人"}


def sheet_with(slot: str, word: str) -> str:
    return SHEET.format(**{**USUAL, **(FILLED if slot == "actual" else {}), slot: word})


def read_of(plan: Plan) -> dict[str, object]:
    """What the sheet says in each of the columns, whatever they are called."""
    (sheet,) = plan.goal_sheets
    later = plan.later_sheets.get(sheet.id)
    budget = sheet.budget
    return {
        "project_name": sheet.project.name,
        "department": plan.department.name,
        "budget_unit": sheet.budget_unit.name,
        "total": [str(amount) for amount in (budget.total, budget.fiscal, budget.other)],
        "goals": [goal.text for goal in sheet.goals],
        "name": [row.name for row in sheet.indicators],
        "target": [row.target.text for row in sheet.indicators],
        "actual": later
        and [row.actual and row.actual.text for row in map(later.row, (r.id for r in sheet.indicators))],
    }


RIGHT: dict[str, object] = {
    "project_name": "小型水库维修养护",
    "department": "青河县水利局",
    "budget_unit": "青河县水库管理站",
    "total": ["86.5", "80", "6.5"],
    "goals": ["完成12座小型水库维修养护，汛前全部验收。"],
    "name": ["维修养护水库数量", "工程验收合格率", "汛前完工时间", "受益人口"],
    "target": ["≥12座", "≥98%", "2026年5月31日前", "≥2.3万人"],
    "actual": None,
}
ACTUAL = ["11座", "99%", "2026年5月3日", "2.4万人"]


@pytest.mark.parametrize("slot", WORDS)
@pytest.mark.parametrize(
    "written", ["html", *(pytest.param(w, marks=pytest.mark.fuzz) for w in ("docx", "xlsx", "tabs.txt"))]
)
def test_each_word_names_its_column(written: str, slot: str) -> None:
    right = {**RIGHT, "actual": ACTUAL if slot == "actual" else None}
    wrong = {
        word: {name: said for name, said in found.items() if said != right[name]}
        for word in WORDS[slot]
        if (found := read_of(read_bytes(WRITTEN[written](drawn(sheet_with(slot, word))), f"表.{written}"))) != right
    }
    assert wrong == {}
