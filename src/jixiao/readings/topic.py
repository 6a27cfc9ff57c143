"""The words that say what a text is about."""

from __future__ import annotations

from functools import lru_cache

from jixiao.parameters.keys import MENTION_WORDS
from jixiao.readings.mentions import words_of
from jixiao.readings.view import PlanView, SheetView


@lru_cache(maxsize=8192)
def told(text: str | None, empty: frozenset[str]) -> frozenset[str]:
    """The words of a text that say what it is about."""
    return frozenset(w for w in words_of(text or "") if len(w) > 1 and w not in empty)


def empty_words(sheet: SheetView) -> frozenset[str]:
    """Words that say nothing of what a text is about."""
    return sheet.plan.standing(_empty_words)


def _empty_words(view: PlanView) -> frozenset[str]:
    words = view.parameter(MENTION_WORDS)
    return frozenset((*words.empty, *words.weak, *words.spending))
