"""The rules, one file per family. Importing this package registers them all; ``RULES`` is the list by code."""

from jixiao.review.rule import registered
from jixiao.rules import target_direction

__all__ = ["RULES"]

_FAMILIES = (target_direction,)  # named so that a linter keeps the imports and a test can walk them

RULES = registered()
