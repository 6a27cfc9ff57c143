"""The versions of data. A newer one only adds; older ones are read, and written on request."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]

PLAN_SCHEMAS = ("jixiao/plan/1", "jixiao/plan/2", "jixiao/plan/3")
"""Oldest first; the last is whole"""
PLAN_SCHEMA = PLAN_SCHEMAS[-1]
REVIEW_SCHEMAS = ("jixiao/review/1", "jixiao/review/2")
REVIEW_SCHEMA = REVIEW_SCHEMAS[-1]


def version_of(schema: str) -> int:
    """The number of a schema: ``jixiao/plan/2`` → 2."""
    return int(schema.rpartition("/")[2])
