"""A form filled in with invented words: to look at a layout, and to try whether what is written in it reads back."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from jixiao.domain.goal import goals_of
from jixiao.domain.goal_sheet import Budget, Project
from jixiao.domain.identity import identified
from jixiao.domain.indicator import Indicator
from jixiao.domain.money import CurrencyUnit
from jixiao.domain.organisation import Organisation
from jixiao.domain.period import FiscalYear
from jixiao.domain.plan import Activity, ActivityIndicator, Plan, Safeguard
from jixiao.domain.stage import Stage
from jixiao.domain.target_grammar import parse_target
from jixiao.layouts.blank import blank
from jixiao.layouts.form import ROW, Layout
from jixiao.layouts.hints import examples

_SECTOR = "农业农村和水利"
_UNIT = Organisation("366001", "虚构县水利局本级")
_DEPARTMENT = Organisation("366", "虚构县水利局")


def specimen(layout: Layout, *, whole: bool = True) -> Plan:
    """A plan of an invented department with one sheet, and its own part where ``whole``; things have ids."""
    year, unit = FiscalYear(2027), CurrencyUnit(layout.currency_unit)
    plan = blank(
        layout,
        project=Project("139927260001", "灌区节水改造"),
        budget_unit=_UNIT,
        department=_DEPARTMENT,
        year=year,
        every_kind=True,
    )
    sheet = plan.goal_sheets[0]
    weights = layout.column(f"{ROW}weight")
    weighted = weights is not None and Stage.GOALS in weights.at
    rows = tuple(
        Indicator(
            one.class_,
            one.kind,
            one.name,
            f"{one.name}按验收资料统计",
            parse_target(one.target).target,
            "初步设计批复",
            Decimal(10) if weighted else None,
        )
        for one in examples(layout, _SECTOR)
    )
    steps = tuple(
        replace(step, percent=Decimal(100 * n // len(sheet.disbursement_plan)))
        for n, step in enumerate(sheet.disbursement_plan, 1)
    )
    filled = replace(
        sheet,
        budget=Budget(unit, Decimal("480.00"), Decimal("450.00"), Decimal("30.00")),
        purpose="改造支渠12公里、安装量水设施36处，用于材料、施工和监理。",
        disbursement_plan=steps,
        goals=goals_of(("改造支渠12公里，新增节水灌溉面积2万亩。", "项目区亩均用水量比上年下降一成。")),
        indicators=rows,
    )
    plan = replace(plan, goal_sheets=(filled,))
    if not whole:
        return identified(replace(plan, title="虚构县水利局2027年灌区节水改造绩效目标表"))
    activity = Activity(
        "农田水利建设",
        None,
        "灌区改造和计量设施安装",
        "灌溉水利用系数提高到0.58。",
        (ActivityIndicator("灌溉水利用系数"), ActivityIndicator("节水灌溉面积")),
    )
    return identified(
        replace(
            plan,
            title="虚构县水利局2027年部门预算绩效文本",
            overall_goals=goals_of(("完成中型灌区改造，保障春灌供水。",)),
            activities=(activity,),
            safeguards=(Safeguard("完善制度", "工程进度每月通报一次。"),),
        )
    )
