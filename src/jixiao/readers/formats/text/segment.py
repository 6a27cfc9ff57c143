"""Cuts the tokens of an indicator table into rows and cells: the cheapest reading wins.

A dynamic programme over (token, column). Costs say what is unlikely: a cell whose broken lines have different
lengths, a target that is no value, a basis nobody writes elsewhere, a missing column. They are weights of a
heuristic, compared with each other only.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from jixiao.readers.formats.text.fit import is_comparison, is_level_label, is_long_label, is_numbered, is_value, misfit
from jixiao.readers.formats.text.tokens import Gap, Habits, Token
from jixiao.vocabulary import Column, Vocabulary

_BASIS = re.compile(
    r"工作|安排|文件|要求|方案|计划|规定|标准|调查|问卷|通知|统计|依据|预算|号|经验|合同|协议|规划|办法|数据|实际|历史"
)
_MISSING = dict.fromkeys(Column, 1.5) | {
    Column.CLASS: 0.0,
    Column.KIND: 0.0,
    Column.NAME: 3.0,
    Column.SIGN: 0.3,
    Column.UNIT: 0.3,
    Column.WEIGHT: 1.0,
    Column.SCORE: 0.8,
    Column.ACTUAL: 0.8,
    Column.DEVIATION: 0.1,
    Column.OTHER: 0.1,
}
_KIND_MISSING_BEHIND_CLASS = 1.0
_NEW_ROW = 0.5
_REASON = 0.3
_ROW_BREAK_INSIDE_LINE = 5.0
_CELL_BREAK_AT_BLANK_LINE = 1.0
_BLANK_INSIDE_CELL = 2.2
_JOINING_WHOLE_CELLS = 3.0
"""Where hardly anything narrower than a row's gap stands in a table, each token is a cell of its own"""
_FEW = 12
"""Tokens to one that stands behind a narrower gap"""
_LABEL_INSIDE_CELL = 8.0
_LABEL_CUT = 6.0
"""Where the words of one level label, broken over lines, come into two cells: 生态效 | 益指标"""
_LABEL_SWALLOWED = 4.0
_LABEL_NO_LEVEL = 1.5
"""Where a long label without 指标, broken over lines, stands elsewhere than among the levels"""
_VALUE_INSIDE_CELL = 2.0
_ROW_END_INSIDE_CELL = 6.0
_ROW_END_LAST_IN_CELL = 4.0
_NUMBERED_ELSEWHERE = 6.0
"""Where 指标2, or dots, that stand for an indicator nobody filled in are read as anything but its name"""
_LONGEST_LABEL = 4
_MOST_LINES = 6
_LEVELS = (Column.CLASS, Column.KIND)
_CLOSED = (Column.TARGET, Column.ACTUAL, Column.WEIGHT, Column.SCORE, Column.SIGN, Column.UNIT)
"""Columns whose cells are told by what they hold; any words may stand in the others"""
_FORBIDDEN = 1e9
_SOUND = 3
"""To one odd row, which may be broken, there are as many whole ones in a table in order"""


@dataclass(frozen=True, slots=True)
class CutTable:
    """Rows of cells, one token list per column (empty where the column is).

    ``odd`` counts rows that no form has: without a name, named like a level, several cells' words in one cell;
    ``bare`` those that hold level labels only.
    """

    rows: list[list[Sequence[Token]]]
    odd: int
    bare: int

    @property
    def is_sound(self) -> bool:
        """Whether the words stand in the order of rows: labels, then names, then values in blocks give odd rows."""
        whole = len(self.rows) - self.odd - self.bare
        return self.odd * _SOUND <= whole and self.bare <= max(whole, 1)


def split_rows(tokens: Sequence[Token], columns: Sequence[Column], habits: Habits, vocabulary: Vocabulary) -> CutTable:
    """The cheapest reading of the tokens under a header. No tokens: no rows."""
    n, width = len(tokens), len(columns)
    labels, broken = _label_ends(tokens, vocabulary), _broken_labels(tokens, vocabulary)
    narrower = sum(not _is_blank_line(t) for t in tokens)
    joining = _JOINING_WHOLE_CELLS if narrower * _FEW <= n else 0.0
    # best[begun][i][c]: (cost, tokens taken by column c) of the cheapest reading from token i on with column c
    # next; ``begun`` tells whether the row has taken any token, for a row that takes none would never end.
    best = [[[(_FORBIDDEN, 0)] * (width + 1) for _ in range(n + 1)] for _ in range(2)]
    best[1][n] = [*((sum((_MISSING[k] for k in columns[c:]), 0.0), 0) for c in range(width)), (0.0, 0)]
    for i in range(n - 1, -1, -1):
        label = labels[i]
        costs = list(
            zip(
                *(
                    _cell_costs(
                        tokens[i : i + take],
                        columns,
                        habits,
                        _joining(joining, take, i, label),
                        _damage(broken, i, take),
                        vocabulary,
                    )
                    for take in _takes(n - i)
                ),
                strict=True,
            )
        )
        following = [best[1][i + take] for take in _takes(n - i)]
        taken = [
            min(
                (cost + after[c + 1][0], take)
                for take, (cost, after) in enumerate(zip(costs[c], following, strict=True), 1)
            )
            for c in range(width)
        ]
        for begun in (0, 1):
            if begun:
                new_row = _NEW_ROW if _is_blank_line(tokens[i]) else _ROW_BREAK_INSIDE_LINE
                best[1][i][width] = (new_row + best[0][i][0][0], 0)
            for c in range(width - 1, -1, -1):
                inside = _CELL_BREAK_AT_BLANK_LINE if begun and _is_blank_line(tokens[i]) else 0.0
                missing = _KIND_MISSING_BEHIND_CLASS if begun and columns[c] is Column.KIND else _MISSING[columns[c]]
                cost, take = taken[c]
                best[begun][i][c] = min((missing + best[begun][i][c + 1][0], 0), (cost + inside, take))
    rows: list[list[Sequence[Token]]] = []
    i = 0
    while i < n:
        row: list[Sequence[Token]] = []
        begun = 0
        for c in range(width):
            take = best[begun][i][c][1]
            begun = 1 if take else begun
            row.append(tokens[i : i + take])
            i += take
        if not begun:  # no reading fits what is left, so it stays in one piece
            rows.append([tokens[i:], *[tokens[:0]] * (width - 1)])
            break
        rows.append(row)
    contents = [[(k, cell) for k, cell in zip(columns, row, strict=True) if k not in _LEVELS and cell] for row in rows]
    return CutTable(rows, sum(_oddness(c, columns, vocabulary) for c in contents if c), sum(not c for c in contents))


def _oddness(
    contents: Sequence[tuple[Column, Sequence[Token]]], columns: Sequence[Column], vocabulary: Vocabulary
) -> int:
    """How many rows' worth of odd words a row holds: each level label inside a cell counts for one."""
    name = "".join(t.text for column, cell in contents if column is Column.NAME for t in cell)
    if Column.NAME in columns and (
        is_level_label(name, vocabulary) or is_comparison(name) or not any(map(str.isalpha, name))
    ):
        return 1
    several = [cell for _, cell in contents if len(cell) > 1]
    labels = sum(is_level_label(t.text, vocabulary) for cell in several for t in cell)
    return labels or int(any(len(cell) > _MOST_LINES // 2 or any(is_value(t.text) for t in cell) for cell in several))


def _label_ends(tokens: Sequence[Token], vocabulary: Vocabulary) -> list[int]:
    """For each token where the first level label that begins at it or behind it ends; beyond all where none does."""
    n = len(tokens)
    ends = [n + _MOST_LINES] * (n + 1)
    for i in range(n - 1, -1, -1):
        ends[i] = ends[i + 1]
        if _is_blank_line(tokens[i]):
            for take in range(1, min(_LONGEST_LABEL, n - i) + 1):
                if is_level_label("".join(t.text for t in tokens[i : i + take]), vocabulary):
                    ends[i] = min(ends[i], i + take)
                    break
    return ends


def _broken_labels(tokens: Sequence[Token], vocabulary: Vocabulary) -> list[int]:
    """For each token how many tokens the level label takes that begins at it and goes on in the next; else 1."""
    takes = [1] * len(tokens)
    for i in range(len(tokens) - 1):
        for take in range(2, min(_LONGEST_LABEL, len(tokens) - i) + 1):
            words = "".join(t.text for t in tokens[i : i + take])
            if words.isalpha() and (
                is_level_label(words, vocabulary)
                or (is_long_label(words, vocabulary) and not is_long_label(tokens[i].text, vocabulary))
            ):
                takes[i] = take  # the longest: 服务对 象满意 度指标
    return takes


def _damage(broken: Sequence[int], start: int, take: int) -> float:
    """What it costs that a cell cuts a broken level label, or takes one together with other words."""
    end, cost = start + take, 0.0
    for k in range(start, end):
        if broken[k] > 1 and k + broken[k] > end:
            cost = max(cost, _LABEL_CUT)
        elif broken[k] > 1 and (k, broken[k]) != (start, take):
            cost = max(cost, _LABEL_SWALLOWED)
    return cost


def _joining(cost: float, take: int, start: int, label_end: int) -> float:
    """What it costs to take several tokens as one cell, more where a whole level label is among them."""
    return cost + (_LABEL_INSIDE_CELL if label_end <= start + take else 0.0)


def _takes(left: int) -> range:
    return range(1, min(_MOST_LINES, left) + 1)


def _is_blank_line(token: Token) -> bool:
    return token.gap is Gap.BLANK_LINE


def _cell_costs(
    tokens: Sequence[Token],
    columns: Sequence[Column],
    habits: Habits,
    joining: float,
    damage: float,
    vocabulary: Vocabulary,
) -> list[float]:
    """What it costs to take ``tokens`` as one cell, column by column.

    ``joining`` is added where it takes several, ``damage`` for what it does to level labels.
    """
    inner = [t for t in tokens[1:] if not _is_blank_line(t)]
    if any(t.gap is Gap.LINE_END for t in inner):
        return [_FORBIDDEN] * len(columns)
    joining = joining if len(tokens) > 1 else 0.0
    cost = _BLANK_INSIDE_CELL * len(inner) + joining + damage
    lengths = [len(t.text) for t in tokens]
    if len(lengths) > 1 and not inner and (len(set(lengths[:-1])) > 1 or lengths[-1] > lengths[0]):
        cost += 2.0
    words = "".join(t.text for t in tokens)
    if len(tokens) > 1:
        cost += _LABEL_NO_LEVEL if is_long_label(words, vocabulary) else 0.0
        cost += _VALUE_INSIDE_CELL * sum(is_value(t.text) for t in tokens)
        cost += _ROW_END_INSIDE_CELL * sum(t.text in habits.row_ends for t in tokens[:-1])
        cost += _ROW_END_LAST_IN_CELL * (tokens[-1].text in habits.row_ends)
    level = joining + (_LABEL_NO_LEVEL if len(tokens) > 1 and is_long_label(words, vocabulary) else 0.0)
    several = _NUMBERED_ELSEWHERE * sum(is_numbered(t.text) for t in tokens) if len(tokens) > 1 else 0.0
    as_name = 0.0 if is_numbered(tokens[0].text) else several
    return [
        cost
        + (as_name if column is Column.NAME else several)
        - (level if column in _LEVELS else 0.0)
        + _column_cost(column, words, habits, vocabulary)
        for column in columns
    ]


def _column_cost(column: Column, words: str, habits: Habits, vocabulary: Vocabulary) -> float:
    if column is not Column.NAME and is_numbered(words):
        return _NUMBERED_ELSEWHERE
    if column in _LEVELS:
        cost = misfit(column, words, vocabulary)
        return cost if cost < 1 else _FORBIDDEN
    if column in _CLOSED:
        return misfit(column, words, vocabulary)
    cost = misfit(Column.NAME, words, vocabulary)
    if column is Column.DEVIATION:
        return cost + _REASON
    if column is Column.BASIS:
        return cost + (0.0 if words in habits.row_ends else 0.5 if _BASIS.search(words) else 2.0)
    return cost + (4.0 if words in habits.row_ends else 0.0)
