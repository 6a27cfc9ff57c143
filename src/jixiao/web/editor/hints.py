"""One line for each cell: what belongs there."""

from __future__ import annotations

from collections.abc import Mapping

from jixiao.domain.form import FormField

_HINTS: Mapping[str, str] = {
    "项目编码": "一体化系统里的编码",
    "项目名称": "和项目库里的名称一样",
    "预算数": "只写数，等于财政资金加其他资金",
    "财政资金": "只写数",
    "其他资金": "只写数，没有写0",
    "资金用途": "写钱花在什么上，各项加起来等于预算数",
    "时间点": "如：3月底、6月底、10月底、12月底",
    "累计支出比例": "写到这时一共花了百分之几，最后一点是100",
    "绩效目标": "写这一年要达到什么，有数、有时间",
    "一级指标": "产出、效益、满意度或成本",
    "二级指标": "数量、质量、时效……",
    "三级指标": "写量什么，不写数：如“签约亿元以上项目数”",
    "绩效指标描述": "写怎么算、量到哪里",
    "指标值": "符号＋数＋单位：≥15个",
    "指标值确定依据": "写文件或测算，不写“工作要求”",
    "分值": "只写数",
    "总体绩效目标": "一条写一件事，有数、有时间",
    "职责活动": "写本部门的一项职责",
    "年度预算数": "只写数",
    "内容描述": "写这项职责做什么",
    "标题": "如：组织保障",
    "正文": "写谁做什么，什么时候做",
}


def hint_of(one: FormField) -> str:
    """What belongs in a cell; empty where its label says it."""
    return _HINTS.get(one.label, "")
