"""Opens a workbook to be read and never written: openpyxl without the lines and locks of merged cells."""

from __future__ import annotations

import io
from typing import Any

from openpyxl.cell.cell import MergedCell
from openpyxl.reader.excel import ExcelReader
from openpyxl.worksheet.worksheet import Worksheet


def opened(data: bytes, *, results: bool, rich: bool = False) -> Any:
    """The workbook in ``data``, with the stored results of its formulas or with the formulas themselves.

    ``rich``: with the fonts of words. Raises whatever openpyxl raises of a damaged file.
    """
    reader = _Reader(io.BytesIO(data), data_only=results, keep_links=False, rich_text=rich)
    reader.read()
    return reader.wb


class _Sheet(Worksheet):
    def _clean_merge_range(self, merged: Any) -> None:
        """Only the first cell of a range holds anything. Openpyxl also draws borders around it and sets the lock of
        every cell it covers, which takes more time than all else it does with a form."""
        covered = merged.cells
        next(covered)
        for row, column in covered:
            self._cells[row, column] = MergedCell(self, row, column)


class _Reader(ExcelReader):
    def read_worksheets(self) -> None:
        book: Any = self.wb  # its stubs leave out what is private

        def create_sheet(title: str) -> _Sheet:
            sheet = _Sheet(book, title=title)
            book._add_sheet(sheet)  # noqa: SLF001 - as its own create_sheet does
            return sheet

        book.create_sheet = create_sheet
        super().read_worksheets()
