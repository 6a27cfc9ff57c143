"""Where rows belong: why a row does not stand where it belongs, and where it should go."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from jixiao.domain.indicator import IndicatorKind
from jixiao.readings.view import RowView


class Why(Enum):
    """Why a row does not belong where it stands."""

    COUNT_AS_COST = auto()
    NO_COST = auto()
    MONEY_AS_OUTPUT = auto()
    """how much money is put in or spent"""
    MANAGEMENT = auto()
    """what every project owes anyway"""
    COUNT_AS_QUALITY = auto()
    PROMPTNESS_ELSEWHERE = auto()
    RATIO_AS_QUANTITY = auto()
    NO_TIME = auto()
    EFFECT_AS_OUTPUT = auto()
    QUALITY_AS_EFFECT = auto()
    WORK_AS_EFFECT = auto()
    MONEY_AS_EFFECT = auto()
    OTHER_EFFECT = auto()
    COUNT_AS_SATISFACTION = auto()
    NO_SATISFACTION = auto()
    SATISFACTION_ELSEWHERE = auto()


@dataclass(frozen=True, slots=True)
class Misplaced:
    """A row in the wrong place: why, and the kind where it should go (None: nowhere, it is no result at all).

    ``doubtful``: whether it may be argued. ``reasons``: the words of the row that tell it, strongest first, at most three.
    """

    row: RowView
    why: Why
    goes: IndicatorKind | None = None
    doubtful: bool = False
    reasons: tuple[str, ...] = ()

    @property
    def pointer(self) -> str:
        """The cell that says where the row stands."""
        return self.row.at("kind" if self.row.row.kind is not None else "class")

    @property
    def stands(self) -> str:
        """The kind or class under which the row stands."""
        row = self.row.row
        return row.kind.label if row.kind else row.class_.label if row.class_ else "指标"

    @property
    def place(self) -> str:
        """Where the row should go, in words."""
        return self.goes.label if self.goes else "产出或效益指标中相应的一类"

    @property
    def belongs(self) -> str:
        """What the row says, in words."""
        return f"{self.goes.label}的事" if self.goes else "钱怎么投、事怎么管"

    @property
    def evidence(self) -> str:
        """The row as it stands: where, name, value."""
        return f"{self.stands}：{self.row.row.label} {self.row.row.target.text or ''}".rstrip()
