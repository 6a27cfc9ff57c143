"""Heads of forms in lines of text, as offices paste them: labels and values above tables of every family, and in prose."""

from __future__ import annotations

import io
from dataclasses import dataclass
from decimal import Decimal

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plain import as_printed, goal_words
from readers.lost import lost

from examples import examples
from jixiao.domain.money import CurrencyUnit
from jixiao.domain.plan import Plan
from jixiao.readers import read_bytes
from jixiao.readers.raw.residue import is_web_furniture, strip_markup
from jixiao.readers.registry import read_raw
from jixiao.vocabulary import shipped
from jixiao.vocabulary.labelled_lines import labelled_values

COLUMNS = ("一级指标", "二级指标", "三级指标", "指标值")
ROWS = (
    ("产出指标", "数量指标", "改造市场数", "≥2个"),
    ("产出指标", "质量指标", "验收合格率", "100%"),
    ("满意度指标", "服务对象满意度指标", "商户满意度", "≥90%"),
)
NAMES = tuple(row[2] for row in ROWS)
BLANKS = "\n".join(" ".join(row) for row in (COLUMNS, *ROWS))
BARS = "\n".join(f"| {' | '.join(row)} |" for row in (COLUMNS, *ROWS))
TABS = "\n".join("\t".join(row) for row in (COLUMNS, *ROWS))
CELLS = "\n\n".join(word for row in (COLUMNS, *ROWS) for word in row)
PROSE = """绩效指标
（一）产出指标
数量指标：改造市场数≥2个
质量指标：验收合格率100%
（二）满意度指标
服务对象满意度指标：商户满意度≥90%"""
FAMILIES = {"blanks": BLANKS, "bars": BARS, "tabs": TABS, "a cell per line": CELLS, "prose": PROSE}


@dataclass(frozen=True, slots=True)
class Head:
    """What a head says."""

    project: str | None = "农贸市场改造"
    unit: str | None = "云岭县市场中心"
    department: str | None = "云岭县商务局"
    amounts: tuple[int | None, int | None, int | None] = (120, 100, 20)
    goals: tuple[str, ...] = ("改造农贸市场2个，改善购物环境。",)
    year: int | None = 2025
    title: str | None = "项目支出绩效目标申报表"


HEADS = {
    "a label per line": (
        """项目支出绩效目标申报表
（2025年度）
项目名称：农贸市场改造
主管部门：云岭县商务局
实施单位：云岭县市场中心
年度资金总额（万元）：120
其中：财政拨款：100
其他资金：20
年度目标：改造农贸市场2个，改善购物环境。""",
        Head(),
    ),
    "several on a line": (
        """项目支出绩效目标申报表
（2025年度）
项目名称：农贸市场改造
主管部门及代码：云岭县商务局 实施单位：云岭县市场中心
项目资金（万元） 年度资金总额：120 其中：财政拨款 100 其他资金 20
总体目标 年度目标：改造农贸市场2个，改善购物环境。""",
        Head(),
    ),
    "numbered, money in a sentence": (
        """云岭县2025年农贸市场改造项目支出绩效目标
一、项目名称：农贸市场改造；主管部门：云岭县商务局
二、实施单位：云岭县市场中心
三、预算资金：120万元，其中财政拨款100万元，其他资金20万元。
四、项目绩效目标：改造农贸市场2个，改善购物环境。""",
        Head(title="云岭县2025年农贸市场改造项目支出绩效目标"),
    ),
    "pinned up on a web page": (
        """当前位置：首页 > 政务公开
2025年度项目支出绩效目标表
来源：云岭县商务局 发布时间：2025-03-01 【字体：大 中 小】
项目名称：农贸市场改造
主管部门：云岭县商务局 实施单位：云岭县市场中心
资金总额：120万元 财政拨款：100万元 其他资金：20万元
绩效目标：改造农贸市场2个，改善购物环境。""",
        Head(title="2025年度项目支出绩效目标表"),
    ),
    "marked up": (
        """# 项目支出绩效目标申报表
（2025年度）
- 项目名称：农贸市场改造
- 主管部门：云岭县商务局
- 实施单位：云岭县市场中心
- 预算金额：120万元（其中财政拨款100万元，其他资金20万元）
**绩效目标**：改造农贸市场2个，改善购物环境。""",
        Head(),
    ),
}


def read(text: str, name: str = "表.txt") -> Plan:
    data = text.encode()
    plan = read_bytes(data, name)
    assert lost(read_raw(data, name), plan) == []
    return plan


def head_of(plan: Plan) -> Head:
    (sheet,) = as_printed(plan)
    assert tuple(row.name for row in sheet.indicators) == NAMES
    assert sheet.budget.currency_unit is CurrencyUnit.TEN_THOUSAND_YUAN
    amounts = (sheet.budget.total, sheet.budget.fiscal, sheet.budget.other)
    return Head(
        sheet.project.name,
        sheet.budget_unit.name,
        plan.department.name,
        tuple(None if a is None else int(a) for a in amounts),  # type: ignore[arg-type]
        goal_words(sheet.goals),
        plan.fiscal_year and plan.fiscal_year.year,
        plan.title,
    )


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("head", HEADS)
def test_the_head_is_read_above_every_family(head: str, family: str) -> None:
    words, expected = HEADS[head]
    if family == "a cell per line":
        words = words.replace("\n", "\n\n")
    assert head_of(read(f"{words}\n{'' if family != 'a cell per line' else chr(10)}{FAMILIES[family]}\n")) == expected


@pytest.mark.parametrize("family", ["blanks", "bars", "tabs", "prose"])
def test_goals_go_on_over_lines(family: str) -> None:
    head = "项目名称：农贸市场改造\n年度目标：\n1.改造农贸市场2个，\n改善购物环境。\n2.培训商户50人。\n"
    (sheet,) = read(head + FAMILIES[family]).goal_sheets
    assert goal_words(sheet.goals) == ("改造农贸市场2个，改善购物环境。", "培训商户50人。")


@pytest.mark.parametrize("heading", ["一、项目绩效目标", "总体目标", "二、年度目标", "绩效目标："])
def test_goals_under_a_heading_in_running_text(heading: str) -> None:
    plan = read(f"{heading}\n改造农贸市场2个，改善购物环境。\n三、绩效指标\n{PROSE.split(chr(10), 1)[1]}\n")
    (sheet,) = as_printed(plan)
    assert (plan.title, goal_words(plan.overall_goals)) == (None, ())
    assert goal_words(sheet.goals) == ("改造农贸市场2个，改善购物环境。",)
    assert tuple(row.name for row in sheet.indicators) == NAMES


@pytest.mark.parametrize("family", FAMILIES)
def test_two_sheets_one_after_the_other(family: str) -> None:
    gap = "\n\n" if family == "a cell per line" else "\n"
    one = gap.join(
        [
            "项目支出绩效目标表",
            "填报单位：云岭县商务局",
            "项目名称：{}",
            "资金总额：{}万元",
            "绩效目标：完成{}。",
            FAMILIES[family],
            "",
        ]
    )
    plan = read(one.format("市场改造", 30, "市场改造") + one.format("街区改造", 50, "街区改造"))
    assert [(s.project.name, s.budget.total, goal_words(s.goals), len(s.indicators)) for s in plan.goal_sheets] == [
        ("市场改造", Decimal(30), ("完成市场改造。",), 3),
        ("街区改造", Decimal(50), ("完成街区改造。",), 3),
    ]
    assert {s.budget_unit.name for s in plan.goal_sheets} == {"云岭县商务局"}


@pytest.mark.parametrize("separator", [" ", "|", "\t"])
def test_a_self_evaluation_with_its_head_in_lines(separator: str) -> None:
    rows = [
        ("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"),
        ("产出指标", "数量指标", "举办赛事场次", "≥10场", "11场", "50", "50"),
        ("产出指标", "质量指标", "赛事安全率", "100%", "100%", "40", "40"),
    ]
    table = "\n".join((f"|{'|'.join(r)}|" if separator == "|" else separator.join(r)) for r in rows)
    plan = read(
        "附件2\n2025年度项目支出绩效自评表\n填报单位（盖章）：云岭县体育中心      填报日期：2026年2月10日\n"
        "项目名称：全民健身活动\n主管部门：云岭县教育体育局    实施单位：云岭县体育中心\n"
        "项目资金（万元）      年初预算数  全年预算数  全年执行数  分值  执行率  得分\n"
        "年度资金总额：  35  36  33.6  10  96%  9.6\n其中：财政拨款  35  36  33.6  —  96%  —\n"
        f"年度总体目标  预期目标：举办赛事10场。 实际完成情况：举办赛事11场。\n{table}\n"
    )
    (sheet,) = as_printed(plan)
    assert sheet.execution is not None
    assert sheet.execution.total is not None
    money = sheet.execution.total
    assert (money.initial, money.revised, money.executed) == (35, 36, Decimal("33.6"))
    assert (sheet.project.name, sheet.budget_unit.name) == ("全民健身活动", "云岭县体育中心")
    assert (goal_words(sheet.goals), goal_words(sheet.goals_reached)) == (("举办赛事10场。",), ("举办赛事11场。",))
    assert [r.actual and r.actual.text for r in sheet.indicators] == ["11场", "100%"]
    assert any("填报日期：2026年2月10日" in note.message for note in plan.notes)


def test_a_department_and_its_overall_sheet() -> None:
    plan = read(
        "部门整体支出绩效目标表\n（2026年度）\n部门名称：云岭县档案馆\n"
        "年度预算（万元） 资金总额：320.5 其中：基本支出 220.5 项目支出 100\n"
        f"年度总体目标：\n目标1：接收档案5000卷。\n目标2：查档便民。\n{BLANKS}\n"
    )
    (sheet,) = plan.goal_sheets
    assert (plan.title, plan.department.name) == ("部门整体支出绩效目标表", "云岭县档案馆")
    assert (sheet.budget.total, sheet.budget.currency_unit) == (Decimal("320.5"), CurrencyUnit.TEN_THOUSAND_YUAN)
    assert goal_words(sheet.goals) == ("接收档案5000卷。", "查档便民。")


def test_a_monitoring_form_with_its_money_in_lines() -> None:
    plan = read(
        "项目支出绩效运行监控表\n（2025年度）\n项目名称 饮水维修\n主管部门：云岭县水利局 实施单位：云岭县供水站\n"
        "项目资金（万元） 年初预算数 1-7月执行数 1-7月执行率 全年预计执行数\n年度资金总额 200 90 45% 200\n"
        "其中：财政拨款 200 90 45% 200\n年度总体目标：维修工程30处。\n"
        "|一级指标|二级指标|三级指标|年度指标值|1-7月执行情况|全年预计完成情况|\n"
        "|产出指标|数量指标|维修工程处数|30处|14处|30处|\n|产出指标|质量指标|维修合格率|≥95%|100%|100%|\n"
    )
    (sheet,) = as_printed(plan)
    assert sheet.execution is not None
    assert sheet.execution.fiscal is not None
    assert (sheet.execution.fiscal.initial, sheet.execution.fiscal.executed) == (200, 90)
    assert (sheet.budget.total, sheet.budget.fiscal, goal_words(sheet.goals)) == (200, 200, ("维修工程30处。",))


def test_a_unit_line_in_the_middle_of_a_head_opens_no_sheet() -> None:
    plan = read(
        "项目编码：140001  项目名称：人才引进\n预算单位：云岭县人社局\n单位：万元\n"
        f"预算数：90 其中：财政资金：90 其他资金：0\n资金用途：发放补贴。\n绩效目标：引进人才30名。\n{BLANKS}\n"
    )
    (sheet,) = plan.goal_sheets
    assert (sheet.project.code, sheet.budget.total, sheet.purpose) == ("140001", 90, "发放补贴。")
    assert sheet.budget.currency_unit is CurrencyUnit.TEN_THOUSAND_YUAN


def test_a_report_in_running_text() -> None:
    plan = read("""云岭县2024年度危房改造项目支出绩效自评报告
一、项目基本情况
项目名称：危房改造
项目单位：云岭县住建局
预算资金安排及时到位，使用合规。
（二）项目绩效目标
改造危房100户。
二、绩效指标完成情况
1.数量指标：改造危房户数，指标值为≥100户，完成值为102户。
2.满意度指标：农户满意度≥90%，实际完成96%。
三、存在的问题
部分资料归档不及时。
""")
    (sheet,) = as_printed(plan)
    assert plan.title == "云岭县2024年度危房改造项目支出绩效自评报告"
    assert (sheet.project.name, goal_words(sheet.goals)) == ("危房改造", ("改造危房100户。",))
    assert [(r.target.text, r.actual and r.actual.text) for r in sheet.indicators] == [
        ("≥100户", "102户"),
        ("≥90%", "96%"),
    ]


def test_two_sheets_in_running_text() -> None:
    one = "项目名称：{0}\n预算金额：{1}万元\n绩效目标：做好{0}。\n数量指标：{0}处数≥{1}处\n质量指标：合格率≥98%\n"
    plan = read(one.format("路灯维护", 20) + one.format("绿化养护", 35))
    assert [
        (s.sequence, s.project.name, s.budget.total, goal_words(s.goals), len(s.indicators)) for s in plan.goal_sheets
    ] == [
        (1, "路灯维护", 20, ("做好路灯维护。",), 2),
        (2, "绿化养护", 35, ("做好绿化养护。",), 2),
    ]
    assert plan.provenance["/goal_sheets/1/indicators/0"].line == 9


def word(lines: list[str], *more: list[list[str]]) -> bytes:
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    for rows in more:
        table = document.add_table(rows=len(rows), cols=len(COLUMNS))
        for r, row in enumerate(rows):
            for c, text in enumerate(row):
                table.cell(r, c).text = text
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize("head", ["a label per line", "several on a line"])
def test_paragraphs_of_word_and_of_web_pages_are_the_head_of_the_table_below(head: str) -> None:
    words, expected = HEADS[head]
    lines = words.splitlines()
    assert head_of(read_bytes(word(lines, [list(COLUMNS), *map(list, ROWS)]), "表.docx")) == expected
    cells = "".join(f"<tr>{''.join(f'<td>{w}</td>' for w in row)}</tr>" for row in (COLUMNS, *ROWS))
    page = f"<html><body>{''.join(f'<p>{line}</p>' for line in lines)}<table>{cells}</table></body></html>"
    assert head_of(read(page, "表.html")) == expected


def test_a_project_named_above_the_table_and_in_it_makes_one_sheet() -> None:
    rows = [["项目名称", "农贸市场改造", "", ""], list(COLUMNS), *map(list, ROWS)]
    plan = read_bytes(word(["项目名称：农贸市场改造    资金总额：120万元"], rows), "表.docx")
    (sheet,) = plan.goal_sheets
    assert (sheet.project.name, sheet.budget.total) == ("农贸市场改造", 120)
    assert [note.code for note in plan.notes if note.code == "unplaced"] == []
    other = read_bytes(word(["项目名称：市场改造一期    资金总额：120万元"], rows), "表.docx")
    assert [s.project.name for s in other.goal_sheets] == ["农贸市场改造"]
    assert any("市场改造一期" in note.message for note in other.notes)


def test_labels_in_a_chapter_of_running_text_open_no_sheet() -> None:
    text = f"""云岭县商务局2025年部门预算绩效文本
一、总体绩效目标
绩效目标：全年社会消费品零售总额增长6%。
二、工作保障措施
（一）加强领导。落实责任。
预算资金：按进度拨付。
1.农贸市场改造绩效目标表
{BARS}
"""
    plan = read(text)
    assert goal_words(plan.overall_goals) == ("绩效目标：全年社会消费品零售总额增长6%。",)
    assert plan.safeguards[-1].text == "落实责任。\n预算资金：按进度拨付。"
    assert (goal_words(plan.goal_sheets[0].goals), plan.goal_sheets[0].budget.total) == ((), None)


def test_a_line_of_which_only_the_year_is_used_is_told_whole() -> None:
    plan = read(f"云岭县商务局关于报送2025年预算绩效目标的函，联系人另行通知\n某处的话\n项目名称：市场改造\n{BARS}\n")
    assert plan.fiscal_year is not None
    told = (plan.title or "") + "".join(note.message for note in plan.notes)
    assert "联系人另行通知" in told
    assert "某处的话" in told


@pytest.mark.parametrize(
    ("line", "values"),
    [
        ("项 目 名 称 ：农民培训", ["农民培训"]),
        ("项目资金（万元） 年度资金总额：860 其中：财政拨款 860 其他资金 0", ["", "860", "860", "0"]),
        ("年度资金总额860万元，其中：财政拨款860万元。", ["860万元", "860万元"]),
        ("主管部门（盖章）：云岭县水利局（盖章） 填报日期：3月", ["云岭县水利局", "3月"]),
        ("绩效目标：完成投资。资金来源：财政。", ["完成投资。资金来源：财政。"]),
        ("其他工作完成情况", []),
        ("通过项目资金的投入", []),
    ],
)
def test_labels_and_values_of_a_line(line: str, values: list[str]) -> None:
    assert [found.value for found in labelled_values(line, shipped())] == values


def test_what_web_pages_print_round_an_article() -> None:
    assert all(map(is_web_furniture, ["【打印本页】 【关闭窗口】", "发布时间：2025-03-01 浏览次数：8", "上一篇：通知"]))
    assert not any(map(is_web_furniture, ["来源：县级财政", "收藏", "收藏 ≥30件", "作者 3人", ""]))
    assert [strip_markup(line) for line in ["## 附件", "- 项目", "- 2 -", "**名称**：甲", "≥**个"]] == [
        "附件", "项目", "- 2 -", "名称：甲", "≥**个",
    ]  # fmt: skip


LINES = (
    "主管部门：云岭县商务局", "实施单位：云岭县市场中心", "项目负责人：李某", "资金总额：120万元 其他资金：20万元", "资金用途：购买设备",
    "年度目标：改造市场，改善环境。", "填报日期：二月初五", "闲话一句", "单位：万元", "绩效目标", "中期目标：三年改造完。",
    "项目属性：新增 项目期：一年整", "2025年预算绩效材料，仅供内部讨论",
)  # fmt: skip


@settings(max_examples=examples(60), deadline=None)
@given(st.lists(st.sampled_from(LINES), min_size=1, max_size=6, unique=True), st.sampled_from(sorted(FAMILIES)))
def test_no_word_of_a_head_is_lost(lines: list[str], family: str) -> None:
    gap = "\n\n" if family == "a cell per line" else "\n"
    plan = read(gap.join(["项目名称：农贸市场改造", *lines, FAMILIES[family], ""]))
    assert (plan.goal_sheets[0].project.name or "").startswith("农贸市场改造")
