"""Workbooks (.xlsx)."""

from __future__ import annotations

from jixiao.readers.format import Family, Format, Request, Surety
from jixiao.readers.raw import RawDocument
from jixiao.readers.raw.content import Content


def _read(content: Content, request: Request) -> RawDocument:
    from jixiao.readers.formats.xlsx.reader import read_xlsx  # openpyxl takes a third of a second

    return read_xlsx(content.data, request.source, request.vocabulary)


FORMATS = (
    Format(
        name="xlsx",
        label="Excel 工作簿（.xlsx）",
        family=Family.EXCEL,
        suffixes=(".xlsx", ".xlsm", ".xltx", ".xltm"),
        surety=Surety.SIGNED,
        tells=lambda content: "xl/workbook.xml" in content.parts,
        read=_read,
    ),
)
