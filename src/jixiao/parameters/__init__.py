"""Dated parameters and the rulesets that tune them."""

from jixiao.parameters.rulesets import Ruleset, rulesets
from jixiao.parameters.store import DatedValue, Parameter, parameters

__all__ = ["DatedValue", "Parameter", "Ruleset", "parameters", "rulesets"]
