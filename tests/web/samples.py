"""Files to drop on the desk: plans of any number of sheets, made of the example county's and written by the core's own writer."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

from jixiao.domain.organisation import Organisation
from jixiao.domain.plan import Plan
from jixiao.readers import read_file
from jixiao.writers.registry import writer_named

COUNTY = Path(__file__).parents[2] / "examples" / "county" / "files"
HEALTH = COUNTY / "清源县卫生健康局2026年部门预算绩效文本.docx"


@cache
def example() -> Plan:
    return read_file(HEALTH)


def plan_of(sheets: int, *, department: str = "清源县商务局", first: int = 1) -> Plan:
    """A plan without doubts: that many goal sheets, each of a project of its own name 「项目01」."""
    plan = example()
    made = []
    for n in range(sheets):
        sheet = plan.goal_sheets[n % len(plan.goal_sheets)]
        project = replace(sheet.project, name=f"{sheet.project.name}{first + n:02d}", code=f"13992526P{first + n:012d}")
        made.append(
            replace(
                sheet,
                sequence=n + 1,
                id="",
                project=project,
                indicators=tuple(replace(r, id="") for r in sheet.indicators),
                goals=tuple(replace(g, id="") for g in sheet.goals),
                disbursement_plan=tuple(replace(d, id="") for d in sheet.disbursement_plan),
            )
        )
    return replace(
        plan,
        title=f"{department}2026年部门预算绩效文本",
        department=Organisation(name=department),
        goal_sheets=tuple(made),
        provenance={},
        notes=(),
    )


def written(plan: Plan, path: Path) -> Path:
    """The plan as a Word file in the official form."""
    path.write_bytes(writer_named("docx").write(plan))
    return path
