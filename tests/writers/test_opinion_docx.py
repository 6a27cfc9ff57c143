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


def test_every_finding_is_in_the_letter_with_place_reason_wording_and_basis() -> None:
    text = text_of(write_opinion(factory.reviewed()))
    for finding in factory.findings():
        assert finding.title in text
        assert finding.message in text
        assert finding.evidence in text
        assert finding.suggestion is None or finding.suggestion in text
    assert "指标第 4 行“企业满意度”的指标值（文件第 2 张表第 9 行第 5 格）" in text
    assert "《示例办法》（示例〔2026〕1号）——合理可行：目标能够实现（部门规范性文件）" in text


def test_practice_is_not_presented_as_law() -> None:
    assert "（工作惯例，供参考，不是法规要求）" in text_of(write_opinion(factory.reviewed()))


def test_cases_of_one_rule_in_one_sheet_make_one_entry_that_lists_the_rows() -> None:
    text = text_of(write_opinion(factory.reviewed()))
    assert text.count("满意度方向写反（必须修改，2 处）") == 2  # among the gravest, and in the list
    assert "位置 1：指标第 4 行“企业满意度”" in text
    assert "位置 2：指标第 5 行“群众满意度”的指标值（文件第 2 张表第 10 行）。原文：群众满意度：≤90%" in text


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
    text = text_of(write_opinion(factory.reviewed()))
    gravest = text[text.index("一、需要") : text.index("二、问题清单")]
    assert gravest.index("满意度方向写反") < gravest.index("以职责代目标") < gravest.index("资金用途与他表重复")
    assert "依据是套话" not in gravest


def test_scores_list_the_deductions() -> None:
    text = text_of(write_opinion(factory.reviewed()))
    assert "各张目标表平均扣 4.3 分；部门整体部分：满意度方向写反 2 处，扣 8 分" in text
    assert "适当性：满意度方向写反 2 处，扣 0.5 分" in text


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
    section = document.sections[0]
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
