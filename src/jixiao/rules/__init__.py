"""The rules, one file per family. Importing this package registers them all; ``RULES`` is the list by code."""

from jixiao.review.rule import registered
from jixiao.rules import (
    basis,
    completeness,
    goals,
    money,
    numbers,
    project_code,
    purpose,
    rating_scales,
    target_direction,
    target_form,
    target_level,
    target_meaning,
    target_plausible,
    target_units,
)

__all__ = ["RULES"]

_FAMILIES = (
    basis,
    completeness,
    goals,
    money,
    numbers,
    project_code,
    purpose,
    rating_scales,
    target_direction,
    target_form,
    target_level,
    target_meaning,
    target_plausible,
    target_units,
)  # named so that a linter keeps the imports and a test can walk them

RULES = registered()
