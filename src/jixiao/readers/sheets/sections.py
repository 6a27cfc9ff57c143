"""Cuts a plan's stream of blocks into cover, contents, chapters and goal sheets, by the headings plans use."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum, auto

from jixiao.domain.numbering import number_of
from jixiao.readers.raw import Grid, Paragraph
from jixiao.readers.sheets.activity_table import is_activity_table
from jixiao.readers.sheets.head_lines import HeadAbove, head_above
from jixiao.readers.sheets.recognise import has_indicators, is_goal_sheet
from jixiao.vocabulary.headings import is_sheet_heading, is_unit_paragraph
from jixiao.vocabulary.labelled_lines import OPENINGS, labelled_values
from jixiao.vocabulary.labels import bare, is_part_title


class Chapter(Enum):
    """The chapters of a plan."""

    OVERALL = auto()
    ACTIVITIES = auto()
    SAFEGUARDS = auto()


_CHAPTER_WORDS = {
    Chapter.OVERALL: "总体绩效目标 部门总体绩效目标 年度总体绩效目标 部门整体总体绩效目标 总体目标 部门年度总体绩效目标",
    Chapter.ACTIVITIES: "分项绩效目标 部门分项绩效目标 分项目标 年度分项绩效目标 职责活动绩效目标 分项绩效目标及指标",
    Chapter.SAFEGUARDS: (
        "工作保障措施 保障措施 目标规划及保障措施 实现年度目标的保障措施 实现目标的保障措施 绩效目标保障措施 组织保障措施"
        " 实现年度发展规划目标的保障措施"
    ),
}
_CHAPTER_BY_WORD = {word: chapter for chapter, words in _CHAPTER_WORDS.items() for word in words.split()}
_PROJECTS = re.compile(r"(?:第[二三]部分)?(?:部门)?预算项目(?:支出)?绩效目标(?:表)?|第二部分")
_PROJECTS_CHAPTER = re.compile(
    r"\s*[一二三四五六七八九十]{1,2}[、.．]\s*(?:20\d\d年度?)?(?:部门)?(?:预算)?项目(?:支出)?绩效目标(?:情况|及指标)?\s*[:：]?\s*"
)
"""三、项目绩效目标 behind chapter 二、; elsewhere such words label the goals of a sheet"""
_PART_ONE = re.compile(r"第一部分(?:部门整体绩效目标)?|(?:20\d\d年(?:度)?)?部门整体(?:支出)?绩效目标")
_NUMBER = re.compile(
    r"\s*(?:(?P<r0>[一二三四五六七八九十]{1,2}[、.．])|(?P<r1>[（(][一二三四五六七八九十]{1,2}[)）][、.．]?)|(?P<r2>\d{1,2}[、.．]))?\s*"
)
_CONTENTS_LINE = re.compile(r".*?(?:\t\s*|\.{3,}\s*|…+\s*|·{3,}\s*|-{4,}\s*)\d{1,3}\s*")
_PAGE_NUMBER = re.compile(r"\s*[-—–]?\s*\d{1,3}\s*[-—–]?\s*")
_YEAR_LINE = re.compile(r"\s*[（(【]?\s*20\d\d\s*年度?\s*[)）】]?\s*")
_LONGEST_HEADING = 40
_LONGEST_CONTENTS_LINE = 200
_NO_NUMBER = 3


@dataclass(slots=True)
class Section:
    """One chapter as met: its heading, the heading's rank (0 for 一、, 3 without a number) and its blocks."""

    chapter: Chapter
    heading: Paragraph
    rank: int
    blocks: list[Paragraph | Grid] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not self.blocks

    @property
    def words(self) -> str:
        """All words, to compare two printings of a chapter."""
        return "".join(_block_words(block) for block in self.blocks)


@dataclass(slots=True)
class Outline:
    """A plan's blocks by what they are."""

    cover: list[Paragraph] = field(default_factory=list)
    subtitle: list[Paragraph] = field(default_factory=list)
    """lines under 第一部分 before the first chapter"""
    sections: list[Section] = field(default_factory=list)
    sheets: list[Paragraph | Grid] = field(default_factory=list)
    furniture: list[Paragraph] = field(default_factory=list)
    """contents lines and page numbers"""
    stray: list[Paragraph | Grid] = field(default_factory=list)
    """what belongs nowhere"""


_Current = list[Paragraph] | Section | None
"""Where running text goes: the cover, the lines under a part title, a chapter, or nowhere."""


def outline(blocks: Sequence[Paragraph | Grid]) -> Outline:
    """Sort blocks into an outline. Grids are told by their words, wherever they stand."""
    result = Outline()
    contents = _contents(blocks)
    current: _Current = result.cover
    done = 0
    for n, block in enumerate(blocks):
        if n < done:
            continue
        if isinstance(block, Grid):
            current = _sort_grid(result, block, current)
        elif n not in contents and _begins_head(block.text, current) and (head := _head_above(blocks, n)):
            for line in head.others:
                current = _sort_paragraph(result, line, current)
            result.sheets.append(head.grid)
            current, done = None, head.end
        elif n in contents or _PAGE_NUMBER.fullmatch(block.text):
            result.furniture.append(block)
        else:
            current = _sort_paragraph(result, block, current)
    return result


def _begins_head(text: str, current: _Current) -> bool:
    """Whether a line may begin the head of a sheet; in a chapter of running text only where it names a project."""
    first = labelled_values(text)[:1]
    if not first or _chapter(text) is not None:
        return False
    return not isinstance(current, Section) or (first[0].field in OPENINGS and first[0].label.endswith((":", "：")))


def _head_above(blocks: Sequence[Paragraph | Grid], start: int) -> HeadAbove | None:
    return head_above(blocks, start, is_sheet=is_goal_sheet, ends=lambda text: _chapter(text) is not None)


def _sort_grid(result: Outline, grid: Grid, current: _Current) -> _Current:
    tasks = is_activity_table(grid)
    listed = tasks and isinstance(current, Section) and current.chapter is Chapter.ACTIVITIES
    if has_indicators(grid) or ((tasks or is_goal_sheet(grid)) and not listed):
        result.sheets.append(grid)
        return None
    (current.blocks if isinstance(current, Section) else result.stray).append(grid)
    return current


def _sort_paragraph(result: Outline, block: Paragraph, current: _Current) -> _Current:
    if (found := _chapter(block.text)) is not None:
        result.sections.append(Section(found[0], block, found[1]))
        return result.sections[-1]
    if _PART_ONE.fullmatch(bare(block.text)):
        result.subtitle.append(block)
        return result.subtitle
    if _PROJECTS.fullmatch(bare(block.text)) or _is_next_chapter(block.text, current):
        result.furniture.append(block)
        return None
    if is_part_title(block.text):
        result.furniture.append(block)
        return current
    if is_year_line(block.text) and current is not result.cover:
        result.subtitle.append(block)
        return current
    if is_sheet_heading(block.text) or (is_unit_paragraph(block.text) and not isinstance(current, Section)):
        result.sheets.append(block)
        return None
    if isinstance(current, Section):
        current.blocks.append(block)
    elif current is not None:
        current.append(block)
    else:
        result.stray.append(block)
    return current


def _is_next_chapter(text: str, current: _Current) -> bool:
    """Whether a line heads the chapter of projects: its number goes on from that of the chapter it stands in."""
    if not isinstance(current, Section) or not _PROJECTS_CHAPTER.fullmatch(text):
        return False
    before, number = number_of(current.heading.text), number_of(text)
    return (
        before is not None and number is not None and (before.style, before.value + 1) == (number.style, number.value)
    )


def is_year_line(text: str) -> bool:
    """A line that only names the year, as under the title of a form: （2026年度）."""
    return _YEAR_LINE.fullmatch(text) is not None


def _chapter(text: str) -> tuple[Chapter, int] | None:
    if len(text) > _LONGEST_HEADING:
        return None
    m = _NUMBER.match(text)
    assert m is not None
    chapter = _CHAPTER_BY_WORD.get(bare(text[m.end() :]))
    if chapter is None:
        return None
    return chapter, int(m.lastgroup[1]) if m.lastgroup else _NO_NUMBER


def _contents(blocks: Sequence[Paragraph | Grid]) -> range:
    """The contents page: from 目录, or the first of several lines with a page number, to the last such line."""
    listed = [n for n, b in enumerate(blocks) if isinstance(b, Paragraph) and _is_contents(b)]
    titled = bool(listed) and bare(getattr(blocks[listed[0]], "text", "")) == "目录"
    if not listed or (len(listed) == 1 and not titled):
        return range(0)
    end = listed[0]
    for n in range(listed[0], len(blocks)):
        block = blocks[n]
        if isinstance(block, Grid) or len(block.text) > 3 * _LONGEST_HEADING:
            break
        if _is_contents(block):
            end = n
    return range(listed[0], end + 1)


def _is_contents(block: Paragraph) -> bool:
    text = block.text
    return len(text) <= _LONGEST_CONTENTS_LINE and (bare(text) == "目录" or _CONTENTS_LINE.fullmatch(text) is not None)


def _block_words(block: Paragraph | Grid) -> str:
    if isinstance(block, Paragraph):
        return "".join(block.text.split())
    return "".join("".join(cell.text.split()) for cell in block.cells())


def best(sections: Sequence[Section], chapter: Chapter) -> tuple[Section | None, list[Section]]:
    """The printing of a chapter to read, and the others: the highest heading with words under it, the first of equals."""
    found = [s for s in sections if s.chapter is chapter]
    filled = [s for s in found if not s.is_empty]
    if not filled:
        return (found[0] if found else None), []
    chosen = min(filled, key=lambda s: s.rank)
    return chosen, [s for s in filled if s is not chosen]
