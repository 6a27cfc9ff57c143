"""One spelling for the many ways a quantity is typed, character by character, so that places stay places."""

from __future__ import annotations

import re
from typing import NamedTuple

_BLANKS = "".join(c for c in map(chr, range(0x3001)) if c.isspace() and c not in "\n ")
_FOLD = str.maketrans(
    _BLANKS + "０１２３４５６７８９．，；：（）［］＞＜＝－＋／％﹪℅～∼〜≧⩾≦⩽﹥〉﹤〈═﹦×＊",
    " " * len(_BLANKS) + "0123456789.,;:()[]><=-+/%%%~~~≥≥≤≤>><<==**",
)
_KEPT_SPACE = re.compile(r"(?<=[\dA-Za-z]) +(?=\d)")
"""a blank that parts two numbers, or a name from its number: DR 2台"""


class Folded(NamedTuple):
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
    if " " not in spelt:
        return Folded(spelt, None)
    parting = {m.start() for m in _KEPT_SPACE.finditer(spelt)}
    places = tuple(n for n, c in enumerate(spelt) if c != " " or n in parting)
    return Folded("".join(spelt[n] for n in places), places)
