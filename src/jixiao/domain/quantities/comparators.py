"""The words and signs that compare a number, read by grammar: (limit) + negation × direction + (or equal).

不得低于 is a negation (不得) of a direction (低于): at least. Whole phrases are nowhere listed, so that none is read as the
contrary of what it says because nobody thought of it. Texts here are folded (``folding``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from jixiao.domain.quantities.folding import folded
from jixiao.domain.target import Comparator

_SIGNS: Mapping[str, Comparator] = {
    ">=": Comparator.AT_LEAST,
    "=>": Comparator.AT_LEAST,
    "≥": Comparator.AT_LEAST,
    "≥=": Comparator.AT_LEAST,
    "》": Comparator.AT_LEAST,
    "<=": Comparator.AT_MOST,
    "=<": Comparator.AT_MOST,
    "≤": Comparator.AT_MOST,
    "≤=": Comparator.AT_MOST,
    "《": Comparator.AT_MOST,
    ">": Comparator.MORE_THAN,
    "<": Comparator.LESS_THAN,
    "=": Comparator.EXACTLY,
}
"""》 and 《 are what an input method makes of ≥ and ≤ when in haste"""

SIGN_CHARACTERS = "".join(sorted(set("".join(_SIGNS))))
"""what signs are made of"""

# Directions: what stands above or below the number, or comes up to it.
_MORE = ("大于", "多于", "高于", "超过", "突破", "长于", "晚于", "迟于", "高过", "多过")
_LESS = ("小于", "少于", "低于", "短于", "早于")
_SAME = ("等于",)
_REACH = ("达到",)
_SHORT_MORE, _SHORT_REACH = ("超", "逾"), ("达",)
_DENIED_REACH, _DENIED_LESS, _DENIED_MORE = ("到", "满", "足", "够"), ("下", "下于"), ("超出",)
"""directions only after a negation: 不到5人, 不下5人; 超出5人 says by how many"""

_NOTS = ("不", "未", "没有", "没", "勿", "禁止", "严禁", "杜绝", "避免", "防止")
_MODALS = (
    "得",
    "能够",
    "能",
    "应当",
    "应该",
    "应",
    "可以",
    "可",
    "宜",
    "许",
    "准",
    "允许",
    "会",
    "要",
    "再",
    "予",
    "曾",
)
_LOW, _HIGH = ("至少", "最少", "起码"), ("至多", "最多", "顶多")
_LOWEST = ("最低", "下限")
_HIGHEST = ("最高", "最大", "最长", "上限", "最迟", "最晚")
"""limits that may be part of a name (最低生活保障): only right before the number"""
_HELD = ("控制在", "控制到", "限制在", "限定在")
"""ceilings, unless a word behind the number says otherwise: 控制在95%以上"""
_OR_EQUAL = r"(?:或者|或|及|和|、)?(?:等于|=)"

_ABOUT_BEFORE = ("大约", "大概", "将近", "接近", "约")
_NO_ABOUT = "节预合签制公履违契条毁续特邀租隐相"
"""节约, 预约: 约 is part of a word"""
_NO_REACH = "下到抵发表传送转直通雷"
_NO_MORE = "赶反高"

_BOUNDS: Mapping[str, Comparator] = {
    "以上": Comparator.AT_LEAST,
    "之上": Comparator.AT_LEAST,
    "以下": Comparator.AT_MOST,
    "之下": Comparator.AT_MOST,
    "以内": Comparator.AT_MOST,
    "之内": Comparator.AT_MOST,
    "内": Comparator.AT_MOST,
}

NEGATED: Mapping[Comparator, Comparator] = {
    Comparator.MORE_THAN: Comparator.AT_MOST,
    Comparator.LESS_THAN: Comparator.AT_LEAST,
    Comparator.AT_LEAST: Comparator.LESS_THAN,
    Comparator.AT_MOST: Comparator.MORE_THAN,
}
"""What denies a comparison: not more than is at most"""
INCLUSIVE = {Comparator.MORE_THAN: Comparator.AT_LEAST, Comparator.LESS_THAN: Comparator.AT_MOST}
"""The same with the number itself let in"""
STRICT = {inclusive: strict for strict, inclusive in INCLUSIVE.items()}
"""The same with the number itself left out"""


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _back(*words: str) -> str:
    """Any of ``words``, as met when a text is read from a number backwards."""
    return _any(word[::-1] for word in words)


# --- what one comparison means -------------------------------------------------------------------------------------

_WAYS: Mapping[str, Comparator] = {
    **dict.fromkeys((*_MORE, *_SHORT_MORE, *_DENIED_MORE), Comparator.MORE_THAN),
    **dict.fromkeys((*_LESS, *_DENIED_LESS), Comparator.LESS_THAN),
    **dict.fromkeys(_SAME, Comparator.EXACTLY),
    **dict.fromkeys((*_REACH, *_SHORT_REACH, *_DENIED_REACH), Comparator.AT_LEAST),
}
_LIMITS: Mapping[str, Comparator] = {
    **dict.fromkeys((*_LOW, *_LOWEST), Comparator.AT_LEAST),
    **dict.fromkeys((*_HIGH, *_HIGHEST, *_HELD), Comparator.AT_MOST),
}
_NOT = rf"(?:{_any(_NOTS)})(?:{_any(_MODALS)}){{0,2}}"
_HAN = r"[\u4e00-\u9fff]"
_PHRASE = re.compile(
    rf"(?P<limit>(?:{_any(_LIMITS)}){{0,2}})(?P<nots>(?:{_NOT}){{1,3}}{_HAN}{{0,3}}?)?(?P<way>{_any(_WAYS)})?"
    rf"(?P<equal>{_OR_EQUAL})?[为是:了]?"
)
_ANYWHERE = re.compile(rf"[{SIGN_CHARACTERS}]|{_NOT}(?:{_any((*_MORE, *_LESS))})|大于|小于|等于")
_ONE_NOT = re.compile(_NOT)


@lru_cache(maxsize=1024)
def comparison(words: str) -> Comparator | None:
    """What a sign or a phrase says of the number behind it: ≥, 不得低于, 至少, 大于或等于; None where it says nothing."""
    if sign := _SIGNS.get(words.rstrip(":")):
        return sign
    m = _PHRASE.fullmatch(words)
    if m is None:
        return None
    way = _WAYS.get(m["way"] or "")
    if way is None:
        last = next((word for word in _LIMITS if m["limit"].endswith(word)), "")
        return _LIMITS.get(last) if not m["nots"] and not m["equal"] else None
    if m["nots"] and len(_ONE_NOT.findall(m["nots"])) % 2:
        way = NEGATED.get(way)
    elif m["way"] in (*_DENIED_REACH, *_DENIED_LESS, *_DENIED_MORE):
        return None
    return INCLUSIVE.get(way, way) if way is not None and m["equal"] else way


def compares(words: str) -> bool:
    """Whether a sign or a comparison that belongs before a number stands anywhere in a text: 数量≥, 不低于."""
    return _ANYWHERE.search(folded(words).text) is not None


def is_sign(words: str) -> bool:
    """Whether a comparison is a sign, not words: ≥, <=."""
    return folded(words).text.rstrip(":") in _SIGNS


_TURNED = {
    Comparator.AT_LEAST: Comparator.AT_MOST,
    Comparator.AT_MOST: Comparator.AT_LEAST,
    Comparator.MORE_THAN: Comparator.LESS_THAN,
    Comparator.LESS_THAN: Comparator.MORE_THAN,
}


def turned_round(words: str) -> Comparator | None:
    """What a sign behind a number says of what is compared with it: 95%≤ asks for at least 95%; None for other words."""
    return _TURNED.get(_SIGNS[words]) if words in _SIGNS and not is_mistyped(words) and words != "=" else None


@lru_cache(maxsize=1024)
def yields_to_bound(words: str) -> bool:
    """Whether a phrase gives way to a word behind the number: 达到5人以下, 控制在95%以上."""
    return words.rstrip("为是:了") in (*_REACH, *_SHORT_REACH, *_HELD)


@lru_cache(maxsize=1024)
def is_limit(words: str) -> bool:
    """Whether a phrase is only 至少, 最多 or the like."""
    return words in (*_LOW, *_HIGH)


@lru_cache(maxsize=1024)
def is_mistyped(words: str) -> bool:
    """Whether a sign is what an input method put for another: 》95%."""
    return words in ("》", "《")


# --- before a number, read backwards -------------------------------------------------------------------------------

_SIGN_BACK = r":?(?:=[><≥≤]|[><]=|[><=≥≤》《])"
_NOT_BACK = rf"(?:{_back(*_MODALS)}){{0,2}}(?:{_back(*_NOTS)})"
_FORBIDDEN_BACK = rf"{_HAN}{{1,3}}?(?:{_back(*_MODALS)}){{1,2}}(?:{_back(*_NOTS)})"
"""an adverb between negation and direction: 不得明显低于"""
_EQUAL_BACK = rf"(?:(?:{_back('等于')}|=)(?:{_back('或者', '或', '及', '和')}|、)?)?"
_LIMIT_BACK = _back(*_LOW, *_HIGH, *_LOWEST, *_HIGHEST, *_HELD)
_LONG_WAY_BACK = _back(*_MORE, *_LESS, *_SAME, *_REACH)
_SHORT_WAY_BACK = rf"(?:{_back(*_SHORT_MORE)})(?![{_NO_MORE}])|(?:{_back(*_SHORT_REACH)})(?![{_NO_REACH}])"
_PHRASE_BACK = (
    rf"(?:{_EQUAL_BACK}(?:{_LONG_WAY_BACK})(?:(?:{_NOT_BACK}){{1,3}}|{_FORBIDDEN_BACK})?"
    rf"|(?:{_back(*_SHORT_MORE, *_DENIED_MORE, *_DENIED_REACH, *_DENIED_LESS, *_SHORT_REACH)})(?:{_NOT_BACK}){{1,3}}"
    rf"|{_SHORT_WAY_BACK})(?:{_LIMIT_BACK}){{0,2}}|(?:{_LIMIT_BACK}){{1,2}}"
)
_ABOUT_BACK = rf"(?:[为达有]?(?:{_back(*_ABOUT_BEFORE)})(?![{_NO_ABOUT}])|近(?![附最亲邻靠临就年]))"
BEFORE = re.compile(
    rf"(?P<about>{_ABOUT_BACK})?(?P<compared>{_SIGN_BACK}|[为是:了]?(?:{_PHRASE_BACK}))?(?P<roughly>{_ABOUT_BACK})?"
)
"""(about, comparison) right before a number, both backwards"""

ENDINGS = "".join(sorted({word[-1] for word in (*_SIGNS, *_WAYS, *_LIMITS, *_ABOUT_BEFORE)} | set("为是:了近")))
"""the characters in which a comparison may end"""

_OBJECT = r"[^\d,.;:()\[\]<>=≥≤》《。、!?！？“”\n并且和与及或]"
_BOUND_TO_NUMBER = _back("的", "值", "标准", "目标", "计划", "总数", "总量", "总额")
BEFORE_OBJECT = re.compile(
    rf"(?:(?P<object>{_OBJECT}{{1,8}}?)(?P<compared>[≥≤]|(?:{_back(*_MORE, *_LESS, *_REACH, *_DENIED_MORE)})(?:{_NOT_BACK}){{1,3}}(?:{_LIMIT_BACK}){{0,2}}"
    rf"|{_back(*_LOW, *_HIGH)})"
    rf"|(?P<measure>(?:{_BOUND_TO_NUMBER}){_OBJECT}{{0,6}}?)(?P<positive>{_back(*_MORE, *_LESS, *_REACH)})(?!{_NOT_BACK}|{_FORBIDDEN_BACK}))"
)
"""A comparison with what it speaks of between it and the number: 不低于投资额的, 达到目标值; all backwards"""
MAY_HAVE_OBJECT = re.compile(rf"[≥≤]|{_any((*_MORE, *_LESS, *_REACH, *_DENIED_MORE, *_LOW, *_HIGH))}")
"""What every text holds in which something stands between a comparison and its number"""


# --- behind a number -----------------------------------------------------------------------------------------------

_EDGE = r"\((?:不?含)(?:本数|[\d.]{1,12}%?)?\)"
EDGE = re.compile(rf"{_EDGE}")
BOUND = re.compile(
    rf"(?P<edge>{_EDGE})?(?:及|或|和)?(?P<bound>以上|之上|以下|之下|以内|之内)"
    rf"(?P<outer>{_EDGE}|不?含本数|不?含(?=[,.;。、)]|$))?"
)
WITHIN = re.compile(r"内(?![\u4e00-\u9fff])")
"""within, where it ends a clause; of a span of time whatever follows"""
ABOUT_BEHIND = re.compile(r"左右|上下(?![\u4e00-\u9fff])")
MORE_THAN_ROUND = re.compile(r"余|多")


def bound_of(word: str) -> Comparator:
    """What a word behind a number says of it: 以上 → at least."""
    return _BOUNDS[word]


def with_edge(comparator: Comparator | None, edge: str) -> Comparator | None:
    """A comparison with (含) or (不含): 以下(不含) → less than."""
    if comparator is None:
        return None
    return (STRICT if "不" in edge else INCLUSIVE).get(comparator, comparator)
