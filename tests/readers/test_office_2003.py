"""Word and Excel 2003 as XML: read without another program, as the .docx and .xlsx that say the same."""

from __future__ import annotations

import pytest
from readers.office import EXCEL_2003, WORD_2003, excel_2003_cell, excel_2003_of, p, tbl, tc, word_2003_of

from jixiao.readers import UnreadableFileError
from jixiao.readers.raw import Grid, Paragraph, RawDocument
from jixiao.readers.registry import format_of, read_raw


def words(document: RawDocument) -> list[str]:
    """Paragraphs and cells with words, in order."""
    return [
        text
        for block in document.blocks
        for text in ([block.text] if isinstance(block, Paragraph) else [c.text for c in block.cells()])
        if text
    ]


def word(body: str, more: str = "") -> RawDocument:
    return read_raw(word_2003_of(body, more), "表.xml")


def excel(rows: str, **more: str) -> RawDocument:
    return read_raw(excel_2003_of(rows, **more), "表.xml")


def data(value: str, kind: str, style: str = "") -> str:
    """A cell of a workbook with a value of a kind."""
    return (
        f'<Cell{f" ss:StyleID={chr(34)}{style}{chr(34)}" if style else ""}><Data ss:Type="{kind}">{value}</Data></Cell>'
    )


@pytest.mark.parametrize("name", ["表.doc", "表.xml", "表.docx", "表"])
def test_word_is_known_by_its_content(name: str) -> None:
    document = read_raw(word_2003_of(p("甲") + tbl(f"<w:tr>{tc(p('乙'))}</w:tr>")), name)
    assert document.source.format == "word-2003"
    assert words(document) == ["甲", "乙"]


@pytest.mark.parametrize(
    "encoded", [lambda text: text, lambda text: text.decode().replace('<?xml version="1.0"?>', "").encode("utf-16")]
)
def test_excel_is_known_by_its_content(encoded) -> None:  # type: ignore[no-untyped-def]
    found = encoded(excel_2003_of("<Row><Cell><Data ss:Type='String'>甲</Data></Cell></Row>"))
    assert format_of(found).name == "excel-2003"
    assert words(read_raw(found, "表.xls")) == ["甲"]


# --- Word --------------------------------------------------------------------------------------------------


def test_what_word_puts_round_paragraphs_and_words_is_opened() -> None:
    row = f"<w:tr>{tc(p('丙'))}{tc(p('丁'))}</w:tr>"
    body = (
        f"<wx:sub-section>{p('甲')}<wx:sub-section><st1:place>{p('乙')}</st1:place>{tbl(row)}</wx:sub-section></wx:sub-section>"
        f"<w:p><st1:date><w:r><w:t>戊</w:t></w:r></st1:date><w:hlink w:dest='x'><w:r><w:t>己</w:t></w:r></w:hlink></w:p>"
    )
    document = word(body)
    assert words(document) == ["甲", "乙", "丙", "丁", "戊己"]
    assert [type(block) for block in document.blocks] == [Paragraph, Paragraph, Grid, Paragraph]


def test_cells_merged_in_the_manner_of_word_2003() -> None:
    rows = (
        f"<w:tr>{tc(p('甲'), merge='restart')}{tc(p('乙'))}</w:tr><w:tr>{tc(p(''), merge='continue')}{tc(p('丙'))}</w:tr>"
        f"<w:tr>{tc(p('丁'), span=2)}</w:tr>"
    )
    document = word(tbl(rows).replace("vMerge", "vmerge"))
    (grid,) = document.blocks
    assert isinstance(grid, Grid)
    assert [(c.text, c.row_span, c.column_span) for c in grid.cells()] == [
        ("甲", 2, 1), ("乙", 1, 1), ("丙", 1, 1), ("丁", 1, 2),
    ]  # fmt: skip


def test_changes_are_read_as_accepted_and_comments_are_told() -> None:
    def annotation(kind: str, content: str) -> str:
        return f'<aml:annotation aml:author="某" w:type="Word.{kind}"><aml:content>{content}</aml:content></aml:annotation>'

    old = annotation("Deletion", "<w:r><w:delText>旧</w:delText></w:r>")
    new = annotation("Insertion", "<w:r><w:t>新</w:t></w:r>")
    remark = f"<w:r>{annotation('Comment', p('请核对'))}</w:r>"
    mark = '<aml:annotation w:type="Word.Bookmark.Start" w:name="a"/>'
    document = word(f"<w:p>{mark}<w:r><w:t>甲</w:t></w:r>{old}{new}{remark}</w:p>" + annotation("Deletion", p("整段")))
    assert words(document) == ["甲新"]
    assert [note.code for note in document.notes] == ["docx.tracked_changes", "annotation.left_out"]
    assert "请核对" in document.notes[1].message


def test_footnotes_headers_and_hidden_words_are_no_text() -> None:
    note = f"<w:r><w:footnote>{p('脚注的话')}</w:footnote></w:r>"
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r>"
    head = f"<w:p><w:pPr><w:sectPr><w:hdr w:type='odd'>{p('页眉的话')}</w:hdr></w:sectPr></w:pPr></w:p>"
    document = word(f"<w:p><w:r><w:t>甲</w:t></w:r>{note}{hidden}</w:p>{head}")
    assert words(document) == ["甲"]
    told = " ".join(note.message for note in document.notes)
    assert all(word in told for word in ("脚注的话", "页眉的话", "藏"))


def test_numbers_of_lists_are_read_as_printed() -> None:
    def item(number: str, text: str) -> str:
        listed = f'<w:listPr><w:ilvl w:val="0"/><wx:t wx:val="{number}"/></w:listPr>'
        return f"<w:p><w:pPr>{listed}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"

    assert words(word(item("一、", "目标") + item("1.", "清淤") + item("第一条", "总则") + item("·", "点"))) == [
        "一、目标", "1.清淤", "第一条 总则", "点",
    ]  # fmt: skip


def test_signs_of_symbol_fonts_and_text_boxes() -> None:
    box = f"<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{p('框里')}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    sign = '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:t>是</w:t></w:r>'
    assert sorted(words(word(f"<w:p>{sign}</w:p><w:p>{box}</w:p>"))) == sorted(["☑是", "框里"])


# --- Excel -------------------------------------------------------------------------------------------------

STYLES = (
    '<Styles><Style ss:ID="Default"><NumberFormat/></Style><Style ss:ID="p"><NumberFormat ss:Format="0%"/></Style>'
    '<Style ss:ID="q" ss:Parent="p"/><Style ss:ID="n"><NumberFormat ss:Format="Percent"/></Style>'
    '<Style ss:ID="f"><NumberFormat ss:Format="Fixed"/></Style><Style ss:ID="d"><NumberFormat ss:Format="Short Date"/></Style>'
    '<Style ss:ID="w"><Font ss:FontName="Wingdings 2"/></Style></Styles>'
)


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        (data("0.95", "Number", "p"), "95%"),
        (data("0.95", "Number", "q"), "95%"),
        (data("0.95", "Number", "n"), "95.00%"),
        (data("57.7", "Number", "f"), "57.70"),
        (data("120000", "Number"), "120000"),
        (data("1.2E5", "Number"), "120000"),
        (data("2026-12-31T00:00:00.000", "DateTime", "d"), "2026年12月31日"),
        (data("1", "Boolean"), "是"),
        (data("不是数", "Number"), "不是数"),
        (data("R", "String", "w"), "☑"),
        (data("≥&#10;95%", "String"), "≥\n95%"),
        (
            '<Cell><ss:Data ss:Type="String"><html:B>确</html:B>定<html:Font html:Face="Wingdings">þ</html:Font></ss:Data></Cell>',
            "确定☑",
        ),
    ],
)
def test_values_are_read_as_the_workbook_shows_them(cell: str, shown: str) -> None:
    assert words(excel(f"<Row><Cell/>{cell}{data('旁', 'String')}</Row>", before=STYLES))[0] == shown


def test_cells_stand_where_they_say_and_merged_ones_cover_others() -> None:
    rows = (
        f'<Row ss:Index="2">{excel_2003_cell("甲", 2, 1, 1)}{excel_2003_cell("乙")}</Row>'
        f"<Row>{excel_2003_cell('丙', 4)}</Row>"
        f'<Row ss:Index="9">{excel_2003_cell("丁", 2)}{excel_2003_cell("戊")}</Row>'
    )
    (grid,) = excel(rows).blocks
    assert isinstance(grid, Grid)
    assert [(c.text, c.row, c.column, c.row_span, c.column_span, c.place.cell) for c in grid.cells()] == [
        ("甲", 0, 1, 2, 2, "B2"),
        ("乙", 0, 3, 1, 1, "D2"),
        ("丙", 1, 3, 1, 1, "D3"),
        ("丁", 7, 1, 1, 1, "B9"),
        ("戊", 7, 2, 1, 1, "C9"),
    ]


def test_hidden_rows_columns_and_worksheets_are_told() -> None:
    hidden = (
        '<Worksheet ss:Name="底稿"><Table><Row><Cell><Data ss:Type="String">旧</Data></Cell></Row></Table>'
        "<x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions></Worksheet>"
    )
    rows = (
        '<Column ss:Index="2" ss:Hidden="1"/>'
        f"<Row>{excel_2003_cell('甲')}{excel_2003_cell('号')}{excel_2003_cell('乙')}</Row>"
        f'<Row ss:Hidden="1">{excel_2003_cell("丙")}</Row>'
    )
    document = excel(rows, sheets=hidden)
    assert words(document) == ["甲", "乙"]
    assert [note.message for note in document.notes] == [
        "工作表“表”里隐藏的行或列未读入：B1“号”、A2“丙”",
        "隐藏的工作表未读入：“底稿”。表里有要报送的内容的，请取消隐藏后重试。",
    ]


def test_rows_that_a_filter_hides_are_read() -> None:
    filtered = '<x:AutoFilter x:Range="R1C1:R3C2"><x:AutoFilterColumn x:Type="Custom"/></x:AutoFilter>'
    rows = "".join(
        f"<Row{hidden}>{excel_2003_cell(text)}{excel_2003_cell(text)}</Row>"
        for text, hidden in (("甲", ""), ("乙", ' ss:Hidden="1"'), ("丙", ""))
    )
    assert words(excel(rows, more=filtered)) == ["甲", "甲", "乙", "乙", "丙", "丙"]


def test_formulas_comments_and_headers_are_told() -> None:
    cells = (
        '<Cell ss:Formula="=R1C1"/><Cell ss:Formula="=1+1"><Data ss:Type="Number">2</Data></Cell>'
        '<Cell><Data ss:Type="String">甲</Data><Comment><ss:Data>请核对</ss:Data></Comment></Cell>'
    )
    page = '<x:WorksheetOptions><x:PageSetup><x:Header x:Data="&amp;C清源县2026年&amp;R&amp;P"/></x:PageSetup></x:WorksheetOptions>'
    document = excel(f"<Row>{cells}</Row>", more=page)
    assert words(document) == ["清源县2026年", "2", "甲"]
    told = {note.code: note.message for note in document.notes}
    assert "A1是公式，没有保存计算结果" in told["formula.no_result"]
    assert "请核对" in told["annotation.left_out"]
    assert [place.cell for place in document.lost] == ["A1"]


# --- hostile files -----------------------------------------------------------------------------------------

ENTITY = '<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
HOSTILE = {
    "entities in Word": word_2003_of(p("甲")).replace(b"<w:wordDocument", ENTITY.encode() + b"<w:wordDocument", 1),
    "entities in Excel": excel_2003_of("").replace(b"<Workbook", ENTITY.encode() + b"<Workbook", 1),
    "a file of another place": excel_2003_of("").replace(
        b"<Workbook", b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><Workbook', 1
    ),
    "no body": f"<?xml version='1.0'?>{WORD_2003}</w:wordDocument>".encode(),
    "no worksheet": f"<?xml version='1.0'?>{EXCEL_2003}</Workbook>".encode(),
    "cut off": word_2003_of(p("甲"))[:-40],
    "a workbook cut off": excel_2003_of("<Row/>")[:-20],
    "far away": excel_2003_of(f'<Row ss:Index="9000000">{excel_2003_cell("甲", 16000)}</Row>'),
    "all merged": excel_2003_of(f"<Row>{excel_2003_cell('甲', 1, 1_000_000, 16_000)}</Row>"),
    "merged again and again": excel_2003_of(f"<Row>{excel_2003_cell('甲', 1, 99_999, 0)}</Row>" * 9),
    "nested too deep": word_2003_of("<wx:sect>" * 400 + p("甲") + "</wx:sect>" * 400),
    "millions of cells": excel_2003_of("<Row/>" * 1_600_000),
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_file_is_refused(content: bytes) -> None:
    with pytest.raises(UnreadableFileError):
        read_raw(content, "表.xml")


def test_many_sections_and_changes_take_no_longer_than_they_are_long() -> None:
    """Twenty thousand wrappers beside one another: a second, not minutes."""
    change = '<aml:annotation w:type="Word.Insertion"><aml:content>{}</aml:content></aml:annotation>'
    body = "".join(f"<wx:sect>{change.format(p('甲'))}</wx:sect>" for _ in range(20_000))
    assert len(word(body).blocks) == 20_000
