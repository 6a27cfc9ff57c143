"""Rows to learn from: lessons in own words, terms of the lexicon, and rows of published forms where they are at hand.

Published rows are kept beside the repository (``../shared/corpus/docs``), one file a document. Their classes are as
printed, and people misclassify: each document counts for at most ``_MOST`` rows, and corrections say where a row belongs
that stands in the wrong place. Every fifth document is held back and never opened here.
"""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from jixiao.domain.target_grammar import parse_target
from jixiao.lexicon import Routine, Term, lexicon
from jixiao.lexicon.kinds import INPUT, LABELS, NO_RESULT, ROUTINE, RowFacts
from jixiao.readings.belongs import facts_of
from jixiao.readings.text import normalise
from jixiao.readings.units import without_bracketed_units
from jixiao.strict_yaml import load_strict

CORPUS = Path(__file__).parents[3] / "shared" / "corpus" / "docs"
LESSONS = Path(__file__).parent / "lessons.yaml"
CORRECTIONS = Path(__file__).parent / "corrections.yaml"
_MOST = 25
_ROUTINES = {Routine.EXECUTION: INPUT, Routine.MANAGEMENT: ROUTINE}
_TIMES = 2
_LESSON, _TERM = 0.5, 0.6
_SLOT = re.compile(r"\{(\w+)\}")
_NUMBERED = re.compile(r"^(?:指标\d+[:：]|【新增】)")


@dataclass(frozen=True, slots=True)
class Taught:
    """A row to learn from: what is seen of it, the labels that are right for it, how much it counts, where it is from.

    Of a published row also the label it is ``printed`` under, and whether its ``labels`` were ``judged`` by hand.
    """

    name: str
    value: str
    facts: RowFacts
    term: Term | None
    labels: tuple[str, ...]
    weight: float
    document: str
    printed: str = ""
    judged: bool = False


def row(name: str, value: str, labels: Iterable[str], weight: float, document: str) -> Taught:
    """A row as the review sees it."""
    target = parse_target(value).target
    bare = normalise(without_bracketed_units(name))
    facts = facts_of(bare, target, target.unit)
    return Taught(name, value, facts, lexicon().ending(bare), tuple(labels), weight, document)


def lessons() -> list[Taught]:
    """The lessons in own words: names put together from groups of words, the same at every run."""
    data = load_strict(LESSONS.read_text(encoding="utf-8"), LESSONS.name)
    groups = {name: words.split() for name, words in data["groups"].items()}
    found: list[Taught] = []
    for lesson in data["lessons"]:
        seen: set[str] = set()
        names, values = lesson["names"], lesson["values"]
        chance = random.Random(names[0])  # of its own: another lesson changed leaves this one as it is
        for n in range(lesson["n"] * _TIMES):
            name = _filled(names[n % len(names)], groups, chance)
            value = chance.choice(data["values"][values[n // len(names) % len(values)]])
            if name not in seen:
                seen.add(name)
                found.append(row(name, value, lesson["kinds"], _LESSON, "lessons"))
    return found


def _filled(pattern: str, groups: Mapping[str, list[str]], chance: random.Random) -> str:
    """A name put together by a pattern, each word in braces from its group."""
    return _SLOT.sub(lambda slot: chance.choice(groups[slot[1]]), pattern)


def terms() -> list[Taught]:
    """The terms of the lexicon, each under all kinds where it may stand."""
    found = []
    for word, term in lexicon().terms.items():
        labels = [kind for kind in term.kinds if kind in LABELS]
        labels = [_ROUTINES[term.routine]] if term.routine else [str(label) for label in labels]
        if len(word) < 3 or not labels:
            continue
        for unit in term.units[:2] or ("",):
            value = f"{100 if unit == '%' else 5}{unit}" if unit else ""
            found.append(row(word, value, labels, _TERM, "lexicon"))
    return found


def published(folder: Path) -> list[Taught]:
    """The rows of published forms, those of documents held back left out; empty where the folder is not here."""
    files = sorted(folder.glob("*.json"))
    if folder == CORPUS:
        files = [file for n, file in enumerate(files) if n % 5 != 4]
    corrections = load_strict(CORRECTIONS.read_text(encoding="utf-8"), CORRECTIONS.name)["rows"]
    found: dict[tuple[str, str, str], Taught] = {}
    for file in files:
        for one in _rows(json.loads(file.read_text(encoding="utf-8")), corrections):
            found.setdefault((one.name, one.value, one.printed), one)
    counts = Counter(one.document for one in found.values())
    return [replace(one, weight=min(1.0, _MOST / counts[one.document])) for one in found.values()]


def _rows(data: Mapping[str, Any], corrections: Mapping[str, list[str]]) -> Iterator[Taught]:
    columns = data["columns"]
    for cells in data["rows"]:
        said = dict(zip(columns, cells, strict=False))
        label = label_of(said.get("L1", ""), said.get("L2", ""))
        name, value, unit = said.get("name", ""), said.get("target", ""), said.get("unit", "")
        if label is None or not normalise(name):
            continue
        if unit and unit not in value and value[-1:].isdigit():
            value += unit
        name = _NUMBERED.sub("", name)
        term = lexicon().ending(normalise(name))
        printed = [label] if label != MANAGED else [_ROUTINES[term.routine]] if term and term.routine else NO_RESULT
        taught = row(name, value, corrections.get(name, printed), 1.0, data["id"])
        yield replace(taught, printed=label, judged=name in corrections)


MANAGED = "managed"
"""Forms print decisions, money and management together"""
_WORDS = (
    ("满意度", "beneficiary_satisfaction"),
    ("数量", "quantity"),
    ("质量", "quality"),
    ("时效", "timeliness"),
    ("实效", "timeliness"),
    ("进度", "timeliness"),
    ("社会成本", ""),
    ("环境成本", ""),
    ("预算", MANAGED),
    ("成本", "cost"),
    ("社会、经济", ""),
    ("经济效益", "economic"),
    ("社会效益", "social"),
    ("生态效益", "ecological"),
    ("环境效益", "ecological"),
    ("可持续", "sustained_impact"),
)
_ABOVE = ("决策", "管理", "投入", "过程")


def label_of(first: str, second: str) -> str | None:
    """The label of a row by the printed names of its class and kind; None where they name none."""
    for word, label in _WORDS:
        if word in second:
            return label or None
    return MANAGED if any(word in first for word in _ABOVE) else None
