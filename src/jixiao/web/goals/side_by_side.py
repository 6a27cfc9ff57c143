"""Two versions of a sheet side by side, for a page: what differs with the words that changed, what does not for folding.

Values only. Differences stand in groups in the order of the form, those of a row of indicators under the row; what is the
same in both is listed by its labels. Money is written with its unit, and by how much it changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from difflib import SequenceMatcher
from typing import Any

from jixiao.domain.codec import plan_to_dict
from jixiao.domain.form import GOAL_SHEET_FIELDS, PLAN_FIELDS, Kind, field_at
from jixiao.domain.indicator import IndicatorKind
from jixiao.domain.plan import Plan
from jixiao.web.goals.compare import Difference, Json, Leaf, Thing, leaves, place_words, printed, things

_TOKEN = re.compile(r"\d[\d,]*(?:\.\d+)?|[A-Za-z]+|\s+|.", re.DOTALL)
_LIKE = 0.35
"""Share of common words below which two texts are shown whole: marking crumbs says less"""
_MONEY = ("budget", "currency_unit", "disbursement_plan", "execution")
_INDICATORS = "indicators"
_LABELS: Mapping[str, str] = {one.name: one.label for one in (*PLAN_FIELDS, *GOAL_SHEET_FIELDS)}


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a value, and whether they are among those that changed."""

    text: str
    is_changed: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A difference on a page. ``change`` says by how much money changed; ``words`` where it is, in full.

    What a page that offers a choice adds: ``is_off`` (not taken unless asked for), ``why_off``, ``doubt`` (what has to be
    looked at first) and the ``address`` where.
    """

    key: str
    kind: str
    label: str
    words: str
    before: tuple[Piece, ...]
    after: tuple[Piece, ...]
    is_number: bool = False
    change: str = ""
    pointer: str = ""
    is_off: bool = False
    why_off: str = ""
    doubt: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """Differences that belong together: of a row of indicators, whose words are ``title``, or of no one row ("")."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """A part of the form: its differences, and what is the same in both, as (label, words)."""

    title: str
    parts: tuple[Part, ...]
    same: tuple[tuple[str, str], ...]

    @property
    def count(self) -> int:
        """How many differences there are."""
        return sum(len(part.lines) for part in self.parts)


def groups(old: Plan, new: Plan, found: Sequence[Difference]) -> list[Group]:
    """The differences ``found`` between two versions, in groups, with what is the same."""
    before, after = plan_to_dict(old), plan_to_dict(new)
    sides = _Sides(before, after, leaves(before), leaves(after))
    held: dict[str, dict[str, list[Line]]] = {}
    for one in found:
        document = before if one.kind == "removed" else after
        held.setdefault(_group_of(one.pointer), {}).setdefault(_row_words(document, one), []).append(sides.line(one))
    same: dict[str, list[tuple[str, str]]] = {}
    for title, label, words in sides.same({one.key for one in found}):
        same.setdefault(title, []).append((label, words))
    order = sorted({*held, *same}, key=lambda title: _ORDER.get(title, len(_ORDER)))
    return [
        Group(
            title,
            tuple(Part(words, tuple(lines)) for words, lines in held.get(title, {}).items()),
            tuple(same.get(title, ())),
        )
        for title in order
    ]


_ORDER = {title: n for n, title in enumerate(("表头", "资金", *_LABELS.values()))}


def _group_of(pointer: str) -> str:
    names = pointer.split("/")[1:]
    own = names[2:] if names[:1] == ["goal_sheets"] else names
    name = own[0] if own else ""
    if name in _MONEY:
        return "资金"
    field = next((one for one in (*GOAL_SHEET_FIELDS, *PLAN_FIELDS) if one.name == name), None)
    return field.label if field is not None and field.kind in (Kind.PARTS, Kind.GOALS) else "表头"


def _row_words(document: Json, one: Difference) -> str:
    """The row of indicators that a changed value stands in, in its own words; "" for what is a row itself, or in none."""
    names = one.pointer.split("/")[1:]
    if one.kind != "changed" or names[2:3] != [_INDICATORS] or len(names) < 5:
        return ""
    return _named(document["goal_sheets"][int(names[1])][_INDICATORS][int(names[3])], int(names[3]))


def _named(row: Json, n: int) -> str:
    target = (row.get("target") or {}).get("text")
    level = IndicatorKind(row["kind"]).label if row.get("kind") else ""
    words = [level, row.get("name") or row.get("description"), target]
    return f"第{n + 1}行 " + " ".join(" ".join(str(word).split()) for word in words if word)


@dataclass(frozen=True, slots=True)
class _Sides:
    before: Json
    after: Json
    was: Mapping[str, Leaf]
    now: Mapping[str, Leaf]

    def line(self, one: Difference) -> Line:
        """A difference as it is shown."""
        field = field_at(one.pointer)
        in_row = "/indicators/" in one.pointer and one.kind == "changed"
        label = field.label if field is not None and (in_row or one.kind == "changed") else one.words
        if one.kind != "changed":
            label = one.words.split("“")[0].strip() or one.words
        elif not in_row and one.pointer.rsplit("/", 1)[-1].isdecimal():
            label = one.words
        unit_before, unit_after = _unit(self.before, one.pointer), _unit(self.after, one.pointer)
        is_money = field is not None and field.kind is Kind.AMOUNT and one.kind == "changed"
        texts = (one.before, one.after)
        if is_money:
            texts = (_money(one.before, unit_before), _money(one.after, unit_after))
        before, after = marked(*texts) if one.kind == "changed" else tuple(_whole(text) for text in texts)
        change = _change(one.before, one.after, unit_after) if is_money and unit_before == unit_after else ""
        is_number = field is not None and field.kind.is_number and one.kind == "changed"
        return Line(one.key, one.kind, label, one.words, before, after, is_number, change, one.pointer)

    def same(self, changed: set[str]) -> Iterator[tuple[str, str, str]]:
        """(group, label, words) of what both say alike: rows of indicators as rows, everything else by its label."""
        old, new = things(self.before), things(self.after)
        other = {self.now[key].owner for key in changed if key in self.now}
        rows = {id_: thing for id_, thing in new.items() if thing.field == _INDICATORS and id_ in old}
        for id_, thing in rows.items():
            if id_ not in other and not any(key.startswith(f"{id_}|") for key in changed):
                yield _group_of(thing.pointer), "", _named(thing.value, thing.index)
        for key, leaf in self.now.items():
            if leaf.owner in rows or key in changed or key not in self.was or leaf.value in (None, ""):
                continue
            if leaf.owner in old and leaf.owner in new and not _in_row(new, leaf.owner):
                yield _group_of(leaf.pointer), self._label(leaf), self._words(leaf)

    def _label(self, leaf: Leaf) -> str:
        names = leaf.pointer.split("/")
        return place_words(self.after, leaf.pointer) if any(n.isdecimal() for n in names[3:]) else leaf.field.label

    def _words(self, leaf: Leaf) -> str:
        text = printed(leaf.field, leaf.value) or ""
        return _money(text, _unit(self.after, leaf.pointer)) or text if leaf.field.kind is Kind.AMOUNT else text


def _in_row(known: Mapping[str, Thing], owner: str) -> bool:
    return owner in known and known[owner].field == _INDICATORS


def _unit(document: Json, pointer: str) -> str:
    """The unit of the amounts of a sheet, or of the plan."""
    names = pointer.split("/")[1:]
    sheets: Sequence[Any] = document.get("goal_sheets") or ()
    if names[:1] == ["goal_sheets"] and len(sheets) > int(names[1]):
        return str(((sheets[int(names[1])].get("budget") or {}).get("currency_unit")) or "")
    return str(document.get("currency_unit") or "")


def _money(text: str | None, unit: str) -> str | None:
    """An amount as it is read: with commas and its unit, its own places kept."""
    amount = _decimal(text)
    return text if amount is None else f"{amount:,f}{unit}"


def _decimal(text: str | None) -> Decimal | None:
    try:
        return None if text is None else Decimal(text)
    except InvalidOperation:
        return None


def _change(before: str | None, after: str | None, unit: str) -> str:
    was, now = _decimal(before), _decimal(after)
    if was is None or now is None or was == now:
        return ""
    return f"{'增加' if now > was else '减少'}{abs(now - was).normalize():,f}{unit}"


# --- words that changed -----------------------------------------------------------------------------------


def marked(before: str | None, after: str | None) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Both texts in pieces, those that the other has not marked; whole where they have little in common."""
    if before is None or after is None:
        was, now = (() if text is None else (Piece(text, is_changed=True),) for text in (before, after))
        return was, now
    words, others = _TOKEN.findall(before), _TOKEN.findall(after)
    matcher = SequenceMatcher(None, words, others, autojunk=False)
    if matcher.ratio() < _LIKE:
        return (Piece(before, is_changed=True),), (Piece(after, is_changed=True),)
    left: list[tuple[str, bool]] = []
    right: list[tuple[str, bool]] = []
    for tag, a, b, c, d in matcher.get_opcodes():
        left.append(("".join(words[a:b]), tag != "equal"))
        right.append(("".join(others[c:d]), tag != "equal"))
    return _joined(left), _joined(right)


def _joined(pieces: Iterable[tuple[str, bool]]) -> tuple[Piece, ...]:
    return tuple(Piece(text, is_changed) for text, is_changed in pieces if text)


def _whole(text: str | None) -> tuple[Piece, ...]:
    return (Piece(text),) if text is not None else ()
