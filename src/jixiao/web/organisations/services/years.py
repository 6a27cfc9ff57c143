"""Fiscal years: three open at once, the next carries rulesets and rounds on, a closed one is only read."""

from __future__ import annotations

from datetime import date
from typing import Any

from jixiao.parameters import rulesets
from jixiao.web.kernel import clock
from jixiao.web.kernel.acts import Act, Refused, guard_with, service
from jixiao.web.kernel.door import Restricted
from jixiao.web.organisations.models import FiscalYear, Region, Round
from jixiao.web.organisations.unfinished import unfinished

MOST_OPEN = 3


@service("year.open", "开启年度")
def open_year(act: Act, *, region: int, year: int, ruleset: str | None = None, carry_rounds: bool = True) -> FiscalYear:
    """Open a fiscal year, going on from the one before: its ruleset, its rounds a year later. Raises Refused where three
    are open, naming the one to close."""
    place = act.get(Region, region, lock=False)
    rows = act.all(FiscalYear).select_for_update(of=("self",)).filter(region=place)
    years = {one.year: one for one in rows}
    found = years.get(year)
    if found is not None and found.state == FiscalYear.State.OPEN:
        raise Refused(f"{place.name}{year}年度已经开着", field="year")
    if not 2000 <= year <= clock.today().year + 3:
        raise Refused(f"{year}年度不能开：年度应在2000年和{clock.today().year + 3}年之间", field="year", status=422)
    _room_for(year, [one for one in years.values() if one.state == FiscalYear.State.OPEN])
    before = max((one for one in years.values() if one.year < year), key=lambda one: one.year, default=None)
    chosen = _ruleset(ruleset or (found.ruleset if found else before.ruleset if before else "national-88"))
    if found is not None:
        was_closed = found.state == FiscalYear.State.CLOSED
        found.state, found.opened_on, found.closed_on = FiscalYear.State.OPEN, clock.today(), None
        if not was_closed:
            found.ruleset = chosen
        found = act.save(found)
    else:
        found = act.add(
            FiscalYear(region=place, year=year, state=FiscalYear.State.OPEN, ruleset=chosen, opened_on=clock.today())
        )
    if carry_rounds and before is not None and not found.rounds.unrestricted("whether it has rounds").exists():
        _carry(act, before, found)
    return found


def _room_for(year: int, opened: list[FiscalYear]) -> None:
    if len(opened) < MOST_OPEN:
        return
    names = "、".join(str(one.year) for one in sorted(opened, key=lambda one: one.year))
    oldest = min(opened, key=lambda one: one.year)
    raise Refused(
        f"已经开着{names}三个年度，最多三个。请先关闭{oldest.year}年度，再开{year}年度", field="year", status=409
    )


def _carry(act: Act, before: FiscalYear, made: FiscalYear) -> None:
    for one in act.all(Round).filter(fiscal_year=before):
        act.add(
            Round(
                fiscal_year=made,
                kind=one.kind,
                name=one.name,
                opens_on=later(one.opens_on, made.year - before.year),
                closes_on=later(one.closes_on, made.year - before.year),
                review_until=later(one.review_until, made.year - before.year) if one.review_until else None,
                ruleset=made.ruleset,
                ruleset_version=version_of(made.ruleset),
            ),
            note=f"照{before.label}推后{made.year - before.year}年",
        )


def later(day: date, years: int) -> date:
    """The same day some years later; 28 February for the 29th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def version_of(ruleset: str) -> str:
    """The version of a ruleset as the program has it; empty for one it has not."""
    found = rulesets().get(ruleset)
    return found.version if found else ""


def _ruleset(name: str) -> str:
    if name not in rulesets():
        raise Refused(f"没有名为“{name}”的规则集。可选：{'、'.join(rulesets())}", field="ruleset", status=422)
    return name


@service("year.close", "关闭年度", right="year.open")
def close_year(act: Act, *, year: int, reason: str = "") -> FiscalYear:
    """Close a year (by its id): from then on it is only read. With work that is not finished a reason is asked for."""
    found = act.get(FiscalYear, year)
    if found.state != FiscalYear.State.OPEN:
        raise Refused(f"{found.label}没有开着，不用关")
    undone = sum(count for _, count in unfinished(found.region_id, found.year))
    if undone and not reason:
        raise Refused(f"{found.label}还有{undone}张表没有办完。要关，请写明原因", field="reason", status=422)
    found.state, found.closed_on, found.closing_reason = FiscalYear.State.CLOSED, clock.today(), reason
    return act.save(found)


@service("year.reopen", "重新开启年度", right="year.open")
def reopen_year(act: Act, *, year: int, reason: str) -> FiscalYear:
    """Open a closed year again, with a reason. Raises Refused where three are open."""
    found = act.get(FiscalYear, year)
    if found.state != FiscalYear.State.CLOSED:
        raise Refused(f"{found.label}没有关闭，不用重新开启")
    if not reason:
        raise Refused("请写明为什么重新开启", field="reason", status=422)
    _room_for(found.year, list(act.all(FiscalYear).filter(region=found.region, state=FiscalYear.State.OPEN)))
    found.state, found.closed_on, found.closing_reason = FiscalYear.State.OPEN, None, ""
    return act.save(found, note=reason)


@service("year.ruleset", "更换年度规则集", right="year.open")
def set_ruleset(act: Act, *, year: int, ruleset: str) -> FiscalYear:
    """Another ruleset for what has not begun; rounds keep the one they pinned."""
    found = act.get(FiscalYear, year)
    if found.state == FiscalYear.State.CLOSED:
        raise Refused(closed_words(found))
    found.ruleset = _ruleset(ruleset)
    return act.save(found, ["ruleset"])


def closed_words(year: FiscalYear) -> str:
    """Why nothing is written into a year, and what to do."""
    if year.state == FiscalYear.State.CLOSED:
        return f"{year.label}已经关闭，只能看，不能改。确需改动，请财政部门绩效股重新开启{year.label}"
    return f"{year.label}还没有开启，不能填报。请财政部门绩效股先开启{year.label}"


@guard_with
def refuse_closed(act: Act, thing: Restricted) -> None:
    """Nothing that belongs to a closed fiscal year is written by any service. One never opened may be written into: what was
    approved before the system began is registered so."""
    if thing.fiscal is None:
        return
    year, region = (_along(thing, path) for path in thing.fiscal)
    if year is None or region is None:
        return
    key = ("fiscal year", year, region)
    if key not in act.known:
        rows = FiscalYear.objects.unrestricted("whether a year is closed")
        act.known[key] = rows.filter(region=region, year=year, state=FiscalYear.State.CLOSED).first()
    if act.known[key] is not None:
        raise Refused(closed_words(act.known[key]), field="year")


def _along(thing: Any, path: str) -> Any:
    for name in path.split("__"):
        thing = getattr(thing, name, None)
    return thing


def require_open(act: Act, year: int, region: Region | int) -> None:
    """For services that write into a fiscal year: raises Refused (409) where it is closed or was never opened. Nothing is
    locked: what is under way while somebody closes the year still counts."""
    del act
    place = region.pk if isinstance(region, Region) else region
    found = FiscalYear.objects.unrestricted("whether a year is open").filter(region=place, year=year).first()
    if found is None:
        raise Refused(f"{year}年度还没有开启，不能填报。请财政部门绩效股先开启{year}年度", field="year")
    if found.state != FiscalYear.State.OPEN:
        raise Refused(closed_words(found), field="year")
