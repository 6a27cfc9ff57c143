"""Which ruleset a call names, by option or by environment variable."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from jixiao.cli.console import say

if TYPE_CHECKING:
    from jixiao.review.rulebook import Rulebook

VARIABLE = "JIXIAO_RULESET"
"""names the ruleset where no option does"""


def names_ruleset(option: str | None) -> bool:
    """Whether the option or the environment names a ruleset."""
    return bool(option or os.environ.get(VARIABLE))


def chosen_book(option: str | None) -> Rulebook | None:
    """The rulebook that the option or else the environment names; None where nobody does: the form decides.

    Raises UnknownRulesetError.
    """
    from jixiao.services.rulebooks import book_of  # with all rules, for those who name some

    if option:
        return book_of(option)
    name = os.environ.get(VARIABLE)
    if not name:
        return None
    say(f"按环境变量 {VARIABLE} 使用规则集 {name}。")
    return book_of(name)
