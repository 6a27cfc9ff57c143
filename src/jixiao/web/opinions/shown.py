"""Opinions on a sheet for a page: its check-list, comments with their threads, and what the reader of the page may do with them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from django.urls import reverse

from jixiao.domain.finding import Finding
from jixiao.domain.identity import anchor, pointers
from jixiao.domain.plan import Plan
from jixiao.domain.pointer import ancestors
from jixiao.web.goals.form_view import Form, Remark
from jixiao.web.goals.models import WRITABLE, Sheet, SheetState
from jixiao.web.goals.parts import Part, beside_sheets
from jixiao.web.goals.selectors import Shown
from jixiao.web.kernel.people import Actor
from jixiao.web.opinions.checklist import Answer, Standing
from jixiao.web.opinions.selectors import Checklist, Thread, checklist, seen_alone, threads
from jixiao.writers.places import Places

AddressOf = Callable[[str, str], str]
"""Of a thing and a cell: where on the page that stands (``#…``), empty where it does not"""


@dataclass(frozen=True)
class ShownPoint:
    """A point as a page shows it; ``address`` leads to its cell."""

    standing: Standing
    address: str
    may_explain: bool
    may_judge: bool


@dataclass(frozen=True)
class ShownThread:
    """A thread of comments as a page shows it."""

    thread: Thread
    address: str
    may_answer: bool
    may_close: bool


@dataclass(frozen=True)
class Writable:
    """A place a comment can be made on: as forms name it, in words, the id of its cell on the page."""

    at: str
    words: str
    cell: str


@dataclass(frozen=True)
class Opinions:
    """What templates ``opinions/*.html`` are drawn with. ``back`` is the page one comes back to, ``version`` the one that the points
    were held against (0: what the sheet says now); ``cells`` are the places a comment can be made on."""

    sheet: Sheet
    checklist: Checklist
    last: Sequence[ShownPoint]
    earlier: Sequence[ShownPoint]
    threads: Sequence[ShownThread]
    back: str
    may_explain: bool
    may_comment: bool
    version: int = 0
    cells: Sequence[Writable] = ()
    explained: Sequence[ShownPoint] = field(default_factory=list)

    @property
    def open_threads(self) -> int:
        return sum(one.thread.is_open for one in self.threads)


def opinions_of(
    actor: Actor,
    sheet: Sheet,
    found: Checklist,
    *,
    back: str,
    address_of: AddressOf = lambda _thing, _cell: "",
    version: int = 0,
    cells: Sequence[Writable] = (),
) -> Opinions:
    """The opinions on a sheet (that was asked for) for somebody. Four queries besides those of the check-list."""
    may_review = _may(actor, "sheet.review", sheet) and sheet.state not in (SheetState.APPROVED, SheetState.VOID)
    may_comment = _may(actor, "sheet.comment", sheet) and sheet.state != SheetState.VOID
    may_explain = sheet.state in WRITABLE and _may(actor, "sheet.edit", sheet)

    def point(one: Standing) -> ShownPoint:
        explains = may_explain and one.answer is not Answer.CHANGED
        return ShownPoint(one, address_of(one.point.thing, one.point.cell), explains, may_review and one.waits)

    def thread(one: Thread) -> ShownThread:
        address = address_of(one.first.thing, one.first.cell)
        closes = may_comment and one.is_open and (may_review or one.first.person == actor.id)
        return ShownThread(one, address, may_comment and one.is_open, closes)

    return Opinions(
        sheet,
        found,
        [point(one) for one in found.last],
        [point(one) for one in found.earlier],
        [thread(one) for one in threads(actor, sheet)],
        back,
        may_explain,
        may_comment,
        version,
        cells,
        [point(one) for one in found.explained],
    )


def _may(actor: Actor, action: str, sheet: Sheet) -> bool:
    return actor.may(action) and Sheet.objects.restrict(actor, action).filter(pk=sheet.pk).exists()


# --- on the page of a version -----------------------------------------------------------------------------


@beside_sheets
def beside_version(actor: Actor, shown: Shown, form: Form) -> Part:
    """Opinions beside a version of a sheet, as its form prints it."""
    plan, sheet = shown.plan, shown.sheet
    drawn = {cell.pointer: "" for cell in form.cells()}
    is_now = shown.version.number == sheet.version
    found = opinions_of(
        actor,
        sheet,
        checklist(actor, sheet, plan, _findings(shown), sees=_sees(shown)),
        back=reverse("sheet", args=[sheet.year, sheet.pk]),
        address_of=addresses(plan, drawn),
        version=shown.version.number,
        cells=_places(plan, drawn) if is_now and actor.may("sheet.comment") else (),
    )
    opens = bool(found.last) or found.open_threads > 0
    return Part("opinions/beside_version.html", found, remarks(found), opens)


def _sees(shown: Shown) -> Callable[[str], bool]:
    """A version made on the page was reviewed among the other sheets, one out of a file beside what else is in the file only."""
    return seen_alone if shown.version.source_id is not None else lambda _rule: True


def _findings(shown: Shown) -> Sequence[Finding]:
    return shown.review.findings


def addresses(plan: Plan, drawn: Mapping[str, str]) -> AddressOf:
    """Where cells of a form stand on the page that draws it; a row stands where its name does."""
    known = pointers(plan)

    def address(thing: str, cell: str) -> str:
        pointer = known.get(thing)
        if pointer is None or not (thing or cell):
            return ""
        whole = pointer + cell
        for place in (*ancestors(whole), f"{whole}/name"):
            if place and place in drawn:
                return f"#at{place}"
        return ""

    return address


def remarks(found: Opinions) -> dict[str, list[Remark]]:
    """Open comments at the cells of a form, by pointer."""
    made: dict[str, list[Remark]] = {}
    for one in found.threads:
        if one.thread.is_open and one.address:
            made.setdefault(one.address.removeprefix("#at"), []).append(Remark(f"#t{one.thread.first.pk}", "批注"))
    return made


def _places(plan: Plan, drawn: Mapping[str, str]) -> list[Writable]:
    places = Places(plan)
    found = []
    for pointer in drawn:
        at = anchor(plan, pointer)
        found.append(Writable(f"{at.id}{at.below}", places.of(pointer).words, f"at{pointer}"))
    return found
