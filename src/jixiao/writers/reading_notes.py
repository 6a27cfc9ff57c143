"""What a reader of the file should look at: words that were not read in, and what was inferred or repaired."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from jixiao.documents import Block, Column, Paragraph, Role, Table
from jixiao.documents.text import one_line
from jixiao.domain.note import Note
from jixiao.domain.plan import Plan
from jixiao.writers.places import Places
from jixiao.writers.reviewed import left_out
from jixiao.writers.text import cut, number

_LONG = 150
_COLUMNS = (Column("说明", 82), Column("位置", 76), Column("把握", 16))


def reading_notes(plan: Plan, places: Places) -> Iterator[Block]:
    """A table of what is to be held against the file, notes of one kind together; nothing where all was plain."""
    outside = left_out(plan)
    alike: dict[str, list[Note]] = defaultdict(list)
    for note in plan.notes:
        if note.confidence < 1 or note in outside:
            alike[note.code].append(note)
    if not alike:
        return
    words = "读取原文件时，下列内容没有读入，或由软件推断、修补，请对照原文件核对："
    yield Paragraph(words, Role.REMARK, keep=True)
    rows = tuple((_words(same), _where(same, places), _sure(same, outside)) for same in alike.values())
    yield Table(_COLUMNS, rows, (tuple(column.title for column in _COLUMNS),))


def _words(same: list[Note]) -> str:
    message = cut(one_line(same[0].message), _LONG)
    return message if len({note.message for note in same}) == 1 else f"{len(same)} 处，如：{message}"


def _where(same: list[Note], places: Places) -> str:
    where = places.together(note.pointer for note in same)
    in_file = places.of(same[0].pointer).in_file if len(same) == 1 else ""
    return f"{where}（文件{in_file}）" if in_file else where


def _sure(same: list[Note], outside: list[Note]) -> str:
    return "未读入" if same[0] in outside else f"{number(min(note.confidence for note in same) * 100)}%"
