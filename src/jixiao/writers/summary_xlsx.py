"""The workbook of a batch 「审核总表」: plans, findings, indicators, words and files not read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from jixiao.domain.finding import Finding, Severity
from jixiao.domain.indicator import Indicator
from jixiao.domain.money import plain
from jixiao.domain.pointer import indicator_at
from jixiao.domain.target import Target, TargetType
from jixiao.writers.entries import basis_names, cited, gravest, gravest_of, sections, standing
from jixiao.writers.places import Places
from jixiao.writers.reviewed import Batch, Reviewed, left_out, money_total
from jixiao.writers.text import printable
from jixiao.writers.xlsx_table import Column, Paper, Shade, Value, to_bytes, write_block, write_list

TARGET_TYPES = {
    TargetType.NUMERIC: "数值",
    TargetType.RANGE: "区间",
    TargetType.DATE: "日期",
    TargetType.QUALITATIVE: "定性",
    TargetType.MISSING: "未填",
}
_SHADES = {
    Severity.ERROR: Shade("FFE39B94", bold=True),
    Severity.WARNING: Shade("FFF6DFA4"),
    Severity.ADVICE: Shade("FFEFF4FA"),
}
_PLANS = (
    Column("序号", 6, "center"),
    Column("部门", 26),
    Column("等级", 7, "center"),
    Column("得分", 8, "right", "0.0"),
    Column("必须修改", 8, "right", "0"),
    Column("应当修改或说明", 9, "right", "0"),
    Column("建议完善", 8, "right", "0"),
    Column("问题合计", 8, "right", "0"),
    Column("最要紧的问题", 40),
    Column("预算年度", 9, "center", "0"),
    Column("目标表（张）", 9, "right", "0"),
    Column("指标（项）", 9, "right", "0"),
    Column("预算数合计（万元）", 14, "right", "#,##0.######"),
    Column("金额未计入的表（张）", 11, "right", "0"),
    Column("未读入的内容（处）", 9, "right", "0"),
    Column("文件", 26),
    Column("规则集", 22),
)
_FINDINGS = (
    Column("序号", 6, "center"),
    Column("部门", 14),
    Column("项目", 16),
    Column("问题", 14),
    Column("程度", 10, "center"),
    Column("先改", 6, "center"),
    Column("位置", 18),
    Column("原文件中的位置", 12),
    Column("原文", 20),
    Column("说明", 32),
    Column("建议写法", 28),
    Column("依据", 34),
    Column("规则", 7, "center"),
    Column("文件", 14),
)
_INDICATORS = (
    Column("序号", 6, "center"),
    Column("部门", 14),
    Column("项目", 16),
    Column("行", 5, "center"),
    Column("一级指标", 11),
    Column("二级指标", 13),
    Column("三级指标", 20),
    Column("绩效指标描述", 26),
    Column("指标值（原文）", 15),
    Column("类型", 7, "center"),
    Column("符号", 6, "center"),
    Column("数值", 11, "right", "General"),
    Column("上限", 8, "right", "General"),
    Column("单位", 8, "center"),
    Column("指标值确定依据", 20),
    Column("问题（处）", 10, "right", "0"),
)
_BASIS = (
    Column("序号", 6, "center"),
    Column("文件", 44),
    Column("要求", 16),
    Column("大意（以文件原文为准）", 80),
    Column("效力", 30),
)
_LEFT_OUT = (
    Column("序号", 6, "center"),
    Column("部门", 20),
    Column("文件", 36),
    Column("没有读入、没有参加审核的内容", 100),
)
_UNREAD = (Column("序号", 6, "center"), Column("文件", 40), Column("遇到的情况", 50), Column("怎么办", 60))


def write_summary(batch: Batch) -> bytes:
    """The .xlsx file. The same batch gives the same bytes."""
    workbook = Workbook()
    day = batch.as_of
    workbook.properties.title = printable(batch.title)
    workbook.properties.creator = "绩效审核"
    # The day of the rules, not of the clock: the same batch makes the same file.
    workbook.properties.created = workbook.properties.modified = datetime(day.year, day.month, day.day)  # noqa: DTZ001
    plans = workbook.active
    assert isinstance(plans, Worksheet)
    plans.title = "总览"
    _write_plans(plans, batch)
    rows: list[list[Value]] = []
    shades: list[Shade | None] = []
    for row, finding in _finding_rows(batch):
        rows.append([len(rows) + 1, *row])
        shades.append(_SHADES[finding.severity])
    write_list(workbook.create_sheet("问题清单"), _FINDINGS, rows, shades=shades, shaded="程度", paper=Paper.A3)
    indicators: list[list[Value]] = [[n, *row] for n, row in enumerate(_indicator_rows(batch), 1)]
    write_list(workbook.create_sheet("指标明细"), _INDICATORS, indicators, paper=Paper.A3)
    basis: list[list[Value]] = [
        [n, c.instrument, c.name, c.requirement, standing(c)]
        for n, c in enumerate(cited(r.review for r in batch.reviewed), 1)
    ]
    write_list(workbook.create_sheet("审核依据"), _BASIS, basis)
    outside: list[list[Value]] = [[n, *row] for n, row in enumerate(_left_out_rows(batch), 1)]
    write_list(
        workbook.create_sheet("未读入的内容"), _LEFT_OUT, outside or [[None, None, None, "（全部内容都已读入）"]]
    )
    unread: list[list[Value]] = [[n, *row] for n, row in enumerate(_unread_rows(batch), 1)]
    write_list(workbook.create_sheet("未读出"), _UNREAD, unread or [[None, "（没有读不出的文件）", None, None]])
    return to_bytes(workbook)


def _write_plans(sheet: Worksheet, batch: Batch) -> None:
    rows = [[n, *_plan_row(r)] for n, r in enumerate(batch.reviewed, 1)]
    below = write_list(sheet, _PLANS, rows, paper=Paper.A3)
    if batch.unread:
        title = f"下列 {len(batch.unread)} 个文件没有读出，未计入上表"
        spans = tuple(zip(_UNREAD, (1, 1, 6, 2), strict=True))
        write_block(sheet, below + 1, title, spans, [[n, *row] for n, row in enumerate(_unread_rows(batch), 1)])


def _unread_rows(batch: Batch) -> Iterator[list[Value]]:
    return ([f.name, f.met, f.remedy] for f in batch.unread)


def _left_out_rows(batch: Batch) -> Iterator[list[Value]]:
    for reviewed in batch.reviewed:
        for note in left_out(reviewed.plan):
            yield [reviewed.plan.label, reviewed.file, note.message]


def _plan_row(reviewed: Reviewed) -> list[Value]:
    plan, review = reviewed.plan, reviewed.review
    money = money_total(plan)
    return [
        plan.label,
        review.grade.level.label,
        plain(review.grade.score),
        review.count(Severity.ERROR),
        review.count(Severity.WARNING),
        review.count(Severity.ADVICE),
        len(review.findings),
        "；".join(f"{e.first.title}（{len(e.findings)} 处）" for e in gravest(review)) or None,
        plan.fiscal_year.year if plan.fiscal_year else None,
        len(plan.goal_sheets),
        plan.indicator_count,
        money.amount,
        money.uncounted,
        len(left_out(plan)),
        reviewed.file,
        f"{review.ruleset.title}（{review.ruleset.version} 版）",
    ]


def _finding_rows(batch: Batch) -> Iterator[tuple[list[Value], Finding]]:
    for reviewed in batch.reviewed:
        plan = reviewed.plan
        places = Places(plan)
        first = {f for section in sections(reviewed.review) for e in gravest_of(section) for f in e.findings}
        for f in reviewed.review.findings:
            place = places.of(f.pointer)
            project = place.section if place.sheet is None else plan.goal_sheets[place.sheet].label
            yield (
                [
                    plan.label,
                    project,
                    f.title,
                    f.severity.label,
                    "先改" if f in first else None,
                    place.words,
                    place.in_file or None,
                    f.evidence or None,
                    f.message,
                    f.suggestion,
                    basis_names(f.citations) or None,
                    f.rule,
                    reviewed.file,
                ],
                f,
            )


def _indicator_rows(batch: Batch) -> Iterator[list[Value]]:
    for reviewed in batch.reviewed:
        found = Counter(indicator_at(f.pointer) for f in reviewed.review.findings)
        for n, sheet in enumerate(reviewed.plan.goal_sheets):
            for k, row in enumerate(sheet.indicators):
                yield [reviewed.plan.label, sheet.label, k + 1, *_indicator(row), found[(n, k)]]


def _indicator(row: Indicator) -> list[Value]:
    target = row.target
    return [
        row.class_.label if row.class_ else None,
        row.kind.label if row.kind else None,
        row.name,
        row.description,
        target.text,
        TARGET_TYPES[target.type],
        target.comparator.sign if target.comparator else None,
        _value(target),
        None if target.upper is None else plain(target.upper),
        target.unit,
        row.basis,
    ]


def _value(target: Target) -> Value:
    if isinstance(target.value, date):
        return target.value
    return None if target.value is None else plain(target.value)
