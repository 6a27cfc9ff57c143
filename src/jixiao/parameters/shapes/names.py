"""The shapes of parameters on what names of indicators are: labels, measures, questions, slogans."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class InputWords:
    """投入而不是产出的行：数人的名称结尾、以花钱开头的字 (``input_words``)."""

    people: tuple[str, ...]
    spent: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NameWords:
    """名称：只是指标类别的其他叫法；末尾的数带这些单位时是名称的一部分（二级、60岁、第3期） (``name_words``)."""

    categories: tuple[str, ...]
    own_units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NamingWords:
    """名称的写法：口号之外的开头（控制在）、不算量的结尾、不是量的结尾（情况）、连起两件事的字和含着这些字的词 (``naming_words``)."""

    openers: tuple[str, ...]
    not_measured: tuple[str, ...]
    states: tuple[str, ...]
    not_joints: tuple[str, ...]
    joints: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NotAProductWords:
    """名称只说做完了多少、只说钱付出去了的写法：前面可有可无的词、主干、后面可有可无的词 (``not_a_product_words``)."""

    fillers: tuple[str, ...]
    completion: tuple[str, ...]
    money: tuple[str, ...]
    paid: tuple[str, ...]
    endings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OverlapWords:
    """看两行是不是衡量同一件事时不算数的用词、名称末尾不算数的字、比率末尾的字、意思一样的词；剩下几个字才比，满意度剩下几个字才比
    (``overlap_words``)."""

    generic: tuple[str, ...]
    endings: str
    shares: str
    same: tuple[tuple[str, ...], ...]
    fewest_characters: int
    fewest_of_people: int


@dataclass(frozen=True, slots=True)
class PlacingLimits:
    """指标归类错误报到什么程度：留在原处的可能低于多少才说、低于多少才算问题，应去的一类的可能至少多少才说、至少多少才算问题；
    一张表里同样放法的产出超过几行就当是自己的目录 (``placing_limits``)."""

    likely: Decimal
    sure: Decimal
    plausible: Decimal
    clear: Decimal
    habit: int


@dataclass(frozen=True, slots=True)
class QuestionWords:
    """用是和不是来回答的问法：问的字、问句的结尾、只答是的字、问的字后面最多几个字 (``question_words``)."""

    asking: tuple[str, ...]
    endings: tuple[str, ...]
    answers: tuple[str, ...]
    longest: int


@dataclass(frozen=True, slots=True)
class RelevanceLimits:
    """判断有没有关系：项目的文字至少几个字、被判断的话至少几个实词 (``relevance_limits``)."""

    fewest_characters: int
    fewest_words: int


@dataclass(frozen=True, slots=True)
class RestatedDescriptions:
    """一张表至少几行、占多大比例的描述照抄名称才报；像到什么程度算照抄 (``restated_descriptions``)."""

    rows: int
    share: float
    likeness: float


@dataclass(frozen=True, slots=True)
class SameNameLikeness:
    """同名的两行要算同一个指标：名称至少几个字，描述像到什么程度 (``same_name_likeness``)."""

    shortest: int
    descriptions: float


@dataclass(frozen=True, slots=True)
class StrayWords:
    """一条内容照抄别的项目：与那个项目至少有几对字相同、与本项目相同的至多是那边的几成，以及判断时不看的用词 (``stray_words``)."""

    fewest_shared: int
    share: float
    purpose_share: float
    dull: tuple[str, ...]
