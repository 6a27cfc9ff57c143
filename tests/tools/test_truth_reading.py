"""Fields of an expected plan held against what was read."""

from __future__ import annotations

import copy
import importlib.util
import json
import random
from types import ModuleType
from typing import Any

import pytest
from needs import SHARED

from jixiao.domain.codec import plan_to_dict
from jixiao.readers import read_file
from tools.truth.alignment import aligned
from tools.truth.corpus import EXPECTED, SAMPLES
from tools.truth.labels import documents
from tools.truth.reading import Fields, fields


def plan() -> dict[str, Any]:
    """A plan of the labelled set with rows, points and results, as JSON."""
    found = next(d.plan for d in documents() if d.name.startswith("s01"))
    return json.loads(json.dumps(plan_to_dict(found)))


def rows(data: dict[str, Any]) -> list[dict[str, Any]]:
    return data["goal_sheets"][0]["indicators"]


def test_a_plan_agrees_with_itself() -> None:
    found = fields(plan(), plan())
    assert found.right > 60
    assert found == Fields(right=found.right)
    assert found.share == 1


def test_wrong_missing_and_made_up_fields_are_counted_apart() -> None:
    whole = fields(plan(), plan()).right
    found = plan()
    rows(found)[0]["name"] = "清淤的长度"
    rows(found)[1]["target"]["value"] = None
    rows(found)[2]["basis"] = "上级通知"
    assert fields(plan(), found) == Fields(right=whole - 2, wrong=1, missing=1, spurious=1)


def test_a_row_left_out_costs_its_fields_and_not_those_of_the_next() -> None:
    found = plan()
    lost = rows(found).pop(0)
    counts = fields(plan(), found)
    assert counts.wrong == counts.spurious == 0
    assert counts.missing == fields(plan(), plan()).right - counts.right
    assert 8 <= counts.missing <= 16, lost


def test_an_optional_row_may_be_left_out() -> None:
    expected, found = plan(), plan()
    rows(expected)[0]["optional"] = True
    rows(found).pop(0)
    assert fields(expected, found).missing == 0


def test_other_values_are_as_right() -> None:
    expected, found = plan(), plan()
    rows(expected)[0]["name_any"] = ["清淤的长度", None]
    for name in ("清淤的长度", None):
        rows(found)[0]["name"] = name
        assert fields(expected, found).wrong == fields(expected, found).missing == 0
    rows(found)[0]["name"] = "别的"
    assert fields(expected, found).wrong == 1


def test_nothing_read_is_all_missing() -> None:
    counts = fields(plan(), {})
    assert counts == Fields(missing=fields(plan(), plan()).right)
    assert counts.share == 0


def test_widths_of_signs_and_noughts_do_not_count() -> None:
    found = plan()
    rows(found)[0]["weight"] = "15.0"
    rows(found)[0]["deviation"] = rows(found)[0]["deviation"].replace("，", ",") + "。"
    assert fields(plan(), found) == fields(plan(), plan())


def test_order_is_kept() -> None:
    pairs = list(aligned(["一二三四", "五六七八", "九十百千"], ["五六七九", "九十百千", "甲乙丙丁"], str))
    assert [p for p in pairs if None not in p] == [(1, 0), (2, 1)]
    assert sorted(i for i, _ in pairs if i is not None) == [0, 1, 2]
    assert sorted(j for _, j in pairs if j is not None) == [0, 1, 2]


def test_likes_are_paired_for_the_whole_and_not_one_by_one() -> None:
    assert list(aligned(["满意度", "群众满意度"], ["群众满意度"], str)) == [(0, None), (1, 0)]


@pytest.mark.shared
def test_counts_are_those_of_the_acceptance_run() -> None:
    """Whatever is taken away from what was read, or changed in it."""
    reference = _module()
    for file in sorted(EXPECTED.glob("*.plan.json")):
        expected = json.loads(file.read_text(encoding="utf-8"))
        read = plan_to_dict(read_file(SAMPLES / file.name.replace(".plan.json", ".txt")))
        for seed in range(2):
            found = _damaged(json.loads(json.dumps(read)), random.Random(seed))
            t = reference.score(copy.deepcopy(expected), copy.deepcopy(found))
            counts = fields(expected, found)
            assert (counts.right, counts.wrong) == (t.c, t.w)
            assert (counts.missing, counts.spurious) == (t.m, t.s)


def _module() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_read", SHARED / "acceptance" / "score_read.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _damaged(data: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    for sheet in data["goal_sheets"]:
        kept = [row for row in sheet["indicators"] if chance.random() > 0.1]
        for row in kept:
            if chance.random() < 0.2:
                row["name"] = None
            if chance.random() < 0.2:
                row["target"]["value"] = "7"
        sheet["indicators"] = kept
    return data
