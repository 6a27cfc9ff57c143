"""The opinion letter, read back."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

import pytest
from docx import Document
from docx.oxml.ns import qn
from writers import factory

from jixiao.domain.finding import GradeLevel
from jixiao.writers import Reviewed, write_opinion
from jixiao.writers.text import printable


def text_of(data: bytes) -> str:
    document = Document(BytesIO(data))
    lines = [p.text for p in document.paragraphs]
    lines += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join(lines)


def rows_of(data: bytes, first: str) -> list[list[str]]:
    """The rows below the header of the last table that has ``first`` somewhere."""
    tables = [[[c.text for c in row.cells] for row in table.rows] for table in Document(BytesIO(data)).tables]
    return [t for t in tables if any(first in cell for row in t for cell in row)][-1][1:]


def test_every_finding_is_in_the_letter_with_place_reason_wording_and_basis() -> None:
    text = text_of(write_opinion(factory.reviewed()))
    for finding in factory.findings():
        assert finding.title in text
        assert all(part in text for part in finding.evidence.split("："))
    assert "满意度不得超过这个数，为零也算完成。" in text
    assert "改为箭头后的写法。" in text
    assert "《示例办法》（示例〔2026〕1号）（部门规范性文件，未核对原文）：2．合理可行：目标能够实现。" in text
    assert "总体绩效目标第 1 段（文件第 7 段）" in text
    assert "把握" in text


def test_practice_is_not_presented_as_law() -> None:
    assert "（工作惯例，供参考，不是法规要求）" in text_of(write_opinion(factory.reviewed()))


def test_cases_of_one_rule_in_one_sheet_make_one_row_with_a_line_for_each_place() -> None:
    rows = rows_of(write_opinion(factory.reviewed()), "满意度方向写反（2 处")
    (row,) = [r for r in rows if r[0] == "1"]
    assert row[1].splitlines() == [
        "满意度方向写反（2 处，扣 8 分）",
        "满意度不得超过这个数，为零也算完成。",
        "群众满意度写反。",
    ]
    assert row[2].splitlines() == [
        "第 4 行的指标值：企业满意度：≤85% → “≥85%”",
        "第 5 行的指标值：群众满意度：≤90% → “≥90%”",
    ]
    assert row[3:] == ["改为箭头后的写法。", "2"]


def test_severities_part_a_table_by_bands_and_a_table_of_one_names_it_above() -> None:
    data = write_opinion(factory.reviewed())
    assert [r[0] for r in rows_of(data, "满意度方向写反（2 处")] == ["必须修改", "1", "应当修改或说明", "2"]
    assert "第 2 张表“项目2”（1 处，建议完善）" in text_of(data)


def test_what_was_explained_in_one_sheet_is_referred_to_in_the_next() -> None:
    target = "/goal_sheets/{}/indicators/{}/target"
    remedy = "写到能查的程度：文件名称和文号、往年实际数及年份、行业标准名称。"
    found = tuple(
        factory.finding(target.format(n, n), message=f"指标值“{n}家”没有来历。", evidence=f"{n}家", suggestion=remedy)
        for n in (0, 1)
    )
    rows = rows_of(write_opinion(factory.reviewed(found=found)), "说明同（一）第 1 项。")
    assert rows[0][1:4] == [
        "满意度方向写反\n说明同（一）第 1 项。",
        "第 2 行“完成时间”的指标值：1家",
        "同（一）第 1 项。",
    ]


def test_a_message_that_says_more_than_its_place_is_printed_again() -> None:
    found = tuple(
        factory.finding(f"/goal_sheets/{n}/purpose", message=f"与上年的“{word}”相同。", evidence="用途")
        for n, word in enumerate(("甲", "乙"))
    )
    assert "与上年的“乙”相同。" in text_of(write_opinion(factory.reviewed(found=found)))


def test_wordings_that_differ_in_more_than_one_word_stand_with_their_places() -> None:
    found = tuple(
        factory.finding(f"/goal_sheets/0/goals/{n}", message="有错别字。", evidence=a, suggestion=f"“{a}”改为“{b}”。")
        for n, (a, b) in enumerate((("入住电商", "入驻电商"), ("制序", "秩序")))
    )
    rows = rows_of(write_opinion(factory.reviewed(found=found)), "入驻电商")
    assert rows[0][2].splitlines() == [
        "绩效目标第 1 条 → “入住电商”改为“入驻电商”",
        "绩效目标第 2 条 → “制序”改为“秩序”",
    ]
    assert rows[0][3] == "改法见各处箭头后。"


def test_long_words_of_the_plan_are_cut_to_what_the_message_speaks_of() -> None:
    evidence = "甲" * 300 + "新签约项目至少1个以上" + "乙" * 300
    found = (factory.finding("/overall_goals/0", message="“至少1个以上”重复。", evidence=evidence),)
    text = text_of(write_opinion(factory.reviewed(found=found)))
    assert "……至少1个以上乙乙" in text
    assert "乙" * 100 not in text


def test_sections_come_in_order_of_the_document() -> None:
    text = text_of(write_opinion(factory.reviewed()))
    headings = [
        "一、需要重点修改的问题",
        "二、问题清单",
        "（一）部门整体部分",
        "（二）第 1 张表“项目1”",
        "（三）第 2 张表“项目2”",
    ]
    headings += ["三、评分明细", "四、审核依据", "五、未能检查的事项", "六、读取说明"]
    places = [text.index(heading) for heading in headings]
    assert places == sorted(places)


def test_the_gravest_come_first_and_advice_is_never_among_them() -> None:
    first = Document(BytesIO(write_opinion(factory.reviewed()))).tables[0]
    titles = [row.cells[1].text.splitlines()[0] for row in first.rows[1:]]
    assert titles == [
        "满意度方向写反（必须修改，2 处）",
        "以职责代目标（应当修改或说明，1 处）",
        "资金用途与他表重复（应当修改或说明，1 处）",
    ]


def test_scores_say_where_the_points_went() -> None:
    data = write_opinion(factory.reviewed())
    assert "各张目标表平均扣 4.3 分；部门整体部分扣 8 分" in text_of(data)
    assert rows_of(data, "第 1 张表“项目1”")[0] == ["第 1 张表“项目1”", "良", "92", "20", "30", "22", "20"]


def test_notes_of_the_reader_that_need_checking_are_listed_and_plain_facts_are_not() -> None:
    text = text_of(write_opinion(factory.reviewed()))
    assert "数值后面粘连了文字。" in text
    assert "90%" in text
    assert "共读到两张表。" not in text


@pytest.mark.parametrize(
    ("level", "words"),
    [
        (GradeLevel.EXCELLENT, "可以进入下一步"),
        (GradeLevel.GOOD, "完善绩效目标后进入下一步"),
        (GradeLevel.FAIR, "重新报送审核"),
        (GradeLevel.POOR, "不得进入下一步"),
    ],
)
def test_the_conclusion_says_what_to_do_next(level: GradeLevel, words: str) -> None:
    plan = factory.plan()
    text = text_of(write_opinion(Reviewed(plan, factory.review(level=level), "x")))
    assert f"评定等级为“{level.label}”（92 分）" in text
    assert words in text
    assert "必须修改 2 处，应当修改或说明 2 处，建议完善 1 处" in text
    assert "预算数合计 115.46 万元" in text


def test_nothing_found_is_said() -> None:
    text = text_of(write_opinion(factory.reviewed(found=())))
    assert "未发现必须修改或需要说明的问题。" in text
    assert "未发现问题。" in text


def test_page_and_fonts_are_those_of_an_official_document() -> None:
    document = Document(BytesIO(write_opinion(factory.reviewed())))
    section, annex = document.sections
    assert round(annex.left_margin.mm) == round(annex.right_margin.mm) == 18
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(m.mm) for m in margins] == [37, 35, 28, 26]
    assert [round(size.mm) for size in (section.page_width, section.page_height)] == [210, 297]
    fonts = {
        style: document.styles[style].element.rPr.rFonts.get(qn("w:eastAsia"))
        for style in ("Title", "Normal", "Heading 1", "Heading 2")
    }
    assert fonts == {
        "Title": "方正小标宋简体",
        "Normal": "仿宋_GB2312",
        "Heading 1": "黑体",
        "Heading 2": "楷体_GB2312",
    }
    runs = [r for p in document.paragraphs for r in p.runs]
    assert all(r._r.rPr.rFonts.get(qn("w:eastAsia")) for r in runs)
    for footer in (section.footer, section.even_page_footer):
        assert footer.paragraphs[0].text == "— 1 —"
        assert "PAGE" in footer.paragraphs[0]._p.xml


def test_the_same_review_gives_the_same_bytes_and_carries_no_clock() -> None:
    first = write_opinion(factory.reviewed())
    assert first == write_opinion(factory.reviewed())
    with zipfile.ZipFile(BytesIO(first)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = archive.read("docProps/core.xml").decode()
    assert set(re.findall(r"\d{4}-\d\d-\d\dT[\d:]+Z", core)) == {"2026-01-01T00:00:00Z"}


def test_hostile_text_is_written_as_text() -> None:
    text = text_of(write_opinion(factory.hostile()))
    for words in factory.HOSTILE[:6]:
        assert printable(words) in text
    assert "控制\ufffd\ufffd\ufffd\ufffd字符\ufffd\ufffd" in text
