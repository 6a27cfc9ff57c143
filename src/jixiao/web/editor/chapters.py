"""The history of a draft 「谁改了哪里」: the versions of a sheet, and folded into each the operations that led to it.

Counted where they are stored and listed by pages: a sheet that was written in for months is shown as quickly as a new one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery

from jixiao.web.editor.models import Operation, Outcome
from jixiao.web.goals.models import Sheet, SheetVersion
from jixiao.web.kernel.acts import NotThere
from jixiao.web.kernel.keyset import Rows, page_of
from jixiao.web.kernel.people import Actor

OPEN = 0
"""The number by which what no version has yet is asked for"""


@dataclass(frozen=True)
class Chapter:
    """A version of a sheet (None: what no version has yet) with how often each person changed something for it, the most first."""

    version: SheetVersion | None
    people: Sequence[tuple[str, int]]

    @property
    def number(self) -> int:
        return self.version.number if self.version is not None else OPEN

    @property
    def count(self) -> int:
        return sum(n for _, n in self.people)


def chapters(actor: Actor, sheet: Sheet) -> list[Chapter]:
    """The history of a sheet, the newest first; two queries, however much was written."""
    versions = SheetVersion.objects.restrict(actor, "sheet.view").filter(sheet=sheet).defer("document", "findings")
    people: dict[int, list[tuple[str, int]]] = {}
    counted = _operations(actor, sheet).values("led_to", "made_by").annotate(n=Count("pk"))
    for number, who, n in counted.order_by("-n", "made_by").values_list("led_to", "made_by", "n"):
        people.setdefault(number or OPEN, []).append((who, n))
    found = [Chapter(None, people[OPEN])] if OPEN in people else []
    listed = versions.select_related("fixed").order_by("-number")
    return found + [Chapter(one, people.get(one.number, ())) for one in listed]


def operations(actor: Actor, sheet: Sheet, number: int, after: str = "") -> Rows[Operation]:
    """A page of what was changed for a version, the latest first. Raises NotThere where there is no such version."""
    versions = SheetVersion.objects.restrict(actor, "sheet.view").filter(sheet=sheet, number=number)
    if number != OPEN and not versions.exists():
        raise NotThere("这张表没有这一版")
    rows = _operations(actor, sheet)
    own = rows.filter(led_to=None) if number == OPEN else rows.filter(led_to=number)
    return page_of(own, ["-revision"], after)


def _operations(actor: Actor, sheet: Sheet) -> QuerySet[Any]:
    """What was saved, each with the number of the first version after it (``led_to``)."""
    rows = Operation.objects.restrict(actor, "sheet.view").filter(sheet=sheet, outcome=Outcome.SAVED)
    later = SheetVersion.objects.unrestricted("of a sheet that was asked for").filter(sheet=sheet)
    later = later.filter(made_at__gte=OuterRef("made_at")).order_by("number")
    return rows.annotate(led_to=Subquery(later.values("number")[:1]))
