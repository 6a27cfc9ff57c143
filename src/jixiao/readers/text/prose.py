"""Running text whose lines were broken to a width: lines joined back into paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from jixiao.domain.provenance import Location
from jixiao.readers.raw import Paragraph

_STARTS = re.compile(
    r"\s*(?:第[一二三四五六七八九十]+[部章]|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[)）]|\d{1,2}[.、．]"
    r"|(?:分项)?绩效(?:目标|指标)[:：]|目标\d+[:：])"
)
_SLACK = 3
_WIDEST_PAGE = 60
_ENOUGH_LINES = 5


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a file: its words and its 1-based number."""

    text: str
    number: int


def page_width(lines: Sequence[Line]) -> int | None:
    """The number of characters at which lines were broken; None where they were not."""
    lengths = [len(line.text.strip()) for line in lines]
    widest = max(lengths, default=0)
    full = sum(widest - _SLACK <= n <= widest for n in lengths)
    return widest if widest <= _WIDEST_PAGE and full >= _ENOUGH_LINES else None


def paragraphs(lines: Sequence[Line], width: int | None) -> list[Paragraph]:
    """Join broken lines. A line goes on in the next where it is full and the next does not open an item."""
    joined: list[list[Line]] = []
    for line in lines:
        previous = joined[-1][-1] if joined else None
        full = width is not None and previous is not None and len(previous.text.strip()) >= width - _SLACK
        if full and not _STARTS.match(line.text):
            joined[-1].append(line)
        else:
            joined.append([line])
    return [
        Paragraph(
            "".join(line.text.strip() for line in group),
            Location(text="\n".join(line.text for line in group), line=group[0].number),
        )
        for group in joined
    ]
