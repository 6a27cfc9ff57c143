"""Rows for a budget platform 「一体化」 under the names of its import template. Nothing is cut: what does not fit is told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from jixiao.documents import A4_LANDSCAPE, Document, Section, Table, to_xlsx
from jixiao.documents import Column as GridColumn
from jixiao.documents.text import printable
from jixiao.domain.department_wide import is_department_wide
from jixiao.domain.goal_sheet import GoalSheet
from jixiao.domain.indicator import Indicator
from jixiao.domain.plan import Plan
from jixiao.domain.target_parts import parts_of_target
from jixiao.platforms import Column, Sheet, Template

_NARROWEST, _WIDEST = 8, 48


@dataclass(frozen=True, slots=True)
class Record:
    """A goal sheet to be written, in its plan; ``known`` are values (of ``jixiao.platforms.VALUES``) that the program knows better than
    the sheet says them or that no sheet says: the code of the region, the department."""

    plan: Plan
    sheet: GoalSheet
    known: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Fault:
    """What the platform would not take, in Chinese: where, what, what to do. ``stops``: the row would be refused or cut."""

    where: str
    what: str
    remedy: str
    stops: bool = True

    @property
    def told(self) -> str:
        """In one sentence."""
        return f"{self.where}：{self.what}。{self.remedy}"


@dataclass(frozen=True, slots=True)
class FilledTemplate:
    """The worksheets with their rows, cells in the order of the columns, and what is wrong with them."""

    template: Template
    sheets: tuple[tuple[Sheet, tuple[tuple[str, ...], ...]], ...]
    faults: tuple[Fault, ...]

    @property
    def stopping(self) -> tuple[Fault, ...]:
        """The faults by which the platform would refuse or cut something."""
        return tuple(fault for fault in self.faults if fault.stops)

    @property
    def rows(self) -> int:
        """Rows of all worksheets."""
        return sum(len(rows) for _, rows in self.sheets)


def records_of(plan: Plan, known: Mapping[str, str] | None = None) -> tuple[Record, ...]:
    """All goal sheets of a plan."""
    return tuple(Record(plan, sheet, known or {}) for sheet in plan.goal_sheets)


def filled(template: Template, records: Sequence[Record]) -> FilledTemplate:
    """The template with the rows of goal sheets."""
    faults: list[Fault] = []
    sheets = []
    used: set[int] = set()
    for sheet in template.sheets:
        here = [(n, one) for n, one in enumerate(records) if _is_about(one) == sheet.about]
        used |= {n for n, _ in here}
        rows = [row for _, one in here for row in _rows(template, sheet, one, faults)]
        sheets.append((sheet, tuple(rows)))
    for n, one in enumerate(records):
        if n not in used:
            what = "部门整体" if _is_about(one) == "department" else "项目"
            faults.append(
                Fault(
                    f"“{one.sheet.label}”",
                    f"模板“{template.title}”没有{what}绩效目标的表",
                    "请换一个模板，或在平台上手工录",
                )
            )
    faults += _without_codes(template)
    return FilledTemplate(template, tuple(sheets), tuple(dict.fromkeys(faults)))


def to_platform_xlsx(found: FilledTemplate, title: str, day: date) -> bytes:
    """The workbook to be imported: a worksheet a sheet of the template, its heads in the first lines, every cell text."""
    sections = tuple(Section((_table(found.template, *one),), A4_LANDSCAPE, one[0].name) for one in found.sheets)
    return to_xlsx(Document(title, day, sections))


def to_block(found: FilledTemplate, sheet: str) -> str:
    """The rows of one worksheet as text with tabs, to be pasted into a table of the platform; lines of a cell stand one after the other.

    Raises KeyError where there is none."""
    rows = {one.name: rows for one, rows in found.sheets}[sheet]
    return "\n".join("\t".join(" ".join(cell.split()) for cell in row) for row in rows)


def _table(template: Template, sheet: Sheet, rows: Sequence[tuple[str, ...]]) -> Table:
    heads = tuple(tuple(getattr(column, head) for column in sheet.columns) for head in template.heads)
    columns = tuple(GridColumn("", _width([line[n] for line in (*heads, *rows)])) for n in range(len(sheet.columns)))
    return Table(
        columns, tuple(tuple(cell or None for cell in row) for row in rows), heads, frozen=int(len(columns) > 1)
    )


def _width(texts: Iterable[str]) -> float:
    """Latin characters that the longest line takes, within bounds."""
    lines = (line for text in texts for line in text.splitlines() or [""])
    longest = max((sum(1 if ord(sign) < 0x2E80 else 2 for sign in line) for line in lines), default=0)
    return float(min(max(longest + 2, _NARROWEST), _WIDEST))


def _is_about(one: Record) -> str:
    return "department" if is_department_wide(one.plan, one.sheet) else "project"


def _rows(template: Template, sheet: Sheet, one: Record, faults: list[Fault]) -> Iterator[tuple[str, ...]]:
    things: Sequence[Indicator | None] = one.sheet.indicators if sheet.of == "indicators" else (None,)
    if not things:
        faults.append(Fault(f"“{one.sheet.label}”", "一行指标也没有", "请先填指标，再导出"))
    for n, row in enumerate(things, 1):
        where = f"“{one.sheet.label}”" + (f"第{n}行" if row is not None else "")
        yield tuple(_cell(template, column, one, row, n, where, faults) for column in sheet.columns)


def _cell(
    template: Template, column: Column, one: Record, row: Indicator | None, n: int, where: str, faults: list[Fault]
) -> str:
    words = column.constant or (_value(column.value, one, row, n) if column.value else "")
    if column.codes and words:
        known = template.codes[column.codes]
        if known and words not in known:
            faults.append(
                Fault(
                    f"{where}“{column.title}”",
                    f"“{words}”在模板的代码表里没有代码",
                    "请改成模板认的名称，或在模板里补上代码",
                )
            )
        words = known.get(words, "")
        if not known:
            return ""
    place = f"{where}“{column.title}”（{column.name}）"
    if column.needed and not words.strip():
        faults.append(Fault(place, "没有填，平台不收空的", "请在表上补填" if not _is_ours(column) else _OURS))
    elif column.most and len(words) > column.most:
        over = f"有{len(words)}个字，平台最多收{column.most}个"
        faults.append(Fault(place, over, f"请在表上压缩{len(words) - column.most}个字以上；这里没有截断"))
    return printable(words)


_OURS = "请写明区划和部门：网页上在“组织”里补代码，命令行用 --region、--department"


def _is_ours(column: Column) -> bool:
    return column.value.startswith(("region_", "department_"))


def _without_codes(template: Template) -> Iterator[Fault]:
    """Tables of codes that are still empty: their columns stay blank."""
    for name, table in template.codes.items():
        columns = [f"{c.title}（{c.name}）" for sheet in template.sheets for c in sheet.columns if c.codes == name]
        if columns and not table:
            shown = "、".join(dict.fromkeys(columns))
            yield Fault(
                f"模板“{template.title}”", f"没有{shown}的代码，这几列留空", "拿到平台的代码表后补进模板", stops=False
            )


# --- values -----------------------------------------------------------------------------------------------


def _value(name: str, one: Record, row: Indicator | None, n: int) -> str:
    known = one.known.get(name, "")
    if known:
        return known
    if row is None or name in _OF_A_SHEET:
        return _OF_A_SHEET[name](one)
    return str(n) if name == "row" else _OF_A_ROW[name](row)


def _goals(one: Record) -> str:
    """The goals with their numbers, where there are several."""
    texts = [goal.text for goal in one.sheet.goals]
    return "\n".join(f"{n}.{text}" for n, text in enumerate(texts, 1)) if len(texts) > 1 else "".join(texts)


def _number(value: Decimal | None) -> str:
    return "" if value is None else f"{value:f}"


def _currency(one: Record) -> str:
    return one.sheet.budget.currency_unit.value if one.sheet.budget.currency_unit else ""


def _year(one: Record) -> str:
    year = one.sheet.fiscal_year or one.plan.fiscal_year
    return "" if year is None else str(year.year)


_OF_A_SHEET: Mapping[str, Callable[[Record], str]] = {
    "region_code": lambda _: "",
    "region_name": lambda _: "",
    "fiscal_year": _year,
    "department_code": lambda one: one.plan.department.code or "",
    "department_name": lambda one: one.plan.department.name or "",
    "unit_code": lambda one: one.sheet.budget_unit.code or "",
    "unit_name": lambda one: one.sheet.budget_unit.name or "",
    "project_code": lambda one: one.sheet.project.code or "",
    "project_name": lambda one: one.sheet.project.name or "",
    "goals": _goals,
    "purpose": lambda one: one.sheet.purpose or "",
    "currency_unit": _currency,
    "budget_total": lambda one: _number(one.sheet.budget.total),
    "budget_fiscal": lambda one: _number(one.sheet.budget.fiscal),
    "budget_other": lambda one: _number(one.sheet.budget.other),
}
_OF_A_ROW: Mapping[str, Callable[[Indicator], str]] = {
    "class": lambda row: row.class_.label if row.class_ else "",
    "kind": lambda row: row.kind.label if row.kind else "",
    "name": lambda row: row.name or "",
    "description": lambda row: row.description or "",
    "target": lambda row: row.target.text or "",
    "sign": lambda row: parts_of_target(row.target)[0],
    "target_value": lambda row: parts_of_target(row.target)[1],
    "target_unit": lambda row: parts_of_target(row.target)[2],
    "weight": lambda row: _number(row.weight),
    "basis": lambda row: row.basis or "",
}
