"""The review opinion 「审核意见」 on one plan: a letter to the department, as a document."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby

from jixiao.documents import (
    NARROW,
    Align,
    Block,
    Cell,
    Column,
    Document,
    Heading,
    Look,
    Page,
    Paragraph,
    Role,
    Run,
    Section,
    Table,
    to_docx,
)
from jixiao.documents.text import one_line
from jixiao.domain.finding import Aspect, Citation, Review
from jixiao.domain.note import Note
from jixiao.writers.entries import MANY_ENTRIES, Entry, cited, grade_of, gravest, gravest_of, sections, standing
from jixiao.writers.letter_rows import Letter, Row, cut, pattern, shown
from jixiao.writers.places import DEPARTMENT_WIDE, Places
from jixiao.writers.registry import writer
from jixiao.writers.reviewed import Reviewed, left_out
from jixiao.writers.text import number, sentence
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


@writer("opinion", "审核意见.docx", Reviewed)
def opinion_docx(reviewed: Reviewed) -> bytes:
    """The letter as a Word file."""
    return to_docx(opinion(reviewed))


def opinion(reviewed: Reviewed) -> Document:
    """The letter: what was found and how it was graded, then the pages of tables."""
    plan, review = reviewed.plan, reviewed.review
    year = f"{plan.fiscal_year.year}年" if plan.fiscal_year else ""
    about, title = f"关于{one_line(plan.department.label)}", f"{year}{subject(plan)}的审核意见"
    heading = about + ("" if len(about + title) <= _TITLE_LINE else "\n") + title
    places = Places(plan)
    letter = (
        Heading(heading, 0),
        *_conclusion(reviewed),
        Heading("一、需要重点修改的问题", 1),
        _gravest(review, places),
    )
    annex = Page(margins=NARROW)
    return Document(heading, review.ruleset.as_of, (Section(letter), Section(tuple(_tables(reviewed, places)), annex)))


def _tables(reviewed: Reviewed, places: Places) -> Iterator[Block]:
    plan, review = reviewed.plan, reviewed.review
    basis = {c: n for n, c in enumerate(cited([review]), 1)}
    outside = left_out(plan)
    doubtful = [n for n in plan.notes if n.confidence < 1 or n in outside]
    parts: list[tuple[str, Iterable[Block]]] = [
        ("问题清单", _all_findings(review, Letter(places, basis))),
        ("评分明细", _scores(reviewed, places)),
        ("审核依据", _basis(basis) if review.findings else ()),
        ("未能检查的事项", _not_run(review) if review.not_run else ()),
        ("读取说明", _notes(doubtful, outside, places) if doubtful else ()),
    ]
    n = 1
    for title, blocks in parts:
        if made := list(blocks):
            n += 1
            yield Heading(f"{_chinese(n)}、{title}", 1)
            yield from made
    yield from _signature()


def _conclusion(reviewed: Reviewed) -> Iterator[Block]:
    plan, review = reviewed.plan, reviewed.review
    yield Paragraph(f"{plan.department.label or '报送部门'}：", Role.OPENING)
    yield Paragraph(
        f"你单位报送的{subject(plan)}（文件“{one_line(plan.source.name)}”，{extent(plan)}）收悉。"
        f"经按{ruleset_words(review.ruleset)}审核，{verdict(review)}。{counts(review)}。{next_step(plan, review)}"
    )


def _gravest(review: Review, places: Places) -> Block:
    worst = gravest(review)
    if not worst:
        return Paragraph("未发现必须修改或需要说明的问题。")
    rows = []
    for n, entry in enumerate(worst, 1):
        first = entry.first
        example = "如：" if len({f.message for f in entry.findings}) > 1 else ""
        remedies = list(dict.fromkeys(f.suggestion for f in entry.findings if f.suggestion))
        mended = ("如：" if len(remedies) > 1 else "") + sentence(remedies[0]) if remedies else ""
        heading = f"{first.title}（{first.severity.label}，{len(entry.findings)} 处）"
        rows.append((n, _headed(heading, f"{example}{sentence(shown(first))}"), _where(entry, places), mended))
    return _read(rows, ("序", 8), ("问题（程度）", 68), ("位置", 36), ("怎么改", 44))


def _read(rows: Iterable[tuple[Cell | str | int, ...]], *columns: tuple[str, float]) -> Table:
    """A table that is read: long words in all columns but the first."""
    made = tuple(Column(title, width, None if n == 0 else Align.LEFT) for n, (title, width) in enumerate(columns))
    return Table(made, tuple(rows), (tuple(title for title, _ in columns),), read=True)


def _looked_up(rows: Iterable[tuple[str, ...]], *columns: tuple[str, float]) -> Table:
    """A table that is looked up."""
    made = tuple(Column(title, width) for title, width in columns)
    return Table(made, tuple(rows), (tuple(title for title, _ in columns),))


def _headed(heading: str, *lines: str) -> Cell:
    """A cell whose first line is bold."""
    rest = "\n".join(lines)
    return Cell((Run(f"{heading}\n" if rest else heading, strong=True), Run(rest)))


def _where(entry: Entry, places: Places) -> str:
    """「总体绩效目标第 2 段，第 1、3 张表」: one place in full, many by their sheets."""
    if len(entry.findings) == 1:
        place = places.of(entry.first.pointer)
        return f"{place.section}{place.words}" if place.sheet is not None else place.full
    found = [places.of(f.pointer) for f in entry.findings]
    sheets = dict.fromkeys(p.sheet + 1 for p in found if p.sheet is not None)
    words = list(dict.fromkeys(p.words for p in found if p.sheet is None))
    return "、".join(words + ([f"第 {'、'.join(map(str, sheets))} 张表"] if sheets else []))


def _all_findings(review: Review, letter: Letter) -> Iterator[Block]:
    found = sections(review)
    if not found:
        yield Paragraph("未发现问题。")
    for n, section in enumerate(found, 1):
        numeral = f"（{_chinese(n)}）"
        count = sum(len(e.findings) for e in section.entries)
        heading = DEPARTMENT_WIDE if section.sheet is None else letter.places.section(section.sheet)
        severities = list(dict.fromkeys(e.first.severity for e in section.entries))
        only = f"，{severities[0].label}" if len(severities) == 1 else ""
        yield Heading(f"{numeral}{heading}（{count} 处{only}）", 2)
        if len(section.entries) > MANY_ENTRIES and (first := gravest_of(section)):
            titles = "；".join(entry.first.title for entry in first)
            yield Paragraph(f"先改：{titles}（下表最前面 {len(first)} 项）。", Role.REMARK, keep=True)
        grade = grade_of(review, section.sheet)
        rows: list[tuple[Cell | str | int, ...]] = []
        numbered = list(enumerate(section.entries, 1))
        for severity, entries in groupby(numbered, key=lambda item: item[1].first.severity):
            rows += [] if only else [(Cell(severity.label, columns=5, look=Look.BAND),)]
            rows += [_finding_row(letter.row(k, numeral, entry, grade)) for k, entry in entries]
        yield _read(rows, ("序", 8), ("问题", 57), ("位置与原文", 57), ("怎么改", 41), ("依据", 11))


def _finding_row(row: Row) -> tuple[Cell | str | int, ...]:
    basis = Cell(row.basis, align=Align.CENTER)
    return (row.number, _headed(*row.problem), "\n".join(row.places), "\n".join(row.remedy), basis)


def _basis(basis: Mapping[Citation, int]) -> Iterator[Block]:
    """Every requirement cited above, once, in full, under the document it comes from."""
    yield Paragraph("表中“依据”一栏的编号指下列要求，均为概括大意，以文件原文为准：", Role.REMARK)
    for (instrument, words), group in groupby(basis, key=lambda c: (c.instrument, standing(c))):
        listed = "".join(f"{basis[c]}．{sentence(c.requirement)}" for c in group)
        yield Paragraph(f"{instrument}（{words}）：{listed}", Role.REMARK)


def _scores(reviewed: Reviewed, places: Places) -> Iterator[Block]:
    review = reviewed.review
    yield Paragraph(f"{verdict(review)}，各方面得分如下：", Role.REMARK, keep=True)
    rows = [
        (aspect.label, number(of), number(got), _why(aspect, of, review)) for aspect, got, of in review.grade.aspects
    ]
    possible = sum((of for _, _, of in review.grade.aspects), Decimal(0))
    rows.append(("合计", number(possible), number(review.grade.score), f"等级：{review.grade.level.label}"))
    yield _looked_up(rows, ("审核内容", 26), ("满分", 16), ("得分", 16), ("扣分说明", 98))
    if review.sheet_grades:
        yield Paragraph("各张绩效目标表的等级和得分如下，扣分写在问题清单各项题目后：", Role.REMARK, keep=True)
        sheets = [
            (
                places.section(n),
                s.grade.level.label,
                number(s.grade.score),
                *(number(got) for _, got, _ in s.grade.aspects),
            )
            for n, s in enumerate(review.sheet_grades)
        ]
        aspects = ((aspect.label, 16) for aspect, _, _ in review.grade.aspects)
        yield _looked_up(sheets, ("目标表", 60), ("等级", 12), ("得分", 14), *aspects)
    yield Paragraph(YARDSTICK, Role.REMARK)


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


def _not_run(review: Review) -> Iterator[Block]:
    yield Paragraph("下列检查因文本缺少所需内容或不适用而没有进行，请人工把握：", Role.REMARK, keep=True)
    by_reason: dict[str, list[str]] = defaultdict(list)
    for n in review.not_run:
        by_reason[n.reason].append(f"{n.title}（{n.rule}）")
    rows = [(reason, "、".join(checks)) for reason, checks in by_reason.items()]
    yield _looked_up(rows, ("原因", 60), ("没有进行的检查", 114))


def _notes(notes: list[Note], outside: list[Note], places: Places) -> Iterator[Block]:
    yield Paragraph("读取原文件时，下列内容没有读入，或由软件推断、修补，请对照原文件核对：", Role.REMARK, keep=True)
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
        rows.append((("如：" if many else "") + message, where, sure))
    yield _looked_up(rows, ("说明", 82), ("位置", 76), ("把握", 16))


def _signature() -> Iterator[Block]:
    words = "本意见由审核软件按规则生成，经审核人员核定后发出。对意见有异议的，请与审核人员联系说明。"
    yield Paragraph(words, Role.REMARK, keep=True)
    for label in ("审核人（签字）：", "审核单位（盖章）：", "　　　　年　　月　　日"):
        yield Paragraph(label, Role.SIGNATURE)


def _chinese(n: int) -> str:
    """1–99 in Chinese digits: 十二."""
    tens, ones = divmod(n, 10)
    if tens == 0:
        return _DIGITS[ones]
    return f"{'' if tens == 1 else _DIGITS[tens]}十{_DIGITS[ones] if ones else ''}"
