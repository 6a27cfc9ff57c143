"""Rules on what a project's money is for: basic spending, money of earlier years, two projects for one thing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from jixiao.domain.finding import Aspect, Severity
from jixiao.parameters.keys import (
    BASIC_SPENDING_WORDS,
    COPIED_SHEET,
    EARLIER_YEAR_WORDS,
    GOAL_LIKENESS,
    GOAL_SHORTEST,
    PROJECT_DULL_WORDS,
    SAME_PURPOSE,
    STRAY_WORDS,
)
from jixiao.readings.copies import is_copy_of
from jixiao.readings.goal_groups import same_words
from jixiao.readings.strays import strays
from jixiao.readings.text import Alike, fold, normalise
from jixiao.readings.view import PlanView, SheetView
from jixiao.review.message import Message
from jixiao.review.rule import Need, Observation, Scope, rule

_YEAR = re.compile(r"(?<!\d)(20\d\d)年(?!\s*[-—~至到])")
_DOCUMENT = re.compile(r"[〔【\[（(]\s*20\d\d\s*年?\s*[〕】\]）)]|20\d\d\s*[-—~至到]\s*20\d\d")


def _first(words: Sequence[str], text: str) -> str | None:
    return next((w for w in words if w in text), None)


REFUND = Message("refund", "用途里有“{words:words}”，与缴税挂钩的返还、奖励有违规风险，审计时会被问到。")
STAFF = Message(
    "staff", "项目写了“{words:words}”，在职人员的工资、保险一般属于基本支出，列为项目有重复安排、挤占项目资金的风险。"
)
OFFICE = Message(
    "office", "项目写了“{words:words}”，机关的日常办公一般属于基本支出，列为项目有重复安排、挤占项目资金的风险。"
)
BY_POLICY = Message("by-policy", "改为按政策规定的条件和标准奖补，写明文件依据；没有依据的不安排。")


@rule(
    "M74",
    title="项目里列了基本支出",
    problem="compliance-risk",
    severity=Severity.WARNING,
    aspect=Aspect.FEASIBILITY,
    scope=Scope.SHEET,
    cites=("budget-regulation/basic-and-project", "integration-norms/project-class", "mof-2015-88/feasibility-review"),
    remedy="在职人员的工资保险、机关日常办公列入基本支出；确属项目支出的，写明人员性质或专门用途和依据。",
    since=date(2015, 5, 21),
    parameters=(BASIC_SPENDING_WORDS,),
    says=(REFUND, STAFF, OFFICE),
    proposes=(BY_POLICY,),
)
def use_is_project_spending(sheet: SheetView) -> Iterator[Observation]:
    """项目名称、资金用途写的是本单位在职人员的工资、社会保险，或者机关的日常办公、水电、接待，像是基本支出；
    或者按企业缴税返还、奖励。

    离退休、遗属、改制、聘用、劳务派遣、公益性岗位、教师、村医、救助对象等的人员支出，学校、医院、场馆的运行，办公大楼等
    大型公用设施、专用设备、信息系统的运行维护（其他运转类项目），不报。
    名称就写明是办公、公用经费的作警告，其余的只作建议，请审核人判断。
    """
    words = sheet.parameter(BASIC_SPENDING_WORDS)
    name, purpose = sheet.sheet.project.name or "", sheet.sheet.purpose or ""
    text = f"{name}\n{purpose}"
    if refund := _first(words.refunds, text):
        yield Observation(
            at=sheet.at("purpose"),
            evidence=purpose or name,
            says=REFUND(words=refund),
            suggests=BY_POLICY(),
            severity=Severity.ADVICE,
        )
    if _first(words.lawful, text):
        return
    staff = _first(words.staff, text)
    met = [w for w in words.office if w in text]
    office = [w for w in met if not any(w in other for other in met if other != w)]
    titled = _first(words.office_names, name)
    if staff and _first(words.own, text):
        yield _basic(sheet, staff, STAFF, Severity.ADVICE)
    elif titled and any(w in purpose for w in office):
        yield _basic(sheet, titled, OFFICE, Severity.WARNING)
    elif titled or len(office) >= words.fewest_office:
        yield _basic(sheet, titled or "、".join(office), OFFICE, Severity.ADVICE)


def _basic(sheet: SheetView, words: str, message: Message, severity: Severity) -> Observation:
    purpose = sheet.sheet.purpose
    return Observation(
        at=sheet.at("purpose")
        if purpose and any(word in purpose for word in words.split("、"))
        else sheet.at("project", "name"),
        evidence=" ｜ ".join(t for t in (sheet.sheet.project.name, purpose) if t),
        says=message(words=words),
        severity=severity,
        confidence=Decimal("0.9") if severity is Severity.WARNING else Decimal("0.7"),
    )


EARLIER = Message(
    "earlier",
    "这是 {year:number} 年的预算，项目名称写的是 {named:number} 年的资金，用途里没有说明是结转还是重新安排，本年度要做什么也就说不清。",
)


@rule(
    "M75",
    title="以前年度资金未说明",
    problem="carryover-unexplained",
    severity=Severity.ADVICE,
    aspect=Aspect.APPROPRIATENESS,
    scope=Scope.SHEET,
    cites=("budget-law/carryover", "budget-regulation/carryover", "mof-2015-88/matched"),
    remedy="在资金用途里写明是结转、续建还是重新下达，本年度做哪一部分；年份写错的，改正项目名称。",
    since=date(2015, 5, 21),
    parameters=(EARLIER_YEAR_WORDS,),
    needs=(Need.FISCAL_YEAR,),
    says=(EARLIER,),
)
def earlier_money_is_explained(sheet: SheetView) -> Iterator[Observation]:
    """项目名称写着预算年度以前的年份，而名称、用途、目标里都没有说明是结转、续建、尾款还是以前年度的什么。

    文号里的年份、“2024年至2026年”这样的起止年份，名称里也写了预算年度的，不报。
    """
    year = sheet.fiscal_year
    name = sheet.sheet.project.name
    if year is None or name is None:
        return
    years = [int(y) for y in _YEAR.findall(_DOCUMENT.sub("", fold(name)))]
    text = "\n".join((name, sheet.sheet.purpose or "", *sheet.goals))
    if not years or max(years) >= year.year or _first(sheet.parameter(EARLIER_YEAR_WORDS), text):
        return
    yield Observation(
        at=sheet.at("project", "name"),
        evidence=name,
        says=EARLIER(year=year.year, named=max(years)),
        related=(sheet.at("purpose"),) if sheet.sheet.purpose else (),
    )


SAME_USE = Message("same-use", "这个项目的资金用途与项目“{other:words}”的几乎一样，可能为同一件事安排了两笔钱。")


@rule(
    "M76",
    title="两个项目用途相同",
    problem="project-overlap",
    severity=Severity.ADVICE,
    aspect=Aspect.APPROPRIATENESS,
    scope=Scope.PLAN,
    cites=("mof-2015-88/appropriateness-review", "mof-2015-88/clear-direction"),
    remedy="合并成一个项目，或者写清各自的对象、地点、批次，避免重复安排。",
    since=date(2015, 5, 21),
    parameters=(SAME_PURPOSE, COPIED_SHEET, GOAL_LIKENESS, GOAL_SHORTEST, STRAY_WORDS, PROJECT_DULL_WORDS),
    needs=(Need.TWO_SHEETS,),
    says=(SAME_USE,),
)
def uses_differ(view: PlanView) -> Iterator[Observation]:
    """名称不同的两个项目，资金用途一样或者几乎一样，数字也相同，可能为同一件事安排了两笔钱。

    同名项目、已按照搬报过的、用途只有几个字的，不报。
    """
    limits = view.parameter(SAME_PURPOSE)
    stray = view.derived(strays)
    alike = Alike(limits.likeness)
    known: list[SheetView] = []
    for sheet in view.sheets:
        purpose = sheet.sheet.purpose
        if len(normalise(purpose)) < limits.fewest_characters or sheet.at("purpose") in stray:
            continue
        for earlier in (known[n] for n in alike.candidates(purpose)):
            same_name = normalise(earlier.sheet.project.name) == normalise(sheet.sheet.project.name)
            copied = is_copy_of(view, sheet.index, earlier.index)
            if not same_name and not copied and same_words(purpose, earlier.sheet.purpose, limits.likeness):
                yield Observation(
                    at=sheet.at("purpose"),
                    evidence=f"{earlier.sheet.purpose} ｜ {purpose}",
                    says=SAME_USE(other=earlier.sheet.label),
                    related=(earlier.at("purpose"),),
                    confidence=Decimal("0.8"),
                )
                break
        alike.add(purpose)
        known.append(sheet)
