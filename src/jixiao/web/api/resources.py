"""Lists and single objects of a model: declared once, read through the one door, paged by key."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal, cast
from uuid import UUID

from django.db import models
from django.http import HttpRequest
from ninja import Query
from pydantic import Field, create_model

from jixiao.web.api.router import Router
from jixiao.web.api.types import MOST, Answer, Cursor, Day, Key, QueryWords, QueryYesNo
from jixiao.web.kernel.acts import NotThere, viewed
from jixiao.web.kernel.door import Restricted
from jixiao.web.kernel.keyset import page_of
from jixiao.web.kernel.people import Actor
from jixiao.web.site.pages import Request

_NEVER = frozenset({"password", "digest", "otp_secret", "secret"})
Filter = tuple[str | Callable[[Any, Actor, Any], Any], Any]
"""A lookup, or a function of (rows, actor, value), and the type of the value"""


@dataclass(frozen=True)
class Resource:
    """A model as programs see it.

    ``right`` is asked for reading. ``filters`` map parameters to lookups. ``heavy`` fields are only in the single object,
    ``personal`` ones too, and seeing them is noted in the audit log. ``more`` adds values that are no fields: name → (type, function).
    ``noted`` leaves an entry of rows that are shown.
    """

    path: str
    model: type[Restricted]
    right: str
    title: str
    order: tuple[str, ...] = ()
    filters: Mapping[str, Filter] = field(default_factory=dict)
    heavy: frozenset[str] = frozenset()
    left_out: frozenset[str] = frozenset()
    join: tuple[str, ...] = ()
    more: Mapping[str, tuple[Any, Callable[[Any], Any]]] = field(default_factory=dict)
    noted: Callable[[Actor, Sequence[Any]], None] | None = None

    @property
    def name(self) -> str:
        return self.path.replace("-", "_")


_TYPES: tuple[tuple[type[models.Field[Any, Any]], Any], ...] = (
    (models.BooleanField, bool),
    (models.IntegerField, int),
    (models.DateTimeField, datetime),
    (models.DateField, date),
    (models.DecimalField, Decimal),
    (models.JSONField, Any),
    (models.UUIDField, UUID),
)


def type_of(one: models.Field[Any, Any]) -> Any:
    """The type of a field's value in an answer."""
    kind: Any = str
    if isinstance(one, models.ForeignKey):
        kind = int
    elif one.choices and not isinstance(one, models.IntegerField):
        values = tuple(str(value) for value, _ in one.flatchoices)
        kind = Literal[(*values, "")] if one.blank else Literal[values]
    else:
        kind = next((found for sort, found in _TYPES if isinstance(one, sort)), str)
    return kind | None if one.null and kind is not Any else kind


def fields_of(resource: Resource, *, whole: bool) -> list[models.Field[Any, Any]]:
    """The fields of an answer."""
    hidden = _NEVER | resource.left_out | (frozenset() if whole else resource.heavy | resource.model.personal)
    return [one for one in resource.model._meta.concrete_fields if one.name not in hidden]


def _schema(resource: Resource, fields: Sequence[models.Field[Any, Any]], name: str) -> type[Answer]:
    parts: dict[str, Any] = {}
    for one in fields:
        label = str(one.verbose_name)
        parts[one.attname] = (type_of(one), Field(description=label if any(sign > "\x7f" for sign in label) else None))
    parts["label"] = (str, Field(description="称呼"))
    for extra, (kind, _) in resource.more.items():
        parts[extra] = (kind, ...)
    made: type[Answer] = create_model(name, __base__=Answer, **parts)
    return made


def _values(resource: Resource, fields: Sequence[models.Field[Any, Any]], row: Restricted) -> dict[str, Any]:
    found = {one.attname: one.value_from_object(row) for one in fields}
    found["label"] = row.label
    return found | {name: function(row) for name, (_, function) in resource.more.items()}


def add(router: Router, resource: Resource, tag: str) -> None:
    """``GET /path`` and ``GET /path/{id}``."""
    some, whole = fields_of(resource, whole=False), fields_of(resource, whole=True)
    name = "".join(part.title() for part in resource.path.split("-"))
    row_schema = _schema(resource, some, f"{name}Row")
    one_schema = _schema(resource, whole, f"{name}One")
    listed: type[Answer] = create_model(
        f"{name}Page",
        __base__=Answer,
        rows=(list[row_schema], ...),  # type: ignore[valid-type]
        after=(str, Field(description="下一页的 after；空为最后一页")),
        total=(int, Field(description="总数，最多数到一万")),
    )

    def page(request: HttpRequest, **given: Any) -> Any:
        after, size = given.pop("after", None) or "", given.pop("size", 50)
        rows = _rows(request, resource)
        for parameter, value in given.items():
            if value is not None:
                narrow = resource.filters[parameter][0]
                if callable(narrow):
                    rows = narrow(rows, cast("Request", request).actor, value)
                else:
                    rows = rows.filter(**{narrow: value})
        found = page_of(rows, resource.order, after, size=size)
        if resource.noted is not None:
            resource.noted(cast("Request", request).actor, found.rows)
        return {
            "rows": [_values(resource, some, row) for row in found.rows],
            "after": found.after,
            "total": found.total,
        }

    page.__signature__ = _signature(resource.filters)  # type: ignore[attr-defined]
    page.__name__ = f"list_{resource.name}"
    router.add(
        "GET",
        f"/{resource.path}",
        page,
        right=resource.right,
        name=f"list_{resource.name}",
        summary=f"{resource.title}：列表",
        response=listed,
        tags=[tag],
    )

    def single(request: HttpRequest, key: Key) -> Any:
        row = _rows(request, resource).filter(pk=key).first()
        if row is None:
            raise NotThere
        if resource.noted is not None:
            resource.noted(cast("Request", request).actor, [row])
        if resource.model.personal - _NEVER:
            viewed(cast("Request", request).actor, row, "接口")
        return _values(resource, whole, row)

    single.__name__ = f"get_{resource.name}"
    router.add(
        "GET",
        f"/{resource.path}/{{key}}",
        single,
        right=resource.right,
        name=f"get_{resource.name}",
        summary=f"{resource.title}：一项",
        response=one_schema,
        tags=[tag],
    )


def _rows(request: HttpRequest, resource: Resource) -> models.QuerySet[Any]:
    rows = resource.model.objects.restrict(cast("Request", request).actor, resource.right)
    found: models.QuerySet[Any] = rows.select_related(*resource.join) if resource.join else rows
    return found


def _signature(filters: Mapping[str, Filter]) -> inspect.Signature:
    kinds: dict[Any, Any] = {
        int: Annotated[int, Field(ge=-MOST, le=MOST)],
        str: QueryWords,
        date: Day,
        bool: QueryYesNo,
    }
    parts = [inspect.Parameter("request", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=HttpRequest)]
    for name, (_, kind) in filters.items():
        given: Any = kinds.get(kind, kind)
        parts.append(_parameter(name, given | None, None))
    parts.append(_parameter("after", Cursor | None, None))
    parts.append(_parameter("size", Annotated[int, Field(ge=1, le=200)], 50))
    return inspect.Signature(parts)


def _parameter(name: str, kind: Any, default: Any) -> inspect.Parameter:
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, annotation=kind, default=cast("Any", Query)(default))
