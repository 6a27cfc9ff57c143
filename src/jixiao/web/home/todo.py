"""Something to do, as the first page shows it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Todo:
    """Something to do: what it is, what is the matter with it, where to do it and the word on the button. ``severity`` gives the
    shape before it, ``sign`` the word of the shape where it is no finding."""

    title: str
    words: str
    address: str
    action: str
    severity: str = ""
    sign: str = ""
