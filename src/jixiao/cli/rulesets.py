"""Which ruleset a call names, by option or by environment variable."""

from __future__ import annotations

import os

from jixiao.cli.console import say
from jixiao.review.rulebook import Rulebook
from jixiao.services.rulebooks import book_of

VARIABLE = "JIXIAO_RULESET"
"""names the ruleset where no option does"""


def chosen_book(option: str | None) -> Rulebook | None:
    """The rulebook that the option or else the environment names; None where nobody does: the form decides.

    Raises UnknownRulesetError.
    """
    if option:
        return book_of(option)
    name = os.environ.get(VARIABLE)
    if not name:
        return None
    say(f"按环境变量 {VARIABLE} 使用规则集 {name}。")
    return book_of(name)
