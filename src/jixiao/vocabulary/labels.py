"""The words that forms print: header words, field labels, level labels, and what each of them means.

Forms are recognised by these words, never by row or column numbers. Sources: forms of 24 provinces.
"""

from __future__ import annotations

import re
from enum import StrEnum, auto
from functools import lru_cache
from typing import TypeVar

from jixiao.domain.execution import FundSource
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
    TOTAL_SCORE = auto()
    GRADE = auto()
    MONEY_PART = auto()
    """an amount that forms have and that a plan does not keep: by level of government, of all years"""
    BACKGROUND = auto()
    """what application forms say of a project and a plan does not keep: its kind, need, schedule, who fills in"""


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
    EXPECTED = auto()
    LIKELIHOOD = auto()
    BEST = auto()
    """优 of 优良中差: what a form without a column of targets expects"""
    OTHER = auto()
    """a column that forms have and that a plan does not keep: remarks, scoring rules, evidence …"""


class MoneyColumn(StrEnum):
    """What a column of a money block holds, where the form has one row per source and several amounts."""

    REVISED = auto()
    INITIAL = auto()
    EXECUTED = auto()
    EXPECTED = auto()
    RATE = auto()
    WEIGHT = auto()
    SCORE = auto()
    OTHER = auto()
    """a column that forms have and that a sheet does not keep: reasons, money received"""


class Horizon(StrEnum):
    """Whether the rows beside a label at the side of an indicator table are those of the year."""

    ANNUAL = auto()
    LONG_TERM = auto()


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
        " 项目预算 预算资金 年度资金 项目资金情况 项目资金预算 预算执行情况万元 预算执行 项目资金申请 资金申请 资金来源 项目资金来源"
        " 年度资金情况 年度部门预算 部门预算情况 部门支出总量 部门整体支出"
    ),
    Field.TOTAL: (
        "预算数 年度资金总额 项目资金总额 预算金额 资金总额 年度预算数 预算总额 年度金额 年度预算资金总额 全年资金总额"
        " 年度资金申请总额 年度预算总额 项目总金额 项目预算总额 年度预算 收入预算 预算总金额 年度财政资金总额 部门整体支出总额 部门支出总额"
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
        " 年度预期目标 年初绩效目标 年初预期目标 全年绩效目标"
    ),
    Field.LONG_TERM_GOALS: "中期目标 长期目标 实施期目标 项目总目标 中长期目标 总目标 中期绩效目标 长期绩效目标 实施期绩效目标",
    Field.GOALS_REACHED: (
        "实际完成情况 完成情况综述 全年实际完成情况 目标完成情况 实际完成目标 总体目标完成情况综述 年度总体目标完成情况综述"
        " 目标实际完成情况 年度目标完成情况 全年完成情况"
        " 具体完成情况 总体目标完成情况 年度总体目标完成情况 绩效目标完成情况"
    ),
    Field.YEAR: "年度 预算年度 申报年度",
    Field.TOTAL_SCORE: "自评总分 自评得分 自评总得分 总得分 评价得分 评价总分",
    Field.GRADE: "自评等级 评价等级 自评等次 评价等次 绩效等级 自评结果等级 评价结果等级",
    Field.MONEY_PART: (
        "中央补助 其中中央补助 中央财政资金 其中中央财政资金 中央资金 其中中央资金 省级资金 省级财政资金 省级补助 市级资金 市级财政资金"
        " 县级资金 县级财政资金 市县资金 地方资金 地方财政资金 地方配套资金 中期资金总额 长期资金总额 中长期资金总额 实施期资金总额 项目总投资"
        " 总投资 自筹资金 单位自有资金 财政专户管理资金 基本支出 其中基本支出 项目支出"
    ),
    Field.BACKGROUND: (
        "项目属性 项目类别 项目类型 项目性质 项目期 项目负责人 项目联系人 项目起止时间 项目起止年限 起止时间 实施期限 实施期 项目实施期"
        " 专项实施期 专项属性 建设周期 建设期限 项目审批文号 审批文号 单位地址 邮政编码 项目立项情况 项目立项的依据 项目立项依据 立项依据"
        " 立项必要性 项目立项必要性 项目申报的可行性 项目申报的必要性 项目申报的可行性和必要性 项目可行性 项目必要性 项目实施进度计划"
        " 实施进度计划 项目实施内容 项目实施计划 计划开始时间 计划完成时间 计划开始日期 计划完成日期 保证项目实施的制度措施"
        " 项目单位职能概述 项目概况主要内容及用途 单位职能概述 部门职能概述 部门主要职责 其他需要说明的问题 其他需说明的问题 其他说明的问题"
        " 中央主管部门 省级财政部门 省级主管部门 省级财政 市级财政部门 市级主管部门 市级财政 市县财政部门 市县主管部门 地市财政部门"
        " 县级财政部门 县级主管部门 区县财政部门 区县主管部门 地方主管部门 补助地区 支出功能分类 功能科目 资金性质 年度主要任务"
        " 主要任务 年度重点工作任务 重点工作任务"
    ),
}

_COLUMNS = {
    Column.CLASS: "一级指标 一级 一级指标名称 一级目标 绩效指标分类 指标分类 指标类别",
    Column.KIND: "二级指标 二级 二级指标名称 二级目标",
    Column.NAME: "三级指标 三级 三级指标名称 指标名称 绩效指标名称 具体指标 三级目标 指标内容 绩效内容 绩效指标",
    Column.DESCRIPTION: "绩效指标描述 指标描述 指标解释 指标说明 绩效指标解释 绩效指标说明 描述 指标释义 指标含义",
    Column.TARGET: (
        "调整值 调整指标值 调整后指标值 调整后目标值 全年调整指标值 指标值 年度指标值 目标值 年度目标值 绩效指标值 预期指标值 全年指标值 全年目标值 年初目标值 年初指标值 预期目标值"
        " 年初设定指标值 计划指标值 指标目标值 年度预期值 年度指标 年初值 全年绩效目标 绩效标准 绩效目标值 预期值"
        " 预计当年实现 预计当年实现值 本年指标值 当年指标值 计划值 值"
    ),
    Column.SIGN: "指标性质 计算符号 运算符号 符号 指标方向 比较符号 运算符 性质 方向 计算符 指标符号 比较符 指标值符号 计算符号类型",
    Column.UNIT: "计量单位 度量单位 指标单位 单位 指标值单位 指标计量单位 度量 计量",
    Column.BASIS: "指标值确定依据 确定依据 指标值设定依据 设定依据 依据 指标确定依据 设置依据 指标值设置依据 指标设定依据",
    Column.WEIGHT: "分值 权重 分值权重 指标分值 指标权重 分值或权重 标准分值",
    Column.ACTUAL: (
        "实际完成值 全年实际值 全年实际完成值 完成值 全年完成值 实际值 指标完成值 年度完成值 自评完成值 实际完成指标值"
        " 全年实际完成情况 实际完成情况 实际完成 当前完成值 完成情况 执行情况 执行值 实际执行情况"
    ),
    Column.SCORE: "折算得分 得分 自评得分 指标得分 评价得分 实际得分",
    Column.DEVIATION: "偏差原因分析及改进措施 偏差原因分析 偏差原因 未完成原因 未完成原因分析 原因",
    Column.EXPECTED: "全年预计完成情况 全年预计完成值 全年预计 预计全年完成情况 预计全年完成值 预计完成值 全年预计值 全年预计执行情况",
    Column.LIKELIHOOD: "完成可能性 完成目标可能性 目标完成可能性 完成可能性分析 全年目标完成可能性 年度目标完成可能性",
    Column.BEST: "优 优秀",
    Column.OTHER: (
        "良 良好 中 差 较差 评价标准 评价等级 前年 上年 前年实际 上年实际 前年实际值 上年实际值 近两年指标值 绩效标准类型 指标编码"
        " 指标代码 行业领域 行业 领域 行业大类 行业类别 适用范围 参考标准 评分方法 评分办法 指标来源 补助区域"
        " 补助地区 区域 地区 各地区 各地 分区域 分地区 分地区指标值 分区域指标值 "
        "备注 完成率 指标完成率 完成比例 目标完成率 总体完成率 评分标准 评扣分标准 评分规则 赋分规则 佐证资料 佐证材料 佐证资料要求 上年完成值 上年值 前年值 参考值 历史参考值"
        " 历史值 指标值类型 指标类型 得分系数 是否核心 是否核心指标 取值方式"
        " 数据来源 完成值数据来源 指标完成值数据来源 序号 扣减分数 完成情况描述 计算公式 预警 序时进度预警"
    ),
}

_ACTIVITY_COLUMNS = {
    ActivityColumn.NAME: "职责活动 活动名称 工作活动 分项名称 职责工作活动 分项绩效目标名称 任务名称 主要任务 年度主要任务 重点任务 重点工作任务 工作任务 部门职能",
    ActivityColumn.BUDGET: "年度预算数 预算数 总额 金额 金额合计 预算金额 年度预算 涉及金额",
    ActivityColumn.DESCRIPTION: "内容描述 活动描述 工作内容 主要内容 任务内容 支出项目",
    ActivityColumn.GOAL: "绩效目标 分项绩效目标 年度目标任务 目标任务 任务目标",
    ActivityColumn.INDICATOR: "绩效指标 指标名称 指标",
    ActivityColumn.SCALE: "评价标准 评价等级 评分标准",
    ActivityColumn.EXCELLENT: "优 优秀",
    ActivityColumn.GOOD: "良 良好",
    ActivityColumn.FAIR: "中 一般 合格",
    ActivityColumn.POOR: "差 较差 不合格",
}

_MONEY_COLUMNS = {
    MoneyColumn.REVISED: (
        "全年预算数 调整后预算数 调整预算数 调整后预算 全年预算 预算数 年度预算数 全年调整预算数 预算安排情况 预算安排数 调整后的预算"
    ),
    MoneyColumn.INITIAL: "年初预算数 年初预算 年初批复数 年初部门预算数 年初预算安排数",
    MoneyColumn.EXECUTED: (
        "全年执行数 执行数 预算执行数 实际支出数 支出数 决算数 资金执行情况 实际执行数 累计支出 累计支出数 累计执行数 资金执行数"
    ),
    MoneyColumn.EXPECTED: "全年预计执行数 预计全年执行数 预计执行数 全年预计支出数",
    MoneyColumn.RATE: "执行率 预算执行率 全年执行率 预算执行进度 执行进度 支出进度 资金执行率",
    MoneyColumn.WEIGHT: "分值 权重 执行率权重 执行率分值",
    MoneyColumn.SCORE: "得分 执行率得分 自评得分",
    MoneyColumn.OTHER: "原因 结转结余 未完成原因 到位数 资金到位率 资金到位情况 实际到位资金 偏差原因 备注 结余数 结转结余数",
}

SOURCES = {
    Field.TOTAL: FundSource.TOTAL,
    Field.FISCAL: FundSource.FISCAL,
    Field.CARRYOVER: FundSource.CARRYOVER,
    Field.OTHER: FundSource.OTHER,
}
"""The sources of money that a sheet keeps amounts of, by the labels of their rows"""
_TOTALS = ("总额", "合计", "金额", "资金总计", "部门支出", "到位数", "执行数")

_REASONS = frozenset({"经费保障", "制度保障", "人员保障", "硬件条件保障", "其他", "原因说明"})
_LIKELIHOODS = frozenset({"确定能", "有可能", "完全不可能"})

_CLASSES = {
    IndicatorClass.OUTPUT: "产出 项目产出 项目完成 完成 产出及完成",
    IndicatorClass.OUTCOME: "效益 效果 项目效益 项目效果 效益目标 效果目标 社会效益及影响",
    IndicatorClass.SATISFACTION: "满意度 满意 服务对象满意度 社会公众或服务对象满意度 服务对象满意 社会公众满意度 社会满意度",
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
_ACTIVITY_COLUMN_RANK = {word: n for words in _ACTIVITY_COLUMNS.values() for n, word in enumerate(words.split())}
_CLASS_BY_WORD = _by_word(_CLASSES)
_KIND_BY_WORD = _by_word(_KINDS)

_BRACKETS = re.compile(r"[（(【\[][^（()）】\]]*[）)】\]]")
_NOISE = re.compile(r"[\s\u3000:：、，,。.；;*★☆%％/]+")
_PERIOD = re.compile(
    r"^(?:截至|截止)?(?:20\d\d年)?(?:\d{1,2}(?:月份?)?(?:[-—–~至到]+)\d{1,2}月份?|\d{1,2}月(?:份|底|末)|上半年|前[一二三]季度)(?:累计)?"
)
_POINT = re.compile(r"(?:\d{1,2}月(?:份|底|末)?|第?[一二三四1234]季度(?:末|底)?|上半年|下半年|全年|年底)")
_POINTS = re.compile(r"(?:权重|分值)?(?:\d+(?:\.\d+)?(?:[-~—–至]\d+)?分?|分)$")
_LEVEL_NUMBER = re.compile(r"(?:[一二三四五六七八九十]、|\d{1,2}[、.．]|[A-D](?=[^A-Za-z]))")
_HORIZON = re.compile(
    r"(?:(?P<long>中期|长期|中长期|实施期|三年)|(?:年度|当年|本年度?|20\d\d年度?)?)(?:绩效|履职)?(?:目标|指标)(?:指标)?(?:[一二三四五六七八九十]|\d{1,2})?"
)
_TAIL = re.compile(
    r"(?:总分|合计|总计|小计|评价结论|自评结论|存在问题|改进措施|其他需要?说明的?(?:问题|事项)|存在的?(?:主要)?问题|结果应用方案|"
    r"(?:偏差大或)?(?:年度)?目标未完成(?:的)?原因分析|改进措施及结果应用方案|下一步(?:改进|整改)?措施|主要成效(?:及经验)?|自评结果分析|填表说明|填报说明|备注|说明|注|填表人|填报人|联系人|联系电话|"
    r"预算执行率?|预算执行情况|审核意见|主管部门意见|单位负责人|总得分|评价等级|自评等级|预算完成率)"
    r"\s*(?:[（(:：\d].*)?",
    re.DOTALL,
)
_PART_TITLE = re.compile(
    r"[一二三四五六](?:(?:项目)?(?:基本情况|概况)|(?:项目)?(?:预算|资金)(?:安排及)?(?:执行|使用)情况|"
    r"(?:年度)?(?:绩效|总体)?目标完成情况|(?:年度)?绩效指标(?:完成|实现)?情况|存在的?(?:主要)?问题\S*)"
)
_TOTAL = re.compile(
    r"(?:自评|评价|指标|绩效|项目|实际)*(?:总分|总得分|总分值|得分合计|分值合计|合计|总计|总评分?|综合得分|综合评分|得分|等级|等次)(?:合计)?"
)
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
    word = _without_period(text)
    return _COLUMN_BY_WORD.get(word) or (Column.DEVIATION if "原因" in word else None)


def _without_period(text: str) -> str:
    """A header word without the months it counts and the letter forms calculate with: ``1-7月执行数（A）`` → 执行数."""
    return _PERIOD.sub("", bare(text)).removesuffix("A").removesuffix("B")


def column_rank(text: str) -> int:
    """How surely a header word names its column, 0 surest: where two words name one column the surer one counts."""
    return _COLUMN_RANK.get(_without_period(text), len(_COLUMN_RANK))


@lru_cache(maxsize=4096)
def money_column_of(text: str) -> MoneyColumn | None:
    """The column of a money block a header word names."""
    return _MONEY_COLUMN_BY_WORD.get(_without_period(text)) if len(text) <= _LONGEST_LABEL else None


@lru_cache(maxsize=4096)
def activity_column_of(text: str) -> ActivityColumn | None:
    """The column of the activities table a header word names."""
    return _ACTIVITY_COLUMN_BY_WORD.get(bare(text)) if len(text) <= _LONGEST_LABEL else None


def activity_column_rank(text: str) -> int:
    """How surely a header word names its column of activities, 0 surest."""
    return _ACTIVITY_COLUMN_RANK.get(bare(text), len(_ACTIVITY_COLUMN_RANK))


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
    word = bare(_LEVEL_NUMBER.sub("", text.strip(), count=1)) if _LEVEL_NUMBER.match(text.strip()) else bare(text)
    return _POINTS.sub("", word).removesuffix("指标").removesuffix("目标")


@lru_cache(maxsize=4096)
def horizon_of(text: str) -> Horizon | None:
    """Which years a label at the side of an indicator table names: 长期绩效指标, 年度绩效指标, 绩效指标."""
    m = _HORIZON.fullmatch(bare(text)) if len(text) <= _LONGEST_LABEL else None
    return None if m is None else Horizon.LONG_TERM if m["long"] else Horizon.ANNUAL


def source_of(text: str) -> FundSource | None:
    """The source a label of a money block names: 其中：财政拨款."""
    field = field_of(text)
    if field is None:
        return FundSource.TOTAL if bare(text) in _TOTALS else None
    return SOURCES.get(field)


def reason_of(text: str) -> str | None:
    """The kind of cause that a column under 偏差原因分析 is for: 经费保障; None for any other word."""
    return word if (word := bare(text)) in _REASONS else None


def likelihood_of(text: str) -> str | None:
    """The answer that a column under 完成可能性 is for: 确定能, 有可能, 完全不可能."""
    return word if (word := bare(text)) in _LIKELIHOODS else None


def is_disbursement_point(text: str) -> bool:
    """Whether a cell is a point of time of a disbursement plan: 3月底, 第一季度."""
    return _POINT.fullmatch(_NOISE.sub("", text)) is not None


def is_goal_number(text: str) -> bool:
    """Whether a cell only numbers a goal: 目标1."""
    return _GOAL_NUMBER.fullmatch(_NOISE.sub("", text)) is not None


def is_part_title(text: str) -> bool:
    """Whether a line numbers and names a part of a self-evaluation form: 二、预算执行情况（万元）."""
    return len(text) <= _LONGEST_LABEL and _PART_TITLE.fullmatch(bare(text)) is not None


def is_total(text: str) -> bool:
    """Whether a cell says that the points of the whole sheet, or its grade, stand beside it: 总分, 合计, 自评等级."""
    return len(text) <= _LONGEST_LABEL and _TOTAL.fullmatch(bare(text)) is not None


def is_tail(text: str) -> bool:
    """Whether a row that begins so ends the indicators and is none: totals, conclusions, remarks, signatures."""
    return class_of(text) is None and _TAIL.fullmatch(text.strip().strip("*★ ")) is not None


def is_label(text: str) -> bool:
    """Whether a cell holds any word that a form prints rather than something a clerk wrote."""
    return (
        field_of(text) is not None
        or column_of(text) is not None
        or is_disbursement_point(text)
        or is_goal_number(text)
        or activity_column_of(text) is not None
        or horizon_of(text) is not None
        or money_column_of(text) is not None
        or is_total(text)
        or reason_of(text) is not None
        or likelihood_of(text) is not None
    )


_LONGEST_LABEL = 40
