"""The review engine: what a rule is, how rules run, how findings make a grade. The rules are in jixiao.rules."""

from jixiao.review.engine import review_plan
from jixiao.review.rule import Observation, Rule, Scope, registered, rule

__all__ = ["Observation", "Rule", "Scope", "registered", "review_plan", "rule"]
