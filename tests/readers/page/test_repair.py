"""What recognition damages in value cells: repaired with a note where one reading is left, told where not."""

from __future__ import annotations

import pytest

from jixiao.domain.provenance import Location
from jixiao.readers.page.repair import repaired
from jixiao.readers.raw import Cell, Grid
from jixiao.vocabulary import shipped

HEADER = ("一级指标", "二级指标", "三级指标", "指标值", "确定依据")


def grid(*rows: tuple[str, ...]) -> Grid:
    place = Location(page=3, bbox=(0, 0, 1, 1))
    cells = tuple(tuple(Cell(t, r, c, place) for c, t in enumerate(row)) for r, row in enumerate(rows))
    return Grid(cells, place)


def value(text: str, name: str = "修路") -> tuple[str, list[str]]:
    got, notes = repaired(grid(HEADER, ("产出指标", "数量指标", name, text, "安排")), shipped())
    assert all("第 3 页" in n.message and text in n.message for n in notes)
    return got.rows[1][3].text, [n.code for n in notes]


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("二100%", "=100%"),
        (">=95%", "≥95%"),
        ("》5个", "≥5个"),
        ("<=3%", "≤3%"),
        ("≥9O%", "≥90%"),
        ("≥1l.5", "≥11.5"),
        ("≥950/0", "≥95%"),
        ("≥95o/o", "≥95%"),
        ("W20场", "≥20场"),
        ("w90%", "≥90%"),
        ("=.0.5万亩", "=0.5万亩"),
        ("≥，12次", "≥12次"),
    ],
)
def test_signs_and_letters(read: str, printed: str) -> None:
    assert value(read) == (printed, ["recognition.repaired"])


@pytest.mark.parametrize(
    ("read", "printed"), [("W", "≥"), ("2", "≥"), ("二", "="), ("《", "≤"), ("=.", "="), ("≥", "≥"), ("定性", "定性")]
)
def test_signs_in_a_column_of_their_own(read: str, printed: str) -> None:
    header = (*HEADER[:3], "指标性质", "指标值")
    got, notes = repaired(grid(header, ("产出指标", "数量指标", "修路", read, "20")), shipped())
    assert (got.rows[1][3].text, got.rows[1][4].text) == (printed, "20")
    assert [n.code for n in notes] == (["recognition.repaired"] if read != printed else [])


def test_what_is_no_sign_in_a_column_of_signs_is_told() -> None:
    header = (*HEADER[:3], "指标性质", "指标值")
    got, notes = repaired(grid(header, ("产出指标", "数量指标", "修路", "K", "20")), shipped())
    assert (got.rows[1][3].text, [n.code for n in notes]) == ("K", ["recognition.doubtful"])


def test_two_is_a_sign_only_where_the_row_says_so() -> None:
    assert value("295%", "合格率达到95%") == ("≥95%", ["recognition.repaired"])
    assert value("295%") == ("295%", ["recognition.doubtful"])
    assert value("220个", "培训20个村") == ("≥20个", ["recognition.repaired"])
    assert value("220个", "培训220个村") == ("220个", [])


@pytest.mark.parametrize(
    "fine", ["≥95%", "=100%", "及时", "2026年10月31日前", "有效提升", "3-5家", "200次", "建成3D模型", "5"]
)
def test_sound_values_stay(fine: str) -> None:
    assert value(fine) == (fine, [])


def test_dash_before_a_number_is_told() -> None:
    assert value("一95%") == ("一95%", ["recognition.doubtful"])


@pytest.mark.parametrize(
    ("read", "printed", "codes"),
    [
        ("5O.00", "50.00", ["recognition.repaired"]),
        ("1I68.25", "1168.25", ["recognition.repaired"]),
        ("5.00.", "5.00", ["recognition.repaired"]),
        ("5，00", "5.00", ["recognition.repaired"]),
        ("460.00", "460.00", []),
        ("4G0.00", "4G0.00", ["recognition.doubtful"]),
        ("预算数 150 万元。全部为财政资金。", "预算数 150 万元。全部为财政资金。", []),
    ],
)
def test_amounts(read: str, printed: str, codes: list[str]) -> None:
    got, notes = repaired(grid(("预算规模及资金用途", "预算数", read, "其他资金", "")), shipped())
    assert (got.rows[0][2].text, [n.code for n in notes]) == (printed, codes)


def test_percentages_under_points_of_time() -> None:
    table = grid(("资金支出计划（%）", "3月底", "6月底"), ("", "25o/o", "5O%"), ("绩效目标", "5O%", ""))
    got, notes = repaired(table, shipped())
    assert [c.text for c in got.rows[1]] == ["", "25%", "50%"]
    assert got.rows[2][1].text == "5O%"
    assert len(notes) == 2


def test_words_outside_value_cells_stay() -> None:
    table = grid(("项目编码", "13O22", "项目名称", "二100%"), HEADER, ("产出指标", "数量指标", "二100%", "=1", "5O"))
    got, notes = repaired(table, shipped())
    assert got == table
    assert notes == []
