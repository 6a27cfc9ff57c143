"""The check-list of a sheet as programs read it: how each point stands now, what is not answered yet."""

from __future__ import annotations

from typing import Any, Literal, cast

from django.http import HttpRequest
from pydantic import Field

from jixiao.web.api.router import Router
from jixiao.web.api.types import Answer, Key
from jixiao.web.editor.answering import checklist_now, unanswered_now
from jixiao.web.goals.models import Sheet
from jixiao.web.kernel.acts import NotThere
from jixiao.web.opinions.checklist import Standing
from jixiao.web.site.pages import Request


class StandingPoint(Answer):
    """A point as it stands now."""

    point: int = Field(description="GET /points/{key}")
    round: int = Field(description="第几次退回；0 为没退回过就说明的")
    answer: Literal["changed", "explained", "open"] = Field(description="已改、说明、未处理：由程序看")
    words: str = Field(description="为什么这样算")
    explanation: int | None = Field(description="最后一次说明：GET /explanations/{key}")
    verdict: Literal["none", "accepted", "refused"] | None


class Lacking(Answer):
    """What still asks for a change or an explanation."""

    title: str
    severity: Literal["error", "warning", "advice"]
    message: str
    point: int | None = Field(description="退回意见里的一条")
    finding: str | None = Field(description="现在的一个问题，说明时用它指明是哪一条")


class SheetChecklist(Answer):
    """The points of a sheet, those of the last return first, and what of it is neither changed nor explained."""

    round: int = Field(description="退回过几次")
    told: str = Field(description="最后一次退回：3条：已改1 说明1 未处理1")
    points: list[StandingPoint]
    unanswered: list[Lacking]


def add(router: Router) -> None:
    """All of them."""
    router.add(
        "GET",
        "/sheets/{key}/checklist",
        sheet_checklist,
        right="sheet.view",
        name="sheet_checklist",
        summary="一张表的退回意见现在怎样",
        about=(sheet_checklist.__doc__ or "").strip(),
        response=SheetChecklist,
        tags=["报送的表"],
    )


def sheet_checklist(request: HttpRequest, key: Key) -> Any:
    """每条意见已改、说明还是未处理，照表现在的样子（有草稿的是草稿）和别的表一起审过；还没有答复的有哪些。"""
    actor = cast("Request", request).actor
    sheet = Sheet.objects.restrict(actor, "sheet.view").filter(pk=key).first()
    if sheet is None:
        raise NotThere
    found = checklist_now(actor, year=sheet.year, key=key)
    return {
        "round": found.round,
        "told": found.progress.words,
        "points": [_point(one) for one in found.all],
        "unanswered": [
            {
                "title": one.title,
                "severity": one.severity.value,
                "message": one.message,
                "point": one.point.pk if one.point is not None else None,
                "finding": one.finding.id if one.finding is not None else None,
            }
            for one in unanswered_now(actor, year=sheet.year, key=key)
        ],
    }


def _point(one: Standing) -> dict[str, Any]:
    said = one.explanation
    return {
        "point": one.point.pk,
        "round": one.point.round,
        "answer": one.answer.value,
        "words": one.words,
        "explanation": said.pk if said is not None else None,
        "verdict": said.verdict if said is not None else None,
    }
