"""Word: what is printed is read, and where it stands."""

from __future__ import annotations

from readers.office import docx_of, p, tbl, tc, tr

from jixiao.domain.plan import Source
from jixiao.readers import read_bytes
from jixiao.readers.docx import read_docx
from jixiao.readers.raw import Cell, Grid, Paragraph, RawDocument

SOURCE = Source("a.docx", "0" * 64, "docx")


def raw(body: str) -> RawDocument:
    return read_docx(docx_of(body), SOURCE)


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


def test_words_in_a_continued_cell_count() -> None:
    body = tbl(tr(tc("丙", merge="restart"), "丁"), tr(tc("另一行", merge="continue"), "己"))
    first = cells(body)[0][0]
    assert first.text == "丙\n另一行"
    assert "另一行" in first.place.text


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
