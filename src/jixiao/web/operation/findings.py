"""What the doctor says of one thing."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Grade(Enum):
    GOOD = "✓"
    WARNING = "▲"
    BAD = "■"

    @property
    def mark(self) -> str:
        return self.value


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at."""

    grade: Grade
    subject: str
    words: str
    remedy: str = ""
