"""A second set: plans and labels of other people, in the form ``NAME.plan.json`` beside ``NAME.findings.jsonl``."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from jixiao.domain.codec import plan_from_dict
from jixiao.readers import read_bytes
from tools.truth.labels import Document, Label

_WORDS_ONLY = "needs-semantics"


def samples(folder: Path, texts: Path | None = None) -> list[Document]:
    """The labelled plans of a folder, as annotated or, where ``texts`` holds NAME.txt, as read from that.

    They are reviewed under the Hebei ruleset, whose form they use.
    """
    return [_sample(file, texts) for file in sorted(folder.glob("*.findings.jsonl"))]


def _sample(file: Path, texts: Path | None) -> Document:
    name = file.name.removesuffix(".findings.jsonl")
    if texts is not None:
        plan = read_bytes((texts / f"{name}.txt").read_bytes(), f"{name}.txt")
    else:
        data = json.loads(file.with_name(f"{name}.plan.json").read_text(encoding="utf-8"))
        source = {"name": name, "sha256": "0" * 64, "format": "txt", "pages": None}
        plan = plan_from_dict({"title": None, "notes": [], **data, "source": source, "provenance": {}})
    labels = [_label(json.loads(line)) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
    return Document(name, name, plan, "hebei", date(2026, 1, 1), tuple(labels), ())


def _label(item: dict[str, Any]) -> Label:
    detectable = "semantics" if item["detectable"] == _WORDS_ONLY else "text"
    return Label(
        (_place(item),),
        item["kind"],
        item["certain"],
        detectable,
        f"{item['evidence']}：{item['why']}",
        whole=item["project"] is None,
    )


def _place(item: dict[str, Any]) -> str:
    """Where the label stands. Fields of part one are given in words only, so any place of the document will do there."""
    if item["project"] is None:
        return ""
    sheet = f"/goal_sheets/{item['project'] - 1}"
    if item["indicator"] is None:
        return sheet
    return f"{sheet}/indicators/{item['indicator'] - 1}"
