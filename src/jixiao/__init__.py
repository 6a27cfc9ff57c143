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
    from jixiao.review.rulebook import Rulebook

__all__ = ["__version__", "read_plan", "review_plan", "rulebook"]

__version__ = "0.1.0"


def read_plan(path: str | Path) -> Plan:
    """The plan in a file. Raises ``jixiao.readers.UnreadableFileError``, which says what was met and what to do."""
    from jixiao.readers import read_file

    return read_file(path)


def rulebook(ruleset: str | Path) -> Rulebook:
    """The rules and law of a ruleset: the name of a shipped one, or the folder of a locality's own.

    Raises ``jixiao.review.folder.RulesetFolderError``, which says file and line, where a folder is faulty, and KeyError
    where there is neither such a name nor such a folder.
    """
    from jixiao.parameters import rulesets
    from jixiao.review.folder import is_folder, load_folder
    from jixiao.review.rulebook import shipped
    from jixiao.rules import RULES

    return load_folder(ruleset, RULES) if is_folder(ruleset) else shipped(rulesets()[str(ruleset)], RULES)


def review_plan(plan: Plan, *, as_of: date, ruleset: str | Path | Rulebook | None = None) -> Review:
    """Review a plan under the law of ``as_of``, by the given ruleset or the one that fits the plan's form.

    A folder is read anew by every call: for many plans, read it once with ``rulebook``. Raises what that raises.
    """
    from jixiao.parameters import choose_ruleset
    from jixiao.review.rulebook import Rulebook, shipped
    from jixiao.rules import RULES

    if ruleset is not None:
        book = ruleset if isinstance(ruleset, Rulebook) else rulebook(ruleset)
        return book.review(plan, as_of)
    chosen, reason = choose_ruleset(plan)
    return shipped(chosen, RULES).review(plan, as_of, reason)
