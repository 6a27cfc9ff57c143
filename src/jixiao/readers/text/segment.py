"""Cuts the tokens under one level-2 label into rows and cells: the cheapest reading wins.

A dynamic programme over (token, column). Costs say what is unlikely: a cell whose broken lines have different
lengths, a target that is no value, a basis nobody writes elsewhere, a missing column. They are weights of a
heuristic, compared with each other only.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from jixiao.domain.measure_units import is_unit
from jixiao.domain.target import TargetType
from jixiao.domain.target_grammar import parse_target
from jixiao.readers.labels import Column
from jixiao.readers.sheets.words import amount_of
from jixiao.readers.text.tokens import Gap, Habits, Token

_BASIS = re.compile(
    r"工作|安排|文件|要求|方案|计划|规定|标准|调查|问卷|通知|统计|依据|预算|号|经验|合同|协议|规划|办法|数据|实际|历史"
)
_SIGNS = frozenset(
    [
        "≥",
        "≤",
        ">",
        "<",
        "=",
        "≧",
        "≦",
        "＞",
        "＜",
        "＝",
        "═",
        ">=",
        "<=",
        "》",
        "《",
        "定性",
        "大于等于",
        "小于等于",
        "大于",
        "小于",
        "等于",
    ]
)
_MISSING = dict.fromkeys(Column, 1.5) | {Column.NAME: 3.0, Column.DEVIATION: 0.1, Column.OTHER: 0.1}
_NEW_ROW = 0.5
_ROW_BREAK_INSIDE_LINE = 5.0
_CELL_BREAK_AT_BLANK_LINE = 1.0
_BLANK_INSIDE_CELL = 2.2
_JOINING_WHOLE_CELLS = 3.0
"""Where nothing narrower than a row's gap stands in a table, each token is a cell of its own"""
_MOST_LINES = 6
_SHORT_WORD = 6
_FORBIDDEN = 1e9


def split_rows(tokens: Sequence[Token], columns: Sequence[Column], habits: Habits) -> list[list[Sequence[Token]]]:
    """Rows of cells, one token list per column (empty where the column is). No tokens: no rows."""
    n, width = len(tokens), len(columns)
    joining = _JOINING_WHOLE_CELLS if all(_is_blank_line(t) for t in tokens) else 0.0
    # best[begun][i][c]: (cost, tokens taken by column c) of the cheapest reading from token i on with column c
    # next; ``begun`` tells whether the row has taken any token, for a row that takes none would never end.
    best = [[[(_FORBIDDEN, 0)] * (width + 1) for _ in range(n + 1)] for _ in range(2)]
    best[1][n] = [*((sum((_MISSING[k] for k in columns[c:]), 0.0), 0) for c in range(width)), (0.0, 0)]
    for i in range(n - 1, -1, -1):
        costs = list(
            zip(*(_cell_costs(tokens[i : i + take], columns, habits, joining) for take in _takes(n - i)), strict=True)
        )
        for begun in (0, 1):
            if begun:
                new_row = _NEW_ROW if _is_blank_line(tokens[i]) else _ROW_BREAK_INSIDE_LINE
                best[1][i][width] = (new_row + best[0][i][0][0], 0)
            for c in range(width - 1, -1, -1):
                inside = _CELL_BREAK_AT_BLANK_LINE if begun and _is_blank_line(tokens[i]) else 0.0
                options = [(_MISSING[columns[c]] + best[begun][i][c + 1][0], 0)]
                options += [(costs[c][take - 1] + inside + best[1][i + take][c + 1][0], take) for take in _takes(n - i)]
                best[begun][i][c] = min(options)
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
        rows.append(row)
    return rows


def _takes(left: int) -> range:
    return range(1, min(_MOST_LINES, left) + 1)


def _is_blank_line(token: Token) -> bool:
    return token.gap is Gap.BLANK_LINE


def _cell_costs(tokens: Sequence[Token], columns: Sequence[Column], habits: Habits, joining: float) -> list[float]:
    """What it costs to take ``tokens`` as one cell, column by column; ``joining`` is added where it takes several."""
    inner = [t for t in tokens[1:] if not _is_blank_line(t)]
    if any(t.gap is Gap.LINE_END for t in inner):
        return [_FORBIDDEN] * len(columns)
    cost = _BLANK_INSIDE_CELL * len(inner) + (joining if len(tokens) > 1 else 0.0)
    lengths = [len(t.text) for t in tokens]
    if len(lengths) > 1 and not inner and (len(set(lengths[:-1])) > 1 or lengths[-1] > lengths[0]):
        cost += 2.0
    words = "".join(t.text for t in tokens)
    kind = parse_target(words).target.type
    is_value = kind in (TargetType.NUMERIC, TargetType.RANGE, TargetType.DATE)
    return [cost + _column_cost(column, words, habits, is_value=is_value) for column in columns]


def _column_cost(column: Column, words: str, habits: Habits, *, is_value: bool) -> float:
    if column in (Column.TARGET, Column.ACTUAL):
        return 0.0 if is_value else 1.0 if len(words) <= _SHORT_WORD else 3.0
    if column in (Column.WEIGHT, Column.SCORE):
        return 0.0 if amount_of(words.removesuffix("分")) else 4.0
    if column is Column.SIGN:
        return 0.0 if words in _SIGNS else 4.0
    if column is Column.UNIT:
        return 0.0 if is_unit(words) else 4.0
    cost = 2.0 if is_value else 0.0
    if column is Column.BASIS:
        return cost + (0.0 if words in habits.row_ends else 0.5 if _BASIS.search(words) else 2.0)
    return cost + (4.0 if words in habits.row_ends else 0.0)
