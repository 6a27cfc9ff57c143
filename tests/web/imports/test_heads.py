"""The head is found by its words; rows that are no data are told apart; columns are matched."""

from __future__ import annotations

import pytest

from jixiao.domain.money import CurrencyUnit
from jixiao.web.imports.heads import recognise
from jixiao.web.imports.mapping import fingerprint, guess, problems
from jixiao.web.imports.reading import workbook_of
from jixiao.web.imports.rows import typed
from jixiao.web.imports.table import Line, RowSort, Worksheet
from web.imports.books import FIELDS, KIND, LIST, MERGES, xlsx


def _sheet(rows: object, merges: tuple[str, ...] = ()) -> Worksheet:
    return workbook_of(xlsx(rows, merges)).sheets[0]  # type: ignore[arg-type]


@pytest.mark.parametrize("merges", [MERGES, ()])
def test_a_head_of_two_rows_under_a_title_and_a_unit(merges: tuple[str, ...]) -> None:
    sheet = _sheet(LIST, merges)
    head = recognise(sheet, FIELDS)
    assert head.header == (3, 4)
    assert [column.title for column in head.columns] == [
        "序号",
        "单位编码",
        "项目名称",
        "项目类别",
        "资金 / 总额",
        "资金 / 财政拨款",
        "备注",
    ]
    assert head.unit is CurrencyUnit.TEN_THOUSAND_YUAN
    assert {n: sort for n, sort in head.sorts.items() if n not in (3, 4)} == {
        1: RowSort.TITLE,
        2: RowSort.TITLE,
        5: RowSort.DATA,
        6: RowSort.DATA,
        7: RowSort.TOTAL,
        8: RowSort.DATA,
        9: RowSort.TOTAL,
        10: RowSort.SIGNATURE,
    }
    mapped = guess(FIELDS, head, sheet)
    assert {name: one.column for name, one in mapped.items()} == {
        "unit": 1,
        "name": 2,
        "class": 3,
        "total": 4,
        "key": None,
    }
    assert mapped["total"].unit is CurrencyUnit.TEN_THOUSAND_YUAN
    assert problems(FIELDS, mapped) == {}


def test_columns_in_any_order_under_other_names() -> None:
    sheet = _sheet(
        (
            ("项目", "预算金额(元)", "预算单位编码", "是否重点"),
            ("甲", "乙", "丙", "丁"),
            ("示例：某某项目", 10000, "301", "是"),
            ("招商费用", 1_500_000, "301", "是"),
            ("项目", "预算金额(元)", "预算单位编码", "是否重点"),
            ("审计局审计费", 20_000, "303", "否"),
            ("注：金额按元填写",),
        )
    )
    head = recognise(sheet, FIELDS)
    assert head.header == (1,)
    assert [head.sorts[n] for n in range(2, 8)] == [
        RowSort.NUMBERING,
        RowSort.EXAMPLE,
        RowSort.DATA,
        RowSort.HEADER,
        RowSort.DATA,
        RowSort.REMARK,
    ]
    mapped = guess(FIELDS, head, sheet)
    assert {name: one.column for name, one in mapped.items()} == {
        "unit": 2,
        "name": 0,
        "class": None,
        "total": 1,
        "key": 3,
    }
    assert mapped["total"].unit is CurrencyUnit.YUAN


def test_a_row_of_data_is_no_row_of_numbers() -> None:
    sheet = _sheet((("单位编码", "项目名称", "预算数(元)"), ("甲", "乙", 1), ("5", "甲", "x")))
    assert [recognise(sheet, FIELDS).sorts[n] for n in (2, 3)] == [RowSort.NUMBERING, RowSort.DATA]
    sheet = _sheet((("单位编码", "项目名称", "预算数(元)"), ("5", "甲", "x")))
    assert recognise(sheet, FIELDS).sorts[2] is RowSort.DATA


def test_a_column_without_a_name_is_told_by_what_is_in_it_and_a_unit_nobody_wrote_is_asked() -> None:
    sheet = _sheet(
        (("单位编码", "项目名称", "分类", "总额"), *(("301", f"项目{n}", "特定目标类", 5) for n in range(4)))
    )
    head = recognise(sheet, FIELDS)
    mapped = guess(FIELDS, head, sheet)
    assert (mapped["class"].column, mapped["class"].why) == (2, "内容")
    assert problems(FIELDS, mapped) == {"total": "表上没写金额单位，请选元还是万元"}


def test_a_required_column_that_is_missing_is_asked() -> None:
    sheet = _sheet((("项目名称", "预算数(万元)"), ("招商", 5)))
    assert list(problems(FIELDS, guess(FIELDS, recognise(sheet, FIELDS), sheet))) == ["unit"]


def test_the_fingerprint_is_of_words_not_of_their_order() -> None:
    one = recognise(_sheet((("单位编码", "项目名称"), ("301", "x"))), FIELDS)
    other = recognise(_sheet((("标题",), ("项目名称", "单位编码"), ("x", "301"))), FIELDS)
    assert fingerprint(one.columns) == fingerprint(other.columns)
    assert fingerprint(one.columns) != fingerprint(one.columns[:1])


def test_cells_merged_over_rows_mean_each_of_them_but_money_does_not() -> None:
    sheet = _sheet(
        (("单位编码", "项目名称", "总额(元)"), ("301", "一", 5), (None, "二", None), (None, "三", 7)),
        ("A2:A4", "C2:C3"),
    )
    head = recognise(sheet, FIELDS)
    rows = typed(KIND, [line for line in sheet.lines if line.number > 1], guess(FIELDS, head, sheet), sheet.merges)
    assert [one.row["unit"] for one in rows] == ["301", "301", "301"]
    assert [bool(one.problems) for one in rows] == [False, True, False]
    assert "合并" in rows[1].problems[0].message


def test_lines_are_looked_at_a_few_times_however_many() -> None:
    looked: list[int] = []

    class Counted(Worksheet):
        @property
        def width(self) -> int:
            looked.append(1)
            return 3

    lines = tuple(
        Line(n, ("301", f"项目{n}", "5") if n > 1 else ("单位编码", "项目名称", "预算数(元)")) for n in range(1, 500)
    )
    recognise(Counted("", lines), FIELDS)
    assert len(looked) < 20


def test_a_second_row_of_the_same_key_is_refused() -> None:
    sheet = _sheet((("单位编码", "项目名称"), ("301", "招商"), ("301", "招 商")))
    rows = typed(KIND, sheet.lines[1:], guess(FIELDS, recognise(sheet, FIELDS), sheet))
    assert [one.problems and one.problems[0].message for one in rows] == [
        (),
        "和第 2 行是同一个（301、招 商）。请留一行",
    ]
