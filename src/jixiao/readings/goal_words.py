"""What a goal says: whether it is a sentence, and whether anything in it can be checked at the end of the year."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum, auto
from functools import lru_cache

import rjieba

from jixiao.domain.quantities import PartKind, Quantity
from jixiao.domain.quantities.comparators import is_sign
from jixiao.parameters.keys import FRAGMENT_WORDS, GOAL_RESULT_WORDS
from jixiao.parameters.shapes import FragmentWords, GoalResultWords
from jixiao.readings.text import any_of, fold, normalise, quantities
from jixiao.readings.view import PlanView, RowView

_NUMBERING = re.compile(
    r"(?m)^\s*(?:目标\s*[\d一二三四五六七八九十]+\s*[：:、.．]?|[（(]?[\d一二三四五六七八九十]{1,3}[)）、.．]|[①-⑳]|第[一二三四五六七八九十]+[，、]?)\s*"
)
_NAME = re.compile(r"\D{2,}")
_CLAUSE_MARK = re.compile(r"[，,。；;：:\n]")
_INDEX_YEAR = re.compile(r"(?:19|20)\d\d年度?")


def bare(text: str) -> str:
    """A text without the numbers of its lines: 目标1：, （一）, 1."""
    return _NUMBERING.sub("", text).strip()


# --- fragments --------------------------------------------------------------------------------------------


class Fragment(StrEnum):
    """What a goal is instead of a sentence."""

    MEASURE = auto()
    """the name of an indicator with its value: 设施安装率100%"""
    COLUMN = auto()
    """the name of a column or an indicator: 完成率"""
    TOPIC = auto()
    """a topic: 养老服务设施建设"""


def fragment(view: PlanView, goal: str) -> Fragment | None:
    """What a goal is instead of a sentence; None where it is one."""
    words = view.parameter(FRAGMENT_WORDS)
    text = bare(goal).rstrip("。；;.， ")
    if not text or len(text) > words.longest or _CLAUSE_MARK.search(text):
        return None
    if (name := _name_before_value(text)) and _is_measured(name, words):
        return Fragment.MEASURE
    if any(c.isdigit() for c in text):
        return None
    if column := next((w for w in words.columns if text.endswith(w)), None):
        return Fragment.COLUMN if not _does(text[: -len(column)], words.doing) else None
    topic = next((w for w in words.topics if text.endswith(w)), None)
    if topic is None or _does(text[: -len(topic)], words.doing) or _begins_with_verb(text):
        return None
    return Fragment.TOPIC


def _name_before_value(text: str) -> str | None:
    """What stands before the value where a text is no more than a name and a value: 培训人数≥100人."""
    q = next(iter(quantities(text)), None)
    if (
        q is None
        or q.unit is None
        or q.bound is not None
        or q.end != len(text)
        or not _NAME.fullmatch(text, 0, q.start)
    ):
        return None
    return text[: q.start].rstrip("为") if is_sign(q.words(PartKind.COMPARED, text) or "=") else None


def _is_measured(name: str, words: FragmentWords) -> bool:
    """Whether what stands before the number is the name of a measure and nothing is done."""
    if not name.endswith(words.measures) or name.startswith(words.doing):
        return False
    verb = next((v for v in words.opening_verbs if name.startswith(v)), None)
    return verb is None or name[len(verb) :] in words.measures  # 治理面积500亩 still names what is measured


def _does(text: str, verbs: Sequence[str]) -> bool:
    return any(verb in text for verb in verbs)


@lru_cache(maxsize=4096)
def _begins_with_verb(text: str) -> bool:
    first = next(iter(rjieba.tag(text)), None)
    return first is not None and first[1] in ("v", "vd", "p", "d", "ad")


# --- results ----------------------------------------------------------------------------------------------


def has_result(view: PlanView, text: str) -> bool:
    """Whether a text promises a number, a date or something that either is there at the end of the year or is not."""
    return any(map(view.standing(_promising), text.split("\n")))


def _promising(view: PlanView) -> Callable[[str], bool]:
    words = view.parameter(GOAL_RESULT_WORDS)
    checkable, patterns = any_of(words.checkable), re.compile("|".join(words.patterns))

    @lru_cache(maxsize=8192)
    def promises(text: str) -> bool:
        plain = _INDEX_YEAR.sub("", bare(text))
        if checkable.search(plain) or patterns.search(fold(plain)):
            return True
        return any(_counts(plain, q, words) for q in quantities(plain))

    return promises


def _counts(text: str, quantity: Quantity, words: GoalResultWords) -> bool:
    """Whether a number is a promise, not part of a name (500强, 12345热线, 等7家企业)."""
    folded = fold(text)
    before, after = folded[: quantity.start], folded[quantity.end :]
    if quantity.unit is None and after.startswith((*words.not_counted_after, "+", "A", "G")):
        return False
    return not before.endswith(words.not_counted_before)


def vague_amount(view: PlanView, text: str) -> str | None:
    """A word that stands where a number should: 推介一批项目."""
    return next((w for w in view.parameter(GOAL_RESULT_WORDS).vague if w in text), None)


def is_upkeep(view: PlanView, text: str) -> bool:
    """Whether a goal only says that things go on: 保障工作正常开展."""
    return any(word in text for word in view.parameter(GOAL_RESULT_WORDS).upkeep)


def measured_by(view: PlanView, goal: str, rows: Sequence[RowView]) -> bool:
    """Whether a row with a number measures the very thing the goal names: its name stands in the goal."""
    words = view.parameter(GOAL_RESULT_WORDS)
    said = normalise(goal)
    return any(core in said for core in _cores(rows, words))


def _cores(rows: Sequence[RowView], words: GoalResultWords) -> Iterator[str]:
    """What the rows with a number count, without 数量, 率."""
    for row in rows:
        if row.row.target.number is None or not row.name:
            continue
        core = row.name
        for ending in sorted(words.name_endings, key=len, reverse=True):
            core = core.removesuffix(ending)
        if len(core) >= words.shortest_core:
            yield core
