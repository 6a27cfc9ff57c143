"""What bodies and parameters are made of: strict, bounded, and without what no database takes."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import Annotated, Any

from ninja import Schema
from pydantic import BeforeValidator, ConfigDict, Field, StrictBool, StrictStr, WithJsonSchema
from pydantic_core import PydanticCustomError

MOST = 2**63 - 1
PRINTED = "^[^\\x00]*$"


def _whole(value: Any) -> Any:
    """A number without a fraction, 3.0 too as JSON has it; no text, no yes or no."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        raise PydanticCustomError("int_type", "whole number")
    return value


Whole = Annotated[int, Field(ge=-MOST, le=MOST), BeforeValidator(_whole)]
"""A whole number of a body, as a database keeps it. In this order: the other way round its bounds are not in the description"""
Words = Annotated[StrictStr, Field(pattern=PRINTED)]
"""A text of a body without NUL"""
YesNo = StrictBool
Key = Annotated[int, Field(ge=1, le=MOST)]
"""The id of something, in an address"""
Year = Annotated[int, Field(ge=1990, le=2999)]
Cursor = Annotated[str, Field(pattern="^[A-Za-z0-9_-]*$")]
QueryWords = Annotated[str, Field(pattern=PRINTED)]


def _yes_no(value: Any) -> Any:
    """``true`` or ``false`` as JSON writes them; no 1, no on."""
    if value in ("true", "false") or isinstance(value, bool):
        return value in ("true", True)
    raise PydanticCustomError("bool_type", "true or false")


QueryYesNo = Annotated[bool, BeforeValidator(_yes_no)]


def _day(value: Any) -> Any:
    """``2026-11-30`` and nothing else: no time, no number of seconds."""
    if isinstance(value, date):
        return value
    if isinstance(value, str) and len(value) == 10:
        with suppress(ValueError):
            return date.fromisoformat(value)
    raise PydanticCustomError("date_type", "day")


Day = Annotated[date, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]


class Body(Schema):
    """Of a request: fields that are not declared are refused."""

    model_config = ConfigDict(extra="forbid")


class Answer(Schema):
    """Of a response."""


class Problem(Answer):
    """A refusal (RFC 9457), in Chinese: what, where, what to do."""

    type: str
    title: str
    status: int
    detail: str
    field: str | None = None
    """The parameter or field it is about"""
