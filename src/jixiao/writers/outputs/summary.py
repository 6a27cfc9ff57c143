"""The workbook of a batch 「审核总表」: plans, findings, indicators, words and files not read, as a document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from jixiao.documents import (
    A3_LANDSCAPE,
    A4_LANDSCAPE,
    Align,
    Block,
    Cell,
    Column,
    Document,
    Heading,
    Page,
    Paragraph,
    Role,
    Row,
    Section,
    Table,
    Tone,
    listing,
    to_xlsx,
)
from jixiao.domain.finding import Finding, Force, Severity
from jixiao.domain.money import plain
from jixiao.domain.period import FiscalYear
from jixiao.writers.entries import MANY_ENTRIES, basis_names, cited, force_words, gravest, gravest_of, sections
from jixiao.writers.indicator_list import indicator_list
from jixiao.writers.places import Places
from jixiao.writers.registry import writer
from jixiao.writers.reviewed import Batch, Reviewed, left_out, money_total
from jixiao.writers.wording import is_sheets_alone

_TONES = {Severity.ERROR: Tone.GRAVE, Severity.WARNING: Tone.MEDIUM, Severity.ADVICE: Tone.LIGHT}
_NUMBER = Column("序号", 6, Align.CENTER)
_PLANS = (
    _NUMBER,
    Column("部门", 26),
    Column("等级", 7, Align.CENTER),
    Column("得分", 8, Align.CENTER, "0.0"),
    Column("必须修改", 8, Align.CENTER, "0"),
    Column("应当修改或说明", 9, Align.CENTER, "0"),
    Column("建议完善", 8, Align.CENTER, "0"),
    Column("问题合计", 8, Align.CENTER, "0"),
    Column("最要紧的问题", 40),
    Column("预算年度", 9, Align.CENTER, "0"),
    Column("目标表（张）", 9, Align.CENTER, "0"),
    Column("指标（项）", 9, Align.CENTER, "0"),
    Column("预算数合计（万元）", 14, Align.RIGHT, "#,##0.######"),
    Column("金额未计入的表（张）", 11, Align.CENTER, "0"),
    Column("未读入的内容（处）", 9, Align.CENTER, "0"),
    Column("文件", 26),
    Column("规则集", 22),
)
_FINDINGS = (
    _NUMBER,
    Column("部门", 14),
    Column("项目", 16),
    Column("问题", 14),
    Column("程度", 10, Align.CENTER),
    Column("先改", 6, Align.CENTER),
    Column("位置", 18),
    Column("原文件中的位置", 12),
    Column("原文", 20),
    Column("说明", 38),
    Column("建议写法", 28),
    Column("依据", 28),
    Column("规则", 7, Align.CENTER),
    Column("文件", 14),
)
_BASIS = (
    _NUMBER,
    Column("文件", 44),
    Column("要求", 16),
    Column("大意（以文件原文为准）", 80),
    Column("效力", 30),
    Column("原文核对", 12, Align.CENTER),
)
_LEFT_OUT = (
    _NUMBER,
    Column("部门", 20),
    Column("文件", 36),
    Column("没有读入、没有参加审核的内容", 100),
)
_UNREAD = (_NUMBER, Column("文件", 40), Column("遇到的情况", 50), Column("怎么办", 60))


@writer("summary", "审核总表.xlsx", Batch)
def summary_xlsx(batch: Batch) -> bytes:
    """The lists as an Excel file."""
    return to_xlsx(summary(batch))


def summary(batch: Batch) -> Document:
    """The workbook: a worksheet each for plans, findings, indicators, requirements and what was not read."""
    columns, indicators = indicator_list(batch)
    return Document(
        batch.title,
        batch.as_of,
        (
            Section(_plans(batch), A3_LANDSCAPE, "总览"),
            _listed("问题清单", _FINDINGS, _finding_rows(batch), A3_LANDSCAPE),
            *([_listed("跨部门问题", _FINDINGS, _county_rows(batch), A3_LANDSCAPE)] if batch.county else []),
            _listed("指标明细", (_NUMBER, *columns), indicators, A3_LANDSCAPE),
            _listed("审核依据", _BASIS, _basis_rows(batch)),
            _listed("未读入的内容", _LEFT_OUT, _left_out_rows(batch), none="（全部内容都已读入）"),
            _listed("未读出", _UNREAD, _unread_rows(batch), none="（没有读不出的文件）"),
        ),
    )


def _listed(
    name: str, columns: tuple[Column, ...], rows: Iterable[Row], page: Page = A4_LANDSCAPE, none: str = ""
) -> Section:
    """A worksheet that is one list, its rows numbered; ``none`` is said where there are none."""
    numbered: list[Row] = [(n, *row) for n, row in enumerate(rows, 1)]
    if none and not numbered:
        numbered = [(None, Cell(none, columns=len(columns) - 1))]
    return Section((listing(columns, numbered, frozen=2),), page, name)


def _plans(batch: Batch) -> tuple[Block, ...]:
    plans = listing(_PLANS, [(n, *_plan_row(r)) for n, r in enumerate(batch.reviewed, 1)], frozen=2)
    told = tuple(_twice(batch))
    if not batch.unread:
        return (plans, *told)
    spans = (1, 1, 6, 2)
    grid = _PLANS[: sum(spans)]
    head = tuple(Cell(c.title, columns=n) for c, n in zip(_UNREAD, spans, strict=True))
    body: list[Row] = []
    for k, file in enumerate(batch.unread, 1):
        words = zip((file.name, file.met, file.remedy), spans[1:], strict=True)
        body.append((k, *(Cell(said, columns=n, align=Align.LEFT) for said, n in words)))
    title = f"下列 {len(batch.unread)} 个文件没有读出，未计入上表"
    return (plans, *told, Heading(title, 2), Table(grid, tuple(body), (head,), read=True))


def _twice(batch: Batch) -> Iterator[Block]:
    """Departments with several texts of one year: what is added up over them counts twice."""
    files: dict[tuple[str, FiscalYear | None], list[str]] = {}
    for one in batch.reviewed:
        if not is_sheets_alone(one.plan):
            files.setdefault((one.plan.label, one.plan.fiscal_year), []).append(one.plan.source.name)
    named = [f"{label}（{'、'.join(names)}）" for (label, _), names in files.items() if len(names) > 1]
    if named:
        yield Paragraph(f"同一部门有多份文本，合计数会重复计算，请核对：{'；'.join(named)}。", Role.REMARK)


def _unread_rows(batch: Batch) -> Iterator[Row]:
    return ((f.name, f.met, f.remedy) for f in batch.unread)


def _basis_rows(batch: Batch) -> Iterator[Row]:
    for c in cited(r.review for r in batch.reviewed):
        checked = "已核对" if c.verified else "—" if c.force is Force.GOOD_PRACTICE else "未核对原文"
        yield c.instrument, c.name, c.words, force_words(c.force), checked


def _left_out_rows(batch: Batch) -> Iterator[Row]:
    for reviewed in batch.reviewed:
        for note in left_out(reviewed.plan):
            yield reviewed.plan.label, reviewed.file, note.message


def _plan_row(reviewed: Reviewed) -> Row:
    plan, review = reviewed.plan, reviewed.review
    money = money_total(plan)
    return (
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
    )


def _finding_rows(batch: Batch) -> Iterator[Row]:
    for reviewed in batch.reviewed:
        places = Places(reviewed.plan)
        long = (section for section in sections(reviewed.review) if len(section.entries) > MANY_ENTRIES)
        first = {f for section in long for e in gravest_of(section) for f in e.findings}
        for f in reviewed.review.findings:
            yield _finding(reviewed, places, f, "先改" if f in first else None)


def _county_rows(batch: Batch) -> Iterator[Row]:
    for one in batch.county:
        reviewed = batch.reviewed[one.plan]
        yield _finding(reviewed, Places(reviewed.plan), one.finding, None)


def _finding(reviewed: Reviewed, places: Places, f: Finding, first: str | None) -> Row:
    plan, place = reviewed.plan, places.of(f.pointer)
    return (
        plan.label,
        place.section if place.sheet is None else plan.goal_sheets[place.sheet].label,
        f.title,
        Cell(f.severity.label, tone=_TONES[f.severity]),
        first,
        place.words,
        place.in_file or None,
        f.evidence or None,
        "\n".join([f.message, *(f"另外：{other.text}" for other in f.also)]),
        f.suggestion,
        "\n".join(basis_names(f.citations)) or None,
        f.rule,
        reviewed.file,
    )
