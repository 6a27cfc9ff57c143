"""A plan as data."""

from __future__ import annotations

from jixiao.domain.codec import plan_to_dict
from jixiao.domain.plan import Plan
from jixiao.json_text import json_bytes
from jixiao.writers.registry import writer


@writer("json", "plan.json", Plan)
def plan_json(plan: Plan) -> bytes:
    """The plan in the default schema."""
    return json_bytes(plan_to_dict(plan))
