"""Dated parameters: thresholds, word lists, weights, each with its source. One concept a file in ``data/``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from jixiao.domain.finding import Aspect, Severity
from jixiao.domain.indicator import IndicatorClass, IndicatorKind
from jixiao.strict_yaml import load_strict


@dataclass(frozen=True, slots=True)
class DatedValue:
    """A value in force from a day on, where it comes from, and when a person last checked that."""

    since: date
    value: Any
    source: str
    verified_on: date | None = None


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter 「参数」: what it means, in which unit, and its values by date, oldest first."""

    name: str
    title: str
    unit: str | None
    values: tuple[DatedValue, ...]

    def at(self, day: date) -> Any:
        """The value in force on a day."""
        return self.dated(day).value

    def dated(self, day: date) -> DatedValue:
        """The value in force on a day, with its source. Before the first date the first holds: older plans are reviewed too."""
        current = self.values[0]
        for dated in self.values:
            if dated.since <= day:
                current = dated
        return current


@cache
def parameters() -> Mapping[str, Parameter]:
    """Every parameter by name."""
    found = {}
    folder = resources.files("jixiao.parameters") / "data"
    for file in sorted(folder.iterdir(), key=lambda f: f.name):
        if file.name.endswith(".yaml"):
            parameter = parameter_of(load_strict(file.read_text(encoding="utf-8"), file.name))
            if file.name != f"{parameter.name}.yaml":
                raise ValueError(f"{file.name}: holds parameter {parameter.name}")
            found[parameter.name] = parameter
    return found


def parameter_of(data: Mapping[str, Any]) -> Parameter:
    """The parameter that the content of a YAML file describes."""
    values = (DatedValue(**{**v, "value": freeze(v["value"])}) for v in data["values"])
    return Parameter(data["name"], data["title"], data.get("unit"), tuple(sorted(values, key=lambda v: v.since)))


def freeze(value: Any) -> Any:
    """Lists as tuples, all the way down, so that nobody changes a shared parameter."""
    if isinstance(value, list):
        return tuple(freeze(v) for v in value)
    if isinstance(value, dict):
        return {k: freeze(v) for k, v in value.items()}
    return value


def in_words(value: Any, most: int | None = None) -> str:
    """A parameter's value as users read it: lists with 、, tables with ，, codes by their Chinese labels.

    Of a list or table longer than ``most`` only the beginning is given, and how many there are.
    """
    if isinstance(value, dict):
        shown = "，".join(f"{in_words(k)} {in_words(v, most)}" for k, v in list(value.items())[:most])
        return f"{shown} 等 {len(value)} 项" if most is not None and len(value) > most else shown
    if isinstance(value, tuple):
        shown = "、".join(in_words(v) for v in value[:most])
        return f"{shown} 等 {len(value)} 个" if most is not None and len(value) > most else shown
    return _LABELS.get(str(value), str(value))


_LABELS: dict[str, str] = {
    code.value: code.label for labelled in (IndicatorClass, IndicatorKind, Severity, Aspect) for code in labelled
} | {
    "min": "最少",
    "max": "最多",
    "per_finding": "每处",
    "cap_per_rule": "每条规则最多",
    "True": "是",
    "False": "否",
    "None": "无",
}
