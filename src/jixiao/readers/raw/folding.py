"""Look-alike and traditional characters in what a format reader yields: read as others, told, kept as they are in places."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from jixiao.domain.note import Note
from jixiao.domain.provenance import Location
from jixiao.readers.raw.blocks import Cell, Grid, Paragraph, RawDocument
from jixiao.vocabulary.characters import folded, has_variants, is_traditional, lookalikes_in, traditional_in

_MOST_TOLD = 12


def with_one_spelling(raw: RawDocument) -> RawDocument:
    """A document with its words in the characters that forms are written in; places keep the words of the file."""
    words = "\n".join(_texts(raw))
    if not has_variants(words):
        return raw
    traditional = is_traditional(words)
    blocks = tuple(_block(block, traditional=traditional) for block in raw.blocks)
    return replace(raw, blocks=blocks, notes=(*raw.notes, *notes_on(words)))


def _texts(raw: RawDocument) -> Iterator[str]:
    for block in raw.blocks:
        if isinstance(block, Paragraph):
            yield block.text
        else:
            for row in block.rows:
                for cell in row:
                    yield cell.text


def _block(block: Paragraph | Grid, *, traditional: bool) -> Paragraph | Grid:
    if isinstance(block, Paragraph):
        return replace(block, text=folded(block.text, traditional=traditional))
    rows = tuple(tuple(_cell(cell, traditional=traditional) for cell in row) for row in block.rows)
    return replace(block, rows=rows)


def _cell(cell: Cell, *, traditional: bool) -> Cell:
    return cell._replace(text=folded(cell.text, traditional=traditional))


def notes_on(words: str) -> Iterator[Note]:
    """What is told of the characters of a text that were read as others."""
    if alike := lookalikes_in(words):
        yield Note(
            "characters.alike",
            "",
            f"文件里有 {len(alike)} 个字只是看着像汉字，其实是部首或兼容字符（{_told(alike)}），已按相应的汉字读取；"
            "多由 PDF 转换而来，请在原文件中改过，否则搜索、比对不到。",
        )
    if old := traditional_in(words):
        yield Note(
            "characters.traditional",
            "",
            f"文件里有 {len(old)} 个繁体字（{_told(old)}），已按简体字读入，出处保留原字；人名、地名用字请核对。",
        )


def _told(characters: list[str]) -> str:
    met = list(dict.fromkeys(characters))
    more = "等" if len(met) > _MOST_TOLD else ""
    return "、".join(f"“{c}”读作“{folded(c)}”" for c in met[:_MOST_TOLD]) + more


def as_met(blocks: list[Paragraph | Grid], lines: list[str], read: list[str]) -> list[Paragraph | Grid]:
    """Blocks that were cut out of folded lines (``read``), with the words of the file (``lines``) in their places."""
    return [_as_met(block, lines, read) for block in blocks]


def _as_met(block: Paragraph | Grid, lines: list[str], read: list[str]) -> Paragraph | Grid:
    place = _place(block.place, lines, read)
    if isinstance(block, Paragraph):
        return replace(block, place=place)
    rows = tuple(tuple(c._replace(place=_place(c.place, lines, read)) for c in row) for row in block.rows)
    return replace(block, rows=rows, place=place)


def _place(place: Location, lines: list[str], read: list[str]) -> Location:
    """A place with the words that stand in the file, found again from its line on; as it is where they are not."""
    if place.line is None or not place.text:
        return place
    n, at = place.line - 1, 0
    met: list[str] = []
    for c in place.text:
        if c.isspace():
            met.append(c)
            continue
        while n < len(read) and (found := read[n].find(c, at)) < 0:
            n, at = n + 1, 0
        if n == len(read) or len(read[n]) != len(lines[n]):
            return place
        met.append(lines[n][found])
        at = found + 1
    return place._replace(text="".join(met))
