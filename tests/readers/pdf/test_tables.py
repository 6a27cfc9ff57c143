"""Tables on PDF pages: cells and spans from lines, lines put together in cells, tables and rows over page breaks."""

from __future__ import annotations

from itertools import pairwise

import pytest
from readers.pdf.draw import Sheet, pdf

from jixiao.domain.plan import Source
from jixiao.readers.formats.pdf.reader import read_pdf
from jixiao.readers.raw import Grid, RawDocument
from jixiao.vocabulary import shipped

HEADER = ("一级指标", "二级指标", "三级指标", "指标值", "确定依据")
EDGES = (70, 130, 200, 340, 420, 525)


def read(*sheets: Sheet) -> RawDocument:
    return read_pdf(pdf(*sheets), Source("x.pdf", "0" * 64, "pdf"), shipped())


def grids(raw: RawDocument) -> list[Grid]:
    return [b for b in raw.blocks if isinstance(b, Grid)]


def shape(grid: Grid) -> list[list[tuple[str, int, int]]]:
    return [[(c.text, c.row_span, c.column_span) for c in row] for row in grid.rows]


def row(sheet: Sheet, y0: float, y1: float, *cells: str | tuple[str, ...]) -> None:
    for (x0, x1), words in zip(pairwise(EDGES), cells, strict=True):
        sheet.cell(x0, y0, x1, y1, *((words,) if isinstance(words, str) else words))


def test_missing_lines_are_merged_cells() -> None:
    s = Sheet()
    s.box(100, 100, 400, 180)
    s.line(200, 100, 200, 180)
    s.line(200, 140, 400, 140)
    s.line(300, 140, 300, 180)
    s.text(110, 145, "高")
    s.text(210, 125, "宽")
    s.text(210, 165, "左")
    s.text(310, 165, "右")
    (grid,) = grids(read(s))
    assert shape(grid) == [[("高", 2, 1), ("宽", 1, 2)], [("左", 1, 1), ("右", 1, 1)]]
    assert grid.rows[0][0].place.page == 1
    assert grid.rows[0][0].place.bbox == (100.0, 100.0, 200.0, 180.0)


@pytest.mark.parametrize("how", ["lines", "bars", "boxes", "open"])
def test_lines_however_drawn(how: str) -> None:
    s = Sheet()
    xs, ys = (100, 200, 300, 400), (100, 130, 160)
    for y in ys:
        if how == "bars":
            s.bar(100, y - 0.3, 400, y + 0.3)
        elif how != "boxes":
            s.line(100, y, 400, y)
    for x in xs[1:-1] if how == "open" else xs:
        if how == "bars":
            s.bar(x - 0.3, 100, x + 0.3, 160)
        elif how != "boxes":
            s.line(x, 100, x, 160)
    for r in range(2):
        for c in range(3):
            if how == "boxes":
                s.box(xs[c], ys[r], xs[c + 1], ys[r + 1])
            s.text(xs[c] + 5, ys[r] + 20, f"{'甲乙'[r]}{c}")
    (grid,) = grids(read(s))
    assert [[c.text for c in r] for r in grid.rows] == [["甲0", "甲1", "甲2"], ["乙0", "乙1", "乙2"]]


def test_frame_around_text_is_no_table() -> None:
    s = Sheet()
    s.box(50, 50, 545, 790)
    s.text(80, 100, "框里的文字")
    raw = read(s)
    assert grids(raw) == []
    assert [b.text for b in raw.blocks if not isinstance(b, Grid)] == ["框里的文字"]


@pytest.mark.parametrize(
    ("lines", "text", "rejoined"),
    [
        (("发展电子商务企业", "数量"), "发展电子商务企业数量", True),  # broken at the margin
        (("短", "也短"), "短\n也短", False),  # a line end that was meant
        (("开展 GB/T 19001", "ISO 14001"), "开展 GB/T 19001 ISO 14001", True),
        (("13022524P00HHX61", "0007T"), "13022524P00HHX610007T", True),  # a code cut where the room ended
        (("1、建成绿地十公顷", "2、养护"), "1、建成绿地十公顷2、养护", True),
        (("1、建成绿地九亩；", "2、养护"), "1、建成绿地九亩；\n2、养护", False),
    ],
)
def test_lines_in_a_cell(lines: tuple[str, ...], text: str, rejoined: bool) -> None:
    s = Sheet()
    s.cell(100, 100, 188, 140, *lines)
    s.cell(188, 100, 300, 140, "旁")
    cell = grids(read(s))[0].rows[0][0]
    assert (cell.text, cell.rejoined) == (text, rejoined)
    assert cell.place.text == "\n".join(lines)


def test_one_character_a_line() -> None:
    s = Sheet()
    s.cell(100, 100, 118, 160, *"一级指标")
    s.cell(118, 100, 300, 160, "旁")
    assert grids(read(s))[0].rows[0][0].text == "一级指标"


def test_character_printed_twice_to_look_bold_is_one() -> None:
    s = Sheet()
    s.cell(100, 100, 200, 130, "项目名称")
    s.cell(200, 100, 300, 130, "100")
    s.text(104.4, 114, "项目名称")
    assert [c.text for c in grids(read(s))[0].rows[0]] == ["项目名称", "100"]


def two_pages(
    last: tuple[str | tuple[str, ...], ...], first: tuple[str | tuple[str, ...], ...], *, header: bool
) -> Grid:
    """A table with some rows, broken between (or in) the rows ``last`` and ``first``."""
    a, b = Sheet(), Sheet()
    row(a, 600, 620, *HEADER)
    for n in range(3):
        row(a, 620 + 20 * n, 640 + 20 * n, "产出指标", "数量指标", f"第{n}项", f"≥{n}个", "年初安排")
    row(a, 680, 730, *last)
    top = 80.0
    if header:
        row(b, 80, 100, *HEADER)
        top = 100
    row(b, top, top + 50, *first)
    row(b, top + 50, top + 70, "满意度指标", "服务对象满意度", "群众满意度", "≥90%", "年初安排")
    (grid,) = grids(read(a, b))
    return grid


@pytest.mark.parametrize("header", [False, True])
def test_row_cut_by_the_page_is_one_row(header: bool) -> None:
    grid = two_pages(
        ("", "质量指标", "新建改建农村公路交工验收一次", "≥95%", "年初安排"),
        ("", "", "合格率", "", ""),
        header=header,
    )
    assert [c.text for c in grid.rows[4]] == ["", "质量指标", "新建改建农村公路交工验收一次合格率", "≥95%", "年初安排"]
    assert len(grid.rows) == 6
    assert grid.rows[4][2].rejoined


def test_row_that_begins_on_the_next_page_stays_apart() -> None:
    grid = two_pages(
        ("", "质量指标", "验收合格率", "≥95%", "年初安排"), ("", "时效指标", "完工率", "≥98%", "年初安排"), header=False
    )
    assert [r[2].text for r in grid.rows[3:]] == ["第2项", "验收合格率", "完工率", "群众满意度"]


def test_label_torn_by_the_page_is_put_together() -> None:
    grid = two_pages(
        ("", "可持续", "使用年限", "≥10年", "年初安排"),
        ("", "影响指标", "养护年限", "≥9年", "年初安排"),
        header=False,
    )
    labels = [c for c in grid.cells() if "".join(c.text.split()) == "可持续影响指标"]
    assert [(c.row, c.row_span) for c in labels] == [(4, 2)]


def test_table_with_other_edges_is_another() -> None:
    a, b = Sheet(), Sheet()
    row(a, 600, 620, *HEADER)
    b.cell(90, 80, 200, 100, "甲")
    b.cell(200, 80, 300, 100, "乙")
    assert len(grids(read(a, b))) == 2


def test_merged_cell_cut_between_rows_spans_both_pages() -> None:
    a, b = Sheet(), Sheet()
    row(a, 600, 620, *HEADER)
    a.cell(70, 620, 130, 660, "产出指标")
    for n, y in enumerate((620, 640)):
        for (x0, x1), words in zip(pairwise(EDGES[1:]), ("数量指标", f"第{n}项", "≥1个", "安排"), strict=True):
            a.cell(x0, y, x1, y + 20, words)
    b.cell(70, 80, 130, 120)
    for n, y in enumerate((80, 100)):
        for (x0, x1), words in zip(pairwise(EDGES[1:]), ("质量指标", f"又{n}项", "≥1个", "安排"), strict=True):
            b.cell(x0, y, x1, y + 20, words)
    (grid,) = grids(read(a, b))
    first = grid.rows[1][0]
    assert (first.text, first.row_span) == ("产出指标", 4)


def test_rest_of_a_row_that_looks_like_a_label_is_no_row() -> None:
    grid = two_pages(
        ("", "成本指标", "单份农产品和土壤样品的检测", "≤60元", "年初安排"), ("", "", "成本", "", ""), header=False
    )
    assert grid.rows[4][2].text == "单份农产品和土壤样品的检测成本"
    assert len(grid.rows) == 6


def test_header_cut_by_the_page_is_one_row() -> None:
    a, b = Sheet(), Sheet()
    row(a, 600, 620, "一级指标", "二级指标", "三级指标", "年度指标值", "确定依据")
    row(a, 620, 640, "产出指标", "数量指标", "第一项", "≥1个", "年初安排")
    for (x0, x1), words in zip(pairwise((70, 130, 200, 340, 385, 525)), (*HEADER[:3], "指标值", "备注"), strict=True):
        a.cell(x0, 700, x1, 720, words)
        b.cell(x0, 80, x1, 100, "确定依据" if words == "指标值" else "")
        b.cell(x0, 100, x1, 120, "某某某")
    assert [c.text for c in grids(read(a, b))[-1].rows[0]] == [*HEADER[:3], "指标值确定依据", "备注"]


def test_first_rows_printed_again_on_the_next_page_are_left_out() -> None:
    def unit(sheet: Sheet, y: float) -> None:
        sheet.cell(70, y, 340, y + 20, "某县水利局本级")
        sheet.cell(340, y, 525, y + 20, "单位：万元")

    a, b = Sheet(), Sheet()
    unit(a, 680)
    row(a, 700, 720, *HEADER)
    row(a, 720, 740, "产出指标", "数量指标", "第一项", "≥1个", "年初安排")
    unit(b, 80)
    row(b, 100, 120, "效益指标", "社会效益", "第二项", "≥2个", "年初安排")
    (grid,) = grids(read(a, b))
    assert [r[0].text for r in grid.rows] == ["某县水利局本级", "一级指标", "产出指标", "效益指标"]


def test_row_left_open_by_the_page_keeps_its_cells() -> None:
    a, b = Sheet(), Sheet()
    row(a, 600, 620, *HEADER)
    row(a, 620, 640, "产出指标", "数量指标", "第一项", "≥1个", "年初安排")
    b.line(70, 110, 525, 110)
    for x in EDGES:
        b.line(x, 80, x, 110)
    for x, words in zip(EDGES, ("满意度指标", "服务对象满意度", "群众满意度", "≥90%", "年初安排"), strict=False):
        b.text(x + 3, 100, words, 8)
    (grid,) = grids(read(a, b))
    assert [c.text for c in grid.rows[2]] == ["满意度指标", "服务对象满意度", "群众满意度", "≥90%", "年初安排"]


def test_tables_of_nearly_the_same_columns_keep_their_own() -> None:
    a, b = Sheet(), Sheet()
    row(a, 600, 620, *HEADER)
    row(b, 80, 100, "产出指标", "数量指标", "第一项", "≥1个", "年初安排")
    for edges, y in (((70, 132.5, 202.5, 342.5, 422.5, 525), 200), ((70, 135, 205, 345, 425, 525), 300)):
        for (x0, x1), words in zip(pairwise(edges), HEADER, strict=True):
            b.cell(x0, y, x1, y + 20, words)
    first, *others = grids(read(a, b))
    assert [(c.column, c.column_span) for r in first.rows for c in r] == [(n, 1) for n in range(5)] * 2
    assert len(others) == 2
