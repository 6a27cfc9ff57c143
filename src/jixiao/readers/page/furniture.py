"""Page headers, footers, page numbers, watermarks and seals: taken out of the text before it is put together over pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from jixiao.domain.note import Note
from jixiao.readers.page.cells import PageTable
from jixiao.readers.page.lines import TextLine, chunks, lines_of
from jixiao.readers.page.shapes import Page
from jixiao.vocabulary import Vocabulary

_MARGIN = 0.12
"""Share of the page's height at its top and bottom in which headers and footers stand"""
_PAGE_NUMBER = re.compile(
    r"[-—–―·一\s]*(?:第\s*)?\d{1,4}\s*(?:页)?[-—–―·一\s]*|(?:第?\s*\d{1,4}\s*页?\s*[/／,，]?\s*共?\s*\d{1,4}\s*页?)"
)
_FORM_WORDS = re.compile(r"单位[:：]|表[)）]?$|[（(]续[)）]")
_BROWSER_FOOTER = re.compile(r"\s*(?:https?|file)://\S+(?:\s+\d{1,4}\s*/\s*\d{1,4})?\s*")
_EDGE = 0.05
"""Share of the page's height, at its top and bottom, that a browser leaves free for what it prints there"""
_FEWEST_PAGES = 3
_MOST_PAGES_SHARE = 0.5


@dataclass(slots=True)
class PageBody:
    """A page as read: its tables and the lines outside them, both from top to bottom."""

    number: int
    width: float
    height: float
    tables: list[PageTable]
    lines: list[TextLine]
    across: list[str] = field(default_factory=list)
    """words of watermarks and seals"""


def take_browser_footer(page: Page) -> None:
    """Take away the address a browser prints below a page; it may stand inside a table cut off at the page's end."""
    edge = [run for run in page.runs if not _EDGE * page.height < run.middle < (1 - _EDGE) * page.height]
    for line in lines_of(edge, apart=True):
        if _BROWSER_FOOTER.fullmatch(line.text):
            page.runs = [r for r in page.runs if abs(r.base - line.base) > line.size / 2]
            page.notes.append(
                Note("furniture.dropped", "", f"第 {page.number} 页边上浏览器印的网址未计入正文：{line.text.strip()}")
            )


def take_furniture(pages: Sequence[PageBody], vocabulary: Vocabulary) -> list[Note]:
    """Take headers, footers and page numbers out of the pages; says what was taken."""
    counts = Counter(key for page in pages for key in {_key(line) for line in _edge_lines(page)})
    enough = max(_FEWEST_PAGES, _MOST_PAGES_SHARE * len(pages))
    taken: list[str] = []
    numbered: list[int] = []
    for page in pages:
        for line in _edge_lines(page):
            if _PAGE_NUMBER.fullmatch(line.text):
                numbered.append(page.number)
            elif counts[_key(line)] >= enough and not _is_of_form(line, vocabulary):
                taken.append(line.text)
            else:
                continue
            page.lines.remove(line)
    words = list(dict.fromkeys(taken))
    if numbered:
        words.append(f"页码（共 {len(numbered)} 处）")
    notes = [Note("furniture.dropped", "", f"页眉、页脚和页码未计入正文：{' / '.join(words)}")] if words else []
    if across := list(dict.fromkeys(word for page in pages for word in page.across)):
        notes.append(Note("furniture.dropped", "", f"盖在正文上面的水印和印章未计入正文：{' / '.join(across)}"))
    return notes


def _is_of_form(line: TextLine, vocabulary: Vocabulary) -> bool:
    """Whether a line belongs to a form, whose rows may stand at the edge of many pages."""
    words = [piece.text for piece in chunks([line])]
    return bool(_FORM_WORDS.search(line.text)) or any(
        vocabulary.label(w).is_printed or vocabulary.label(w).class_ or vocabulary.label(w).kind for w in words
    )


def _key(line: TextLine) -> str:
    return re.sub(r"\d+", "#", "".join(line.text.split()))


def _edge_lines(page: PageBody) -> list[TextLine]:
    """The first and last lines of a page that stand in its margins, above or below everything else."""
    tops = [t.bounds[1] for t in page.tables]
    bottoms = [t.bounds[3] for t in page.tables]
    first = min(tops, default=page.height)
    last = max(bottoms, default=0.0)
    upper = [li for li in page.lines[:2] if li.bottom < _MARGIN * page.height and li.base < first]
    lower = [li for li in page.lines[-2:] if li.top > (1 - _MARGIN) * page.height and li.base > last]
    if len(upper) == 2 and not _apart(upper[0], upper[1]) and _key(upper[0]) == "":
        upper = upper[:1]
    return list({id(li): li for li in (*upper, *lower)}.values())


def _apart(above: TextLine, below: TextLine) -> bool:
    return below.top - above.bottom > above.size
