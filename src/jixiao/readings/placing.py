"""Where rows belong: why a row does not stand where it belongs, and where it should go."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from jixiao.domain.indicator import IndicatorKind
from jixiao.lexicon import Measure
from jixiao.readings.measured import Measured
from jixiao.readings.view import RowView

_K = IndicatorKind
OUTPUTS = frozenset((_K.QUANTITY, _K.QUALITY, _K.TIMELINESS))
OUTCOMES = frozenset((_K.ECONOMIC, _K.SOCIAL, _K.ECOLOGICAL, _K.SUSTAINED_IMPACT))


class Why(Enum):
    """Why a row does not belong where it stands."""

    COUNT_AS_COST = auto()
    NO_COST = auto()
    EXECUTION = auto()
    """how much of the money is spent"""
    MANAGEMENT = auto()
    """what every project owes anyway"""
    COUNT_AS_QUALITY = auto()
    PROMPTNESS_AS_QUALITY = auto()
    DATE_AS_QUALITY = auto()
    RATIO_AS_QUANTITY = auto()
    NO_TIME = auto()
    COUNT_AS_TIME = auto()
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
    """A row in the wrong place: why, the kind where it should go (None: some output or outcome), the word that tells it.

    ``doubtful``: whether it may be argued.
    """

    row: RowView
    why: Why
    goes: IndicatorKind | None = None
    doubtful: bool = False
    word: str = ""

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
    def evidence(self) -> str:
        """The row as it stands: where, name, value."""
        return f"{self.stands}：{self.row.row.label} {self.row.row.target.text or ''}".rstrip()


def moved(m: Measured) -> IndicatorKind | None:
    """The kind where a row should go, by what it counts or the lexicon."""
    if m.counts or m.measures is Measure.COUNT:
        return _K.QUANTITY
    return m.term.kinds[0] if m.term is not None and m.term.kinds else None
