"""The desk where files come in."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from jixiao.web.intake.models import Batch
from jixiao.web.kernel.keyset import page_of
from jixiao.web.site.pages import Request, page


@page("intake.view", parameters=("after",))
def desk(request: Request, year: int) -> HttpResponse:
    """收件台。"""
    batches = Batch.objects.restrict(request.actor, "intake.view").select_related("organisation")
    return render(
        request,
        "intake/desk.html",
        {"found": page_of(batches, ["-made_at"], request.GET.get("after", "")), "year": year},
    )
