"""One spelling for the many ways a quantity is typed, character by character, so that places stay places."""

from __future__ import annotations

import re
from dataclasses import dataclass

_FOLD = str.maketrans(
    "０１２３４５６７８９．，；：（）［］＞＜＝－＋／％﹪℅～∼〜≧⩾≦⩽﹥〉﹤〈═﹦×＊",
    "0123456789.,;:()[]><=-+/%%%~~~≥≥≤≤>><<==**",
)
_SPACE = re.compile(r"[^\S\n]")
_KEPT_SPACE = re.compile(r"(?<=[\dA-Za-z])[^\S\n]+(?=\d)")
"""a blank that parts two numbers, or a name from its number: DR 2台"""


@dataclass(frozen=True, slots=True)
class Folded:
    """A text in one spelling and without blanks, with the place in the text of each of its characters."""

    text: str
    places: tuple[int, ...] | None
    """None where nothing was left out: every character stands where it stood"""

    def start(self, at: int) -> int:
        """Where in the text the character at ``at`` stands."""
        return at if self.places is None else self.places[at]

    def end(self, at: int) -> int:
        """Where in the text the character before ``at`` ends."""
        return at if self.places is None or at == 0 else self.places[at - 1] + 1


def folded(text: str) -> Folded:
    """``text`` with digits, signs and brackets in one spelling; blanks go, a line's end stays."""
    spelt = text.translate(_FOLD)
    if _SPACE.search(spelt) is None:
        return Folded(spelt, None)
    parting = {m.start() for m in _KEPT_SPACE.finditer(spelt)}
    places = tuple(n for n, c in enumerate(spelt) if n in parting or c == "\n" or not c.isspace())
    return Folded("".join(" " if n in parting else spelt[n] for n in places), places)
