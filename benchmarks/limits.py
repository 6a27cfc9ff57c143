"""The physical limit of reading a .docx: parse its XML with lxml and walk every cell, nothing more."""

from __future__ import annotations

import io
import zipfile

from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def parse_and_walk(data: bytes) -> list[tuple[str, int, str | None]]:
    """(text, columns covered, vertical merge) of every cell, and the text of every paragraph outside tables."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        body = etree.fromstring(archive.read("word/document.xml"))[0]
    found: list[tuple[str, int, str | None]] = []
    for block in body:
        if block.tag == f"{_W}tbl":
            for cell in block.iter(f"{_W}tc"):
                span = cell.find(f"{_W}tcPr/{_W}gridSpan")
                merge = cell.find(f"{_W}tcPr/{_W}vMerge")
                columns = int(span.get(f"{_W}val")) if span is not None else 1
                text = "".join(t.text or "" for t in cell.iter(f"{_W}t"))
                found.append((text, columns, None if merge is None else merge.get(f"{_W}val", "continue")))
        else:
            found.append(("".join(t.text or "" for t in block.iter(f"{_W}t")), 1, None))
    return found
