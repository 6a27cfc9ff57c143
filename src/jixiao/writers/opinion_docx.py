"""The review opinion 「审核意见」 on one plan, as a Word document for the department."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from jixiao.domain.finding import Aspect, Deduction, Grade, Review
from jixiao.domain.note import Note
from jixiao.writers.docx_page import Page
from jixiao.writers.entries import Entry, Section, basis_names, basis_words, gravest, gravest_of, sections
from jixiao.writers.places import DEPARTMENT_WIDE, Places
from jixiao.writers.reviewed import Reviewed
from jixiao.writers.text import number, one_line, sentence
from jixiao.writers.wording import (
    YARDSTICK,
    counts,
    deduction_words,
    extent,
    next_step,
    ruleset_words,
    verdict,
)

_DIGITS = "零一二三四五六七八九"
_TITLE_LINE = 20
"""Characters on a line of the title; a longer one breaks behind the department, not inside a word."""
_MANY_ENTRIES = 5
"""Kinds of problems in a section above which it opens with the three to mend first"""
_FEW_PLACES = 2
_MOST_PLACES = 6
"""Places a summary line names before it says how many more there are; the list below names all."""


def write_opinion(reviewed: Reviewed) -> bytes:
    """The .docx file. The same review gives the same bytes."""
    plan, review = reviewed.plan, reviewed.review
    year = f"{plan.fiscal_year.year}年" if plan.fiscal_year else ""
    about, subject = f"关于{one_line(plan.department.label)}", f"{year}部门预算绩效文本的审核意见"
    fits = len(about + subject) <= _TITLE_LINE
    page = Page(about + ("" if fits else "\n") + subject, review.ruleset.as_of)
    places = Places(plan)
    _conclusion(page, reviewed)
    headings = (f"{_chinese(n)}、" for n in range(1, 100))
    page.heading(f"{next(headings)}需要重点修改的问题", 1)
    _gravest(page, review, places)
    page.heading(f"{next(headings)}问题清单", 1)
    _all_findings(page, review, places)
    page.heading(f"{next(headings)}评分明细", 1)
    _scores(page, reviewed, places)
    if review.findings:
        page.heading(f"{next(headings)}审核依据", 1)
        _basis(page, review)
    if review.not_run:
        page.heading(f"{next(headings)}未能检查的事项", 1)
        page.paragraph("下列检查因文本缺少所需内容或不适用而没有进行，请人工把握：")
        page.table(["规则", "检查内容", "原因"], [[n.rule, n.title, n.reason] for n in review.not_run], [18, 60, 78])
    if doubtful := [n for n in plan.notes if n.confidence < 1]:
        page.heading(f"{next(headings)}读取说明", 1)
        _notes(page, doubtful, places)
    _signature(page)
    return page.to_bytes()


def _conclusion(page: Page, reviewed: Reviewed) -> None:
    plan, review = reviewed.plan, reviewed.review
    page.paragraph(f"{plan.department.label or '报送部门'}：", indent=False)
    page.paragraph(
        f"你单位报送的部门预算绩效文本（文件“{one_line(plan.source.name)}”，{extent(plan)}）收悉。"
        f"经按{ruleset_words(review.ruleset)}审核，{verdict(review)}。{counts(review)}。{next_step(review)}"
    )


def _gravest(page: Page, review: Review, places: Places) -> None:
    worst = gravest(review)
    if not worst:
        page.paragraph("未发现必须修改或需要说明的问题。")
    for n, entry in enumerate(worst, 1):
        where = "；".join(_where(f.pointer, places) for f in entry.findings[:_MOST_PLACES])
        more = f"等 {len(entry.findings)} 处" if len(entry.findings) > _MOST_PLACES else ""
        first = entry.first
        example = "例如：" if len(entry.messages) > 1 else ""
        mended = (
            f"改法{'如' if len(entry.suggestions) > 1 else ''}：{sentence(entry.suggestions[0])}"
            if entry.suggestions
            else ""
        )
        page.paragraph(
            f"{n}．{first.title}（{first.severity.label}，{len(entry.findings)} 处）。"
            f"{example}{sentence(first.message)}位置：{where}{more}。{mended}"
        )


def _where(pointer: str, places: Places) -> str:
    place = places.of(pointer)
    return f"{place.section}{place.words}" if place.sheet is not None else place.words


def _all_findings(page: Page, review: Review, places: Places) -> None:
    found = sections(review.findings)
    if not found:
        page.paragraph("未发现问题。")
    for n, section in enumerate(found, 1):
        heading = DEPARTMENT_WIDE if section.sheet is None else places.section(section.sheet)
        page.heading(f"（{_chinese(n)}）{heading}（{_case_count(section)} 处）", 2)
        if len(section.entries) > _MANY_ENTRIES and (first := gravest_of(section, review)):
            page.paragraph(f"先改：{'；'.join(_in_short(entry, places) for entry in first)}。")
        for k, entry in enumerate(section.entries, 1):
            _entry(page, k, entry, places)


def _in_short(entry: Entry, places: Places) -> str:
    """满意度方向写反（第2行）"""
    where = "、".join(places.of(f.pointer).words for f in entry.findings[:_FEW_PLACES])
    more = f"等 {len(entry.findings)} 处" if len(entry.findings) > _FEW_PLACES else ""
    return f"{entry.first.title}（{where}{more}）"


def _case_count(section: Section) -> int:
    return sum(len(e.findings) for e in section.entries)


def _entry(page: Page, n: int, entry: Entry, places: Places) -> None:
    first = entry.first
    many = f"，{len(entry.findings)} 处" if len(entry.findings) > 1 else ""
    page.heading(f"{n}．{first.title}（{first.severity.label}{many}）", 3)
    if len(entry.findings) == 1:
        page.detail("位置", places.of(first.pointer).full)
        if first.evidence:
            page.detail("原文", first.evidence)
    else:
        for k, finding in enumerate(entry.findings, 1):
            page.detail(f"位置 {k}", f"{places.of(finding.pointer).full}。原文：{finding.evidence or '（空白）'}")
    for others in dict.fromkeys(tuple(f.related) for f in entry.findings if f.related):
        page.detail("对照", "；".join(places.of(p).full for p in others))
    _numbered(page, "问题", entry.messages)
    _numbered(page, "建议写法", entry.suggestions)
    if entry.citations:
        page.detail("依据", sentence(basis_names(entry.citations)))
    if first.confidence < 1:
        page.detail("把握", f"此项判断约有 {number(first.confidence * 100)}% 的把握，请人工核对。")


def _numbered(page: Page, label: str, texts: tuple[str, ...]) -> None:
    for k, text in enumerate(texts, 1):
        page.detail(f"{label} {k}" if len(texts) > 1 else label, sentence(text))


def _basis(page: Page, review: Review) -> None:
    """Every requirement cited above, once, in full."""
    cited = dict.fromkeys(c for finding in review.findings for c in finding.citations)
    page.paragraph("上列问题所依据的要求如下，均为概括大意，以文件原文为准：")
    for n, words in enumerate(basis_words(sorted(cited, key=lambda c: (c.instrument, c.requirement))), 1):
        page.remark(f"{n}．{words}")


def _scores(page: Page, reviewed: Reviewed, places: Places) -> None:
    review = reviewed.review
    page.paragraph(f"{verdict(review)}，各方面得分如下：")
    rows = [
        [aspect.label, number(of), number(got), _why(aspect, of, review)] for aspect, got, of in review.grade.aspects
    ]
    possible = sum((of for _, _, of in review.grade.aspects), Decimal(0))
    rows.append(["合计", number(possible), number(review.grade.score), f"等级：{review.grade.level.label}"])
    page.table(["审核内容", "满分", "得分", "扣分说明"], rows, [26, 16, 16, 98])
    if review.sheet_grades:
        page.paragraph("各张绩效目标表的得分和扣分如下：")
        page.table(
            ["目标表", "等级", "得分", "扣分明细"],
            [
                [places.section(n), s.grade.level.label, number(s.grade.score), _deductions(s.grade)]
                for n, s in enumerate(review.sheet_grades)
            ],
            [44, 14, 16, 82],
        )
    page.remark(YARDSTICK)


def _why(aspect: Aspect, possible: Decimal, review: Review) -> str:
    """Where the points of one aspect went: the sheets' mean loss, then each department-wide deduction."""
    reasons = []
    if review.sheet_grades:
        lost = [possible - got for s in review.sheet_grades for a, got, _ in s.grade.aspects if a is aspect]
        mean = (sum(lost, Decimal(0)) / len(lost)).quantize(Decimal("0.1"), ROUND_HALF_UP)
        if mean:
            reasons.append(f"各张目标表平均扣 {number(mean)} 分")
    reasons += [f"{DEPARTMENT_WIDE}：{deduction_words(d)}" for d in _of(aspect, review.grade.deductions)]
    return "；".join(reasons) or "未扣分"


def _of(aspect: Aspect, deductions: Iterable[Deduction]) -> list[Deduction]:
    return [d for d in deductions if d.aspect is aspect]


def _deductions(grade: Grade) -> str:
    return "；".join(f"{d.aspect.label}：{deduction_words(d)}" for d in grade.deductions) or "未扣分"


def _notes(page: Page, notes: list[Note], places: Places) -> None:
    page.paragraph("读取原文件时，下列内容由软件推断或修补，请对照原文件核对：")
    rows = []
    for note in notes:
        place = places.of(note.pointer)
        where = f"{place.section} {place.full}" if place.sheet is not None else place.full
        rows.append([where, note.message, f"{number(note.confidence * 100)}%"])
    page.table(["位置", "说明", "把握"], rows, [56, 82, 18])


def _signature(page: Page) -> None:
    page.paragraph("本意见由审核软件按规则生成，经审核人员核定后发出。对意见有异议的，请与审核人员联系说明。")
    for label in ("", "审核人（签字）：", "审核单位（盖章）：", "　　　　年　　月　　日"):
        page.signature(label)


def _chinese(n: int) -> str:
    """1–99 in Chinese digits: 十二."""
    tens, ones = divmod(n, 10)
    if tens == 0:
        return _DIGITS[ones]
    return f"{'' if tens == 1 else _DIGITS[tens]}十{_DIGITS[ones] if ones else ''}"
