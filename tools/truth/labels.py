"""Labelled documents: a plan, the problems a finance reviewer raises in it, and what is right as it stands.

A file of ``truth/`` holds ``title``, ``ruleset``, ``as_of``, ``given`` (a plan in short form), ``findings`` and ``right``:

    findings:
      - at: /goal_sheets/0/indicators/3/target   # the narrowest place that is wrong
        problem: direction-reversed
        or: [target-unquantified]                # problems that say it as well
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
from functools import cache
from pathlib import Path
from typing import Any

from jixiao.domain.plan import Plan
from jixiao.domain.problems import PROBLEMS
from jixiao.review.short_plan import plan_of
from jixiao.strict_yaml import load_strict
from tools.truth.reading import Fields

TRUTH = Path(__file__).parents[2] / "truth"
CHECK = TRUTH / "check"
"""Documents labelled by somebody else after the rules were made, to see how the rules do on what they do not know"""
_NOTHING_READ = Fields()
_DETECTABLE = {"text", "semantics", "outside"}


@dataclass(frozen=True, slots=True)
class Label:
    """A problem a reviewer raises at any of ``places``; ``or_problems`` say it as well.

    ``whole``: it is said of a place as a whole (a sheet, the document), and any place in it will do, as will what is
    outside all sheets. Without places it cannot be found: what it is about was not read.
    """

    places: tuple[str, ...]
    problem: str
    certain: bool
    detectable: str
    why: str
    whole: bool = False
    or_problems: tuple[str, ...] = ()

    @property
    def counts(self) -> bool:
        """Whether a program that reads words and numbers must find it."""
        return self.certain and self.detectable == "text"

    @property
    def problems(self) -> tuple[str, ...]:
        return (self.problem, *self.or_problems)


@dataclass(frozen=True, slots=True)
class Right:
    """A place that is right as it stands; ``problems`` empty: nothing may be raised there.

    ``whole``: the sheet as a whole is right in that, whatever may be wrong with single rows. ``place`` None: what it is
    about was not read, and nothing can be said of it.
    """

    place: str | None
    problems: tuple[str, ...]
    why: str
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A labelled plan with the ruleset and day it is reviewed under; ruleset None: the one that fits its form.

    ``complete``: every problem in it is labelled. ``made_up``: fields of a real document that were written anew before it
    was labelled (``goals``, ``project/name``, as in pointers, below a sheet or the plan): what is said of them is neither
    right nor wrong. ``format``, ``read``, ``unread``: of a plan that comes from a file, what kind it is, how many of its
    fields were read right, and that it could not be read (``plan`` is then an empty one).
    """

    name: str
    title: str
    plan: Plan
    ruleset: str | None
    as_of: date
    findings: tuple[Label, ...]
    right: tuple[Right, ...]
    complete: bool = True
    made_up: tuple[str, ...] = ()
    format: str | None = None
    read: Fields = _NOTHING_READ
    unread: bool = False


def documents(folder: Path = TRUTH) -> list[Document]:
    """The labelled documents of a folder, by name: those the rules were made by, or those in ``CHECK``."""
    return [document(file) for file in sorted(folder.glob("*.yaml"))]


@cache
def document(file: Path) -> Document:
    """The labelled document in a file, read once. Raises ValueError where a label is malformed."""
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
    label = Label(
        (at, *more.pop("also", ())),
        problem,
        more.pop("certain", True),
        more.pop("detectable", "text"),
        why,
        or_problems=tuple(more.pop("or", ())),
    )
    if more or set(label.problems) - PROBLEMS.keys() or label.detectable not in _DETECTABLE:
        raise ValueError(f"{file}: {at} {problem}: unknown problem, key or way of detecting")
    return label


def _right(file: str, at: str, why: str, **more: Any) -> Right:
    right = Right(at, tuple(more.pop("not", ())), why)
    if more or set(right.problems) - PROBLEMS.keys():
        raise ValueError(f"{file}: {at}: unknown problem or key")
    return right
