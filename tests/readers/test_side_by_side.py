"""Goal sheets side by side on one grid are as many sheets, each with its own money, goals and rows; never one of both."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plain import as_printed
from readers.form_grid import FORMATS, TEXTS, drawn, told
from readers.test_cut_tables import EVALUATION, HEBEI, NATIONAL, lines_of

from jixiao.domain.plan import Plan
from jixiao.readers import UnreadableFileError, read_bytes

ALL = {**FORMATS, "tabs.txt": TEXTS["tabs.txt"]}
OTHER = (
    NATIONAL.replace("小型水库维修养护", "农村供水管网改造")
    .replace("86.5", "95").replace("| 80 |", "| 90 |").replace("6.5 |", "5 |").replace("清源县水库站", "清源县供水站")
    .replace("完成12座", "完成30公里").replace("维修养护水库数量 | ≥12座", "改造管网长度 | ≥30公里")
)  # fmt: skip
SHEETS = (NATIONAL, OTHER, HEBEI, EVALUATION)


def read(form: str, written: str) -> Plan:
    return read_bytes(ALL[written](drawn(form)), f"表.{written}")


def rows_of(form: str, *, titles: bool) -> list[list[str]]:
    """The rows of a form; the lines above it as rows of their own, merged over all columns, where ``titles``."""
    above, rows = lines_of(form)
    width = len(rows[0])
    return [[line, *["<"] * (width - 1)] for line in above if titles and line] + rows


def beside(left: list[list[str]], right: list[list[str]], gap: int) -> list[list[str]]:
    """Two grids on one, the shorter filled up with empty cells."""
    height = max(len(left), len(right))
    grids = [grid + [[""] * len(grid[0])] * (height - len(grid)) for grid in (left, right)]
    return [[*a, *[""] * gap, *b] for a, b in zip(*grids, strict=True)]


def as_lines(rows: list[list[str]]) -> str:
    return "\n".join(" | ".join(row) for row in rows)


def single(form: str, written: str) -> list[object]:
    """The sheet as read alone, apart from its number."""
    return unnumbered(read(as_lines(rows_of(form, titles=True)), written))


def unnumbered(plan: Plan) -> list[object]:
    sheets = as_printed(plan)
    for sheet in sheets:
        sheet.sequence = 1
    return list(sheets)


@pytest.mark.parametrize("written", ALL)
@settings(deadline=None, derandomize=True, max_examples=5)
@given(
    forms=st.lists(st.sampled_from(SHEETS), min_size=2, max_size=3, unique=True),
    gap=st.integers(0, 2),
    titles=st.booleans(),
)
def test_two_or_three_side_by_side(written: str, forms: list[str], gap: int, titles: bool) -> None:
    grid = rows_of(forms[0], titles=titles)
    for form in forms[1:]:
        grid = beside(grid, rows_of(form, titles=titles), gap)
    plan = read(as_lines(grid), written)
    alone = [sheet for form in forms for sheet in single(form, written)]
    assert unnumbered(plan) == alone
    assert not told(plan, "unplaced")


@pytest.mark.parametrize("written", ALL)
@settings(deadline=None, derandomize=True, max_examples=5)
@given(forms=st.lists(st.sampled_from(SHEETS), min_size=3, max_size=4, unique=True), gap=st.integers(0, 1))
def test_stacked_and_side_by_side(written: str, forms: list[str], gap: int) -> None:
    """Two above two, or two above one: by rows, as they are printed."""
    upper = beside(rows_of(forms[0], titles=False), rows_of(forms[1], titles=False), gap)
    lower = rows_of(forms[2], titles=False)
    if len(forms) == 4:
        lower = beside(lower, rows_of(forms[3], titles=False), gap)
    width = max(len(upper[0]), len(lower[0]))
    grid = [row + [""] * (width - len(row)) for row in [*upper, *lower]]
    plan = read(as_lines(grid), written)
    assert unnumbered(plan) == [sheet for form in forms for sheet in single(form, written)]


@pytest.mark.parametrize("written", ["docx", "html", "tabs.txt"])
@pytest.mark.parametrize("header", ["none", "whole", "half"])
@pytest.mark.parametrize("labels", ["blank", "again"])
@pytest.mark.parametrize("between", ["", "- 2 -", "续表"])
def test_side_by_side_and_cut_by_a_page(written: str, header: str, labels: str, between: str) -> None:
    """Both go on in another table, under their header again, half of it, or none: each has its own rows, wherever it is cut."""
    for forms, gap in (
        ((NATIONAL, OTHER), 0),
        ((NATIONAL, OTHER), 1),
        ((HEBEI, NATIONAL), 0),
        ((NATIONAL, OTHER, HEBEI), 0),
    ):
        grid = rows_of(forms[0], titles=False)
        for form in forms[1:]:
            grid = beside(grid, rows_of(form, titles=False), gap)
        top = max(n for n, row in enumerate(grid) if "三级指标" in row)
        words = header_over(forms, gap, half=header == "half")
        alone = [sheet for form in forms for sheet in single(form, written)]
        for at in range(top + 2, len(grid)):
            rest = [*([] if header == "none" else [words]), *rest_of(grid, at, labels)]
            plan = read(f"{as_lines(grid[:at])}\n\n{between}\n{as_lines(rest)}", written)
            assert unnumbered(plan) == alone, (at, len(forms), gap)
            assert not told(plan, "unplaced")


def header_over(forms: tuple[str, ...], gap: int, *, half: bool) -> list[str]:
    """The words of the headers of all sheets, in their columns; without the levels where ``half``."""
    rows = [next(row for row in rows_of(form, titles=False) if "三级指标" in row) for form in forms]
    words = rows[0] + [word for row in rows[1:] for word in [*[""] * gap, *row]]
    return ["" if word == "^" or (half and word in ("一级指标", "二级指标", "绩效指标")) else word for word in words]


def rest_of(grid: list[list[str]], at: int, labels: str) -> list[list[str]]:
    """The rows from ``at`` on; merged cells begin anew with nothing, or with their label."""
    rest = [list(row) for row in grid[at:]]
    for n, cell in enumerate(rest[0]):
        if cell == "^":
            begun = next(row[n] for row in reversed(grid[:at]) if row[n] != "^")
            rest[0][n] = begun if labels == "again" else ""
    return rest


def test_one_line_of_the_unit_over_both() -> None:
    sheets = [rows_of(form.replace("（万元）", ""), titles=False) for form in (NATIONAL, OTHER)]
    grid = beside(*sheets, 1)
    width = len(grid[0])
    plan = read(
        as_lines([["项目支出绩效目标表", *["<"] * (width - 1)], [""] * (width - 1) + ["单位：万元"], *grid]), "xlsx"
    )
    assert [(s.budget.total, s.budget.currency_unit) for s in plan.goal_sheets] == [(86.5, "万元"), (95, "万元")]


@pytest.mark.parametrize("label", ["项目名称", "项目编码"])
def test_a_list_and_a_second_label_are_no_sheets_side_by_side(label: str) -> None:
    """专项名称 and 项目名称 in one head, or the columns of a list, name one thing each."""
    form = NATIONAL.replace(
        "项目名称 | < | 小型水库维修养护 | < | < | <", f"专项名称 | < | 水利发展资金 | < | {label} | 小型水库维修养护"
    )
    plan = read(form, "docx")
    assert len(plan.goal_sheets) == 1
    assert len(plan.goal_sheets[0].indicators) == 7


@settings(deadline=None, derandomize=True, max_examples=5)
@given(missing=st.integers(1, 2))
def test_rows_of_text_that_lack_cells_are_told_not_mixed(missing: int) -> None:
    """Where the text leaves out merged cells nothing says which sheet a cell belongs to."""
    grid = beside(rows_of(NATIONAL, titles=False), rows_of(OTHER, titles=False), 0)
    lines = ["\t".join(cell for cell in row if cell not in ("^", "<")) for row in grid]
    lines = [line if n % 2 or n < 3 else line.rsplit("\t", missing)[0] for n, line in enumerate(lines)]
    try:
        plan = read_bytes("\n".join(lines).encode(), "表.txt")
    except UnreadableFileError:
        return
    assert plan.goal_sheets == ()
    assert "并排" in told(plan, "unplaced")
