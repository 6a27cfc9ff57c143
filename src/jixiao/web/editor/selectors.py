"""What of drafts is shown to whom: what a sheet says now, what others did to it, who has it open, how it stands beside others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db.models import F
from django.utils import timezone

from jixiao.domain.cells import cell_text
from jixiao.domain.finding import Review, Severity
from jixiao.domain.form import INDICATOR_FIELDS
from jixiao.domain.identity import things
from jixiao.domain.plan import Plan
from jixiao.layouts import Layout, layout_of, usual
from jixiao.parameters import rulesets
from jixiao.web.editor.besides import joined
from jixiao.web.editor.models import Begun, Draft, Operation, Outcome, Presence
from jixiao.web.goals.contents import reviewed
from jixiao.web.goals.documents import as_plan, known_again, review_of_part_one, review_of_sheet, together
from jixiao.web.goals.models import WRITABLE, Sheet, SheetKind, SheetState, SheetVersion
from jixiao.web.kernel import clock
from jixiao.web.kernel.acts import NotThere
from jixiao.web.kernel.people import Actor
from jixiao.web.organisations.models import FiscalYear

GONE_AFTER = timedelta(seconds=45)
"""A page that said nothing for so long is closed"""


@dataclass(frozen=True)
class Written:
    """A sheet as it stands while it is written: its draft, where it has one, else its current version."""

    sheet: Sheet
    version: SheetVersion
    draft: Draft | None
    plan: Plan

    @property
    def revision(self) -> int:
        return self.draft.revision if self.draft is not None else 0

    @property
    def is_writable(self) -> bool:
        return self.sheet.state in WRITABLE


def sheet_written(actor: Actor, year: int, key: int, right: str = "sheet.edit") -> Sheet:
    """A sheet of a year that somebody may write in. Raises NotThere."""
    rows = Sheet.objects.restrict(actor, right).select_related("unit__department", "project")
    sheet = rows.filter(pk=key, year=year).first()
    if sheet is None:
        raise NotThere
    return sheet


def written(actor: Actor, year: int, key: int, right: str = "sheet.edit") -> Written:
    """A sheet of a year as it stands. Raises NotThere."""
    sheet = sheet_written(actor, year, key, right)
    version = SheetVersion.objects.restrict(actor, "sheet.view").filter(sheet=sheet, number=sheet.version).first()
    if version is None:
        raise NotThere("这张表还没有内容")
    draft = Draft.objects.restrict(actor, right).filter(sheet=sheet).first()
    return Written(sheet, version, draft, as_plan(draft.document if draft is not None else version.document))


def ruleset_of(actor: Actor, sheet: Sheet) -> str:
    """The ruleset that the year of a sheet names; empty where it names none."""
    years = FiscalYear.objects.restrict(actor, "year.view").filter(year=sheet.year, region=sheet.unit.region_id)
    return years.values_list("ruleset", flat=True).first() or ""


def layout_of_sheet(actor: Actor, sheet: Sheet) -> Layout:
    """How the form of a sheet is printed: as the ruleset of its year has it, the usual way where it names none there is."""
    return layout_by(ruleset_of(actor, sheet))


def layout_by(ruleset: str) -> Layout:
    """The layout of a ruleset, the usual one where there is no ruleset of that name."""
    return layout_of(ruleset) if ruleset in rulesets() else usual()


def review_alone(actor: Actor, sheet: Sheet, plan: Plan) -> Review:
    """What the rules say of a sheet held against nothing else."""
    return reviewed(plan, ruleset_of(actor, sheet), clock.today())


def review_beside(actor: Actor, sheet: Sheet, plan: Plan) -> Review:
    """What they say of it among all sheets of its department and year, as they stand now: what the review of the whole text says."""
    return reviews_beside(actor, [sheet], {sheet.pk: plan})[sheet.pk]


def reviews_beside(actor: Actor, sheets: Sequence[Sheet], plans: Mapping[int, Plan]) -> dict[int, Review]:
    """The same of some sheets of one department and year, by key: one review. ``plans`` is what they say, by key."""
    one = sheets[0]
    rows = Sheet.objects.restrict(actor, "sheet.view").exclude(state=SheetState.VOID).exclude(pk__in=plans)
    rows = rows.filter(year=one.year, unit__department=one.unit.department_id, kind__in=_OF_SET)
    others = list(rows)
    now = {**standing(actor, others), **plans}
    everything = sorted([*others, *sheets], key=lambda one: (one.kind != SheetKind.DEPARTMENT_WIDE, one.pk))
    listed = [(one, now[one.pk]) for one in everything if one.kind != SheetKind.PART_ONE and one.pk in now]
    part_one = next((now[one.pk] for one in everything if one.kind == SheetKind.PART_ONE and one.pk in now), None)
    review = reviewed(together(part_one, [found for _, found in listed]), ruleset_of(actor, one), clock.today())
    found = {one.pk: review_of_sheet(review, n) for n, (one, _) in enumerate(listed) if one.pk in plans}
    found |= {one.pk: review_of_part_one(review) for one in sheets if one.kind == SheetKind.PART_ONE}
    return joined(actor, sheets, plans, found)


_OF_SET = (SheetKind.PART_ONE, SheetKind.DEPARTMENT_WIDE, SheetKind.GOAL)


def standing(actor: Actor, sheets: Sequence[Sheet]) -> dict[int, Plan]:
    """What sheets say now, by key: their drafts, where they have one, else their current versions. Two queries."""
    keys = [one.pk for one in sheets]
    drafts = Draft.objects.restrict(actor, "sheet.view").filter(sheet__in=keys)
    found = dict(drafts.values_list("sheet", "document"))
    versions = SheetVersion.objects.restrict(actor, "sheet.view").filter(number=F("sheet__version"))
    rest = versions.filter(sheet__in=[key for key in keys if key not in found])
    return {key: as_plan(document) for key, document in (found | dict(rest.values_list("sheet", "document"))).items()}


COUNTS = ("errors", "warnings", "advice")
"""Findings by severity, as sheets and drafts keep them"""


def counts_of(review: Review) -> dict[str, int]:
    """Findings by these names."""
    return {name: review.count(severity) for name, severity in zip(COUNTS, Severity, strict=True)}


def note_counts(sheet: Sheet, revision: int, review: Review) -> None:
    """Keep how many findings a draft has, for lists; nothing where it has gone on since."""
    rows = Draft.objects.unrestricted("of a sheet that was just written").filter(sheet=sheet, revision=revision)
    rows.update(counted=revision, **counts_of(review))


# --- beside the cells -------------------------------------------------------------------------------------


def last_year(actor: Actor, sheet: Sheet, plan: Plan) -> dict[str, dict[str, str]]:
    """What stood in the rows of a sheet a year ago, by row id and cell, with what became of it (``/actual``)."""
    of = {"project": sheet.project_id} if sheet.project_id else {"project": None, "unit": sheet.unit_id}
    rows = Sheet.objects.restrict(actor, "sheet.view").exclude(state=SheetState.VOID).filter(year=sheet.year - 1, **of)
    before = list(rows.filter(kind__in=(sheet.kind, SheetKind.SELF_EVALUATION)).order_by("kind"))
    if not before:
        return {}
    now = standing(actor, before)
    copies = _copies(sheet)
    found: dict[str, dict[str, str]] = {}
    for one in (now[row.pk] for row in before if row.pk in now):
        if not one.goal_sheets:
            continue
        known = known_again(one, plan)
        for (place, new), (_, old) in zip(things(known), things(one), strict=True):
            if "/indicators/" in place:
                cells = {f"/{f.name}": cell_text(known, f"{place}/{f.name}") or "" for f in INDICATOR_FIELDS[1:]}
                own = {below: text for below, text in cells.items() if text}
                found.setdefault(copies.get(old, new), {}).update(own)
    return found


def _copies(sheet: Sheet) -> dict[str, str]:
    """What became of the things of last year's sheet that this one was started from: their ids then → now."""
    rows = Begun.objects.unrestricted("of a sheet that was asked for").filter(sheet=sheet, way=Begun.Way.LAST_YEAR)
    mapped = rows.values_list("things", flat=True).first() or {}
    return {old: new for new, old in mapped.items()}


@dataclass(frozen=True)
class Copied:
    """What of a sheet is still as it was copied: ``way`` in words; by thing and pointer below it the words."""

    way: str = ""
    cells: Mapping[tuple[str, str], str] = field(default_factory=dict)


def copied(sheet: Sheet) -> Copied:
    """The cells of a sheet (that was asked for) which nobody has written in since it was started from another, be it the same
    words (照旧)."""
    begun = Begun.objects.unrestricted("of a sheet that was asked for").filter(sheet=sheet).first()
    if begun is None or not begun.cells:
        return Copied()
    rows = Operation.objects.unrestricted("of a sheet that was asked for").filter(sheet=sheet, outcome=Outcome.SAVED)
    written = set(rows.filter(kind=Operation.Kind.PUT).values_list("thing", "cell"))
    left = {
        (thing, below): text
        for thing, cells in begun.cells.items()
        for below, text in cells.items()
        if not any(one == thing and (cell == below or cell.startswith(f"{below}/")) for one, cell in written)
    }
    return Copied(str(Begun.Way(begun.way).label), left)


@dataclass(frozen=True)
class Other:
    """What another page did: who, when, where, the words."""

    operation: Operation

    def as_data(self) -> Mapping[str, Any]:
        one = self.operation
        at = f"{timezone.localtime(one.made_at):%H:%M}"
        return {
            "revision": one.revision, "kind": one.kind, "thing": one.thing, "cell": one.cell, "text": one.after,
            "who": one.made_by, "time": at,
        }  # fmt: skip


def others_since(sheet: Sheet, client: str, seen: int) -> Sequence[Other]:
    """What other pages did to a sheet (that was asked for) since a revision."""
    rows = Operation.objects.unrestricted("of a sheet that was asked for").filter(sheet=sheet, revision__gt=seen)
    return [Other(one) for one in rows.filter(outcome=Outcome.SAVED).exclude(client=client).order_by("revision")[:500]]


def here(actor: Actor, sheet: Sheet, client: str, thing: str, cell: str) -> list[dict[str, str]]:
    """Say that a page is open and where its user stands; returns who else has the sheet open, the latest first."""
    rows = Presence.objects.unrestricted("who has a sheet open that was asked for").filter(sheet=sheet)
    now = clock.now()
    told = {"person": actor.id or 0, "name": actor.name, "thing": thing, "cell": cell, "seen_at": now}
    if not rows.filter(client=client).update(**told):
        rows.filter(seen_at__lt=now - GONE_AFTER).delete()
        Presence.objects.bulk_create([Presence(sheet=sheet, client=client, **told)], ignore_conflicts=True)
    present = rows.exclude(client=client).filter(seen_at__gte=now - GONE_AFTER).order_by("-seen_at")
    return [
        {"name": one.name, "thing": one.thing, "cell": one.cell, "me": str(one.person == actor.id)} for one in present
    ]


def aside(actor: Actor, sheet: Sheet) -> list[Operation]:
    """What arrived after a sheet was handed in, and was kept aside; the latest first."""
    rows = Operation.objects.restrict(actor, "sheet.edit").filter(sheet=sheet, outcome=Outcome.ASIDE)
    return list(rows.order_by("-made_at", "-pk")[:200])
