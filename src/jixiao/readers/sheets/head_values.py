"""What the head of a goal sheet says, as far as it has been read."""

from __future__ import annotations

from dataclasses import dataclass

from jixiao.domain.goal import Goal
from jixiao.domain.goal_sheet import Budget, DisbursementStep, Project
from jixiao.domain.organisation import NOBODY, Organisation

NO_PROJECT = Project()
_NO_MONEY = Budget()


@dataclass(slots=True)
class HeadValues:
    """What is known of a head so far."""

    project: Project = NO_PROJECT
    budget_unit: Organisation = NOBODY
    budget: Budget = _NO_MONEY
    purpose: str | None = None
    disbursement_plan: tuple[DisbursementStep, ...] = ()
    goals: tuple[Goal, ...] = ()
