"""Sheets with something to say of, and returns of them: what the workflow does, in a service of a test."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import TypeVar

from jixiao.domain.finding import Finding
from jixiao.domain.identity import anchor
from jixiao.domain.plan import Plan
from jixiao.domain.target_grammar import parse_target
from jixiao.web.editor.selectors import review_beside, written
from jixiao.web.goals.models import Sheet, SheetState
from jixiao.web.kernel.acts import SERVICES, Act, service
from jixiao.web.kernel.people import Actor
from jixiao.web.opinions.models import Point
from jixiao.web.opinions.points import Raised, of_finding, own
from jixiao.web.opinions.services import raise_points, withdraw_points
from web.make import YEAR
from web.samples import plan_of

R = TypeVar("R")


def faulty() -> Plan:
    """A sheet with a value that is missing, and one that says nothing that can be checked."""
    plan = plan_of(1)
    sheet = plan.goal_sheets[0]
    rows = list(sheet.indicators)
    for n, text in enumerate(("", "显著提升")):
        rows[n] = replace(rows[n], target=parse_target(text).target)
    return replace(plan, goal_sheets=(replace(sheet, indicators=tuple(rows)),))


def _send_back(act: Act, *, sheet: int, points: Sequence[Raised]) -> list[Point]:
    held = act.get(Sheet, sheet)
    held.state = SheetState.SENT_BACK
    act.save(held)
    return raise_points(act, held, held.version, points)


def _take_back(act: Act, *, sheet: int) -> None:
    withdraw_points(act, act.get(Sheet, sheet))


@contextmanager
def _as_service(function: Callable[..., R]) -> Iterator[Callable[..., R]]:
    """A function as a service, for as long as a test calls it."""
    try:
        yield service("test.opinions", "试", right="sheet.review")(function)
    finally:
        SERVICES.pop("test.opinions")


def send_back(actor: Actor, sheet: Sheet, points: Sequence[Raised]) -> list[Point]:
    """Send a sheet back with points."""
    with _as_service(_send_back) as run:
        return run(actor, sheet=sheet.pk, points=points)


def take_back(actor: Actor, sheet: Sheet) -> None:
    """Take the last return back."""
    with _as_service(_take_back) as run:
        run(actor, sheet=sheet.pk)


def findings(actor: Actor, sheet: Sheet) -> tuple[Plan, list[Finding]]:
    """What a sheet says and what is found in it, among the others, as it stands now."""
    found = written(actor, YEAR, sheet.pk, "sheet.view")
    return found.plan, list(review_beside(actor, found.sheet, found.plan).findings)


def at_row(plan: Plan, found: Sequence[Finding], row: int) -> Finding:
    """The finding at the value of a row."""
    wanted = plan.goal_sheets[0].indicators[row].id
    return next(one for one in found if anchor(plan, one.pointer).id == wanted)


def returned(actor: Actor, sheet: Sheet) -> list[Point]:
    """A sheet of ``faulty`` sent back with three points: the value of the first row, of the second, and own words on the purpose."""
    plan, found = findings(actor, sheet)
    own_words = own(plan, "资金用途写清楚付给谁", thing=plan.goal_sheets[0].id, cell="/purpose")
    two = [of_finding(plan, at_row(plan, found, n)) for n in (0, 1)]
    return send_back(actor, sheet, [*two, own_words])
