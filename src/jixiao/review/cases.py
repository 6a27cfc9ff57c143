"""Cases: what is given and where a rule must speak, in words that people can write by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Case:
    """A case of a rule: a plan in short form, and the pointers at which the rule must speak, in document order."""

    rule: str
    name: str
    given: Mapping[str, Any]
    expect: tuple[str, ...]
    as_of: date = date(2026, 1, 1)
