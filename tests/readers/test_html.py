"""Web pages: what is printed is read, in order, with its spans; what is not is left out; nothing is fetched."""

from __future__ import annotations

import base64
import quopri
import time

import pytest

from jixiao.domain.plan import Source
from jixiao.readers import UnreadableFileError, read_bytes
from jixiao.readers.formats.html.reader import read_html
from jixiao.readers.raw import Grid, Paragraph, RawDocument
from jixiao.vocabulary import shipped

SOURCE = Source("页.html", "0" * 64, "html")


def read(page: str | bytes, name: str = "页.html") -> RawDocument:
    data = page if isinstance(page, bytes) else page.encode()
    return read_html(data, Source(name, "0" * 64, "html"), shipped())


def lines(page: str | bytes) -> list[str]:
    return [b.text for b in read(page).blocks if isinstance(b, Paragraph)]


def grids(page: str | bytes, name: str = "页.html") -> list[list[list[tuple[str, int, int, int, int]]]]:
    """(words, row, column, rows, columns) of every cell of every grid."""
    return [
        [[(c.text, c.row, c.column, c.row_span, c.column_span) for c in row] for row in b.rows]
        for b in read(page, name).blocks
        if isinstance(b, Grid)
    ]


class TestWords:
    def test_line_ends_of_the_source_are_no_line_ends_of_the_text(self) -> None:
        assert lines("<p>绩效\n  目标  A\nB&nbsp;C&amp;D</p>") == ["绩效目标 A B C&D"]

    def test_br_and_blocks_end_lines(self) -> None:
        assert lines("<div>一<br>二<p>三</div>四<h2>五</h2>") == ["一", "二", "三", "四", "五"]

    def test_scripts_styles_comments_and_deleted_words_are_no_text(self) -> None:
        page = "<style>p{}</style><p>在<!-- 不在 --><script>x</script><del>删</del>此</p><!--[if mso]><p>否</p><![endif]-->"
        assert lines(page) == ["在此"]

    def test_hidden_words_are_left_out_and_told(self) -> None:
        raw = read("<p>甲</p><p style='DISPLAY: none'>乙</p><p hidden>丙</p>丁")
        assert [b.text for b in raw.blocks if isinstance(b, Paragraph)] == ["甲", "丁"]
        (note,) = raw.notes
        assert note.code == "hidden.left_out"
        assert "“乙”、“丙”" in note.message

    def test_words_hidden_by_the_style_sheet_of_the_page(self) -> None:
        sheet = "<style><!-- p.x, .隐 { color:red; display : none } .y b{display:none} .z{color:red} --></style>"
        raw = read(f"{sheet}<p class=隐>甲<p class='a x'>乙<p class='y z'>丙")
        assert [b.text for b in raw.blocks if isinstance(b, Paragraph)] == ["丙"]
        assert "“甲”、“乙”" in raw.notes[0].message

    def test_what_stands_behind_the_end_of_the_page_is_read(self) -> None:
        assert lines("<html><body><p>甲</body></html><p>乙<html><body><p>丙</body></html>") == ["甲", "乙", "丙"]

    def test_boxes_show_whether_they_are_ticked(self) -> None:
        assert lines("<p><input type=checkbox checked>是<input type=radio>否<input type=hidden value=x>") == ["☑是□否"]

    def test_only_the_branch_of_a_condition_that_is_shown(self) -> None:
        page = "<!--[if gte mso 9]><xml><w:x>否</w:x></xml><![endif]--><p><![if !vml]>图<![endif]>甲<!--[if !mso]>-->乙<!--<![endif]-->"
        assert lines(page) == ["图甲乙"]

    def test_signs_by_name(self) -> None:
        assert lines("<p>&ge;95% &#8804;5 绩&shy;效&zwnj;目标") == ["≥95% ≤5 绩效目标"]

    def test_margins_that_word_writes_behind_the_text(self) -> None:
        page = (
            "<p>2026年绩效<div style='mso-element:header'><p>页眉<div style='mso-element:footnote-list'>"
            "<div style='mso-element:footnote'><p>据上年</div></div><div style='mso-element:footnote-separator'>—</div>"
        )
        raw = read(page.replace("<p>页眉<div", "<p>页眉</div><div"))
        assert [b.text for b in raw.blocks if isinstance(b, Paragraph)] == ["2026年绩效"]
        assert [(n.code, n.message.split("：")[1]) for n in raw.notes] == [
            ("annotation.left_out", "据上年"),
            ("furniture.dropped", "页眉"),
        ]

    def test_numbers_of_lists_are_printed(self) -> None:
        assert lines("<ol start=3><li>甲<li>乙</ol><ul><li>丙</ul>") == ["3.甲", "4.乙", "丙"]

    def test_residue_of_word(self) -> None:
        page = (
            "<p class=MsoNormal><![if !supportLists]><span style='mso-list:Ignore'>1.</span><![endif]>招商<o:p></o:p></p>"
            "<p>一、总体目标<span style='mso-tab-count:1 dotted'>...... </span>5</p>"
        )
        assert lines(page) == ["1.招商", "一、总体目标\t...... 5"]

    def test_pre_keeps_its_lines(self) -> None:
        assert lines("<pre>甲  1\n乙</pre>") == ["甲  1", "乙"]

    def test_paragraphs_have_places(self) -> None:
        block = read("<p>甲<p><p>乙").blocks[1]
        assert block.place.paragraph == 2
        assert block.place.text == "乙"


class TestTables:
    def test_spans(self) -> None:
        page = (
            "<table><thead><tr><th colspan=2>甲<th rowspan=2>乙</thead><tfoot><tr><td>脚</tfoot>"
            "<tr><td>1<p>2<br>3<td>4</table>"
        )
        assert grids(page) == [
            [
                [("甲", 0, 0, 1, 2), ("乙", 0, 2, 2, 1)],
                [("1\n2\n3", 1, 0, 1, 1), ("4", 1, 1, 1, 1)],
                [("脚", 2, 0, 1, 1)],
            ]
        ]

    def test_spans_end_with_the_table_and_never_overlap(self) -> None:
        page = "<table><tr><td rowspan=0>甲<td rowspan=9>乙<tr><td colspan=5>丙</table>"
        assert grids(page) == [[[("甲", 0, 0, 2, 1), ("乙", 0, 1, 2, 1)], [("丙", 1, 2, 1, 5)]]]

    def test_a_span_stops_before_a_cell_from_above(self) -> None:
        page = "<table><tr><td>甲<td>乙<td rowspan=2>丙<tr><td colspan=3>丁</table>"
        assert grids(page)[0][1] == [("丁", 1, 0, 1, 2)]

    def test_tables_that_lay_out_a_page_are_no_data(self) -> None:
        page = "<table><tr><td>导航<td><p>正文<table><tr><td>甲<td>乙</table>后<tr><td>页脚</table>"
        assert lines(page) == ["导航", "正文", "后", "页脚"]
        assert grids(page) == [[[("甲", 0, 0, 1, 1), ("乙", 0, 1, 1, 1)]]]

    def test_a_table_inside_a_form_follows_it(self) -> None:
        page = "<table><tr><td>项目编码<td>1<td>项目名称<td>修路<tr><td>绩效目标<td>修好<table><tr><td>内<td>外</table></table>"
        form, inner = grids(page)
        assert form[1] == [("绩效目标", 1, 0, 1, 1), ("修好", 1, 1, 1, 1)]
        assert inner == [[("内", 0, 0, 1, 1), ("外", 0, 1, 1, 1)]]

    def test_hidden_rows_take_no_place(self) -> None:
        page = "<table><tr><td>甲<tr style='display:none'><td>隐<tr><td>乙</table>"
        assert [row[0][:2] for row in grids(page)[0]] == [("甲", 0), ("乙", 1)]

    def test_cells_have_places(self) -> None:
        (grid,) = (b for b in read("<p>题<table><tr><td><td>甲</table>").blocks if isinstance(b, Grid))
        place = grid.rows[0][1].place
        assert (place.table, place.row, place.column) == (1, 1, 2)

    def test_a_page_saved_from_a_spreadsheet_is_read_like_one(self) -> None:
        page = (
            '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><h1>Sheet 1: <em>经费</em></h1>'
            "<table><tr><td colspan=3>经费绩效目标表<tr><td>项目名称<td colspan=2>修路</table>"
        )
        raw = read(page)
        assert isinstance(raw.blocks[0], Paragraph)
        assert raw.blocks[0].text == "经费绩效目标表"
        assert raw.blocks[0].place.worksheet == "经费"
        assert raw.blocks[0].place.cell == "A1"
        assert isinstance(raw.blocks[1], Grid)
        assert raw.blocks[1].rows[0][1].place.cell == "B2"

    def test_a_workbook_that_is_a_page_is_read_like_a_workbook(self) -> None:
        page = "<table><tr><td>说明<td><td><tr><td>甲<td>乙<td>丙</table>"
        assert grids(page, "导出.xls") == [[[("甲", 0, 0, 1, 1), ("乙", 0, 1, 1, 1), ("丙", 0, 2, 1, 1)]]]
        assert len(grids(page)[0]) == 2


class TestEncoding:
    @pytest.mark.parametrize(
        ("encoding", "declared"),
        [
            ("utf-8", "utf-8"),
            ("utf-8", "gb2312"),  # a page that lies
            ("gb18030", "gb2312"),
            ("gb18030", ""),
            ("utf-16", ""),
            ("big5", "big5"),
        ],
    )
    def test_charset(self, encoding: str, declared: str) -> None:
        meta = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">' if declared else ""
        page = f"<html><head>{meta}</head><body><p>年度預算</p></body></html>"
        assert lines(page.encode(encoding)) == ["年度預算"]

    def test_a_few_broken_bytes_are_told(self) -> None:
        page = ('<meta charset="utf-8"><p>' + "绩效目标" * 50).encode() + b"\xff</p>"
        raw = read(page)
        assert [note.code for note in raw.notes] == ["encoding.broken"]

    def test_single_file_archive(self) -> None:
        page = "<html><body><p>绩效目标</p></body></html>".encode("gb18030")
        mht = (
            b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=B\r\n\r\n--B\r\n"
            b"Content-Type: text/html; charset=gb2312\r\nContent-Transfer-Encoding: base64\r\n\r\n"
            + base64.encodebytes(page)
            + b"\r\n--B\r\nContent-Type: image/png\r\n\r\nx\r\n--B--\r\n"
        )
        assert lines(mht) == ["绩效目标"]

    def test_workbook_saved_as_a_single_file(self) -> None:
        def part(name: str, page: str) -> bytes:
            head = f"Content-Location: file:///C:/a/{name}\r\nContent-Transfer-Encoding: quoted-printable\r\n"
            body = quopri.encodestring(f"<html xmlns:x='urn:schemas-microsoft-com:office:excel'>{page}</html>".encode())
            return f'--B\r\n{head}Content-Type: text/html; charset="utf-8"\r\n\r\n'.encode() + body + b"\r\n"

        frame = part("a.htm", "<frameset><frame src='s1.htm'><noframes><body><p>此页使用了框架</noframes></frameset>")
        tabs = part("a.files/tabstrip.htm", "<table><tr><td>甲表<td>乙表</table>")
        sheets = [part(f"a.files/sheet00{n}.htm", f"<table><tr><td>项目名称<td>{n}</table>") for n in (1, 2)]
        mht = b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="B"\r\n\r\n'
        assert [row[0] for (row,) in grids(mht + frame + tabs + b"".join(sheets) + b"--B--\r\n")] == [
            ("项目名称", 0, 0, 1, 1)
        ] * 2

    def test_a_frame_without_its_pages_is_told(self) -> None:
        with pytest.raises(UnreadableFileError, match="只是框架"):
            read("<html><frameset><frame src='a.files/sheet001.htm'></frameset></html>")


class TestHostile:
    def test_long_style_sheets_cost_little(self) -> None:
        start = time.process_time()
        assert lines(f"<style>{'a' * 300_000}{'.b{c:d}' * 50_000}{'{' * 100_000}display:none</style><p>甲") == ["甲"]
        assert time.process_time() - start < 5

    def test_too_deep_is_told_not_cut(self) -> None:
        with pytest.raises(UnreadableFileError, match="嵌套过深"):
            read("<div>" * 100_000 + "深")

    def test_tables_in_tables_in_tables(self) -> None:
        assert grids("<table><tr><td>" * 500 + "深") == [[[("深", 0, 0, 1, 1)]]]

    def test_huge_spans_are_refused_fast(self) -> None:
        start = time.process_time()
        with pytest.raises(UnreadableFileError, match="行列过多"):
            read("<table>" + "<tr><td colspan=1000 rowspan=70000>1" * 50_000)
        assert time.process_time() - start < 10

    def test_nothing_is_fetched(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def refuse(*_: object, **__: object) -> None:
            raise AssertionError("a page made us open a connection")

        monkeypatch.setattr("socket.socket", refuse)
        page = (
            '<!DOCTYPE html SYSTEM "http://127.0.0.1:9/x.dtd"><link rel=stylesheet href="http://127.0.0.1:9/x.css">'
            '<base href="http://127.0.0.1:9/"><img src="x.png"><iframe src="file:///etc/passwd"></iframe><p>文'
        )
        assert lines(page) == ["文"]

    @pytest.mark.parametrize("page", ["<html></html>", "<table><tr><td></table>", "<p>无关的一句话。"])
    def test_a_page_without_a_plan_is_told(self, page: str) -> None:
        with pytest.raises(UnreadableFileError):
            read_bytes(page.encode(), "页.html")
