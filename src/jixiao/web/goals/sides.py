"""What a sheet is held against 「和什么比」: its versions, last year's sheet, and what other apps add when they start (its draft).

A side is named by a word: ``3`` a version, ``last`` last year's, ``draft`` what is being written.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from jixiao.domain.plan import Plan
from jixiao.web.goals.compare import Difference, differences
from jixiao.web.goals.documents import known_again
from jixiao.web.goals.models import Sheet, SheetState
from jixiao.web.goals.selectors import sheet_shown, versions
from jixiao.web.kernel.acts import NotThere
from jixiao.web.kernel.people import Actor

LAST_YEAR = "last"


@dataclass(frozen=True)
class Side:
    """One side: how it is asked for, what it is called in a heading and in a list, how what it says is got.

    ``is_other``: it is another sheet, whose things have ids of their own.
    """

    name: str
    title: str
    words: str
    plan: Callable[[], Plan]
    is_other: bool = False


SideOf = Callable[[Actor, Sheet], Side | None]
_MORE: list[SideOf] = []


def also_compared(side: SideOf) -> SideOf:
    """Have something else offered that a sheet is held against."""
    if side not in _MORE:
        _MORE.append(side)
    return side


def sides_of(actor: Actor, sheet: Sheet) -> list[Side]:
    """All that a sheet can be held against, what is newest first."""
    more = [side for one in _MORE if (side := one(actor, sheet)) is not None]
    own = [_version(actor, sheet, one.number, f"{one.made_at:%m-%d}") for one in versions(actor, sheet)]
    return [*more, *own, *_last_year(actor, sheet)]


def _version(actor: Actor, sheet: Sheet, number: int, day: str) -> Side:
    words = f"第{number}版"
    return Side(str(number), words, f"{words} {day}", lambda: sheet_shown(actor, sheet.year, sheet.pk, number).plan)


def _last_year(actor: Actor, sheet: Sheet) -> Sequence[Side]:
    of = {"project": sheet.project_id} if sheet.project_id else {"project": None, "unit": sheet.unit_id}
    rows = Sheet.objects.restrict(actor, "sheet.view").exclude(state=SheetState.VOID)
    before = rows.filter(year=sheet.year - 1, kind=sheet.kind, version__gt=0, **of).first()
    if before is None:
        return ()
    words = f"{before.year}年的表"
    return [
        Side(
            LAST_YEAR,
            words,
            f"{words} 第{before.version}版",
            lambda: sheet_shown(actor, before.year, before.pk).plan,
            is_other=True,
        )
    ]


@dataclass(frozen=True)
class Held:
    """Two sides of a sheet and what differs."""

    sheet: Sheet
    sides: Sequence[Side]
    old: Side
    new: Side
    before: Plan
    after: Plan
    found: Sequence[Difference]


def held(actor: Actor, year: int, key: int, old: str = "", new: str = "") -> Held:
    """Two sides of a sheet; without ``new`` its current version, without ``old`` the version before. Raises NotThere."""
    sheet = sheet_shown(actor, year, key).sheet
    sides = sides_of(actor, sheet)
    later = _named(sides, new or str(sheet.version))
    number = int(later.name) if later.name.isdecimal() else sheet.version + 1
    earlier = _named(sides, old or str(number - 1))
    before, after = earlier.plan(), later.plan()
    if earlier.is_other and not later.is_other:
        before = known_again(before, after)
    elif later.is_other and not earlier.is_other:
        after = known_again(after, before)
    return Held(sheet, sides, earlier, later, before, after, differences(before, after))


def _named(sides: Sequence[Side], name: str) -> Side:
    found = next((one for one in sides if one.name == name), None)
    if found is None:
        raise NotThere("这张表没有这一版")
    return found
