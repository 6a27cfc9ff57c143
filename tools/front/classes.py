"""Classes that templates name and no style sheet knows: a slip, or a habit from another framework; either way nothing is drawn."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

HOOKS = frozenset({"top-user"})
"""Classes that stand for something without a style of their own"""
_TAG = re.compile(r"\{[{%].*?[}%]\}")
_CLASS = re.compile(r'\sclass="([^"]*)"')
_SELECTOR = re.compile(r"\.(-?[a-zA-Z_][\w-]*)")


def unknown_classes(web: Path) -> Iterator[str]:
    """Each with its place, as a line that says what to do; names put together of variables are not looked at."""
    styles = "".join(file.read_text(encoding="utf-8") for file in sorted((web / "static").rglob("*.css")))
    known = HOOKS | set(_SELECTOR.findall(styles))
    for file in sorted(web.rglob("*.html")):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            for written in _CLASS.findall(line):
                for name in _TAG.sub("\0", written).split():
                    if "\0" not in name and name not in known:
                        yield f"{file.relative_to(web).as_posix()}:{number}: class {name}: no style knows it (static/jixiao/*.css)"
