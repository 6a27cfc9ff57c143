"""Files into lines: what cells say, with all digits; hostile files are answered in words."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.formula import ArrayFormula

from jixiao.domain.money import CurrencyUnit
from jixiao.readers import UnreadableFileError
from jixiao.web.imports import reading
from jixiao.web.imports.fields import Amount, BadCell, Code, Day, Text, Whole, Year
from web.imports.books import LIST, MERGES, xlsx


def test_numbers_keep_their_digits_and_days_their_year() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append([1234567.891, date(2027, 3, 1), datetime(2027, 3, 1, 8, 30), 301, 0.5, True, 13099922000000012345])
    sheet["A1"].number_format = "#,##0.00"
    sheet["B1"].number_format = 'm"月"d"日"'
    sheet["D1"].number_format = "000000"
    sheet["E1"].number_format = "0%"
    stream = io.BytesIO()
    book.save(stream)
    (line,) = reading.workbook_of(stream.getvalue()).sheets[0].lines
    assert line.cells[:6] == ("1234567.891", "2027-03-01", "2027-03-01 08:30", "000301", "50%", "是")


def test_a_code_that_lost_its_digits_as_a_number_is_refused() -> None:
    (line,) = reading.workbook_of(xlsx([[1.30999220000001e20, "x"]])).sheets[0].lines
    with pytest.raises(BadCell, match="后面几位已经丢了"):
        Code().parse(line.cells[0], None)


def test_formulas_without_result_are_themselves_and_are_refused() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["项目", "=1+1", "=cmd|' /C calc'!A0"])
    sheet["D1"] = ArrayFormula("D1", "=SUM(A1:A2)")
    stream = io.BytesIO()
    book.save(stream)
    (line,) = reading.workbook_of(stream.getvalue()).sheets[0].lines
    assert line.cells == ("项目", "=1+1", "=cmd|' /C calc'!A0", "=SUM(A1:A2)")
    for text in line.cells[1:]:
        with pytest.raises(BadCell, match="公式"):
            Text().parse(text, None)


def test_csv_in_either_encoding_and_pages_that_call_themselves_workbooks() -> None:
    text = '单位编码,项目名称,预算数\n301,招商费用,150\n302,疏浚,="007"\n'
    for encoding in ("utf-8-sig", "gb18030"):
        (sheet,) = reading.workbook_of(text.encode(encoding)).sheets
        assert [line.cells for line in sheet.lines][1:] == [("301", "招商费用", "150"), ("302", "疏浚", "007")]
    page = "<html><body><table><tr><td>单位编码</td><td>项目名称</td></tr><tr><td>301</td><td>招商费用</td></tr></table></body></html>"
    (sheet,) = reading.workbook_of(page.encode()).sheets
    assert [line.cells for line in sheet.lines] == [("单位编码", "项目名称"), ("301", "招商费用")]


def test_hidden_worksheets_are_told() -> None:
    book = Workbook()
    assert book.active is not None
    book.active.append(["a", "b"])
    hidden = book.create_sheet("名单")
    hidden.append(["x"])
    hidden.sheet_state = "hidden"
    stream = io.BytesIO()
    book.save(stream)
    found = reading.workbook_of(stream.getvalue())
    assert len(found.sheets) == 1
    assert found.notes == ("隐藏的工作表没有读：名单",)


def _package(**parts: bytes) -> bytes:
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(xlsx(LIST, MERGES))) as source,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as copy,
    ):
        for name in source.namelist():
            copy.writestr(name, parts.get(name.rsplit("/", 1)[-1].replace(".", "_"), source.read(name)))
        for name, part in parts.items():
            if "/" in name:
                copy.writestr(name, part)
    return stream.getvalue()


_SHEET = (
    b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s'
    b"</sheetData></worksheet>"
)
_ROW = b'<row r="1"><c r="A1" t="inlineStr"><is><t>%s</t></is></c></row>'


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (lambda: b"", "空的"),
        (lambda: b"   \n", "空的"),
        (lambda: b"PK\x03\x04 not a zip at all", "损坏"),
        (lambda: bytes.fromhex("d0cf11e0a1b11ae1") + b"x" * 600, "损坏"),
        (lambda: b"just a sentence", "没有分列"),
        (lambda: b"\x00\x01\x02\x03" * 100, "二进制"),
        (lambda: _package(sheet1_xml=_SHEET % (b" " * (129 * 1024 * 1024))), "展开后超过"),
        (lambda: _package(**{"xl/media/bomb.bin": b"\0" * (401 * 1024 * 1024)}), "压缩炸弹"),
        (lambda: _package(sheet1_xml=b'<!DOCTYPE x [<!ENTITY a "b">]>' + _SHEET % b""), "不合规"),
        (lambda: _package(sheet1_xml=_SHEET % b"<row><c"), "损坏"),
        (lambda: _package(sheet1_xml=_SHEET % b""), "一个字也没有"),
        (lambda: _package(sheet1_xml=_SHEET % b"".join(b'<row r="%d"><c r="A%d"/></row>' % (n, n) for n in range(1, 1_000_001))), "一个字也没有"),
        (lambda: _package(sheet1_xml=_SHEET % b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (n, n) for n in range(1, 50_003))), "50000 行"),
        (lambda: _package(sheet1_xml=_SHEET % b'<row r="1"><c r="ZZ1"><v>1</v></c></row>'), "200 列"),
    ],
)  # fmt: skip
def test_hostile_files_are_answered_in_words(data: Callable[[], bytes], words: str) -> None:
    with pytest.raises(UnreadableFileError, match=words):
        reading.workbook_of(data())


def test_a_million_empty_rows_after_the_list_cost_nothing_but_time() -> None:
    far = _SHEET % (_ROW % b"x" + b'<row r="1048576" hidden="1"><c r="A1048576" s="0"/></row>')
    (sheet,) = reading.workbook_of(_package(sheet1_xml=far)).sheets
    assert [line.cells for line in sheet.lines] == [("x",)]


def test_a_file_too_large_is_not_even_opened() -> None:
    with pytest.raises(UnreadableFileError, match="30 MB"):
        reading.read(b"x" * (reading.MOST_BYTES + 1))


@pytest.mark.process
def test_files_are_read_in_a_process_of_their_own() -> None:
    assert reading.read(xlsx(LIST, MERGES)) == reading.workbook_of(xlsx(LIST, MERGES))


@pytest.mark.parametrize(
    ("text", "unit", "fen"),
    [
        ("150", CurrencyUnit.TEN_THOUSAND_YUAN, 150_000_000),
        ("1,234.56", CurrencyUnit.YUAN, 123_456),
        ("１５．５", CurrencyUnit.TEN_THOUSAND_YUAN, 15_500_000),
        ("3.2万元", CurrencyUnit.YUAN, 3_200_000),
        ("¥ 12.00", CurrencyUnit.YUAN, 1_200),
        ("—", CurrencyUnit.YUAN, 0),
        ("0.1", CurrencyUnit.HUNDRED_MILLION_YUAN, 1_000_000_000),
    ],
)
def test_money_is_fen(text: str, unit: CurrencyUnit, fen: int) -> None:
    assert Amount().parse(text, unit) == fen


def test_money_is_shown_as_it_was_given() -> None:
    assert Amount().shown(Amount().parse("12.345678", CurrencyUnit.TEN_THOUSAND_YUAN)) == "12.345678万元"
    assert Amount().shown(0) == "0万元"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("一百", "不是金额"),
        ("-5", "负数"),
        ("1.005", "余数"),
        ("(3)", "负数"),
        ("#REF!", "公式出错"),
        ("99999999999999999", "太大"),
    ],
)
def test_what_is_no_money_is_told(text: str, words: str) -> None:
    with pytest.raises(BadCell, match=words):
        Amount().parse(text, CurrencyUnit.YUAN)
    with pytest.raises(BadCell):
        Amount().parse("5", None)


def test_days_and_numbers() -> None:
    for text in ("2027-03-01", "2027年3月1日", "2027/3/1", "2027.3.1", "20270301", "46447"):
        assert Day().parse(text, None) == date(2027, 3, 1), text
    with pytest.raises(BadCell, match="没有 13 月"):
        Day().parse("2027.13.1", None)
    with pytest.raises(BadCell, match="没有 30 日"):
        Day().parse("2027-02-30", None)
    assert Year().parse("2027年度", None) == 2027
    assert Whole().parse("1,204.0", None) == 1204
    with pytest.raises(BadCell):
        Whole().parse(str(Decimal("1.5")), None)
