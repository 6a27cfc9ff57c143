"""Real documents: files of other places, what a reader should get from them, and what an expert said of them.

They are kept beside the repository. ``labelled/`` holds ``NAME.docx`` (or another ending), ``NAME.plan.json`` (the plan
to be read), ``findings.jsonl`` and ``right.jsonl`` (labels by number of project and of indicator, from 1); sentences of
goals, uses and some names of projects were written anew there, and nothing said of them is counted. Older samples are
``NAME.txt`` with ``NAME.plan.json`` and ``NAME.findings.jsonl``. The rows of labels are found in what was read as the
fields are: by the same alignment.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from jixiao.domain.codec import plan_to_dict
from jixiao.domain.plan import Plan, Source
from jixiao.domain.problems import PROBLEMS
from jixiao.readers import UnreadableFileError, read_file
from jixiao.readers.scan.engine import is_installed
from tools.truth.alignment import aligned
from tools.truth.labels import TRUTH, Document, Label, Right
from tools.truth.reading import Json, fields, row_text, sheet_text

CORPUS = TRUTH.parents[1] / "shared" / "corpus" / "labelled"
SAMPLES = TRUTH.parents[1] / "shared" / "seeds"
EXPECTED = TRUTH.parents[1] / "shared" / "contract" / "examples"
"""What should be read from the samples, and their labels"""
AS_OF = date(2026, 11, 30)
"""The day whose law the documents of the corpus are reviewed under, always the same"""
SAMPLES_AS_OF = date(2026, 1, 1)
MADE_UP = ("title", "goals", "goals_reached", "purpose", "project/name")
_SEMANTICS = "needs-semantics"
_LATER = {
    "A1": "differs-from-approved",
    "A2": "weights-total",
    "A3": "score-miscalculated",
    "A4": "score-over-weight",
    "A5": "actual-copied",
    "A6": "actual-invalid",
    "A7": "deviation-unexplained",
    "A8": "overachievement-unexplained",
    "A9": "execution-goal-mismatch",
    "A10": "execution-rate-base",
    "A11": "band-violated",
    "A12": "evidence-missing",
    "A13": "satisfaction-without-survey",
    "A14": "progress-behind",
    "A15": "likelihood-contradicts-data",
    "A16": "unreachable-without-adjustment",
    "A17": "self-evaluation-missing",
    "A18": "grade-score-mismatch",
    "A19": "result-without-effect",
    "A20": "disclosure-deviates",
    "A21": "disclosed-amounts-conflict",
    "A22": "goal-money-exceeds",
    "A23": "undisclosable-content",
}
"""Numbers that labels give problems of later stages"""
SCAN = "扫描件"


@dataclass(frozen=True, slots=True)
class Missing:
    """A document that cannot be measured on this machine, and why, in Chinese."""

    name: str
    why: str


@dataclass(frozen=True, slots=True)
class _Match:
    """Places in the plan that was read, by those of the plan that was expected."""

    sheets: Mapping[int, int]
    rows: Mapping[tuple[int, int], int]

    def place(self, item: Json) -> str | None:
        """Where a label stands; ``""`` for the document, None where that was not read."""
        if item["project"] is None:
            return ""
        sheet = item["project"] - 1
        if sheet not in self.sheets:
            return None
        here = f"/goal_sheets/{self.sheets[sheet]}"
        if item["indicator"] is None:
            return here
        row = self.rows.get((sheet, item["indicator"] - 1))
        return None if row is None else f"{here}/indicators/{row}"


def real_documents(names: Sequence[str], scans: Sequence[str], folder: Path = CORPUS) -> Iterator[Document | Missing]:
    """The documents of these names, read and labelled, or why they cannot be measured here; ``scans`` are images."""
    findings, right = _lines(folder / "findings.jsonl"), _lines(folder / "right.jsonl")
    for name in names:
        expected = json.loads((folder / f"{name}.plan.json").read_text(encoding="utf-8"))
        if name in scans and not is_installed():
            yield Missing(name, "是扫描件，没有装文字识别组件（make ocr）")
            continue
        file = _file(folder, name)
        document = _read(name, file, expected, SCAN if name in scans else file.suffix)
        match = _match(expected, plan_to_dict(document.plan))
        yield replace(
            document,
            findings=tuple(_label(item, match, habits=True) for item in findings if item["doc"] == name),
            right=tuple(_right(item, match) for item in right if item["doc"] == name),
        )


def sample_documents(names: Sequence[str], samples: Path = SAMPLES, expected: Path = EXPECTED) -> Iterator[Document]:
    """The samples of these names, read and labelled. No place is labelled as right in them."""
    for name in names:
        plan = json.loads((expected / f"{name}.plan.json").read_text(encoding="utf-8"))
        document = _read(name, samples / f"{name}.txt", plan, ".txt")
        match = _match(plan, plan_to_dict(document.plan))
        labels = _lines(expected / f"{name}.findings.jsonl")
        yield replace(
            document,
            as_of=SAMPLES_AS_OF,
            findings=tuple(
                _label(item | {"core": item["certain"], "also": ()}, match, habits=False) for item in labels
            ),
            made_up=(),
        )


def _file(folder: Path, name: str) -> Path:
    return next(file for file in sorted(folder.glob(f"{name}.*")) if file.suffix != ".json")


def _lines(file: Path) -> list[Any]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]


def _read(name: str, file: Path, expected: Json, kind: str) -> Document:
    """A document as it is read; one that cannot be read is an empty plan all of whose fields are missing."""
    try:
        plan, unread = read_file(file), False
    except UnreadableFileError:
        plan, unread = Plan(source=Source(file.name, "0" * 64, file.suffix[1:])), True
    return Document(
        name,
        name,
        plan,
        None,
        AS_OF,
        (),
        (),
        made_up=MADE_UP,
        format=kind,
        read=fields(expected, plan_to_dict(plan)),
        unread=unread,
    )


def _match(expected: Json, found: Json) -> _Match:
    here, there = expected["goal_sheets"], found["goal_sheets"]
    sheets = {i: j for i, j in aligned(here, there, sheet_text) if i is not None and j is not None}
    rows = {
        (i, n): m
        for i, j in sheets.items()
        for n, m in aligned(here[i]["indicators"], there[j]["indicators"], row_text)
        if n is not None and m is not None
    }
    return _Match(sheets, rows)


def _label(item: Json, match: _Match, *, habits: bool) -> Label:
    """``habits``: labels of a sheet name habits of its rows, not only what the sheet itself lacks."""
    place = match.place(item)
    problem, *others = (_problem(kind) for kind in (item["kind"], *item["also"]))
    return Label(
        () if place is None else (place,),
        problem,
        item["core"],
        "semantics" if item["detectable"] == _SEMANTICS else "text",
        f"{item['evidence']}：{item['why']}",
        whole=place == "" or (habits and item["indicator"] is None),
        or_problems=tuple(others),
    )


def _right(item: Json, match: _Match) -> Right:
    problems = tuple(_problem(kind) for kind in item["kinds"])
    return Right(
        match.place(item), problems, f"{item['evidence']}：{item['why_right']}", whole=item["indicator"] is None
    )


def _problem(kind: str) -> str:
    """The problem a label names. Raises ValueError where there is none of that name."""
    problem = _LATER.get(kind, kind)
    if problem not in PROBLEMS:
        raise ValueError(f"no such problem: {kind}")
    return problem
