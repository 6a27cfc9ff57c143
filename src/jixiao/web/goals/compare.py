"""Two versions of a sheet held against each other 「差异」, cell by cell.

Values only. Things are the same by their ids (``documents.known_again`` gave the new version those of the one before), so a
row that moved is no difference and a row in between is one. Each difference has a key by which it is chosen.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from jixiao.domain.codec import plan_to_dict
from jixiao.domain.form import GOAL_SHEET_FIELDS, PLAN_FIELDS, FormField, Kind, field_at
from jixiao.domain.indicator import IndicatorClass, IndicatorKind
from jixiao.domain.plan import Plan
from jixiao.domain.pointer import at

Json = dict[str, Any]
_NO_VALUE = (Kind.ID, Kind.COUNT, Kind.STAGE)


@dataclass(frozen=True)
class Difference:
    """What differs between two versions of a sheet.

    ``kind`` is ``changed``, ``added`` or ``removed``; a row, goal or item that came or went is one difference. ``words`` say
    where, ``before`` and ``after`` what stood there (None: blank, or nothing). ``pointer`` leads into the new version, or
    into the old one for what was removed.
    """

    key: str
    kind: str
    words: str
    before: str | None
    after: str | None
    pointer: str


@dataclass(frozen=True)
class Leaf:
    """A value of a document: the id of what it belongs to, the path below that, where it stands, and itself."""

    owner: str
    below: str
    pointer: str
    value: Any
    field: FormField


def differences(old: Plan, new: Plan) -> list[Difference]:
    """What differs, in the order of the new version; what was removed comes last."""
    before, after = plan_to_dict(old), plan_to_dict(new)
    was, now = _as_typed(leaves(before), old), _as_typed(leaves(after), new)
    old_things, new_things = things(before), things(after)
    found: list[Difference] = []
    for key, leaf in (was | now).items():
        if leaf.owner not in old_things or leaf.owner not in new_things:
            continue
        values = [held[key].value if key in held else None for held in (was, now)]
        if values[0] != values[1]:
            pointer = new_things[leaf.owner].pointer + leaf.below
            words = place_words(after, pointer)
            texts = [printed(leaf.field, value) for value in values]
            found.append(Difference(key, "changed", words, texts[0], texts[1], pointer))
    found += _came(old_things, new_things, after, kind="added")
    found.sort(key=lambda one: _order(one.pointer))
    return [*found, *sorted(_came(new_things, old_things, before, kind="removed"), key=lambda one: _order(one.pointer))]


def _as_typed(found: dict[str, Leaf], plan: Plan) -> dict[str, Leaf]:
    """Values as their cells show them where what was typed could not be read."""
    typed = {p: place.text for p, place in plan.provenance.items() if place.text and not place.label}
    if not typed:
        return found
    return {key: replace(leaf, value=typed.get(leaf.pointer, leaf.value)) for key, leaf in found.items()}


# --- walking a document -----------------------------------------------------------------------------------


def leaves(document: Json) -> dict[str, Leaf]:
    """Every value by its key: the id of the narrowest thing that holds it, and the path below that."""
    return {f"{leaf.owner}|{leaf.below}": leaf for leaf in _walk(document, PLAN_FIELDS, "", "", "")}


def _walk(data: Json, fields: Collection[FormField], pointer: str, owner: str, below: str) -> Iterator[Leaf]:
    for one in fields:
        if one.kind in _NO_VALUE or one.name not in data:
            continue
        value, here, path = data[one.name], f"{pointer}/{one.name}", f"{below}/{one.name}"
        if one.kind is Kind.PARTS:
            for n, part in enumerate(value):
                yield from _walk(part, one.fields, f"{here}/{n}", part["id"], "")
        elif one.kind is Kind.GOALS:
            for n, (text, id_) in enumerate(zip(value, data[one.ids], strict=False)):
                yield Leaf(id_, "", f"{here}/{n}", text, one)
        elif one.kind is Kind.PART:
            if value is not None:
                yield from _walk(value, one.fields, here, owner, path)
        elif one.kind is Kind.TARGET:
            yield Leaf(owner, path, here, value["text"] if value else None, one)
        else:
            yield Leaf(owner, path, here, value, one)


@dataclass(frozen=True)
class Thing:
    """A thing with an id: the list it stands in, as the id of its owner and the field, where in it, and itself."""

    owner: str
    field: str
    pointer: str
    index: int
    value: Any


def things(document: Json) -> dict[str, Thing]:
    """Everything with an id, by id; the whole itself has none: ``""``."""
    found = {"": Thing("", "", "", 0, document)}
    found.update(_things_in(document, PLAN_FIELDS, "", ""))
    return found


def _things_in(data: Json, fields: Collection[FormField], pointer: str, owner: str) -> Iterator[tuple[str, Thing]]:
    for one in fields:
        value = data.get(one.name)
        here = f"{pointer}/{one.name}"
        if one.kind is Kind.PARTS:
            for n, part in enumerate(value or ()):
                yield part["id"], Thing(owner, one.name, f"{here}/{n}", n, part)
                yield from _things_in(part, one.fields, f"{here}/{n}", part["id"])
        elif one.kind is Kind.GOALS:
            for n, (text, id_) in enumerate(zip(value or (), data.get(one.ids) or (), strict=False)):
                yield id_, Thing(owner, one.name, f"{here}/{n}", n, text)


def _came(
    known: Mapping[str, Thing], things: Mapping[str, Thing], document: Json, *, kind: str
) -> Iterator[Difference]:
    """Things that are not among the known ones; what lies inside of one goes with it."""
    for id_, thing in things.items():
        if id_ in known or thing.owner not in known:
            continue
        words = _summary(thing)
        before, after = (None, words) if kind == "added" else (words, None)
        yield Difference(f"{kind}|{id_}", kind, place_words(document, thing.pointer), before, after, thing.pointer)


def _summary(thing: Thing) -> str:
    """A thing in one line."""
    if not isinstance(thing.value, dict):
        return str(thing.value)
    project = thing.value.get("project") or {}
    words = [project.get("name"), *(thing.value.get(name) for name in ("name", "heading", "by", "text"))]
    target = thing.value.get("target") or {}
    return " ".join(str(word) for word in (*words, target.get("text"), thing.value.get("percent")) if word)


_LEVELS: Mapping[Kind, Mapping[str, str]] = {
    Kind.CLASS: {one.value: one.label for one in IndicatorClass},
    Kind.KIND: {one.value: one.label for one in IndicatorKind},
}


def printed(field: FormField, value: Any) -> str | None:
    """A value of a document as people read it; None where it is blank."""
    return None if value in (None, "") else _LEVELS.get(field.kind, {}).get(str(value), str(value))


def place_words(document: Json, pointer: str) -> str:
    """Where a pointer leads in a document of one sheet: 「第 3 行“签约项目”的指标值」."""
    names = pointer.split("/")[1:]
    if names[:1] == ["goal_sheets"]:
        if len(names) == 2:
            return "整张表"
        if names[2] == "indicators" and len(names) > 3:
            row = document["goal_sheets"][int(names[1])]["indicators"][int(names[3])]
            name = " ".join(str(row["name"] or row["description"] or "").split())[:24]
            inner = field_at(at(*names[:5])) if len(names) > 4 else None
            return f"第 {int(names[3]) + 1} 行“{name}”" + (f"的{inner.label}" if inner else "")
    label = field.label if (field := field_at(pointer)) is not None else "内容"
    numbers = [int(name) + 1 for name in names if name.isdecimal()]
    own = numbers[1:] if names[:1] == ["goal_sheets"] else numbers
    return f"{label}第 {own[-1]} 项" if own else label


_NAMES = {one.name: n for n, one in enumerate((*PLAN_FIELDS, *GOAL_SHEET_FIELDS))}


def _order(pointer: str) -> tuple[int, ...]:
    return tuple(int(name) if name.isdecimal() else _NAMES.get(name, 0) for name in pointer.split("/")[1:])
