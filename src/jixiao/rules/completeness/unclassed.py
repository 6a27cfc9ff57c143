"""Rules on rows that stand under no class of indicators."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from jixiao.domain.finding import Aspect, Severity
from jixiao.readings.classes import class_of
from jixiao.readings.presence import unread_columns, unread_in_row
from jixiao.readings.unclassed import unclassed_rows
from jixiao.readings.view import SheetView
from jixiao.review.message import Message
from jixiao.review.rule import Observation, Scope, rule

NO_LEVEL = Message(
    "no-level", "“{name:words}”没有写一级指标和二级指标，是产出还是效益看不出来，自评时也不知道按哪一类计分。"
)
NO_LEVEL_FIRST = Message(
    "no-level-first",
    "“{name:words}”前面没有写一级指标和二级指标，下面才写。类别如果印在几行的中间，把这几格合并；没有写的，补上。",
)


@rule(
    "C89",
    title="指标没有归类",
    problem="misclassified-dimension",
    severity=Severity.WARNING,
    aspect=Aspect.COMPLETENESS,
    scope=Scope.SHEET,
    cites=("mof-2015-88/completeness-review", "mof-2021-101/classes"),
    remedy="按衡量的内容写明一级指标和二级指标；和上一行同类的，合并单元格或照写一遍。",
    since=date(2015, 5, 21),
    says=(NO_LEVEL, NO_LEVEL_FIRST),
)
def rows_have_a_class(sheet: SheetView) -> Iterator[Observation]:
    """别的行都写了类别，这一行有名称、有指标值，一级指标和二级指标却都空着。

    整张表都没有类别的（表式没有这两栏）、写了类别而没有认出来的、有一栏没有认出来的，不报；空着的几行在最前面、类别写在下面的，
    可能印在中间一行，只请核对。
    """
    if unread_columns(sheet):
        return
    bare = unclassed_rows(sheet)
    first = next((row.index for row in sheet.rows if class_of(row) is not None), 0)
    for row in bare:
        if unread_in_row(row):
            continue
        above = row.index < first
        yield Observation(
            at=row.at("class"),
            evidence=f"{row.row.label} {row.row.target.text or ''}".rstrip(),
            says=(NO_LEVEL_FIRST if above else NO_LEVEL)(name=row.row.label),
            severity=Severity.ADVICE if above else None,
        )
