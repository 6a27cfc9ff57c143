"""Text with a cell to each line, cells without words among them: as browsers and converters copy a table out of a page.

Between two cells stands a blank line, or a line end, or a bar on a line of its own; then a bar more ends each row. Nothing
else says where a row ends. It is read only where the structure proves itself: the words of the header stand one behind the
other, every row has as many cells as the header asks for, each begins with the label or name that may stand there, what
stands under signs, units and points is such, and points add up. Else nothing is read here: one cell too few or too many
would shift every value behind it.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from jixiao.domain.note import Note
from jixiao.readers.formats.text.celled_sheet import FEWEST_COLUMNS, CelledText, UnprovenError
from jixiao.readers.formats.text.celled_words import Word, Words
from jixiao.readers.raw import Grid, Paragraph
from jixiao.vocabulary import Column, Vocabulary

_BAR = "|"
_FEWEST_BARS = 12
_SEPARATED = 0.9
"""Share of the cells behind which a blank line stands, where blank lines part them"""
_LONGEST_HEADER = 8
_FEWEST_BLANKS = 3
"""Cells without words that show that such cells are kept"""
_MOST_OF_OTHERS = 4
"""Names of columns that stand on lines of their own in text of another kind"""
_READ = Note(
    "table.rejoined",
    "",
    "表格转成纯文字后一格一行，按表头各栏依次归行，每行格数核对无误；请以原表为准，或直接提供 Word、Excel 文件。",
)


def celled_blocks(lines: Sequence[str], vocabulary: Vocabulary) -> tuple[list[Paragraph | Grid], list[Note]] | None:
    """Paragraphs and grids of such a text, and what is told of it; None where it may as well be text of another kind.

    No blocks where it is none other, and its structure does not prove how its cells make rows.
    """
    if not any(_may_head(line, vocabulary) for line in lines):
        return None
    bars = sum(line.strip() == _BAR for line in lines)
    if any(_BAR in line and line.strip() != _BAR for line in lines) or 0 < bars < _FEWEST_BARS:
        return None
    separated = None if bars else _separated(lines)
    words = _between_bars(lines) if bars else separated or _one_a_line(lines)
    shows_blanks = sum(not word.text for word in words) >= _FEWEST_BLANKS
    if separated is not None and not shows_blanks:
        return None  # cells without words may have been left out
    reading = CelledText(words, vocabulary, ends_rows=bars > 0, shows_blanks=shows_blanks)
    try:
        return reading.blocks(), [_READ]
    except UnprovenError:
        least = FEWEST_COLUMNS if bars or separated is not None else _MOST_OF_OTHERS + 1
        rows_apart = (
            separated is None and not bars and reading.header_ends
        )  # blank lines part rows: text of another kind
        return ([], [_unread(words, reading.line)]) if reading.width >= least and not rows_apart else None


def _unread(words: Words, line: int) -> Note:
    message = f"表格一格一行，第 {line} 行附近的格归不成行（格数与表头不符，或分值合计对不上），为免错位整份未读入，"
    return Note(
        "table.order_lost",
        "",
        f"{message}请提供 Word、Excel 原件。原文为：{'｜'.join(' '.join(w.text.split()) for w in words if w.text)}",
    )


def _may_head(line: str, vocabulary: Vocabulary) -> bool:
    """Whether a line may be the first word of a header of indicators, or the first character of it."""
    text = line.strip()
    return text == "一级" or (0 < len(text) <= _LONGEST_HEADER and vocabulary.label(text).column is Column.CLASS)


# --- cells of lines ----------------------------------------------------------------------------------------


def _between_bars(lines: Sequence[str]) -> Words:
    """What stands between two bars is a cell; of two bars one behind the other the second ends a row, or a cell is blank."""
    words: Words = []
    waiting: Words = []
    for number, line in enumerate(lines, 1):
        if line.strip() == _BAR:
            words.append(_joined(waiting) if waiting else Word("", number))
            waiting = []
        elif line.strip():
            waiting.append(Word(line.strip(), number))
    return [*words, *([_joined(waiting)] if waiting else [])]


def _joined(words: Words) -> Word:
    """Lines of one cell; a label that is written downwards becomes one word."""
    downwards = all(len(word.text) <= 2 for word in words)
    return Word(("" if downwards else "\n").join(word.text for word in words), words[0].line)


def _separated(lines: Sequence[str]) -> Words | None:
    """Cells parted by empty lines; a line of blanks alone is a cell without words. None where lines are not parted so."""
    runs = [
        (kind, [number for number, _ in group])
        for kind, group in groupby(enumerate(lines, 1), key=lambda one: "text" if one[1].strip() else one[1] and " ")
    ]
    texts = [numbers for kind, numbers in runs if kind == "text"]
    if not texts or sum(len(numbers) == 1 for numbers in texts) < _SEPARATED * len(texts):
        return None
    words: Words = []
    for kind, numbers in runs:
        if kind == "text":
            words.append(_joined([Word(lines[n - 1].strip(), n) for n in numbers]))
        elif kind == " ":
            words += [Word("", n) for n in numbers]
        elif len(numbers) % 2:
            words += [Word("", n) for n in numbers[1::2]]
    return words


def _one_a_line(lines: Sequence[str]) -> Words:
    return [Word(line.strip(), number) for number, line in enumerate(lines, 1)]
