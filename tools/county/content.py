"""The content of the example county: ``examples/county/source/*.yaml``, one department a file.

A row of an indicator table is one line, its cells parted by ``|``: kind | name | description | target | basis.
An activity indicator in a table is ``text | 优 | 良 | 中 | 差``. A budget is ``total = fiscal + other``; other may be blank.
A blank step of a disbursement plan is ``_``.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from jixiao.strict_yaml import load_strict

COUNTY = Path(__file__).resolve().parents[2] / "examples" / "county"
SOURCE = COUNTY / "source"
FILES = COUNTY / "files"

POINTS = ("3月底", "6月底", "10月底", "12月底")
HEADER = ("一级指标", "二级指标", "三级指标", "绩效指标描述", "指标值", "指标值确定依据")
FINANCE_BUREAU = "清源县财政局"

_LEVELS = {
    "数量": ("产出指标", "数量指标"),
    "质量": ("产出指标", "质量指标"),
    "时效": ("产出指标", "时效指标"),
    "成本": ("产出指标", "成本指标"),
    "经济": ("效益指标", "经济效益指标"),
    "社会": ("效益指标", "社会效益指标"),
    "生态": ("效益指标", "生态效益指标"),
    "持续": ("效益指标", "可持续影响指标"),
    "满意": ("满意度指标", "服务对象满意度指标"),
}


@dataclass(frozen=True)
class Row:
    """A row as it is printed; empty text for an empty cell."""

    first: str
    second: str
    name: str
    description: str
    target: str
    basis: str

    @property
    def cells(self) -> tuple[str, ...]:
        return (self.first, self.second, self.name, self.description, self.target, self.basis)


@dataclass(frozen=True)
class ActivityRow:
    """An indicator of an activity; ``grades`` 优良中差 or empty."""

    text: str
    grades: tuple[str, ...]


@dataclass(frozen=True)
class ActivityText:
    name: str
    budget: str
    description: str
    goal: str
    indicators: tuple[ActivityRow, ...]


@dataclass(frozen=True)
class Sheet:
    """A goal sheet as it is printed; ``currency`` is empty where the text never gives the unit of its amounts."""

    number: int
    unit: str
    currency: str
    code: str
    name: str
    total: str
    fiscal: str
    other: str
    purpose: str
    plan: tuple[str, ...]
    goals: tuple[str, ...]
    rows: tuple[Row, ...]

    @property
    def heading(self) -> str:
        return f"{self.number}.{self.name}绩效目标表"


@dataclass(frozen=True)
class Department:
    """What one department sends. ``activity_form``: table, prose or numbered."""

    slug: str
    file: str
    name: str
    code: str
    title: str
    year: int
    currency: str
    activity_form: str
    overall_goals: tuple[str, ...]
    activities: tuple[ActivityText, ...]
    safeguards: tuple[tuple[str, str], ...]
    sheets: tuple[Sheet, ...]
    contents: dict[str, int]

    @property
    def path(self) -> Path:
        return FILES / self.file


def departments() -> list[Department]:
    """Every department, by file name."""
    return [_department(file) for file in sorted(SOURCE.glob("*.yaml"))]


def _department(file: Path) -> Department:
    d = load_strict(file.read_text(encoding="utf-8"), file.name)
    currency = d["currency"] or ""
    outcome = d.get("outcome_label", "效益指标")
    return Department(
        slug=file.stem,
        file=d["file"],
        name=d["department"],
        code=str(d["sheets"][0]["unit"])[:3],
        title=d["title"],
        year=d["year"],
        currency=currency,
        activity_form=d["activity_form"],
        overall_goals=tuple(d["overall_goals"]),
        activities=tuple(_activity(a) for a in d["activities"]),
        safeguards=tuple((s["heading"], s["text"]) for s in d["safeguards"]),
        sheets=tuple(_sheet(n, s, currency, outcome) for n, s in enumerate(d["sheets"], 1)),
        contents=d.get("contents", {}),
    )


def _activity(a: dict[str, Any]) -> ActivityText:
    rows = []
    for line in a.get("indicators", ()):
        text, *grades = _split(line)
        rows.append(ActivityRow(text, tuple(grades)))
    return ActivityText(a["name"], a.get("budget", ""), a.get("description", ""), a["goal"], tuple(rows))


def _sheet(number: int, s: dict[str, Any], currency: str, outcome: str) -> Sheet:
    total, parts = s["budget"].split("=")
    fiscal, other = parts.split("+")
    rows = []
    for line in s["rows"]:
        kind, name, description, target, basis = _split(line)
        first, second = _LEVELS[kind]
        rows.append(Row(outcome if first == "效益指标" else first, second, name, description, target, basis))
    return Sheet(
        number=number,
        unit=s["unit"],
        currency=currency,
        code=s["code"],
        name=s["name"],
        total=total.strip(),
        fiscal=fiscal.strip(),
        other=other.strip(),
        purpose=s["purpose"],
        plan=tuple("" if step == "_" else step for step in str(s["plan"]).split()),
        goals=tuple(s["goals"]),
        rows=tuple(rows),
    )


def _split(line: str) -> list[str]:
    return [cell.strip() for cell in line.split("|")]


def money(text: str) -> Decimal | None:
    return Decimal(text) if text else None
