"""Cuts a plan's stream of blocks into cover, contents, chapters and goal sheets, by the headings plans use."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from jixiao.domain.numbering import number_of
from jixiao.readers.raw import Paragraph
from jixiao.readers.sheets.activity_table import is_activity_table
from jixiao.readers.sheets.head_lines import HeadAbove, head_above
from jixiao.readers.sheets.recognise import has_indicators, is_goal_sheet
from jixiao.readers.sheets.table import Block, Table
from jixiao.vocabulary import Chapter, Vocabulary
from jixiao.vocabulary.headings import is_page_line, is_sheet_heading, is_unit_paragraph
from jixiao.vocabulary.labelled_lines import OPENINGS, labelled_values

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
    blocks: list[Block] = field(default_factory=list)

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
    sheets: list[Block] = field(default_factory=list)
    furniture: list[Paragraph] = field(default_factory=list)
    """contents lines and page numbers"""
    stray: list[Block] = field(default_factory=list)
    """what belongs nowhere"""


_Current = list[Paragraph] | Section | None
"""Where running text goes: the cover, the lines under a part title, a chapter, or nowhere."""


def outline(blocks: Sequence[Block], vocabulary: Vocabulary) -> Outline:
    """Sort blocks into an outline. Tables are told by their words, wherever they stand."""
    return _Sorter(blocks, vocabulary).sorted()


class _Sorter:
    """Goes through the blocks once; ``current`` is where running text goes."""

    def __init__(self, blocks: Sequence[Block], vocabulary: Vocabulary) -> None:
        self._blocks = blocks
        self._vocabulary = vocabulary
        self._result = Outline()
        self._current: _Current = self._result.cover

    def sorted(self) -> Outline:
        result = self._result
        contents = _contents(self._blocks, self._vocabulary)
        done = 0
        for n, block in enumerate(self._blocks):
            if n < done:
                continue
            if isinstance(block, Table):
                self._table(block)
            elif n not in contents and self._begins_head(block.text) and (head := self._head_above(n)):
                for line in head.others:
                    self._paragraph(line)
                result.sheets.append(head.head)
                self._current, done = None, head.end
            elif n in contents or is_page_line(block.text):
                result.furniture.append(block)
            else:
                self._paragraph(block)
        return result

    def _begins_head(self, text: str) -> bool:
        """Whether a line may begin the head of a sheet; in a chapter of running text only where it names a project."""
        first = labelled_values(text, self._vocabulary)[:1]
        if not first or self._chapter(text) is not None:
            return False
        return not isinstance(self._current, Section) or (
            first[0].field in OPENINGS and first[0].label.endswith((":", "："))
        )

    def _head_above(self, start: int) -> HeadAbove | None:
        return head_above(
            self._blocks,
            start,
            self._vocabulary,
            is_sheet=is_goal_sheet,
            ends=lambda text: self._chapter(text) is not None,
        )

    def _table(self, table: Table) -> None:
        current = self._current
        tasks = is_activity_table(table)
        listed = tasks and isinstance(current, Section) and current.chapter is Chapter.ACTIVITIES
        if has_indicators(table) or ((tasks or is_goal_sheet(table)) and not listed):
            self._result.sheets.append(table)
            self._current = None
        else:
            (current.blocks if isinstance(current, Section) else self._result.stray).append(table)

    def _paragraph(self, block: Paragraph) -> None:
        result, current, label = self._result, self._current, self._vocabulary.label(block.text)
        if (found := self._chapter(block.text)) is not None:
            self._current = Section(found[0], block, found[1])
            result.sections.append(self._current)
        elif _PART_ONE.fullmatch(label.bare):
            result.subtitle.append(block)
            self._current = result.subtitle
        elif _PROJECTS.fullmatch(label.bare) or _is_next_chapter(block.text, current):
            result.furniture.append(block)
            self._current = None
        elif label.is_part_title:
            result.furniture.append(block)
        elif is_year_line(block.text) and result.sheets and isinstance(result.sheets[-1], Paragraph):
            result.sheets.append(block)  # under the title of a form
        elif is_year_line(block.text) and current is not result.cover:
            result.subtitle.append(block)
        elif self._belongs_to_sheets(block.text):
            result.sheets.append(block)
            self._current = None
        elif isinstance(current, Section):
            current.blocks.append(block)
        else:
            (current if current is not None else result.stray).append(block)

    def _belongs_to_sheets(self, text: str) -> bool:
        """The heading of a sheet, or the unit line above its table."""
        if is_sheet_heading(text, self._vocabulary):
            return True
        return not isinstance(self._current, Section) and is_unit_paragraph(text)

    def _chapter(self, text: str) -> tuple[Chapter, int] | None:
        """The chapter that a line heads, and the rank of its heading."""
        if len(text) > _LONGEST_HEADING:
            return None
        m = _NUMBER.match(text)
        assert m is not None
        chapter = self._vocabulary.label(text[m.end() :]).chapter
        if chapter is None:
            return None
        return chapter, int(m.lastgroup[1]) if m.lastgroup else _NO_NUMBER


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


def _contents(blocks: Sequence[Block], vocabulary: Vocabulary) -> range:
    """The contents page: from 目录, or the first of several lines with a page number, to the last such line."""
    titles = {n for n, b in enumerate(blocks) if isinstance(b, Paragraph) and _is_contents_title(b.text, vocabulary)}
    listed = [n for n, b in enumerate(blocks) if n in titles or (isinstance(b, Paragraph) and _is_contents(b.text))]
    if not listed or (len(listed) == 1 and listed[0] not in titles):
        return range(0)
    end = listed[0]
    for n in range(listed[0], len(blocks)):
        block = blocks[n]
        if isinstance(block, Table) or len(block.text) > 3 * _LONGEST_HEADING:
            break
        if n in listed:
            end = n
    return range(listed[0], end + 1)


def _is_contents_title(text: str, vocabulary: Vocabulary) -> bool:
    return len(text) <= _LONGEST_HEADING and vocabulary.label(text).bare == "目录"


def _is_contents(text: str) -> bool:
    ends_in_number = text.rstrip()[-1:].isdecimal()  # few lines do, and the pattern is slow to fail
    return ends_in_number and len(text) <= _LONGEST_CONTENTS_LINE and _CONTENTS_LINE.fullmatch(text) is not None


def _block_words(block: Block) -> str:
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
