"""Reads ``data/*.yaml``: a file a sector, a line an indicator, by its code."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources
from typing import Any

from jixiao.domain.indicator import IndicatorKind
from jixiao.library.entry import Certainty, Entry, Sector, comparator_of
from jixiao.library.suggest import Index
from jixiao.strict_yaml import load_strict

_PARTS = 4
_KEYS = frozenset({"label", "order", "words", "source", "certainty", "indicators"})


@dataclass(frozen=True)
class Library:
    """Sectors and indicators, in the order of their files."""

    sectors: Mapping[str, Sector]
    entries: Sequence[Entry]

    @cached_property
    def by_code(self) -> Mapping[str, Entry]:
        return {one.code: one for one in self.entries}

    @cached_property
    def index(self) -> Index:
        """What suggestions are looked up in."""
        return Index(self.entries, self.sectors)


@cache
def library() -> Library:
    """What comes with the program. Raises ValueError for a file that is written wrong."""
    folder = resources.files("jixiao.library") / "data"
    files = [
        (file.name.removesuffix(".yaml"), load_strict(file.read_text(encoding="utf-8"), file.name))
        for file in folder.iterdir()
        if file.name.endswith(".yaml")
    ]
    files.sort(key=lambda one: (one[1]["order"], one[0]))
    entries = [entry for key, data in files for entry in entries_of(key, data)]
    codes: set[str] = set()
    for entry in entries:
        if entry.code in codes:
            raise ValueError(f"{entry.code}: given twice")
        codes.add(entry.code)
    return Library({key: Sector(key, data["label"], tuple(data["words"])) for key, data in files}, tuple(entries))


def entries_of(sector: str, data: Mapping[str, Any]) -> Iterator[Entry]:
    """The indicators of a file. Raises ValueError for what is no line of one."""
    if unknown := set(data) ^ _KEYS:
        raise ValueError(f"{sector}: {sorted(unknown)}")
    certainty = Certainty(data["certainty"])
    for kind, lines in data["indicators"].items():
        for code, line in lines.items():
            parts = [part.strip() for part in line.split("|")]
            if len(parts) != _PARTS or not parts[0]:
                raise ValueError(f"{code}: name | sign and unit | what is counted | evidence")
            name, measure, told, evidence = parts
            comparator, unit = comparator_of(measure)
            formula = told.removeprefix("=") if told.startswith("=") else ""
            yield Entry(
                code,
                name,
                IndicatorKind(kind),
                sector,
                unit,
                comparator,
                "" if formula else told,
                f"{formula}×100%" if formula and unit == "%" else formula,
                evidence,
                data["source"],
                certainty,
            )
