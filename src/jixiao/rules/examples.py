"""The cases of the rules, as examples for users; the tests run the same files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from jixiao.review.cases import Case
from jixiao.strict_yaml import load_strict


@dataclass(frozen=True, slots=True)
class Example:
    """A case of a rule: what it shows, the words given, and whether the rule speaks."""

    name: str
    words: str
    speaks: bool


@cache
def cases_of(code: str) -> tuple[Case, ...]:
    """The cases of a rule of the program; none where the rule has none."""
    folder = resources.files("jixiao.rules") / "cases"
    file = next((f for f in (folder / f"{code}.yaml", folder / "county" / f"{code}.yaml") if f.is_file()), None)
    if file is None:
        return ()
    items = load_strict(file.read_text(encoding="utf-8"), file.name)
    own = ("name", "given", "as_of")
    return tuple(Case(code, expect=tuple(i["expect"]), **{k: i[k] for k in own if k in i}) for i in items)


def examples(cases: Iterable[Case]) -> tuple[Example, ...]:
    """Cases as examples, those that speak first."""
    found = [Example(case.name, "；".join(_words(case.given)), bool(case.expect)) for case in cases]
    return tuple(sorted(found, key=lambda e: not e.speaks))


def _words(given: Any) -> Iterator[str]:
    """The indicators given, as ``name → target``; other things given speak through the name of the case."""
    for sheet in (given, *given.get("goal_sheets", ()), *given.get("plans", ())):
        for row in sheet.get("indicators", ()):
            target = row.get("target")
            yield f"{row.get('name') or '（无名称）'} → {'（空）' if target is None else target}"
