"""The words that forms print: header words, field labels, level labels, and what each of them means.

Forms are recognised by these words, never by row or column numbers. Sources: forms of 24 provinces.
"""

from __future__ import annotations

import re
from enum import StrEnum, auto
from functools import lru_cache
from typing import TypeVar

from jixiao.domain.indicator import IndicatorClass, IndicatorKind


class Field(StrEnum):
    """What a label in the head of a goal sheet announces."""

    PROJECT_CODE = auto()
    PROJECT_NAME = auto()
    BUDGET_UNIT = auto()
    DEPARTMENT = auto()
    MONEY = auto()
    TOTAL = auto()
    FISCAL = auto()
    OTHER = auto()
    PURPOSE = auto()
    DISBURSEMENT = auto()
    GOALS = auto()
    LONG_TERM_GOALS = auto()
    GOALS_REACHED = auto()
    CARRYOVER = auto()
    YEAR = auto()


class Column(StrEnum):
    """What a column of the indicator table holds."""

    CLASS = auto()
    KIND = auto()
    NAME = auto()
    DESCRIPTION = auto()
    TARGET = auto()
    SIGN = auto()
    UNIT = auto()
    BASIS = auto()
    WEIGHT = auto()
    ACTUAL = auto()
    SCORE = auto()
    DEVIATION = auto()
    OTHER = auto()
    """a column that forms have and that a plan does not keep: remarks, scoring rules, evidence …"""


class MoneyColumn(StrEnum):
    """What a column of a money block holds, where the form has one row per source and several amounts."""

    REVISED = auto()
    INITIAL = auto()
    OTHER = auto()


class ActivityColumn(StrEnum):
    """What a column of the activities table holds."""

    NAME = auto()
    BUDGET = auto()
    DESCRIPTION = auto()
    GOAL = auto()
    INDICATOR = auto()
    SCALE = auto()
    EXCELLENT = auto()
    GOOD = auto()
    FAIR = auto()
    POOR = auto()


_FIELDS = {
    Field.PROJECT_CODE: "项目编码 项目代码 预算项目编码 预算项目代码 项目编号",
    Field.PROJECT_NAME: "项目名称 预算项目名称 专项名称 专项资金名称",
    Field.BUDGET_UNIT: "预算单位 项目单位 实施单位 项目实施单位 单位名称 申报单位 填报单位",
    Field.DEPARTMENT: "主管部门 部门名称 主管部门及代码 主管单位",
    Field.MONEY: (
        "预算规模及资金用途 项目资金万元 项目资金元 项目资金 资金情况 资金情况万元 预算规模 预算执行情况 项目预算执行情况"
        " 项目预算 预算资金 年度资金 项目资金情况 项目资金预算 预算执行情况万元 预算执行"
    ),
    Field.TOTAL: (
        "预算数 年度资金总额 项目资金总额 预算金额 资金总额 年度预算数 预算总额 年度金额 年度预算资金总额 全年资金总额"
        " 年度资金申请总额 年度预算总额 项目总金额 项目预算总额"
    ),
    Field.FISCAL: (
        "其中财政资金 财政资金 其中财政拨款 财政拨款 年度财政资金 当年财政拨款 其中当年财政拨款 本年财政拨款 其中本年财政拨款"
        " 一般公共预算拨款 其中一般公共预算拨款 财政拨款资金 其中财政拨款资金 年度财政拨款 其中年度财政拨款"
    ),
    Field.OTHER: "其他资金 其中其他资金 其它资金 其他 其他来源资金",
    Field.CARRYOVER: "上年结转 上年结转资金 其中上年结转资金 结转资金 以前年度结转资金 上年结余",
    Field.PURPOSE: "资金用途 项目资金主要用途 资金主要用途 主要用途 项目概况",
    Field.DISBURSEMENT: "资金支出计划 支出计划 资金使用计划 用款计划 资金支出进度计划",
    Field.GOALS: (
        "绩效目标 年度目标 年度绩效目标 总体目标 年度总体目标 总体绩效目标 项目绩效目标 绩效总目标 预期目标 年初设定目标"
        " 年度总体绩效目标 项目总体目标 年度绩效总目标 项目年度目标 当年绩效目标 年初目标 预期绩效目标 年度总目标 项目目标"
    ),
    Field.LONG_TERM_GOALS: "中期目标 长期目标 实施期目标 项目总目标 中长期目标 总目标 中期绩效目标 长期绩效目标 实施期绩效目标",
    Field.GOALS_REACHED: (
        "实际完成情况 完成情况综述 全年实际完成情况 目标完成情况 实际完成目标 总体目标完成情况综述 年度总体目标完成情况综述"
        " 目标实际完成情况 年度目标完成情况 全年完成情况"
    ),
    Field.YEAR: "年度 预算年度 申报年度",
}

_COLUMNS = {
    Column.CLASS: "一级指标 一级",
    Column.KIND: "二级指标 二级",
    Column.NAME: "三级指标 三级 三级指标名称 指标名称 具体指标 指标内容 绩效指标",
    Column.DESCRIPTION: "绩效指标描述 指标描述 指标解释 指标说明 绩效指标解释 绩效指标说明 描述",
    Column.TARGET: (
        "指标值 年度指标值 目标值 年度目标值 绩效指标值 预期指标值 全年指标值 全年目标值 年初目标值 年初指标值 预期目标值"
        " 年初设定指标值 计划指标值 指标目标值 年度预期值 年度指标 调整值 年初值 绩效标准 绩效目标值 预期值 值"
    ),
    Column.SIGN: "指标性质 计算符号 运算符号 符号 指标方向 比较符号 运算符 性质 方向 计算符",
    Column.UNIT: "计量单位 度量单位 指标单位 单位 指标值单位",
    Column.BASIS: "指标值确定依据 确定依据 指标值设定依据 设定依据 依据 指标确定依据 设置依据 指标值设置依据 指标设定依据",
    Column.WEIGHT: "分值 权重 分值权重 指标分值 指标权重 分值或权重 标准分值",
    Column.ACTUAL: (
        "实际完成值 全年实际值 全年实际完成值 完成值 全年完成值 实际值 指标完成值 年度完成值 自评完成值 实际完成指标值"
        " 全年实际完成情况 实际完成情况 实际完成 1至7月执行情况 1-7月执行情况 17月执行情况 当前完成值 完成情况"
    ),
    Column.SCORE: "得分 自评得分 指标得分 评价得分 实际得分 折算得分",
    Column.DEVIATION: "偏差原因分析及改进措施 偏差原因分析 偏差原因 未完成原因 未完成原因分析 原因",
    Column.OTHER: (
        "备注 完成率 评分标准 评扣分标准 评分规则 赋分规则 佐证资料 佐证材料 佐证资料要求 上年完成值 上年值 前年值 参考值 历史参考值"
        " 历史值 指标值类型 指标类型 得分系数 是否核心 是否核心指标 完成可能性 完成目标可能性 全年预计完成情况 全年预计完成值 取值方式"
        " 数据来源 完成值数据来源 指标完成值数据来源 序号 扣减分数 完成情况描述 计算公式 预警 序时进度预警"
    ),
}

_ACTIVITY_COLUMNS = {
    ActivityColumn.NAME: "职责活动 活动名称 工作活动 分项名称 职责工作活动 分项绩效目标名称",
    ActivityColumn.BUDGET: "年度预算数 预算数 预算金额 年度预算",
    ActivityColumn.DESCRIPTION: "内容描述 活动描述 工作内容 主要内容",
    ActivityColumn.GOAL: "绩效目标 分项绩效目标",
    ActivityColumn.INDICATOR: "绩效指标 指标名称 指标",
    ActivityColumn.SCALE: "评价标准 评价等级 评分标准",
    ActivityColumn.EXCELLENT: "优 优秀",
    ActivityColumn.GOOD: "良 良好",
    ActivityColumn.FAIR: "中 一般 合格",
    ActivityColumn.POOR: "差 较差 不合格",
}

_MONEY_COLUMNS = {
    MoneyColumn.REVISED: "全年预算数 调整后预算数 调整预算数 调整后预算 全年预算 预算数 年度预算数",
    MoneyColumn.INITIAL: "年初预算数 年初预算 年初批复数 年初部门预算数",
    MoneyColumn.OTHER: (
        "全年执行数 执行数 预算执行数 实际支出数 支出数 执行率 预算执行率 全年执行率 分值 权重 得分 原因 1-7月执行数 1-7月执行率 全年预计执行数"
        " 决算数 结转结余 未完成原因 到位数 资金到位率"
    ),
}

_CLASSES = {
    IndicatorClass.OUTPUT: "产出 项目产出 产出目标 项目完成 完成",
    IndicatorClass.OUTCOME: "效益 效果 项目效益 项目效果 效益目标 效果目标 社会效益及影响",
    IndicatorClass.SATISFACTION: "满意度 满意 服务对象满意度 满意度目标",
    IndicatorClass.COST: "成本 项目成本",
}

_KINDS = {
    IndicatorKind.QUANTITY: "数量 产出数量",
    IndicatorKind.QUALITY: "质量 产出质量",
    IndicatorKind.TIMELINESS: "时效 产出时效 时效性 进度",
    IndicatorKind.COST: "成本 产出成本",
    IndicatorKind.ECONOMIC: "经济效益 经济效果 经济",
    IndicatorKind.SOCIAL: "社会效益 社会效果 社会",
    IndicatorKind.ECOLOGICAL: "生态效益 环境效益 生态环境效益 生态效果 生态",
    IndicatorKind.SUSTAINED_IMPACT: "可持续影响 可持续性影响 可持续发展 可持续 可持续影响力 可持续性",
    IndicatorKind.BENEFICIARY_SATISFACTION: (
        "服务对象满意度 满意度 社会公众或服务对象满意度 服务对象满意 社会公众满意度 受益对象满意度 服务对象"
    ),
    IndicatorKind.ECONOMIC_COST: "经济成本",
    IndicatorKind.SOCIAL_COST: "社会成本",
    IndicatorKind.ENVIRONMENTAL_COST: "生态环境成本 环境成本 生态成本",
}


_T = TypeVar("_T")


def _by_word(table: dict[_T, str]) -> dict[str, _T]:
    return {word: value for value, words in table.items() for word in words.split()}


_FIELD_BY_WORD = _by_word(_FIELDS)
_COLUMN_BY_WORD = _by_word(_COLUMNS)
_COLUMN_RANK = {word: n for words in _COLUMNS.values() for n, word in enumerate(words.split())}
_MONEY_COLUMN_BY_WORD = _by_word(_MONEY_COLUMNS)
_ACTIVITY_COLUMN_BY_WORD = _by_word(_ACTIVITY_COLUMNS)
_CLASS_BY_WORD = _by_word(_CLASSES)
_KIND_BY_WORD = _by_word(_KINDS)

_BRACKETS = re.compile(r"[（(【\[][^（()）】\]]*[）)】\]]")
_NOISE = re.compile(r"[\s\u3000:：、，,。.；;*★☆%％/]+")
_POINT = re.compile(r"(?:\d{1,2}月(?:份|底|末)?|第?[一二三四1234]季度(?:末|底)?|上半年|下半年|全年|年底)")
_POINTS = re.compile(r"(?:\d+(?:\.\d+)?(?:[-~—]\d+)?)?分$")
_GOAL_NUMBER = re.compile(r"目标(?:[一二三四五六七八九十]+|\d+)[:：]?")


@lru_cache(maxsize=4096)
def bare(text: str) -> str:
    """A label without blanks, punctuation and bracketed remarks: ``财政    资金（万元）：`` → ``财政资金``."""
    compact = _NOISE.sub("", text)
    without = _BRACKETS.sub("", compact)
    return without or compact


@lru_cache(maxsize=4096)
def field_of(text: str) -> Field | None:
    """The head field a label announces, None for anything else."""
    return _FIELD_BY_WORD.get(bare(text)) if len(text) <= _LONGEST_LABEL else None


@lru_cache(maxsize=4096)
def column_of(text: str) -> Column | None:
    """The column of the indicator table a header word names."""
    if len(text) > _LONGEST_LABEL:
        return None
    word = bare(text).removesuffix("A").removesuffix("B")
    return _COLUMN_BY_WORD.get(word) or (Column.DEVIATION if "原因" in word else None)


def column_rank(text: str) -> int:
    """How surely a header word names its column, 0 surest: where two words name one column the surer one counts."""
    return _COLUMN_RANK.get(bare(text), len(_COLUMN_RANK))


@lru_cache(maxsize=4096)
def money_column_of(text: str) -> MoneyColumn | None:
    """The column of a money block a header word names."""
    return (
        _MONEY_COLUMN_BY_WORD.get(bare(text).removesuffix("A").removesuffix("B"))
        if len(text) <= _LONGEST_LABEL
        else None
    )


@lru_cache(maxsize=4096)
def activity_column_of(text: str) -> ActivityColumn | None:
    """The column of the activities table a header word names."""
    return _ACTIVITY_COLUMN_BY_WORD.get(bare(text)) if len(text) <= _LONGEST_LABEL else None


@lru_cache(maxsize=4096)
def class_of(text: str) -> IndicatorClass | None:
    """The indicator class a level-1 label names: 效果指标 → OUTCOME."""
    return _CLASS_BY_WORD.get(_level(text)) if len(text) <= _LONGEST_LABEL else None


@lru_cache(maxsize=4096)
def kind_of(text: str) -> IndicatorKind | None:
    """The indicator kind a level-2 label names: 社会公众或服务对象满意度 → BENEFICIARY_SATISFACTION."""
    return _KIND_BY_WORD.get(_level(text)) if len(text) <= _LONGEST_LABEL else None


def _level(text: str) -> str:
    """A level label without points and remarks: 产出指标(50分), 成本指标(0-20)分 → 产出, 成本."""
    return _POINTS.sub("", bare(text)).removesuffix("指标").removesuffix("目标")


def is_disbursement_point(text: str) -> bool:
    """Whether a cell is a point of time of a disbursement plan: 3月底, 第一季度."""
    return _POINT.fullmatch(_NOISE.sub("", text)) is not None


def is_goal_number(text: str) -> bool:
    """Whether a cell only numbers a goal: 目标1."""
    return _GOAL_NUMBER.fullmatch(_NOISE.sub("", text)) is not None


def is_label(text: str) -> bool:
    """Whether a cell holds any word that a form prints rather than something a clerk wrote."""
    return (
        field_of(text) is not None
        or column_of(text) is not None
        or is_disbursement_point(text)
        or is_goal_number(text)
        or activity_column_of(text) is not None
    )


_LONGEST_LABEL = 40
