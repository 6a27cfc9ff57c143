"""Files of the example's second year, made of those of the first: what a department sends a year later."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from jixiao import read_plan
from jixiao.domain.codec import plan_from_dict, plan_to_dict
from jixiao.domain.plan import Plan
from jixiao.writers.registry import writer_named


def a_year_later(plan: Plan) -> Plan:
    """The plan with every year written in it one later."""
    content = plan_to_dict(plan)
    words = json.dumps({**content, "notes": [], "provenance": {}}, ensure_ascii=False)
    year = plan.fiscal_year.year if plan.fiscal_year else 2026
    for one in (year + 1, year, year - 1):
        words = words.replace(f"{one}年", f"{one + 1}年")
    moved = json.loads(words)
    moved["fiscal_year"] = year + 1
    return plan_from_dict(moved)


def written(plan: Plan, folder: Path) -> Path:
    """The plan as the Word file that a department sends."""
    assert plan.fiscal_year is not None
    path = folder / f"{plan.department.label}{plan.fiscal_year.year}年部门预算绩效文本.docx"
    path.write_bytes(writer_named("docx").write(plan))
    return path


def of_its_own(path: Path, mark: str) -> bytes:
    """The text of a department with words nobody wrote before, as a Word file: another file than any that came in, of the same form."""
    plan = read_plan(path)
    sheets = tuple(replace(one, purpose=f"{one.purpose or '按计划办'}（试收{mark}）") for one in plan.goal_sheets)
    return writer_named("docx").write(
        replace(
            plan,
            title=f"{plan.title or plan.department.label}（试收{mark}）",
            goal_sheets=sheets,
            provenance={},
            notes=(),
        )
    )


def unreadable(folder: Path) -> Path:
    """A file that nobody can read."""
    path = folder / "扫描不全.pdf"
    path.write_bytes(b"%PDF-1.4\n%%EOF\n")
    return path


def marked_secret(folder: Path) -> Path:
    """A file that bears a mark of secrecy and is refused."""
    path = folder / "会议材料.txt"
    path.write_text("秘密★5年\n\n这一份只用来看看系统怎样拒收。\n", encoding="utf-8")
    return path
