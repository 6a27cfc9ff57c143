"""Indicators: the rows of a goal sheet."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from jixiao.domain.target import MISSING, Target


class IndicatorClass(StrEnum):
    """First level of an indicator 「一级指标」."""

    OUTPUT = "output"
    OUTCOME = "outcome"
    SATISFACTION = "satisfaction"
    COST = "cost"

    @property
    def label(self) -> str:
        return _CLASS_LABELS[self]


class IndicatorKind(StrEnum):
    """Second level of an indicator 「二级指标」."""

    QUANTITY = "quantity"
    QUALITY = "quality"
    TIMELINESS = "timeliness"
    COST = "cost"
    ECONOMIC = "economic"
    SOCIAL = "social"
    ECOLOGICAL = "ecological"
    SUSTAINED_IMPACT = "sustained_impact"
    BENEFICIARY_SATISFACTION = "beneficiary_satisfaction"
    ECONOMIC_COST = "economic_cost"
    SOCIAL_COST = "social_cost"
    ENVIRONMENTAL_COST = "environmental_cost"

    @property
    def label(self) -> str:
        return _KIND_LABELS[self]

    @property
    def is_cost(self) -> bool:
        """Whether rows of this kind state costs, in the older catalogue or in the newer one."""
        return self in _COST_KINDS


_CLASS_LABELS = {
    IndicatorClass.OUTPUT: "产出指标",
    IndicatorClass.OUTCOME: "效益指标",
    IndicatorClass.SATISFACTION: "满意度指标",
    IndicatorClass.COST: "成本指标",
}

_KIND_LABELS = {
    IndicatorKind.QUANTITY: "数量指标",
    IndicatorKind.QUALITY: "质量指标",
    IndicatorKind.TIMELINESS: "时效指标",
    IndicatorKind.COST: "成本指标",
    IndicatorKind.ECONOMIC: "经济效益指标",
    IndicatorKind.SOCIAL: "社会效益指标",
    IndicatorKind.ECOLOGICAL: "生态效益指标",
    IndicatorKind.SUSTAINED_IMPACT: "可持续影响指标",
    IndicatorKind.BENEFICIARY_SATISFACTION: "服务对象满意度指标",
    IndicatorKind.ECONOMIC_COST: "经济成本指标",
    IndicatorKind.SOCIAL_COST: "社会成本指标",
    IndicatorKind.ENVIRONMENTAL_COST: "生态环境成本指标",
}

_COST_KINDS = frozenset(
    {
        IndicatorKind.COST,
        IndicatorKind.ECONOMIC_COST,
        IndicatorKind.SOCIAL_COST,
        IndicatorKind.ENVIRONMENTAL_COST,
    }
)


@dataclass(frozen=True, slots=True)
class Indicator:
    """A performance indicator 「绩效指标」: one row of a goal sheet, third level 「三级指标」.

    ``class_`` and ``kind`` are None where the form or the row has none. ``description`` is 绩效指标描述,
    ``basis`` 指标值确定依据, ``weight`` 分值 where the form gives it.
    ``id`` stays through edits; see ``jixiao.domain.identity``.
    """

    class_: IndicatorClass | None = None
    kind: IndicatorKind | None = None
    name: str | None = None
    description: str | None = None
    target: Target = MISSING
    basis: str | None = None
    weight: Decimal | None = None
    id: str = ""

    @property
    def label(self) -> str:
        """The name for messages; the description, the kind or 「未命名指标」 where there is none."""
        return self.name or self.description or (self.kind.label if self.kind else "未命名指标")

    @property
    def is_cost(self) -> bool:
        """Whether the row states a cost, by its class or its kind."""
        return self.class_ is IndicatorClass.COST or (self.kind is not None and self.kind.is_cost)
