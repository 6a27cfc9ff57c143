"""What stands beside the text of a page: headers, footers, footnotes, comments. Told in notes, read where it alone
names the year or the unit of money."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from jixiao.domain.note import Note
from jixiao.domain.provenance import Location
from jixiao.readers.raw.blocks import Grid, Paragraph

_PAGE_NUMBER = re.compile(r"(?:第|共|页|Page|of|[\d\sivxIVX\-—–_/／·.，,])*")
_NEEDED = (re.compile(r"20\d\d\s*年"), re.compile(r"单位\s*[:：]\s*(?:人民币)?\s*[百千万亿]*元"))
_MOST = 20
_LONGEST = 300


def head_lines(lines: Iterable[str]) -> list[str]:
    """The lines of headers and footers, each once, without page numbers."""
    return [line for line in dict.fromkeys(" ".join(one.split()) for one in lines) if not _PAGE_NUMBER.fullmatch(line)]


def with_heads(
    lines: Sequence[str], blocks: Sequence[Paragraph | Grid]
) -> tuple[list[Paragraph | Grid], tuple[Note, ...]]:
    """The blocks and notes; a header that names a year or unit the text lacks stands before the blocks."""
    used = [line for line in lines if any(p.search(line) and not _occurs(p, blocks) for p in _NEEDED)]
    notes = []
    if used:
        words = " / ".join(used)
        notes.append(Note("furniture.used", "", f"正文没有写明年度或金额单位，按页眉页脚读取：{words}"))
    if left := [line for line in lines if line not in used]:
        notes.append(Note("furniture.dropped", "", f"页眉、页脚未计入正文：{' / '.join(left)}"))
    return [*(Paragraph(line, Location(text=line)) for line in used), *blocks], tuple(notes)


def _occurs(pattern: re.Pattern[str], blocks: Sequence[Paragraph | Grid]) -> bool:
    for block in blocks:
        if isinstance(block, Paragraph):
            if pattern.search(block.text):
                return True
        elif any(pattern.search(cell.text) for cell in block.cells()):
            return True
    return False


def annotation_notes(what: str, texts: Iterable[str]) -> tuple[Note, ...]:
    """A note with the words of footnotes or comments, which are no part of the text they stand at."""
    words = [" ".join(text.split())[:_LONGEST] for text in texts if text.strip()]
    if not words:
        return ()
    more = f" 等 {len(words)} 条" if len(words) > _MOST else ""
    return (Note("annotation.left_out", "", f"{what}不计入正文，原文为：{' / '.join(words[:_MOST])}{more}"),)
