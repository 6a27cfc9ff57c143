"""Lists by pages of a fixed size, by key: a page never repeats or loses a row, however many there are.

The order ends with the primary key, so that it is unique. The address carries the key of the last row seen (``after``), not
a number of rows to skip.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db.models import Field, Model, Q, QuerySet

from jixiao.web.kernel.acts import Refused

M = TypeVar("M", bound=Model)
SIZE = 50
_EXACT_UP_TO = 10_000


@dataclass(frozen=True)
class Rows(Generic[M]):
    """A page of a list. ``after`` is the key for the next page, empty on the last one."""

    rows: Sequence[M]
    after: str
    total: int
    is_more_than_total: bool
    """The total is only counted up to ten thousand 「约」"""


def page_of(
    rows: QuerySet[M], order: Sequence[str], after: str = "", *, size: int = SIZE, counted: bool = True
) -> Rows[M]:
    """The page of ``rows`` that follows the key ``after``. ``order`` are names of fields that are never null, each with ``-``
    for descending; the primary key is added. Raises Refused for a key that is none of this list."""
    keys = [*order, *(() if order and order[-1].lstrip("-") in ("pk", "id") else ("pk",))]
    found = rows.order_by(*keys)
    if after:
        found = found.filter(_behind(keys, _decoded(rows.model, keys, after)))
    taken = list(found[: size + 1])
    here = taken[:size]
    total = rows.order_by()[: _EXACT_UP_TO + 1].count() if counted else 0
    key = _encoded(here[-1], keys) if len(taken) > size else ""
    return Rows(here, key, min(total, _EXACT_UP_TO), total > _EXACT_UP_TO)


def _behind(keys: Sequence[str], values: Sequence[Any]) -> Q:
    whole = Q(pk__in=())
    same = Q()
    for key, value in zip(keys, values, strict=True):
        name = key.lstrip("-")
        whole |= same & Q(**{f"{name}__{'lt' if key.startswith('-') else 'gt'}": value})
        same &= Q(**{name: value})
    return whole


def _value(row: Model, name: str) -> Any:
    found: Any = row
    for part in name.split("__"):
        found = getattr(found, part)
    return found


def _encoded(row: Model, keys: Sequence[str]) -> str:
    values = [_value(row, key.lstrip("-")) for key in keys]
    plain = [value.isoformat() if isinstance(value, date | datetime) else value for value in values]
    return base64.urlsafe_b64encode(json.dumps(plain, ensure_ascii=False, default=str).encode()).decode().rstrip("=")


def _decoded(model: type[Model], keys: Sequence[str], text: str) -> list[Any]:
    try:
        values = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        if not isinstance(values, list) or len(values) != len(keys):
            raise ValueError(text)
        return [_field(model, key.lstrip("-")).to_python(value) for key, value in zip(keys, values, strict=True)]
    except (ValueError, binascii.Error, ValidationError, FieldDoesNotExist) as error:
        raise Refused("这个“下一页”的地址已经不能用，请从第一页看起", field="after", status=400) from error


def _field(model: type[Model], name: str) -> Field[Any, Any]:
    first, _, rest = name.partition("__")
    options = model._meta
    found = options.pk if first == "pk" else options.get_field(first)
    if rest:
        return _field(found.related_model, rest)  # type: ignore[arg-type]
    return found  # type: ignore[return-value]
