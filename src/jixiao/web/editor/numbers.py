"""The numbers beside a sheet that is written: what its amounts, points and shares add up to."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from jixiao.domain.plan import Plan


@dataclass(frozen=True)
class Number:
    """A line for people; ``is_right`` None where there is nothing to hold it against."""

    id: str
    text: str
    is_right: bool | None = None


def numbers_of(plan: Plan) -> tuple[Number, ...]:
    """The lines of a sheet, in the order of the form; nothing for Part One."""
    if not plan.goal_sheets:
        return ()
    sheet = plan.goal_sheets[0]
    budget, found = sheet.budget, []
    unit = budget.currency_unit or ""
    if budget.total is not None and budget.fiscal is not None:
        rest = budget.total - budget.fiscal - (budget.other or 0)
        words = "平" if not rest else f"不平：差{_plain(rest)}{unit}"
        found.append(Number("balance", f"财政＋其他＝预算数 {words}", not rest))
    if budget.total is not None:
        steps = [
            f"{step.by} {_plain(step.percent)}% {_plain(budget.total * step.percent / 100)}{unit}"
            for step in sheet.disbursement_plan
            if step.percent is not None
        ]
        if steps:
            found.append(Number("steps", "累计支出：" + "，".join(steps)))
    weights = [row.weight for row in sheet.indicators if row.weight is not None]
    if weights:
        total = sum(weights, Decimal(0)) + (sheet.execution_weight or 0)
        wanted = sheet.total_weight or Decimal(100)
        found.append(Number("weights", f"分值合计{_plain(total)}分", total == wanted))
    found.append(Number("rows", f"指标{len(sheet.indicators)}条"))
    return tuple(found)


def _plain(number: Decimal) -> str:
    """Two places at most, no zeros that say nothing."""
    text = f"{number:,.2f}"
    return text.rstrip("0").rstrip(".")
