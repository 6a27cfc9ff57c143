"""Goals that list what a department is there for 「职责」, not what it will have done."""

from __future__ import annotations

from jixiao.parameters.keys import DUTY_WORD_LIMIT, DUTY_WORDS
from jixiao.readings.text import quantities
from jixiao.readings.view import PlanView

PARAMETERS = (DUTY_WORDS, DUTY_WORD_LIMIT)


def duty_words(view: PlanView, text: str) -> list[str]:
    """The words of duty that a text holds: 负责, 贯彻执行."""
    return [word for word in view.parameter(DUTY_WORDS) if word in text]


def is_duties(view: PlanView, paragraph: str) -> bool:
    """Whether one paragraph among others is a list of duties."""
    return _is_list(view, paragraph, view.parameter(DUTY_WORD_LIMIT).paragraph)


def is_duties_throughout(view: PlanView, text: str) -> bool:
    """Whether a whole text is a list of duties: fewer words of duty tell it than in one paragraph of several."""
    return _is_list(view, text, view.parameter(DUTY_WORD_LIMIT).whole)


def _is_list(view: PlanView, text: str, least: int) -> bool:
    found, limits = len(duty_words(view, text)), view.parameter(DUTY_WORD_LIMIT)
    if found < min(least, limits.long):
        return False
    numbers = len(quantities(text))
    return (found >= least and not numbers) or (found >= limits.long and numbers <= limits.numbers_in_long)
