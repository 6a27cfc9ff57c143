"""A sheet that came in again, against the version that the pool has of it: what differs, as a page offers it to be taken."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from jixiao.domain.codec import plan_to_dict
from jixiao.domain.note import Note
from jixiao.domain.plan import Plan
from jixiao.web.goals.compare import Difference, differences, leaves
from jixiao.web.goals.documents import as_plan, known_again, one_sheet, part_one
from jixiao.web.goals.merge import KEPT
from jixiao.web.goals.models import SheetVersion
from jixiao.web.goals.side_by_side import Group, Line, groups
from jixiao.web.intake.acceptance import current_version
from jixiao.web.intake.corrections import CORRECTED, corrected
from jixiao.web.intake.doubts import matters
from jixiao.web.intake.models import IncomingSheet
from jixiao.web.intake.places import address_of
from jixiao.web.kernel.acts import NotThere
from jixiao.web.kernel.people import Actor

_BY_HAND: Mapping[str, str] = {CORRECTED: "人工改过", KEPT: "上次定为保留库里的值"}
"""By the code of the note that such a value carries"""


@dataclass(frozen=True)
class Corrected:
    """A sheet that came in again: against the version that the pool has of it. ``groups`` are the differences as they are
    offered; ``by_hand`` counts those that would undo what a person put right, ``doubted`` those to be looked at first.
    """

    row: IncomingSheet
    before: SheetVersion
    old: Plan
    new: Plan
    differences: list[Difference]
    groups: list[Group]

    @property
    def by_hand(self) -> int:
        """How many differences would undo what a person put right."""
        return sum(line.is_off for line in self._lines())

    @property
    def doubted(self) -> int:
        """How many have to be looked at before they are taken."""
        return sum(bool(line.doubt) for line in self._lines())

    def _lines(self) -> list[Line]:
        return [line for group in self.groups for part in group.parts for line in part.lines]


def against_pool(actor: Actor, key: int) -> Corrected:
    """How a sheet that came in differs from its version in the pool. Raises NotThere where there is none."""
    row = (
        IncomingSheet.objects.restrict(actor, "intake.view")
        .select_related("file__replaces", "file__batch", "unit")
        .filter(pk=key)
        .first()
    )
    if row is None or row.file.document is None:
        raise NotThere
    before = current_version(actor, row)
    if before is None:
        raise NotThere("库里还没有这张表，没有可比的")
    sheets = IncomingSheet.objects.restrict(actor, "intake.view").filter(file=row.file_id)
    made = {p: one for found in sheets.values_list("corrections", flat=True) for p, one in found.items()}
    plan = corrected(as_plan(row.file.document), made)
    old = as_plan(before.document)
    new = known_again(part_one(plan) if row.index is None else one_sheet(plan, row.index), old)
    found = differences(old, new)
    return Corrected(row, before, old, new, found, _offered(groups(old, new, found), row, old, found))


def _offered(shown: list[Group], row: IncomingSheet, old: Plan, found: list[Difference]) -> list[Group]:
    doubts = {str(one["pointer"]): str(one["words"]) for one in row.doubts if one["pointer"] not in row.looked_at}
    stood = {key: leaf.pointer for key, leaf in leaves(plan_to_dict(old)).items()}
    by_key = {one.key: one for one in found}
    decided = [note for note in old.notes if note.code in _BY_HAND]

    def line(one: Line) -> Line:
        difference = by_key[one.key]
        place = next((p for p in doubts if matters(p, row.index, [difference], is_whole=False)), None)
        note = _decided(decided, stood.get(one.key, one.pointer if one.kind == "removed" else ""))
        made = replace(one, is_off=note is not None, why_off=_why(note) if note is not None else "")
        if place is None:
            return made
        address = address_of(row.file.batch.year or row.year or 0, row.file_id, row.pk, pointer=place)
        return replace(made, doubt=f"没有核对：{doubts[place]}", address=address)

    return [
        replace(group, parts=tuple(replace(part, lines=tuple(map(line, part.lines))) for part in group.parts))
        for group in shown
    ]


def _decided(decided: list[Note], pointer: str) -> Note | None:
    """The note of what a person decided about a value of the pool, or about something in it."""
    return next((note for note in decided if pointer and f"{note.pointer}/".startswith(f"{pointer}/")), None)


def _why(note: Note) -> str:
    return f"{_BY_HAND[note.code]}：{note.message}"
