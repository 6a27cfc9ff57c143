"""What cannot be true of a sheet that was pieced together out of text: a sign that its cells were cut or placed wrongly.

Text has no columns of its own. A sheet read out of it is kept only where nothing in it speaks against the reading: amounts
are numbers, parts are no more than their whole, names are words, values are no labels, points are points. Where something
does, the sheet is refused and told: shifted values that look right are worse than none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from jixiao.domain.goal_sheet import GoalSheet
from jixiao.domain.indicator import Indicator
from jixiao.domain.note import Note
from jixiao.domain.quantities import number_alone
from jixiao.readers.sheets.table import Cell
from jixiao.vocabulary import Vocabulary

_MOST_POINTS = 100
_MOST_IN_ALL = 200
"""Points of one sheet: some count those of the year twice, none more"""
_SENTENCE = re.compile(r"[。；;]\s*\S|。\s*$")
_NUMBERED = re.compile(r"指标\s*\d{1,2}[:：]?")
_NUMBERED_BEHIND = re.compile(r"[一-鿿]指标\s*\d{1,2}$")
_SIGNED = re.compile(r"\s*[≥≤＞＜><]\s*\d")
_UNREAD = re.compile(r"“([^”]*)”")
_NUMBERS = re.compile(r"[\d.,，%％\s]*\d[\d.,，%％\s]*")
_FEWEST_ROWS = 3
_SHORTEST_NAME = 4
_MOST_OUTSIDE = 3
"""Words that may stand outside all columns"""


def contradictions(
    sheet: GoalSheet, notes: Sequence[Note], outside: Sequence[Cell], vocabulary: Vocabulary
) -> Iterator[str]:
    """Each thing that speaks against a sheet, in words; ``outside`` are cells that stood under no column."""
    budget = sheet.budget
    for note in notes:
        if note.code == "amount.unread" and (words := _UNREAD.match(note.message)) and _is_torn(words[1], vocabulary):
            yield f"金额一栏是“{words[1]}”"
    for amount, name in ((budget.fiscal, "财政资金"), (budget.other, "其他资金")):
        if amount is not None and budget.total is not None and amount > budget.total:
            yield f"{name} {amount} 多于资金总额 {budget.total}"
    for goal in sheet.goals:
        if number_alone(goal.text) is not None:
            yield f"绩效目标一栏是“{goal.text}”"
    for row in sheet.indicators:
        yield from _of_row(row, vocabulary)
    yield from _without_target(sheet.indicators)
    points = [row.weight for row in sheet.indicators if row.weight is not None]
    if sum(points) > _MOST_IN_ALL:
        yield f"分值合计 {sum(points)}"
    if labels := [cell.text for cell in outside if cell.label.is_level]:
        yield f"“{labels[0]}”不在一、二级指标栏里"
    elif len(outside) > _MOST_OUTSIDE:
        yield f"“{outside[0].text}”等 {len(outside)} 格不在任何一栏里"


def _is_torn_label(name: str, vocabulary: Vocabulary) -> bool:
    """Whether a name is only the beginning of a label of levels, which the end of a line has torn: 服务, 服务对象."""
    bare = "".join(name.split())
    return bool(bare) and any(key.startswith(bare) and key != bare for key in (*vocabulary.kinds, *vocabulary.classes))


def _is_torn(words: str, vocabulary: Vocabulary) -> bool:
    """Whether what stands for an amount are several numbers, or names of amounts."""
    return _NUMBERS.fullmatch(words) is not None or any(name in words for name in vocabulary.money_columns)


def _of_row(row: Indicator, vocabulary: Vocabulary) -> Iterator[str]:
    name, target = row.name or "", row.target.text or ""
    label = vocabulary.label(name)
    if name and (
        number_alone(name) is not None
        or _SIGNED.match(name)
        or _SENTENCE.search(name)
        or ("指标" in name and label.is_level)
    ):
        yield f"三级指标一栏是“{name}”"
    elif not name and target:
        yield f"指标值“{target}”没有指标名称"
    elif name and target and number_alone(target) is not None and name.endswith(target):
        yield f"“{name}”里还有指标值"
    for words in (row.description, row.basis):
        if words and (_NUMBERED.fullmatch(words) or vocabulary.label(words).is_level):
            yield f"“{words}”不在自己的一栏里"
    if _NUMBERED_BEHIND.search(name) or _is_torn_label(name, vocabulary):
        yield f"三级指标一栏是“{name}”"
    if target and (_NUMBERED.match(target) or target == "指标" or vocabulary.label(target).is_level):
        yield f"指标值一栏是“{target}”"
    if row.weight is not None and row.weight > _MOST_POINTS:
        yield f"“{name}”的分值是 {row.weight}"


def _without_target(rows: Sequence[Indicator]) -> Iterator[str]:
    """A name without a target among rows that all have one, and that says nothing by itself, is a piece of another cell."""
    bare = [row for row in rows if row.name and not row.target.text]
    if len(bare) == 1 and len(rows) > _FEWEST_ROWS and len(bare[0].name or "") < _SHORTEST_NAME:
        yield f"“{bare[0].name}”没有指标值"
