"""The official form as rows of cells on an eight-column grid, shared by the Word and Excel builders."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from tools.county.content import HEADER, POINTS, Department, Sheet

LEFT, CENTER, RIGHT = "left", "center", "right"
COLUMNS_CM = (1.9, 2.2, 1.4, 1.5, 2.2, 2.2, 2.1, 3.1)
"""Widths of the grid columns; the lines of the head and of the indicator rows all fall on this grid."""

_ROW_SPANS = (1, 1, 2, 2, 1, 1)


@dataclass(frozen=True)
class Box:
    """A cell: its words, how many grid columns and rows it covers. ``rows`` 0: covered by the cell above."""

    text: str
    columns: int = 1
    rows: int = 1
    align: str = CENTER
    label: bool = False
    border: bool = True


def head(sheet: Sheet, numbering: str = "{}、") -> list[list[Box]]:
    """Unit line, project, budget, disbursement plan and goals, these with leading numbers."""
    currency = f"单位：{sheet.currency}" if sheet.currency else ""
    steps = [f"{p}%" if p else "" for p in sheet.plan]
    goals = "\n".join(numbering.format(n) + goal for n, goal in enumerate(sheet.goals, 1))
    plan_spans = (2, 2, 2, 1)
    return [
        [Box(sheet.unit, 6, align=LEFT, border=False), Box(currency, 2, align=RIGHT, border=False)],
        [_l("项目编码"), Box(sheet.code, 3), _l("项目名称"), Box(sheet.name, 3)],
        [
            _l("预算规模及资金用途", rows=2), _l("预算数"), Box(sheet.total, 2), _l("其中：财政资金"), Box(sheet.fiscal),
            _l("其他资金"), Box(sheet.other),
        ],
        [_l("", rows=0), Box(sheet.purpose, 7, align=LEFT)],
        [_l("资金支出计划（%）", rows=2), *(_l(p, span) for p, span in zip(POINTS, plan_spans, strict=True))],
        [_l("", rows=0), *(Box(s, span) for s, span in zip(steps, plan_spans, strict=True))],
        [_l("绩效目标"), Box(goals, 7, align=LEFT)],
    ]  # fmt: skip


def indicators(sheet: Sheet) -> list[list[Box]]:
    """Header and rows; labels of the first and second level are merged downwards."""
    lines = [[_l(text, span) for text, span in zip(HEADER, _ROW_SPANS, strict=True)]]
    firsts = _merged([row.first for row in sheet.rows])
    seconds = _merged([f"{row.first}/{row.second}" for row in sheet.rows])
    for n, row in enumerate(sheet.rows):
        lines.append(
            [
                _l(row.first if firsts[n] else "", rows=firsts[n]),
                _l(row.second if seconds[n] else "", rows=seconds[n]),
                Box(row.name, 2),
                Box(row.description, 2, align=LEFT),
                Box(row.target),
                Box(row.basis, align=LEFT),
            ]
        )
    return lines


def activities(department: Department) -> list[list[Box]]:
    """The table 职责活动 with the four grades, its two-row header included (nine columns, one each)."""
    upper = [_l(t, rows=2) for t in ("职责活动", "年度预算数", "内容描述", "绩效目标", "绩效指标")]
    lines = [[*upper, _l("评价标准", 4)], [*(_l("", rows=0) for _ in upper), *(_l(g) for g in "优良中差")]]
    for activity in department.activities:
        count = len(activity.indicators)
        for n, indicator in enumerate(activity.indicators):
            words = (activity.name, activity.budget, activity.description, activity.goal)
            aligns = (CENTER, CENTER, LEFT, LEFT)
            left = [Box("" if n else w, rows=0 if n else count, align=a) for w, a in zip(words, aligns, strict=True)]
            lines.append([*left, Box(indicator.text), *(Box(g) for g in indicator.grades)])
    return lines


def _l(text: str, columns: int = 1, rows: int = 1) -> Box:
    return Box(text, columns, rows, label=True)


def _merged(labels: Sequence[str]) -> list[int]:
    """Rows each label covers: the count at the first of a run, 0 at the others."""
    spans: list[int] = []
    for _, run in groupby(labels):
        length = len(list(run))
        spans += [length] + [0] * (length - 1)
    return spans
