"""What compares a number and stands before it, read backwards from the number: 不得低于投资额的."""

from __future__ import annotations

from typing import NamedTuple

from jixiao.domain.quantities.comparators import BEFORE, BEFORE_OBJECT, ENDINGS, comparison
from jixiao.domain.quantities.tree import PartKind, QuantityPart
from jixiao.domain.target import Comparator

_LOOK_BEHIND = 24
"""characters before a number in which its comparison stands"""
_TITLE = 40
"""characters within which a 《 finds its 》"""
_ENDS_HERE = frozenset(ENDINGS)
_ROLES = ((PartKind.ABOUT, "roughly"), (PartKind.COMPARED, "compared"), (PartKind.ABOUT, "about"))
"""in the order of the text, which is the other way round in the pattern"""


class Before(NamedTuple):
    """Where what belongs to the number begins, what compares it, in which words, with which parts."""

    start: int
    comparator: Comparator | None = None
    words: str = ""
    parts: tuple[QuantityPart, ...] = ()
    has_object: bool = False


def read_before(text: str, at: int, last: int, *, may_have_object: bool) -> Before | None:
    """What compares the number at ``at`` of a folded text, None where nothing does; what is before ``last`` belongs elsewhere.

    ``may_have_object``: whether the text holds ``MAY_HAVE_OBJECT``, asked once for all its numbers.
    """
    first = max(last, at - _LOOK_BEHIND)
    if first >= at:
        return None
    if text[at - 1] in _ENDS_HERE and (found := _adjacent(text, at, text[first:at][::-1])):
        return found
    if may_have_object and (m := BEFORE_OBJECT.match(text[first:at][::-1])):
        compared, thing = ("compared", "object") if m["compared"] else ("positive", "measure")
        words = m[compared][::-1]
        parts = (
            QuantityPart(PartKind.COMPARED, at - m.end(compared), at - m.start(compared)),
            QuantityPart(PartKind.OBJECT, at - m.end(thing), at - m.start(thing)),
        )
        return Before(at - m.end(), comparison(words), words, parts, has_object=True)
    return None


def _adjacent(text: str, at: int, backwards: str) -> Before | None:
    """A comparison or 约 right before the number."""
    m = BEFORE.match(backwards)
    if m is None or not m.end():
        return None
    words = (m["compared"] or "")[::-1]
    if words and not _is_title(text, words, at):
        parts = tuple([QuantityPart(role, at - m.end(g), at - m.start(g)) for role, g in _ROLES if m[g]])
        return Before(at - m.end(), comparison(words), words, parts)
    if about := m["about"]:
        return Before(at - len(about), parts=(QuantityPart(PartKind.ABOUT, at - len(about), at),))
    return None


def _is_title(text: str, words: str, at: int) -> bool:
    """Whether 》 or 《 before a number belongs to the title of a document."""
    if words == "》":
        return "《" in text[max(0, at - _TITLE) : at]
    return words == "《" and "》" in text[at : at + _TITLE]
