"""What was measured last, ``recorded.yaml``: figures of real documents are shown where these are not at hand, too.

Of documents nobody has seen only totals are kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, astuple, dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from jixiao.strict_yaml import load_strict
from tools.truth.measure import Figures, Outcome, by_problem, by_rule, overall
from tools.truth.reading import Fields
from tools.truth.sets import Origin, Set

RECORD = Path(__file__).with_name("recorded.yaml")
_HEAD = "# make truth 写的，请勿手改。fields 依次是读对、读错、漏读、多读的栏目数；rules 依次是对、误，后两个只数错误和警告。\n"


@dataclass(frozen=True, slots=True)
class Measured:
    """Figures of the documents of an origin in a set, and when they were taken.

    ``fields`` by format; ``rules`` (all findings, errors and warnings only) and ``problems`` by code and name, of
    documents that rules were made or changed by.
    """

    of: Origin
    set: Set
    on: date
    documents: int
    labels: int
    figures: Figures
    fields: Mapping[str, Fields] = field(default_factory=dict)
    rules: Mapping[str, tuple[Figures, Figures]] = field(default_factory=dict)
    problems: Mapping[str, Figures] = field(default_factory=dict)


def measured(of: Origin, which: Set, outcomes: Sequence[Outcome], on: date) -> Measured:
    """The figures of documents of one group; nothing but totals where they are unseen."""
    read: dict[str, Fields] = {}
    for document in (o.document for o in outcomes):
        if document.format is not None:
            read[document.format] = read.get(document.format, Fields()) + document.read
    totals = Measured(
        of, which, on, len(outcomes), sum(len(o.document.findings) for o in outcomes), overall(outcomes), _sorted(read)
    )
    if which is Set.UNSEEN:
        return totals
    every, above = by_rule(outcomes), by_rule(outcomes, above_advice=True)
    said = {code: (every[code], above[code]) for code in every if every[code] != Figures()}
    return replace(totals, rules=said, problems=by_problem(outcomes))


def _sorted(read: Mapping[str, Fields]) -> dict[str, Fields]:
    return {kind: read[kind] for kind in sorted(read)}


def recorded(file: Path = RECORD) -> tuple[Measured, ...]:
    """What was measured last; empty where nothing was."""
    if not file.is_file():
        return ()
    return tuple(_from_data(item) for item in load_strict(file.read_text(encoding="utf-8"), file.name))


def record(groups: Iterable[Measured], file: Path = RECORD) -> None:
    """Write what was measured. Where figures are as before, so is their day: the file changes when they do."""
    before = {(m.of, m.set): m for m in recorded(file)}
    kept = []
    for group in groups:
        old = before.get((group.of, group.set))
        kept.append(old if old is not None and replace(group, on=old.on) == old else group)
    data = [_to_data(group) for group in kept]
    text = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, default_flow_style=None, width=120)
    file.write_text(_HEAD + text, encoding="utf-8")


def _to_data(group: Measured) -> dict[str, Any]:
    data: dict[str, Any] = {
        "of": group.of.value,
        "set": group.set.value,
        "measured": group.on,
        "documents": group.documents,
        "labels": group.labels,
        "figures": asdict(group.figures),
        "fields": {kind: list(astuple(read)) for kind, read in group.fields.items()},
        "rules": {
            code: [every.supported, every.wrong, above.supported, above.wrong]
            for code, (every, above) in group.rules.items()
        },
        "problems": {name: [f.found, f.missed] for name, f in group.problems.items()},
    }
    return {key: value for key, value in data.items() if value != {}}


def _from_data(data: Mapping[str, Any]) -> Measured:
    return Measured(
        Origin(data["of"]),
        Set(data["set"]),
        data["measured"],
        data["documents"],
        data["labels"],
        Figures(**data["figures"]),
        {kind: Fields(*counts) for kind, counts in data.get("fields", {}).items()},
        {
            code: (Figures(supported=a, wrong=b), Figures(supported=c, wrong=d))
            for code, (a, b, c, d) in data.get("rules", {}).items()
        },
        {name: Figures(found=a, missed=b) for name, (a, b) in data.get("problems", {}).items()},
    )
