"""Lines above a goal sheet: its heading, its budget unit, the unit of amounts."""

from __future__ import annotations

import re
from functools import lru_cache

from jixiao.domain.stage import Stage
from jixiao.vocabulary.vocabulary import Vocabulary

_UNIT_PARAGRAPH = re.compile(r"(?P<unit>.{0,60}?)\s*(?:金额)?单位[:：]\s*(?:亿元|万元|元)\s*")
_CODED_UNIT = re.compile(r"\s*\d{6,9}\s*[\u4e00-\u9fff（）()]{4,40}\s*")
_PAGE_LINE = re.compile(
    r"\s*(?:[-—–]*\s*\d{1,3}\s*[-—–]*|第\s*\d{1,3}\s*页(?:\s*[,，/]?\s*共\s*\d{1,3}\s*页)?|"
    r"[（(]?\s*(?:续\s*表?|[接续]上[页表]|转下[页表]|下[接转]第?\s*\d*\s*页?)\s*[一二三四五\d]*\s*[)）]?)\s*"
)
_LONGEST = 120
_LONGEST_PAGE_LINE = 24
_LATER = (Stage.SELF_EVALUATION, Stage.MONITORING)


@lru_cache(maxsize=16)
def _heading(vocabulary: Vocabulary) -> re.Pattern[str]:
    return re.compile(
        r"\s*(?:\d{1,3}\s*[、.．]|[（(]\d{1,3}[)）]|[一二三四五六七八九十]+、)?\s*(?P<name>.*?)\s*(?:项目)?(?:支出)?(?:区域)?绩效"
        rf"(?:目标)?(?:{vocabulary.any_stage(*_LATER)})?(?:{vocabulary.any_stage(Stage.GOALS)})?表\s*"
    )


@lru_cache(maxsize=16)
def _generic_name(vocabulary: Vocabulary) -> re.Pattern[str]:
    return re.compile(
        r"(?:.*?20\d\d年度?)?(?:附[件表]?\d*[:：]?)?(?:\S{0,12}?[省市县区])?(?:本级|县级|市级|省级|区级)?(?:财政)?"
        rf"(?:{vocabulary.any_of('sheet_kinds')})*"
    )


def is_sheet_heading(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a paragraph is the heading of a goal sheet: ``3.招商经费绩效目标表``."""
    return len(text) <= _LONGEST and "表" in text and _heading(vocabulary).fullmatch(text) is not None


def project_in(heading: str, vocabulary: Vocabulary) -> str | None:
    """The project's name in a sheet's heading; None where it only names the form: ``部门预算项目绩效目标表``."""
    m = _heading(vocabulary).fullmatch(heading)
    name = m["name"] if m else None
    return None if not name or _generic_name(vocabulary).fullmatch(name) else name


def is_unit_paragraph(text: str) -> bool:
    """Whether a paragraph only states the budget unit, the unit of amounts, or both, as above a table."""
    return _UNIT_PARAGRAPH.fullmatch(text) is not None or _CODED_UNIT.fullmatch(text) is not None


def unit_in(text: str) -> tuple[str, bool]:
    """The budget unit in such a paragraph, and whether it states the unit of amounts."""
    m = _UNIT_PARAGRAPH.fullmatch(text)
    return (m["unit"].strip(), True) if m else (text.strip(), False)


def is_page_line(text: str) -> bool:
    """Whether a line says nothing but on which page a text or table goes on: - 2 -, 第 2 页 共 3 页, 续表, （接上页）."""
    return len(text) <= _LONGEST_PAGE_LINE and _PAGE_LINE.fullmatch(text) is not None
