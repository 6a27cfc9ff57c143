"""Who: departments and budget units."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Organisation:
    """A department 「部门」 or budget unit 「预算单位」: its code as printed (``"366001"``) and its name."""

    code: str | None = None
    name: str | None = None

    @property
    def label(self) -> str:
        """Name, else code, else empty text: for messages and file names."""
        return self.name or self.code or ""


NOBODY = Organisation()
"""No department or unit stated."""
