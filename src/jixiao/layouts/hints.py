"""What belongs into a field, in one line, and examples of indicators by sector. ``words/*.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from jixiao.domain.form import field_named
from jixiao.domain.indicator import IndicatorClass, IndicatorKind
from jixiao.layouts.form import Layout
from jixiao.strict_yaml import load_strict

_WRITTEN = ("name", "*/percent")
"""What of a value with fields of its own is written into it"""


@dataclass(frozen=True, slots=True)
class Example:
    """An indicator as one may be written: its levels, name and value. The number is no standard."""

    class_: IndicatorClass
    kind: IndicatorKind
    name: str
    target: str


def hint_of(layout: Layout, path: str) -> str:
    """What belongs into the field of a path, in the words of the layout first; empty where there is nothing to say.

    A value that is printed as a whole has the hint of what is written into it: ``department`` that of its name.
    """
    for one in (path, *(f"{path}/{end}" for end in _WRITTEN)):
        if words := layout.hints.get(one) or _hints().get(one):
            return words
    return ""


def sectors() -> tuple[str, ...]:
    """The sectors there are examples of, as they are called in Chinese."""
    return tuple(_examples()["sectors"])


def examples(layout: Layout, sector: str) -> tuple[Example, ...]:
    """An indicator for each second level that the form prints and the sector has one of, in the order of the form.

    Raises KeyError for a sector there is not.
    """
    held, also = _examples()["sectors"][sector], _examples()["also"]
    found = (
        (class_, kind, held.get(kind.value) or held.get(also.get(kind.value)))
        for class_, kinds in layout.kinds.items()
        for kind in kinds
    )
    return tuple(Example(class_, kind, one["name"], one["target"]) for class_, kind, one in found if one)


@cache
def _hints() -> Mapping[str, str]:
    """By path; a hint of a field that there is not is a KeyError."""
    found: Mapping[str, str] = _words("hints.yaml")["hints"]
    for path in found:
        field_named(path)
    return found


@cache
def _examples() -> Mapping[str, Any]:
    data = _words("examples.yaml")
    for one in data["sectors"].values():
        for kind in one:
            IndicatorKind(kind)
    return data


def _words(name: str) -> dict[str, Any]:
    file = resources.files("jixiao.layouts") / "words" / name
    data: dict[str, Any] = load_strict(file.read_text(encoding="utf-8"), name)
    return data
