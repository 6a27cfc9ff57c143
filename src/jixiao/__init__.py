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
    from jixiao.services.reviewing import SheetReview
    from jixiao.vocabulary import Vocabulary

__all__ = ["__version__", "read_plan", "review_plan", "review_sheet", "rulebook"]

__version__ = "0.1.0"


def read_plan(path: str | Path, *, vocabulary: Vocabulary | None = None) -> Plan:
    """The plan in a file, by the words of forms that come with the program or by those of a ``rulebook``.

    Raises ``jixiao.readers.UnreadableFileError``, which says what was met and what to do."""
    from jixiao.readers import read_file

    return read_file(path, vocabulary)


def rulebook(ruleset: str | Path) -> Rulebook:
    """The rules and law of a ruleset: the name of a shipped one, or the folder of a locality's own.

    Raises ``jixiao.review.folder.RulesetFolderError``, which says file and line, where a folder is faulty, and KeyError
    where there is neither such a name nor such a folder.
    """
    from jixiao.services.rulebooks import load_book

    return load_book(ruleset)


def review_plan(plan: Plan, *, as_of: date, ruleset: str | Path | Rulebook | None = None) -> Review:
    """Review a plan under the law of ``as_of``, by the given ruleset or the one that fits the plan's form.

    A folder is read anew by every call: for many plans, read it once with ``rulebook``. Raises what that raises.
    """
    from jixiao.services import reviewing

    return reviewing.review_plan(plan, as_of=as_of, ruleset=ruleset)


def review_sheet(
    plan: Plan, index: int, *, as_of: date, ruleset: str | Path | Rulebook | None = None, wide: bool = False
) -> SheetReview:
    """What the rules say of the sheet at ``index``, from 0: at once what it shows by itself, with ``wide`` all of it.

    Raises IndexError where the plan has no such sheet, and what ``review_plan`` raises.
    """
    from jixiao.services import reviewing

    return reviewing.review_sheet(plan, index, as_of=as_of, ruleset=ruleset, wide=wide)
