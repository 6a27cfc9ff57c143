"""Which way a name is better, composed from its morphemes: every negation and every mending of a bad thing turns once.

不合格率 is bad (not + good), 不合格率下降率 good (less of a bad thing), 未达标整改率 good (mending a bad thing), 逾期整改率 bad
(mending, but late). The head of a Chinese noun stands last, so a name is read from its end. What the morphemes do not tell
stays open: None, never a guess.
"""

from __future__ import annotations

from collections.abc import Mapping

_MASK = "〇"
_LONGEST_NEGATED = 4
"""characters behind 未 that are surely what is not done: 未按时完成; longer ones may hold a noun with a fate of its own"""


class Polarity:
    """Reads names by the word lists of a lexicon: ``polarity_…``, ``setback`` and ``handling``."""

    def __init__(self, words: Mapping[str, tuple[str, ...]]) -> None:
        def longest_first(*meanings: str) -> tuple[str, ...]:
            found = {word for meaning in meanings for word in words[meaning]}
            return tuple(sorted(found, key=lambda word: (-len(word), word)))

        self._heads = longest_first("polarity_heads")
        self._rates = longest_first("polarity_rates")
        self._lessening = longest_first("polarity_lessening")
        self._increasing = longest_first("polarity_increasing")
        self._burdens = longest_first("polarity_burdens")
        self._mending = longest_first("handling", "polarity_mending")
        self._slips = longest_first("polarity_slips")
        self._setbacks = longest_first("setback", "polarity_bad")
        self._bad = longest_first("polarity_slips", "setback", "polarity_bad")
        self._late = longest_first("polarity_late")
        self._carried_out = longest_first("polarity_carried_out")
        self._success = longest_first("polarity_success")
        self._open = longest_first("polarity_open")
        deeds = {*words["handling"], *words["polarity_mending"], *words["polarity_lessening"]}
        self._deeds = tuple(sorted(deeds - set(words["polarity_deed_nouns"])))
        self._adverbs = longest_first("polarity_adverbs")
        self._negations = longest_first("polarity_negations")
        self._absence = longest_first("polarity_absence")
        self._letters = frozenset(words["polarity_slip_letters"])
        self._plain = longest_first("polarity_plain")

    def more_is_better(self, name: str) -> bool | None:
        """Whether more is better (True), less (False), or the morphemes do not tell (None)."""
        text = self._masked(name)
        stem = _stripped(text, self._heads)
        if stem == text:
            return None  # 无事故 is a state, 无事故天数 a measure
        found = self._of(stem)
        # many complaints dealt with may be many complaints: only a share of them tells
        return found if found is not True or text.endswith(self._rates) or self._before_mending(stem) is None else None

    def turns(self, before: str) -> bool:
        """Whether what stands before a word may turn its sense: 未, 逾期, 违规."""
        return _stripped(before, self._adverbs).endswith((*self._negations, *self._absence, *self._bad))

    def _of(self, stem: str) -> bool | None:
        if stem.endswith(self._open):
            return None
        if (what := _without(stem, self._lessening)) is not None:
            return True if self._is_bad(what) or what.endswith(self._burdens) else None
        if (what := _without(stem, self._increasing)) is not None:
            return False if self._is_bad(what) else None
        if (what := self._before_mending(stem)) is not None:
            return self._mended(what)
        return False if self._gone_wrong(stem) else self._negated(stem)

    def _before_mending(self, stem: str) -> str | None:
        """What stands before the deed that mends it, done or done well: 事故救援, 事故救援成功."""
        done = _without(stem, self._success)
        return (
            _without(stem, self._mending)
            if done is None or not done.endswith(self._mending)
            else _without(done, self._mending)
        )

    def _mended(self, before: str) -> bool | None:
        """What is done about a bad thing is good, unless it is not done or done late."""
        if _stripped(before, self._adverbs).endswith(self._negations) or before.endswith(self._late):
            return False
        met = any(word in before for word in (*self._bad, *self._negations)) or self._is_bad(before)
        return True if met else None

    def _gone_wrong(self, stem: str) -> bool:
        """Whether it ends in something done wrongly: 逾期, 漏检, 违规支出, 逾期发放."""
        if len(stem) > 1 and stem[-2] in self._letters and stem[-1] != _MASK:
            return not self._denied(stem[:-2])
        for text in (stem, _stripped(stem, self._carried_out)):
            if (before := _without(text, self._slips)) is not None:
                return not self._denied(before)
        return False

    def _denied(self, before: str) -> bool:
        """Whether the words before a bad thing deny it (无差错) or do away with it (减少排放, 年减少管网失水)."""
        ends = _stripped(before, self._adverbs).endswith((*self._absence, *self._negations)) or before.endswith(
            self._deeds
        )
        return ends or any(word in before for word in self._lessening)

    def _negated(self, stem: str) -> bool | None:
        before = _without(stem, self._setbacks)
        if before is not None and not self._denied(before) and not any(deed in before for deed in self._deeds):
            return False
        for word in (*self._absence, *self._negations):
            _, found, what = stem.rpartition(word)
            if found and self._is_bad(what):
                return True
        for word in self._negations:
            _, found, what = stem.rpartition(word)
            if found and 0 < len(what) <= _LONGEST_NEGATED:
                return False
        return None

    def _is_bad(self, text: str) -> bool:
        """Whether a text ends in a bad thing, with or without its measure."""
        stem = _stripped(text, self._heads)
        return bool(stem) and (self._gone_wrong(stem) or self._negated(stem) is False)

    def _masked(self, name: str) -> str:
        for word in self._plain:
            if word in name:
                name = name.replace(word, _MASK * len(word))
        return name


def _without(text: str, endings: tuple[str, ...]) -> str | None:
    """``text`` without the first of ``endings`` that it ends with; None where it ends with none."""
    if not text.endswith(endings):
        return None
    return next(text.removesuffix(ending) for ending in endings if text.endswith(ending))


def _stripped(text: str, endings: tuple[str, ...]) -> str:
    """``text`` without all of ``endings`` that follow each other at its end."""
    while (shorter := _without(text, endings)) is not None:
        text = shorter
    return text
