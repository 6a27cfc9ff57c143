"""Text with a cell to each line: read where its structure proves itself, refused otherwise, never shifted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from readers.form_grid import drawn
from readers.write import Block, Rows

from jixiao.domain.codec import plan_to_dict
from jixiao.domain.plan import Plan
from jixiao.readers import UnreadableFileError, read_bytes

EVALUATION = """
项目支出绩效自评表
（2025年度）

项目名称 | 办公楼暖通改造经费 | < | < | < | < | < | <
主管部门 | 某县发改局 | < | < | 实施单位 | 某县中学 | < | <
项目资金（万元） | | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分
^ | 年度资金总额 | 43.2 | 43.2 | 37.24 | 10 | 86% | 9
^ | 其中：当年财政拨款 | 43.2 | 43.2 | 37.24 | — | — | —
^ | 上年结转资金 | | | | — | — | —
年度总体目标 | 预期目标 | < | < | 实际完成情况 | < | < | <
^ | 改造教学楼3栋。 | < | < | 改造教学楼3栋。 | < | < | <
一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施
产出指标 | 数量指标 | 改造栋数 | 3 | 3 | 20 | 20 |
^ | ^ | …… | | | | |
^ | 质量指标 | 验收合格率 | 100% | 98% | 20 | 19 | 一栋返工
^ | 时效指标 | 完成及时率 | 100% | 100% | 10 | 10 |
^ | 成本指标 | 成本控制率 | ≤100% | 86% | 10 | 10 |
效益指标 | 社会效益指标 | 受益学生数 | 1200 | 1200 | 20 | 20 |
^ | ^ | 指标2 | | | | |
满意度指标 | 服务对象满意度指标 | 学生满意度 | ≥90% | 95% | 10 | 10 |
总分 | < | < | < | < | 100 | 98 |
"""
GOALS = """
项目支出绩效目标表

项目名称 | 增雨作业 | < | <
主管部门 | 某市气象局 | 实施单位 | 某市气象局
年度目标 | 增雨面积8522平方公里。 | < | <
一级指标 | 二级指标 | 三级指标 | 指标值
产出指标 | 数量指标 | 作业航时 | ≥30小时
^ | 质量指标 | 作业成功率 | ≥95%
^ | 时效指标 | 完成时间 | 2026年12月
效益指标 | 社会效益指标 | 服务农田面积 | ≥8522平方公里
满意度指标 | 服务对象满意度指标 | 公众满意度 | ≥90%
"""


def cells(form: str) -> list[list[str]]:
    """The rows of a form, each with its cells; what merged ones cover is left out. Lines over it are rows of one cell."""
    rows: list[list[str]] = []
    blocks: list[Block] = drawn(form)
    for block in blocks:
        rows += [[block]] if isinstance(block, str) else _rows(block)
    return rows


def _rows(block: Rows) -> list[list[str]]:
    return [[box.text for box in row if not box.below] for row in block.rows]


def parted(rows: list[list[str]]) -> str:
    """An empty line behind every cell; a cell without words is a line of blanks."""
    return "\n\n".join(text or "\u3000" for row in rows for text in row)


def lines(rows: list[list[str]]) -> str:
    """A line for every cell, an empty one for a cell without words."""
    return "\n".join(text for row in rows for text in row)


def barred(rows: list[list[str]]) -> str:
    """A bar on a line of its own between cells, another behind each row."""
    return "\n|\n|\n".join("\n|\n".join(text for text in row) for row in rows).replace("\n\n", "\n")


STYLES: dict[str, Callable[[list[list[str]]], str]] = {"parted": parted, "lines": lines, "bars": barred}
each_style = pytest.mark.parametrize("style", STYLES.values(), ids=STYLES)


def read(text: str) -> Plan | None:
    """The plan of a text; None where it is refused."""
    try:
        return read_bytes(text.encode(), "表.txt")
    except UnreadableFileError:
        return None


def values(plan: Plan) -> list[tuple[str, Any]]:
    """What a plan says, field by field, without ids and places."""
    data = plan_to_dict(plan)
    found: list[tuple[str, Any]] = []

    def walk(value: Any, path: str) -> None:
        if isinstance(value, dict):
            for key, inner in value.items():
                if not key.endswith("id") and not key.endswith("ids"):
                    walk(inner, f"{path}/{key}")
        elif isinstance(value, list):
            for n, inner in enumerate(value):
                walk(inner, f"{path}/{n}")
        elif value is not None:
            found.append((path, value))

    walk({key: data[key] for key in ("title", "fiscal_year", "department", "goal_sheets")}, "")
    return found


def expected(form: str) -> list[tuple[str, Any]]:
    """What the form says as a table of Word."""
    from readers.write import as_docx

    return values(read_bytes(as_docx(drawn(form)), "表.docx"))


@each_style
@pytest.mark.parametrize("form", [EVALUATION, GOALS], ids=["self-evaluation", "goals"])
def test_a_form_reads_as_its_table(form: str, style: Callable[[list[list[str]]], str]) -> None:
    plan = read(style(cells(form)))
    assert plan is not None
    assert values(plan) == expected(form)
    assert "table.rejoined" in {note.code for note in plan.notes}


@each_style
@pytest.mark.parametrize("form", [EVALUATION, GOALS], ids=["self-evaluation", "goals"])
def test_a_cell_lost_or_left_over_shifts_nothing(form: str, style: Callable[[list[list[str]]], str]) -> None:
    """Of a row of indicators any cell gone, or a blank one more: read as it is, or refused."""
    rows, whole = cells(form), expected(form)
    header = next(n for n, row in enumerate(rows) if row[0] == "一级指标")
    right = {value for _, value in whole if isinstance(value, str)}
    wrong: list[str] = []
    for r in range(header, len(rows)):
        for c in range(len(rows[r])):
            for what, row in (("gone", rows[r][:c] + rows[r][c + 1 :]), ("more", [*rows[r][:c], "", *rows[r][c:]])):
                plan = read(style([*rows[:r], row, *rows[r + 1 :]]))
                wrong += [f"{what} {r},{c}: {bad}" for bad in _shifted(plan, whole, right)] if plan is not None else []
    assert wrong == []


@pytest.mark.parametrize(
    ("form", "style"),
    [*((EVALUATION, style) for style in STYLES.values()), (GOALS, barred)],
    ids=[*STYLES, "goals, bars"],
)
def test_a_cell_of_the_head_lost_or_left_over_shifts_nothing(
    form: str, style: Callable[[list[list[str]]], str]
) -> None:
    """Names, money and goals are those of the form, or not read."""
    rows, whole = cells(form), dict(expected(form))
    header = next(n for n, row in enumerate(rows) if row[0] == "一级指标")
    wrong: list[str] = []
    for r in range(2, header):
        for c in range(len(rows[r])):
            for what, row in (("gone", rows[r][:c] + rows[r][c + 1 :]), ("more", [*rows[r][:c], "", *rows[r][c:]])):
                plan = read(style([*rows[:r], row, *rows[r + 1 :]]))
                told = [] if plan is None else [one for one in values(plan) if "/indicators/" not in one[0]]
                wrong += [f"{what} {r},{c}: {path} {value}" for path, value in told if whole.get(path) != value]
    assert wrong == []


def _shifted(plan: Plan, whole: list[tuple[str, Any]], right: set[str]) -> list[str]:
    """Rows whose values are not those that stand together in the form."""
    of_row: dict[str, dict[str, Any]] = {}
    for path, value in whole:
        if "/indicators/" in path:
            of_row.setdefault("/".join(path.split("/")[:5]), {})["/".join(path.split("/")[5:])] = value
    known = {row.get("name"): row for row in of_row.values()}
    found: list[str] = []
    for sheet in plan.goal_sheets:
        later = plan.later_sheets.get(sheet.id)
        for row in sheet.indicators:
            own: Any = later.row(row.id) if later is not None else None
            said = {
                "target/text": row.target.text,
                "weight": None if row.weight is None else str(row.weight),
                "actual/text": own.actual.text if own is not None and own.actual else None,
                "score": None if own is None or own.score is None else str(own.score),
            }
            if row.name not in known:
                found.append(f"{row.name} is no name")
                continue
            found += [
                f"{row.name} {key} {value}"
                for key, value in said.items()
                if value is not None and value != known[row.name].get(key)
            ]
    return found


def test_words_that_are_no_table_are_left_to_other_readers() -> None:
    plan = read("一、总体绩效目标\n\n做好年度工作。\n\n一级指标包括产出、效益、满意度。\n")
    assert plan is not None
    assert plan.goal_sheets == ()


@each_style
def test_points_that_do_not_add_up_are_not_believed(style: Callable[[list[list[str]]], str]) -> None:
    plan = read(style(cells(EVALUATION.replace("| 20 | 19 | 一栋返工", "| 25 | 19 | 一栋返工"))))
    assert plan is None or plan.goal_sheets == ()


def test_rows_parted_by_blank_lines_are_read_as_rows() -> None:
    """As converters print them out of a page: each cell on a line, each row a block, no cell of it blank."""
    blocks = (
        "项目支出绩效目标表", "项目名称\n增雨作业", "一级指标\n二级指标\n三级指标\n指标值\n权重\n指标值确定依据",
        "产出指标\n数量指标\n作业航时\n≥30小时\n20\n工作计划", "质量指标\n作业成功率\n≥95%\n30\n工作计划",
        "效益指标\n社会效益指标\n服务农田面积\n≥8522平方公里\n30\n文件",
        "满意度指标\n服务对象满意度指标\n公众满意度\n≥90%\n20\n问卷",
    )  # fmt: skip
    plan = read("\n\n".join(blocks))
    assert plan is not None
    assert [(r.name, r.target.text, r.weight, r.basis) for r in plan.goal_sheets[0].indicators] == [
        ("作业航时", "≥30小时", 20, "工作计划"),
        ("作业成功率", "≥95%", 30, "工作计划"),
        ("服务农田面积", "≥8522平方公里", 30, "文件"),
        ("公众满意度", "≥90%", 20, "问卷"),
    ]
