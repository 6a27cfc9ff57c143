"""The shapes of parameters that hold more than one value: one dataclass a YAML file in ``data/``, field by field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class ActivityColumns:
    """分项绩效目标表应有的栏目：绩效指标、评价标准 (``activity_columns``)."""

    indicators: bool
    rating_scale: bool


@dataclass(frozen=True, slots=True)
class ActivityLikeness:
    """分项与项目：名称用词有多大比例在对方文字里出现才算对应、低于多大比例才说没有对应；对应时最多试几张表相加 (``activity_likeness``)."""

    linked: float
    unlinked: float
    most_together: int


@dataclass(frozen=True, slots=True)
class BasicSpendingWords:
    """像是应由基本支出保障的支出：在职人员的工资保险、机关日常办公；以及不在此列的用词 (``basic_spending_words``)."""

    staff: tuple[str, ...]
    own: tuple[str, ...]
    office_names: tuple[str, ...]
    office: tuple[str, ...]
    fewest_office: int
    refunds: tuple[str, ...]
    lawful: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ComparedWithWords:
    """说明后面的年份是拿来比的：紧接在年份前面的字、前面哪里有都算的字 (``compared_with_words``)."""

    endings: tuple[str, ...]
    anywhere: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ComparisonWords:
    """完成值与指标值相比时要认的用词：没有发生（和不是这个意思的）、发生了、事件的量词、全部、晚了（和没有晚）、还在做、做完、差不多做完、升、降、第二年、年底
    (``comparison_words``)."""

    nothing: tuple[str, ...]
    something: tuple[str, ...]
    happened: tuple[str, ...]
    incidents: tuple[str, ...]
    whole: tuple[str, ...]
    late: tuple[str, ...]
    taken_back: tuple[str, ...]
    ongoing: tuple[str, ...]
    finished: tuple[str, ...]
    nearly: tuple[str, ...]
    rising: tuple[str, ...]
    falling: tuple[str, ...]
    next_year: tuple[str, ...]
    year_ends: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CopiedActuals:
    """完成值与指标值一样，几行以上、占多大比例才提 (``copied_actuals``)."""

    signed_rows: int
    rows: int
    share: Decimal


@dataclass(frozen=True, slots=True)
class CopiedSheet:
    """两个项目的指标像到什么程度算照搬：最少行数、同名行的比例、同值行的比例 (``copied_sheet``)."""

    fewest_rows: int
    same_names: float
    same_values: float


@dataclass(frozen=True, slots=True)
class DirectionWords:
    """从名称看越高越好还是越低越好：越短越好的时间、说减少的字和后面的幅度、越少越好的差错和后面的比率 (``direction_words``)."""

    spans: tuple[str, ...]
    lessening: tuple[str, ...]
    lessened_by: tuple[str, ...]
    slips: tuple[str, ...]
    slip_rates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DisbursementFloor:
    """6月底累计支出比例低于多少时提示 (``disbursement_floor``)."""

    month: int
    percent: int


@dataclass(frozen=True, slots=True)
class DoubledWords:
    """连写两遍是多写了的字，以及连写不算错的词、有这些字就不算的（人每人每年）、后面跟着就成词的字 (``doubled_words``)."""

    single: tuple[str, ...]
    single_unless: tuple[str, ...]
    may_repeat: tuple[str, ...]
    distributive: tuple[str, ...]
    compound_heads: tuple[str, ...]


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
class EventMoney:
    """一场活动平均摊到多少钱以上、总共几场以内，提示目标偏低 (``event_money``)."""

    yuan_per_event: int
    most_events: int
    units: tuple[str, ...]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FinishWords:
    """说做完的词、说验收的词；只是一段、一批的，不比 (``finish_words``)."""

    done: tuple[str, ...]
    accepted: tuple[str, ...]
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
class GradeDeductions:
    """每个问题的扣分与每条规则的扣分上限 (``grade_deductions``)."""

    per_finding: Mapping[str, float]
    cap_per_rule: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class GradeLimits:
    """必须修改的问题对等级的限制（每张表按处数；整份文本按目标表的等级，占比达到多少就跟着定） (``grade_limits``)."""

    sheet: Mapping[str, int]
    plan: int


@dataclass(frozen=True, slots=True)
class HeadedShare:
    """带编号标题的措施至少多大比例写了内容，才说其余的只有标题 (``headed_share``)."""

    share: float


@dataclass(frozen=True, slots=True)
class HebeiSigns:
    """认出河北表式的特征：支出计划的四个月份、项目编码的式样 (``hebei_signs``)."""

    months: tuple[int, ...]
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class IndicatorCarriedShare:
    """分项指标的用词有多大比例（%）在承接它的目标表里出现，才算落到了项目 (``indicator_carried_share``)."""

    share: int
    fewest_characters: int


@dataclass(frozen=True, slots=True)
class IndicatorCount:
    """一个项目的指标行数，低于下限或高于上限时提示 (``indicator_count``)."""

    fewest: int
    most: int
    far_too_few: int


@dataclass(frozen=True, slots=True)
class InputWords:
    """投入而不是产出的行：数人的名称结尾、以花钱开头的字 (``input_words``)."""

    people: tuple[str, ...]
    spent: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LongTermWords:
    """年度目标里的多年说法：几年内、若干年；以及跨年度的正常说法 (``long_term_words``)."""

    spans: str
    this_year: tuple[str, ...]
    unless: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LowExecution:
    """预算执行率低于多少，而指标全部满分时要说明；至少几行指标 (``low_execution``)."""

    percent: int
    rows: int


@dataclass(frozen=True, slots=True)
class LowerThanBefore:
    """目标值低于上年实际的多大比例，提示目标偏低；依据里表示上年实际的用词、年份后面引出实际数的字 (``lower_than_before``)."""

    share: float
    words: tuple[str, ...]
    stated: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MentionWords:
    """从文字里读数量时的用词：不表明数的是什么的词、可有可无的词、地方和单位的词尾、指自己地方的词头、按人按户
    平均的说法、其余部分、合计、资金安排 (``mention_words``).
    """

    empty: tuple[str, ...]
    weak: tuple[str, ...]
    spending: tuple[str, ...]
    localities: tuple[str, ...]
    our: tuple[str, ...]
    averages: tuple[str, ...]
    any_locality: tuple[str, ...]
    rest: tuple[str, ...]
    parts: tuple[str, ...]
    totals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MisreadSign:
    """比率前面的“≥”误认成数字时的样子 (``misread_sign``)."""

    digit: str
    lowest: int
    highest: int


@dataclass(frozen=True, slots=True)
class MonitoringCutOff:
    """监控截止月份：表名里的说法对应几月；没有写明的按几月；全年几个月 (``monitoring_cut_off``)."""

    words: Mapping[str, int]
    unknown: int
    year: int


@dataclass(frozen=True, slots=True)
class MonthlySpending:
    """按月均匀支出的用款：识别用词、允许偏离序时进度的百分点 (``monthly_spending``)."""

    words: tuple[str, ...]
    tolerance: int


@dataclass(frozen=True, slots=True)
class NameWords:
    """名称：只是指标类别的其他叫法；末尾的数带这些单位时是名称的一部分（二级、60岁、第3期） (``name_words``)."""

    categories: tuple[str, ...]
    own_units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NamingWords:
    """名称的写法：口号之外的开头（控制在）、不算量的结尾、不是量的结尾（情况）、连起两件事的字 (``naming_words``)."""

    openers: tuple[str, ...]
    not_measured: tuple[str, ...]
    states: tuple[str, ...]
    joints: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NumberNounLength:
    """说清数的是什么至少要几个字：同一处、不同处 (``number_noun_length``)."""

    near: int
    far: int


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
class NotAProductWords:
    """名称只说做完了多少、只说钱付出去了的写法：前面可有可无的词、主干、后面可有可无的词 (``not_a_product_words``)."""

    fillers: tuple[str, ...]
    completion: tuple[str, ...]
    money: tuple[str, ...]
    paid: tuple[str, ...]
    endings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OutcomeWords:
    """实际完成值里表示完成、部分完成、没有完成的用词 (``outcome_words``)."""

    reached: tuple[str, ...]
    partly: tuple[str, ...]
    missed: tuple[str, ...]
    not_applicable: tuple[str, ...]
    negations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Overachievement:
    """完成值达到指标值的百分之几算超额过多，且多出几个以上 (``overachievement``)."""

    percent: int
    more_than: int


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
class OwnMoneyWords:
    """目标里说这笔预算的用词；说的是别的钱的用词 (``own_money_words``)."""

    own: tuple[str, ...]
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PartsOfAWhole:
    """合在一起就是全部的几个部分；一种分类的各类名称的结尾；表示在原有之外再加的用词；说其余部分的词 (``parts_of_a_whole``)."""

    wholes: tuple[tuple[str, ...], ...]
    kinds: tuple[str, ...]
    additions: tuple[str, ...]
    others: tuple[str, ...]


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
class PlacingLimits:
    """指标归类错误报到什么程度：留在原处的可能低于多少才说、低于多少才算问题，应去的一类的可能至少多少才说、至少多少才算问题；
    一张表里同样放法的产出超过几行就当是自己的目录 (``placing_limits``)."""

    likely: Decimal
    sure: Decimal
    plausible: Decimal
    clear: Decimal
    habit: int


@dataclass(frozen=True, slots=True)
class PricedWords:
    """人数乘标准与预算数相比时要认的用词：标准里的人、不是按一年给的、一年里只发一段的、另有人出一份的；出入不到百分之
    几不提 (``priced_words``)."""

    people: tuple[str, ...]
    otherwise: tuple[str, ...]
    part_of_year: tuple[str, ...]
    shared: tuple[str, ...]
    tolerance: Decimal


@dataclass(frozen=True, slots=True)
class ProjectCodeCheck:
    """项目编码末位校验字符的算法：适用的式样、字符表、每位权数的底数 (``project_code_check``)."""

    pattern: str
    alphabet: str
    base: int


@dataclass(frozen=True, slots=True)
class QuestionWords:
    """用是和不是来回答的问法：问的字、问句的结尾、只答是的字、问的字后面最多几个字 (``question_words``)."""

    asking: tuple[str, ...]
    endings: tuple[str, ...]
    answers: tuple[str, ...]
    longest: int


@dataclass(frozen=True, slots=True)
class RatioFormulaWords:
    """说明比率怎么算的字样：谁除以谁、值是比率 (``ratio_formula_words``)."""

    divides: tuple[str, ...]
    ratio: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RatioWords:
    """百分率的名称：以这些结尾的是，末尾是“率”却不是百分率的除外 (``ratio_words``)."""

    endings: tuple[str, ...]
    others: tuple[str, ...]


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
class RelevanceLimits:
    """判断有没有关系：项目的文字至少几个字、被判断的话至少几个实词 (``relevance_limits``)."""

    fewest_characters: int
    fewest_words: int


@dataclass(frozen=True, slots=True)
class RepeatedParagraph:
    """正文里两段文字一样，至少多少个字才算重复印出 (``repeated_paragraph``)."""

    fewest_characters: int


@dataclass(frozen=True, slots=True)
class RestatedDescriptions:
    """一张表至少几行、占多大比例的描述照抄名称才报；像到什么程度算照抄 (``restated_descriptions``)."""

    rows: int
    share: float
    likeness: float


@dataclass(frozen=True, slots=True)
class ResultLimits:
    """自评结果看着不实的提示线：几个项目都是满分、满分是多少、钱花了不到百分之几 (``result_limits``)."""

    projects: int
    full: int
    percent: int


@dataclass(frozen=True, slots=True)
class ResultGrade:
    """自评等级的分数线（含本数）与等级的用词 (``result_grades``)."""

    least: int
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RowsToldTogether:
    """一张表多少行以上的同一问题合并成一条：缺比较符号超过几行、指标值全空至少几行 (``rows_told_together``)."""

    unsigned: int
    empty: int


@dataclass(frozen=True, slots=True)
class SafeguardWords:
    """保障措施里说明在管预算、绩效、资金、监督的用词；说明是组织安排的用词；党建和廉政用词；机关业务以外的具体业务的开头 (``safeguard_words``)."""

    management: tuple[str, ...]
    core: tuple[str, ...]
    organisation: tuple[str, ...]
    party: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SameNameLikeness:
    """同名的两行要算同一个指标：名称至少几个字，描述像到什么程度 (``same_name_likeness``)."""

    shortest: int
    descriptions: float


@dataclass(frozen=True, slots=True)
class SamePurpose:
    """两个项目的资金用途多像、多长才算重复安排 (``same_purpose``)."""

    likeness: float
    fewest_characters: int


@dataclass(frozen=True, slots=True)
class SameValueShare:
    """一张表多少行以上、多大比例的指标值相同算千篇一律 (``same_value_share``)."""

    rows: int
    share: float


@dataclass(frozen=True, slots=True)
class SloganLimits:
    """资金用途里口号到几处算空泛：没有支出内容时、有支出内容时 (``slogan_limits``)."""

    without_spending: int
    with_spending: int


@dataclass(frozen=True, slots=True)
class StrayWords:
    """一条内容照抄别的项目：与那个项目至少有几对字相同、与本项目相同的至多是那边的几成，以及判断时不看的用词 (``stray_words``)."""

    fewest_shared: int
    share: float
    purpose_share: float
    dull: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SureWords:
    """完成可能性的用词：确定能完成；不可能完成 (``sure_words``)."""

    certain: tuple[str, ...]
    impossible: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TotalCostWords:
    """成本指标里表示整个项目花多少钱、可以与预算数相比的用词；每、单位一类另一口径的用词 (``total_cost_words``)."""

    total: tuple[str, ...]
    not_whole: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UndefinedRates:
    """没有说明算法的比率：名称整个是这样的、名称里有这样的、名称以这些字结尾却配百分数的 (``undefined_rates``)."""

    whole: tuple[str, ...]
    no_rate: tuple[str, ...]
    anywhere: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UnitFitWords:
    """名称、描述量的是什么，单位合不合：数人的单位、数次数的单位；名称数个数的结尾、末尾是“数”却不数东西的、单位标准的结尾；说占比的字；比率的结尾和说它变化的字 (``unit_fit_words``)."""

    people: tuple[str, ...]
    acts: tuple[str, ...]
    counted: tuple[str, ...]
    not_counted: tuple[str, ...]
    standards: tuple[str, ...]
    out_of: tuple[str, ...]
    shares: tuple[str, ...]
    rates: tuple[str, ...]
    changes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WeakBasisWords:
    """依据套话的组成：开头语、修饰语、中心语（去掉前两类之后只剩中心语的，算套话） (``weak_basis_words``)."""

    openers: tuple[str, ...]
    qualifiers: tuple[str, ...]
    cores: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WeightTotals:
    """分值合计：满分；绩效目标表在预算执行率的分值之外可以合计的分值 (``weight_totals``)."""

    full: int
    without_execution: tuple[int, ...]


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


@dataclass(frozen=True, slots=True)
class YearEndDeadline:
    """只到年底的期限：最后一个月、不受年底限制的用词 (``year_end_deadline``)."""

    month: int
    day: int
    natural: tuple[str, ...]
