"""Runs to lines, and lines that were broken at a margin back to text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile

from jixiao.readers.page.shapes import Run

_SAME_LINE = 0.45
"""Share of the size by which characters of one line may stand higher or lower"""
_PRINTED_TWICE = 0.12
"""Share of the size by which a character printed again to look bold is shifted"""
_WORD_GAP = 0.18
"""Share of the size that parts Latin words; a Chinese font sets a quarter between Chinese and Latin, which is none"""
_PIECES_APART = 1.8
"""Share of the size that parts pieces of running text: a unit at the right margin, a page number after a tab"""
_CELLS_APART = 0.6
"""Share of the size that parts the words of cells without lines; no line of text is set that wide"""
_ESTIMATED = 1.3
"""Sizes that a character of a recognised line may take up"""
_LATIN = re.compile(r"[!-~]")
_TAIL = re.compile(r"[!-~]+$")
_HEAD = re.compile(r"[!-~]+")
_LAST_NARROW = "\u2e7f"
_MAY_NOT_BEGIN = frozenset("，。、；：？！）》〉」』】”’％%…—,.;:?!)]}")
_MAY_NOT_END = frozenset("（《〈「『【“‘([{")
_BINDS_BOTH = frozenset("”’")
"""Word processors that go by Unicode's rules part quotation marks from neither side"""
_ITEM = re.compile(
    r"\s*(?:第[一二三四五六七八九十]+[部章]|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[)）]"
    r"|\d{1,2}(?:、|[.．](?!\d))|[①-⑳]|(?:分项)?绩效(?:目标|指标)[:：]|目标[一二三四五六七八九十\d]{1,3}[:：])"
)
_SENTENCE_ENDS = ("。", "；", ";", "！", "!", "：", ":")


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a line between two wide gaps."""

    text: str
    x0: float
    x1: float
    base: float = 0.0
    """of its first character; that of its line may be a little higher"""


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of words. ``pieces`` are its parts where gaps as between cells part it.

    ``first`` is the width of what cannot be parted at its start, ``head`` and ``tail`` that of the Latin word it
    begins and ends with (0 where it does not).
    """

    text: str
    x0: float
    x1: float
    base: float
    size: float
    first: float
    head: float
    tail: float
    pieces: tuple[Piece, ...]
    sure: float = 1.0

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def top(self) -> float:
        return self.base - 0.88 * self.size

    @property
    def bottom(self) -> float:
        return self.base + 0.12 * self.size

    @property
    def recognised(self) -> bool:
        """Whether its words were recognised from an image."""
        return self.sure < 1


def lines_of(runs: Sequence[Run], *, apart: bool = False, parted: float = _CELLS_APART) -> list[TextLine]:
    """Runs as lines from top to bottom. ``apart``: a wide gap becomes a tab, as between the words of a cell it does not.

    ``parted`` is the gap, in sizes, that parts the pieces of a line.
    """
    groups: list[list[Run]] = []
    for run in sorted(runs, key=_base):
        if groups and run.base - groups[-1][0].base <= _SAME_LINE * min(run.size, groups[-1][0].size):
            groups[-1].append(run)
        else:
            groups.append([run])
    lines = (_line(sorted(group, key=_x0), apart=apart, parted=parted) for group in groups)
    return [line for line in lines if line is not None]


def words_of(runs: Sequence[Run]) -> list[str]:
    """The words of a page from above: each line, and where wide gaps part it each of its pieces too."""
    found: list[str] = []
    for line in lines_of(runs):
        found += [line.text, *(piece.text for piece in line.pieces if len(line.pieces) > 1)]
    return found


def _base(run: Run) -> float:
    return run.base


def _x0(run: Run) -> float:
    return run.x0


def _line(runs: Sequence[Run], *, apart: bool, parted: float) -> TextLine | None:
    kept: list[Run] = []
    words: list[str] = []
    begins: list[int] = []
    """places in ``words`` at which a piece begins"""
    blank = False
    for run in runs:
        if run.text == " ":
            blank = bool(kept)
            continue
        if kept:
            last = kept[-1]
            if last.text == run.text and run.x0 - last.x0 < _PRINTED_TWICE * run.size:
                continue
            gap = (run.x0 - last.x1) / run.size
            sign = _sign(last.text[-1], run.text[0], gap, blank=blank, apart=apart)
            if run.x0 - last.x1 > parted * max(run.size, last.size):
                begins.append(len(kept))
        else:
            sign = ""
        kept.append(run)
        words.append(sign + run.text)
        blank = False
    return _text_line(kept, words, begins) if kept else None


def _sign(before: str, after: str, gap: float, *, blank: bool, apart: bool) -> str:
    """What stands for a gap (in sizes) between two characters."""
    if gap > _PIECES_APART and apart:
        return "\t"
    if blank or (gap > _WORD_GAP and _LATIN.match(before) is not None and _LATIN.match(after) is not None):
        return " "
    return ""


def _text_line(runs: list[Run], words: list[str], begins: list[int]) -> TextLine:
    # the boxes of Latin fonts are higher than their size: Chinese characters tell it where there are any
    sizes = sorted([r.size for r in runs if r.text[0] > _LAST_NARROW] or [r.size for r in runs])
    text = "".join(words)
    pieces = tuple(
        Piece("".join(words[a:b]).strip(), runs[a].x0, runs[b - 1].x1, runs[a].base)
        for a, b in zip([0, *begins], [*begins, len(runs)], strict=True)
    )
    head, tail = _HEAD.match(text), _TAIL.search(text)
    return TextLine(
        text,
        runs[0].x0,
        runs[-1].x1,
        runs[0].base,
        sizes[len(sizes) // 2],
        _first_width(runs),
        _width(runs, len(head[0]), last=False) if head else 0.0,
        _width(runs, len(tail[0]), last=True) if tail else 0.0,
        pieces if len(pieces) > 1 else (),
        min(r.sure for r in runs),
    )


def _first_width(runs: Sequence[Run]) -> float:
    """The width of what may not be parted at the start of a line: a Latin word, or a character with its signs."""
    first = runs[0]
    if len(first.text) > 1:  # a recognised line: its characters have no boxes of their own, its size is an estimate
        if head := _head(first.text):
            return _width(runs, len(head), last=False)
        signs = sum(1 for _ in takewhile(_MAY_NOT_BEGIN.__contains__, first.text[1:]))
        return first.size * (_ESTIMATED + signs)
    end = first.x1
    for last, run in pairwise(runs):
        both_latin = _LATIN.match(last.text) and _LATIN.match(run.text) and run.x0 - last.x1 < _WORD_GAP * run.size
        if not (both_latin or run.text[0] in _MAY_NOT_BEGIN or last.text[-1] in _MAY_NOT_END | _BINDS_BOTH):
            break
        end = run.x1
    return end - first.x0


def _head(text: str) -> str:
    found = _HEAD.match(text)
    return found[0] if found else ""


def _width(runs: Sequence[Run], count: int, *, last: bool) -> float:
    """The width of the first or last ``count`` characters."""
    if len(runs[0].text) > 1 or len(runs) < count:
        return count * runs[0].size / 2
    chosen = runs[-count:] if last else runs[:count]
    return chosen[-1].x1 - chosen[0].x0


# --- lines to text ----------------------------------------------------------------------------------------


def starts_item(text: str) -> bool:
    """Whether a line opens a numbered item."""
    return _ITEM.match(text) is not None


def ends_sentence(text: str) -> bool:
    """Whether a line may be the last of its paragraph."""
    return text.endswith(_SENTENCE_ENDS)


def hangs(text: str) -> bool:
    """Whether a line ends with a sign that may reach into the margin, because it must not begin the next line."""
    return text[-1] in _MAY_NOT_BEGIN


def goes_on(above: TextLine, below: TextLine, width: float) -> bool:
    """Whether a line was broken at the margin: the first word of the next would not have fitted on it.

    ``width`` is the room a line has. An item's number opens a new line where the one above ends a sentence.
    """
    if ends_sentence(above.text) and starts_item(below.text):
        return False
    return above.width + space_between(above, below) + below.first > width


def space_between(above: TextLine, below: TextLine) -> float:
    """The space that would stand between two lines' words on one line, as between Chinese and Latin characters."""
    return below.size / 4 if (above.tail > 0) != (below.head > 0) else 0.0


def joiner(above: TextLine, below: TextLine, width: float) -> str:
    """What stands between two lines put together: a blank between Latin words, unless one word was cut in two."""
    if not (above.tail and below.head):
        return ""
    before, after = above.text[-1], below.text[0]
    if not (before.isalnum() and after.isalnum()) or (before.isdigit() and after.isdigit()):
        return ""
    return "" if above.tail + below.head > width or above.tail >= above.width - 0.1 else " "


def joined(lines: Sequence[TextLine], width: float) -> tuple[str, bool]:
    """(words of the lines, whether lines were put together); a line end that was meant stays one."""
    words = [line.text for line in lines[:1]]
    rejoined = False
    for above, below in pairwise(lines):
        if goes_on(above, below, width):
            words.append(joiner(above, below, width))
            rejoined = True
        else:
            words.append("\n")
        words.append(below.text)
    return "".join(words), rejoined


def printed(lines: Sequence[TextLine]) -> str:
    """The words as they stand, line by line."""
    return "\n".join(line.text for line in lines)


def chunks(lines: Sequence[TextLine]) -> Iterator[Piece]:
    """The pieces of lines, a line without wide gaps being one."""
    for line in lines:
        yield from line.pieces or (Piece(line.text, line.x0, line.x1, line.base),)
