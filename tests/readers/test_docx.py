"""Word: what is printed is read, and where it stands."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plain import goal_words
from readers.office import W, cell, docx_of, p, packed, part_of, related, tbl, tc, tr, xlsx_of

from examples import examples
from jixiao.readers import UnreadableFileError, read_bytes
from jixiao.readers.raw import Cell, Grid, Paragraph, RawDocument
from jixiao.readers.registry import read_raw


def raw(body: str) -> RawDocument:
    return read_raw(docx_of(body), "a.docx")


def texts(body: str) -> list[str]:
    return [b.text for b in raw(body).blocks if isinstance(b, Paragraph)]


def cells(body: str) -> list[list[Cell]]:
    return [[*row] for block in raw(body).blocks if isinstance(block, Grid) for row in block.rows]


def shape(body: str) -> list[list[tuple[str, int, int, int]]]:
    """(words, column, rows, columns) of every cell."""
    return [[(c.text, c.column, c.row_span, c.column_span) for c in row] for row in cells(body)]


def test_spans() -> None:
    body = tbl(
        tr(tc("甲", span=2), "乙"),
        tr(tc("丙", merge="restart"), "丁", "戊"),
        tr(tc("", merge="continue"), "己", "庚"),
    )
    assert shape(body) == [
        [("甲", 0, 1, 2), ("乙", 2, 1, 1)],
        [("丙", 0, 2, 1), ("丁", 1, 1, 1), ("戊", 2, 1, 1)],
        [("己", 1, 1, 1), ("庚", 2, 1, 1)],
    ]


def merged(*words: str) -> str:
    """Rows whose first cells are merged; what stands in the covered ones Word keeps and does not show."""
    first, *more = words
    return tbl(tr(tc(first, merge="restart"), "甲"), *(tr(tc(word, merge="continue"), "乙") for word in more))


@pytest.mark.parametrize("covered", ["产出指标", " 产出 指标 ", "产出\n指标"])
def test_a_label_left_in_covered_cells_counts_once(covered: str) -> None:
    assert cells(merged("产出指标", covered, covered, ""))[0][0].text == "产出指标"
    assert raw(merged("产出指标", covered)).notes == ()


def test_other_words_left_in_covered_cells_are_told_and_not_read() -> None:
    found = raw(merged("产出指标", "产出指标", "旧稿：效益指标"))
    assert [c.text for c in cells(merged("产出指标", "", "旧稿：效益指标"))[0]] == ["产出指标", "甲"]
    assert [(n.code, "第 1 张表第 3 行第 1 格“旧稿：效益指标”，" in n.message + "，") for n in found.notes] == [
        ("hidden.left_out", True)
    ]
    assert "未读入" in found.notes[0].message


def test_a_label_that_only_stands_in_a_covered_cell_is_read_and_told() -> None:
    found = raw(merged("", "产出指标", "产出指标"))
    first = cells(merged("", "产出指标", "产出指标"))[0][0]
    assert (first.text, first.row_span, first.place.row) == ("产出指标", 3, 2)
    assert [n.code for n in found.notes] == ["hidden.left_out"]


def test_merge_without_a_beginning() -> None:
    assert shape(tbl(tr(tc("甲", merge="continue"), "乙"))) == [[("甲", 0, 1, 1), ("乙", 1, 1, 1)]]


def test_columns_left_out_before_a_row() -> None:
    assert shape(tbl(tr("甲", "乙"), tr("丙", before=1))) == [[("甲", 0, 1, 1), ("乙", 1, 1, 1)], [("丙", 1, 1, 1)]]


def test_places_count_as_a_reader_of_the_file_would() -> None:
    blocks = raw(p("一") + p() + tbl(tr("甲", "乙")) + p("二") + tbl(tr("丙"))).blocks
    assert [b.place.label for b in blocks] == [
        "第 1 段",
        "第 1 张表第 1 行第 1 格",
        "第 3 段",
        "第 2 张表第 1 行第 1 格",
    ]


def test_tabs_and_line_breaks() -> None:
    tab = "<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t><w:cr/><w:t>丁</w:t><w:noBreakHyphen/></w:r>"
    assert texts(p(tab)) == ["甲\t乙\n丙\n丁-"]
    stop = "<w:pPr><w:tabs><w:tab w:val='left' w:pos='20'/></w:tabs></w:pPr>"
    assert texts(p(stop, "甲")) == ["甲"]
    assert shape(tbl(tr(tc(p(tab), p("戊"))))) == [[("甲\t乙\n丙\n丁-\n戊", 0, 1, 1)]]


def test_tracked_changes_are_read_as_accepted_and_told() -> None:
    changed = (
        "<w:ins w:author='a'><w:r><w:t>新增</w:t></w:r></w:ins>"
        "<w:del w:author='a'><w:r><w:delText>删去</w:delText></w:r></w:del>"
    )
    body = p("正文", changed)
    assert texts(body) == ["正文新增"]
    assert [n.code for n in raw(body).notes] == ["docx.tracked_changes"]
    moved = "<w:moveFrom w:author='a'><w:r><w:t>搬走</w:t></w:r></w:moveFrom><w:moveTo w:author='a'><w:r><w:t>搬来</w:t></w:r></w:moveTo>"
    assert texts(p(moved)) == ["搬来"]
    assert shape(tbl(tr(tc(p(moved))))) == [[("搬来", 0, 1, 1)]]
    assert raw(p("没有修订")).notes == ()


def test_fields_give_their_results() -> None:
    field = (
        "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText> TC \"总体绩效目标\" \\f A </w:instrText></w:r>"
        "<w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t>2026</w:t></w:r><w:r><w:fldChar w:fldCharType='end'/></w:r>"
    )
    assert texts(p("第", field, "年")) == ["第2026年"]
    assert texts(p("<w:fldSimple w:instr='DATE'><w:r><w:t>三月</w:t></w:r></w:fldSimple>")) == ["三月"]
    assert texts(p("<w:hyperlink><w:r><w:t>链接</w:t></w:r></w:hyperlink>")) == ["链接"]


def test_content_controls() -> None:
    control = "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>"
    assert texts(control.format(p("块"))) == ["块"]
    assert texts(p(control.format("<w:r><w:t>行内</w:t></w:r>"))) == ["行内"]
    table = tbl(control.format(tr(control.format(tc(control.format(p("格")))), "乙")))
    assert shape(table) == [[("格", 0, 1, 1), ("乙", 1, 1, 1)]]


def test_text_boxes_come_once() -> None:
    box = f"<wps:txbx><w:txbxContent>{p('框中字')}</w:txbxContent></wps:txbx>"
    fallback = f"<v:textbox><w:txbxContent>{p('框中字')}</w:txbxContent></v:textbox>"
    run = f"<w:r><mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{fallback}</mc:Fallback></mc:AlternateContent></w:r>"
    assert texts(p("正文", run)) == ["正文", "框中字"]
    assert shape(tbl(tr(tc(p("格", run))))) == [[("格\n框中字", 0, 1, 1)]]


def test_nested_tables_follow_their_table() -> None:
    body = tbl(tr(tc(p("外"), tbl(tr("内", tc(tbl(tr("最内"))))))))
    assert [c.text for row in cells(body) for c in row if c.text] == ["外", "内", "最内"]


def test_signs_that_are_no_text() -> None:
    symbol = "<w:r><w:sym w:font='Symbol' w:char='F0B3'/><w:t>95%</w:t></w:r>"
    formula = "<m:oMath><m:r><m:t>≤</m:t></m:r></m:oMath>"
    assert texts(p(symbol)) == ["≥95%"]
    assert shape(tbl(tr(tc(p(symbol)), tc(p(formula, "5%"))))) == [[("≥95%", 0, 1, 1), ("≤5%", 1, 1, 1)]]
    box = f"<w:r><wps:txbx><w:txbxContent>{p('框')}</w:txbxContent></wps:txbx></w:r>"
    assert texts(p(symbol, formula, box)) == ["≥95%≤", "框"]  # the careful way round


def test_residue_in_a_cell_is_told() -> None:
    document = raw(tbl(tr("甲", "乙[bookmark: _GoBack]")))
    (note,) = document.notes
    assert "第 1 张表第 1 行第 2 格" in note.message
    (block,) = document.blocks
    assert isinstance(block, Grid)
    assert [c.text for c in block.cells()] == ["甲", "乙"]


def test_header_repeated_on_the_next_page() -> None:
    header = tr("一级指标", "二级指标", "三级指标", "指标值")
    body = tbl(tr("项目编码", "1", "项目名称", "甲"), header, tr("产出指标", "数量指标", "乙", "1次"))
    body += tbl(header, tr("产出指标", "质量指标", "丙", "2次"))
    (sheet,) = read_bytes(docx_of(body), "a").goal_sheets
    assert [row.name for row in sheet.indicators] == ["乙", "丙"]


# --- what Word prints otherwise than it stores it ---------------------------------------------------------


def run(words: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{words}</w:t></w:r>"


def codes(document: RawDocument) -> list[str]:
    return [note.code for note in document.notes]


def test_hidden_words_are_left_out_and_told() -> None:
    hidden = run("隐藏的字", "<w:vanish/>")
    document = raw(p("甲", hidden, run("乙", '<w:vanish w:val="0"/>')) + tbl(tr(tc(p("丙", hidden)))))
    assert [b.text for b in document.blocks if isinstance(b, Paragraph)] == ["甲乙"]
    assert [c.text for b in document.blocks if isinstance(b, Grid) for c in b.cells()] == ["丙"]
    (note,) = document.notes
    assert (note.code, "“隐藏的字”" in note.message) == ("hidden.left_out", True)


def test_hidden_rows_and_hidden_styles() -> None:
    row = "<w:tr><w:trPr><w:hidden/></w:trPr>" + tc("隐") + "</w:tr>"
    assert shape(tbl(tr("甲"), row, tr("乙"))) == [[("甲", 0, 1, 1)], [("乙", 0, 1, 1)]]
    style = '<w:style w:type="paragraph" w:styleId="z1"><w:rPr><w:vanish/></w:rPr></w:style>'
    body = p('<w:pPr><w:pStyle w:val="z1"/></w:pPr>', "窗体顶端") + p("甲")
    document = read_raw(docx_of(body, **{"word/styles.xml": part_of("styles", style)}), "a.docx")
    assert [b.text for b in document.blocks if isinstance(b, Paragraph)] == ["甲"]
    assert codes(document) == ["hidden.left_out"]


def test_properties_before_a_tracked_change_do_not_count() -> None:
    old = '<w:tcPrChange w:author="a"><w:tcPr><w:gridSpan w:val="3"/><w:vMerge/></w:tcPr></w:tcPrChange>'
    row = f"<w:tr><w:tc><w:tcPr>{old}</w:tcPr>{p('甲')}</w:tc>{tc('乙')}</w:tr>"
    assert shape(tbl(row)) == [[("甲", 0, 1, 1), ("乙", 1, 1, 1)]]


def test_deleted_rows_and_paragraph_ends() -> None:
    row = '<w:tr><w:trPr><w:del w:author="a"/></w:trPr>' + tc("<w:p><w:del w:author='a'/></w:p>") + "</w:tr>"
    assert shape(tbl(tr("甲"), row, tr("乙"))) == [[("甲", 0, 1, 1)], [("乙", 0, 1, 1)]]
    ended = '<w:pPr><w:rPr><w:del w:author="a"/></w:rPr></w:pPr>'
    assert texts(p(ended, "全年改造") + p(ended, "管网") + p("12 公里。") + p("完")) == ["全年改造管网12 公里。", "完"]


def test_cells_merged_sideways_the_old_way() -> None:
    def merged(words: str, how: str) -> str:
        return f'<w:tc><w:tcPr><w:hMerge w:val="{how}"/></w:tcPr>{p(words)}</w:tc>'

    row = tr(merged("甲", "restart"), merged("", "continue"), merged("", "continue"), "乙")
    assert shape(tbl(row)) == [[("甲", 0, 1, 3), ("乙", 3, 1, 1)]]


def test_signs_of_symbol_fonts() -> None:
    def font(name: str) -> str:
        return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}"/>'

    assert texts(p(run("R", font("Wingdings 2")), "是", run("\uf0a8", font("Wingdings")), "否")) == ["☑是□否"]
    assert texts(p(run("\uf0b3", font("Symbol")), "95%")) == ["≥95%"]
    assert texts(p('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>')) == ["☑"]
    assert texts(p('<w:r><w:sym w:font="Symbol" w:char="zz"/></w:r>', "甲")) == ["\ufffd甲"]
    assert texts(p(run("R 甲", font("宋体")))) == ["R 甲"]


def test_old_form_fields() -> None:
    def field(data: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{data}</w:ffData></w:fldChar></w:r>'

    ticked = field('<w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox>')
    empty = field('<w:checkBox><w:default w:val="0"/></w:checkBox>')
    chosen = field('<w:ddList><w:result w:val="1"/><w:listEntry w:val="一次性"/><w:listEntry w:val="延续"/></w:ddList>')
    assert texts(p(ticked, "是", empty, "否 ", chosen)) == ["☑是□否 延续"]


def test_soft_hyphens_and_zero_width_signs_print_nothing() -> None:
    assert texts(p("<w:r><w:t>绩\u00ad效</w:t><w:softHyphen/><w:t>目\u200b标</w:t></w:r>")) == ["绩效目标"]
    assert shape(tbl(tr("绩\u00ad效\u200b"))) == [[("绩效", 0, 1, 1)]]


def test_readings_above_words_are_no_words() -> None:
    ruby = "<w:r><w:ruby><w:rt><w:r><w:t>jì</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>绩</w:t></w:r></w:rubyBase></w:ruby></w:r>"
    assert texts(p(ruby, "效")) == ["绩效"]


def test_fractions_and_smart_tags() -> None:
    fraction = (
        "<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>3</m:t></m:r></m:den></m:f></m:oMath>"
    )
    tag = "<w:smartTag><w:r><w:t>2026年</w:t></w:r></w:smartTag>"
    assert texts(p(fraction, tag) + "<w:customXml>" + p("丙") + "</w:customXml>") == ["1/32026年", "丙"]


def test_controls_nobody_filled_in() -> None:
    control = "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:t>单击此处输入</w:t></w:r></w:sdtContent></w:sdt>"
    document = raw(p("单位：", control))
    assert [b.text for b in document.blocks if isinstance(b, Paragraph)] == ["单位："]
    assert "单击此处输入" in document.notes[0].message


def test_the_fallback_where_nothing_else_is_given() -> None:
    fallback = "<mc:AlternateContent><mc:Fallback><w:r><w:t>乙</w:t></w:r></mc:Fallback></mc:AlternateContent>"
    assert texts(p("甲", fallback)) == ["甲乙"]


def test_tables_in_text_boxes_in_tables() -> None:
    box = f"<w:r><wps:txbx><w:txbxContent>{p('框')}{tbl(tr('内'))}</w:txbxContent></wps:txbx></w:r>"
    assert [c.text for row in cells(tbl(tr(tc(p("外", box)), "右"))) for c in row] == ["外\n框", "右", "内"]


@pytest.mark.parametrize("name", ["word/document.xml", "word/document2.xml"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_strict_files_and_other_encodings(name: str, encoding: str) -> None:
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    document = (
        f'<?xml version="1.0" encoding="{encoding}"?><w:document xmlns:w="{strict}"><w:body>{p("一、总体绩效目标")}'
        f"{p('完成改造。')}</w:body></w:document>"
    )
    data = packed({"[Content_Types].xml": "<Types/>", name: document.encode(encoding)})
    assert goal_words(read_bytes(data, "a.docx").overall_goals) == ("完成改造。",)


# --- beside the text ---------------------------------------------------------------------------------------

_REFERENCES = '<w:sectPr><w:headerReference r:id="h"/><w:footerReference r:id="f"/></w:sectPr>'


def with_head(body: str, head: str) -> RawDocument:
    parts = {
        "word/header1.xml": part_of("hdr", p(head)),
        "word/header2.xml": part_of("hdr", p(head)),
        "word/footer1.xml": part_of("ftr", p("第 ", "3", " 页 共 9 页")),
    }
    return read_raw(docx_of(body + _REFERENCES, **parts), "a.docx")


def test_headers_and_footers_are_no_text() -> None:
    document = with_head(p("2026年绩效目标"), "清源县商务局2026年预算")
    assert [b.text for b in document.blocks if isinstance(b, Paragraph)] == ["2026年绩效目标"]
    (note,) = document.notes
    assert (note.code, note.message) == ("furniture.dropped", "页眉、页脚未计入正文：清源县商务局2026年预算")


def test_a_header_that_alone_names_the_year() -> None:
    body = p("一、总体绩效目标") + p("完成改造。") + _REFERENCES
    head = {"word/header1.xml": part_of("hdr", p("清源县商务局2026年部门预算绩效文本"))}
    plan = read_bytes(docx_of(body, **head), "a.docx")
    assert plan.fiscal_year is not None
    assert plan.fiscal_year.year == 2026
    assert plan.department.name == "清源县商务局"
    assert "furniture.used" in [n.code for n in plan.notes]


def test_footnotes_and_comments_are_told() -> None:
    reference = '<w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:commentReference w:id="0"/></w:r>'
    parts = {
        "word/footnotes.xml": part_of(
            "footnotes", f"<w:footnote>{p()}</w:footnote><w:footnote>{p('据上年')}</w:footnote>"
        ),
        "word/comments.xml": part_of("comments", f"<w:comment>{p('请核对')}</w:comment>"),
    }
    document = read_raw(docx_of(tbl(tr(tc(p("12次", reference)))), **parts), "a.docx")
    (grid,) = document.blocks
    assert isinstance(grid, Grid)
    assert grid.rows[0][0].text == "12次"
    assert [n.message for n in document.notes] == ["脚注不计入正文，原文为：据上年", "批注不计入正文，原文为：请核对"]


def test_macros_and_pictures_are_told() -> None:
    picture = '<w:r><w:drawing><a:blip xmlns:a="a" r:embed="x"/></w:drawing></w:r>'
    document = read_raw(docx_of(p("甲", picture), **{"word/vbaProject.bin": b"x"}), "a.docx")
    assert codes(document) == ["object.unread", "macros.not_run"]


# --- files inside ------------------------------------------------------------------------------------------


def embedded(target: str, program: str = "Excel.Sheet.12") -> str:
    return f'<w:r><w:object><o:OLEObject ProgID="{program}" r:id="{target}"/></w:object></w:r>'


WORKBOOK = xlsx_of(f'<sheetData><row r="1">{cell("A1", "项目名称")}{cell("B1", "修路")}</row></sheetData>')


def test_a_worksheet_inside_stands_behind_its_paragraph() -> None:
    body = p("前", embedded("a")) + p("后") + tbl(tr(tc(p("格", embedded("a"))), "右"))
    document = read_raw(
        docx_of(body, **related(a="embeddings/a.xlsx"), **{"word/embeddings/a.xlsx": WORKBOOK}), "a.docx"
    )
    assert [b.place.label for b in document.blocks] == [
        "第 1 段", "工作表“嵌入表格1/绩效”A1", "第 2 段", "第 1 张表第 1 行第 1 格", "工作表“嵌入表格2/绩效”A1",
    ]  # fmt: skip
    assert document.notes == ()


def test_chunks_of_other_files() -> None:
    page = "<p>一、总体绩效目标<table><tr><td>甲<td>乙</table>"
    body = p("前") + '<w:altChunk r:id="a"/>' + tbl(tr("丙")) + '<w:altChunk r:id="b"/>' + p("后")
    parts = {
        **related(a="a.html", b="/word/b.docx"),
        "word/a.html": page,
        "word/b.docx": docx_of(p("段") + tbl(tr("丁"))),
    }
    document = read_raw(docx_of(body, **parts), "a.docx")
    assert [b.place.label.split("第 1 行")[0] for b in document.blocks] == [
        "第 1 段", "第 2 段", "第 1 张表", "第 2 张表", "第 3 段", "第 3 张表", "第 4 段",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        (related(a="http://127.0.0.1:9/a.xlsx"), "指向别处的链接"),
        (related(a="embeddings/a.bin") | {"word/embeddings/a.bin": r"{\rtf1 x}"}, "不是Word、Excel、网页、文本文件"),
        ({}, "指向别处的链接"),
    ],
)
def test_what_cannot_be_read_inside_is_told(parts: dict[str, str], words: str) -> None:
    (note,) = read_raw(docx_of(p("甲", embedded("a")), **parts), "a.docx").notes
    assert note.code == "object.unread"
    assert words in note.message


def test_formula_objects_are_told() -> None:
    (note,) = raw(p("面积", embedded("a", "Equation.3"), embedded("b", "Equation.DSMT4"))).notes
    assert "2 处公式对象" in note.message


def test_documents_in_documents_end() -> None:
    data = docx_of(p("底"))
    for _ in range(5):
        data = docx_of(p("层") + '<w:altChunk r:id="a"/>', **related(a="a.docx"), **{"word/a.docx": data})
    assert len(read_raw(data, "a.docx").blocks) == 2


def test_nested_groups_end_with_words() -> None:
    with pytest.raises(UnreadableFileError, match="嵌套过深"):
        raw("<w:ins>" * 10_000 + p("甲") + "</w:ins>" * 10_000)


def test_nothing_outside_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a document made us open a connection")

    monkeypatch.setattr("socket.socket", refuse)
    settings = f'<w:settings xmlns:w="{W}"><w:attachedTemplate/></w:settings>'
    parts = {**related(t="http://127.0.0.1:9/t.dotm", a="http://127.0.0.1:9/a.html"), "word/settings.xml": settings}
    assert [b.place.text for b in read_raw(docx_of(p("甲") + '<w:altChunk r:id="a"/>', **parts), "a.docx").blocks] == [
        "甲"
    ]


_MARKS = [
    p("甲"), tc("乙"), tr("丙", "丁"), "<w:t>戊</w:t>", "<w:del/>", "<w:vanish/>", "<w:hidden/>", "<w:cellDel/>", "<w:hMerge/>",
    "<w:showingPlcHdr/>", '<w:rFonts w:ascii="Symbol"/>', '<o:OLEObject r:id="a"/>', '<w:altChunk r:id="a"/>',
    '<w:numPr><w:ilvl w:val="8"/><w:numId w:val="1"/></w:numPr>', "<w:checkBox/>", '<w:ddList><w:result w:val="7"/></w:ddList>',
    "<w:tcPrChange/>", "<m:den><m:r><m:t>3</m:t></m:r></m:den>", '<w:gridSpan w:val="x"/>',
]  # fmt: skip
_AROUND = [
    *(
        "tbl",
        "tr",
        "tc",
        "p",
        "r",
        "pPr",
        "rPr",
        "trPr",
        "tcPr",
        "sdt",
        "sdtPr",
        "sdtContent",
        "txbxContent",
        "del",
        "ins",
    ),
    *("ffData", "rt", "customXml"),
]


@settings(max_examples=examples(150), deadline=None)
@given(
    st.recursive(
        st.sampled_from(_MARKS),
        lambda inner: st.tuples(st.sampled_from(_AROUND), st.lists(inner, max_size=4)).map(
            lambda t: f"<w:{t[0]}>{''.join(t[1])}</w:{t[0]}>"
        ),
        max_leaves=25,
    )
)
def test_marks_in_any_disorder(body: str) -> None:
    numbering = part_of(
        "numbering", '<w:abstractNum w:abstractNumId="0"/><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    parts = {**related(a="a.html"), "word/a.html": "<p>页", "word/numbering.xml": numbering}
    document = read_raw(docx_of(body, **parts), "a.docx")
    assert all(block.place.label for block in document.blocks)
