"""What the lexicon knows of a word, and what that makes the rules say."""

from __future__ import annotations

from dataclasses import dataclass

from jixiao.domain.indicator import IndicatorKind
from jixiao.lexicon import Better, Lexicon, Measure, Routine, Term
from jixiao.readings.text import normalise

_K = IndicatorKind
_OUTPUTS = {_K.QUANTITY, _K.QUALITY, _K.TIMELINESS}
_COSTS = {_K.COST, _K.ECONOMIC_COST}
_OUTCOMES = {_K.ECONOMIC, _K.SOCIAL, _K.ECOLOGICAL, _K.SUSTAINED_IMPACT}


@dataclass(frozen=True, slots=True)
class Setback:
    """A word in the name for something of which less is better; ``certain`` where nothing behind it may turn that round."""

    word: str
    certain: bool


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a word: it is a term, ends in one, or holds one.

    ``inside`` is only given where it is another one. ``general`` are (word, meaning) of words that only say how is
    measured, given where nothing else is known.
    """

    word: str
    term: Term | None
    ending: Term | None
    inside: Term | None
    setback: Setback | None
    general: tuple[tuple[str, str], ...]
    composed: Better | None = None
    """which way the morphemes make it better, whatever the term alone says: 逾期率, though 率 alone is better when more"""

    def __bool__(self) -> bool:
        return any((self.term, self.ending, self.inside, self.setback, self.general, self.composed))


def known_of(words: str, known: Lexicon) -> Known:
    """What is known of a word or the name of an indicator, written as one likes; false where nothing is."""
    word = normalise(words)
    term, ending, inside = known.terms.get(word), known.ending(word), known.inside(word)
    if inside is not None and inside.word in (word, ending.word if ending else word):
        inside = None
    met = known.is_setback(word)
    setback = None if met is None else Setback(known.has(word, "setback") or word, met)
    general: tuple[tuple[str, str], ...] = ()
    if not (term or ending or setback or known.composed(word)):
        general = tuple((held, meaning) for meaning in known.words if (held := known.has(word, meaning)))
    return Known(word, term, None if term else ending, inside, setback, general, known.composed(word))


def words_by_field(known: Lexicon) -> dict[str, list[str]]:
    """The words of all terms by the field they belong to."""
    fields: dict[str, list[str]] = {}
    for term in known.terms.values():
        fields.setdefault(term.field, []).append(term.word)
    return fields


def rules_speaking(term: Term, composed: Better | None = None) -> tuple[str, ...]:
    """Codes of the rules that what is known of the term can make speak, better as ``composed`` where it is given."""
    better = composed or term.better
    kinds, rate = set(term.kinds), term.measures is Measure.RATE
    satisfied = _K.BENEFICIARY_SATISFACTION in kinds and better is Better.MORE
    speaks = {
        "V01": satisfied,
        "V02": better is Better.MORE and not satisfied,
        "V03": better is Better.LESS and not kinds & _COSTS,
        "K22": bool(kinds) and not kinds & _COSTS,
        "K23": term.routine is Routine.EXECUTION,
        "K25": kinds == {_K.QUANTITY} or (not kinds and term.measures is Measure.COUNT),
        "K26": rate and _K.QUANTITY not in kinds and term.routine is None,
        "K28": bool(kinds & _OUTPUTS) and not kinds & _OUTCOMES and kinds != {_K.QUALITY},
        "K29": term.routine is not None,
        "K30": bool(kinds) and _K.BENEFICIARY_SATISFACTION not in kinds,
        "K39": bool(kinds) and (kinds <= _OUTCOMES or kinds == {_K.QUALITY}),
        "K41": term.routine is Routine.MANAGEMENT,
        "K80": satisfied,
        "K81": bool(kinds) and _K.TIMELINESS not in kinds,
    }
    return tuple(code for code, yes in speaks.items() if yes)
