"""Plain text: encodings, residue of converters, tables laid down with tabs, tables drawn out of a PDF."""

from __future__ import annotations

import codecs

import pytest
from plain import goal_words

from jixiao.domain.indicator import IndicatorKind
from jixiao.domain.plan import Plan, Source
from jixiao.readers import UnreadableFileError, read_bytes
from jixiao.readers.formats.text.reader import read_text
from jixiao.readers.raw import Grid, Paragraph
from jixiao.readers.raw.decode import decode
from jixiao.readers.raw.residue import strip_residue
from jixiao.vocabulary import shipped

WORDS = "一、总体绩效目标\r\n完成12公里道路改造。\n"
SOURCE = Source("a.txt", "0" * 64, "txt")


# --- decode ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data",
    [
        WORDS.encode(),
        codecs.BOM_UTF8 + WORDS.encode(),
        WORDS.encode("utf-16"),
        codecs.BOM_UTF16_BE + WORDS.encode("utf-16-be"),
        WORDS.encode("utf-16-le"),
        WORDS.encode("utf-16-be"),
        WORDS.encode("utf-32"),
        WORDS.encode("gb18030"),
        WORDS.encode("gbk"),
    ],
    ids=["utf-8", "utf-8 bom", "utf-16", "utf-16-be bom", "utf-16-le", "utf-16-be", "utf-32", "gb18030", "gbk"],
)
def test_encodings(data: bytes) -> None:
    assert decode(data).removeprefix("\ufeff") == WORDS


@pytest.mark.parametrize(
    "data", [b"\x00\x01\x02\x03" * 50, b"\xff\xff\xfe\xfd abc", codecs.BOM_UTF16_LE + b"\x00\xd8a", b"abc\0\0\0def"]
)
def test_binary_is_no_text(data: bytes) -> None:
    with pytest.raises(UnreadableFileError, match="另存为"):
        decode(data)


# --- residue -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "clean", "removed"),
    [
        ("一、总体绩效目标 TC 总体绩效目标 \\f A \\l 1 ", "一、总体绩效目标", 1),
        ('目录 TOC \\o "1-3" \\h \\z \\u ', "目录", 1),
        ("[bookmark: _Toc_2_2_0000000001]一、总体绩效目标", "一、总体绩效目标", 1),
        ("零\u200b宽\ufeff字", "零宽字", 0),
        ("TC 是个词，没有反斜杠", "TC 是个词，没有反斜杠", 0),
        ("路径 C:\\绩效", "路径 C:\\绩效", 0),
    ],
)
def test_residue(text: str, clean: str, removed: int) -> None:
    got, met = strip_residue(text)
    assert got.strip() == clean
    assert len(met) == removed


def test_residue_is_told_with_its_line() -> None:
    raw = read_text("甲\n[bookmark: _GoBack]乙\n".encode(), SOURCE, shipped())
    assert [n.code for n in raw.notes] == ["residue.removed"]
    assert "第 2 行" in raw.notes[0].message
    assert "_GoBack" in raw.notes[0].message


# --- tabs --------------------------------------------------------------------------------------------------


def grid(text: str) -> list[list[str]]:
    (block,) = [b for b in read_text(text.encode(), SOURCE, shipped()).blocks if isinstance(b, Grid)]
    return [[cell.text for cell in row] for row in block.rows]


def test_cells_led_by_tabs() -> None:
    text = "标题\n\t项目编码\n\t1\n\t项目名称\n\t甲项目\n\n\t绩效目标\n\t1.第一\n2.第二\n\n\n尾\n"
    assert grid(text) == [["项目编码", "1", "项目名称", "甲项目"], ["绩效目标", "1.第一\n2.第二"]]


def test_lone_tab_is_an_empty_cell() -> None:
    assert grid("\t产出指标\n\t数量指标\n\t甲\n\n\t\n\t质量指标\n\t\n") == [
        ["产出指标", "数量指标", "甲"],
        ["", "质量指标", ""],
    ]


def test_trailing_tabs_are_no_words() -> None:
    assert grid("\t甲\t\t\n\t乙 \t\n") == [["甲", "乙"]]


def test_blank_line_inside_a_cell_is_mended_by_the_header() -> None:
    header = "\t一级指标\n\t二级指标\n\t三级指标\n\t指标值\n\n"
    broken = "\t产出指标\n\t数量指标\n\n\t走访企业\n\t10家\n"
    assert grid(header + broken)[1] == ["产出指标", "数量指标", "走访企业", "10家"]


def test_label_broken_over_lines() -> None:
    assert grid("\t资金支出\n计划（%）\n\t3月底\n")[0][0] == "资金支出\n计划（%）"


def test_rows_split_by_tabs() -> None:
    assert grid("一级\t二级指标\t三级指标\t指标值\n产出指标\t数量指标\t甲\t1次\n\t\t乙\t2次\n")[2] == [
        "",
        "",
        "乙",
        "2次",
    ]


def test_places_are_lines() -> None:
    raw = read_text("首行\n\n\t项目编码\n\t123\n".encode(), SOURCE, shipped())
    first, table = raw.blocks
    assert isinstance(first, Paragraph)
    assert first.place.line == 1
    assert isinstance(table, Grid)
    assert [cell.place.line for cell in table.cells()] == [3, 4]


def test_contents_with_tabs_is_no_table() -> None:
    raw = read_text("目录\n一、总体绩效目标\t1\n二、分项绩效目标\t7\n".encode(), SOURCE, shipped())
    assert all(isinstance(b, Paragraph) for b in raw.blocks)


# --- drawn out of a PDF --------------------------------------------------------------------------------------

WRAPPED = """\
一、总体绩效目标

围绕农村公路养护和安全设施完善，组织实施日常巡查、坑槽修补、
标线补划等工作，保持路面技术状况稳定，保障群众出行安全畅通，
逐步提高农村公路好路率，全年不发生因养护不到位造成的交通责任
事故，群众对出行环境的满意程度稳步提高，养护资金专款专用不挪
用，配合做好雨雪天气应急抢险和桥梁隧道安全检查，依法治理超限
运输。

项目

编码
205001001 预算项目名称 公路养护费

项目资金

主要用途
预算数 320 万元。全部为财政资金。主要用于农村公路日常养护。

资金支出

计划（%）

3月底 6月底 10月底 12月底

10% 45% 80% 100%

绩效

目标
完成农村公路养护任务

一级

指标

二级指

标
三级指标 绩效指标描述 指标值

指标值确

定依据

产出

指标

数量指

标

坑槽修补面积 全年完成坑槽修补面积 8000平方米
根据年度

养护计划

道路标线补划

里程
全年完成标线补划里程 60公里 养护计划

质量指

标
验收合格率 验收合格率 100% 养护计划

时效指

标
完成时间 养护任务完成时间 2026年底 养护计划

效果

指标

社会效

益指标
出行条件改善 出行条件改善 养护计划

满意度指

标

服务对

象满意

度指标

群众满意度 群众满意度 95%以上 调查问卷
"""


@pytest.fixture(scope="module")
def wrapped() -> Plan:
    return read_bytes(WRAPPED.encode(), "a.txt")


def test_wrapped_prose_is_joined(wrapped: Plan) -> None:
    (goal,) = goal_words(wrapped.overall_goals)
    assert goal.startswith("围绕农村公路养护")
    assert "专款专用不挪用，配合做好" in goal
    assert goal.endswith("超限运输。")


def test_wrapped_head(wrapped: Plan) -> None:
    (sheet,) = wrapped.goal_sheets
    assert (sheet.project.code, sheet.project.name) == ("205001001", "公路养护费")
    assert (str(sheet.budget.total), str(sheet.budget.fiscal), sheet.budget.currency_unit) == ("320", "320", "万元")
    assert sheet.purpose == "主要用于农村公路日常养护。"
    assert [(d.by, str(d.percent)) for d in sheet.disbursement_plan] == [
        ("3月底", "10"),
        ("6月底", "45"),
        ("10月底", "80"),
        ("12月底", "100"),
    ]
    assert goal_words(sheet.goals) == ("完成农村公路养护任务",)


def test_wrapped_rows(wrapped: Plan) -> None:
    rows = wrapped.goal_sheets[0].indicators
    got = [(r.kind, r.name, r.description, r.target.text, r.basis) for r in rows]
    assert got == [
        (IndicatorKind.QUANTITY, "坑槽修补面积", "全年完成坑槽修补面积", "8000平方米", "根据年度养护计划"),
        (IndicatorKind.QUANTITY, "道路标线补划里程", "全年完成标线补划里程", "60公里", "养护计划"),
        (IndicatorKind.QUALITY, "验收合格率", "验收合格率", "100%", "养护计划"),
        (IndicatorKind.TIMELINESS, "完成时间", "养护任务完成时间", "2026年底", "养护计划"),
        (IndicatorKind.SOCIAL, "出行条件改善", "出行条件改善", None, "养护计划"),
        (IndicatorKind.BENEFICIARY_SATISFACTION, "群众满意度", "群众满意度", "95%以上", "调查问卷"),
    ]


def test_what_was_put_together_is_told(wrapped: Plan) -> None:
    codes = {note.code for note in wrapped.notes}
    assert {"table.rejoined", "cell.rejoined", "amount.from_prose"} <= codes
    rejoined = [n.message for n in wrapped.notes if n.code == "cell.rejoined"]
    assert any("道路标线补划 / 里程" in message and "道路标线补划里程" in message for message in rejoined)


def test_a_row_of_which_only_kind_and_basis_are_filled_in() -> None:
    """Labels broken over lines stay whole, whatever stands beside them is empty."""
    text = """项目
编码
901001 预算项目名称 养护费用
一级
指标
二级指
标
三级指标 绩效指标描述 指标值
指标值确
定依据
产出
指标
数量指
标
养护里程 全年养护县道里程 45公里 年度计划
质量指
标
优良路率 优良路率 90%以上 年度计划
效果
指标
社会效
益指标
便利出行 受益群众人数 3000人 年度计划
生态效
益指标
年度计划
可持续
性影响
公路长期畅
通
公路长期畅通 年度计划
满意度指
标
服务对
象满意
度指标
群众满意度 群众满意度 95%以上 问卷调查
"""
    (sheet,) = read_bytes(text.replace("\n", "\n\n").encode(), "x.txt").goal_sheets
    assert [(i.kind and i.kind.value, i.name, i.target.text, i.basis) for i in sheet.indicators] == [
        ("quantity", "养护里程", "45公里", "年度计划"),
        ("quality", "优良路率", "90%以上", "年度计划"),
        ("social", "便利出行", "3000人", "年度计划"),
        ("ecological", None, None, "年度计划"),
        ("sustained_impact", "公路长期畅通", None, "年度计划"),
        ("beneficiary_satisfaction", "群众满意度", "95%以上", "问卷调查"),
    ]
