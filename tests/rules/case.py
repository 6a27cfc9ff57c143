"""Rule cases a budget officer can read: YAML files in ``jixiao/rules/cases/``, one per rule, named by its code.

An item says what is given (a plan in short form), and at how many places the rule must speak:

    - name: 满意度写成不超过，应报
      given:
        indicators: [{class: satisfaction, name: 群众满意度, target: ≤85%}]
      expect: [/goal_sheets/0/indicators/0/target]     # pointers, in document order; [] for silence
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import jixiao.rules
from jixiao.review.short_plan import plan_of
from jixiao.strict_yaml import load_strict

__all__ = ["CASES", "Case", "load_cases", "plan_of"]

CASES = Path(jixiao.rules.__file__).parent / "cases"


@dataclass(frozen=True)
class Case:
    """One item of a case file."""

    name: str
    given: dict[str, Any]
    expect: list[str]
    as_of: date = date(2026, 1, 1)
    ruleset: str = "national-88"
    suggestion: str | None = None
    """a part that the first observation's suggestion must hold"""
    fixed: str | None = None
    """the value that the first observation's fix must write"""
    rule: str = field(default="", kw_only=True)


def load_cases() -> list[Case]:
    """Every case, in the order of files and items."""
    return [
        Case(**item, rule=file.stem)
        for file in sorted(CASES.glob("*.yaml"))
        for item in load_strict(file.read_text(encoding="utf-8"), file.name)
    ]
