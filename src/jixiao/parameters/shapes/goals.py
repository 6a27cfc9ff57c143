"""The shapes of parameters on goals, purposes and safeguards: results, duties, other years, copies."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CopiedSheet:
    """两个项目的指标像到什么程度算照搬：最少行数、同名行的比例、同值行的比例 (``copied_sheet``)."""

    fewest_rows: int
    same_names: float
    same_values: float


@dataclass(frozen=True, slots=True)
class DutyWordLimit:
    """职责用词到几种才报：全文没有数字的、一段没有数字的、列了一长串只夹着个别数字的 (``duty_word_limit``)."""

    whole: int
    paragraph: int
    long: int
    numbers_in_long: int


@dataclass(frozen=True, slots=True)
class EndedCampaign:
    """已经结束的活动和部署：最后一个年度、怎么结束的、用词（一个就算；或者两个同时出现、其中一个是主词才算）、不算的说法 (``ended_campaigns``)."""

    until: int
    why: str
    words: tuple[str, ...]
    anchors: tuple[str, ...]
    together: tuple[str, ...]
    unless: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FragmentWords:
    """只是题目、栏目或指标名的目标：题目的结尾、栏目的结尾、说明在做事的动词、打头时说明在做多少的动词、最多几个字 (``fragment_words``)."""

    topics: tuple[str, ...]
    columns: tuple[str, ...]
    measures: tuple[str, ...]
    doing: tuple[str, ...]
    opening_verbs: tuple[str, ...]
    longest: int


@dataclass(frozen=True, slots=True)
class GoalResultWords:
    """判断目标有没有可以衡量的结果的用词：能核实的结果、期限和等级、不是数量的含糊说法、只说维持运转的套话、引出下文的开头、数字里不算承诺的 (``goal_result_words``)."""

    checkable: tuple[str, ...]
    patterns: tuple[str, ...]
    vague: tuple[str, ...]
    upkeep: tuple[str, ...]
    openers: tuple[str, ...]
    not_counted_after: tuple[str, ...]
    not_counted_before: tuple[str, ...]
    name_endings: tuple[str, ...]
    shortest_core: int


@dataclass(frozen=True, slots=True)
class LongTermWords:
    """年度目标里的多年说法：几年内、若干年；以及跨年度的正常说法 (``long_term_words``)."""

    spans: str
    this_year: tuple[str, ...]
    unless: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OldYears:
    """正文里写了以前年度：早几年才算照搬旧文；年份前后有这些字的是依据、对照、来历，不算；年份前一年的要跟着打算用词才算；
    年份后面没有“年”字而跟着这些字的，也是年份 (``old_years``).
    """

    years_before: int
    before: tuple[str, ...]
    after: tuple[str, ...]
    anywhere_after: tuple[str, ...]
    after_bare_year: tuple[str, ...]
    look_behind: int
    look_ahead: int
    future: tuple[str, ...]
    document_words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OpeningYearWords:
    """目标以本年度以前的年份开头：说到本年度的用词；说现状、来历的用词，有一个就不算；年份后面直接说的是谁（正则）、做什么的动词
    (``opening_year_words``).
    """

    this_year: tuple[str, ...]
    standing: tuple[str, ...]
    who: tuple[str, ...]
    deeds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PastWords:
    """写已经做完的事的用词：有一个就算的、要和数字同在一句才算的、动词后跟“了”的、以“了”开头的词；汉字数目后面的量词；
    以及说明是打算、依据、现状对照因而不算的 (``past_words``).
    """

    sure: tuple[str, ...]
    counted: tuple[str, ...]
    verbs: tuple[str, ...]
    effects: tuple[str, ...]
    words_with_le: tuple[str, ...]
    counters: tuple[str, ...]
    past_years: tuple[str, ...]
    past_year_verbs: tuple[str, ...]
    not_past: tuple[str, ...]
    planned: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SafeguardWords:
    """保障措施里说明在管预算、绩效、资金、监督的用词；说明是组织安排的用词；党建和廉政用词；机关业务以外的具体业务的开头 (``safeguard_words``)."""

    management: tuple[str, ...]
    core: tuple[str, ...]
    organisation: tuple[str, ...]
    party: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SamePurpose:
    """两个项目的资金用途多像、多长才算重复安排 (``same_purpose``)."""

    likeness: float
    fewest_characters: int


@dataclass(frozen=True, slots=True)
class SloganLimits:
    """资金用途里口号到几处算空泛：没有支出内容时、有支出内容时 (``slogan_limits``)."""

    without_spending: int
    with_spending: int
