"""Lines above a goal sheet: its heading, its budget unit, the unit of amounts."""

from __future__ import annotations

import re

_HEADING = re.compile(
    r"\s*(?:\d{1,3}\s*[、.．]|[（(]\d{1,3}[)）]|[一二三四五六七八九十]+、)?\s*(?P<name>.*?)\s*(?:项目)?(?:支出)?(?:区域)?绩效"
    r"(?:目标)?(?:自评|自我评价|运行监控|执行监控|监控|完成情况)?(?:申报|批复|审批)?表\s*"
)
_GENERIC_NAME = re.compile(
    r"(?:.*?20\d\d年度?)?(?:附[件表]?\d*[:：]?)?(?:\S{0,12}?[省市县区])?(?:本级|县级|市级|省级|区级)?(?:财政)?(?:预算|部门|单位|"
    r"部门整体|单位整体|年度|当年|长期|中期|中长期|实施期|部门[（(]单位[)）]整体|整体|专项资金|转移支付|区域|项目|支出)*"
)
_UNIT_PARAGRAPH = re.compile(r"(?P<unit>.{0,60}?)\s*(?:金额)?单位[:：]\s*(?:亿元|万元|元)\s*")
_CODED_UNIT = re.compile(r"\s*\d{6,9}\s*[\u4e00-\u9fff（）()]{4,40}\s*")
_LONGEST = 120


def is_sheet_heading(text: str) -> bool:
    """Whether a paragraph is the heading of a goal sheet: ``3.招商经费绩效目标表``."""
    return len(text) <= _LONGEST and _HEADING.fullmatch(text) is not None


def project_in(heading: str) -> str | None:
    """The project's name in a sheet's heading; None where it only names the form: ``部门预算项目绩效目标表``."""
    m = _HEADING.fullmatch(heading)
    name = m["name"] if m else None
    return None if not name or _GENERIC_NAME.fullmatch(name) else name


def is_unit_paragraph(text: str) -> bool:
    """Whether a paragraph only states the budget unit, the unit of amounts, or both, as above a table."""
    return _UNIT_PARAGRAPH.fullmatch(text) is not None or _CODED_UNIT.fullmatch(text) is not None


def unit_in(text: str) -> tuple[str, bool]:
    """The budget unit in such a paragraph, and whether it states the unit of amounts."""
    m = _UNIT_PARAGRAPH.fullmatch(text)
    return (m["unit"].strip(), True) if m else (text.strip(), False)
