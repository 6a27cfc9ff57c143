"""Goal sheets in the forms of many places: head, rows and what is told, in Word, Excel, web page and text tables."""

from __future__ import annotations

from decimal import Decimal

import pytest
from plain import goal_words
from readers.form_grid import FORMATS, TEXTS, codes, drawn, read_form, rows_of, told
from readers.goal_forms import (
    APPLICATION,
    BLANK_TOTAL,
    BLOCK_BELOW_BLOCK,
    CENTRAL,
    DUTIES,
    GRADES,
    INPUT_OUTPUT,
    INPUT_OUTPUT_NAMED,
    KINDS_ONLY,
    LEFT_OPEN,
    LIBRARY,
    LONG_TERM_ONLY,
    ONE_HEADER,
    PAST_YEARS,
    PLACES_AS_COLUMNS,
    PLACES_AS_ROWS,
    PLACES_IN_HEADER,
    POINT_RANGES,
    REGION,
    SIDE_BY_SIDE,
    TASKS,
    TITLED_BLOCKS,
    WIDE,
    WIDE_UNMERGED,
)
from readers.write import as_xlsx

from jixiao.domain.money import CurrencyUnit
from jixiao.domain.target import Comparator, TargetType
from jixiao.readers import read_bytes

each_format = pytest.mark.parametrize("written", [*FORMATS, *TEXTS])


@each_format
def test_a_level_said_to_be_open_does_not_go_on_with_the_one_above(written: str) -> None:
    plan = read_form(LEFT_OPEN, written)
    (sheet,) = plan.goal_sheets
    assert [(row.class_, row.kind) for row in sheet.indicators] == [
        ("output", "quantity"),
        (None, None),
        (None, None),
        ("satisfaction", None),
    ]
    assert "“（未填）”，这一行没有归类" in told(plan, "indicator.unclassed")
    assert not {"indicator.class_unknown", "indicator.kind_unknown"} & codes(plan)


@pytest.mark.parametrize("written", FORMATS)
def test_a_total_that_was_left_blank_is_told_and_one_that_is_there_is_not(written: str) -> None:
    plan = read_form(BLANK_TOTAL, written)
    (sheet,) = plan.goal_sheets
    assert (sheet.budget.total, sheet.budget.fiscal) == (None, 30)
    assert told(plan, "amount.blank") == "“年度资金总额：”后面的格空着，没有填数。"
    assert [note.pointer for note in plan.notes if note.code == "amount.blank"] == ["/goal_sheets/0/budget/total"]
    assert "amount.blank" not in codes(read_form(CENTRAL, written))


@each_format
def test_levels_with_points_numbers_and_remarks(written: str) -> None:
    (sheet,) = read_form(CENTRAL, written).goal_sheets
    assert (sheet.project.name, sheet.budget_unit.name) == ("老旧桥梁加固", "清源县公路站")
    budget = sheet.budget
    assert (budget.total, budget.fiscal, budget.other, budget.currency_unit) == (120, 100, 20, CurrencyUnit("万元"))
    assert goal_words(sheet.goals) == ("加固桥梁3座。", "消除隐患。")
    assert rows_of(sheet) == [
        ("output", "quantity", "★加固桥梁数量", "≥3座"),
        ("output", "quality", "验收合格率", "100%"),
        ("output", "timeliness", "完工时间", "2026年10月底前"),
        ("output", "cost", "单座加固成本", "≤40万元"),
        ("outcome", "social", "消除安全隐患（≥**处）", "≥3处"),
        ("outcome", "sustained_impact", "桥梁使用年限", "≥20年"),
        ("satisfaction", "beneficiary_satisfaction", "过往群众满意度", "≥90%"),
    ]


@each_format
def test_grades_instead_of_a_target(written: str) -> None:
    plan = read_form(GRADES, written)
    (sheet,) = plan.goal_sheets
    assert goal_words(sheet.goals) == ("完成全县农产品抽检，守住安全底线。",)
    assert rows_of(sheet) == [
        ("output", None, "抽检批次", "≥500批次"),
        ("output", None, "抽检合格率", "≥98%"),
        ("outcome", None, "农产品安全事故数", "0次"),
    ]
    assert [r.basis for r in sheet.indicators] == ["年度计划", "行业标准", "历史数据"]
    left = told(plan, "column.not_kept")
    assert "“良”一栏绩效数据不收，未读入：第1条“≥400批次”、第2条“≥95%”、第3条“1次”" in left
    assert "“差”一栏绩效数据不收，未读入：第1条“<300批次”" in left
    assert "target.best_grade" in codes(plan)


@each_format
def test_second_levels_without_first_ones(written: str) -> None:
    plan = read_form(KINDS_ONLY, written)
    (sheet,) = plan.goal_sheets
    assert rows_of(sheet) == [
        ("output", "quantity", "抽检批次", "≥500批次"),
        ("output", "quality", "抽检合格率", "≥98%"),
        (None, "cost", "单批成本", "≤300元"),
    ]
    assert [r.weight for r in sheet.indicators] == [40, 40, 20]
    assert "indicator.class_from_kind" in codes(plan)


@each_format
def test_an_application_with_a_long_term_block_above_the_annual_one(written: str) -> None:
    plan = read_form(APPLICATION, written)
    (sheet,) = plan.goal_sheets
    assert (sheet.project.name, sheet.budget.total, sheet.budget.fiscal) == ("城乡公厕改造", 80, 80)
    assert (sheet.purpose, goal_words(sheet.goals)) == (None, ("改造公厕20座。",))
    assert rows_of(sheet) == [
        ("output", "quantity", "当年改造公厕数", "20座"),
        ("output", "quality", "验收合格率", "100%"),
        ("satisfaction", "beneficiary_satisfaction", "市民满意度", "≥85%"),
    ]
    rows = told(plan, "row.not_kept")
    for words in ("√延续项目", "会议纪要", "2026年11月", "三年改造公厕数｜60座", "如厕条件改善｜明显｜三年"):
        assert words in rows
    assert "三年内改造公厕60座" in told(plan, "goals.not_kept")
    assert "住建标准" in told(plan, "column.not_kept")


@each_format
@pytest.mark.parametrize(
    ("form", "rows"),
    [
        (BLOCK_BELOW_BLOCK, [("output", "quantity", "新建食堂数", "10个")]),
        (TITLED_BLOCKS, [("output", "quantity", "新建食堂数", "10个")]),
        (ONE_HEADER, [("output", "quantity", "新建食堂数", "10个"), ("output", "quality", "达标率", "96%")]),
    ],
    ids=["a header each", "a title each", "one header"],
)
def test_annual_indicators_count(form: str, rows: list[tuple[str, ...]], written: str) -> None:
    plan = read_form(form, written)
    (sheet,) = plan.goal_sheets
    assert rows_of(sheet) == rows
    assert "累计食堂数｜30个" in told(plan, "row.not_kept")
    assert plan.goal_sheets[0].project.name == "社区食堂"


def test_goals_between_two_blocks_are_goals() -> None:
    (sheet,) = read_form(BLOCK_BELOW_BLOCK, "html").goal_sheets
    assert goal_words(sheet.goals) == ("建成食堂10个。",)


@each_format
def test_a_long_term_without_a_year_is_read(written: str) -> None:
    plan = read_form(LONG_TERM_ONLY, written)
    (sheet,) = plan.goal_sheets
    assert goal_words(sheet.goals) == ("建成食堂30个。",)
    assert rows_of(sheet) == [("output", "quantity", "累计食堂数", "30个")]
    assert "indicator.long_term" in codes(plan)


@each_format
def test_long_term_and_year_side_by_side(written: str) -> None:
    plan = read_form(SIDE_BY_SIDE, written)
    (sheet,) = plan.goal_sheets
    assert (sheet.budget.total, sheet.budget.fiscal, sheet.budget.other) == (100, 90, 10)
    assert goal_words(sheet.goals) == ("保洁河道100公里。",)
    assert rows_of(sheet) == [
        ("output", "quantity", "保洁里程", "≥100公里"),
        ("output", "quality", "达标率", "≥93%"),
        ("outcome", "ecological", "水质类别", "不低于Ⅲ类"),
    ]
    assert "数量指标｜三年保洁里程｜300公里" in told(plan, "column.not_kept")
    assert "270" in told(plan, "row.not_kept")


@each_format
def test_values_of_past_years_are_told(written: str) -> None:
    plan = read_form(PAST_YEARS, written)
    assert [r[3] for r in rows_of(plan.goal_sheets[0])] == ["100万平方米", "95%"]
    left = told(plan, "column.not_kept")
    assert "“前年”一栏绩效数据不收，未读入：第1条“90万平方米”、第2条“93%”" in left
    assert "“上年”一栏绩效数据不收，未读入：第1条“95万平方米”、第2条“94%”" in left
    assert all(note.is_left_out for note in plan.notes if note.code == "column.not_kept")


@each_format
def test_a_region_table(written: str) -> None:
    plan = read_form(REGION, written)
    (sheet,) = plan.goal_sheets
    assert (sheet.project.name, sheet.budget.total, sheet.budget.fiscal) == ("农村客运补助资金", 260, None)
    assert goal_words(sheet.goals) == ("保障农村客运稳定运行。",)
    assert [r[3] for r in rows_of(sheet)] == ["≥45辆", "100%", "≥90%"]
    assert sheet.indicators[1].target.unit == "%"
    rows = told(plan, "row.not_kept")
    assert all(words in rows for words in ("中央某部", "某省交通厅", "某市交通局", "某省财政厅", "200", "60"))
    assert plan.department.name == "清源县交通局"
    assert plan.fiscal_year is not None
    assert plan.fiscal_year.year == 2026


@each_format
def test_a_column_of_values_per_place(written: str) -> None:
    plan = read_form(PLACES_AS_COLUMNS, written)
    sheets = plan.goal_sheets
    assert [s.sequence for s in sheets] == [1, 2, 3]
    assert [s.budget_unit.name for s in sheets] == ["甲县", "乙县", "丙区"]
    assert {(s.project.name, goal_words(s.goals), s.budget.total) for s in sheets} == {
        ("公共文化服务补助", ("场馆免费开放。",), None)
    }
    assert [[r[3] for r in rows_of(s)] for s in sheets] == [
        ["≥3个", "≥95%", "≥10万人次"],
        ["≥4个", "≥90%", "≥12.5万人次"],
        ["≥2个", "≥98%", "≥8万人次"],
    ]
    assert rows_of(sheets[2])[0][:3] == ("output", "quantity", "免费开放场馆数")
    assert {"/goal_sheets/2/project/name", "/goal_sheets/2/budget_unit"} <= plan.provenance.keys()
    assert "260" in told(plan, "column.not_kept")
    assert "sheet.per_place" in codes(plan)


@each_format
def test_places_named_in_the_header_itself(written: str) -> None:
    sheets = read_form(f"项目名称|水窖|<|<|<{PLACES_IN_HEADER}", written).goal_sheets
    assert [(s.budget_unit.name, rows_of(s)[0][3]) for s in sheets] == [("甲县", "≥3口"), ("乙镇", "≥4口")]


@each_format
def test_a_row_of_values_per_place(written: str) -> None:
    plan = read_form(PLACES_AS_ROWS, written)
    sheets = plan.goal_sheets
    assert [(s.budget_unit.name, s.project.name) for s in sheets] == [
        (place, "水利发展资金") for place in ("甲县", "乙县", "丙区")
    ]
    assert [s.budget.total for s in sheets] == [100, 80, 60]
    assert rows_of(sheets[0]) == [
        ("output", "quantity", "新增灌溉面积", "≥1.2万亩"),
        ("output", "quantity", "维修泵站", "3座"),
        ("output", "quality", "工程合格率", "100%"),
        ("outcome", "social", "受益人口", "≥5万人"),
        ("satisfaction", "beneficiary_satisfaction", "群众满意度", "≥90%"),
    ]
    assert sheets[2].indicators[0].target.type is TargetType.MISSING
    assert "乙县全额" in told(plan, "column.not_kept")


@each_format
@pytest.mark.parametrize("form", [INPUT_OUTPUT, INPUT_OUTPUT_NAMED], ids=["one word over the levels", "named levels"])
def test_input_output_and_benefit(form: str, written: str) -> None:
    plan = read_form(form, written)
    (sheet,) = plan.goal_sheets
    rows = rows_of(sheet)
    assert rows[0] == (None, "timeliness", "贴息资金拨付时间", "2017年12月底前")
    assert ("output", "quantity", "贴息贷款额", "≥1000万元") in rows
    assert goal_words(sheet.goals) == ()
    if form is INPUT_OUTPUT:
        assert rows[1] == (None, "cost", "贴息总额", "≤50万元")
        assert rows[-2:] == [
            ("outcome", "social", "带动就业人数", "≥200人"),
            ("outcome", "beneficiary_satisfaction", "企业满意度", "≥90%"),
        ]
    assert "投入" in told(plan, "indicator.class_unknown")


@each_format
def test_ranges_of_points_and_weights_behind_the_value(written: str) -> None:
    plan = read_form(POINT_RANGES, written)
    (sheet,) = plan.goal_sheets
    assert rows_of(sheet)[0] == ("cost", "economic_cost", "建设总成本", "≤600万元")
    assert [r.class_ for r in sheet.indicators] == ["cost", "output", "output", "outcome"]
    assert [r.weight for r in sheet.indicators] == [20, 30, 20, 20]
    assert [r.description for r in sheet.indicators] == ["不超概算", "验收为准", None, None]
    assert "某建〔2025〕1号" in told(plan, "row.not_kept")


@each_format
def test_tasks_of_a_department_are_activities(written: str) -> None:
    plan = read_form(TASKS, written)
    (sheet,) = plan.goal_sheets
    assert plan.department.name == "清源县林业局"
    assert [(a.name, a.budget, a.description) for a in plan.activities] == [
        ("国土绿化", 600, "造林2万亩"),
        ("森林防火", 150, "防火队伍建设和巡护"),
    ]
    assert plan.currency_unit is CurrencyUnit("万元")
    assert plan.provenance["/activities/1/name"].text == "森林防火"
    assert goal_words(sheet.goals) == ("完成造林2万亩，确保不发生重大森林火灾。",)
    assert [r[2:] for r in rows_of(sheet)] == [("造林面积", "≥2万亩"), ("森林覆盖率", "≥38%")]
    assert "财政拨款 500" in told(plan, "column.not_kept")
    assert "750" in told(plan, "row.not_kept")


@each_format
def test_duties_of_a_department_and_a_standard_behind_the_value(written: str) -> None:
    plan = read_form(DUTIES, written)
    assert [(a.name, a.goal, a.description, a.budget) for a in plan.activities] == [
        ("林业资源管护", "管护林地10万亩", "护林员补助", 90),
        ("森林防火", "零重大火灾", "防火经费", 60),
    ]
    (row,) = plan.goal_sheets[0].indicators
    assert (row.target.text, row.target.value, row.basis) == ("≥10万亩", Decimal(10), "计划标准")


@each_format
def test_an_indicator_library(written: str) -> None:
    plan = read_form(LIBRARY, written)
    (sheet,) = plan.goal_sheets
    assert rows_of(sheet) == [
        ("output", "quantity", "培训教师人数", "≥**人"),
        ("output", "quality", "培训合格率", "≥**%"),
        ("outcome", "social", "教学水平提升", None),
    ]
    assert [r.description for r in sheet.indicators] == ["参训教师数", "合格人数占比", "培训后评价"]
    assert "合格/参训×100%" in told(plan, "column.not_kept")
    assert "sheet.indicator_library" in codes(plan)


@each_format
@pytest.mark.parametrize("form", [WIDE, WIDE_UNMERGED], ids=["two header rows", "nothing merged"])
def test_a_wide_list_of_all_projects(form: str, written: str) -> None:
    sheets = read_form(form, written).goal_sheets
    assert [(s.budget_unit.name, s.project.name, s.budget.total, goal_words(s.goals)) for s in sheets] == [
        ("清源县民政局", "助餐", 30, ("助餐300人。",)),
        ("清源县民政局", "助浴", 20, ("助浴100人次。",)),
    ]
    assert [[r[3] for r in rows_of(s)] for s in sheets] == [["≥300人", "≥90%"], ["≥100人次"]]
    assert [s.budget.currency_unit for s in sheets] == [CurrencyUnit("万元")] * 2
    assert sheets[0].indicators[0].target.comparator is Comparator.AT_LEAST


@pytest.mark.parametrize("per_worksheet", [False, True])
def test_a_sheet_per_table_or_worksheet(per_worksheet: bool) -> None:
    blocks = drawn(f"甲绩效目标表\n{APPLICATION}\n\n桥梁绩效目标表\n{CENTRAL}\n\n保洁绩效目标表\n{SIDE_BY_SIDE}")
    plan = read_bytes(as_xlsx(blocks, sheet_per_table=per_worksheet), "表.xlsx")
    assert [(s.project.name, len(s.indicators)) for s in plan.goal_sheets] == [
        ("城乡公厕改造", 3),
        ("老旧桥梁加固", 7),
        ("河湖保洁", 3),
    ]
