"""Which labelled document stands in which set, and since when: ``sets.yaml``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from jixiao.strict_yaml import load_strict
from tools.truth.labels import CHECK, TRUTH, Document, document

SETS = Path(__file__).with_name("sets.yaml")


class Set(StrEnum):
    """How well the authors of rules know a document; in the order in which figures are told."""

    UNSEEN = "unseen"
    TUNING = "tuning"
    OWN = "own"

    @property
    def label(self) -> str:
        return {"unseen": "没看过的", "tuning": "调规则时看过的", "own": "自编的"}[self.value]


class Origin(StrEnum):
    """Where a document comes from: written for ``truth/``, or real and kept beside the repository."""

    CORPUS = "corpus"
    SAMPLES = "samples"
    TRUTH = "truth"

    @property
    def label(self) -> str:
        return {"corpus": "真实文本", "samples": "真实文本（最早的样本）", "truth": "自写文本"}[self.value]


@dataclass(frozen=True, slots=True)
class Group:
    """Documents of one origin in one set since a day; ``scans`` are those that are images."""

    of: Origin
    set: Set
    since: date
    documents: tuple[str, ...]
    scans: tuple[str, ...] = ()
    why: str | None = None


def groups(file: Path = SETS) -> tuple[Group, ...]:
    """All groups, as the file has them. Raises ValueError where one is malformed or a document stands in two."""
    found = tuple(_group(**item) for item in load_strict(file.read_text(encoding="utf-8"), file.name))
    times = Counter(name for group in found for name in group.documents)
    if twice := sorted(name for name, n in times.items() if n > 1):
        raise ValueError(f"{file.name}: in two sets: {twice}")
    return found


def _group(of: str, since: date, documents: Sequence[str], scans: Sequence[str] = (), **more: str) -> Group:
    if stray := sorted({*scans} - {*documents}):
        raise ValueError(f"scans that are no documents of the group: {stray}")
    which, why = Set(more.pop("set")), more.pop("why", None)
    if more:
        raise ValueError(f"unknown keys: {sorted(more)}")
    return Group(Origin(of), which, since, tuple(documents), tuple(scans), why)


def names(of: Origin, which: Set) -> tuple[str, ...]:
    """The documents of an origin that stand in a set, by name."""
    return tuple(sorted(n for g in groups() if g.of is of and g.set is which for n in g.documents))


def scans() -> tuple[str, ...]:
    """The documents that are images."""
    return tuple(name for group in groups() for name in group.scans)


def truth_files() -> Mapping[str, Path]:
    """The files of labelled documents in the repository, by name."""
    return {file.stem: file for file in sorted((*TRUTH.glob("*.yaml"), *CHECK.glob("*.yaml")))}


def written(which: Set) -> Iterator[Document]:
    """The documents of ``truth/`` that stand in a set, by name."""
    files = truth_files()
    for name in names(Origin.TRUTH, which):
        yield document(files[name])
