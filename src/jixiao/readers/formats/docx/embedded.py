"""Files inside a Word document: worksheets shown in it, pages and texts put into it as a whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from jixiao.domain.note import Note
from jixiao.domain.provenance import Location
from jixiao.readers.errors import UnreadableFileError
from jixiao.readers.raw import Grid, Paragraph, RawDocument

_MOST = 20
"""Files inside one document"""


class Embedded:
    """Reads the files inside one document; what cannot be read is told.

    ``read_inner`` reads the bytes of such a file; it is given, for a format reader knows no other formats.
    """

    def __init__(self, read_inner: Callable[[bytes], RawDocument]) -> None:
        self._read_inner = read_inner
        self._count = 0
        self.notes: list[Note] = []

    def blocks(self, content: Callable[[], bytes] | None, paragraphs: int, tables: int) -> Iterator[Paragraph | Grid]:
        """The blocks of the next file. Its paragraphs and tables are counted on from those before it."""
        self._count += 1
        if self._count > _MOST:
            if self._count == _MOST + 1:
                self._tell(f"文档里嵌入的文件超过 {_MOST} 个，从第 {_MOST + 1} 个起没有读")
            return
        try:
            if content is None:
                raise UnreadableFileError("只有一个指向别处的链接，内容不在文档里", "")
            raw = self._read_inner(content())
        except UnreadableFileError as error:
            self._tell(f"文档里嵌入的第 {self._count} 个文件没有读：{error.met}")
            return
        self.notes += raw.notes

        def moved(place: Location) -> Location:
            if place.worksheet is not None:
                return place._replace(worksheet=f"嵌入表格{self._count}/{place.worksheet}")
            return place._replace(
                line=None,
                paragraph=paragraphs + (place.paragraph or place.line or 1) if place.table is None else None,
                table=tables + place.table if place.table is not None else None,
            )

        for block in raw.blocks:
            if isinstance(block, Paragraph):
                yield replace(block, place=moved(block.place))
            else:
                rows = tuple(tuple(cell._replace(place=moved(cell.place)) for cell in row) for row in block.rows)
                yield replace(block, rows=rows, place=moved(block.place))

    def _tell(self, message: str) -> None:
        self.notes.append(
            Note("object.unread", "", f"{message}。请在 Word 或 WPS 里双击打开它，另存为单独的文件后一并报送。")
        )
