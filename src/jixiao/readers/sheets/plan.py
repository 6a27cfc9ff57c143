"""Puts a plan together from the blocks of a file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from jixiao.domain.goal import goals_of
from jixiao.domain.goal_sheet import GoalSheet
from jixiao.domain.matching import matched
from jixiao.domain.money import CurrencyUnit
from jixiao.domain.note import Note
from jixiao.domain.numbering import unnumbered
from jixiao.domain.organisation import NOBODY, Organisation
from jixiao.domain.period import FiscalYear
from jixiao.domain.plan import Activity, Plan
from jixiao.domain.provenance import Location
from jixiao.domain.traces import traces_from_text
from jixiao.readers.raw import Paragraph, RawDocument
from jixiao.readers.sheets.activity_table import is_activity_table, read_activity_table
from jixiao.readers.sheets.arranged import arranged
from jixiao.readers.sheets.deadlines import with_year
from jixiao.readers.sheets.goal_sheet import ReadSheets, sheets_of
from jixiao.readers.sheets.number_notes import POINTER, note_numbering
from jixiao.readers.sheets.prose_chapters import read_activities, read_safeguards
from jixiao.readers.sheets.prose_sheets import prose_sheets
from jixiao.readers.sheets.recognise import PROJECT_LIST, lists_projects
from jixiao.readers.sheets.sections import Outline, Section, best, is_year_line, outline
from jixiao.readers.sheets.stages import with_stages
from jixiao.readers.sheets.table import Table
from jixiao.readers.sheets.titles import as_titled, compact
from jixiao.readers.sheets.trace import Trace
from jixiao.vocabulary import Chapter, Column, Vocabulary
from jixiao.vocabulary.cell_values import is_unit_line, unit_of
from jixiao.vocabulary.labelled_lines import labelled_values

_COLON = re.compile(r"[:：]")
_YEAR = re.compile(r"(20\d\d)\s*年")
_OPENING_YEAR = re.compile(r"(20\d\d)年度?[，,]?(?:我|本|全|，|,|是|将|县|区|市|计划|实现|力争|\S{2,12}局)")
_COMPILED = re.compile(r"(?P<name>\S{2,40}?)\s*(?:编制|编报|填报)")
_COMPILED_BY = re.compile(r"(?:编制|编报|填报|申报)(?:单位|部门)[:：]\s*(?P<code>\d{3}(?!\d))?\s*(?P<name>\S+)")
_TITLE = re.compile(r"绩效|预算")
_ORGANISATION = re.compile(
    r"[^\s，。：:、]{2,40}?(?:局|委员会|委|办公室|办|部|院|中心|厅|处|会|社|队|校|馆|所|站|镇|乡|街道)(?:本级)?"
)
_SUBJECT = re.compile(r"(?P<name>[一-鿿]{2,20}?(?:局|委员会|办公室|中心))(?:按照|将|坚持|以|围绕|贯彻|负责|认真|紧紧)")
_ROW_POINTER = re.compile(r"(?P<row>/goal_sheets/\d+/indicators/\d+)(?P<field>/[a-z_]+)?")
_LETTER_FROM_ABOVE = re.compile(r"关于.{2,80}(?:的通知|的批复|的函)$|(?:现|请)(?:将|予|下达|批复|印发|遵照)")
_LONGEST_TITLE = 80
_SENTENCE_ENDS = ("。", "；", "，")
_LIKELY = Decimal("0.8")
_DOUBTFUL = Decimal("0.6")


def read_plan(raw: RawDocument, vocabulary: Vocabulary) -> Plan:
    """The plan in a file's blocks. Everything that found no place is named in the notes."""
    blocks, told = arranged(raw.blocks, vocabulary)
    parts = outline(blocks, vocabulary)
    trace = Trace()
    trace.notes += (*raw.notes, *told)
    prose = prose_sheets(raw, parts, trace, vocabulary)
    note_numbering(parts.sections, trace)
    activities = _activities(_chapter(parts, Chapter.ACTIVITIES, trace), trace)
    read = prose or sheets_of(iter(parts.sheets), trace, vocabulary, len(activities.activities))
    sheets = read.sheets
    overall = _overall_goals(_chapter(parts, Chapter.OVERALL, trace), trace)
    safeguards = read_safeguards(_paragraphs(_chapter(parts, Chapter.SAFEGUARDS, trace), trace), trace)
    title = _title(parts, trace, vocabulary)
    heading = None if title else _heading_of_form(parts, read)
    if heading is not None:
        trace.put(heading.place, "title")
        title = heading.text.strip()
    named = activities.department if activities.department.name else read.department
    said = [b for b in parts.stray if isinstance(b, Paragraph) and _COMPILED_BY.fullmatch(b.text.strip())]
    cover = [*parts.cover, *([] if heading is None else [heading]), *said]
    department = _department(cover, named, sheets, overall, trace)
    year = _fiscal_year(parts, overall, read, trace)
    sheets = with_year(as_titled(read, year, title, trace, vocabulary), year, trace)
    unit = activities.currency_unit or _unit_of_sheets(sheets, trace) or read.currency_unit
    used = (title, *(sheet.title for sheet in sheets))
    forms = [p.text for p in read.titles if compact(p.text) not in map(compact, used)]
    _tell_furniture(parts, forms, title, department, trace, vocabulary)
    _tell_lost_cells(raw.lost, trace)
    plan = Plan(
        raw.source,
        title,
        year,
        department,
        unit,
        goals_of(overall),
        (*activities.activities, *read.activities),
        safeguards,
        sheets,
        provenance=trace.places,
    )
    plan = with_stages(plan, read.read, read.titles, trace, vocabulary.stages)
    earlier = traces_from_text(raw.traces) if raw.traces else None
    return plan if earlier is None else matched(plan, earlier)


def _chapter(parts: Outline, chapter: Chapter, trace: Trace) -> Section | None:
    chosen, others = best(parts.sections, chapter)
    for other in others:
        assert chosen is not None
        here, there = chosen.heading.place.label, other.heading.place.label
        same = other.words == chosen.words
        if same:
            message = f"“{other.heading.text}”在{there}又印了一遍，内容与{here}的相同，只读一份。"
        else:
            message = f"“{other.heading.text}”有两份且内容不同：采用{here}的一份，{there}的一份未采用，原文为：{_words(other)}"
        code = "section.repeated" if same else "section.conflicting"
        trace.note(code, message, POINTER[chapter], confidence=_LIKELY)
    return chosen


def _words(section: Section) -> str:
    return " / ".join(b.text if isinstance(b, Paragraph) else _cells(b) for b in section.blocks)


def _cells(table: Table) -> str:
    return "｜".join(" ".join(cell.text.split()) for cell in table.cells() if cell.text)


def _paragraphs(section: Section | None, trace: Trace) -> list[Paragraph]:
    if section is None:
        return []
    for block in section.blocks:
        if isinstance(block, Table):
            _tell_table(block, f"“{section.heading.text}”下面有一张不认得的表", trace)
    return [block for block in section.blocks if isinstance(block, Paragraph)]


def _tell_table(table: Table, what: str, trace: Trace, *pointer: str) -> None:
    """Say of a table that is not read in that it is not; of a list of projects also what it is."""
    if lists_projects(table):
        message = f"{table.place.label}的表是项目清单，没有绩效目标和绩效指标，不是绩效目标表，未读入：{_cells(table)}"
        trace.note(PROJECT_LIST, message, *pointer)
    else:
        trace.note("unplaced", f"{what}，未读入：{_cells(table)}", *pointer)


def _overall_goals(section: Section | None, trace: Trace) -> tuple[str, ...]:
    paragraphs = _paragraphs(section, trace)
    for n, paragraph in enumerate(paragraphs):
        trace.put(paragraph.place, "overall_goals", n)
    return tuple(p.text.strip() for p in paragraphs)


@dataclass(frozen=True, slots=True)
class _Activities:
    activities: tuple[Activity, ...] = ()
    department: Organisation = NOBODY
    currency_unit: CurrencyUnit | None = None


def _activities(section: Section | None, trace: Trace) -> _Activities:
    if section is None:
        return _Activities()
    tables = [b for b in section.blocks if isinstance(b, Table) and is_activity_table(b)]
    if not tables:
        return _Activities(read_activities(_paragraphs(section, trace), trace))
    found: list[Activity] = []
    department, unit = NOBODY, None
    for block in section.blocks:
        if block in tables:
            assert isinstance(block, Table)
            table = read_activity_table(block, trace, len(found))
            found += table.activities
            department = department if department.name else table.department
            unit = unit or table.currency_unit
        elif isinstance(block, Paragraph) and is_unit_line(block.text):
            unit = unit or unit_of(block.text)
            trace.put(block.place, "currency_unit")
        elif isinstance(block, Paragraph):
            trace.note("unplaced", f"分项绩效目标表以外的文字未读入：{block.text}", "activities")
        else:
            _tell_table(block, "分项绩效目标下面有一张不认得的表", trace, "activities")
    return _Activities(tuple(found), department, unit)


def _title(parts: Outline, trace: Trace, vocabulary: Vocabulary) -> str | None:
    lines = [
        p
        for p in parts.cover
        if len(p.text) <= _LONGEST_TITLE
        and not _COMPILED.fullmatch(p.text)
        and "审核" not in p.text
        and not labelled_values(p.text, vocabulary)
        and unnumbered(p.text).style is None
        and not p.text.rstrip().endswith(_SENTENCE_ENDS)
    ]
    if not any(_TITLE.search(p.text) for p in lines):
        lines = [p for p in parts.subtitle if _YEAR.search(p.text)]
    chosen = [p for p in lines if _TITLE.search(p.text) or _ORGANISATION.fullmatch(p.text.strip())]
    if not chosen:
        return None
    trace.put(chosen[-1].place, "title")
    return "".join(p.text.strip() for p in chosen)


def _heading_of_form(parts: Outline, read: ReadSheets) -> Paragraph | None:
    """The heading of a form that is the whole file: …项目支出绩效目标申报表."""
    heading = read.first_heading
    if heading is None or len(read.sheets) > 1 or parts.sections or unnumbered(heading.text).style is not None:
        return None
    return heading


def _department(
    cover: Sequence[Paragraph], named: Organisation, sheets: Sequence[GoalSheet], overall: Sequence[str], trace: Trace
) -> Organisation:
    """Who the plan is of: the cover, the activities table, the budget units, the first sentence, in this order."""
    for paragraph in _of_compiler(cover):
        m = _COMPILED.fullmatch(paragraph.text.strip())
        name = m["name"] if m else None
        if name is None and (compiled := _COMPILED_BY.match(paragraph.text.strip())):
            name = compiled["name"]
        if name is None and (year := _YEAR.search(paragraph.text)) and year.start():
            name = paragraph.text[: year.start()].strip()
        if name is None and _ORGANISATION.fullmatch(paragraph.text.strip()):
            name = paragraph.text.strip()
        if name and _ORGANISATION.fullmatch(name):
            trace.put(paragraph.place, "department", "name")
            return Organisation(named.code or _code_beside(cover, name), name)
    if named.name:
        return named
    for n, sheet in enumerate(sheets):
        name = sheet.budget_unit.name
        if name and _ORGANISATION.fullmatch(name):
            place = trace.places.get(f"/goal_sheets/{n}/budget_unit")
            if place is not None:
                trace.put(place, "department", "name")
            trace.note(
                "department.from_unit",
                f"文本没有写明部门，取第一个预算单位“{name}”。",
                "department",
                confidence=_LIKELY,
            )
            return Organisation(None, name.removesuffix("本级"))
    return _department_in_prose(overall, trace)


def _of_compiler(cover: Sequence[Paragraph]) -> Sequence[Paragraph]:
    """The lines of a cover that may name who compiled the plan.

    Sentences name others. Above the plan may stand a letter from above (通知, 批复), whose sender and addressee are not
    named for the plan: there only a line that says who compiled it counts.
    """
    lines = [p for p in cover if not p.text.rstrip().endswith(_SENTENCE_ENDS)]
    if any(_LETTER_FROM_ABOVE.search("".join(p.text.split())) for p in cover):
        return [p for p in lines if _COMPILED.fullmatch(p.text.strip()) or _COMPILED_BY.match(p.text.strip())]
    return lines


def _code_beside(cover: Sequence[Paragraph], name: str) -> str | None:
    """The code before the name of the department: 填报部门：219 清源县水利局."""
    told = (_COMPILED_BY.match(paragraph.text.strip()) for paragraph in cover)
    return next((m["code"] for m in told if m is not None and m["name"] == name), None)


def _department_in_prose(overall: Sequence[str], trace: Trace) -> Organisation:
    m = _SUBJECT.match(overall[0]) if overall else None
    if m is None:
        return NOBODY
    trace.places["/department/name"] = trace.places["/overall_goals/0"]
    trace.note(
        "department.from_prose",
        f"文本没有写明部门，取总体目标首句的主语“{m['name']}”。",
        "department",
        confidence=_DOUBTFUL,
    )
    return Organisation(None, m["name"])


def _fiscal_year(parts: Outline, overall: Sequence[str], read: ReadSheets, trace: Trace) -> FiscalYear | None:
    """The year on the cover, in a heading or in a sheet's head; else the year the overall goals open with."""
    headings = [*parts.cover, *parts.subtitle, *(s.heading for s in parts.sections)]
    headings += [b for b in parts.sheets if isinstance(b, Paragraph)]
    for paragraph in (*headings, *parts.furniture):
        m = _YEAR.search(paragraph.text)
        if m and (_TITLE.search(paragraph.text) or is_year_line(paragraph.text)):
            trace.put(paragraph.place, "fiscal_year")
            return FiscalYear(int(m[1]))
    if read.year is not None:
        return FiscalYear(read.year)
    over_targets = [cell for one in read.read for cell in one.columns if cell.label.column is Column.TARGET]
    by_year = {int(m[1]): cell for cell in over_targets if (m := _YEAR.search(cell.text))}
    if len(by_year) == 1:
        ((only, cell),) = by_year.items()
        trace.put(cell.place, "fiscal_year")
        trace.note("fiscal_year.from_head", f"年度取自指标值一栏的表头“{cell.text}”。", "fiscal_year")
        return FiscalYear(only)
    sheets = read.sheets
    for n, goal in enumerate(overall):
        if m := _OPENING_YEAR.match(goal):
            trace.places["/fiscal_year"] = trace.places[f"/overall_goals/{n}"]
            trace.note(
                "fiscal_year.from_prose",
                f"封面和标题没有年度，取总体目标开头的“{m[1]}年”。",
                "fiscal_year",
                confidence=_LIKELY,
            )
            return FiscalYear(int(m[1]))
    years = sorted({row.target.day.year for s in sheets for row in s.indicators if row.target.day})
    if years:
        named = "、".join(str(y) for y in years)
        trace.note(
            "fiscal_year.unknown", f"全文没有写明预算年度；指标值里的完成期限在 {named} 年，仅供参考。", "fiscal_year"
        )
    return None


def _unit_of_sheets(sheets: Sequence[GoalSheet], trace: Trace) -> CurrencyUnit | None:
    for n, sheet in enumerate(sheets):
        if sheet.budget.currency_unit is not None:
            place = trace.places.get(f"/goal_sheets/{n}/budget/currency_unit")
            if place is not None:
                trace.put(place, "currency_unit")
            return sheet.budget.currency_unit
    return None


def _tell_furniture(
    parts: Outline,
    forms: Sequence[str],
    title: str | None,
    department: Organisation,
    trace: Trace,
    vocabulary: Vocabulary,
) -> None:
    """Name what was left out: cover and contents lines, page numbers, titles of forms, and what belongs nowhere."""
    whole = compact(title)
    cover = [p for p in (*parts.cover, *parts.subtitle) if not _is_used_up(p.text, whole, department)]
    left = [p.text for p in (*cover, *parts.furniture) if p.text.strip()]
    if left:
        trace.note("furniture.dropped", f"封面、目录、篇名和页码未计入正文：{' / '.join(left)}")
    if forms:
        trace.note("furniture.dropped", f"表名未计入正文：{' / '.join(forms)}")
    for block in parts.stray:
        if isinstance(block, Paragraph) and _is_used_up(block.text, whole, department):
            continue
        if isinstance(block, Paragraph) and _is_aside(block.text, vocabulary):
            trace.note("furniture.dropped", f"{block.place.label}的备注、填报人一类的文字未计入正文：{block.text}")
        elif isinstance(block, Paragraph):
            trace.note("unplaced", f"{block.place.label}的文字不属于任何部分，未读入：{block.text}")
        else:
            _tell_table(block, f"{block.place.label}的表不认得", trace)


def _is_aside(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a line outside tables begins as rows under the indicators do: 备注：, 填报人：, 联系电话："""
    head = _COLON.split(text, maxsplit=1)[0]
    label = vocabulary.label(head.strip())
    return head != text and (label.is_tail or label.is_signature)


def _tell_lost_cells(lost: Sequence[Location], trace: Trace) -> None:
    """Note at its row, and at its field where other rows show the column, what reads as empty but is not."""
    rows: dict[tuple[str | None, str], str] = {}
    fields: dict[tuple[str | None, str], str] = {}
    for pointer, place in trace.places.items() if lost else ():
        if m := _ROW_POINTER.fullmatch(pointer):
            letters, number = _cell_name(place)
            rows.setdefault((place.worksheet, number), m["row"])
            if m["field"]:
                fields.setdefault((place.worksheet, letters), m["field"])
    for place in lost:
        letters, number = _cell_name(place)
        row, field = rows.get((place.worksheet, number)), fields.get((place.worksheet, letters), "")
        if row is not None:
            message = f"{place.cell} 是公式，没有保存计算结果，读作空格；请用 Excel 或 WPS 打开并保存一次再审。"
            trace.notes.append(Note("formula.no_result", f"{row}{field}", message, _DOUBTFUL))


def _cell_name(place: Location) -> tuple[str, str]:
    """Letters and number of a cell: D18 → D, 18."""
    cell = place.cell or ""
    letters = cell.rstrip("0123456789")
    return letters, cell[len(letters) :]


def _is_used_up(text: str, title: str, department: Organisation) -> bool:
    """Whether the title, the department and the year hold all that a line of the cover says."""
    words = "".join(text.split())
    if words in title or is_year_line(text):
        return True
    name = department.name or ""
    compiled = _COMPILED.fullmatch(text.strip()) or _COMPILED_BY.fullmatch(text.strip())
    return words == name or (compiled is not None and compiled["name"] == name)
