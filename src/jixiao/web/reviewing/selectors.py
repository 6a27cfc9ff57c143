"""What of sheets waits for a reviewer, and one of them with all that is looked at to decide on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.db.models import Count, Exists, OuterRef, Q

from jixiao.web.accounts.models import User
from jixiao.web.goals.compare import differences
from jixiao.web.goals.documents import known_again
from jixiao.web.goals.models import Sheet, SheetState, SheetVersion
from jixiao.web.goals.selectors import SEVERITIES, Shown, saying, sheet_shown
from jixiao.web.goals.side_by_side import Group, groups
from jixiao.web.kernel.acts import NotThere
from jixiao.web.kernel.door import RestrictedQuerySet
from jixiao.web.kernel.people import Actor
from jixiao.web.opinions.models import Explanation
from jixiao.web.workflow.holders import Holders
from jixiao.web.workflow.models import Decision, Flow, Phase, Run, Verb
from jixiao.web.workflow.selectors import Standing, standings, waiting_for
from jixiao.web.workflow.services.way import AT_REVIEW, definition

ORDER = ("sheet__unit__order", "sheet__unit_id", "-sheet__errors", "sheet_id")
"""Departments in official order, the worst sheets of each first"""
FEN_PER_WAN = 1_000_000
_UNDONE = (Verb.AGREE, Verb.PASS, Verb.SEND_BACK, Verb.SIGN)


@dataclass(frozen=True)
class Wanted:
    """What the list is narrowed to; what is None, False or empty narrows nothing. ``least`` and ``most`` are fen."""

    department: int | None = None
    step: str = ""
    phase: str = ""
    severity: str = ""
    grade: str = ""
    least: int | None = None
    most: int | None = None
    again: bool = False
    explained: bool = False
    mine: bool = False
    text: str = ""

    def count(self) -> int:
        """How many conditions there are."""
        return sum(value not in (None, "", False) for value in vars(self).values())


def waiting(actor: Actor, year: int, wanted: Wanted | None = None) -> RestrictedQuerySet[Run]:
    """Runs of sheets that wait for somebody, in no order. Raises Refused for a text too short."""
    asked = wanted or Wanted()
    rows = waiting_for(actor, year)
    same: Mapping[str, object] = {
        "sheet__unit__department": asked.department,
        "step": asked.step,
        "phase": asked.phase,
        "sheet__grade": asked.grade,
        "sheet__total_fen__gte": asked.least,
        "sheet__total_fen__lte": asked.most,
        "assignee": actor.id if asked.mine else None,
    }
    rows = rows.filter(**{name: value for name, value in same.items() if value not in (None, "")})
    if asked.severity in SEVERITIES:
        rows = rows.filter(**{f"sheet__{asked.severity}__gt": 0})
    if asked.again:
        rows = rows.filter(submissions__gt=1)
    if asked.explained:
        rows = rows.filter(_explained(actor))
    if asked.text:
        found = Sheet.objects.restrict(actor, "sheet.view").filter(saying(actor, asked.text), year=year)
        rows = rows.filter(sheet__in=found.values("pk"))
    return rows


def _explained(actor: Actor) -> Exists:
    """Something the unit explained that nobody judged yet."""
    rows = Explanation.objects.restrict(actor, "sheet.view")
    open_now = rows.filter(point__sheet=OuterRef("sheet"), point__withdrawn_at=None, verdict=Explanation.Verdict.NONE)
    return Exists(open_now)


@dataclass(frozen=True)
class Counts:
    """Of all that waits for somebody: how many, with ■, handed in again, with explanations to look at, given to them."""

    total: int
    errors: int
    again: int
    explained: int
    mine: int


def counts(actor: Actor, year: int) -> Counts:
    """One query."""
    rows = waiting_for(actor, year).annotate(explained=_explained(actor))
    found = rows.order_by().aggregate(
        total=Count("pk"),
        errors=Count("pk", filter=Q(sheet__errors__gt=0)),
        again=Count("pk", filter=Q(submissions__gt=1)),
        explained_open=Count("pk", filter=Q(explained=True)),
        mine=Count("pk", filter=Q(assignee=actor.id)),
    )
    return Counts(found["total"], found["errors"], found["again"], found["explained_open"], found["mine"])


def with_sheets(rows: RestrictedQuerySet[Run]) -> RestrictedQuerySet[Run]:
    """The same with all that a list shows of them."""
    return rows.select_related("sheet__unit__department", "sheet__project", "flow", "opener", "assignee")


def standings_of(runs: Sequence[Run]) -> list[tuple[Standing, list[User]]]:
    """Of runs at a step: where they stand and who may decide there."""
    holders, found = Holders(), []
    for run in runs:
        step = definition(run).step(run.step)
        people = holders.of(step.right, run.sheet)
        found.append((Standing(run, step.title, people), people))
    return found


def steps_of(actor: Actor, year: int) -> list[tuple[str, str]]:
    """(code, title) of the steps at which something waits for somebody."""
    pairs = sorted(set(waiting_for(actor, year).order_by().values_list("step", "flow").distinct()))
    flows = Flow.objects.unrestricted("what steps of runs in reach are called").in_bulk({flow for _, flow in pairs})
    found: dict[str, str] = {}
    for code, flow in pairs:
        title = next(one["title"] for one in flows[flow].definition["steps"] if one["code"] == code)
        found.setdefault(code, title)
    return list(found.items())


def keys_in_order(actor: Actor, year: int, wanted: Wanted) -> list[int]:
    """The sheets of the list, in its order."""
    return list(waiting(actor, year, wanted).order_by(*ORDER).values_list("sheet_id", flat=True))


def after(keys: Sequence[int], key: int) -> int | None:
    """The sheet that comes after one in a list, the first after the last; None where there is no other."""
    others = [one for one in keys if one != key]
    if not others:
        return None
    at = keys.index(key) if key in keys else 0
    return others[at % len(others)]


@dataclass(frozen=True)
class OneSheet:
    """A sheet as its reviewer sees it. ``standing`` is None where it was never handed in; ``is_mine``: it waits for this person;
    ``is_open``: they opened it."""

    shown: Shown
    standing: Standing | None
    is_mine: bool
    earlier: SheetVersion | None
    last_year: Sheet | None

    @property
    def is_open(self) -> bool:
        return self.is_mine and self.standing is not None and self.standing.run.phase == Phase.OPENED

    @property
    def people(self) -> Sequence[User]:
        """To whom it may be given."""
        return self.standing.people if self.standing is not None else ()


def in_reach(actor: Actor, year: int, key: int) -> None:
    """Raise NotThere for a sheet that somebody may decide on at no step."""
    if not Sheet.objects.restrict(actor, "sheet.decide").filter(pk=key, year=year).exists():
        raise NotThere


def one_sheet(actor: Actor, year: int, key: int) -> OneSheet:
    """A sheet that somebody may decide on at some step. Raises NotThere."""
    in_reach(actor, year, key)
    shown = sheet_shown(actor, year, key)
    standing = standings(actor, [shown.sheet]).get(key)
    is_mine = waiting_for(actor, year).filter(sheet=key).exists()
    return OneSheet(shown, standing, is_mine, _handed_in_before(actor, standing), _of_last_year(actor, shown.sheet))


def _handed_in_before(actor: Actor, standing: Standing | None) -> SheetVersion | None:
    """The version of the 送审 before this one."""
    if standing is None or standing.run.submissions < 2:
        return None
    rows = Decision.objects.restrict(actor, "sheet.view").filter(run=standing.run, verb=Verb.SUBMIT, undone=False)
    last = rows.filter(submission=standing.run.submissions - 1).select_related("version").order_by("-pk").first()
    return last.version if last is not None else None


def _of_last_year(actor: Actor, sheet: Sheet) -> Sheet | None:
    of = {"project": sheet.project_id} if sheet.project_id is not None else {"unit": sheet.unit_id, "project": None}
    rows = Sheet.objects.restrict(actor, "sheet.view").filter(year=sheet.year - 1, kind=sheet.kind, **of)
    return rows.exclude(state=SheetState.VOID).first()


@dataclass(frozen=True)
class Beside:
    """What the sheet is held against: words of both columns, what differs."""

    old: str
    new: str
    groups: Sequence[Group]
    count: int


def beside(actor: Actor, one: OneSheet, what: str) -> Beside | None:
    """The sheet held against ``earlier`` (the 送审 before) or ``year`` (last year's); None where there is no such thing."""
    shown = one.shown
    if what == "earlier" and one.earlier is not None:
        before = replace(shown, version=one.earlier).plan
        now, old = shown.plan, f"上次送审 第{one.earlier.number}版"
    elif what == "year" and one.last_year is not None:
        before = sheet_shown(actor, one.last_year.year, one.last_year.pk).plan
        now, old = known_again(shown.plan, before), f"{one.last_year.year}年"
    else:
        return None
    found = differences(before, now)
    return Beside(old, f"现在 第{shown.version.number}版", groups(before, now, found), len(found))


def taken_back_from(actor: Actor, year: int, key: int) -> Decision | None:
    """What somebody decided last on a sheet, where they may still take it back; the service looks again."""
    rows = Decision.objects.restrict(actor, "sheet.view").filter(
        run__sheet=key, run__sheet__year=year, run__is_current=True, run__opener=None, undone=False
    )
    last = (
        rows.exclude(verb__in=(Verb.SKIP, Verb.REASSIGN, Verb.RELEASE))
        .select_related("run__sheet")
        .order_by("-pk")
        .first()
    )
    return last if last is not None and last.person == actor.id and last.verb in _UNDONE else None


def is_at_review(one: OneSheet) -> bool:
    """Whether it stands at a step at all."""
    return one.standing is not None and one.standing.run.phase in AT_REVIEW
