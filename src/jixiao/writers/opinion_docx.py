"""The review opinion 「审核意见」 on one plan, as a Word document for the department."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby

from jixiao.domain.finding import Aspect, Citation, Review
from jixiao.domain.note import Note
from jixiao.writers.docx_page import Page
from jixiao.writers.entries import MANY_ENTRIES, Entry, cited, grade_of, gravest, gravest_of, sections, standing
from jixiao.writers.letter_rows import Letter, cut, pattern, shown
from jixiao.writers.places import DEPARTMENT_WIDE, Places
from jixiao.writers.reviewed import Reviewed, left_out
from jixiao.writers.text import number, one_line, sentence
from jixiao.writers.wording import (
    YARDSTICK,
    counts,
    extent,
    next_step,
    ruleset_words,
    subject,
    verdict,
)

_DIGITS = "零一二三四五六七八九"
_TITLE_LINE = 20
"""Characters on a line of the title; a longer one breaks behind the department, not inside a word."""
_LONG_NOTE = 150


def write_opinion(reviewed: Reviewed) -> bytes:
    """The .docx file. The same review gives the same bytes."""
    plan, review = reviewed.plan, reviewed.review
    year = f"{plan.fiscal_year.year}年" if plan.fiscal_year else ""
    about, title = f"关于{one_line(plan.department.label)}", f"{year}{subject(plan)}的审核意见"
    fits = len(about + title) <= _TITLE_LINE
    page = Page(about + ("" if fits else "\n") + title, review.ruleset.as_of)
    places = Places(plan)
    _conclusion(page, reviewed)
    headings = (f"{_chinese(n)}、" for n in range(1, 100))
    page.heading(f"{next(headings)}需要重点修改的问题", 1)
    _gravest(page, review, places)
    page.annex()
    page.heading(f"{next(headings)}问题清单", 1)
    basis = _numbered(review)
    _all_findings(page, review, Letter(places, basis))
    page.heading(f"{next(headings)}评分明细", 1)
    _scores(page, reviewed, places)
    if review.findings:
        page.heading(f"{next(headings)}审核依据", 1)
        _basis(page, basis)
    if review.not_run:
        page.heading(f"{next(headings)}未能检查的事项", 1)
        page.remark("下列检查因文本缺少所需内容或不适用而没有进行，请人工把握：", above=True)
        page.table(["原因", "没有进行的检查"], _not_run(review), [60, 114])
    outside = left_out(plan)
    if doubtful := [n for n in plan.notes if n.confidence < 1 or n in outside]:
        page.heading(f"{next(headings)}读取说明", 1)
        _notes(page, doubtful, outside, places)
    _signature(page)
    return page.to_bytes()


def _conclusion(page: Page, reviewed: Reviewed) -> None:
    plan, review = reviewed.plan, reviewed.review
    page.paragraph(f"{plan.department.label or '报送部门'}：", indent=False)
    page.paragraph(
        f"你单位报送的{subject(plan)}（文件“{one_line(plan.source.name)}”，{extent(plan)}）收悉。"
        f"经按{ruleset_words(review.ruleset)}审核，{verdict(review)}。{counts(review)}。{next_step(plan, review)}"
    )


def _gravest(page: Page, review: Review, places: Places) -> None:
    worst = gravest(review)
    if not worst:
        page.paragraph("未发现必须修改或需要说明的问题。")
        return
    rows = []
    for n, entry in enumerate(worst, 1):
        first = entry.first
        example = "如：" if len({f.message for f in entry.findings}) > 1 else ""
        remedies = list(dict.fromkeys(f.suggestion for f in entry.findings if f.suggestion))
        mended = ("如：" if len(remedies) > 1 else "") + sentence(remedies[0]) if remedies else ""
        heading = f"{first.title}（{first.severity.label}，{len(entry.findings)} 处）"
        rows.append([str(n), f"{heading}\n{example}{sentence(shown(first))}", _where(entry, places), mended])
    page.table(["序", "问题（程度）", "位置", "怎么改"], rows, [8, 68, 36, 44], strong=1)


def _where(entry: Entry, places: Places) -> str:
    """「总体绩效目标第 2 段，第 1、3 张表」: one place in full, many by their sheets."""
    if len(entry.findings) == 1:
        place = places.of(entry.first.pointer)
        return f"{place.section}{place.words}" if place.sheet is not None else place.full
    found = [places.of(f.pointer) for f in entry.findings]
    sheets = dict.fromkeys(p.sheet + 1 for p in found if p.sheet is not None)
    words = list(dict.fromkeys(p.words for p in found if p.sheet is None))
    return "、".join(words + ([f"第 {'、'.join(map(str, sheets))} 张表"] if sheets else []))


def _all_findings(page: Page, review: Review, letter: Letter) -> None:
    found = sections(review)
    if not found:
        page.paragraph("未发现问题。")
    for n, section in enumerate(found, 1):
        numeral = f"（{_chinese(n)}）"
        count = sum(len(e.findings) for e in section.entries)
        heading = DEPARTMENT_WIDE if section.sheet is None else letter.places.section(section.sheet)
        severities = list(dict.fromkeys(e.first.severity for e in section.entries))
        only = f"，{severities[0].label}" if len(severities) == 1 else ""
        page.heading(f"{numeral}{heading}（{count} 处{only}）", 2)
        if len(section.entries) > MANY_ENTRIES and (first := gravest_of(section)):
            page.remark(
                f"先改：{'；'.join(entry.first.title for entry in first)}（下表最前面 {len(first)} 项）。", above=True
            )
        grade = grade_of(review, section.sheet)
        rows: list[list[str]] = []
        numbered = list(enumerate(section.entries, 1))
        for severity, entries in groupby(numbered, key=lambda item: item[1].first.severity):
            rows += [] if only else [[severity.label]]
            rows += [letter.row(k, numeral, entry, grade).cells for k, entry in entries]
        page.table(["序", "问题", "位置与原文", "怎么改", "依据"], rows, [8, 57, 57, 41, 11], strong=1)


def _numbered(review: Review) -> dict[Citation, int]:
    """The requirements cited in the letter, in the order in which it lists them."""
    return {c: n for n, c in enumerate(cited([review]), 1)}


def _basis(page: Page, basis: Mapping[Citation, int]) -> None:
    """Every requirement cited above, once, in full, under the document it comes from."""
    page.remark("表中“依据”一栏的编号指下列要求，均为概括大意，以文件原文为准：")
    for (instrument, words), group in groupby(basis, key=lambda c: (c.instrument, standing(c))):
        listed = "".join(f"{basis[c]}．{sentence(c.requirement)}" for c in group)
        page.remark(f"{instrument}（{words}）：{listed}")


def _scores(page: Page, reviewed: Reviewed, places: Places) -> None:
    review = reviewed.review
    page.remark(f"{verdict(review)}，各方面得分如下：", above=True)
    rows = [
        [aspect.label, number(of), number(got), _why(aspect, of, review)] for aspect, got, of in review.grade.aspects
    ]
    possible = sum((of for _, _, of in review.grade.aspects), Decimal(0))
    rows.append(["合计", number(possible), number(review.grade.score), f"等级：{review.grade.level.label}"])
    page.table(["审核内容", "满分", "得分", "扣分说明"], rows, [26, 16, 16, 98])
    if review.sheet_grades:
        page.remark("各张绩效目标表的等级和得分如下，扣分写在问题清单各项题目后：", above=True)
        header = ["目标表", "等级", "得分", *(aspect.label for aspect, _, _ in review.grade.aspects)]
        sheets = [
            [places.section(n), s.grade.level.label, number(s.grade.score)]
            + [number(got) for _, got, _ in s.grade.aspects]
            for n, s in enumerate(review.sheet_grades)
        ]
        page.table(header, sheets, [60, 12, 14, *([16] * len(review.grade.aspects))])
    page.remark(YARDSTICK)


def _why(aspect: Aspect, possible: Decimal, review: Review) -> str:
    """Where the points of one aspect went: the sheets' mean loss, then what the department-wide part lost."""
    reasons = []
    if review.sheet_grades:
        lost = [possible - got for s in review.sheet_grades for a, got, _ in s.grade.aspects if a is aspect]
        mean = (sum(lost, Decimal(0)) / len(lost)).quantize(Decimal("0.1"), ROUND_HALF_UP)
        if mean:
            reasons.append(f"各张目标表平均扣 {number(mean)} 分")
    if outside := sum((d.points for d in review.grade.deductions if d.aspect is aspect), Decimal(0)):
        reasons.append(f"{DEPARTMENT_WIDE}扣 {number(outside)} 分")
    return "；".join(reasons) or "未扣分"


def _not_run(review: Review) -> list[list[str]]:
    by_reason: dict[str, list[str]] = defaultdict(list)
    for n in review.not_run:
        by_reason[n.reason].append(f"{n.title}（{n.rule}）")
    return [[reason, "、".join(checks)] for reason, checks in by_reason.items()]


def _notes(page: Page, notes: list[Note], outside: list[Note], places: Places) -> None:
    page.remark("读取原文件时，下列内容没有读入，或由软件推断、修补，请对照原文件核对：", above=True)
    alike: dict[tuple[str, str], list[Note]] = defaultdict(list)
    for note in notes:
        alike[(note.code, pattern(note.message))].append(note)
    rows = []
    for same in alike.values():
        many = len({note.message for note in same}) > 1
        where = places.together(note.pointer for note in same)
        if len(same) == 1 and (in_file := places.of(same[0].pointer).in_file):
            where += f"（文件{in_file}）"
        sure = "未读入" if same[0] in outside else f"{number(min(note.confidence for note in same) * 100)}%"
        message = cut(one_line(same[0].message), _LONG_NOTE)
        rows.append([("如：" if many else "") + message, where, sure])
    page.table(["说明", "位置", "把握"], rows, [82, 76, 16])


def _signature(page: Page) -> None:
    page.remark("本意见由审核软件按规则生成，经审核人员核定后发出。对意见有异议的，请与审核人员联系说明。", above=True)
    for label in ("审核人（签字）：", "审核单位（盖章）：", "　　　　年　　月　　日"):
        page.signature(label)


def _chinese(n: int) -> str:
    """1–99 in Chinese digits: 十二."""
    tens, ones = divmod(n, 10)
    if tens == 0:
        return _DIGITS[ones]
    return f"{'' if tens == 1 else _DIGITS[tens]}十{_DIGITS[ones] if ones else ''}"
