"""JSON pointers (RFC 6901) into a plan: how findings, notes and provenance name a place."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache


@lru_cache(maxsize=65536)
def at(*parts: str | int) -> str:
    """A pointer from its parts: ``at("goal_sheets", 0, "project", "code")`` → ``/goal_sheets/0/project/code``.

    Kept: reading and reviewing ask for the same places hundreds of times.
    """
    if len(parts) == 1 and isinstance(parts[0], str) and parts[0].isidentifier():
        return "/" + parts[0]
    return "".join([f"/{part if isinstance(part, int) else _escaped(part)}" for part in parts])


def _escaped(part: str) -> str:
    return part.replace("~", "~0").replace("/", "~1") if "~" in part or "/" in part else part


def parts(pointer: str) -> list[str]:
    """The parts of a pointer, unescaped."""
    return [p.replace("~1", "/").replace("~0", "~") for p in pointer.split("/")[1:]]


def ancestors(pointer: str) -> Iterator[str]:
    """The pointer itself, then each place that contains it, narrowest first, down to ``""``."""
    while pointer:
        yield pointer
        pointer = pointer.rpartition("/")[0]
    yield ""


def indicator_at(pointer: str) -> tuple[int | None, int | None]:
    """(goal sheet index, indicator index) that a pointer lies in; None where it lies in none."""
    p = parts(pointer)
    sheet = int(p[1]) if len(p) > 1 and p[0] == "goal_sheets" else None
    row = int(p[3]) if sheet is not None and len(p) > 3 and p[2] == "indicators" else None
    return sheet, row
