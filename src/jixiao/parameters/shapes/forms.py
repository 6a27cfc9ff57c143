"""The shapes of parameters on forms and their parts, and the grade of the whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ActivityColumns:
    """分项绩效目标表应有的栏目：绩效指标、评价标准 (``activity_columns``)."""

    indicators: bool
    rating_scale: bool


@dataclass(frozen=True, slots=True)
class ActivityLikeness:
    """分项与项目：名称用词有多大比例在对方文字里出现才算对应、低于多大比例才说没有对应；对应时最多试几张表相加 (``activity_likeness``)."""

    linked: float
    unlinked: float
    most_together: int


@dataclass(frozen=True, slots=True)
class GradeDeductions:
    """每个问题的扣分与每条规则的扣分上限 (``grade_deductions``)."""

    per_finding: Mapping[str, float]
    cap_per_rule: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class GradeLimits:
    """必须修改的问题对等级的限制（每张表按处数；整份文本按目标表的等级，占比达到多少就跟着定） (``grade_limits``)."""

    sheet: Mapping[str, int]
    plan: int


@dataclass(frozen=True, slots=True)
class HeadedShare:
    """带编号标题的措施至少多大比例写了内容，才说其余的只有标题 (``headed_share``)."""

    share: float


@dataclass(frozen=True, slots=True)
class HebeiSigns:
    """认出河北表式的特征：支出计划的四个月份、项目编码的式样 (``hebei_signs``)."""

    months: tuple[int, ...]
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class IndicatorCarriedShare:
    """分项指标的用词有多大比例（%）在承接它的目标表里出现，才算落到了项目 (``indicator_carried_share``)."""

    share: int
    fewest_characters: int


@dataclass(frozen=True, slots=True)
class IndicatorCount:
    """一个项目的指标行数，低于下限或高于上限时提示 (``indicator_count``)."""

    fewest: int
    most: int
    far_too_few: int


@dataclass(frozen=True, slots=True)
class NumberNounLength:
    """说清数的是什么至少要几个字：同一处、不同处 (``number_noun_length``)."""

    near: int
    far: int


@dataclass(frozen=True, slots=True)
class ProjectCodeCheck:
    """项目编码末位校验字符的算法：适用的式样、字符表、每位权数的底数 (``project_code_check``)."""

    pattern: str
    alphabet: str
    base: int
