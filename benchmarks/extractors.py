"""Tables as other extractors read them: share of cells and of merged cells found exactly, and the time it takes.

The truth is the Word file itself: the words of every cell and the rows and columns it covers. The same file is read as
.docx and, printed by LibreOffice, as PDF, where page breaks cut tables and cells.
"""

from __future__ import annotations

import io
import re
import tempfile
import time
import zipfile
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

from lxml import etree

from benchmarks.pdf import COUNTY, to_pdf
from jixiao.readers.office import soffice
from jixiao.readers.raw import Grid
from jixiao.readers.registry import read_raw

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SAME_EDGE = 3.0


class Span(NamedTuple):
    """A cell: its words without blanks, the rows and columns it covers."""

    text: str
    rows: int
    columns: int


class _Score(NamedTuple):
    """Shares of cells, and of merged cells with their extent, that were found."""

    cells: float
    spans: float


Extractor = Callable[[bytes], list[Span]]


def extractors() -> bool:
    """Whether ours finds no fewer cells and merged cells in PDF than any other that is installed."""
    program = soffice()
    if program is None:
        print("extractors: skipped, LibreOffice is not installed")
        return True
    words = [_plain(file.read_bytes()) for file in sorted(COUNTY.glob("*.docx"))]
    truth = [span for data in words for span in _word(data)]
    print(f"extractors: {len(words)} files, {len(truth)} cells, {sum(map(_is_merged, truth))} of them merged")
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder, f"{n}.docx") for n in range(len(words))]
        for file, data in zip(files, words, strict=True):
            file.write_bytes(data)
        printed = [file.read_bytes() for file in to_pdf(program, files, Path(folder, "pdf"))]
    for name, extractor in {"jixiao": _ours("x.docx"), **_others("docx")}.items():
        _tell("docx", name, truth, words, extractor)
    ours = _tell("pdf", "jixiao", truth, printed, _ours("x.pdf"))
    others = [_tell("pdf", name, truth, printed, extractor) for name, extractor in _others("pdf").items()]
    return all(ours.cells >= s.cells and ours.spans >= s.spans for s in others)


def _plain(data: bytes) -> bytes:
    """A Word file whose rows may break over pages and whose cells all have lines around them, as most have."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as plain:
        for name in archive.namelist():
            content = archive.read(name)
            if name == "word/document.xml":
                content = re.sub(rb"<w:cantSplit/>|<w:tcBorders>.*?</w:tcBorders>", b"", content)
                content = re.sub(rb'(<w:sz w:val=")20("/>)', rb"\g<1>24\2", content)  # larger print, more page breaks
            plain.writestr(name, content)
    return out.getvalue()


def _others(form: str) -> dict[str, Extractor]:
    """The other extractors that are installed; those that are not are named."""
    known: dict[str, Extractor] = {"markitdown": lambda data: _markdown(data, form)}
    if form == "pdf":
        known["pdfplumber"] = _plumber
    else:
        known["docling"] = _docling
    for name in [name for name in known if find_spec(name) is None]:
        print(f"{form:>5}  {name:12} skipped, not installed")
        del known[name]
    return known


def _tell(form: str, name: str, truth: Sequence[Span], files: Sequence[bytes], extractor: Extractor) -> _Score:
    start = time.perf_counter()
    found = [span for data in files for span in extractor(data)]
    seconds = time.perf_counter() - start
    merged = [span for span in truth if _is_merged(span)]
    score = _Score(_recall([s.text for s in truth], [s.text for s in found]), _recall(merged, found))
    print(f"{form:>5}  {name:12} cells {score.cells:.3f}  merged cells {score.spans:.3f}  {seconds:6.2f} s")
    return score


def _recall(truth: Sequence[object], found: Sequence[object]) -> float:
    return (Counter(truth) & Counter(found)).total() / len(truth)


def _is_merged(span: Span) -> bool:
    return span.rows > 1 or span.columns > 1


def _squeezed(text: str | None) -> str:
    return "".join((text or "").split())


# --- extractors -------------------------------------------------------------------------------------------


def _ours(name: str) -> Extractor:
    def read(data: bytes) -> list[Span]:
        grids = (block for block in read_raw(data, name).blocks if isinstance(block, Grid))
        return [Span(_squeezed(c.text), c.row_span, c.column_span) for grid in grids for c in grid.cells()]

    return read


def _word(data: bytes) -> list[Span]:
    """The cells of a Word file by its own marks."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        body = etree.fromstring(archive.read("word/document.xml"))
    return [span for table in body.iter(f"{_W}tbl") for span in _word_table(table)]


def _word_table(table: Any) -> Iterator[Span]:
    """The cells of a table; a column whose edge no cell shows counts for nothing."""
    above: dict[int, list[Any]] = {}
    cells: list[list[Any]] = []
    for row in table.iter(f"{_W}tr"):
        column = 0
        for cell in row.iter(f"{_W}tc"):
            span, merge = cell.find(f"{_W}tcPr/{_W}gridSpan"), cell.find(f"{_W}tcPr/{_W}vMerge")
            end = column + (int(span.get(f"{_W}val")) if span is not None else 1)
            if merge is not None and merge.get(f"{_W}val") != "restart" and column in above:
                above[column][1] += 1
            else:
                above[column] = ["".join(t.text or "" for t in cell.iter(f"{_W}t")), 1, column, end]
                cells.append(above[column])
            column = end
    edges = sorted({edge for _, _, start, end in cells for edge in (start, end)})
    return (
        Span(_squeezed(t), rows, bisect_left(edges, end) - bisect_left(edges, start)) for t, rows, start, end in cells
    )


def _plumber(data: bytes) -> list[Span]:
    """pdfplumber's cells, their edges put together to a grid: the best that can be had from it."""
    import pdfplumber

    found: list[Span] = []
    with pdfplumber.open(io.BytesIO(data)) as document:
        for page in document.pages:
            for table in page.find_tables():
                xs = _edges([x for x0, _, x1, _ in table.cells for x in (x0, x1)])
                ys = _edges([y for _, y0, _, y1 in table.cells for y in (y0, y1)])
                for x0, y0, x1, y1 in table.cells:
                    text = page.crop((x0, y0, x1, y1)).extract_text()
                    found.append(Span(_squeezed(text), _between(ys, y0, y1), _between(xs, x0, x1)))
    return found


def _edges(places: Sequence[float]) -> list[float]:
    edges: list[float] = []
    for place in sorted(places):
        if not edges or place - edges[-1] > _SAME_EDGE:
            edges.append(place)
    return edges


def _between(edges: Sequence[float], start: float, end: float) -> int:
    return bisect_left(edges, end - _SAME_EDGE) - bisect_left(edges, start - _SAME_EDGE)


def _markdown(data: bytes, form: str) -> list[Span]:
    from markitdown import MarkItDown

    text = MarkItDown().convert_stream(io.BytesIO(data), file_extension=f".{form}").text_content
    rows = (line.strip().strip("|").split("|") for line in text.splitlines() if line.strip().startswith("|"))
    return [Span(_squeezed(cell), 1, 1) for row in rows for cell in row]


def _docling(data: bytes) -> list[Span]:
    from docling.datamodel.base_models import DocumentStream
    from docling.document_converter import DocumentConverter

    document = DocumentConverter().convert(DocumentStream(name="x.docx", stream=io.BytesIO(data))).document
    cells = (cell for table in document.tables for cell in table.data.table_cells)
    return [Span(_squeezed(c.text), c.row_span, c.col_span) for c in cells]
