"""Splits the cell of annual goals into goals without their numbers."""

from __future__ import annotations

import re

from jixiao.domain.numbering import unnumbered

_SENTENCE_ENDS = ("。", "；", ";", "！", "!")


def split_goals(text: str) -> list[str]:
    """Goals in a cell: one per leading number, on lines of their own or run together (1、甲2、乙).

    Lines without a number go on in the goal above them; without any number a line ends a goal where it ends a
    sentence.
    """
    goals: list[str] = []
    numbered = False
    for line in (piece for raw in text.splitlines() for piece in _run_together(raw.strip())):
        item = unnumbered(line)
        if not item.text:
            continue
        if item.style is not None or not goals:
            goals.append(item.text)
            numbered = numbered or item.style is not None
        elif numbered or not goals[-1].endswith(_SENTENCE_ENDS):
            goals[-1] += item.text
        else:
            goals.append(item.text)
    return goals


def _run_together(line: str) -> list[str]:
    """Cut before 2, 3, … where a line begins with 1 and the next numbers follow in order."""
    first = re.match(r"\s*(?:1\s*([、.．])|目标\s*1([:：]))", line)
    if first is None:
        return [line] if line else []
    pieces: list[str] = []
    rest, number = line, 2
    while True:
        mark = (
            rf"(?<![\d.]){number}\s*{re.escape(first[1])}(?!\d)|(?<=[。；;！!]){number}\s*、"
            if first[1]
            else rf"目标\s*{number}{re.escape(first[2])}"
        )
        found = re.search(mark, rest)
        if found is None or not found.start():
            return [*pieces, rest]
        pieces.append(rest[: found.start()])
        rest, number = rest[found.start() :], number + 1
