"""An object as an audit entry shows it: names of fields to plain values, personal ones masked."""

from __future__ import annotations

import hashlib
import hmac
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import models

from jixiao.web.kernel.door import Restricted

Snapshot = dict[str, Any]
_LEFT_OUT = frozenset({"id", "password", "secret", "otp_secret", "otp_used", "document", "findings"})
"""Keys and what must never be in a log; documents, and what is found in them, have versions of their own, named by digest"""


def snapshot(thing: Restricted) -> Snapshot:
    """All stored fields of an object, of personal ones a mask and a keyed digest."""
    found: Snapshot = {}
    for one in thing._meta.concrete_fields:
        if one.name in _LEFT_OUT or one.primary_key:
            continue
        value = one.value_from_object(thing)
        found[one.name] = mask(value) if one.name in thing.personal else plain(value)
    return found


def difference(before: Snapshot, after: Snapshot) -> tuple[Snapshot, Snapshot]:
    """Of two snapshots the fields that differ."""
    names = [name for name in after if before.get(name) != after[name]]
    return {name: before.get(name) for name in names}, {name: after[name] for name in names}


def plain(value: Any) -> Any:
    """A value as canonical JSON has it."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, bytes):
        return hashlib.sha256(value).hexdigest()
    if isinstance(value, models.Model):
        return value.pk
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    if isinstance(value, dict):
        return {str(key): plain(one) for key, one in value.items()}
    return value if value is None or isinstance(value, str | int | float | bool) else str(value)


def mask(value: Any) -> Any:
    """Enough of a personal value to recognise it by who knows it, and a digest under the installation's key to prove it."""
    if value in (None, ""):
        return value
    text = str(value)
    keyed = hmac.new(settings.SECRET_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()[:32]
    return {"mask": masked(text), "digest": keyed}


def masked(text: str) -> str:
    """「138****21」: the first three and last two signs of something long, the first of a name."""
    if len(text) <= 4:
        return text[:1] + "*" * max(1, len(text) - 1)
    return f"{text[:3]}****{text[-2:]}"
