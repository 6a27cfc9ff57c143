"""What a name is: a measure, something its value counts, or a task, a wish, a state, a label that nobody can measure.

Asked is what must be true of an indicator: its head noun, which in Chinese stands last, is a measure (…率, …数, 面积), or the
value counts with its unit what the name says. Only of names that are neither the words are looked at for what they are instead.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum, auto
from functools import lru_cache

import rjieba

from jixiao.domain.goal import texts_of
from jixiao.domain.indicator import IndicatorClass, IndicatorKind
from jixiao.domain.measure_units import PERCENT
from jixiao.domain.quantities import Moment, Quantity, parse
from jixiao.lexicon import Lexicon, Measure
from jixiao.parameters.keys import MEASURED_ENDINGS, NAME_WORDS
from jixiao.readings.classes import class_of
from jixiao.readings.measured import is_satisfaction
from jixiao.readings.names import is_category, name_without_target, printed_target
from jixiao.readings.text import normalise
from jixiao.readings.units import without_bracketed_units
from jixiao.readings.value_cells import cell
from jixiao.readings.view import PlanView, RowView

READ = (NAME_WORDS, MEASURED_ENDINGS)
"""the parameters that the reading takes"""

_CLAUSE = re.compile(r"[，,；;。]")
_NOTE = re.compile(r"(?<=[^（()）]{2})[（(][^（()）]*[）)]$")
"""what a name adds to itself in brackets: 项目个数(含续建)"""
_NUMBERED = re.compile(r"^指标\s*\d+\s*[:：]")
_MEASURES = frozenset((Measure.COUNT, Measure.RATE, Measure.MONEY, Measure.TIME, Measure.AMOUNT, Measure.OTHER))
_COUNTS = frozenset((Measure.COUNT, Measure.AMOUNT, Measure.MONEY))
_NUMERAL = re.compile(r"[\d一二三十]")
_PROCEDURE = 24
"""characters from which on a sentence of several clauses is a procedure"""


class NameForm(StrEnum):
    """What a name is."""

    MEASURE = auto()
    """its head noun is a measure, or a person's satisfaction"""
    COUNTED = auto()
    """its value counts it, with a unit"""
    EVENT = auto()
    """something that is witnessed: 通过专家评审"""
    QUESTION = auto()
    LABEL = auto()
    """of a category, and nothing else: 成本"""
    PERIOD = auto()
    """a date or a span of time: 全年"""
    NUMBER = auto()
    """an amount, and not of what: 64万元"""
    PROCEDURE = auto()
    """several clauses on what is done"""
    TASK = auto()
    """what is to be done: 指导城市建设"""
    WISH = auto()
    """what is to become of things: 促进发展, 办学水平提高"""
    ASPECT = auto()
    """a side of things, without how it is measured: 安全情况, 创建质量"""
    THING = auto()
    """any other noun"""

    @property
    def says_what_is_wanted(self) -> bool:
        """Whether it tells a deed or a wish, where a measure is to stand."""
        return self in (NameForm.PROCEDURE, NameForm.TASK, NameForm.WISH)


def name_form(row: RowView) -> NameForm:
    """What the name of a row is; kept for the plan, since several rules ask."""
    return row.sheet.plan.derived(_forms)[row.pointer]


def theme_of(name: str, measures: Mapping[str, str]) -> str | None:
    """A measure of what a wish is for, which stands last in its name; words before it may belong to another field."""
    tail = normalise(name)[-_TAIL:]
    found = [(tail.rfind(word), measure) for word, measure in measures.items() if word in tail]
    return max(found)[1] if found else None


_TAIL = 6
"""characters at the end of a name that hold what a wish is for: 促进农民增收"""


def _forms(plan: PlanView) -> dict[str, NameForm]:
    return {row.pointer: _form(row) for row in plan.rows}


def _form(row: RowView) -> NameForm:
    written = _NUMBERED.sub("", without_bracketed_units(name_without_target(row) or row.row.description or ""))
    written = _NOTE.sub("", written) or written
    name, known = normalise(written), row.lexicon
    if not name:
        return NameForm.LABEL
    if is_satisfaction(row) or (class_of(row) is IndicatorClass.SATISFACTION and "满意" in name):
        return NameForm.MEASURE
    if is_category(row, name) or name in known.words["head_labels"]:
        return NameForm.LABEL
    if printed_target(row) is not None:
        return NameForm.MEASURE
    if _is_period(name, known):
        return NameForm.PERIOD
    if _is_number(name):
        return NameForm.NUMBER
    clauses = tuple(c for c in (normalise(c) for c in _CLAUSE.split(written)) if c)
    if any(complies(clause, known) for clause in clauses):
        return NameForm.EVENT
    if len(clauses) == 1 and _is_nominal(clauses[0], known):
        return NameForm.ASPECT
    form = _told(clauses, _counts(row), row.parameter(MEASURED_ENDINGS), known)
    bare = (
        row.row.kind is IndicatorKind.QUANTITY and row.row.target.number is not None and not row.row.target.is_percent
    )
    if bare and form in _MAY_BE_COUNTED:
        return NameForm.COUNTED
    if form in (NameForm.THING, NameForm.COUNTED) and _wishes_for_no_thing(row, clauses):
        return NameForm.WISH
    return NameForm.TASK if form is NameForm.THING and _does_something(clauses[0]) else form


_MAY_BE_COUNTED = (NameForm.TASK, NameForm.THING, NameForm.ASPECT, NameForm.EVENT)
"""what a bare number of the quantities may count: 完成改革项目 1"""


def _counts(row: RowView) -> bool:
    """Whether the value counts something: a number with a unit that is no share."""
    target, apart = row.row.target, cell(row)
    if target.number is None:
        return False
    unit = apart.unit if apart else target.unit
    return bool(apart and apart.scale) if unit is None else unit not in PERCENT


def _wishes_for_no_thing(row: RowView, clauses: tuple[str, ...]) -> bool:
    """Whether an effect is a sentence about what no measure is known of, and nothing else says what is counted: 擦亮……名片.

    Where the unit is one of a sort of things (人, 家, 公里), it says what is counted: 带动农户 100户.
    """
    if class_of(row) is not IndicatorClass.OUTCOME or row.row.description:
        return False
    unit, known = row.row.target.unit, row.lexicon
    if clauses[-1].endswith(known.words["head_metaphors"]):
        return True
    if row.row.target.number is not None and unit not in (None, *PERCENT, *known.words["unit_of_anything"]):
        return False
    return all(_is_sentence(clause, known) and not _is_thing(_last_noun(clause), row) for clause in clauses)


def _is_sentence(text: str, known: Lexicon) -> bool:
    """Whether words say that something is done or becomes: a verb or its result first, or an adverb before the verb."""
    words = tokens(text)
    first, tag = words[0]
    if len(words) == 1 or first.endswith(known.words["head_no_results"]):
        return False
    opens = tag == "v" or (len(first) == len("做好") and first.endswith(known.words["head_results"]))
    return opens or any(tag == "d" for _, tag in words) or words[-1][1] == "i"


def _last_noun(text: str) -> str:
    """The last word, with the one before it where it is a single character."""
    *before, last = [word for word, _ in tokens(text)]
    return last if len(last) > 1 or not before else before[-1] + last


def _is_thing(noun: str, row: RowView) -> bool:
    """Whether a noun is one that a term of the lexicon measures, or that the sheet speaks of elsewhere."""
    tails = [noun[at:] for at in range(max(len(noun) - 1, 1))]
    counts = row.row.target.number is not None and not row.row.target.is_percent
    if any(_is_measured(tail, counts, row.lexicon) for tail in tails):
        return True
    sheet = row.sheet.sheet
    others = [other.row.name or "" for other in row.sheet.rows if other is not row]
    return any(
        noun in text for text in (sheet.project.name or "", sheet.purpose or "", *texts_of(sheet.goals), *others)
    )


@lru_cache(maxsize=4096)
def _is_measured(noun: str, counts: bool, known: Lexicon) -> bool:  # noqa: FBT001 - a cache key
    return any(noun in word and (not counts or term.measures in _COUNTS) for word, term in known.terms.items())


def _is_period(name: str, known: Lexicon) -> bool:
    if name in known.words["head_periods"]:
        return True
    opener = max((word for word in known.words["head_periods"] if name.startswith(word)), key=len, default=name)
    if name.removeprefix(opener) in known.words["head_period_deeds"]:
        return True
    if not _NUMERAL.search(name):
        return False
    found = parse(name).found
    if len(found) != 1 or found[0].start > 0:
        return False
    rest = name[found[0].end :]
    timed = isinstance(found[0], Moment) or getattr(found[0], "unit", None) in known.words["head_period_units"]
    return timed and (not rest or rest in known.words["head_period_ends"])


def _is_number(name: str) -> bool:
    """Whether a number with its unit is all there is: 64万元, ≥10."""
    if not _NUMERAL.search(name):
        return False
    found = parse(name).found
    return len(found) == 1 and isinstance(found[0], Quantity) and (found[0].start, found[0].end) == (0, len(name))


@lru_cache(maxsize=8192)
def _told(clauses: tuple[str, ...], counts: bool, surely: tuple[str, ...], known: Lexicon) -> NameForm:  # noqa: FBT001 - a cache key
    words, first, last = known.words, clauses[0], clauses[-1]
    if any(word in clause for clause in clauses for word in words["head_questions"]):
        return NameForm.QUESTION
    if _opens(first, words["head_prepositions"], known) and not is_measure(last, known):
        if len(clauses) > 1:
            return NameForm.PROCEDURE
        # 对经济发展的影响 is a side of things, 对家庭进行扶助 a deed
        towards = _opens(first, words["head_towards"], known) is not None
        return NameForm.ASPECT if towards and first.endswith(words["head_aspects"]) else NameForm.TASK
    if is_measure(last, known) or is_measure(first, known):
        return _wished(clauses, surely, known) if not counts else NameForm.MEASURE
    if counts:
        return NameForm.COUNTED
    if len(clauses) > 1 and sum(map(len, clauses)) >= _PROCEDURE:
        return NameForm.PROCEDURE
    if len(clauses) == 1 and len(first) > _EVENT and first.startswith(words["head_events"]):
        return NameForm.EVENT
    if any(_opens_with(clause, words["head_wishes"], known) for clause in clauses):
        return NameForm.WISH
    if last.endswith(words["head_events"]):
        return NameForm.EVENT
    if last.endswith(words["head_changes"]) and len(last) > _STATE:
        return NameForm.WISH
    return _task_or_thing(first, last, known)


def _task_or_thing(first: str, last: str, known: Lexicon) -> NameForm:
    """What a name is that is no measure, no event and no wish."""
    is_aspect = last.endswith(known.words["head_aspects"])
    if _opens_with(first, known.words["head_tasks"], known) and not (is_aspect and len(tokens(first)) <= _ASPECT):
        return NameForm.TASK
    return NameForm.ASPECT if is_aspect else NameForm.THING


def _does_something(text: str) -> bool:
    """Whether it is a verb and, as the last word, what it is done to: 提供优质高效服务; longer texts are nouns with all about them."""
    (opener, tag), *rest = tokens(text)
    return len(text) <= _DEED and tag == "v" and len(opener) > 1 and len(rest) > 1 and rest[-1][1] in _OBJECTS


_OBJECTS = ("n", "vn", "an")
"""parts of speech that an object may be"""


def complies(text: str, known: Lexicon) -> bool:
    """Whether it says that something is as a standard asks, which is witnessed: 建设符合验收要求."""
    _, complies, standard = text.partition(next((word for word in known.words["head_complies"] if word in text), "\0"))
    return bool(complies) and standard.endswith(known.words["head_standards"])


def _is_nominal(text: str, known: Lexicon) -> bool:
    """Whether the head is a noun of which all that stands before says of what: 按计划实施情况, 提高积极性的影响程度."""
    words = known.words
    if text.endswith(words["head_influences"]):
        return True
    return text.endswith(words["head_states"]) and not _opens_with(text, words["head_wishes"], known)


def _wished(clauses: tuple[str, ...], surely: tuple[str, ...], known: Lexicon) -> NameForm:
    """What a name is that ends in a measure of which no number is told: 提高知晓率 names a rate, 促进农民增收 wishes for more."""
    words, first = known.words, clauses[0]
    named = [c for c in clauses if c.endswith(surely) and not c.endswith(words["head_not_measures"])]
    last = clauses[-1]
    if first in named or (last in named and not _opens_with(last, words["head_wishes"], known)):
        return NameForm.MEASURE
    if _opens_with(first, words["head_wishes"], known):
        return NameForm.WISH
    if _opens_with(first, words["head_tasks"], known):
        return NameForm.TASK
    wishes = not named and any(_opens_with(c, words["head_wishes"], known) for c in clauses)
    return NameForm.WISH if wishes else NameForm.MEASURE


_DEED = 10
"""characters up to which a verb and its object are a deed"""
_EVENT = 2
"""characters of a word for an event, behind which it says of what"""
_STATE = 4
"""characters up to which a word of change may be a noun: 产业发展"""
_ASPECT = 3
"""words up to which an aspect may carry the deed before it: 创建质量"""


def _opens(text: str, words: tuple[str, ...], known: Lexicon) -> str | None:
    """The longest of ``words`` that a text begins with and that is a word there: 对, but not 对象."""
    if not text.startswith(words) or text.startswith(known.words["head_nouns"]):
        return None
    opener = max((word for word in words if text.startswith(word)), key=len)
    token, tag = tokens(text)[0]
    if len(token) > len(opener) and tag.startswith("n"):
        return None  # 组织机构
    with_object = len(opener) > 1 and len(token) - len(opener) > 1 and token.startswith(opener)  # one word for both
    return opener if opener == token or opener.startswith(token) or with_object else None


def _opens_with(text: str, verbs: tuple[str, ...], known: Lexicon) -> bool:
    """Whether one of ``verbs`` opens it and an object follows: 指导城市建设."""
    opener = _opens(text, verbs, known)
    return opener is not None and len(text) - len(opener) > 1


@lru_cache(maxsize=4096)
def tokens(text: str) -> tuple[tuple[str, str], ...]:
    """The words of a text, each with its part of speech."""
    return tuple(rjieba.tag(text))


@lru_cache(maxsize=4096)
def is_measure(text: str, known: Lexicon) -> bool:
    """Whether the head noun is a measure, or what is to become of one: 入学率, 入学率提高."""
    if len(text) < 2:
        return False
    for word in known.words["head_changes"]:
        if text.endswith(word) and len(text) > len(word) + 1 and is_measure(text.removesuffix(word), known):
            return True
    term = known.ending(text)
    if term is not None and term.measures in _MEASURES:
        return True
    return text.endswith(known.words["head_measures"]) and not text.endswith(known.words["head_not_measures"])
