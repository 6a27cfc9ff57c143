"""All fields of a plan in one table: what each is called, what it holds, at which stage, in which value it is kept.

Data, places in words, columns of reports and workbooks, and the cells of a form on the screen are made from this table, in
this order. Paths are those of data and of pointers, which keep all stages of a sheet in one piece; ``owners`` says which
values of the domain hold a field.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache

from jixiao.domain.execution import Execution, FundSource, SourceExecution
from jixiao.domain.goal_sheet import Budget, DisbursementStep, GoalSheet, Project
from jixiao.domain.indicator import Indicator
from jixiao.domain.monitoring import MonitoringRow, MonitoringSheet
from jixiao.domain.organisation import Organisation
from jixiao.domain.plan import Activity, ActivityIndicator, Plan, RatingScale, Safeguard
from jixiao.domain.pointer import parts
from jixiao.domain.self_evaluation import SelfEvaluationRow, SelfEvaluationSheet
from jixiao.domain.stage import Stage
from jixiao.domain.target import Target

NOT_FILLED = "（未填）"
"""What a form prints for a level that a row does not have, where an empty cell would go on with the one above"""


class Kind(StrEnum):
    """What a field holds."""

    ID = "id"
    TEXT = "text"
    AMOUNT = "amount"
    """money as printed, in the currency unit of its sheet"""
    PERCENT = "percent"
    POINTS = "points"
    COUNT = "count"
    YEAR = "year"
    DATE = "date"
    CURRENCY = "currency"
    CLASS = "class"
    KIND = "kind"
    STAGE = "stage"
    TARGET = "target"
    """a value with its sign and unit, or in words"""
    GOALS = "goals"
    """goals in words, in order"""
    PART = "part"
    """a value with fields of its own"""
    PARTS = "parts"
    """several such values, in order"""

    @property
    def is_number(self) -> bool:
        """Whether it is a decimal number as printed."""
        return self in (Kind.AMOUNT, Kind.PERCENT, Kind.POINTS)


_STAGES: Mapping[type, Stage] = {
    MonitoringSheet: Stage.MONITORING,
    MonitoringRow: Stage.MONITORING,
    SelfEvaluationSheet: Stage.SELF_EVALUATION,
    SelfEvaluationRow: Stage.SELF_EVALUATION,
}


@dataclass(frozen=True, slots=True)
class FormField:
    """A field 「栏目」: its ``name`` in data, its Chinese ``label``, what it holds, and the values that keep it.

    ``labels`` are those of forms of a stage that call it otherwise; ``attribute`` its name in its owners, where that is
    another; ``unit`` the words behind a number; ``since`` the version of ``jixiao/plan/`` that has it first; ``fields``
    those of a part. ``ids`` names the ids of goals, which stand beside their words. A field that is ``needed`` is never None; one
    that is ``optional`` is left out of data where it says nothing, as it does on most forms.
    """

    name: str
    label: str
    kind: Kind
    owners: tuple[type, ...]
    attribute: str = ""
    labels: Mapping[Stage, str] = field(default_factory=dict)
    unit: str = ""
    since: int = 1
    fields: tuple[FormField, ...] = ()
    ids: str = ""
    needed: bool = False
    optional: bool = False

    @property
    def held_as(self) -> str:
        """The name of the attribute of its owners."""
        return self.attribute or self.name

    @property
    def is_later(self) -> bool:
        """Whether it is filled in after the goals were approved."""
        return all(owner in _STAGES for owner in self.owners)

    def at(self, stage: Stage) -> bool:
        """Whether forms of a stage have the field; goals stand on all of them."""
        return not self.is_later or stage in {_STAGES[owner] for owner in self.owners}

    def label_at(self, stage: Stage) -> str:
        """What forms of a stage call it."""
        return self.labels.get(stage, self.label)


def _parties(name: str, label: str, code: str, called: str, owner: type, value: type) -> FormField:
    """A field with a code and a name: a department, a budget unit, a project."""
    fields = (FormField("code", code, Kind.TEXT, (value,)), FormField("name", called, Kind.TEXT, (value,)))
    return FormField(name, label, Kind.PART, (owner,), fields=fields, needed=True)


_ANY = (GoalSheet, MonitoringSheet, SelfEvaluationSheet)
_FILLED = (MonitoringSheet, SelfEvaluationSheet)
_FILLED_ROW = (MonitoringRow, SelfEvaluationRow)


def _id(owner: type) -> FormField:
    return FormField("id", "标识", Kind.ID, (owner,), since=3, needed=True)


TARGET_FIELDS = (
    FormField("text", "指标值", Kind.TEXT, (Target,)),
    FormField("type", "指标值类型", Kind.TEXT, (Target,)),
    FormField("comparator", "比较符号", Kind.TEXT, (Target,)),
    FormField("value", "数值", Kind.TEXT, (Target,)),
    FormField("upper", "区间上端", Kind.TEXT, (Target,)),
    FormField("unit", "计量单位", Kind.TEXT, (Target,)),
)

RATING_FIELDS = tuple(
    FormField(name, label, Kind.TEXT, (RatingScale,))
    for name, label in (("excellent", "优"), ("good", "良"), ("fair", "中"), ("poor", "差"))
)

ACTIVITY_FIELDS = (
    _id(Activity),
    FormField("name", "职责活动", Kind.TEXT, (Activity,)),
    FormField("budget", "年度预算数", Kind.AMOUNT, (Activity,)),
    FormField("description", "内容描述", Kind.TEXT, (Activity,)),
    FormField("goal", "绩效目标", Kind.TEXT, (Activity,)),
    FormField(
        "indicators", "绩效指标", Kind.PARTS, (Activity,),
        fields=(
            _id(ActivityIndicator),
            FormField("text", "绩效指标", Kind.TEXT, (ActivityIndicator,), needed=True),
            FormField("rating_scale", "评价标准", Kind.PART, (ActivityIndicator,), fields=RATING_FIELDS),
        ),
    ),
)  # fmt: skip

SAFEGUARD_FIELDS = (
    _id(Safeguard),
    FormField("heading", "标题", Kind.TEXT, (Safeguard,)),
    FormField("text", "正文", Kind.TEXT, (Safeguard,)),
)

AMOUNT_FIELDS = (
    FormField("initial", "年初预算数", Kind.AMOUNT, (SourceExecution,)),
    FormField("revised", "全年预算数", Kind.AMOUNT, (SourceExecution,)),
    FormField("executed", "执行数", Kind.AMOUNT, (SourceExecution,)),
    FormField("expected", "全年预计执行数", Kind.AMOUNT, (SourceExecution,)),
    FormField("rate", "执行率", Kind.PERCENT, (SourceExecution,), unit="%"),
    FormField("weight", "分值", Kind.POINTS, (SourceExecution,), unit="分"),
    FormField("score", "得分", Kind.POINTS, (SourceExecution,), unit="分"),
)

INDICATOR_FIELDS = (
    _id(Indicator),
    FormField("class", "一级指标", Kind.CLASS, (Indicator,), attribute="class_"),
    FormField("kind", "二级指标", Kind.KIND, (Indicator,)),
    FormField("name", "三级指标", Kind.TEXT, (Indicator,)),
    FormField("description", "绩效指标描述", Kind.TEXT, (Indicator,)),
    FormField("target", "指标值", Kind.TARGET, (Indicator,), fields=TARGET_FIELDS, needed=True),
    FormField("basis", "指标值确定依据", Kind.TEXT, (Indicator,)),
    FormField("weight", "分值", Kind.POINTS, (Indicator,), unit="分"),
    FormField(
        "actual", "完成值", Kind.TARGET, _FILLED_ROW, labels={Stage.MONITORING: "执行情况"}, fields=TARGET_FIELDS
    ),
    FormField("score", "得分", Kind.POINTS, (SelfEvaluationRow,), unit="分"),
    FormField("deviation", "偏差原因", Kind.TEXT, _FILLED_ROW),
    FormField("expected", "全年预计完成情况", Kind.TARGET, (MonitoringRow,), since=2, fields=TARGET_FIELDS),
    FormField("likelihood", "完成可能性", Kind.TEXT, (MonitoringRow,), since=2),
)

GOAL_SHEET_FIELDS = (
    _id(GoalSheet),
    FormField("sequence", "序号", Kind.COUNT, (GoalSheet,), needed=True),
    FormField("stage", "表的种类", Kind.STAGE, _ANY, since=3, needed=True),
    FormField("title", "表名", Kind.TEXT, (GoalSheet,), since=3, optional=True),
    FormField("fiscal_year", "本表年度", Kind.YEAR, (GoalSheet,), since=3, optional=True),
    FormField("as_of", "截止日期", Kind.DATE, (MonitoringSheet,), since=3),
    _parties("budget_unit", "预算单位", "预算单位编码", "预算单位名称", GoalSheet, Organisation),
    _parties("project", "项目编码和名称", "项目编码", "项目名称", GoalSheet, Project),
    FormField(
        "budget", "预算规模", Kind.PART, (GoalSheet,), needed=True,
        fields=(
            FormField("currency_unit", "金额单位", Kind.CURRENCY, (Budget,)),
            FormField("total", "预算数", Kind.AMOUNT, (Budget,)),
            FormField("fiscal", "财政资金", Kind.AMOUNT, (Budget,)),
            FormField("other", "其他资金", Kind.AMOUNT, (Budget,)),
        ),
    ),
    FormField("purpose", "资金用途", Kind.TEXT, (GoalSheet,)),
    FormField(
        "disbursement_plan", "资金支出计划", Kind.PARTS, (GoalSheet,),
        fields=(
            _id(DisbursementStep),
            FormField("by", "时间点", Kind.TEXT, (DisbursementStep,), needed=True),
            FormField("percent", "累计支出比例", Kind.PERCENT, (DisbursementStep,), unit="%"),
        ),
    ),
    FormField("goals", "绩效目标", Kind.GOALS, (GoalSheet,), ids="goal_ids"),
    FormField("indicators", "绩效指标", Kind.PARTS, (GoalSheet,), fields=INDICATOR_FIELDS),
    FormField(
        "execution", "预算执行情况", Kind.PART, _FILLED, since=2,
        fields=tuple(
            FormField(source.value, source.label, Kind.PART, (Execution,), fields=AMOUNT_FIELDS) for source in FundSource
        ),
    ),
    FormField("goals_reached", "实际完成情况", Kind.GOALS, _FILLED, labels={Stage.MONITORING: "目标完成情况"}, since=2, ids="goals_reached_ids"),
    FormField("total_weight", "总分值", Kind.POINTS, (GoalSheet,), unit="分", since=2),
    FormField("execution_weight", "预算执行率分值", Kind.POINTS, (GoalSheet,), unit="分", since=3),
    FormField("total_score", "总得分", Kind.POINTS, (SelfEvaluationSheet,), unit="分", since=2),
    FormField("grade", "自评等级", Kind.TEXT, (SelfEvaluationSheet,), since=2),
)  # fmt: skip

PLAN_FIELDS = (
    FormField("title", "文本标题", Kind.TEXT, (Plan,)),
    FormField("fiscal_year", "预算年度", Kind.YEAR, (Plan,)),
    _parties("department", "部门名称", "部门编码", "部门名称", Plan, Organisation),
    FormField("currency_unit", "金额单位", Kind.CURRENCY, (Plan,)),
    FormField("overall_goals", "总体绩效目标", Kind.GOALS, (Plan,), ids="overall_goal_ids"),
    FormField("activities", "分项绩效目标", Kind.PARTS, (Plan,), fields=ACTIVITY_FIELDS),
    FormField("safeguards", "工作保障措施", Kind.PARTS, (Plan,), fields=SAFEGUARD_FIELDS),
    FormField("goal_sheets", "绩效目标表", Kind.PARTS, (Plan,), fields=GOAL_SHEET_FIELDS),
)


def every_field() -> Iterator[tuple[str, FormField]]:
    """(path, field) of all fields, in order; ``*`` stands for any place in a list: ``goal_sheets/*/budget/total``."""
    yield from _below("", PLAN_FIELDS)


def _below(prefix: str, fields: tuple[FormField, ...]) -> Iterator[tuple[str, FormField]]:
    for one in fields:
        path = f"{prefix}{one.name}"
        yield path, one
        yield from _below(f"{path}/*/" if one.kind is Kind.PARTS else f"{path}/", one.fields)


@cache
def _by_path() -> Mapping[str, FormField]:
    return dict(every_field())


def field_named(path: str) -> FormField:
    """The field of a path: ``field_named("goal_sheets/*/purpose").label``. Raises KeyError where there is none."""
    return _by_path()[path]


def field_at(pointer: str) -> FormField | None:
    """The field that a pointer leads to, or into an item of; None for the whole plan and for what is no field."""
    names = ["*" if name.isdecimal() else name for name in parts(pointer)]
    while names and names[-1] == "*":
        names.pop()
    return _by_path().get("/".join(names))
