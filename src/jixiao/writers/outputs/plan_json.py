"""A plan as data."""

from __future__ import annotations

from jixiao.domain.codec import PLAN_SCHEMA, PLAN_SCHEMAS, plan_to_dict
from jixiao.domain.plan import Plan
from jixiao.json_text import json_bytes
from jixiao.writers.registry import writer


@writer("json", "plan.json", Plan, schemas=PLAN_SCHEMAS)
def plan_json(plan: Plan, schema: str = PLAN_SCHEMA) -> bytes:
    """The plan as data of a schema."""
    return json_bytes(plan_to_dict(plan, schema))
