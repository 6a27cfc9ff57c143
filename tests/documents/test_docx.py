"""Word files, read back by another library."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from io import BytesIO
from itertools import pairwise

import docx
from documents.sample import DAY, DOCUMENT, FORM, GRID, HOSTILE
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from lxml import etree

from jixiao.documents import Document, Section, Table, to_docx
from jixiao.documents.text import printable


def opened(document: Document):  # type: ignore[no-untyped-def]  # the library has no types
    return docx.Document(BytesIO(to_docx(document)))


def test_paragraphs_have_the_styles_of_official_documents() -> None:
    read = opened(DOCUMENT)
    found = [(p.style.name, p.text) for p in read.paragraphs if p.text]
    assert found == [
        ("Title", "样本\n文件"),
        ("Normal", "示例县商务局："),
        ("Body Text", "正文重点。"),
        ("Heading 1", "一、表"),
        ("Heading 2", "（一）单子"),
        ("说明", "说明"),
        ("Normal", "盖章："),
    ]
    fonts = {
        name: (read.styles[name].element.rPr.rFonts.get(qn("w:eastAsia")), read.styles[name].font.size.pt)
        for name in ("Title", "Normal", "Heading 1", "Heading 2")
    }
    assert fonts == {
        "Title": ("方正小标宋简体", 22),
        "Normal": ("仿宋_GB2312", 16),
        "Heading 1": ("黑体", 16),
        "Heading 2": ("楷体_GB2312", 14),
    }
    assert [run.bold for p in read.paragraphs if p.text == "正文重点。" for run in p.runs] == [None, True, None]


def test_pages_are_a4_with_official_margins_and_numbers_outside() -> None:
    first, second = opened(DOCUMENT).sections
    margins = (first.top_margin, first.bottom_margin, first.left_margin, first.right_margin)
    assert [round(m.mm) for m in margins] == [37, 35, 28, 26]
    assert [round(size.mm) for size in (first.page_width, first.page_height)] == [210, 297]
    assert second.orientation == WD_ORIENT.LANDSCAPE
    assert [round(size.mm) for size in (second.page_width, second.page_height)] == [297, 210]
    for section in (first, second):
        for footer in (section.footer, section.even_page_footer):
            assert footer.paragraphs[0].text == "— 1 —"
            assert "PAGE" in footer.paragraphs[0]._p.xml


def test_cells_span_and_heads_repeat() -> None:
    table = opened(DOCUMENT).tables[0]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["栏目", "内容", "内容"],
        ["预算单位", "示例县商务局", "示例县商务局"],
        ["指标", "走访企业数", "1.50"],
        ["指标", "签约\n项目数", "急：3"],
        ["以下空白", "以下空白", "以下空白"],
    ]
    assert table.cell(2, 0)._tc is table.cell(3, 0)._tc
    assert [row._tr.trPr is not None and row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows] == [
        True,
        False,
        False,
        False,
        False,
    ]


def test_two_tables_do_not_grow_together() -> None:
    body = opened(DOCUMENT).element.body
    names = [etree.QName(child).localname for child in body]
    assert ("tbl", "tbl") not in set(pairwise(names))


def test_widths_fill_the_text() -> None:
    table = opened(DOCUMENT).tables[0]
    assert abs(sum(column.width.mm for column in table.columns) - (210 - 28 - 26)) < 1
    assert table.columns[1].width.mm > 2.9 * table.columns[0].width.mm


def test_the_same_document_gives_the_same_bytes_and_carries_no_clock() -> None:
    first = to_docx(DOCUMENT)
    assert first == to_docx(replace(DOCUMENT))
    with zipfile.ZipFile(BytesIO(first)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = archive.read("docProps/core.xml").decode()
    assert set(re.findall(r"\d{4}-\d\d-\d\dT[\d:]+Z", core)) == {"2026-01-01T00:00:00Z"}
    assert "<dc:title>样本 文件</dc:title>" in core


def test_hostile_text_is_written_as_text() -> None:
    table = Table(GRID[:2], tuple((words, words) for words in HOSTILE))
    read = opened(Document(HOSTILE[0], DAY, (Section((table,)),)))
    assert [row.cells[1].text for row in read.tables[0].rows] == [printable(words) for words in HOSTILE]
    assert read.core_properties.title == HOSTILE[0]


def test_every_part_is_declared_and_well_formed() -> None:
    with zipfile.ZipFile(BytesIO(to_docx(replace(DOCUMENT, sections=(Section((FORM,)),))))) as archive:
        types = archive.read("[Content_Types].xml").decode()
        for name in archive.namelist():
            etree.fromstring(archive.read(name))
            assert name.endswith(".rels") or name == "[Content_Types].xml" or f'PartName="/{name}"' in types
