"""The fields of ``jixiao/plan/2`` that ``jixiao/plan/1`` has not: money spent, results of a sheet, expectations of a row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields
from decimal import Decimal
from typing import Any

from jixiao.domain.execution import Execution, FundSource, SourceExecution
from jixiao.domain.filled import Filled, FilledRow
from jixiao.domain.goal import goals_of, texts_of
from jixiao.domain.goal_sheet import GoalSheet
from jixiao.domain.note import Note
from jixiao.domain.pointer import at

Json = dict[str, Any]

_AMOUNT_FIELDS = tuple(f.name for f in fields(SourceExecution))
_AMOUNT_LABELS = {
    "initial": "年初预算数",
    "revised": "全年预算数",
    "executed": "执行数",
    "expected": "全年预计执行数",
    "rate": "执行率",
    "weight": "分值",
    "score": "得分",
}
_ELSEWHERE = "jixiao/plan/1 没有这一栏，jixiao/plan/2 有"


def number(value: Decimal | None) -> str | None:
    """A number as the contracts print it, never in exponent form."""
    return None if value is None else format(value, "f")


def results_to_dict(sheet: GoalSheet, filled: Filled) -> Json:
    """What a goal sheet of ``jixiao/plan/2`` has besides the fields of ``jixiao/plan/1``."""
    return {
        "execution": None if filled.execution is None else _execution(filled.execution),
        "goals_reached": [goal.text for goal in filled.goals_reached],
        "total_weight": number(sheet.total_weight),
        "total_score": number(filled.total_score),
        "grade": filled.grade,
    }


def _execution(execution: Execution) -> Json:
    return {source.value: _amounts(execution.of(source)) for source in FundSource}


def _amounts(row: SourceExecution | None) -> Json | None:
    return None if row is None else {name: number(getattr(row, name)) for name in _AMOUNT_FIELDS}


def results_from_dict(d: Mapping[str, Any]) -> Filled:
    """What stands on a sheet besides its goals, without its rows; the fields are required."""
    execution = d["execution"]
    if not all(isinstance(goal, str) for goal in d["goals_reached"]):
        raise TypeError("goals_reached")
    return Filled(
        None if execution is None else _execution_from(execution),
        goals_of(d["goals_reached"]),
        _decimal(d["total_score"]),
        d["grade"],
    )


def _execution_from(d: Mapping[str, Any]) -> Execution:
    return Execution(**{source.value: _amounts_from(d[source.value]) for source in FundSource})


def _amounts_from(d: Mapping[str, Any] | None) -> SourceExecution | None:
    return None if d is None else SourceExecution(**{name: _decimal(d[name]) for name in _AMOUNT_FIELDS})


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


# --- what the older schema leaves out ----------------------------------------------------------------------


def left_out(n: int, sheet: GoalSheet, filled: Filled) -> Iterator[Note]:
    """Notes that tell what ``jixiao/plan/1`` has no field for, so that it is not dropped silently."""
    if filled.execution is not None:
        for source, row in filled.execution.rows():
            if words := _words((_AMOUNT_LABELS[name], number(getattr(row, name))) for name in _AMOUNT_FIELDS):
                yield _note("column.not_kept", f"“{source.label}”的执行情况", words, n, "budget")
    if filled.goals_reached:
        yield _note("goals.not_kept", "目标完成情况", "；".join(texts_of(filled.goals_reached)), n, "goals")
    results = (("总分值", number(sheet.total_weight)), ("总得分", number(filled.total_score)), ("等级", filled.grade))
    if words := _words(results):
        yield _note("row.not_kept", "自评结果", words, n, "indicators")
    for k, one in enumerate(filled.rows):
        if words := _words(_expectations(one)):
            yield _note("column.not_kept", "监控预计", words, n, "indicators", k)


def _expectations(row: FilledRow) -> Iterator[tuple[str, str | None]]:
    yield "全年预计完成", None if row.expected is None else row.expected.text
    yield "完成可能性", row.likelihood


def _words(named: Iterator[tuple[str, str | None]] | tuple[tuple[str, str | None], ...]) -> str:
    return "｜".join(f"{label} {value}" for label, value in named if value is not None)


def _note(code: str, what: str, words: str, sheet: int, *below: str | int) -> Note:
    return Note(code, at("goal_sheets", sheet, *below), f"{what}（{_ELSEWHERE}）：{words}")
