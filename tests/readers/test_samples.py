"""Real plans, kept outside the repository: what is read from them is held against what people annotated."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest
from needs import SHARED

from jixiao.domain.codec import plan_to_dict
from jixiao.readers import read_file
from jixiao.readers.formats.text.fit import is_level_label
from jixiao.vocabulary import shipped

SAMPLES = {"000": (2, 12), "001": (2, 18), "002": (5, 24), "003": (9, 60), "004": (2, 19)}
ANNOTATED = ("002", "003")

pytestmark = pytest.mark.shared


def sample(number: str) -> Path:
    (found,) = (SHARED / "seeds").glob(f"{number}_*.txt")
    return found


def scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_read", SHARED / "acceptance" / "score_read.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("number", SAMPLES)
def test_sheets_and_rows(number: str) -> None:
    plan = read_file(sample(number))
    assert (len(plan.goal_sheets), plan.indicator_count) == SAMPLES[number]


@pytest.mark.parametrize("number", SAMPLES)
def test_no_level_label_is_torn(number: str) -> None:
    for sheet in read_file(sample(number)).goal_sheets:
        for row in sheet.indicators:
            assert not is_level_label(f"{row.name or ''}{row.description or ''}", shipped()), row


@pytest.mark.parametrize("number", ANNOTATED)
def test_every_field_is_as_annotated(number: str) -> None:
    file = sample(number)
    annotated = SHARED / "contract" / "examples" / f"{file.stem}.plan.json"
    gold = json.loads(annotated.read_text(encoding="utf-8"))
    tally = scorer().score(gold, plan_to_dict(read_file(file)))
    assert tally.err == []
    assert tally.c > 100
