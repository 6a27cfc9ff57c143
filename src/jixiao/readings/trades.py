"""Which trades 「行业」 a text speaks of, by the people and things of each: 学生 are of schools, 患者 of health."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from jixiao.domain.goal import texts_of
from jixiao.domain.indicator import IndicatorKind
from jixiao.parameters.keys import TRADE_WORDS
from jixiao.readings.text import Finder
from jixiao.readings.view import PlanView, RowView, SheetView

COPIED_ALIKE = frozenset((IndicatorKind.QUALITY, IndicatorKind.BENEFICIARY_SATISFACTION))
"""kinds whose rows are copied most: they read alike in any trade; an effect may well be in another"""


class Trades:
    """The words of all trades, found in one pass over a text."""

    def __init__(self, words: Mapping[str, tuple[str, ...]]) -> None:
        of_word: dict[str, set[str]] = defaultdict(set)
        for trade, own in words.items():
            for word in own:
                of_word[word].add(trade)
        self._of_word = of_word
        self._finder = Finder(of_word)

    def words(self, text: str) -> list[str]:
        """The words of trades in a text, as often as they stand there."""
        return [word for _, word in self._finder.in_text(text)]

    def of(self, word: str) -> set[str]:
        """The trades that a word is of."""
        return self._of_word[word]


def trades(view: PlanView) -> Trades:
    """The trades of a ruleset; made once for it: ``view.standing(trades)``."""
    return Trades(view.parameter(TRADE_WORDS))


def only_here(row: RowView) -> tuple[tuple[str, ...], str] | None:
    """The words of trades in a name that nothing else in the sheet speaks of, and a word that tells what its trade is.

    None where the row speaks of no trade, of several things, or where the sheet does not say what trade it is of.
    """
    known = row.sheet.plan.standing(trades)
    own = known.words(row.row.name or "")
    if not own:
        return None
    about, others = _about(row.sheet), _others(row)
    rest = about + others
    if any(word in rest for word in own):
        return None
    of_row = set[str]().union(*map(known.of, own))
    told = known.words(about)
    of_sheet = set[str]().union(*map(known.of, [*told, *known.words(others)]))
    return (tuple(dict.fromkeys(own)), told[0]) if told and of_row.isdisjoint(of_sheet) else None


def _about(sheet: SheetView) -> str:
    own = sheet.sheet
    whose = (own.budget_unit.name, sheet.plan.plan.department.name)
    return "\n".join(filter(None, (own.project.name, own.purpose, *texts_of(own.goals), *whose)))


def _others(row: RowView) -> str:
    """The other rows, but for those that may come from the same place: copied ones do not bear each other out."""
    return "\n".join(
        f"{other.row.name or ''}{other.row.description or ''}"
        for other in row.sheet.rows
        if other.row.kind not in COPIED_ALIKE
    )
