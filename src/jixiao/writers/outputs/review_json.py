"""A review as data."""

from __future__ import annotations

from jixiao.domain.codec import REVIEW_SCHEMA, REVIEW_SCHEMAS, review_to_dict
from jixiao.json_text import json_bytes
from jixiao.writers.registry import writer
from jixiao.writers.reviewed import Reviewed


@writer("review", "review.json", Reviewed, schemas=REVIEW_SCHEMAS)
def review_json(reviewed: Reviewed, schema: str = REVIEW_SCHEMA) -> bytes:
    """Findings, grades and what could not be checked."""
    return json_bytes(review_to_dict(reviewed.plan, reviewed.review, schema))
