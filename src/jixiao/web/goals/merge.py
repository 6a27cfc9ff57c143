"""A version put together from two 「逐格采用」: the new one with some of its differences, elsewhere what stood before. Values only."""

from __future__ import annotations

import copy
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from jixiao.domain.codec import plan_from_dict, plan_to_dict
from jixiao.domain.codec.fields import target_to_dict
from jixiao.domain.form import PLAN_FIELDS, FormField, Kind, field_at
from jixiao.domain.identity import anchor, place_of, pointers
from jixiao.domain.plan import Plan
from jixiao.domain.pointer import ancestors
from jixiao.domain.target import MISSING
from jixiao.domain.target_grammar import parse_target
from jixiao.web.goals.compare import Difference, Json, Thing, differences, leaves, things

KEPT = "kept.before"
"""Code of the note on a value that was kept from the version before"""


def merged(old: Plan, new: Plan, chosen: Collection[str]) -> Plan:
    """The new version with only the ``chosen`` of its differences (by key); elsewhere what stood before, which a note says.

    Places are those of the new file; a value kept from before has none there. With all differences chosen it is ``new``,
    with none it says what ``old`` says.
    """
    before, made = plan_to_dict(old), plan_to_dict(new)
    found = differences(old, new)
    was = leaves(before)
    for one in found:
        if one.kind == "changed" and one.key not in chosen:
            _put(made, one.pointer, was[one.key].value if one.key in was else None)
            _forget(made, one)
    kept = {one.key for one in found if one.kind == "changed" and one.key not in chosen}
    return _with_typed(old, new, plan_from_dict(_with_things(before, made, found, chosen)), kept)


def _with_typed(old: Plan, new: Plan, made: Plan, kept: Collection[str]) -> Plan:
    """``made`` with the words of ``old`` that were typed and are no value, in cells and things that were kept from it: they stand beside
    the document's values and go where these go."""
    known = pointers(new)
    places = {}
    for pointer, place in old.provenance.items():
        if not place.text or place.label:
            continue
        at = anchor(old, pointer)
        own = any(f"{at.id}|{below}" in kept for below in ("", *ancestors(at.below)))
        if (own or at.id not in known) and (here := place_of(made, at)) is not None:
            places[here] = (place, pointer)
    if not places:
        return made
    notes = tuple(replace(n, pointer=here) for here, (_, was) in places.items() for n in old.notes if n.pointer == was)
    return replace(
        made,
        provenance={**made.provenance, **{here: place for here, (place, _) in places.items()}},
        notes=(*made.notes, *notes),
    )


def _put(document: Json, pointer: str, value: Any) -> None:
    """Set the value at a pointer; a value with its sign and unit is read again from its words."""
    *way, last = pointer.split("/")[1:]
    found: Any = document
    here = ""
    for name in way:
        here = f"{here}/{name}"
        if isinstance(found, list):
            found = found[int(name)]
            continue
        if found[name] is None:  # a part that the new version does not have at all
            part = field_at(here)
            found[name] = {one.name: None for one in part.fields} if part is not None else {}
        found = found[name]
    field = field_at(pointer)
    if field is not None and field.kind is Kind.TARGET and (value is not None or field.needed):
        value = target_to_dict(parse_target(value).target if value else MISSING)
    if isinstance(found, list):
        found[int(last)] = value
    else:
        found[last] = value


def _forget(document: Json, one: Difference) -> None:
    """Where a value from before stands, the new file says nothing of its place; what it says instead is a note."""
    for place in [p for p in document["provenance"] if p == one.pointer or p.startswith(f"{one.pointer}/")]:
        del document["provenance"][place]
    document["notes"] = [n for n in document["notes"] if n["pointer"] not in (one.pointer, f"{one.pointer}/text")]
    message = f"保留了上一版的“{one.before or '空白'}”，新文件写的是“{one.after or '空白'}”。"
    document["notes"].append({"code": KEPT, "pointer": one.pointer, "message": message, "confidence": 1.0})


def _with_things(old: Json, new: Json, found: Collection[Difference], chosen: Collection[str]) -> Json:
    """``new`` without the things it has too many and with those of ``old`` it lacks, unless those are chosen."""
    left_out = {one.key.partition("|")[2] for one in found if one.kind == "added" and one.key not in chosen}
    kept = {one.key.partition("|")[2] for one in found if one.kind == "removed" and one.key not in chosen}
    if not left_out and not kept:
        return new
    stood = {thing.pointer: id_ for id_, thing in things(new).items() if id_}
    _Lists({id_: thing for id_, thing in things(old).items() if id_ in kept}, left_out).edit(new, PLAN_FIELDS, "")
    new["goal_sheets"] = [one | {"sequence": n} for n, one in enumerate(new["goal_sheets"], 1)]
    return _re_anchored(new, stood)


@dataclass(frozen=True)
class _Lists:
    """Lists of things to be edited in place: ``back`` are put back where they stood, by id, ``out`` are taken out."""

    back: Mapping[str, Thing]
    out: Collection[str]

    def edit(self, data: Json, fields: Collection[FormField], owner: str) -> None:
        for one in fields:
            if one.kind not in (Kind.PARTS, Kind.GOALS) or data.get(one.name) is None:
                continue
            items = self._items(data, one)
            back = [(i, t) for i, t in self.back.items() if (t.owner, t.field) == (owner, one.name)]
            for id_, thing in sorted(back, key=lambda pair: pair[1].index):
                items.insert(min(thing.index, len(items)), (id_, copy.deepcopy(thing.value)))
            data[one.name] = [value for _, value in items]
            if one.kind is Kind.GOALS:
                data[one.ids] = [id_ for id_, _ in items]

    def _items(self, data: Json, one: FormField) -> list[tuple[str, Any]]:
        """What is left of a list, each thing with its id; what is inside of things is edited first."""
        if one.kind is Kind.GOALS:
            return [(i, t) for i, t in zip(data[one.ids], data[one.name], strict=True) if i not in self.out]
        parts = [part for part in data[one.name] if part["id"] not in self.out]
        for part in parts:
            self.edit(part, one.fields, part["id"])
        return [(part["id"], part) for part in parts]


def _re_anchored(document: Json, stood: Mapping[str, str]) -> Json:
    """Places and notes moved with what they are about; ``stood`` are the ids by where things stood."""
    now = {id_: thing.pointer for id_, thing in things(document).items()}

    def moved(pointer: str) -> str | None:
        for place in ancestors(pointer):
            if place in stood:
                here = now.get(stood[place])
                return None if here is None else here + pointer[len(place) :]
        return pointer

    places = {new: place for old, place in document["provenance"].items() if (new := moved(old)) is not None}
    notes = [n | {"pointer": new} for n in document["notes"] if (new := moved(n["pointer"])) is not None]
    return document | {"provenance": places, "notes": notes}
