"""What a reader was unsure of or repaired."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

ONE = Decimal(1)
UNPLACED = "unplaced"
"""Code of the note on words that belong to no field"""


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
