"""送审 from one's own set: what stands against it, and handing it in. Reads and reviews; what changes is in ``services``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from jixiao.web.editor import drafting
from jixiao.web.editor.models import Draft
from jixiao.web.editor.selectors import counts_of, reviews_beside, standing
from jixiao.web.editor.sets import SheetSet, set_of
from jixiao.web.goals.models import WRITABLE, Sheet, SheetState
from jixiao.web.kernel import clock
from jixiao.web.kernel.acts import Refused
from jixiao.web.kernel.people import Actor
from jixiao.web.organisations.models import Round
from jixiao.web.workflow import services
from jixiao.web.workflow.guards import HandingIn, Obstacle, obstacles
from jixiao.web.workflow.models import Flow, Run
from jixiao.web.workflow.services.flows import definition_in, flow_of
from jixiao.web.workflow.services.way import Looked

HANDED_IN = (Round.Kind.FIRST_UP, Round.Kind.SECOND_UP)
"""Rounds in which departments hand in"""


@dataclass(frozen=True)
class Found:
    """Findings of a sheet by severity, ``pk`` its key."""

    pk: int
    errors: int
    warnings: int
    advice: int


@dataclass(frozen=True)
class Ready:
    """What would be handed in of a set, and what stands against it. ``again``: only sheets that were sent back."""

    set: SheetSet
    sheets: tuple[Sheet, ...]
    again: bool
    round: Round | None
    flow: Flow
    obstacles: tuple[Obstacle, ...]
    rows: tuple[tuple[Sheet, Found], ...] = ()
    """Each sheet with what is found in it as it stands now, among the others"""

    @property
    def words(self) -> str:
        """Of the button: 送审报送包（9张） or 再次送审2张."""
        n = len(self.sheets)
        return f"再次送审{n}张" if self.again else f"送审报送包（{n}张）"


def round_now(actor: Actor, year: int, region: int) -> Round | None:
    """The round in which departments hand in now: the last that began; the first to come, where none did."""
    rows = Round.objects.restrict(actor, "year.view").filter(
        fiscal_year__year=year, fiscal_year__region=region, kind__in=HANDED_IN
    )
    begun = rows.filter(opens_on__lte=clock.today()).order_by("-opens_on", "-pk").first()
    return begun or rows.order_by("opens_on", "pk").first()


def ready(actor: Actor, year: int, unit: int, only: Sequence[int] = ()) -> Ready:
    """What somebody may hand in of the set of a unit, all of it or ``only`` some of what was sent back. Raises NotThere."""
    found = set_of(actor, year, unit)
    mine = Sheet.objects.restrict(actor, "sheet.submit").filter(year=year, unit=unit, state__in=WRITABLE)
    sheets = tuple(one for one in mine.select_related("unit", "project").order_by("pk") if not only or one.pk in only)
    again = bool(sheets) and all(one.state != SheetState.DRAFTED for one in sheets)
    where = round_now(actor, year, found.unit.region_id)
    flow = flow_of(found.unit.region_id, where)
    stated = definition_in(flow)
    adjusting = bool(sheets) and all(one.state == SheetState.ADJUSTING for one in sheets)
    guards = [one for one in stated.guards if not (adjusting and one == "round_open")]
    plans = standing(actor, sheets)
    reviews = reviews_beside(actor, sheets, plans) if plans else {}
    asked = HandingIn(actor, found, sheets, again, where, stated.stops, stated.appraisal_from, plans, reviews)
    rows = tuple((one, Found(one.pk, **counts_of(reviews[one.pk]))) for one in sheets if one.pk in reviews)
    return Ready(found, sheets, again, where, flow, tuple(obstacles(guards, asked)), rows)


def hand_in(actor: Actor, year: int, unit: int, only: Sequence[int] = (), note: str = "") -> list[Run]:
    """Hand in: what was written since becomes a version first, reviewed among the others. Raises Refused with all that
    stands against it."""
    now = ready(actor, year, unit, only)
    if _name_drafts(actor, year, now.sheets):
        now = ready(actor, year, unit, only)
    if now.obstacles:
        more = f"等{len(now.obstacles)}处" if len(now.obstacles) > 3 else ""
        raise Refused("还不能送审：" + "；".join(one.words for one in now.obstacles[:3]) + more)
    return services.submit(
        actor,
        year=year,
        unit=unit,
        sheets=[Looked(one.pk, one.version) for one in now.sheets],
        flow=now.flow.pk,
        round=now.round.pk if now.round is not None else None,
        note=note.strip()[:200],
    )


def _name_drafts(actor: Actor, year: int, sheets: Sequence[Sheet]) -> bool:
    """Whether there were any to name."""
    rows = Draft.objects.restrict(actor, "sheet.edit").filter(Q(sheet__in=[one.pk for one in sheets]))
    ahead = {one.sheet_id for one in rows.defer("document") if one.is_ahead}
    for sheet in sheets:
        if sheet.pk in ahead:
            drafting.name_version(actor, year=year, key=sheet.pk, reason="送审")
    return bool(ahead)
