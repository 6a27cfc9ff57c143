"""The grade 优良中差: points per aspect, less what the findings take off, each deduction listed.

The four aspects and their points are those of the official review form. How many points a finding costs (parameter
``grade_deductions``) and how far errors hold the level down (``grade_limits``: points hide what must be mended) are this
project's own yardstick, printed with every grade and tunable by ruleset.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from jixiao.domain.finding import Aspect, Deduction, Finding, Grade, GradeLevel, Severity, SheetGrade
from jixiao.domain.note import UNPLACED
from jixiao.domain.pointer import indicator_at
from jixiao.parameters.keys import GRADE_ASPECTS, GRADE_BANDS, GRADE_DEDUCTIONS, GRADE_LIMITS
from jixiao.parameters.shapes import GradeDeductions, GradeLimits
from jixiao.readings.view import PlanView, SheetView
from jixiao.review.examined import Unexamined, unexamined
from jixiao.review.rule import Rule

_TENTH = Decimal("0.1")
_ASPECTS = tuple(Aspect)


def grade_plan(
    view: PlanView, rules: Mapping[str, Rule], findings: Sequence[Finding]
) -> tuple[Grade, tuple[SheetGrade, ...]]:
    """The grade of the whole plan and of each goal sheet.

    A sheet is graded by its own findings. The plan's points per aspect are the mean of its sheets' points, less the
    deductions for findings outside any sheet; without sheets, full points less those deductions. Errors hold down
    the level: of a sheet by their number, of the plan through its sheets. So does what is not there or was not read.
    """
    weights = view.parameter(GRADE_ASPECTS)
    by_sheet: dict[int | None, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_sheet[indicator_at(finding.pointer)[0]].append(finding)
    limits = view.parameter(GRADE_LIMITS)
    sheet_grades = tuple(
        SheetGrade(
            sheet.sheet.sequence,
            _sheet_grade(
                sheet,
                _grade(view, rules, by_sheet[sheet.index], _full(weights), gaps),
                gaps,
                limits,
                _errors(by_sheet[sheet.index]),
            ),
        )
        for sheet in view.sheets
        for gaps in (unexamined(sheet),)
    )
    start = _mean([s.grade for s in sheet_grades]) if sheet_grades else _full(weights)
    grade = _grade(view, rules, by_sheet[None], start)
    limited = _plan_limited(grade, limits.plan, sheet_grades, _errors(by_sheet.get(None, ())))
    return _as_far_as_read(limited, view), sheet_grades


def _sheet_grade(sheet: SheetView, grade: Grade, gaps: Sequence[Unexamined], limits: GradeLimits, errors: int) -> Grade:
    if not any(row.words for row in sheet.rows):
        return _at_most(grade, GradeLevel.POOR, "没有一行绩效指标")
    limited = _limited(grade, limits.sheet, errors, f"有 {errors} 处必须修改的问题")
    return _at_most(limited, GradeLevel.FAIR, "；".join(gap.words for gap in gaps)) if gaps else limited


def _as_far_as_read(grade: Grade, view: PlanView) -> Grade:
    """No level above what was there to be looked at: a text without sheets is none to pass, nor one read in part."""
    if not view.sheets:
        return _at_most(grade, GradeLevel.POOR, "没有读到绩效目标表，无从评定")
    if unread := sum(note.code == UNPLACED for note in view.plan.notes):
        return _at_most(grade, GradeLevel.GOOD, f"有 {unread} 处内容没有读入，须对照原文件核对")
    return grade


def _at_most(grade: Grade, level: GradeLevel, words: str) -> Grade:
    if _ORDER.index(grade.level) >= _ORDER.index(level):
        return grade
    return replace(grade, level=level, limit=f"{words}，等级不高于“{level.label}”")


def _errors(findings: Iterable[Finding]) -> int:
    return sum(f.severity is Severity.ERROR for f in findings)


def _plan_limited(grade: Grade, share: int, sheets: Sequence[SheetGrade], outside: int) -> Grade:
    """The plan's grade: not above 良 with any error, not above a level that ``share`` per cent of its sheets stay below."""
    total = len(sheets)
    for level in reversed(_ORDER[2:]):
        bad = sum(_ORDER.index(s.grade.level) >= _ORDER.index(level) for s in sheets)
        if total and 100 * bad >= share * total and _ORDER.index(level) > _ORDER.index(grade.level):
            words = f"{total} 张目标表中 {bad} 张的等级不高于“{level.label}”，整体等级不高于“{level.label}”"
            if total == 1 and sheets[0].grade.limit is not None:
                words = sheets[0].grade.limit  # of one sheet the reason says more than the count
            return replace(grade, level=level, limit=words)
    wrong = sum(s.grade.limit is not None or s.grade.level is not GradeLevel.EXCELLENT for s in sheets)
    if (outside or wrong) and grade.level is GradeLevel.EXCELLENT:
        words = f"{total} 张目标表中 {wrong} 张没有达到“优”" if wrong else f"部门整体部分有 {outside} 处必须修改的问题"
        return replace(grade, level=GradeLevel.GOOD, limit=f"{words}，整体等级不高于“良”")
    return grade


def _limited(grade: Grade, limits: Mapping[str, int], amount: int, words: str) -> Grade:
    """The grade with its level held down where ``amount`` reaches a limit."""
    level = grade.level
    for name, least in limits.items():
        if amount >= least and _ORDER.index(GradeLevel(name)) > _ORDER.index(level):
            level = GradeLevel(name)
    return grade if level is grade.level else replace(grade, level=level, limit=f"{words}，等级不高于“{level.label}”")


_ORDER = tuple(GradeLevel)


def _full(weights: Mapping[str, int]) -> dict[Aspect, Decimal]:
    return {aspect: Decimal(weights[aspect]) for aspect in _ASPECTS}


def _mean(grades: Sequence[Grade]) -> dict[Aspect, Decimal]:
    totals: dict[Aspect, Decimal] = defaultdict(Decimal)
    for grade in grades:
        for aspect, got, _ in grade.aspects:
            totals[aspect] += got
    return {a: (totals[a] / len(grades)).quantize(_TENTH, ROUND_HALF_UP) for a in _ASPECTS}


def _grade(
    view: PlanView,
    rules: Mapping[str, Rule],
    findings: Iterable[Finding],
    start: Mapping[Aspect, Decimal],
    gaps: Iterable[Unexamined] = (),
) -> Grade:
    weights = _full(view.parameter(GRADE_ASPECTS))
    deductions = _not_earned(gaps, weights) + _deductions(view.parameter(GRADE_DEDUCTIONS), rules, findings)
    lost = dict.fromkeys(_ASPECTS, Decimal(0))
    for deduction in deductions:
        lost[deduction.aspect] += deduction.points
    got = {aspect: max(Decimal(0), start[aspect] - points) for aspect, points in lost.items()}
    score = sum(got.values(), Decimal(0))
    return Grade(
        _level(score, view.parameter(GRADE_BANDS)),
        score,
        tuple([(aspect, got[aspect], weights[aspect]) for aspect in _ASPECTS]),
        tuple(deductions),
    )


def _not_earned(gaps: Iterable[Unexamined], weights: Mapping[Aspect, Decimal]) -> list[Deduction]:
    """The points of what could not be examined: of no rule and no finding."""
    return [
        Deduction(aspect, "", gap.words, (weights[aspect] * gap.share).quantize(_TENTH, ROUND_HALF_UP), ())
        for gap in gaps
        for aspect in gap.aspects
    ]


def _deductions(points: GradeDeductions, rules: Mapping[str, Rule], findings: Iterable[Finding]) -> list[Deduction]:
    """One deduction a rule: points per finding by severity, capped per rule so that one habit does not sink a plan."""
    by_rule: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_rule[finding.rule].append(finding)
    deductions = []
    for code, found in sorted(by_rule.items()):
        worst = min(found, key=lambda f: f.severity.rank).severity
        taken = sum((Decimal(str(points.per_finding[f.severity.value])) for f in found), Decimal(0))
        cap = Decimal(str(points.cap_per_rule[worst.value]))
        deductions.append(
            Deduction(rules[code].aspect, code, rules[code].title, min(taken, cap), tuple(f.id for f in found))
        )
    return [d for d in deductions if d.points]


def _level(score: Decimal, bands: Mapping[str, int]) -> GradeLevel:
    for level in (GradeLevel.EXCELLENT, GradeLevel.GOOD, GradeLevel.FAIR):
        if score >= Decimal(bands[level.value]):
            return level
    return GradeLevel.POOR
