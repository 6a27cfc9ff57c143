"""The opinion letter, as a value."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from documents.looked import blocks_of, rows_with, tables_of, texts, words_of
from writers import factory

from jixiao.documents import NARROW, OFFICIAL, Heading, Paragraph, Role, Table
from jixiao.domain.finding import GradeLevel
from jixiao.domain.organisation import Organisation
from jixiao.review.message import Message
from jixiao.writers import Reviewed
from jixiao.writers.outputs.opinion import opinion
from jixiao.writers.wording import extent

NO_ORIGIN = Message("no-origin", "指标值“{value:words}”没有来历。")


def test_every_finding_is_in_the_letter_with_place_reason_wording_and_basis() -> None:
    text = words_of(opinion(factory.reviewed()))
    for finding in factory.findings():
        assert finding.title in text
        assert all(part in text for part in finding.evidence.split("："))
    assert "满意度不得超过这个数，为零也算完成。" in text
    assert "改为箭头后的写法。\n依据：示例〔2026〕1号“合理可行”。" in text
    assert "总体绩效目标第 1 段（文件第 7 段）" in text
    assert "拿不准，请对照原文核对" in text
    assert "%" not in text.partition("拿不准")[0][-20:]


def test_requirements_stand_in_full_once_by_document() -> None:
    rows = rows_with(opinion(factory.reviewed()), "目标能够实现。")
    assert rows == [
        ["《示例做法》\n（工作惯例，供参考，不是法规要求）", "写明出处", "依据写明出处。"],
        ["《示例办法》（示例〔2026〕1号）\n（部门规范性文件）", "合理可行", "目标能够实现。"],
    ]


def test_what_is_not_yet_checked_is_no_matter_of_the_letter() -> None:
    assert "未核对" not in words_of(opinion(factory.reviewed()))


def test_practice_is_not_presented_as_law() -> None:
    text = words_of(opinion(factory.reviewed()))
    assert "（工作惯例，供参考，不是法规要求）" in text
    assert "参考《示例做法》“写明出处”" in text


def test_rows_of_one_habit_make_one_row_with_a_line_for_each_place() -> None:
    rows = rows_with(opinion(factory.reviewed()), "满意度方向写反（2 处")
    (row,) = [r for r in rows if r[0] == "1"]
    assert row[1].splitlines() == [
        "满意度方向写反（2 处，扣 8 分）",
        "如：满意度不得超过这个数，为零也算完成。",
        "第 5 行另外：没有单位。",
    ]
    assert row[2].splitlines() == [
        "第 4 行的指标值：企业满意度：≤85% → “≥85%”",
        "第 5 行的指标值：群众满意度：≤90% → “≥90%”",
    ]
    assert row[3] == "改为箭头后的写法。\n依据：示例〔2026〕1号“合理可行”。"


def test_two_sentences_of_one_rule_make_two_rows() -> None:
    found = tuple(
        factory.finding(f"/goal_sheets/0/goals/{n}", message=words) for n, words in enumerate(("甲。", "乙。"))
    )
    assert [row[:1] for row in rows_with(opinion(factory.reviewed(found=found)), "满意度方向写反")] == [["1"], ["2"]]


def test_severities_part_a_table_by_bands_and_a_table_of_one_names_it_above() -> None:
    letter = opinion(factory.reviewed())
    assert [r[0] for r in rows_with(letter, "满意度方向写反（2 处")] == ["必须修改", "1", "应当修改或说明", "2"]
    assert "第 2 张表“项目2”（1 处，建议完善）" in words_of(letter)


def test_every_section_stands_by_itself() -> None:
    target = "/goal_sheets/{}/indicators/{}/target"
    remedy = "写到能查的程度：文件名称和文号、往年实际数及年份、行业标准名称。"
    found = tuple(
        factory.finding(target.format(n, n), says=NO_ORIGIN(value=f"{n}家"), evidence=f"{n}家", suggestion=remedy)
        for n in (0, 1)
    )
    rows = rows_with(opinion(factory.reviewed(found=found)), "1家")
    assert rows[0][1:3] == [
        "满意度方向写反\n指标值“1家”没有来历。",
        "第 2 行“完成时间”的指标值",
    ]
    assert rows[0][3].startswith(remedy)


def test_a_fact_that_stands_nowhere_else_is_told_of_every_place() -> None:
    same = Message("same", "与上年的“{other:words}”相同。")
    found = tuple(
        factory.finding(f"/goal_sheets/0/goals/{n}", says=same(other=word), evidence="用途")
        for n, word in enumerate(("甲", "乙"))
    )
    (row,) = rows_with(opinion(factory.reviewed(found=found)), "满意度方向写反")
    assert row[1].splitlines()[1:] == ["与上年的“甲”相同。", "与上年的“乙”相同。"]


def test_wordings_that_differ_in_more_than_one_fact_stand_with_their_places() -> None:
    wrong = Message("wrong", "有错别字。")
    write = Message("write", "“{wrong:words}”改为“{right:words}”。")
    found = tuple(
        factory.finding(f"/goal_sheets/0/goals/{n}", says=wrong(), evidence=a, suggests=write(wrong=a, right=b))
        for n, (a, b) in enumerate((("入住电商", "入驻电商"), ("制序", "秩序")))
    )
    rows = rows_with(opinion(factory.reviewed(found=found)), "入驻电商")
    assert rows[0][2].splitlines() == [
        "绩效目标第 1 条 → “入住电商”改为“入驻电商”",
        "绩效目标第 2 条 → “制序”改为“秩序”",
    ]
    assert rows[0][3].splitlines()[0] == "改法见各处箭头后。"


def test_long_words_of_the_plan_are_cut_to_what_the_message_speaks_of() -> None:
    evidence = "甲" * 300 + "新签约项目至少1个以上" + "乙" * 300
    twice = Message("twice", "“{words:words}”重复。")
    found = (factory.finding("/overall_goals/0", says=twice(words="至少1个以上"), evidence=evidence),)
    text = words_of(opinion(factory.reviewed(found=found)))
    assert "……至少1个以上乙乙" in text
    assert "乙" * 100 not in text


def test_sections_come_in_order_of_the_document() -> None:
    text = words_of(opinion(factory.reviewed()))
    headings = [
        "需要重点修改的问题",
        "附件：1．问题清单；2．评分明细；3．审核依据；4．未能检查的事项；5．读取说明。",
        "审核单位（盖章）：",
        "附件 1　问题清单",
        "（一）部门整体部分",
        "（二）第 1 张表“项目1”",
        "（三）第 2 张表“项目2”",
    ]
    headings += ["附件 2　评分明细", "附件 3　审核依据", "附件 4　未能检查的事项", "附件 5　读取说明"]
    places = [text.index(heading) for heading in headings]
    assert places == sorted(places)


def test_the_gravest_come_first_and_advice_is_never_among_them() -> None:
    first = tables_of(opinion(factory.reviewed()))[0]
    titles = [texts(row)[1].splitlines()[0] for row in first.body]
    assert titles == [
        "满意度方向写反（必须修改，2 处）",
        "以职责代目标（应当修改或说明）",
        "资金用途与他表重复（应当修改或说明）",
    ]


def test_scores_say_where_the_points_went() -> None:
    letter = opinion(factory.reviewed())
    assert "各张目标表平均扣 4.3 分；部门整体部分扣 8 分" in words_of(letter)
    assert rows_with(letter, "第 1 张表“项目1”")[0] == ["第 1 张表“项目1”", "良", "92", "20", "30", "22", "20"]


def test_of_a_single_sheet_one_table_says_it_all() -> None:
    one = factory.reviewed(found=())
    alone = replace(
        one, plan=factory.plan(sheets=1), review=replace(one.review, sheet_grades=one.review.sheet_grades[:1])
    )
    assert "各张" not in words_of(opinion(alone))


@pytest.mark.parametrize(
    ("department", "units", "addressed"),
    [
        ("某省交通厅", ("清源县交通局", "清源县交通局"), "清源县交通局"),
        ("某市教育局", ("清源县实验小学", "清源县实验小学"), "清源县实验小学"),
        ("清源县交通局", ("清源县公路站", "清源县公路站"), "清源县交通局"),
        ("某省交通厅", ("清源县交通局", "甘泉县交通局"), "某省交通厅"),
        ("某省水利厅", ("水利科学研究院", "水利科学研究院"), "某省水利厅"),
        ("清源县卫生健康局", ("某市中心医院", "某市中心医院"), "清源县卫生健康局"),
        ("", ("清源县交通局", "清源县交通局"), "清源县交通局"),
        ("", ("清源县交通局", ""), "报送部门"),
    ],
)
def test_the_letter_goes_to_who_handed_the_text_in(department: str, units: tuple[str, ...], addressed: str) -> None:
    one = factory.reviewed(found=())
    named = [Organisation(None, unit or None) for unit in units]
    sheets = [replace(s, budget_unit=unit) for s, unit in zip(one.plan.goal_sheets, named, strict=True)]
    plan = replace(one.plan, department=Organisation(None, department or None)).with_goal_sheets(sheets)
    blocks = blocks_of(opinion(replace(one, plan=plan)))
    assert [b.words for b in blocks if isinstance(b, Paragraph) and b.role is Role.OPENING] == [f"{addressed}："]


def test_a_letter_on_a_self_evaluation_names_its_form() -> None:
    plan = factory.evaluated()
    assert extent(plan).startswith("含 2 张绩效目标表、")
    assert extent(plan.with_goal_sheets(plan.goal_sheets[:1])).startswith("含 1 张绩效自评表、")


def test_notes_of_the_reader_that_need_checking_are_listed_and_plain_facts_are_not() -> None:
    text = words_of(opinion(factory.reviewed()))
    assert "数值后面粘连了文字。" in text
    assert "90%" in text
    assert "共读到两张表。" not in text


@pytest.mark.parametrize(
    ("level", "words"),
    [
        (GradeLevel.EXCELLENT, "建议采用；"),
        (GradeLevel.GOOD, "完善后采用；"),
        (GradeLevel.FAIR, "重新报送；"),
        (GradeLevel.POOR, "重新研究编制绩效目标后再报送；"),
    ],
)
def test_the_conclusion_advises_and_leaves_the_decision_to_the_reviewer(level: GradeLevel, words: str) -> None:
    plan = factory.plan()
    text = words_of(opinion(Reviewed(plan, factory.review(level=level), "x")))
    assert f"按本软件自定尺度评为“{level.label}”（92 分）" in text
    assert f"{words}最终等级和是否进入下一步预算安排程序，由审核人员核定。" in text
    assert not any(verdict in text for verdict in ("不得进入", "可以进入", "不予"))
    assert "必须修改 2 处，应当修改或说明 2 处，建议完善 1 处" in text
    assert "预算数合计 115.46 万元" in text


def test_nothing_found_is_said() -> None:
    text = words_of(opinion(factory.reviewed(found=())))
    assert "未发现必须修改或需要说明的问题。" in text
    assert "未发现问题。" in text


def test_the_letter_has_official_margins_and_its_tables_pages_of_their_own() -> None:
    document = opinion(factory.reviewed())
    assert [section.page.margins for section in document.sections] == [OFFICIAL, NARROW]
    assert document.day == factory.AS_OF
    title = document.sections[0].blocks[0]
    assert title == Heading("关于示例县商务局\n2026年部门预算绩效文本的审核意见", 0)


def test_remarks_above_a_table_stay_with_it() -> None:
    blocks = blocks_of(opinion(factory.reviewed()))
    for before, after in pairwise(blocks):
        if isinstance(before, Paragraph) and before.role is Role.REMARK and isinstance(after, Table):
            assert before.keep, before.words


def test_a_single_sheet_is_called_by_its_project_and_is_no_text_of_a_department() -> None:
    whole = factory.reviewed(found=())
    alone = replace(whole.plan, goal_sheets=whole.plan.goal_sheets[:1], overall_goals=(), activities=(), safeguards=())
    review = replace(whole.review, sheet_grades=whole.review.sheet_grades[:1])
    text = words_of(opinion(replace(whole, plan=alone, review=review)))
    name = alone.goal_sheets[0].project.name
    assert f"“{name}”绩效目标表的审核意见" in text.replace("\n", "")
    assert f"你单位报送的“{name}”绩效目标表（" in text
    assert "部门预算绩效文本" not in text.partition("附件")[0]
    several = replace(whole.plan, overall_goals=(), activities=(), safeguards=())
    assert "项目绩效目标表的审核意见" in words_of(opinion(replace(whole, plan=several))).replace("\n", "")
    assert "部门预算绩效文本的审核意见" in words_of(opinion(whole)).replace("\n", "")
