"""An operation of a service: ``POST /acts/{code}`` with the parameters of a function as its body.

The function is the service itself, or what pages call in its place (``offered``). A parameter becomes a field of its type;
dataclasses of the workspace become objects with their fields.
"""

from __future__ import annotations

import dataclasses
import inspect
import types
import typing
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Annotated, Any, Literal, Union, cast, get_args, get_origin

from django.db import models
from django.http import HttpRequest
from ninja import Body as InBody
from pydantic import Field, create_model

from jixiao.web.api.router import Router
from jixiao.web.api.types import Answer, Body, Day, Whole, Words, YesNo
from jixiao.web.kernel.acts import SERVICES, Service, kind_of
from jixiao.web.kernel.door import Restricted
from jixiao.web.kernel.snapshots import plain
from jixiao.web.site.pages import Request

_COMPUTED = ("jixiao.domain.", "jixiao.writers.", "jixiao.review.")
"""What the core read or found is never taken from a program: an operation of its own names it by id"""
_SEQUENCES = (list, tuple, set, frozenset, Sequence, Collection)


class Thing(Answer):
    """Something an act made or changed."""

    kind: str
    """Its model, as the audit log names it"""
    id: int | str
    label: str


class Done(Answer):
    """What an act answers: the things it made or changed, or another value."""

    things: list[Thing]
    value: Any = None
    """What a service answers that is no object: a token just made, counts"""


class UnreachableError(TypeError):
    """A parameter that no JSON can say."""


def body_of(code: str, function: Callable[..., Any]) -> type[Body]:
    """The body of an operation. Raises UnreachableError."""
    parts = {}
    for name, parameter in parameters_of(function).items():
        kind = in_body(parameter.annotation)
        parts[name] = (kind, ... if parameter.default is inspect.Parameter.empty else parameter.default)
    made: type[Body] = create_model(_title(code), __base__=Body, **cast("Any", parts))
    return made


def parameters_of(function: Callable[..., Any]) -> dict[str, inspect.Parameter]:
    """The parameters of a function after who acts, with their types."""
    signature = inspect.signature(inspect.unwrap(function), eval_str=True)
    return dict(list(signature.parameters.items())[1:])


def in_body(kind: Any) -> Any:
    """A type as the body of a request has it. Raises UnreachableError."""
    simple = {int: Whole, str: Words, bool: YesNo, date: Day, datetime: datetime, Decimal: Decimal, type(None): None}
    if kind in simple:
        return simple[kind]
    origin, inner = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return in_body(inner[0])
    if origin is Literal or (isinstance(kind, type) and issubclass(kind, Enum | Body)):
        return kind
    if origin in (Union, types.UnionType):
        return Union[tuple(in_body(one) for one in inner)]  # noqa: UP007 - made of values
    if origin in _SEQUENCES or kind in _SEQUENCES:
        of = in_body(inner[0]) if inner else Any
        return list[of]  # type: ignore[valid-type]
    if origin in (dict, Mapping):
        return dict[Words, in_body(inner[1])]  # type: ignore[misc]
    if dataclasses.is_dataclass(kind) and isinstance(kind, type) and not kind.__module__.startswith(_COMPUTED):
        return _object(kind)
    raise UnreachableError(str(kind))


_OBJECTS: dict[type, type[Body]] = {}


def _object(kind: type) -> type[Body]:
    if kind not in _OBJECTS:
        hints = typing.get_type_hints(kind)
        parts: dict[str, Any] = {}
        for one in dataclasses.fields(kind):
            default: Any = ...
            if one.default is not dataclasses.MISSING:
                default = one.default
            elif one.default_factory is not dataclasses.MISSING:
                default = Field(default_factory=one.default_factory)
            parts[one.name] = (in_body(hints[one.name]), default)
        _OBJECTS[kind] = create_model(f"{kind.__name__}In", __base__=Body, **parts)
    return _OBJECTS[kind]


def as_given(value: Any, kind: Any) -> Any:
    """A value of a body as the service takes it."""
    origin, inner = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return as_given(value, inner[0])
    if value is None:
        return None
    if origin in (Union, types.UnionType):
        for one in inner:
            if dataclasses.is_dataclass(one) and isinstance(value, _object(cast("type", one))):
                return as_given(value, one)
        others = [one for one in inner if one is not type(None)]
        return as_given(value, others[0]) if len(others) == 1 else value
    if origin in _SEQUENCES and isinstance(value, list):
        made = [as_given(one, inner[0]) for one in value]
        return origin(made) if origin in (tuple, set, frozenset) else made
    if origin in (dict, Mapping):
        return {name: as_given(one, inner[1]) for name, one in value.items()}
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        hints = typing.get_type_hints(kind)
        return kind(
            **{one.name: as_given(getattr(value, one.name), hints[one.name]) for one in dataclasses.fields(kind)}
        )
    return value


def add(router: Router, service: Service, function: Callable[..., Any], tag: str) -> None:
    """The operation of a service, done by ``function``. Raises UnreachableError."""
    kinds = {name: parameter.annotation for name, parameter in parameters_of(function).items()}
    body = body_of(service.code, function)

    def run(request: HttpRequest, body: Any) -> Any:
        given = {name: as_given(getattr(body, name), kind) for name, kind in kinds.items()}
        return done(function(cast("Request", request).actor, **given))

    parts = [inspect.Parameter("request", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=HttpRequest)]
    parts.append(
        inspect.Parameter(
            "body", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=body, default=cast("Any", InBody)(...)
        )
    )
    run.__signature__ = inspect.Signature(parts)  # type: ignore[attr-defined]
    run.__name__ = f"act_{service.code.replace('.', '_')}"
    router.add(
        "POST",
        f"/acts/{service.code}",
        run,
        right=service.right,
        name=run.__name__,
        summary=service.title,
        about=inspect.getdoc(inspect.unwrap(function)) or "",
        response=Done,
        tags=[tag],
    )


def done(result: Any) -> dict[str, Any]:
    """What a service gave back, for a program."""
    if isinstance(result, Restricted):
        return {"things": [_thing(result)], "value": None}
    if isinstance(result, Sequence) and not isinstance(result, str) and all(isinstance(r, Restricted) for r in result):
        return {"things": [_thing(one) for one in result], "value": None}
    if dataclasses.is_dataclass(result) and not isinstance(result, type):
        things, value = [], {}
        for one in dataclasses.fields(result):
            part = getattr(result, one.name)
            if isinstance(part, Restricted):
                things.append(_thing(part))
            else:
                value[one.name] = _said(part)
        return {"things": things, "value": value or None}
    return {"things": [], "value": _said(result)}


def _said(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {one.name: _said(getattr(value, one.name)) for one in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(key): _said(one) for key, one in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_said(one) for one in value]
    if isinstance(value, Restricted):
        return _thing(value)
    return plain(value)


def _thing(one: models.Model) -> dict[str, Any]:
    return {"kind": kind_of(type(one)), "id": one.pk, "label": str(getattr(one, "label", one.pk))}


def _title(code: str) -> str:
    return "".join(part.title() for part in code.replace(".", "_").split("_"))


def services() -> Sequence[Service]:
    """All services, by code."""
    return [SERVICES[code] for code in sorted(SERVICES)]
