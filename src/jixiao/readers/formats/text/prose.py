"""Running text whose lines were broken to a width: lines joined back into paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from jixiao.domain.provenance import Location
from jixiao.readers.raw import Paragraph
from jixiao.vocabulary import Vocabulary
from jixiao.vocabulary.labelled_lines import begins_with_label

_STARTS = re.compile(
    r"\s*(?:第[一二三四五六七八九十]+[部章]|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[)）]|\d{1,2}[.、．]"
    r"|(?:分项)?绩效(?:目标|指标)[:：]|目标\d+[:：])"
)
_SLACK = 3
"""Ems by which a full line may be shorter than the widest: punctuation is not allowed to begin a line"""
_INDENT = 2
"""Ems by which the first line of a paragraph is set in"""
_NARROWEST_PAGE = 20
_WIDEST_PAGE = 60
_ENOUGH_LINES = 5


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a file: its words and its 1-based number."""

    text: str
    number: int


def page_width(lines: Sequence[Line]) -> int | None:
    """The number of ems at which lines were broken; None where they were not."""
    lengths = [_ems(line.text) for line in lines]
    widest = max(lengths, default=0)
    full = sum(widest - _SLACK <= n <= widest for n in lengths)
    return widest if _NARROWEST_PAGE <= widest <= _WIDEST_PAGE and full >= _ENOUGH_LINES else None


def _ems(text: str) -> int:
    """The width of a line in characters as wide as a Chinese one."""
    stripped = text.strip()
    narrow = sum(c < "\u2000" for c in stripped)
    return len(stripped) - narrow // 2


def paragraphs(lines: Sequence[Line], width: int | None, vocabulary: Vocabulary) -> list[Paragraph]:
    """Join broken lines. A line goes on in the next where it is full and the next does not open an item."""
    joined: list[list[Line]] = []
    for line in lines:
        if joined and width is not None and _is_full(joined[-1], width) and not _starts(line.text, vocabulary):
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


def _starts(text: str, vocabulary: Vocabulary) -> bool:
    return _STARTS.match(text) is not None or begins_with_label(text.strip(), vocabulary)


def _is_full(group: Sequence[Line], width: int) -> bool:
    """Whether the last line of a paragraph in the making reaches the margin."""
    slack = _SLACK + (_INDENT if len(group) == 1 else 0)
    return _ems(group[-1].text) >= width - slack
