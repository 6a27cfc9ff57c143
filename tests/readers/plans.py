"""Strategies for plans as the Hebei form can print them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import strategies as st

from jixiao.domain.goal import goals_of
from jixiao.domain.goal_sheet import Budget, DisbursementStep, GoalSheet, Project
from jixiao.domain.identity import identified
from jixiao.domain.indicator import Indicator, IndicatorClass, IndicatorKind
from jixiao.domain.money import CurrencyUnit
from jixiao.domain.organisation import Organisation
from jixiao.domain.period import FiscalYear
from jixiao.domain.plan import Activity, ActivityIndicator, Plan, RatingScale, Safeguard, Source
from jixiao.domain.target_grammar import parse_target

_CHARACTERS = "走访调研推介客商展销农资技培宣检修公路水渠养护绿化苗木"
_TARGETS = (
    "≥10次", "≤5%", "100%", "=100%", "3-5家", "2026年12月31日前", "及时", "有效提升", "<5起", ">80%", "2000人次", "26亿元",
    "≤1500元/亩", "10次以上", "338户889人", "≥98规范市场经营行为", "—", "≥1,200.50万元", "是",
)  # fmt: skip
_KINDS = {
    IndicatorClass.OUTPUT: (
        IndicatorKind.QUANTITY,
        IndicatorKind.QUALITY,
        IndicatorKind.TIMELINESS,
        IndicatorKind.COST,
    ),
    IndicatorClass.OUTCOME: (
        IndicatorKind.ECONOMIC,
        IndicatorKind.SOCIAL,
        IndicatorKind.ECOLOGICAL,
        IndicatorKind.SUSTAINED_IMPACT,
    ),
    IndicatorClass.SATISFACTION: (IndicatorKind.BENEFICIARY_SATISFACTION,),
}
_POINTS = ("3月底", "6月底", "10月底", "12月底")

words = st.text(_CHARACTERS, min_size=3, max_size=14)
sentences = words.map(lambda s: s + "。")
amounts = st.decimals(0, 99_999_999, places=2).map(lambda d: d.copy_abs())
percents = st.none() | st.integers(0, 100).map(Decimal) | st.decimals(0, 100, places=2).map(lambda d: d.copy_abs())


@st.composite
def indicators(draw: st.DrawFn) -> Indicator:
    class_ = draw(st.sampled_from(sorted(_KINDS)))
    return Indicator(
        class_,
        draw(st.sampled_from(_KINDS[class_])),
        draw(words),
        draw(st.none() | words),
        parse_target(draw(st.none() | st.sampled_from(_TARGETS))).target,
        draw(st.none() | words),
    )


@st.composite
def goal_sheets(draw: st.DrawFn, unit: CurrencyUnit) -> GoalSheet:
    steps = draw(st.lists(percents, min_size=0, max_size=4))
    rows = draw(st.lists(indicators(), max_size=6))
    order = list(_KINDS)
    return GoalSheet(
        1,
        Organisation(draw(st.none() | st.integers(300001, 399999).map(str)), f"清源县{draw(words)}局"),
        Project(draw(st.none() | st.from_regex(r"13992526P0[A-Z0-9]{10}", fullmatch=True)), draw(words)),
        Budget(unit, draw(amounts), draw(st.none() | amounts), draw(st.none() | amounts)),
        draw(st.none() | sentences),
        tuple(DisbursementStep(by, p) for by, p in zip(_POINTS, steps, strict=False)),
        goals_of(draw(st.lists(sentences, max_size=3))),
        tuple(sorted(rows, key=lambda i: order.index(i.class_))),  # type: ignore[arg-type]
    )


@st.composite
def activities(draw: st.DrawFn, *, table: bool) -> Activity:
    if not table:
        found = [ActivityIndicator(t) for t in draw(st.lists(sentences, max_size=2))]
        return Activity(draw(words), None, draw(st.none() | sentences), draw(sentences), tuple(found))
    grades = st.none() | st.sampled_from(("≥95%", "≥90%", "10次以上", "未定"))
    scale = st.builds(RatingScale, grades, grades, grades, grades)
    scales = draw(st.lists(scale, min_size=1, max_size=3))
    listed = tuple(ActivityIndicator(draw(words), None if s == RatingScale() else s) for s in scales)
    return Activity(draw(words), draw(amounts), draw(st.none() | sentences), draw(st.none() | sentences), listed)


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    unit = draw(st.sampled_from((CurrencyUnit.YUAN, CurrencyUnit.TEN_THOUSAND_YUAN)))
    department = f"清源县{draw(words)}局"
    year = draw(st.integers(2019, 2035))
    table = draw(st.booleans())
    sheets = draw(st.lists(goal_sheets(unit), min_size=1, max_size=3))
    plan = Plan(
        Source("plan", "0" * 64, "test"),
        f"{department}{year}年部门预算绩效文本",
        FiscalYear(year),
        Organisation(None, department),
        unit,
        goals_of(draw(st.lists(sentences, max_size=3))),
        tuple(draw(st.lists(activities(table=table), min_size=int(table), max_size=3))),
        tuple(Safeguard(draw(words), draw(st.none() | sentences)) for _ in range(draw(st.integers(0, 3)))),
        tuple(replace(sheet, sequence=n) for n, sheet in enumerate(sheets, 1)),
    )
    return identified(plan)
