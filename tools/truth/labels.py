"""Labelled documents: a plan, the problems a finance reviewer raises in it, and what is right as it stands.

A file of ``truth/`` holds ``title``, ``ruleset``, ``as_of``, ``given`` (a plan in short form), ``findings`` and ``right``:

    findings:
      - at: /goal_sheets/0/indicators/3/target   # the narrowest place that is wrong
        problem: direction-reversed
        also: [/goal_sheets/0/goals/0]           # other places that are right too
        certain: true                            # false: a reviewer may or may not raise it
        detectable: text                         # text | semantics | outside: what it takes to see it
        why: …
    right:
      - at: /goal_sheets/0/indicators/5
        not: [direction-reversed]                # what must not be raised there; left out: nothing above advice
        why: …
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from jixiao.domain.plan import Plan
from jixiao.domain.problems import PROBLEMS
from jixiao.review.short_plan import plan_of
from jixiao.strict_yaml import load_strict

TRUTH = Path(__file__).parents[2] / "truth"
CHECK = TRUTH / "check"
"""Documents labelled by somebody else after the rules were made, to see how the rules do on what they do not know"""
_DETECTABLE = {"text", "semantics", "outside"}


@dataclass(frozen=True, slots=True)
class Label:
    """A problem a reviewer raises: any of ``places``; ``whole`` where any place of the document will do."""

    places: tuple[str, ...]
    problem: str
    certain: bool
    detectable: str
    why: str
    whole: bool = False

    @property
    def counts(self) -> bool:
        """Whether a program that reads words and numbers must find it."""
        return self.certain and self.detectable == "text"


@dataclass(frozen=True, slots=True)
class Right:
    """A place that is right as it stands; ``problems`` empty: nothing may be raised there."""

    place: str
    problems: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Document:
    """A labelled plan with the ruleset and day it is reviewed under. ``complete``: every problem in it is labelled."""

    name: str
    title: str
    plan: Plan
    ruleset: str
    as_of: date
    findings: tuple[Label, ...]
    right: tuple[Right, ...]
    complete: bool = True


def documents(folder: Path = TRUTH) -> list[Document]:
    """The labelled documents of a folder, by name: those the rules were made by, or those in ``CHECK``."""
    return [_document(file) for file in sorted(folder.glob("*.yaml"))]


def _document(file: Path) -> Document:
    data = load_strict(file.read_text(encoding="utf-8"), file.name)
    return Document(
        file.stem,
        data["title"],
        plan_of(data["given"]),
        data["ruleset"],
        data["as_of"],
        tuple(_label(file.name, **item) for item in data["findings"]),
        tuple(_right(file.name, **item) for item in data["right"]),
    )


def _label(file: str, at: str, problem: str, why: str, **more: Any) -> Label:
    detectable = more.pop("detectable", "text")
    label = Label((at, *more.pop("also", ())), problem, more.pop("certain", True), detectable, why)
    if more or problem not in PROBLEMS or detectable not in _DETECTABLE:
        raise ValueError(f"{file}: {at} {problem}: unknown problem, key or way of detecting")
    return label


def _right(file: str, at: str, why: str, **more: Any) -> Right:
    right = Right(at, tuple(more.pop("not", ())), why)
    if more or set(right.problems) - PROBLEMS.keys():
        raise ValueError(f"{file}: {at}: unknown problem or key")
    return right
