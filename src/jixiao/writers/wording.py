"""Sentences that the letter and the report share."""

from __future__ import annotations

import re

from jixiao.documents.text import one_line
from jixiao.domain.finding import Deduction, GradeLevel, Review, RulesetStamp, Severity
from jixiao.domain.plan import Plan
from jixiao.domain.stage import Stage, stage_of
from jixiao.writers.reviewed import money_total
from jixiao.writers.text import chinese_date, number

_SUBJECTS = {Stage.GOALS: "部门预算绩效文本", Stage.MONITORING: "绩效运行监控表", Stage.SELF_EVALUATION: "绩效自评表"}
_PLACE = re.compile(r"[\u4e00-\u9fff]{1,7}?(?:自治区|自治州|[省市县区旗州盟])")
_LEVELS = ("省自治区", "市州盟自治州", "县区旗")
"""Ends of the names of places, from the widest to the nearest"""
_ADVISED = {
    Stage.GOALS: {
        GradeLevel.EXCELLENT: "建议采用",
        GradeLevel.GOOD: "建议与审核人员商定修改内容，完善后采用",
        GradeLevel.FAIR: "建议修改完善绩效目标后重新报送",
        GradeLevel.POOR: "建议重新研究编制绩效目标后再报送",
    },
    Stage.SELF_EVALUATION: {
        GradeLevel.EXCELLENT: "建议采用",
        GradeLevel.GOOD: "建议与审核人员商定修改内容，补正后采用",
        GradeLevel.FAIR: "建议补正后重新报送",
        GradeLevel.POOR: "建议按实际情况重新填写后再报送",
    },
}
_DECIDED = {
    Stage.GOALS: "最终等级和是否进入下一步预算安排程序，由审核人员核定。",
    Stage.SELF_EVALUATION: "最终等级和是否采用，由审核人员核定。",
}
"""What the program never decides"""
OWN_MEASURE = "本软件自定尺度"
YARDSTICK = (
    f"等级和得分按{OWN_MEASURE}给出，不是官方标准：四个方面的满分参照项目支出绩效目标审核表，每个问题扣多少分、"
    "同一条规则最多扣多少分由本软件自定。最终等级由审核人员核定。"
)


def stage(plan: Plan) -> Stage:
    """The stage of a text: the latest that all its sheets have reached."""
    later = plan.later_sheets
    stages = {stage_of(later.get(sheet.id)) for sheet in plan.goal_sheets}
    return stages.pop() if len(stages) == 1 else Stage.GOALS


def addressee(plan: Plan) -> str:
    """Whom a letter is addressed to: the department, or the one unit of all sheets where the department is of a wider place.

    Forms of transfers name 省级主管部门 and who spends the money; it is the latter who handed the text in. Empty where neither is told.
    """
    named = plan.department.label
    units = {sheet.budget_unit.name for sheet in plan.goal_sheets}
    unit = next(iter(units)) if len(units) == 1 else None
    return unit if unit and (not named or _is_wider(named, unit)) else named


def _is_wider(department: str, unit: str) -> bool:
    """Whether a department is of a province or city and the unit of a place below it, which it names first."""
    wide, near = _PLACE.match(department), _PLACE.match(unit)
    if wide is None or near is None or wide[0] == near[0]:
        return False
    return _level(wide[0]) < _level(near[0])


def _level(place: str) -> int:
    return next(n for n, ends in enumerate(_LEVELS) if place[-1] in ends)


def subject(plan: Plan) -> str:
    """What a text is: 部门预算绩效文本, 绩效自评表; a single sheet by its project: “招商费用”绩效目标表."""
    if not is_sheets_alone(plan):
        return _SUBJECTS[stage(plan)]
    form = str(stage(plan).label)
    if len(plan.goal_sheets) > 1:
        return f"项目{form}"
    (sheet,) = plan.goal_sheets
    name = one_line(sheet.project.name or "")
    return f"“{name}”{form}" if name else one_line(sheet.title or "") or form


def is_sheets_alone(plan: Plan) -> bool:
    """Whether it is one or several sheets by themselves and no text of a department."""
    return bool(plan.goal_sheets) and not (plan.overall_goals or plan.activities or plan.safeguards)


def next_step(plan: Plan, review: Review) -> str:
    """What is advised by grade, and who decides."""
    kind = Stage.GOALS if stage(plan) is Stage.GOALS else Stage.SELF_EVALUATION
    return f"{_ADVISED[kind][review.grade.level]}；{_DECIDED[kind]}"


def why_lower(review: Review) -> str:
    """Why the grade is lower than its points alone would give; empty where it is not."""
    return f"{review.grade.limit}。" if review.grade.limit else ""


def verdict(review: Review) -> str:
    """按本软件自定尺度评为“中”（72.5 分）"""
    return f"按{OWN_MEASURE}评为“{review.grade.level.label}”（{number(review.grade.score)} 分）"


def counts(review: Review) -> str:
    """How many findings of which severity, in one clause."""
    if not review.findings:
        return "未发现问题"
    each = "，".join(f"{s.label} {review.count(s)} 处" for s in Severity if review.count(s))
    return f"发现问题 {len(review.findings)} 处，其中{each}"


def extent(plan: Plan) -> str:
    """What the plan holds: 含 9 张绩效目标表、97 项绩效指标，金额合计 257.73 万元"""
    words = f"{plan.indicator_count} 项绩效指标"
    if not (is_sheets_alone(plan) and len(plan.goal_sheets) == 1):
        words = f"含 {len(plan.goal_sheets)} 张{stage(plan).label}、{words}"
    money = money_total(plan)
    if money.amount is None:
        return f"{words}，金额未写明或未写单位" if plan.goal_sheets else words
    total = "预算数合计" if len(plan.goal_sheets) > 1 or not is_sheets_alone(plan) else "预算数"
    words += f"，{total} {number(money.amount)} 万元"
    return words + (f"（另有 {money.uncounted} 张表的金额或单位未写明，未计入）" if money.uncounted else "")


def ruleset_words(stamp: RulesetStamp) -> str:
    """Which rules spoke: 规则集“全国通用”2026.1 版，按 2026年1月1日 有效的规定"""
    return f"规则集“{stamp.title}”（{stamp.version} 版），按 {chinese_date(stamp.as_of)}有效的规定"


def deduction_words(deduction: Deduction) -> str:
    """满意度方向写反 2 处，扣 8 分"""
    times = f" {len(deduction.findings)} 处" if deduction.findings else ""
    return f"{deduction.title}{times}，扣 {number(deduction.points)} 分"
