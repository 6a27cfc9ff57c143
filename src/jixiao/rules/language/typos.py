"""Rules on wrong and superfluous characters: wrong words, punctuation, characters written twice."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from jixiao.domain.finding import Aspect, PatchOperation, Severity
from jixiao.domain.message import Said
from jixiao.domain.quantities import PartKind
from jixiao.parameters.keys import DOUBLED_WORDS, WRONG_PHRASES, WRONG_WORDS
from jixiao.parameters.shapes import DoubledWords, WrongPhrases, WrongWords
from jixiao.readings.text import Finder, quantities
from jixiao.readings.view import PlanView
from jixiao.readings.written import Looked, WrittenText, written_texts
from jixiao.review.message import Message
from jixiao.review.rule import Observation, Scope, rule

_HAN = r"\u4e00-\u9fff"
_COUNTED_TWICE = re.compile(r"人次(?=(?P<after>[^\d，。；,;]{0,3}\d.{0,20}))")
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

WRONG = Message("wrong", "“{wrong:words}”应为“{right:words}”。")
SEVERAL_WRONG = Message("several-wrong", "{wrong:list}应当依次写作{right:list}。")
CORRECT = Message("correct", "“{wrong:words}”改为“{right:words}”。")
CORRECT_SEVERAL = Message("correct-several", "{wrong:list}依次改为{right:list}。")


@dataclass(frozen=True, slots=True)
class _Slip:
    """Wrong words at a place of a text, and the right ones."""

    start: int
    wrong: str
    right: str


@lru_cache(maxsize=8)
def _finder(words: tuple[str, ...]) -> Finder:
    return Finder(words)


def _slips(text: str, words: WrongWords, phrases: WrongPhrases) -> list[_Slip]:
    """The wrong words of a text in order, none overlapping another."""
    found: list[_Slip] = []
    every = (*_wrong_words(text, words), *_wrong_phrases(text, phrases))
    for slip in sorted(every, key=lambda s: (s.start, -len(s.wrong))):
        if not found or slip.start >= found[-1].start + len(found[-1].wrong):
            found.append(slip)
    return found


def _wrong_words(text: str, known: WrongWords) -> Iterator[_Slip]:
    """Every wrong word, but where it is part of words that are right."""
    words, unless = known.words, known.unless
    for start, wrong in _finder(tuple(words)).in_text(text):
        if not any(_covered(text, start, wrong, within) for within in unless.get(wrong, ())):
            yield _Slip(start, wrong, words[wrong])


def _covered(text: str, start: int, word: str, within: str) -> bool:
    """Whether the word at ``start`` stands there as part of ``within``."""
    offset = start - within.index(word)
    return offset >= 0 and text.startswith(within, offset)


def _wrong_phrases(text: str, known: WrongPhrases) -> Iterator[_Slip]:
    """Words that do not go together: 有效的维护了, 增强就业率, 人次120人."""
    for m in _adverbs(known.adverbs, known.verbs, known.objects).finditer(text):
        yield _Slip(m.start(), m.group(), f"{m[1]}地{m[2]}")
    for m in _rates(known.rate_verbs).finditer(text):
        yield _Slip(m.start(), m.group(), f"{known.rate_verb}{m[2]}")
    right, wrong = known.make_well
    for m in _made_well(wrong).finditer(text):
        if not any(_covered(text, m.start(), wrong, within) for within in known.make_well_unless):
            yield _Slip(m.start(), m.group(), m.group().replace(wrong, right, 1))
    for m in _COUNTED_TWICE.finditer(text):
        words = m["after"]
        q = next(iter(quantities(words)), None)
        if q is not None and q.unit == "人" and q.start <= 1 and not words.startswith("每", q.end):
            yield _Slip(m.start(), m.group() + words[: q.end], f"{q.words(PartKind.NUMBER, words)}人次")


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
    says=(WRONG, SEVERAL_WRONG),
    proposes=(CORRECT, CORRECT_SEVERAL),
)
def words_are_right(view: PlanView) -> Iterator[Observation]:
    """目标、用途、保障措施、项目名称和指标的文字里有明显的错别字：“行而有效”“发展问题及时整改”“结实客户”，荣誉称号写错
    （“全国卫生城市”），或者搭配不通（“有效的维护了”“增强就业率”“培训人次120人”）。一处文字报一条，写明各应改成什么；
    一行指标的名称和描述是同样的错字的，合并报一条。
    """
    words, phrases = view.parameter(WRONG_WORDS), view.parameter(WRONG_PHRASES)
    texts = view.standing(_wrong).faulty(view.derived(written_texts))
    for together in _told_together((t, _slips(t.text, words, phrases)) for t in texts):
        right = {slip.wrong: slip.right for _, slips in together for slip in slips}
        one = len(right) == 1
        facts = [*right], [*right.values()]
        yield Observation(
            at=together[0][0].pointer,
            evidence="、".join(right),
            says=WRONG(wrong=facts[0][0], right=facts[1][0]) if one else SEVERAL_WRONG(wrong=facts[0], right=facts[1]),
            suggests=CORRECT(wrong=facts[0][0], right=facts[1][0])
            if one
            else CORRECT_SEVERAL(wrong=facts[0], right=facts[1]),
            related=tuple(written.pointer for written, _ in together[1:]),
            fix=tuple(PatchOperation("replace", w.pointer, _mended(w.text, slips)) for w, slips in together),
        )


def _wrong(view: PlanView) -> Looked:
    words, phrases = view.parameter(WRONG_WORDS), view.parameter(WRONG_PHRASES)
    return Looked(lambda text: _slips(text, words, phrases))


def _told_together(found: Iterable[tuple[WrittenText, list[_Slip]]]) -> list[list[tuple[WrittenText, list[_Slip]]]]:
    """The texts with wrong words; texts of a row that repeat those of one before stand together with it."""
    groups: list[list[tuple[WrittenText, list[_Slip]]]] = []
    for written, slips in found:
        if slips:
            wrong = {slip.wrong for slip in slips}
            row = (g for g in groups if written.row is not None and g[0][0].row == written.row)
            same = next((g for g in row if wrong <= {slip.wrong for slip in g[0][1]}), None)
            if same is not None:
                same.append((written, slips))
            else:
                groups.append([(written, slips)])
    return groups


def _mended(text: str, slips: Sequence[_Slip]) -> str:
    for slip in reversed(slips):
        text = text[: slip.start] + slip.right + text[slip.start + len(slip.wrong) :]
    return text


# --- punctuation and repetition ---------------------------------------------------------------------------

TWO_MARKS = Message("two-marks", "“{around:words}”处两个标点连在一起，多了一个。")
TWICE = Message("written-twice", "“{around:words}”里“{word:words}”写了两遍。")
HALF_A_PAIR = Message(
    "half-a-pair",
    "“{left:text}{right:text}”不成对：有 {lefts:number} 个“{left:text}”、{rights:number} 个“{right:text}”，"
    "如“{around:words}”处。",
)
HALF_WIDTH = Message("half-width", "“{around:words}”中间用了半角标点。")
HALF_WIDTH_PLACES = Message("half-width-in-places", "“{around:words}”中间用了半角标点，全文还有 {more:number} 处。")
FULL_WIDTH = Message("full-width", "改为全角的“，”“；”。")


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
    says=(TWO_MARKS, TWICE, HALF_A_PAIR, HALF_WIDTH, HALF_WIDTH_PLACES),
    proposes=(FULL_WIDTH,),
)
def nothing_is_superfluous(view: PlanView) -> Iterator[Observation]:
    """两个标点连在一起（“，；”“。。”），同一个词紧接着写了两遍（“加强加强”“的的”），括号、引号、书名号只有一半，
    每处报一条；中文中间用了半角逗号、分号的，全文合并报一条。

    本来可以连写的（研究研究、服务服务对象、每人每年）不报。
    """
    half: list[WrittenText] = []
    known = view.parameter(DOUBLED_WORDS)
    for written in view.standing(_odd).faulty(view.derived(written_texts)):
        if _HALF_MARK.search(written.text) and _HALF_WIDTH.search(written.text):
            half.append(written)
        if found := _superfluous(written.text, known) or _half_a_pair(written):
            evidence, says = found
            yield Observation(at=written.pointer, evidence=evidence, says=says)
    if half:
        first, *others = half
        around = next(m.group() for m in _HALF_WIDTH.finditer(first.text))
        yield Observation(
            at=first.pointer,
            evidence=around,
            says=HALF_WIDTH_PLACES(around=around, more=len(others)) if others else HALF_WIDTH(around=around),
            suggests=FULL_WIDTH(),
            related=tuple(t.pointer for t in others),
        )


def _odd(view: PlanView) -> Looked:
    """What may be superfluous or missing; halves of pairs line by line, for those of two lines make up for each other."""
    known = view.parameter(DOUBLED_WORDS)

    def look(text: str) -> bool:
        if _superfluous(text, known) or (_HALF_MARK.search(text) and _HALF_WIDTH.search(text)):
            return True
        return any(_ANY_HALF.search(line) and _unpaired(line) for line in text.split("\n"))

    return Looked(look)


def _superfluous(text: str, known: DoubledWords) -> tuple[str, Said] | None:
    """(words met, what is said of them) of the first thing written twice."""
    if _TWO_MARKS.search(text) and (m := _DOUBLED_MARKS.search(text)):
        return m.group(), TWO_MARKS(around=m.group())
    for word in known.single:
        start = text.find(word + word)
        if start >= 0 and not any(_overlaps(text, start, within) for within in known.single_unless):
            return word + word, TWICE(around=_from(text, start), word=word)
    for m in _DOUBLED_WORD.finditer(text):
        word, rest = m[1], text[m.end() :]
        may_repeat = word in known.may_repeat or any(w in word for w in known.distributive)
        if not may_repeat and len(set(word)) > 1 and not rest.startswith(known.compound_heads):
            return m.group(), TWICE(around=m.group(), word=word)
    return None


def _from(text: str, place: int) -> str:
    """The words at a place, as far as needed to find it again."""
    m = _SOME_WORDS.match(text, place)
    return m.group() if m else text[place:]


def _overlaps(text: str, start: int, within: str) -> bool:
    """Whether ``within`` stands somewhere around the two characters at ``start``."""
    return within in text[max(0, start - len(within)) : start + 2 + len(within)]


def _half_a_pair(written: WrittenText) -> tuple[str, Said] | None:
    """A bracket, quotation mark or title mark without its other half, where a whole text was read."""
    if not written.is_prose or not _ANY_HALF.search(written.text) or not _unpaired(written.text):
        return None
    text = written.text.translate(_FULL_WIDTH)
    plain = _ENUMERATOR.sub("", written.text).translate(_FULL_WIDTH)
    for left, right in _PAIRS:
        a, b = text.count(left), text.count(right)
        if a != b and plain.count(left) != plain.count(right):
            around = _from(text, text.rfind(left if a > b else right))
            return around, HALF_A_PAIR(left=left, right=right, lefts=a, rights=b, around=around)
    return None


def _unpaired(text: str) -> bool:
    """Whether some left halves of a text outnumber the right ones, or the other way."""
    full = text.translate(_FULL_WIDTH)
    return any(full.count(left) != full.count(right) for left, right in _PAIRS)
