"""The review of a file that came in: made from its document when asked for, kept while the document is the same."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from jixiao.domain.codec import plan_from_dict
from jixiao.domain.finding import Review
from jixiao.domain.plan import Plan
from jixiao.services.reviewing import review_plan, without_findings

_KEPT = 64


def plan_of(document: Mapping[str, Any]) -> Plan:
    """The plan in a document of ``jixiao/plan/3``; the same value for the same document while it is kept."""
    return _plan(_text(document))


def review_of(document: Mapping[str, Any], as_of: date, ruleset: str | None) -> Review:
    """What the rules say of it under the law of a day."""
    return _review(_text(document), as_of, ruleset)


def taken(document: Mapping[str, Any], review: Review, dismissed: frozenset[str]) -> Review:
    """The review without the findings that somebody does not take, graded anew."""
    return without_findings(plan_of(document), review, dismissed)


def _text(document: Mapping[str, Any]) -> str:
    return json.dumps(document, ensure_ascii=False, sort_keys=True)


@lru_cache(maxsize=_KEPT)
def _plan(text: str) -> Plan:
    return plan_from_dict(json.loads(text))


@lru_cache(maxsize=_KEPT)
def _review(text: str, as_of: date, ruleset: str | None) -> Review:
    return review_plan(_plan(text), as_of=as_of, ruleset=ruleset)


def digest_of(document: Mapping[str, Any]) -> str:
    """A word for a document's content, for addresses and caches."""
    return hashlib.sha256(_text(document).encode()).hexdigest()[:16]
