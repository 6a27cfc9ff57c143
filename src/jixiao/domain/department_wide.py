"""Which goal sheets are of a whole department 「部门整体支出」 and not of a project."""

from __future__ import annotations

from jixiao.domain.goal_sheet import GoalSheet
from jixiao.domain.plan import Plan

_WORDS = ("整体支出", "部门整体", "单位整体", "整体绩效")


def is_department_wide(plan: Plan, sheet: GoalSheet) -> bool:
    """Whether a sheet is that of the whole department 「部门整体绩效目标表」: it has no code, and no name or one that says so.

    A sheet without a name in a text of several is a sheet whose project was not read.
    """
    name = "".join((sheet.project.name or sheet.title or "").split())
    if sheet.project.code:
        return False
    if name:
        return any(word in name for word in _WORDS)
    titled = "".join((plan.title or "").split())
    return len(plan.goal_sheets) == 1 and any(word in titled for word in _WORDS)
