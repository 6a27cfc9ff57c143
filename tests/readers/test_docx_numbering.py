"""Word: automatic numbers are read as printed, as if they had been typed."""

from __future__ import annotations

import pytest
from plain import goal_words
from readers.office import docx_of, p, part_of, tbl, tc, tr

from jixiao.domain.plan import Source
from jixiao.readers import read_bytes
from jixiao.readers.formats.docx.reader import read_docx
from jixiao.readers.raw import Grid, Paragraph
from jixiao.readers.raw.content import Content

SOURCE = Source("a.docx", "0" * 64, "docx")


def level(
    n: int, text: str, form: str = "decimal", start: int = 1, *, more: str = "", suffix: str = "", style: str = ""
) -> str:
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    after = f'<w:suff w:val="{suffix}"/>' if suffix else ""
    return (
        f'<w:lvl w:ilvl="{n}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{named}{more}{after}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def lists(*levels: str, nums: str = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>') -> str:
    return part_of("numbering", f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>{nums}')


def numbered(text: str, at: int = 0, num: int = 1) -> str:
    return p(
        f'<w:pPr><w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{num}"/></w:numPr></w:pPr>', *([text] * bool(text))
    )


def lines(body: str, numbering: str, styles: str = "") -> list[str]:
    parts = {"word/numbering.xml": numbering} | ({"word/styles.xml": part_of("styles", styles)} if styles else {})
    return [b.text for b in read_docx(Content(docx_of(body, **parts)), SOURCE).blocks if isinstance(b, Paragraph)]


def test_levels_count_and_begin_again() -> None:
    numbering = lists(
        level(0, "%1、", "chineseCountingThousand"), level(1, "（%2）", "chineseCounting"), level(2, "%3.")
    )
    body = "".join(
        numbered(text, at)
        for text, at in [("甲", 0), ("乙", 1), ("丙", 2), ("丁", 2), ("戊", 1), ("己", 2), ("庚", 0), ("辛", 1)]
    )
    assert lines(body, numbering) == ["一、甲", "（一）乙", "1.丙", "2.丁", "（二）戊", "1.己", "二、庚", "（一）辛"]


def test_patterns_of_several_levels() -> None:
    numbering = lists(
        level(0, "第%1部分", "chineseCounting"), level(1, "%1.%2", more="<w:isLgl/>"), level(2, "%2-%3", "lowerLetter")
    )
    assert lines(numbered("甲") + numbered("乙", 1) + numbered("丙", 2), numbering) == [
        "第一部分 甲",
        "1.1 乙",
        "1-a 丙",
    ]


@pytest.mark.parametrize(
    ("form", "count", "printed"),
    [
        ("decimal", 12, "12"),
        ("decimalZero", 7, "07"),
        ("chineseCounting", 10, "十"),
        ("chineseCountingThousand", 21, "二十一"),
        ("chineseCountingThousand", 105, "一百零五"),
        ("chineseCountingThousand", 12_030, "一万二千零三十"),
        ("ideographDigital", 20, "二〇"),
        ("chineseLegalSimplified", 12, "壹拾贰"),
        ("ideographTraditional", 3, "丙"),
        ("ideographTraditional", 11, "11"),
        ("decimalEnclosedCircle", 10, "⑩"),
        ("decimalEnclosedCircleChinese", 21, "㉑"),
        ("decimalEnclosedParen", 2, "⑵"),
        ("decimalEnclosedFullstop", 2, "⒉"),
        ("decimalFullWidth", 12, "１２"),
        ("upperRoman", 14, "XIV"),
        ("lowerRoman", 4, "iv"),
        ("upperLetter", 28, "BB"),
        ("formOfNextYear", 5, "5"),
    ],
)
def test_forms_of_numbers(form: str, count: int, printed: str) -> None:
    assert lines(numbered("甲"), lists(level(0, "（%1）", form, count))) == [f"（{printed}）甲"]


def test_bullets_and_empty_paragraphs_print_no_number() -> None:
    numbering = lists(level(0, "%1."), level(1, "\uf0b7", "bullet"))
    assert lines(numbered("甲") + numbered("") + numbered("乙", 1) + numbered("丙"), numbering) == [
        "1.甲",
        "乙",
        "3.丙",
    ]


def test_lists_go_on_or_start_anew() -> None:
    nums = (
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
        '<w:num w:numId="4"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
        f"{level(0, '%1)', start=8)}</w:lvlOverride></w:num>"
    )
    body = "".join(numbered("甲", 0, num) for num in (1, 2, 3, 3, 4, 0, 9))
    assert lines(body, lists(level(0, "%1."), nums=nums)) == ["1.甲", "2.甲", "1.甲", "2.甲", "3)甲", "甲", "甲"]


def test_levels_that_never_begin_again() -> None:
    numbering = lists(level(0, "%1."), level(1, "%2)", more='<w:lvlRestart w:val="0"/>'))
    body = numbered("甲") + numbered("乙", 1) + numbered("丙") + numbered("丁", 1)
    assert lines(body, numbering) == ["1.甲", "1)乙", "2.丙", "2)丁"]


def test_numbers_of_styles() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="1"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="2"><w:basedOn w:val="1"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="3"><w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr><w:basedOn w:val="1"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="4"><w:name w:val="plain"/></w:style>'
    )

    def of(style: int, number: str = "") -> str:
        return p(f'<w:pPr><w:pStyle w:val="{style}"/>{number}</w:pPr>', "甲")

    numbering = lists(level(0, "%1、", "chineseCounting"), level(1, "（%2）", "chineseCounting"))
    off = '<w:numPr><w:numId w:val="0"/></w:numPr>'
    assert lines(of(1) + of(2) + of(3) + of(4) + of(1, off) + of(1), numbering, styles) == [
        "一、甲", "二、甲", "（一）甲", "甲", "甲", "三、甲",
    ]  # fmt: skip
    assert lines(of(4), numbering, styles) == ["甲"]


def test_lists_defined_by_a_list_style() -> None:
    linked = (
        '<w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="章"/></w:abstractNum>'
        f'<w:abstractNum w:abstractNumId="5"><w:styleLink w:val="章"/>{level(0, "%1、", "chineseCounting")}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    assert lines(numbered("甲") + numbered("乙"), part_of("numbering", linked)) == ["一、甲", "二、乙"]


def test_a_column_of_numbers() -> None:
    row = tr(tc(numbered("")), "甲")
    data = docx_of(tbl(row, row), **{"word/numbering.xml": lists(level(0, "%1"))})
    (grid,) = read_docx(Content(data), SOURCE).blocks
    assert isinstance(grid, Grid)
    assert [[c.text for c in r] for r in grid.rows] == [["1", "甲"], ["2", "甲"]]


def test_chapters_whose_number_is_automatic() -> None:
    body = (
        numbered("总体绩效目标")
        + p("全年改造管网 12 公里。")
        + numbered("分项绩效目标")
        + p("无")
        + numbered("工作保障措施")
    )
    body += numbered("完善制度。明确分工。", 1) + numbered("加强监督。按季通报。", 1)
    numbering = lists(level(0, "%1、", "chineseCounting"), level(1, "%2."))
    plan = read_bytes(docx_of(body, **{"word/numbering.xml": numbering}), "a.docx")
    assert goal_words(plan.overall_goals) == ("全年改造管网 12 公里。",)
    assert [s.heading for s in plan.safeguards] == ["完善制度", "加强监督"]


@pytest.mark.parametrize("damage", ["", "<w:num/>", '<w:abstractNum/><w:num w:numId="1"/>'])
def test_definitions_that_are_missing(damage: str) -> None:
    assert lines(numbered("甲", 99), part_of("numbering", damage)) == ["甲"]
