"""The cases of the rules, as examples for users; the tests run the same files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from jixiao.strict_yaml import load_strict


@dataclass(frozen=True, slots=True)
class Example:
    """A case of a rule: what it shows, the words given, and whether the rule speaks."""

    name: str
    words: str
    speaks: bool


@cache
def examples(code: str) -> tuple[Example, ...]:
    """The examples of a rule, those that speak first; none where the rule has no cases."""
    file = resources.files("jixiao.rules") / "cases" / f"{code}.yaml"
    if not file.is_file():
        return ()
    items = load_strict(file.read_text(encoding="utf-8"), file.name)
    found = [Example(item["name"], "；".join(_words(item["given"])), bool(item["expect"])) for item in items]
    return tuple(sorted(found, key=lambda e: not e.speaks))


def _words(given: Any) -> Iterator[str]:
    """The indicators given, as ``name → target``; other things given speak through the name of the case."""
    for sheet in (given, *given.get("goal_sheets", ())):
        for row in sheet.get("indicators", ()):
            target = row.get("target")
            yield f"{row.get('name') or '（无名称）'} → {'（空）' if target is None else target}"
