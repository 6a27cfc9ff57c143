"""Which part of an archive is the text of a Word document."""

from __future__ import annotations

import re

_MAIN = re.compile(r"word/document\d*\.xml")


def main_part(names: frozenset[str]) -> str | None:
    """The name of the main part among the files of an archive; None where it is no Word document."""
    return min((name for name in names if _MAIN.fullmatch(name)), default=None)
