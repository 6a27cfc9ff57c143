"""Jixiao 绩效: reads and reviews budget performance plans of Chinese government departments.

from datetime import date
import jixiao

plan = jixiao.read_plan("商务局2026年绩效文本.docx")
review = jixiao.review_plan(plan, as_of=date(2026, 1, 1))
for finding in review.findings:
    print(finding.severity.label, finding.message)
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jixiao.domain.finding import Review
    from jixiao.domain.plan import Plan

__all__ = ["__version__", "read_plan", "review_plan"]

__version__ = "0.1.0"


def read_plan(path: str | Path) -> Plan:
    """The plan in a file. Raises ``jixiao.readers.UnreadableFileError``, which says what was met and what to do."""
    from jixiao.readers import read_file

    return read_file(path)


def review_plan(plan: Plan, *, as_of: date, ruleset: str | None = None) -> Review:
    """Review a plan under the law of ``as_of``, by the named ruleset or the one that fits the plan's form.

    Raises KeyError where no ruleset has that name.
    """
    from jixiao.parameters import rulesets
    from jixiao.parameters.choice import choose_ruleset
    from jixiao.review import review_plan as run_rules
    from jixiao.rules import RULES

    if ruleset is not None:
        return run_rules(plan, RULES, rulesets()[ruleset], as_of)
    chosen, reason = choose_ruleset(plan)
    return run_rules(plan, RULES, chosen, as_of, reason)
