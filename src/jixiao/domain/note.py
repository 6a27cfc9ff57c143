"""What a reader was unsure of or repaired."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

ONE = Decimal(1)
UNPLACED = "unplaced"
"""Code of the note on words that belong to no field"""
_LEFT_OUT = frozenset((UNPLACED, "table.scoring", "table.order_lost", "table.unclear", "section.conflicting"))
_LEFT_OUT_ENDINGS = (".not_kept", ".unread", ".left_out", ".cut_off")


@dataclass(frozen=True, slots=True)
class Note:
    """A reading note 「读取说明」: nothing is guessed silently and nothing dropped silently.

    ``code`` is stable and dotted (``target.glued``); ``pointer`` a JSON pointer into the plan, ``""`` for the
    whole; ``message`` plain Chinese with the words before and after; ``confidence`` 0–1, how sure the reader
    is of the value it gave (1 for a plain statement of fact).
    """

    code: str
    pointer: str
    message: str
    confidence: Decimal = ONE

    @property
    def is_left_out(self) -> bool:
        """Whether it tells of words of the file that are not in the data and took no part in the review.

        Codes of such notes end alike, so that a new one need not be listed here.
        """
        return self.code in _LEFT_OUT or self.code.endswith(_LEFT_OUT_ENDINGS)

    @property
    def is_not_kept(self) -> bool:
        """Whether the words stand in a field that the form has and a plan does not keep: 上年实际值, 基本支出."""
        return self.code.endswith(".not_kept")
