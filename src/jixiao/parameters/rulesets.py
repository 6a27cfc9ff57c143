"""Rulesets: which rules hold where, and with which parameters. ``ruleset_data/*.yaml``, one a file."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from functools import cache
from importlib import resources
from typing import Any, TypeVar, cast

from jixiao.domain.finding import Severity
from jixiao.lexicon import Lexicon, lexicon
from jixiao.parameters.store import DatedValue, Parameter, freeze, parameters
from jixiao.parameters.typed import Key
from jixiao.strict_yaml import load_strict

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Ruleset:
    """A ruleset 「规则集」.

    ``instruments`` holds the ids of what findings may cite here, ``parameters`` those that differ from the dated
    defaults, ``excluded`` the codes of rules that do not hold here, with the reason. ``severities`` is what every finding
    of a rule weighs here, whatever the rule says, and ``cites`` what it rests on here besides its own clauses. What a
    ruleset does not say, the one it is ``based_on`` says. ``layout`` names the form 「表式」 that its localities print
    (``jixiao.layouts``).
    """

    name: str
    title: str
    version: str
    summary: str
    based_on: str | None
    instruments: tuple[str, ...]
    parameters: Mapping[str, Parameter]
    excluded: Mapping[str, str]
    layout: str
    severities: Mapping[str, Severity] = field(default_factory=dict)
    cites: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    lexicon: Lexicon = field(default_factory=lexicon, compare=False, repr=False)
    """the words that names are known by: those of the program, and a locality's own"""
    _made: dict[tuple[Hashable, date], Any] = field(default_factory=dict, compare=False, repr=False)
    """values as their keys want them, and what follows from them, each made once"""

    def __reduce__(self) -> tuple[type[Ruleset], tuple[Any, ...]]:
        said = (f.name for f in fields(self) if f.name != "_made")
        return Ruleset, tuple(getattr(self, name) for name in said)  # what follows from it is made anew elsewhere

    def described(self, name: str) -> Parameter:
        """A parameter as it stands under this ruleset; KeyError where no such parameter exists."""
        return self.parameters[name] if name in self.parameters else parameters()[name]

    def parameter(self, key: Key[T], as_of: date) -> T:
        """The value of a parameter under this ruleset on a day; KeyError where no such parameter exists."""
        dated = self.described(key.name).dated(as_of)
        return self.once((key.name, dated.since), lambda: key.read(dated.value))

    def once(self, key: tuple[Hashable, date], make: Callable[[], T]) -> T:
        """What ``make`` gives, made once for this ruleset: for what follows from its parameters on a day."""
        if key not in self._made:
            self._made[key] = make()
        return cast(T, self._made[key])


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
    base = _resolve(data["based_on"], raw) if data.get("based_on") else None
    values = data.get("parameters", {})
    unknown = values.keys() - parameters().keys()
    if unknown:
        raise ValueError(f"ruleset {name}: unknown parameters {sorted(unknown)}")
    own = {key: _overridden(parameters()[key], value, data["title"]) for key, value in values.items()}
    return Ruleset(
        name=name,
        title=data["title"],
        version=str(data["version"]),
        summary=data["summary"],
        based_on=data.get("based_on"),
        instruments=tuple(data["instruments"]),
        parameters={**(base.parameters if base else {}), **own},
        excluded={**(base.excluded if base else {}), **data.get("excluded", {})},
        layout=data["layout"],
    )


def _overridden(default: Parameter, value: Any, title: str) -> Parameter:
    return Parameter(
        default.name, default.title, default.unit, (DatedValue(date.min, freeze(value), f"规则集“{title}”"),)
    )
