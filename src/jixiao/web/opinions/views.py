"""What people press beside a sheet: explanations are judged, comments written, answered, closed."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from jixiao.web.kernel.acts import NotThere
from jixiao.web.opinions import services
from jixiao.web.opinions.models import Comment, Explanation
from jixiao.web.site.pages import Request, page


def told(request: Request, year: int, key: int, said: str) -> HttpResponse:
    """The answer to a press: a script gets the words, a page goes back to where it was and shows them."""
    if "application/json" in request.headers.get("Accept", ""):
        return JsonResponse({"said": said})
    messages.success(request, said)
    back = request.POST.get("back", "")
    if back.startswith("/") and url_has_allowed_host_and_scheme(back, None):
        return redirect(back)
    return redirect("sheet", year, key)


@page("sheet.review", methods=("POST",))
def accept(request: Request, year: int, key: int, explanation: int) -> HttpResponse:
    """采纳一条说明。"""
    _explanation(request, year, key, explanation)
    services.accept(request.actor, explanation=explanation)
    return told(request, year, key, "已采纳这条说明")


@page("sheet.review", methods=("POST",))
def refuse(request: Request, year: int, key: int, explanation: int) -> HttpResponse:
    """不采纳一条说明，写明为什么。"""
    _explanation(request, year, key, explanation)
    services.refuse(request.actor, explanation=explanation, words=request.POST.get("words", ""))
    return told(request, year, key, "没有采纳这条说明，这一条还要改或再说明")


@page("sheet.comment", methods=("POST",))
def answer(request: Request, year: int, key: int, comment: int) -> HttpResponse:
    """回复一条批注。"""
    _comment(request, year, key, comment)
    services.answer(request.actor, comment=comment, words=request.POST.get("words", ""))
    return told(request, year, key, "已回复")


@page("sheet.comment", methods=("POST",))
def close(request: Request, year: int, key: int, comment: int) -> HttpResponse:
    """办结一条批注。"""
    _comment(request, year, key, comment)
    services.close(request.actor, comment=comment)
    return told(request, year, key, "这条批注已办结")


def _explanation(request: Request, year: int, key: int, explanation: int) -> None:
    rows = Explanation.objects.restrict(request.actor, "sheet.review")
    if not rows.filter(pk=explanation, point__sheet=key, point__sheet__year=year).exists():
        raise NotThere


def _comment(request: Request, year: int, key: int, comment: int) -> None:
    rows = Comment.objects.restrict(request.actor, "sheet.comment")
    if not rows.filter(pk=comment, sheet=key, sheet__year=year).exists():
        raise NotThere
