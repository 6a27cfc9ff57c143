"""How the paragraphs of the overall goals belong together: headings, numbered items, what continues them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_NUMBERED = re.compile(r"^\s*(?:([（(])?([\d一二三四五六七八九十]{1,3})[)）、.．]|目标\s*[\d一二三四五六七八九十]+)")
_SENTENCE_MARK = re.compile(r"[。；;！]")


def numbering(paragraph: str) -> str | None:
    """How a paragraph is numbered: ``（一``, ``一``, ``1``; None where it is not."""
    m = _NUMBERED.match(paragraph)
    if m is None:
        return None
    return f"{m[1] or ''}{'1' if (m[2] or '1').isdigit() else '一'}"


def is_heading(paragraphs: Sequence[str], n: int) -> bool:
    """Whether paragraph ``n`` is numbered, holds no sentence, and what follows is its content."""
    style = numbering(paragraphs[n])
    if style is None or n + 1 >= len(paragraphs) or _SENTENCE_MARK.search(paragraphs[n]):
        return False
    return numbering(paragraphs[n + 1]) != style


def continuing(paragraphs: Sequence[str], n: int) -> Iterator[str]:
    """The paragraphs without a number that follow numbered paragraph ``n``: they belong to it."""
    for paragraph in paragraphs[n + 1 :]:
        if numbering(paragraph):
            return
        yield paragraph


def continues(paragraphs: Sequence[str], n: int) -> bool:
    """Whether paragraph ``n``, without a number, belongs to a numbered one before it that is no heading."""
    before = max((k for k in range(n) if numbering(paragraphs[k])), default=None)
    return before is not None and not is_heading(paragraphs, before)
