"""Rules on wrong and superfluous characters: wrong words, punctuation, characters written twice."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache

from jixiao.domain.finding import Aspect, PatchOperation, Severity
from jixiao.parameters.keys import DOUBLED_WORDS, WRONG_PHRASES, WRONG_WORDS
from jixiao.parameters.shapes import DoubledWords, WrongPhrases, WrongWords
from jixiao.readings.text import Finder
from jixiao.readings.view import PlanView
from jixiao.readings.written import WrittenText, written_texts
from jixiao.review.rule import Observation, Scope, rule

_HAN = r"\u4e00-\u9fff"
_COUNTED_TWICE = re.compile(r"人次(?:为|达到|达|约|[≥>=])?(\d+人)(?!次|[/／每])")
_DOUBLED_MARKS = re.compile(r".{0,4}[，。；、：][，。；、：]+")
_TWO_MARKS = re.compile(r"[，。；、：]{2}")
_HALF_MARK = re.compile(r"[,;]")
_HALF_WIDTH = re.compile(rf".{{0,4}}[{_HAN}”）》][,;][{_HAN}“《].{{0,3}}")
_DOUBLED_WORD = re.compile(rf"([{_HAN}]{{2,6}})\1")
_ENUMERATOR = re.compile(r"(?<![\w（(])[\dA-Za-z①-⑳一二三四五六七八九十]{1,3}\s*[)）]")
_SOME_WORDS = re.compile(r".{1,8}", re.DOTALL)
_PAIRS = (("（", "）"), ("“", "”"), ("《", "》"), ("【", "】"), ("〔", "〕"))
_ANY_HALF = re.compile(r"[（）()“”《》【】〔〕]")
_FULL_WIDTH = str.maketrans("()", "（）")


# --- wrong words ------------------------------------------------------------------------------------------


@lru_cache(maxsize=8)
def _finder(words: tuple[str, ...]) -> Finder:
    return Finder(words)


def _wrong_words(text: str, known: WrongWords, finder: Finder) -> Iterator[tuple[str, str]]:
    """(wrong, right) of every wrong word, but where it is part of words that are right."""
    words, unless = known.words, known.unless
    for start, wrong in finder.in_text(text):
        if not any(_covered(text, start, wrong, within) for within in unless.get(wrong, ())):
            yield wrong, words[wrong]


def _covered(text: str, start: int, word: str, within: str) -> bool:
    """Whether the word at ``start`` stands there as part of ``within``."""
    offset = start - within.index(word)
    return offset >= 0 and text.startswith(within, offset)


def _wrong_phrases(text: str, known: WrongPhrases) -> Iterator[tuple[str, str]]:
    """(wrong, right) of words that do not go together: 有效的维护了, 增强就业率, 人次120人."""
    for m in _adverbs(known.adverbs, known.verbs, known.objects).finditer(text):
        yield m.group(), f"{m[1]}地{m[2]}"
    for m in _rates(known.rate_verbs).finditer(text):
        yield m.group(), f"提高{m[2]}"
    right, wrong = known.make_well
    for m in _made_well(wrong).finditer(text):
        if not any(_covered(text, m.start(), wrong, within) for within in known.make_well_unless):
            yield m.group(), m.group().replace(wrong, right, 1)
    for m in _COUNTED_TWICE.finditer(text):
        yield m.group(), f"{m[1]}次"


@lru_cache(maxsize=8)
def _adverbs(adverbs: Sequence[str], verbs: Sequence[str], objects: Sequence[str]) -> re.Pattern[str]:
    return re.compile(f"({'|'.join(adverbs)})的({'|'.join(verbs)})(?={'|'.join(objects)})")


@lru_cache(maxsize=8)
def _rates(verbs: Sequence[str]) -> re.Pattern[str]:
    return re.compile(rf"({'|'.join(verbs)})([{_HAN}]{{1,6}}率)(?=$|[，,。；;、\s])")


@lru_cache(maxsize=8)
def _made_well(word: str) -> re.Pattern[str]:
    return re.compile(rf"{word}[{_HAN}]{{2,12}}工作(?=$|[，,。；;\s])")


@rule(
    "L64",
    title="错别字",
    problem="typo",
    severity=Severity.ADVICE,
    aspect=Aspect.COMPLETENESS,
    scope=Scope.PLAN,
    cites=("good-practice/language",),
    remedy="改正错字后再报。",
    since=date(2015, 5, 21),
    parameters=(WRONG_WORDS, WRONG_PHRASES),
)
def words_are_right(view: PlanView) -> Iterator[Observation]:
    """目标、用途、保障措施、项目名称和指标的文字里有明显的错别字：“行而有效”“发展问题及时整改”“结实客户”，荣誉称号写错
    （“全国卫生城市”），或者搭配不通（“有效的维护了”“增强就业率”“培训人次120人”）。一处文字报一条，写明各应改成什么。
    """
    told: set[tuple[str, str]] = set()
    known, phrases = view.parameter(WRONG_WORDS), view.parameter(WRONG_PHRASES)
    finder = _finder(tuple(known.words))
    places = view.derived(written_texts)
    written = "\n".join(p.text for p in places)
    if not any(finder.in_text(written)) and not any(_wrong_phrases(written, phrases)):
        return  # one look over the whole: as a rule nothing is wrong
    for place in places:
        found = dict(_wrong_words(place.text, known, finder))
        found |= dict(_wrong_phrases(place.text, phrases))
        if place.row is not None:
            found = {w: r for w, r in found.items() if (place.row, w) not in told}
            told |= {(place.row, w) for w in found}
        if found:
            mended = place.text
            for wrong, right in found.items():
                mended = mended.replace(wrong, right)
            yield Observation(
                at=place.pointer,
                evidence="、".join(found),
                message="、".join(f"“{wrong}”应为“{right}”" for wrong, right in found.items()) + "。",
                suggestion="、".join(f"“{wrong}”改为“{right}”" for wrong, right in found.items()) + "。",
                fix=(PatchOperation("replace", place.pointer, mended),),
            )


# --- punctuation and repetition ---------------------------------------------------------------------------


@rule(
    "L65",
    title="标点或字词多写、漏写",
    problem="typo",
    severity=Severity.ADVICE,
    aspect=Aspect.COMPLETENESS,
    scope=Scope.PLAN,
    cites=("good-practice/language",),
    remedy="删去多出的标点和字词，补上缺的半边括号、引号，中文里用全角标点。",
    since=date(2015, 5, 21),
    parameters=(DOUBLED_WORDS,),
)
def nothing_is_superfluous(view: PlanView) -> Iterator[Observation]:
    """两个标点连在一起（“，；”“。。”），同一个词紧接着写了两遍（“加强加强”“的的”），括号、引号、书名号只有一半，
    每处报一条；中文中间用了半角逗号、分号的，全文合并报一条。

    本来可以连写的（研究研究、服务服务对象）不报。
    """
    half: list[WrittenText] = []
    places, known = view.derived(written_texts), view.parameter(DOUBLED_WORDS)
    somewhere = _superfluous("\n".join(p.text for p in places), known) is not None
    for place in places:
        if _HALF_MARK.search(place.text) and _HALF_WIDTH.search(place.text):
            half.append(place)
        if (found := _superfluous(place.text, known) if somewhere else None) or (found := _half_a_pair(place)):
            yield Observation(at=place.pointer, evidence=found[0], message=found[1])
    if half:
        first = half[0]
        words = next(m.group() for m in _HALF_WIDTH.finditer(first.text))
        where = f"，全文还有 {len(half) - 1} 处" if len(half) > 1 else ""
        yield Observation(
            at=first.pointer,
            evidence=words,
            message=f"“{words}”中间用了半角标点{where}。",
            suggestion="改为全角的“，”“；”。",
            related=tuple(p.pointer for p in half[1:]),
        )


def _superfluous(text: str, known: DoubledWords) -> tuple[str, str] | None:
    if _TWO_MARKS.search(text) and (m := _DOUBLED_MARKS.search(text)):
        return m.group(), f"“{m.group()}”处两个标点连在一起，多了一个。"
    for word in known.single:
        start = text.find(word + word)
        if start >= 0 and not any(_overlaps(text, start, within) for within in known.single_unless):
            return word + word, f"“{_from(text, start)}”里“{word}”写了两遍。"
    for m in _DOUBLED_WORD.finditer(text):
        word, rest = m[1], text[m.end() :]
        if word not in known.may_repeat and len(set(word)) > 1 and not rest.startswith(known.compound_heads):
            return m.group(), f"“{m.group()}”里“{word}”写了两遍。"
    return None


def _from(text: str, place: int) -> str:
    """The words at a place, as far as needed to find it again."""
    m = _SOME_WORDS.match(text, place)
    return m.group() if m else text[place:]


def _overlaps(text: str, start: int, within: str) -> bool:
    """Whether ``within`` stands somewhere around the two characters at ``start``."""
    return within in text[max(0, start - len(within)) : start + 2 + len(within)]


def _half_a_pair(place: WrittenText) -> tuple[str, str] | None:
    """A bracket, quotation mark or title mark without its other half, where a whole text was read."""
    if not place.is_prose or not _ANY_HALF.search(place.text):
        return None
    text = place.text.translate(_FULL_WIDTH)
    plain = _ENUMERATOR.sub("", place.text).translate(_FULL_WIDTH)
    for left, right in _PAIRS:
        a, b = text.count(left), text.count(right)
        if a != b and plain.count(left) != plain.count(right):
            mark = left if a > b else right
            around = _from(text, text.rfind(mark))
            return around, f"“{left}{right}”不成对：有 {a} 个“{left}”、{b} 个“{right}”，如“{around}”处。"
    return None
