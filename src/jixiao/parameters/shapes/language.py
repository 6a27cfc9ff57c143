"""The shapes of parameters on slips of the pen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DoubledWords:
    """连写两遍是多写了的字，以及连写不算错的词、有这些字就不算的（人每人每年）、后面跟着就成词的字 (``doubled_words``)."""

    single: tuple[str, ...]
    single_unless: tuple[str, ...]
    may_repeat: tuple[str, ...]
    distributive: tuple[str, ...]
    compound_heads: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RedundantPairs:
    """意思重复、留一个就够的成对说法，和两者之间最多隔几个字（后一个是以上、以内这样的界限的可以隔得远些）；数后面跟着这些字说的是
    哪一种、不是多少的；首尾重复的动词 (``redundant_pairs``).
    """

    between: int
    bound_between: int
    bounds: tuple[str, ...]
    of_which_kind: tuple[str, ...]
    framing: tuple[str, ...]
    pairs: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class RepeatedParagraph:
    """正文里两段文字一样，至少多少个字才算重复印出 (``repeated_paragraph``)."""

    fewest_characters: int


@dataclass(frozen=True, slots=True)
class WrongPhrases:
    """搭配错误的用词：作状语应写“地”的词和后面的动词、动词之后的宾语开头，不能与“率”搭配的动词和应写的动词，
    应写“做好”的“组好” (``wrong_phrases``).
    """

    adverbs: tuple[str, ...]
    verbs: tuple[str, ...]
    objects: tuple[str, ...]
    rate_verbs: tuple[str, ...]
    rate_verb: str
    make_well: tuple[str, ...]
    make_well_unless: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WrongWords:
    """常见的错别字：错的写法和对的写法，以及哪些连写里不算错 (``wrong_words``)."""

    words: Mapping[str, str]
    unless: Mapping[str, tuple[str, ...]]
