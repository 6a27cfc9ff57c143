"""Dated parameters and the rulesets that tune them."""

from jixiao.parameters.choice import choose_ruleset
from jixiao.parameters.rulesets import Ruleset, rulesets
from jixiao.parameters.store import DatedValue, Parameter, in_words, parameters
from jixiao.parameters.typed import Key

__all__ = ["DatedValue", "Key", "Parameter", "Ruleset", "choose_ruleset", "in_words", "parameters", "rulesets"]
