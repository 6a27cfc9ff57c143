"""Rules on what names mean: vague, told again in the description, at odds with it, inputs for outputs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from jixiao.domain.finding import Aspect, Severity
from jixiao.domain.goal import texts_of
from jixiao.domain.indicator import IndicatorKind
from jixiao.domain.measure_units import is_money
from jixiao.domain.target import TargetType
from jixiao.lexicon import Measure, lexicon
from jixiao.parameters.keys import RESTATED_DESCRIPTIONS
from jixiao.readings.measured import is_satisfaction
from jixiao.readings.names import bare_name, category_label, name_without_target
from jixiao.readings.text import likeness, normalise
from jixiao.readings.units import unscaled
from jixiao.readings.view import RowView, SheetView
from jixiao.review.rule import Observation, Scope, rule

_RESPONDENTS = ("respondents_public", "respondents_business", "respondents_school", "respondents_staff")
_STAGES = (("stage_opened", "stage_closed"), ("stage_signed", "stage_built"))


@rule(
    "K35",
    title="描述照抄名称",
    problem="description-restates-name",
    severity=Severity.ADVICE,
    aspect=Aspect.RELEVANCE,
    scope=Scope.SHEET,
    cites=("mof-2021-101/naming", "mof-2015-88/quantified"),
    remedy="描述写清口径和算法：数的是什么、分子分母各是什么、数据从哪里来。",
    since=date(2015, 5, 21),
    parameters=(RESTATED_DESCRIPTIONS,),
)
def description_says_more(sheet: SheetView) -> Iterator[Observation]:
    """一张表里相当一部分行的描述与名称相同、或只多出目标值和几个字，等于没有解释，一张表合并报一条。个别行描述与名称
    一字不差的，逐行提示。

    没有描述一栏的表不报；只是个别行相近的，不报。
    """
    limits = sheet.parameter(RESTATED_DESCRIPTIONS)
    described = [row for row in sheet.rows if row.name and row.description]
    same = [row for row in described if _restates(row, limits.likeness)]
    if len(same) < limits.rows or len(same) < len(described) * limits.share:
        for row in (r for r in same if r.name == r.description):
            yield Observation(
                at=row.at("description"),
                evidence=row.row.description or "",
                message=f"“{row.row.label}”的描述把名称照抄一遍，数的是什么、怎样算没有交代。",
            )
        return
    names = "、".join(f"“{row.row.label}”" for row in same[:2]) + ("等" if len(same) > 2 else "")
    yield Observation(
        at=sheet.at("indicators"),
        evidence="、".join(row.row.label for row in same),
        message=f"{len(described)} 行描述有 {len(same)} 行只是把名称重说一遍（{names}），口径和算法没有交代，"
        "自评时各人各算。",
        related=tuple(row.at("description") for row in same),
    )


def _restates(row: RowView, threshold: float) -> bool:
    if row.name == row.description:
        return True
    name, told = name_without_target(row.row.name), name_without_target(row.row.description)
    return likeness(name, told) >= threshold


@rule(
    "K36",
    title="名称空泛",
    problem="name-vague",
    severity=Severity.ADVICE,
    aspect=Aspect.RELEVANCE,
    scope=Scope.ROW,
    cites=("mof-2021-101/naming", "mof-2015-88/clear-direction"),
    remedy="名称写到别人看得懂：什么人、什么事、量的是什么。",
    since=date(2015, 5, 21),
)
def name_says_of_what(row: RowView) -> Iterator[Observation]:
    """名称只是“社会影响力”“机构运转”“工作质量”一类的大方面，描述没有补充；或者名称以“情况”“状况”结尾而值是百分比。

    “完成率”“到位率”一类另按没有算法报，口号、类别名称、没有单位的数另有规则。
    """
    name, target = bare_name(row), row.row.target
    if target.number is not None and target.unit is None:
        return
    vague = lexicon().words["vague_name"]
    if name in vague and row.description in ("", row.name, *vague):
        message = f"名称“{row.row.label}”只说了一个大方面，是谁的、哪件事的、怎样衡量都没有说。"
        suggestion = None
    elif name.endswith(("情况", "状况")) and target.is_percent:
        message = f"“{row.row.label}”的“{name[-2:]}”不是量，配上“{target.text}”不知道是什么的比率。"
        suggestion = "改成比率的名称，如“……及时率”“……完成率”“……合格率”，并写明分子、分母。"
    else:
        return
    yield Observation(row.at("name"), f"{row.row.label}：{target.text or '（空）'}", message, suggestion)


@rule(
    "K37",
    title="名称与描述不符",
    problem="name-description-mismatch",
    severity=Severity.WARNING,
    aspect=Aspect.RELEVANCE,
    scope=Scope.ROW,
    cites=("mof-2015-88/relevance-review", "good-practice/consistency"),
    remedy="名称和描述说同一件事：名称是量，描述是它的口径和算法。",
    since=date(2015, 5, 21),
)
def name_and_description_agree(row: RowView) -> Iterator[Observation]:
    """名称和描述说的不是一件事，看得准的有四种：满意度问的人不同（群众、客商）；名称数到结案、签约，描述数的是受理、
    竣工；名称是完成率，描述是资金到位率；名称是比率，描述却是一句做法，除了项目都有的字没有一处相同，也没有算法。

    描述是名称的一部分、写了占比等算法的、只列举内容的，不报。
    """
    if not row.row.name or not row.row.description or row.name == row.description or category_label(row.row.name):
        return
    reason = _other_respondents(row) or _other_stage(row) or _money_for_work(row) or _deed_for_ratio(row)
    if reason is None:
        return
    yield Observation(
        at=row.at("description"),
        evidence=f"{row.row.name} ｜ {row.row.description}",
        message=f"{reason}，按名称还是按描述填数说不清。",
        related=(row.at("name"),),
    )


def _other_respondents(row: RowView) -> str | None:
    if not is_satisfaction(row) or "满意" not in row.description:
        return None
    asked, told = _groups(row.name), _groups(row.description)
    if not asked or not told or asked & told:
        return None
    known = lexicon()
    a = next(word for group in asked if (word := known.has(row.name, group)))
    b = next(word for group in told if (word := known.has(row.description, group)))
    return f"名称问的是{a}，描述问的是{b}"


def _groups(text: str) -> frozenset[str]:
    known = lexicon()
    return frozenset(group for group in _RESPONDENTS if known.has(text, group))


def _other_stage(row: RowView) -> str | None:
    known = lexicon()
    head = known.ending(bare_name(row))
    if head is None or head.measures is not Measure.COUNT:
        return None
    for early, late in _STAGES:
        for here, there in ((early, late), (late, early)):
            named, told = known.has(row.name, here), known.has(row.description, there)
            if named and told and not known.has(row.description, here) and not known.has(row.name, there):
                return f"名称数的是“{named}”，描述数的是“{told}”，一件事走到两步的数不一样"
    return None


def _money_for_work(row: RowView) -> str | None:
    known = lexicon()
    a = known.ending(normalise(name_without_target(row.row.name)))
    if a is None or a.measures is not Measure.RATE:
        return None
    b = known.ending(normalise(name_without_target(row.row.description)))
    if b is None or b.measures is not Measure.RATE:
        return None
    if bool(a.routine) is bool(b.routine) or not a.kinds + b.kinds:
        return None
    return f"名称是“{a.word}”，描述是“{b.word}”，一个说事情、一个说资金"


def _deed_for_ratio(row: RowView) -> str | None:
    known = lexicon()
    name, told = bare_name(row), row.description
    head = known.ending(name)
    if head is None or head.measures is not Measure.RATE or is_satisfaction(row) or known.has(told, "formula"):
        return None
    sheet = row.sheet.sheet
    common = normalise("".join(filter(None, (sheet.project.name, sheet.purpose, *texts_of(sheet.goals)))))
    own = _pairs(name) - _pairs(common)
    if not own or own & _pairs(told):
        return None
    return f"名称是比率“{row.row.name}”，描述“{row.row.description}”说的是另一件事，没有解释这个比率"


def _pairs(text: str) -> frozenset[str]:
    return frozenset(text[i : i + 2] for i in range(len(text) - 1))


@rule(
    "K85",
    title="以投入当产出",
    problem="input-not-output",
    severity=Severity.ADVICE,
    aspect=Aspect.RELEVANCE,
    scope=Scope.ROW,
    cites=("mof-2021-101/classes", "mof-2015-88/quantified"),
    remedy="数量写办成了什么：走访企业数、获得线索数、签约数、服务人数等；投入的人和钱写在用途里。",
    since=date(2015, 5, 21),
)
def output_is_not_input(row: RowView) -> Iterator[Observation]:
    """数量指标数的是单位自己派出、投入的人，或者投入了多少预算资金、花了多少经费，不是办成了什么。

    发工资、补助的人数，购买的岗位和服务，发放、贷出、争取、引进的金额，不报。
    """
    name, known = bare_name(row), lexicon()
    if row.row.kind is not IndicatorKind.QUANTITY or row.row.target.type is TargetType.MISSING:
        return
    staff = known.has(name, "own_input") if name.endswith(("人数", "人员", "人员数", "人员数量", "人次")) else None
    if staff is None and not is_own_money(row):
        return
    what = "单位自己派出的人" if staff else "投入的钱"
    yield Observation(
        at=row.at("name"),
        evidence=f"{row.row.label}：{row.row.target.text or ''}",
        message=f"“{row.row.label}”数的是{what}，是投入；人派了、钱花了，办成多少事没有写。",
    )


def is_own_money(row: RowView) -> bool:
    """Whether the row counts the money spent: by its name, or by a value in money for what begins or ends as spending."""
    known, name = lexicon(), bare_name(row)
    if row.row.kind is not IndicatorKind.QUANTITY:
        return False
    if known.has(name, "money_given"):
        return False
    if name.endswith(known.words["own_funds"]):
        return True
    unit = row.row.target.unit
    if unit is None or not is_money(unscaled(unit)):
        return False
    return name.startswith("投入") or name.endswith(known.words["spending"])
