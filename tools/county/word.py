"""A department's plan as a Word file in the official form: cover, contents, part one, one form a project."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from xml.sax.saxutils import escape

from docx import Document
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt

from tools.county.archive import frozen
from tools.county.content import FINANCE_BUREAU, Department, Sheet
from tools.county.grid import COLUMNS_CM, Box, activities, head, indicators

_CHINESE = "一二三四五六七八九十"
_ACTIVITY_CM = (1.7, 1.5, 3.0, 2.9, 2.3, 1.3, 1.3, 1.3, 1.3)
_BODY_PT, _TABLE_PT = 14, 10
_NO_EDGES = "".join(f'<w:{edge} w:val="nil"/>' for edge in ("top", "left", "right"))


def word_file(department: Department, *, two_tables: bool) -> bytes:
    """The .docx; ``two_tables``: head and indicators as two tables, one after the other, else as one."""
    document = Document()
    document.core_properties.author = department.name
    document.core_properties.title = department.title
    document.core_properties.created = document.core_properties.modified = datetime(2025, 11, 28, 9)  # noqa: DTZ001
    document.core_properties.comments = ""
    _slim(document)
    _styles(document)
    _page(document.sections[0])
    _cover(document, department)
    _contents(document, department)
    body = document.add_section(WD_SECTION.NEW_PAGE)
    _page(body)
    _page_numbers(body)
    _part_one(document, department)
    _heading(document, "第二部分", 1, page_break=True)
    _heading(document, "预算项目绩效目标", 1)
    for sheet in department.sheets:
        _project(document, sheet, two_tables=two_tables)
    out = io.BytesIO()
    document.save(out)
    return frozen(out.getvalue())


def _slim(document: Any) -> None:
    """Drops what the template brings and no form uses: table styles and a second copy of all styles (780 kB)."""
    styles = document.styles.element
    for style in styles.findall(qn("w:style")):
        if style.get(qn("w:type")) == "table" and style.get(qn("w:default")) != "1":
            styles.remove(style)
    relations = document.part.rels
    for key in [k for k, r in relations.items() if r.reltype.endswith("stylesWithEffects")]:
        del relations[key]


def _styles(document: Any) -> None:
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")
    _font(document.styles["Normal"], "仿宋_GB2312", _BODY_PT)
    for level, font, size in ((1, "黑体", 18), (2, "黑体", 16), (3, "黑体", 14)):
        style = document.styles[f"Heading {level}"]
        _font(style, font, size)
        style.font.bold = level == 1
        style.font.color.rgb = None
        style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(6)


def _font(style: Any, name: str, size: float) -> None:
    style.font.name = "Times New Roman"
    style.font.size = Pt(size)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for attribute in list(fonts.attrib):
        if attribute.endswith("Theme"):
            del fonts.attrib[attribute]
    fonts.set(qn("w:eastAsia"), name)
    fonts.set(qn("w:ascii"), "Times New Roman")
    fonts.set(qn("w:hAnsi"), "Times New Roman")


def _page(section: Any) -> None:
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.top_margin, section.bottom_margin = Cm(2.6), Cm(2.2)
    section.left_margin = section.right_margin = Cm(2.2)


def _page_numbers(section: Any) -> None:
    """Footer 「— 1 —」, counted from the first page of part one."""
    section.footer.is_linked_to_previous = False
    number = parse_xml(f'<w:pgNumType {nsdecls("w")} w:start="1"/>')
    section._sectPr.append(number)  # noqa: SLF001 - python-docx has no door for page number types
    paragraph = section.footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.add_run("— ")
    paragraph._p.append(  # noqa: SLF001
        parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>')
    )
    paragraph.add_run(" —")


def _cover(document: Any, department: Department) -> None:
    _centered(document, department.name, 26, "黑体").paragraph_format.space_before = Pt(150)
    _centered(document, department.title.removeprefix(department.name), 26, "黑体")
    compiled_by = _centered(document, f"{department.name}编制", 16, "楷体_GB2312")
    compiled_by.paragraph_format.space_before = Pt(300)
    _centered(document, f"{FINANCE_BUREAU}审核", 16, "楷体_GB2312")


def _contents(document: Any, department: Department) -> None:
    """A contents page as it stands after somebody typed it: page numbers are text."""
    pages = department.contents
    title = _centered(document, "目    录", 18, "黑体")
    title.paragraph_format.page_break_before = True
    _plain(document, "第一部分 部门整体绩效目标")
    for number, (name, key) in enumerate(
        (("总体绩效目标", "overall"), ("分项绩效目标", "activities"), ("工作保障措施", "safeguards"))
    ):
        _leader(document, f"{_CHINESE[number]}、{name}", pages[key])
    _plain(document, "第二部分 预算项目绩效目标")
    for sheet in department.sheets:
        _leader(document, sheet.heading, pages["first_sheet"] + sheet.number - 1)


def _leader(document: Any, text: str, page: int) -> None:
    paragraph = _plain(document, f"{text}\t{page}")
    tabs = f'<w:tabs {nsdecls("w")}><w:tab w:val="right" w:leader="dot" w:pos="9350"/></w:tabs>'
    paragraph._p.get_or_add_pPr().append(parse_xml(tabs))  # noqa: SLF001
    paragraph.paragraph_format.left_indent = Cm(0.7)


def _part_one(document: Any, department: Department) -> None:
    _heading(document, "第一部分", 1)
    _heading(document, "部门整体绩效目标", 1)
    _heading(document, "一、总体绩效目标", 2)
    for paragraph in department.overall_goals:
        _text(document, paragraph)
    _heading(document, "二、分项绩效目标", 2)
    _activities(document, department)
    _heading(document, "三、工作保障措施", 2)
    for n, (heading, text) in enumerate(department.safeguards, 1):
        _text(document, f"{n}.{heading}。{text}")


def _activities(document: Any, department: Department) -> None:
    if department.activity_form == "table":
        unit = _plain(document, f"单位：{department.currency}")
        unit.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        document._body._body.insert_element_before(_table(activities(department), _ACTIVITY_CM), "w:sectPr")  # noqa: SLF001
        return
    for n, activity in enumerate(department.activities):
        if department.activity_form == "prose":
            _text(document, f"（{_CHINESE[n]}）{activity.name}")
            _text(document, f"绩效目标：{activity.goal}")
            for indicator in activity.indicators:
                _text(document, f"绩效指标：{indicator.text}")
        else:
            _text(document, f"{n + 1}.{activity.name}")
            for goal in split_goals(activity.goal):
                _text(document, goal)


def split_goals(goal: str) -> list[str]:
    """「目标1：…目标2：…」 as one string each."""
    return [f"目标{part}" for part in goal.split("目标") if part]


def _project(document: Any, sheet: Sheet, *, two_tables: bool) -> None:
    _heading(document, sheet.heading, 3, page_break=sheet.number > 1)
    upper, lower = head(sheet), indicators(sheet)
    body = document._body._body  # noqa: SLF001
    if two_tables:
        body.insert_element_before(_table(upper, COLUMNS_CM), "w:sectPr")
        gap = document.add_paragraph()
        gap.paragraph_format.space_after = Pt(0)
        gap.paragraph_format.line_spacing = Pt(6)
        body.insert_element_before(_table(lower, COLUMNS_CM), "w:sectPr")
    else:
        body.insert_element_before(_table([*upper, *lower], COLUMNS_CM), "w:sectPr")


def _heading(document: Any, text: str, level: int, *, page_break: bool = False) -> None:
    heading = document.add_heading(text, level)
    heading.paragraph_format.page_break_before = page_break
    if level != 2:
        heading.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _centered(document: Any, text: str, size: float, font: str) -> Any:
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run(text)
    run.font.size = Pt(size)
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)  # noqa: SLF001
    return paragraph


def _plain(document: Any, text: str) -> Any:
    paragraph = document.add_paragraph(text)
    paragraph.paragraph_format.space_after = Pt(2)
    return paragraph


def _text(document: Any, text: str) -> None:
    paragraph = document.add_paragraph(text)
    paragraph.paragraph_format.first_line_indent = Pt(2 * _BODY_PT)
    paragraph.paragraph_format.line_spacing = Pt(26)
    paragraph.paragraph_format.space_after = Pt(0)


# --- tables: written as XML, because python-docx merges cells one by one and slowly -------------------------


def _table(lines: Sequence[Sequence[Box]], widths_cm: Sequence[float]) -> Any:
    grid = "".join(f'<w:gridCol w:w="{_twips(w)}"/>' for w in widths_cm)
    rows = "".join(_row(line, widths_cm) for line in lines)
    edges = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = "".join(f'<w:{e} w:val="single" w:sz="4" w:space="0" w:color="000000"/>' for e in edges)
    return parse_xml(
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{_twips(sum(widths_cm))}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{borders}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        f'<w:tblCellMar><w:left w:w="60" w:type="dxa"/><w:right w:w="60" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
    )


def _row(line: Sequence[Box], widths_cm: Sequence[float]) -> str:
    cells, column = [], 0
    for box in line:
        cells.append(_cell(box, sum(widths_cm[column : column + box.columns])))
        column += box.columns
    height = '<w:trHeight w:val="520" w:hRule="atLeast"/>'
    return f"<w:tr><w:trPr><w:cantSplit/>{height}</w:trPr>{''.join(cells)}</w:tr>"


def _cell(box: Box, width_cm: float) -> str:
    span = f'<w:gridSpan w:val="{box.columns}"/>' if box.columns > 1 else ""
    merge = {0: "<w:vMerge/>", 1: ""}.get(box.rows, '<w:vMerge w:val="restart"/>')
    bare = "" if box.border else f"<w:tcBorders>{_NO_EDGES}</w:tcBorders>"
    font = "黑体" if box.label else "宋体"
    run = (
        f'<w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="{font}"/>'
        f'<w:sz w:val="{2 * _TABLE_PT}"/></w:rPr>'
    )
    paragraphs = "".join(
        f'<w:p><w:pPr><w:spacing w:before="20" w:after="20" w:line="300" w:lineRule="exact"/>'
        f'<w:jc w:val="{box.align}"/></w:pPr>'
        + (f'<w:r>{run}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else "")
        + "</w:p>"
        for text in box.text.split("\n")
    )
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{_twips(width_cm)}" w:type="dxa"/>{span}{merge}{bare}'
        f'<w:vAlign w:val="center"/></w:tcPr>{paragraphs}</w:tc>'
    )


def _twips(cm: float) -> int:
    return round(cm * 567)
