"""Published libraries are read as they are printed, and a library taken away comes back whole."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date

import docx
import openpyxl
import pytest

from jixiao.domain.indicator import IndicatorKind
from jixiao.domain.target import Comparator
from jixiao.library import Certainty, library
from jixiao.readers import UnreadableFileError
from jixiao.services.indicator_library import read_library, sector_of, to_workbook

SECTORS = library().sectors


def _docx(tables: Sequence[tuple[str, Sequence[Sequence[str]]]], *, merged: bool = False) -> bytes:
    document = docx.Document()
    for heading, rows in tables:
        document.add_paragraph(heading)
        table = document.add_table(len(rows), len(rows[0]))
        for r, row in enumerate(rows):
            for c, text in enumerate(row):
                table.cell(r, c).text = text
        if merged and len(rows) > 2:
            table.cell(1, 0).merge(table.cell(2, 0))
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _xlsx(rows: Sequence[Sequence[str]]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


HEAD = ["二级指标", "三级指标", "指标解释", "计算公式", "计量单位", "指标方向", "数据来源"]


def test_a_published_library_in_word_is_read_with_its_sectors() -> None:
    data = _docx(
        [
            (
                "一、教育类",
                [
                    HEAD,
                    ["数量指标", "新增学位数", "当年投用的学位", "", "个", "正向", "教育事业统计"],
                    ["", "改造教室间数", "改造完成的教室", "", "间", "正向", "验收单"],
                ],
            ),
            ("二、水利类", [HEAD, ["质量指标", "渗漏率", "", "渗漏段数÷检查段数×100%", "%", "反向", "检测报告"]]),
        ],
        merged=True,
    )
    found = read_library(data, "某省指标库.docx", SECTORS, "某省公布的指标库")
    assert [(one.name, one.sector, one.kind, one.comparator, one.unit) for one in found.entries] == [
        ("新增学位数", "education", IndicatorKind.QUANTITY, Comparator.AT_LEAST, "个"),
        ("改造教室间数", "education", IndicatorKind.QUANTITY, Comparator.AT_LEAST, "间"),
        ("渗漏率", "water", IndicatorKind.QUALITY, Comparator.AT_MOST, "%"),
    ]
    assert found.entries[2].formula == "渗漏段数÷检查段数×100%"
    assert {one.certainty for one in found.entries} == {Certainty.OFFICIAL}
    assert {one.source for one in found.entries} == {"某省公布的指标库"}
    assert found.notes == ()


def test_columns_are_known_by_their_words_not_their_place() -> None:
    rows = [
        ["某省分行业指标库", "", "", ""],
        ["行业领域", "指标名称", "单位", "二级指标名称"],
        ["林业草原", "营造林任务完成率", "≥ %", "数量指标"],
    ]
    (one,) = read_library(_xlsx(rows), "a.xlsx", SECTORS).entries
    assert (one.sector, one.name, one.unit, one.comparator) == (
        "forestry",
        "营造林任务完成率",
        "%",
        Comparator.AT_LEAST,
    )
    assert one.source == "a.xlsx"


def test_a_table_that_goes_on_below_needs_no_head() -> None:
    tables = [
        ("一、教育类", [HEAD, ["数量指标", "新增学位数", *[""] * 5]]),
        ("", [["质量指标", "师资达标率", *[""] * 5]]),
    ]
    found = read_library(_docx(tables), "a.docx", SECTORS)
    assert [one.name for one in found.entries] == ["新增学位数", "师资达标率"]


def test_what_is_not_taken_is_told() -> None:
    rows = [HEAD, ["先进指标", "甲乙丙完成率"], ["数量指标", "培训人次数"], ["数量指标", "培训人次数"]]
    found = read_library(_xlsx([[*row, *[""] * (7 - len(row))] for row in rows]), "a.xlsx", SECTORS)
    assert [one.name for one in found.entries] == ["培训人次数"]
    assert "“先进指标”不认得" in found.notes[0]
    assert "出现了两次" in found.notes[1]


def test_a_file_without_a_library_is_refused() -> None:
    with pytest.raises(UnreadableFileError, match="二级指标"):
        read_library(_xlsx([["姓名", "电话"], ["张三", "1"]]), "a.xlsx", SECTORS)


def test_what_is_taken_away_comes_back() -> None:
    data = to_workbook(library().entries, SECTORS, date(2027, 1, 1))
    assert data == to_workbook(library().entries, SECTORS, date(2027, 1, 1))
    found = read_library(data, "指标库.xlsx", SECTORS)
    same = ("code", "name", "kind", "sector", "unit", "comparator", "explanation", "formula", "evidence")
    assert [[getattr(one, name) for name in same] for one in found.entries] == [
        [getattr(one, name) for name in same] for one in library().entries
    ]
    assert found.notes == ()


@pytest.mark.parametrize(
    ("words", "key"),
    [("教育", "education"), ("（三）卫生健康类指标", "health"), ("water", "water"), ("其他", ""), ("", "")],
)
def test_a_sector_is_told_by_its_words(words: str, key: str) -> None:
    assert sector_of(words, SECTORS) == key
