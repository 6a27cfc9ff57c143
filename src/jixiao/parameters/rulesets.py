"""Rulesets: which rules hold where, and with which parameters. ``ruleset_data/*.yaml``, one a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from jixiao.parameters.store import freeze, parameters
from jixiao.strict_yaml import load_strict


@dataclass(frozen=True, slots=True)
class Ruleset:
    """A ruleset 「规则集」.

    ``parameters`` holds what differs from the dated defaults, ``excluded`` the codes of rules that do not hold here,
    with the reason, ``instruments`` the ids of what findings may cite here. What a ruleset does not say, the one it
    ``extends`` says.
    """

    name: str
    title: str
    version: str
    summary: str
    extends: str | None
    instruments: tuple[str, ...]
    parameters: Mapping[str, Any]
    excluded: Mapping[str, str]

    def parameter(self, name: str, as_of: date) -> Any:
        """The value of a parameter under this ruleset on a day; KeyError where no such parameter exists."""
        if name in self.parameters:
            return self.parameters[name]
        return parameters()[name].at(as_of)


@cache
def rulesets() -> Mapping[str, Ruleset]:
    """Every ruleset by name, with what it inherits filled in."""
    raw: dict[str, dict[str, Any]] = {}
    folder = resources.files("jixiao.parameters") / "ruleset_data"
    for file in sorted(folder.iterdir(), key=lambda f: f.name):
        if file.name.endswith(".yaml"):
            data = load_strict(file.read_text(encoding="utf-8"), file.name)
            raw[data["name"]] = data
    return {name: _resolve(name, raw) for name in raw}


def _resolve(name: str, raw: Mapping[str, dict[str, Any]]) -> Ruleset:
    data = raw[name]
    base = _resolve(data["extends"], raw) if data.get("extends") else None
    unknown = data.get("parameters", {}).keys() - parameters().keys()
    if unknown:
        raise ValueError(f"ruleset {name}: unknown parameters {sorted(unknown)}")
    return Ruleset(
        name=name,
        title=data["title"],
        version=str(data["version"]),
        summary=data["summary"],
        extends=data.get("extends"),
        instruments=tuple(data["instruments"]),
        parameters={**(base.parameters if base else {}), **freeze(data.get("parameters", {}))},
        excluded={**(base.excluded if base else {}), **data.get("excluded", {})},
    )
