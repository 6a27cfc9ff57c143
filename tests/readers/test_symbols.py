"""Ticks and signs typed in symbol fonts, in every kind of file that names fonts; what a cell with boxes says."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from jixiao.readers.office import ToConvert, convert_many
from jixiao.readers.raw import Grid
from jixiao.readers.raw.symbols import sign, signs, symbol_font
from jixiao.readers.registry import read_raw
from jixiao.readers.sheets.marks import ticked_in

KEYS = {("Wingdings 2", "R"): "☑", ("Wingdings 2", "£"): "□", ("Wingdings", "þ"): "☑", ("Wingdings", "¨"): "□"}
KEYS |= {("Wingdings", "ü"): "✓", ("Wingdings 2", "P"): "✓", ("Webdings", "a"): "✓", ("Webdings", "c"): "□"}
KEYS |= {("Symbol", "³"): "≥", ("Symbol", "Ö"): "√"}


def workbook() -> bytes:
    """A row for each sign: the whole cell in the font, the sign beside words, the same letter in a usual font."""
    book = Workbook()
    page = book.active
    assert page is not None
    for row, (font, letter) in enumerate(KEYS, 1):
        page.cell(row, 1, letter).font = Font(name=font)
        page.cell(row, 2).value = CellRichText("是", TextBlock(InlineFont(rFont=font), letter), "否")
        page.cell(row, 3, letter)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def rows(data: bytes, name: str) -> list[list[str]]:
    (grid,) = (b for b in read_raw(data, name).blocks if isinstance(b, Grid))
    return [[cell.text for cell in row] for row in grid.rows]


WANTED = [[printed, f"是{printed}否", letter] for (_, letter), printed in KEYS.items()]


def test_workbook() -> None:
    assert rows(workbook(), "x.xlsx") == WANTED


@pytest.mark.office
def test_old_workbook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from jixiao.readers import office

    monkeypatch.setitem(office._FILTERS, "xls", "xls")
    (tmp_path / "x.xlsx").write_bytes(workbook())
    made = convert_many([ToConvert(tmp_path / "x.xlsx", "xlsx", "xls")], tmp_path / "work")[tmp_path / "x.xlsx"]
    assert isinstance(made, Path)
    assert rows(made.read_bytes(), "x.xls") == WANTED


def test_web_page() -> None:
    style = "<style>.a{color:red}.w{font-family:'Wingdings 2';}.n{font-family:宋体}</style>"
    cells = (
        "<td class=w>R</td><td><span style='font-family:\"Wingdings 2\";mso-char-type:symbol'>R</span>是</td>"
        "<td><font face='Wingdings'>þ</font>是<font face=Wingdings>¨</font>否</td>"
        "<td class=w>P<span class=n>R</span>£</td><td style='font-family:Arial,Symbol'>R</td><td>R</td>"
    )
    page = f"<html><head>{style}</head><body><table><tr>{cells}</tr><tr><td>a</td></tr></table></body></html>"
    assert rows(page.encode(), "x.html")[0] == ["☑", "☑是", "☑是□否", "✓R□", "R", "R"]


def test_only_the_first_of_some_fonts_counts() -> None:
    assert symbol_font("'Wingdings 2',serif") == "Wingdings 2"
    assert symbol_font("Webdings") == "Webdings"
    assert [symbol_font(f) for f in ("Arial, Symbol", "Segoe UI Symbol", "Wingdings 3", "Symbolic")] == [None] * 4
    assert (sign("WINGDINGS2", 0x52), signs("Wingdings", "\uf0fe确定能")) == ("☑", "☑确定能")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("□确定能 ☑有可能 □完全不可能", "有可能"),
        ("确定能□ 有可能☑ 完全不可能□", "有可能"),
        ("☑确定能□有可能□完全不可能", "确定能"),
        ("确定能（√） 有可能（ ） 完全不可能（ ）", "确定能"),
        ("（ ）确定能（√）有可能（ ）完全不可能", "有可能"),
        ("●确定能 ○有可能", "确定能"),
        ("■是□否", "是"),
        ("□是 ☒否", "否"),
        ("√确定能", "确定能"),
        ("确定能√", "确定能"),
        ("□确定能 □有可能", "□确定能 □有可能"),
        ("☑确定能 ☑有可能", "☑确定能 ☑有可能"),
        ("确定能", "确定能"),
    ],
)
def test_cell_with_boxes(text: str, said: str) -> None:
    assert ticked_in(text) == said
