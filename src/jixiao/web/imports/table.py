"""A workbook as lines of texts: what reading yields and recognising takes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a worksheet that has words: its 1-based number, the texts of its cells from the first column on."""

    number: int
    cells: tuple[str, ...]

    def cell(self, column: int) -> str:
        """The text in a 0-based column, "" beyond the last."""
        return self.cells[column] if 0 <= column < len(self.cells) else ""


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged range: 1-based rows and 0-based columns, both ends in it."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Worksheet:
    """A worksheet: lines with words in their order. Numbers are texts with all digits, days are ``2027-03-01``; a formula whose
    result was not stored is its own text, ``=…``."""

    name: str
    lines: tuple[Line, ...]
    merges: tuple[Merge, ...] = ()

    @property
    def width(self) -> int:
        """Number of columns."""
        return max((len(line.cells) for line in self.lines), default=0)


@dataclass(frozen=True, slots=True)
class Workbook:
    """The worksheets of a file that are in sight; ``notes`` say what was left out, in words."""

    sheets: tuple[Worksheet, ...]
    notes: tuple[str, ...] = ()


class RowSort(StrEnum):
    """What a row of a worksheet is; only data is imported."""

    label: str

    def __new__(cls, value: str, label: str) -> RowSort:
        one = str.__new__(cls, value)
        one._value_ = value
        one.label = label
        return one

    DATA = "data", "数据"
    TITLE = "title", "标题"
    HEADER = "header", "表头"
    NUMBERING = "numbering", "栏次"
    TOTAL = "total", "合计小计"
    EXAMPLE = "example", "示例"
    SIGNATURE = "signature", "签字"
    REMARK = "remark", "说明"
    GROUP = "group", "分组标题"
    PART = "part", "合到上面一行"


def sort_named(value: str) -> RowSort:
    """The sort of a stored value. Raises KeyError for one there is not."""
    return _BY_VALUE[value]


_BY_VALUE = {one.value: one for one in RowSort}
