"""A line that a page broke between Chinese words is no doubt; one broken between figures is."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from jixiao.domain.note import Note
from jixiao.domain.provenance import Location
from jixiao.web.intake.doubts import doubts_of
from web.samples import plan_of


@pytest.mark.parametrize(
    ("raw", "is_doubt"),
    [("义务教育\n保障", False), ("不少于\n15 个", False), ("15\n00 人", True), ("≥9\n5%", True), ("ISO\n9001", True)],
)
def test_what_is_joined_between_figures_is_doubted(raw: str, is_doubt: bool) -> None:
    pointer = "/goal_sheets/0/indicators/0/description"
    plan = plan_of(1)
    note = Note("cell.rejoined", pointer, "断行拼接", Decimal("0.9"))
    plan = replace(plan, provenance={pointer: Location(raw, page=1)}, notes=(note,))
    assert [doubt.pointer for doubt in doubts_of(plan, 0)] == ([pointer] if is_doubt else [])
