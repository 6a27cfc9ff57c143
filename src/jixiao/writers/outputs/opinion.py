"""The review opinion 「审核意见」 on one plan: a letter to the department, as a document."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
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
from jixiao.domain.finding import Aspect, Review, Severity
from jixiao.writers.entries import (
    MANY_ENTRIES,
    Entry,
    cited,
    force_words,
    grade_of,
    gravest,
    gravest_of,
    sections,
)
from jixiao.writers.letter_rows import Row, row_of, shown
from jixiao.writers.places import DEPARTMENT_WIDE, Places
from jixiao.writers.reading_notes import reading_notes
from jixiao.writers.registry import writer
from jixiao.writers.reviewed import Reviewed
from jixiao.writers.text import cut, number, sentence
from jixiao.writers.wording import (
    OWN_MEASURE,
    YARDSTICK,
    addressee,
    counts,
    extent,
    next_step,
    ruleset_words,
    stage,
    subject,
    verdict,
    why_lower,
)

_DIGITS = "零一二三四五六七八九"
_TITLE_LINE = 20
"""Characters on a line of the title; a longer one breaks behind the department, not inside a word."""
_LONG_EXAMPLE = 60
"""Characters of a sentence on the page to sign; it stands in full in the list"""
_NARROW = 10
"""mm of a column that holds numbers"""


@writer("opinion", "审核意见.docx", Reviewed)
def opinion_docx(reviewed: Reviewed) -> bytes:
    """The letter as a Word file."""
    return to_docx(opinion(reviewed))


def opinion(reviewed: Reviewed) -> Document:
    """The letter to sign, then its annexes: pages of tables."""
    plan, review = reviewed.plan, reviewed.review
    year = f"{plan.fiscal_year.year}年" if plan.fiscal_year else ""
    about, title = f"关于{one_line(addressee(plan))}", f"{year}{subject(plan)}的审核意见"
    heading = about + ("" if len(about + title) <= _TITLE_LINE else "\n") + title
    places = Places(plan)
    annexes = [(name, blocks) for name, made in _annexes(reviewed, places) if (blocks := tuple(made))]
    names = "；".join(f"{n}．{name}" for n, (name, _) in enumerate(annexes, 1))
    letter = (
        Heading(heading, 0),
        *_conclusion(reviewed),
        Heading("需要重点修改的问题", 1),
        _gravest(review, places),
        *_others(review),
        Paragraph(f"附件：{names}。", Role.REMARK),
        *_signature(),
    )
    tables = [
        block
        for n, (name, blocks) in enumerate(annexes, 1)
        for block in (Heading(f"附件 {n}　{name}", 1, annex=True), *blocks)
    ]
    return Document(heading, review.ruleset.as_of, (Section(letter), Section(tuple(tables), Page(margins=NARROW))))


def _annexes(reviewed: Reviewed, places: Places) -> Iterator[tuple[str, Iterable[Block]]]:
    """(name, what stands in it); one in which nothing stands is left out."""
    review = reviewed.review
    yield "问题清单", _all_findings(reviewed, places)
    yield "评分明细", _scores(reviewed, places)
    yield "审核依据", _basis(review) if review.findings else ()
    yield "未能检查的事项", _not_run(review) if review.not_run else ()
    yield "读取说明", reading_notes(reviewed.plan, places)


def _conclusion(reviewed: Reviewed) -> Iterator[Block]:
    plan, review = reviewed.plan, reviewed.review
    yield Paragraph(f"{addressee(plan) or '报送部门'}：", Role.OPENING)
    yield Paragraph(
        f"你单位报送的{subject(plan)}（{extent(plan)}）收悉。经审核，{counts(review)}。"
        f"{verdict(review)}。{next_step(plan, review)}"
    )


def _others(review: Review) -> Iterator[Block]:
    """How much the annex holds besides: the page to sign names the gravest kinds only."""
    shown = {f for entry in gravest(review) for f in entry.findings}
    others = [f for f in review.findings if f not in shown]
    if shown and others:
        errors = sum(f.severity is Severity.ERROR for f in others)
        must = f"，其中必须修改 {errors} 处" if errors else ""
        yield Paragraph(f"其余 {len(others)} 处问题{must}，见附件 1。", Role.REMARK)


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
        many = f"，{len(entry.findings)} 处" if len(entry.findings) > 1 else ""
        words = cut(f"{example}{sentence(shown(first.says))}", _LONG_EXAMPLE)
        problem = _headed(f"{first.title}（{first.severity.label}{many}）", words)
        rows.append((n, problem, _where(entry, places), mended))
    return _read(rows, ("序", 8), ("问题（程度）", 68), ("位置", 36), ("怎么改", 44))


def _read(rows: Iterable[tuple[Cell | str | int, ...]], *columns: tuple[str, float]) -> Table:
    """A table that is read: words from the left in all columns but those of numbers."""
    made = tuple(Column(title, width, Align.CENTER if width < _NARROW else Align.LEFT) for title, width in columns)
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
        return place.full if place.sheet is None else f"第 {place.sheet + 1} 张表{places.brief(entry.first.pointer)}"
    found = [places.of(f.pointer) for f in entry.findings]
    sheets = dict.fromkeys(p.sheet + 1 for p in found if p.sheet is not None)
    words = list(dict.fromkeys(p.words for p in found if p.sheet is None))
    return "、".join(words + ([f"第 {'、'.join(map(str, sheets))} 张表"] if sheets else []))


def _all_findings(reviewed: Reviewed, places: Places) -> Iterator[Block]:
    review = reviewed.review
    file = one_line(reviewed.plan.source.name)
    yield Paragraph(f"审核的文件：“{file}”；{ruleset_words(review.ruleset)}。", Role.REMARK)
    found = sections(review)
    if not found:
        yield Paragraph("未发现问题。")
    for n, section in enumerate(found, 1):
        count = sum(len(e.findings) for e in section.entries)
        heading = DEPARTMENT_WIDE if section.sheet is None else places.section(section.sheet)
        severities = list(dict.fromkeys(e.first.severity for e in section.entries))
        only = f"，{severities[0].label}" if len(severities) == 1 else ""
        yield Heading(f"（{_chinese(n)}）{heading}（{count} 处{only}）", 2)
        if len(section.entries) > MANY_ENTRIES and (first := gravest_of(section)):
            titles = "；".join(dict.fromkeys(entry.first.title for entry in first))
            yield Paragraph(f"先改：{titles}（下表最前面 {len(first)} 项）。", Role.REMARK, keep=True)
        grade = grade_of(review, section.sheet)
        rows: list[tuple[Cell | str | int, ...]] = []
        numbered = list(enumerate(section.entries, 1))
        for severity, entries in groupby(numbered, key=lambda item: item[1].first.severity):
            rows += [] if only else [(Cell(severity.label, columns=4, look=Look.BAND),)]
            rows += [_finding_row(row_of(k, entry, grade, places)) for k, entry in entries]
        yield _read(rows, ("序", 8), ("问题", 58), ("位置与原文", 52), ("怎么改和依据", 56))


def _finding_row(row: Row) -> tuple[Cell | str | int, ...]:
    basis = [f"依据：{'；'.join(row.basis)}。"] if row.basis else []
    return (row.number, _headed(*row.problem), "\n".join(row.places), "\n".join([*row.remedy, *basis]))


def _basis(review: Review) -> Iterator[Block]:
    """Every requirement cited above, once, in full, under the document it comes from."""
    words = f"下列要求均为概括大意，以文件原文为准。问题说明中没有注明出处的数量界限，为{OWN_MEASURE}，供参考。"
    yield Paragraph(words, Role.REMARK, keep=True)
    rows: list[tuple[Cell | str, ...]] = []
    for (instrument, force), group in groupby(cited([review]), key=lambda c: (c.instrument, c.force)):
        first, *others = group
        document = Cell(f"{instrument}\n（{force_words(force)}）", rows=len(others) + 1)
        rows.append((document, first.name, sentence(first.words)))
        rows += [(c.name, sentence(c.words)) for c in others]
    yield _read(rows, ("文件（效力）", 46), ("要求", 26), ("大意", 102))


def _scores(reviewed: Reviewed, places: Places) -> Iterator[Block]:
    review, form = reviewed.review, stage(reviewed.plan).label.removeprefix("绩效")
    yield Paragraph(f"{verdict(review)}。{why_lower(review)}各方面得分如下：", Role.REMARK, keep=True)
    rows = [
        (aspect.label, number(of), number(got), _why(aspect, of, review, form))
        for aspect, got, of in review.grade.aspects
    ]
    possible = sum((of for _, _, of in review.grade.aspects), Decimal(0))
    rows.append(("合计", number(possible), number(review.grade.score), f"等级：{review.grade.level.label}"))
    yield _looked_up(rows, ("审核内容", 26), ("满分", 16), ("得分", 16), ("扣分说明", 98))
    if len(review.sheet_grades) > 1:  # of a single one the table above says it all
        yield Paragraph(f"各张绩效{form}的等级和得分如下，扣分写在问题清单各项题目后：", Role.REMARK, keep=True)
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
        yield _looked_up(sheets, (form, 60), ("等级", 12), ("得分", 14), *aspects)
    yield Paragraph(YARDSTICK, Role.REMARK)


def _why(aspect: Aspect, possible: Decimal, review: Review, form: str) -> str:
    """Where the points of one aspect went: the mean loss of the sheets of a form, then what the department-wide part lost."""
    reasons = []
    if review.sheet_grades:
        lost = [possible - got for s in review.sheet_grades for a, got, _ in s.grade.aspects if a is aspect]
        mean = (sum(lost, Decimal(0)) / len(lost)).quantize(Decimal("0.1"), ROUND_HALF_UP)
        if mean:
            reasons.append(f"{f'各张{form}平均' if len(lost) > 1 else f'这张{form}'}扣 {number(mean)} 分")
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
