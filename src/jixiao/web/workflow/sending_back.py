"""退回 as pages and programs ask for it: findings by their ids and own words become the points of the return."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jixiao.domain.finding import Severity
from jixiao.web.goals.selectors import sheet_shown
from jixiao.web.kernel.acts import Refused
from jixiao.web.kernel.people import Actor
from jixiao.web.opinions.points import Raised, of_finding, own
from jixiao.web.workflow import services
from jixiao.web.workflow.models import Run


@dataclass(frozen=True)
class OwnPoint:
    """What a reviewer found: of the whole sheet, of a row (``thing``) or a cell (``cell`` below it)."""

    words: str
    thing: str = ""
    cell: str = ""
    severity: str = Severity.WARNING.value


def send_back(
    actor: Actor,
    *,
    year: int,
    key: int,
    version: int,
    to: str = "",
    opinion: str = "",
    findings: Sequence[str] = (),
    points: Sequence[OwnPoint] = (),
) -> Run:
    """退回：findings 是带上的问题（这一版的问题的编号），points 是自己写的意见；to 空着退给填报人，或写前面一步的编号。"""
    shown = sheet_shown(actor, year, key, version)
    known = {one.id: one for one in shown.review.findings}
    missing = [one for one in findings if one not in known]
    if missing:
        raise Refused("有的问题这一版里已经没有了。请刷新再退回", field="findings")
    raised: list[Raised] = [of_finding(shown.plan, known[one]) for one in dict.fromkeys(findings)]
    for one in points:
        if one.severity not in list(Severity):
            raise Refused("意见的轻重写得不对", field="points", status=422)
        raised.append(own(shown.plan, one.words, severity=Severity(one.severity), thing=one.thing, cell=one.cell))
    return services.send_back(
        actor, year=year, key=key, version=version, to=to, opinion=opinion, points=() if to else raised
    )
