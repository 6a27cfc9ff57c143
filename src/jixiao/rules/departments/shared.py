"""Rules on what two departments of a county both hand in: one project code, one sheet."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from jixiao.domain.finding import Aspect, Severity
from jixiao.parameters.keys import COPIED_SHEET
from jixiao.readings.county import CountySheet, CountyView
from jixiao.readings.text import normalise
from jixiao.review.message import Message
from jixiao.review.rule import Observation, Scope, rule

SAME_CODE = Message(
    "same-code",
    "项目编码“{code:words}”在{other:text}的项目“{project:words}”里也用了，一个编码只能对应一个项目，有一处录错了。",
)


@rule(
    "D01",
    title="两个部门用了同一编码",
    problem="missing-code",
    severity=Severity.WARNING,
    aspect=Aspect.COMPLETENESS,
    scope=Scope.COUNTY,
    cites=("integration-norms/project-code", "good-practice/consistency"),
    remedy="对照预算管理一体化系统，改正录错的一处。",
    since=date(2015, 5, 21),
    says=(SAME_CODE,),
)
def codes_are_of_one_project(county: CountyView) -> Iterator[Observation]:
    """两个部门报送的文本里，名称不同的项目填了同一个项目编码。

    同一部门报了几份文本的、项目名称也相同的（同一个项目由两个部门各报一份），不报。
    """
    by_code: dict[str, list[CountySheet]] = defaultdict(list)
    for sheet in county.sheets:
        if code := sheet.sheet.project.code:
            by_code[normalise(code)].append(sheet)
    for sheets in by_code.values():
        first = sheets[0]
        for other in sheets[1:]:
            same_name = normalise(other.sheet.project.name) == normalise(first.sheet.project.name)
            if other.department != first.department and not same_name:
                yield Observation(
                    at=other.at("project", "code"),
                    plan=other.plan,
                    evidence=f"{other.sheet.project.code} ｜ {other.sheet.label} ｜ {first.department}{first.sheet.label}",
                    says=SAME_CODE(
                        code=other.sheet.project.code or "",
                        other=first.department,
                        project=first.sheet.project.name or "",
                    ),
                )


SAME_SHEET = Message(
    "same-sheet",
    "这张表的 {rows:number} 行指标里有 {same:number} 行与{other:text}的项目“{project:words}”一字不差，像是照搬来的。",
)


@rule(
    "D02",
    title="照搬别的部门",
    problem="copy-paste",
    severity=Severity.WARNING,
    aspect=Aspect.RELEVANCE,
    scope=Scope.COUNTY,
    cites=("mof-2015-88/clear-direction", "good-practice/consistency"),
    remedy="按本部门本项目的实际重写指标和指标值；确属统一要求的，在描述里写明是哪个文件的要求。",
    since=date(2015, 5, 21),
    parameters=(COPIED_SHEET,),
    says=(SAME_SHEET,),
)
def sheets_are_the_department_s_own(county: CountyView) -> Iterator[Observation]:
    """一张目标表的指标，名称和指标值大多与另一个部门的一张表相同。一张表只报最像的一张。

    行数太少的，同一部门的几份文本，不报。
    """
    limits = county.parameter(COPIED_SHEET)
    share = Decimal(str(limits.same_names))
    having: dict[tuple[str, str], list[CountySheet]] = defaultdict(list)
    for sheet in county.sheets:
        rows = sheet.rows
        if len(rows) < limits.fewest_rows:
            continue
        shared = Counter(other for row in sorted(rows) for other in having[row] if other.department != sheet.department)
        most = max(shared.items(), key=lambda item: (item[1], -item[0].plan), default=None)
        if most is not None and most[1] >= share * len(rows):
            other, same = most
            yield Observation(
                at=sheet.at("indicators"),
                plan=sheet.plan,
                evidence=f"{sheet.sheet.label} ｜ {other.department}{other.sheet.label}",
                says=SAME_SHEET(
                    rows=len(rows), same=same, other=other.department, project=other.sheet.project.name or ""
                ),
                confidence=Decimal("0.8"),
            )
        for row in rows:
            having[row].append(sheet)
