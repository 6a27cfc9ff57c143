"""Plans and reviews as data, and back without loss: the schemas ``jixiao/plan/3`` and ``jixiao/review/2``, and older ones."""

from __future__ import annotations

from jixiao.domain.codec.errors import NotAPlanError, NotAReviewError
from jixiao.domain.codec.places import locate, location_to_dict
from jixiao.domain.codec.plan import plan_from_dict, plan_to_dict, source_to_dict
from jixiao.domain.codec.review import review_from_dict, review_to_dict
from jixiao.domain.codec.schemas import PLAN_SCHEMA, PLAN_SCHEMAS, REVIEW_SCHEMA, REVIEW_SCHEMAS

__all__ = [
    "PLAN_SCHEMA",
    "PLAN_SCHEMAS",
    "REVIEW_SCHEMA",
    "REVIEW_SCHEMAS",
    "NotAPlanError",
    "NotAReviewError",
    "locate",
    "location_to_dict",
    "plan_from_dict",
    "plan_to_dict",
    "review_from_dict",
    "review_to_dict",
    "source_to_dict",
]
