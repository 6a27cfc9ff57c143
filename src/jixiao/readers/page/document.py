"""Pages of words and ruling lines put together to a document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from jixiao.domain.note import Note
from jixiao.domain.plan import Source
from jixiao.readers.errors import UnreadableFileError
from jixiao.readers.page.aligned import take_aligned
from jixiao.readers.page.banded_columns import Carried
from jixiao.readers.page.flow import blocks_of
from jixiao.readers.page.furniture import PageBody, take_furniture
from jixiao.readers.page.layout import body_of
from jixiao.readers.page.repair import repaired
from jixiao.readers.page.shapes import Page
from jixiao.readers.raw import Grid, Paragraph, RawDocument
from jixiao.vocabulary import Vocabulary

_RECOGNISED = Decimal("0.9")
_UNSURE = 0.75
"""Recognition is that sure of clear print nearly always"""
_MOST_NAMED = 20
_REMEDY = "请提供 Word、Excel 原件，或画了表格线的 PDF"


def document_of(pages: Iterable[Page], source: Source, vocabulary: Vocabulary) -> RawDocument:
    """Pages, recognised or not, put together to a document."""
    bodies: list[PageBody] = []
    notes: list[Note] = []
    recognised: list[int] = []
    carried: Carried | None = None
    for page, after in _with_next(pages):
        body, carried = body_of(page, carried, after, vocabulary)
        bodies.append(body)
        notes += page.notes
        if page.recognised:
            notes += _doubts(page)
        if page.recognised:
            recognised.append(page.number)
    if recognised:
        notes.insert(0, _recognition_note(recognised, len(bodies)))
    notes += take_furniture(bodies, vocabulary)
    aligned, unclear = take_aligned(bodies, vocabulary)
    if unclear and not any(body.tables for body in bodies):
        raise UnreadableFileError(f"{_unclear(unclear)}，读出来会错列", _REMEDY)
    notes += [_aligned_note(number) for number in dict.fromkeys(aligned)]
    if unclear:
        notes.append(Note("table.unclear", "", f"{_unclear(unclear)}，没有读入。{_REMEDY}。", Decimal(1)))
    blocks, repairs = _repaired(blocks_of(bodies, vocabulary), frozenset(recognised), vocabulary)
    return RawDocument(replace(source, pages=len(bodies)), tuple(blocks), (*notes, *repairs))


def _with_next(pages: Iterable[Page]) -> Iterator[tuple[Page, Page | None]]:
    """Every page with the one that follows it."""
    before: Page | None = None
    for page in pages:
        if before is not None:
            yield before, page
        before = page
    if before is not None:
        yield before, None


def _doubts(page: Page) -> Iterator[Note]:
    """Names the words of a page that recognition was not sure of."""
    words = [run.text for run in sorted(page.runs, key=lambda r: (r.base, r.x0)) if run.sure < _UNSURE]
    if words:
        named = "、".join(f"“{w}”" for w in words[:_MOST_NAMED]) + ("等" if len(words) > _MOST_NAMED else "")
        yield Note(
            "recognition.doubtful",
            "",
            f"第 {page.number} 页有 {len(words)} 处识别把握不大：{named}，请对照原件核对。",
            Decimal("0.5"),
        )


def _recognition_note(pages: Sequence[int], count: int) -> Note:
    """Says which pages were recognised from images."""
    which = "全部页面" if len(pages) == count else f"第 {'、'.join(map(str, pages))} 页"
    return Note("recognition.used", "", f"{which}是图像，文字由图像识别得来，可能有误，请对照原件核对。", _RECOGNISED)


def _unclear(pages: Sequence[int]) -> str:
    return f"第 {'、'.join(map(str, dict.fromkeys(pages)))} 页的表没有画线，列与列之间的文字分不开"


def _aligned_note(number: int) -> Note:
    return Note("table.rejoined", "", f"第 {number} 页的表没有画线，按文字对齐分成行列，请对照原文件核对。")


def _repaired(
    blocks: Iterable[Paragraph | Grid], pages: frozenset[int], vocabulary: Vocabulary
) -> tuple[list[Paragraph | Grid], list[Note]]:
    """What recognition damaged in the tables of recognised pages, repaired."""
    result: list[Paragraph | Grid] = []
    notes: list[Note] = []
    for block in blocks:
        if isinstance(block, Grid) and block.place.page in pages:
            grid, more = repaired(block, vocabulary)
            result.append(grid)
            notes += more
        else:
            result.append(block)
    return result, notes
