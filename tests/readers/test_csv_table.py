"""Tables as text: the delimiter, quoting, encodings, and lines of words between tables."""

from __future__ import annotations

import pytest

from jixiao.readers.formats.csv_table import delimiter_of
from jixiao.readers.raw import Grid, Paragraph
from jixiao.readers.registry import format_of, read_raw

ROWS = "一级指标{d}二级指标{d}指标值\n产出指标{d}数量指标{d}≥3\n{d}质量指标{d}100%\n"


@pytest.mark.parametrize("delimiter", [",", ";"])
def test_delimiter(delimiter: str) -> None:
    assert delimiter_of(ROWS.format(d=delimiter)) == delimiter


def test_delimiter_that_excel_was_told() -> None:
    assert delimiter_of("sep=|\n甲|乙\n") == "|"


def test_tabs_are_a_table_only_with_quotes_over_lines() -> None:
    assert delimiter_of(ROWS.format(d="\t")) is None
    assert delimiter_of(ROWS.format(d="\t") + '效益指标\t"社会\n效益"\t是\n') == "\t"


@pytest.mark.parametrize(
    "text",
    [
        "一、总体目标\n第一句，第二句，第三句。\n",
        "See 1,2 and 3\nno table here\n",
        "项目编码\t1\t2\n甲\t乙\t丙\n丁\t戊\t己\n",
    ],
)
def test_prose_is_no_table(text: str) -> None:
    assert format_of(text.encode()).name == "txt"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_words_lines_and_places(encoding: str) -> None:
    text = '经费绩效目标表,,\n项目名称,"修路,架桥",\n绩效目标,"1.修好\n2.修快",="007"\n' + ROWS.format(d=",")
    data = text.encode(encoding)
    assert format_of(data).name == "csv"
    raw = read_raw(data, "表.csv")
    title, grid = raw.blocks
    assert isinstance(title, Paragraph)
    assert title.text == "经费绩效目标表"
    assert isinstance(grid, Grid)
    assert [c.text for c in grid.rows[0]] == ["项目名称", "修路,架桥"]
    assert [c.text for c in grid.rows[1]] == ["绩效目标", "1.修好\n2.修快", "007"]
    assert [c.column for c in grid.rows[-1]] == [1, 2]
    assert grid.rows[0][0].place.line == 2
    assert grid.rows[2][0].place.line == 5
