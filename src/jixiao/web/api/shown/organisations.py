"""A year about to be opened or closed."""

from __future__ import annotations

from datetime import date
from typing import Any

from jixiao.web.api.router import Operation
from jixiao.web.api.shown.people import Line, lines
from jixiao.web.api.types import Answer, Key, Year
from jixiao.web.kernel.people import Actor
from jixiao.web.organisations.changes import opening
from jixiao.web.organisations.models import FiscalYear, Region
from jixiao.web.organisations.selectors import one_of
from jixiao.web.organisations.unfinished import unfinished


class RoundAhead(Answer):
    kind: str
    name: str
    opens_on: date
    closes_on: date


class Undone(Answer):
    """What is not finished in a year that is open."""

    year: int
    lines: list[Line]


class OpeningOut(Answer):
    """What a year would begin with."""

    ruleset: str
    units: int
    changed_units: list[str]
    """New names and places since the year before"""
    changed_values: list[str]
    """Parameters whose values differ from the year before"""
    rounds: list[RoundAhead]
    """Those of the year before, with the days of this one; they are not made"""
    undone: list[Undone]
    must_close: int | None
    """The year that has to be closed first"""


def opening_of(actor: Actor, key: Key, year: Year) -> Any:
    """开启一个年度会带过来什么、变了什么；什么都不做。"""
    shown = opening(actor, one_of(Region, actor, "year.open", key), year)
    return {
        "ruleset": shown.ruleset,
        "units": shown.units,
        "changed_units": [f"{one.since}：{one.name}" for one in shown.spells],
        "changed_values": list(shown.values),
        "rounds": [
            {"kind": one.kind, "name": one.label, "opens_on": one.opens_on, "closes_on": one.closes_on}
            for one in shown.rounds
        ],
        "undone": [{"year": one.year, "lines": lines(found)} for one, found in shown.undone],
        "must_close": shown.must_close.year if shown.must_close is not None else None,
    }


class Unfinished(Answer):
    """What is not finished in a year."""

    lines: list[Line]


def unfinished_of(actor: Actor, key: Key) -> Any:
    """关闭一个年度以前，还没办完的。"""
    one: FiscalYear = one_of(FiscalYear, actor, "year.open", key)
    return {"lines": lines(unfinished(one.region_id, one.year))}


OPERATIONS = (
    Operation(
        "GET",
        "/regions/{key}/opening",
        opening_of,
        "year.open",
        "year_opening",
        "开启年度的预演",
        "单位和年度",
        OpeningOut,
    ),
    Operation(
        "GET",
        "/years/{key}/unfinished",
        unfinished_of,
        "year.open",
        "year_unfinished",
        "年度里没办完的",
        "单位和年度",
        Unfinished,
    ),
)
