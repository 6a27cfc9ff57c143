"""A form cut into several tables, by a page or a program, is read as one: with its header, half of it, or none."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plain import as_printed
from readers.form_grid import FORMATS, TEXTS, drawn, told

from jixiao.domain.plan import Plan
from jixiao.readers import read_bytes

NATIONAL = """
项目支出绩效目标表

项目名称 | < | 小型水库维修养护 | < | < | <
主管部门 | < | 清源县水利局 | < | 实施单位 | 清源县水库站
项目资金（万元） | < | 年度资金总额： | < | 86.5 | <
^ | < | 其中：财政拨款 | < | 80 | <
^ | < | 其他资金 | < | 6.5 | <
年度目标 | < | 完成12座小型水库维修养护，保障下游防洪安全。 | < | < | <
绩效指标 | 一级指标 | 二级指标 | 三级指标 | 指标值 | 备注
^ | 产出指标 | 数量指标 | 维修养护水库数量 | ≥12座 |
^ | ^ | ^ | 清淤长度 | ≥3公里 |
^ | ^ | 质量指标 | 工程验收合格率 | ≥98% |
^ | ^ | 时效指标 | 汛前完工时间 | 2026年5月31日前 |
^ | ^ | 成本指标 | 单座维修成本 | ≤7.2万元 |
^ | 效益指标 | 社会效益指标 | 受益人口 | ≥2.3万人 |
^ | 满意度指标 | 服务对象满意度指标 | 下游群众满意度 | ≥90% |
"""
EVALUATION = """
项目支出绩效自评表

项目名称 | 招商经费 | < | < | < | < | < | <
主管部门 | 清源县商务局 | < | 实施单位 | 清源县商务局 | < | < | <
项目资金（万元） | | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分
^ | 年度资金总额 | 50 | 48 | 45.6 | 10 | 95% | 9.5
年度总体目标 | 预期目标 | < | < | 实际完成情况 | < | < | <
^ | 引进6个项目。 | < | < | 引进5个项目。 | < | < | <
一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施
产出指标 | 数量指标 | 引进项目数量 | ≥6个 | 5个 | 20 | 16 | 一个项目延期签约
^ | ^ | 走访企业数量 | ≥40家 | 41家 | 15 | 15 |
^ | 质量指标 | 签约项目开工率 | ≥60% | 66% | 15 | 15 |
效益指标 | 经济效益指标 | 新增税收 | ≥300万元 | 310万元 | 30 | 30 |
满意度指标 | 服务对象满意度指标 | 企业满意度 | ≥90% | 95% | 10 | 10 |
总分 | < | < | < | < | 100 | 95.5 |
"""
HEBEI = """
3.农技推广经费绩效目标表

219清源县农业农村局本级 | < | < | < | < | 单位：万元 | <
项目编码 | 13092222P00001 | < | 项目名称 | 农技推广经费 | < | <
预算规模及资金用途 | 预算数 | 20 | 其中：财政资金 | 20 | 其他资金 |
^ | 用于农技培训和示范田建设。 | < | < | < | < | <
绩效目标 | 1.培训农民500人次。\\n2.建成示范田2块。 | < | < | < | < | <
一级指标 | 二级指标 | 三级指标 | 绩效指标描述 | < | 指标值 | 指标值确定依据
产出指标 | 数量指标 | 培训人次 | 参加培训的农民人次 | < | ≥500人次 | 工作计划
^ | 质量指标 | 培训合格率 | 考核合格的比例 | < | ≥90% | 工作计划
效果指标 | 经济效益指标 | 亩均增收 | 示范田亩均增收 | < | ≥200元 | 历史数据
^ | 社会效益指标 | 技术知晓率 | 农户知晓的比例 | < | ≥80% | 问卷
满意度指标 | 服务对象满意度指标 | 农户满意度 | 满意的农户比例 | < | ≥95% | 问卷
"""
FORMS = {"national": NATIONAL, "evaluation": EVALUATION, "hebei": HEBEI}
BETWEEN = ("", "- 2 -", "第 2 页 共 3 页", "续表", "（接上页）", "2")
HEADERS = ("none", "whole", "half")
LABELS = ("blank", "again")
ALL = {**FORMATS, "tabs.txt": TEXTS["tabs.txt"]}


def lines_of(form: str) -> tuple[list[str], list[list[str]]]:
    """(the lines above a form, its rows of cells)."""
    lines = [line.strip() for line in form.strip().splitlines()]
    rows = [[cell.strip() for cell in line.split("|")] for line in lines if "|" in line]
    width = max(map(len, rows))
    return [line for line in lines if "|" not in line], [row + [""] * (width - len(row)) for row in rows]


def drawn_again(above: list[str], parts: list[list[list[str]]], between: list[str]) -> str:
    tables = ["\n".join(" | ".join(row) for row in part) for part in parts]
    return (
        "\n".join(above)
        + "\n\n"
        + "\n\n".join(words for pair in zip(tables, [*between, ""], strict=True) for words in pair)
    )


def header_of(rows: list[list[str]]) -> int:
    return next(n for n, row in enumerate(rows) if "三级指标" in row)


def cut(form: str, at: int, header: str, labels: str, between: str) -> str:
    """A form whose rows from ``at`` on (counted from the header of its indicators) are another table."""
    above, rows = lines_of(form)
    top = header_of(rows)
    first, rest = rows[: top + at], [list(row) for row in rows[top + at :]]
    for n, cell in enumerate(rest[0]):
        if cell == "^":
            begun = next(row[n] for row in reversed(first) if row[n] != "^")
            rest[0][n] = begun if labels == "again" else ""
    if header != "none":
        words = list(rows[top])
        if header == "half":
            words = ["" if word in ("一级指标", "二级指标") else word for word in words]
        rest.insert(0, words)
    return drawn_again(above, [first, rest], [between])


def read(form: str, written: str) -> Plan:
    return read_bytes(ALL[written](drawn(form)), f"表.{written}")


def nothing_unread(plan: Plan) -> None:
    assert not told(plan, "unplaced"), told(plan, "unplaced")


@pytest.mark.parametrize("written", ALL)
@pytest.mark.parametrize("form", FORMS)
@settings(deadline=None, derandomize=True, max_examples=5)
@given(
    at=st.integers(1, 6),
    header=st.sampled_from(HEADERS),
    labels=st.sampled_from(LABELS),
    between=st.sampled_from(BETWEEN),
)
def test_indicators_cut_at_any_row(form: str, written: str, at: int, header: str, labels: str, between: str) -> None:
    whole = FORMS[form]
    rows = lines_of(whole)[1]
    at = min(at, len(rows) - header_of(rows) - 1)
    plan = read(cut(whole, at, header, labels, between), written)
    assert as_printed(plan) == as_printed(read(whole, written))
    nothing_unread(plan)


@pytest.mark.parametrize("written", ALL)
@pytest.mark.parametrize("form", FORMS)
@settings(deadline=None, derandomize=True, max_examples=5)
@given(data=st.data())
def test_a_form_cut_again_and_again(form: str, written: str, data: st.DataObject) -> None:
    """Each page a table of its own, some with a header; what the page prints stands between."""
    above, rows = lines_of(FORMS[form])
    top = header_of(rows)
    cuts = sorted(data.draw(st.sets(st.integers(top + 1, len(rows) - 1), min_size=2, max_size=3)))
    parts = [[list(row) for row in rows[a:b]] for a, b in zip((0, *cuts), (*cuts, len(rows)), strict=True)]
    for part in parts[1:]:
        part[0] = ["" if cell == "^" else cell for cell in part[0]]
        if data.draw(st.booleans()):
            part.insert(0, list(rows[top]))
    lines = data.draw(st.lists(st.sampled_from(BETWEEN), min_size=len(cuts), max_size=len(cuts)))
    plan = read(drawn_again(above, parts, lines), written)
    assert as_printed(plan) == as_printed(read(FORMS[form], written))
    nothing_unread(plan)


@pytest.mark.parametrize("written", ["docx", "html", "xlsx"])
@pytest.mark.parametrize("form", FORMS)
def test_a_head_cut_at_any_row(form: str, written: str) -> None:
    above, rows = lines_of(FORMS[form])
    whole = as_printed(read(FORMS[form], written))
    for at in range(1, header_of(rows) + 1):
        if "^" in rows[at]:
            continue  # a label merged over both parts
        plan = read(drawn_again(above, [rows[:at], rows[at:]], [""]), written)
        assert as_printed(plan) == whole, rows[at]


@pytest.mark.parametrize("written", ["docx", "html"])
@settings(deadline=None, derandomize=True, max_examples=5)
@given(at=st.integers(1, 6), dropped=st.integers(1, 2))
def test_a_second_part_without_the_columns_at_its_left(written: str, at: int, dropped: int) -> None:
    """A program that writes each page anew leaves out what was merged over the cut: the side, the class."""
    above, rows = lines_of(NATIONAL)
    top = header_of(rows)
    rest = [row[dropped:] for row in rows[top + at :]]
    if dropped == 2 and any(row[1] not in ("^",) for row in rows[top + at :]):
        rest = [row[1:] for row in rows[top + at :]]
    rest[0] = ["" if cell == "^" else cell for cell in rest[0]]
    plan = read(drawn_again(above, [rows[: top + at], rest], [""]), written)
    assert as_printed(plan) == as_printed(read(NATIONAL, written))


@pytest.mark.parametrize("written", ["docx", "html"])
@pytest.mark.parametrize("line", ["项目支出绩效目标表", "项目支出绩效目标表（续）", "清源县水利局", "2026年6月"])
@pytest.mark.parametrize("header", HEADERS)
def test_what_the_page_prints_again(written: str, line: str, header: str) -> None:
    plan = read(cut(NATIONAL, 4, header, "again", line), written)
    assert as_printed(plan) == as_printed(read(NATIONAL, written))
    assert line in told(plan, "furniture.dropped")


def test_another_sheet_is_not_taken_for_the_rest() -> None:
    other = (
        NATIONAL.replace("小型水库维修养护", "农村供水管网改造")
        .replace("86.5", "95")
        .replace("项目支出绩效目标表\n", "")
    )
    plan = read(NATIONAL + "\n" + other, "docx")
    assert [(s.project.name, s.budget.total, len(s.indicators)) for s in plan.goal_sheets] == [
        ("小型水库维修养护", 86.5, 7),
        ("农村供水管网改造", 95, 7),
    ]


@pytest.mark.parametrize(
    "other",
    [
        "1 | 张三 | 科长 | 13900000000 | 男 |",
        "设备 | 型号 | 数量 | 单价 | 金额 | 备注\n水泵 | DR-2 | 3 | 1.5 | 4.5 |",
        "产出指标 | 数量指标 | 30 | 20 | 10 |",
    ],
)
def test_a_table_of_other_things_is_told_and_not_taken_for_the_rest(other: str) -> None:
    plan = read(f"{NATIONAL}\n\n{other}", "docx")
    assert len(plan.goal_sheets[0].indicators) == 7
    assert other.split(" | ")[1] in told(plan, "unplaced")
