"""A workbook of cells to be filled in, as it came back: its worksheets as lines of words, and what it carries for a program.

Other than the readers of forms this one guesses nothing: whoever wrote the workbook knows what stands where.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from dataclasses import dataclass

from jixiao.readers.errors import UnreadableFileError

_CARRIED = "_jixiao"
_REMEDY = "请用导出的那个文件填写，用 Excel 或 WPS 存为 .xlsx 再传"
_MOST_ROWS, _MOST_COLUMNS = 20_000, 60


@dataclass(frozen=True, slots=True)
class EntrySheet:
    """A worksheet: its name, and by line the words of its cells by the letters of their column; lines without words are there
    too, so that one stands where it stood.
    """

    name: str
    lines: tuple[Mapping[str, str], ...]


@dataclass(frozen=True, slots=True)
class EntryBook:
    """A workbook; ``carries`` is empty where it is none of ours."""

    carries: str
    sheets: tuple[EntrySheet, ...]


def read_entries(data: bytes) -> EntryBook:
    """The words of a workbook. Only for a process with limits. Raises UnreadableFileError where it is damaged or none."""
    from openpyxl.utils import get_column_letter  # a third of a second

    from jixiao.readers.formats.xlsx.package import check
    from jixiao.readers.formats.xlsx.workbook import opened
    from jixiao.readers.raw.number_formats import printed

    if not data.startswith(b"PK"):
        raise UnreadableFileError("不是 .xlsx 工作簿", _REMEDY)
    checked = check(data)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of parts it drops
        try:
            book = opened(checked.data, results=True)
        except MemoryError:
            raise
        except Exception as error:
            raise UnreadableFileError("工作簿已损坏、被加密，或不是 Excel 文件", _REMEDY) from error
    carries, sheets = "", []
    for sheet in book.worksheets:
        if sheet.title == _CARRIED:
            carries = "".join(str(row[0] or "") for row in sheet.iter_rows(values_only=True))
            continue
        if sheet.max_row > _MOST_ROWS or sheet.max_column > _MOST_COLUMNS:
            raise UnreadableFileError(f"工作表“{sheet.title}”比发出去时大得多", _REMEDY)
        lines = [
            {
                get_column_letter(cell.column): printed(cell.value, cell.number_format)
                for cell in row
                if cell.value is not None
            }
            for row in sheet.iter_rows()
        ]
        sheets.append(EntrySheet(sheet.title, tuple(lines)))
    return EntryBook(carries, tuple(sheets))
