"""A sheet to write in: its page, what its cells send, who else is there, the draft as a version."""

from __future__ import annotations

import json
import re
from typing import Any

from django.http import FileResponse, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse

from jixiao.domain.finding import Review, Severity
from jixiao.domain.plan import Plan
from jixiao.web.editor import drafting, selectors, services
from jixiao.web.editor.chapters import OPEN, chapters, operations
from jixiao.web.editor.exports import as_written, forms_of, state_of
from jixiao.web.editor.form import edit_form
from jixiao.web.editor.numbers import numbers_of
from jixiao.web.editor.offline.proposals import waiting
from jixiao.web.editor.opinion_views import answered, comments_at, panel_of
from jixiao.web.editor.protocol import save_of
from jixiao.web.editor.said import beside, key_of
from jixiao.web.editor.starting import must_change
from jixiao.web.goals.models import Sheet, SheetState
from jixiao.web.goals.selectors import same_in_year
from jixiao.web.goals.views import sent
from jixiao.web.kernel import clock
from jixiao.web.kernel.acts import NotThere, Refused
from jixiao.web.opinions.selectors import stamp
from jixiao.web.organisations.lineage import named_as_of
from jixiao.web.site.pages import Request, page

_CLIENT = re.compile(r"[A-Za-z0-9_-]{8,40}")
_PLACE = re.compile(r"[a-z0-9_./]{0,160}")


@page("sheet.edit", in_year=same_in_year, about=("goals.sheet", "key"))
def edit(request: Request, year: int, key: int) -> HttpResponse:
    """填一张表。"""
    found = selectors.written(request.actor, year, key)
    review = selectors.review_alone(request.actor, found.sheet, found.plan)
    before = selectors.last_year(request.actor, found.sheet, found.plan)
    form = edit_form(found.plan, review.findings, selectors.layout_of_sheet(request.actor, found.sheet), before)
    named_as_of([found.sheet.unit], year)
    opinions = panel_of(request.actor, found.sheet, found.plan, review)
    content = {
        "sheet": found.sheet,
        "written": found,
        "opinions": opinions,
        "is_returned": found.sheet.state == SheetState.SENT_BACK and bool(opinions.last),
        "found": answered(opinions.checklist, form.found),
        "comments": json.dumps(comments_at(opinions)),
        "form": form,
        "counts": _counts(review),
        "numbers": numbers_of(found.plan),
        "copied": _copied(found.sheet),
        "aside": selectors.aside(request.actor, found.sheet),
        "places": [*_places(year, found.sheet), {"title": "填表", "address": ""}],
        "waiting": waiting(request.actor, found.sheet),
        "exports": forms_of(found).items() if request.actor.may("sheet.export") else (),
        "written_state": state_of(found),
        "may_submit": found.is_writable and request.actor.may("sheet.submit"),
        "is_again": found.sheet.state != SheetState.DRAFTED,
    }
    return render(request, "editor/edit.html", content)


@page("sheet.edit", methods=("POST",))
def save(request: Request, year: int, key: int) -> HttpResponse:
    """存几格。"""
    sheet = selectors.sheet_written(request.actor, year, key)
    asked = save_of(_json(request))
    saved = services.save(request.actor, year=year, key=key, asked=asked)
    review = selectors.review_alone(request.actor, sheet, saved.plan)
    selectors.note_counts(sheet, saved.revision, review)
    others = selectors.others_since(sheet, asked.client, asked.seen)
    answer = {
        "revision": saved.revision,
        "time": f"{clock.now():%H:%M}",
        "answers": [vars(one) for one in saved.answers],
        "others": [one.as_data() for one in others],
        **_beside(request, sheet, saved.plan, review),
    }
    return JsonResponse(answer)


@page("sheet.edit", methods=("POST",))
def here(request: Request, year: int, key: int) -> HttpResponse:
    """谁也在看，别人改了哪里，和别的表一起看有什么问题。"""
    sheet = selectors.sheet_written(request.actor, year, key)
    data = _json(request)
    client, place, seen = data.get("client"), data.get("place", ""), data.get("seen", 0)
    fits = isinstance(client, str) and _CLIENT.fullmatch(client) and isinstance(place, str) and _PLACE.fullmatch(place)
    if not fits or not isinstance(seen, int) or not 0 <= seen < 2**31:
        raise Refused("这个请求的格式不对。请刷新这一页", status=400)
    thing, _, cell = str(place).partition(".")
    present = selectors.here(request.actor, sheet, str(client), thing[:40], cell[:120])
    others = selectors.others_since(sheet, str(client), seen)
    answer: dict[str, Any] = {"present": present, "others": [one.as_data() for one in others], "said": stamp(sheet)}
    if data.get("wide"):
        found = selectors.written(request.actor, year, key)
        review = selectors.review_beside(request.actor, sheet, found.plan)
        answer |= {"revision": found.revision, **_beside(request, sheet, found.plan, review, wide=True)}
    return JsonResponse(answer)


@page("sheet.view", parameters=("of", "after"), in_year=same_in_year, about=("goals.sheet", "key"))
def changes(request: Request, year: int, key: int) -> HttpResponse:
    """每一版是谁改了哪里改成的。"""
    sheet = selectors.sheet_written(request.actor, year, key, "sheet.view")
    places = [*_places(year, sheet), {"title": "改动", "address": ""}]
    every = chapters(request.actor, sheet)
    asked = request.GET.get("of", "")
    own = next((one.number for one in every if one.count), OPEN)
    of = int(asked) if asked.isdecimal() and len(asked) < 10 else own
    found = operations(request.actor, sheet, of, request.GET.get("after", ""))
    content = {
        "sheet": sheet,
        "chapters": every,
        "of": of,
        "found": found,
        "next": f"?of={of}&after={found.after}#v{of}" if found.after else "",
        "first": f"?of={of}#v{of}" if request.GET.get("after") else "",
        "places": places,
    }
    return render(request, "editor/changes.html", content)


@page("sheet.edit", methods=("POST",))
def name(request: Request, year: int, key: int) -> HttpResponse:
    """把网页上改的存为一版。"""
    drafting.name_version(request.actor, year=year, key=key, reason=request.POST.get("reason", ""))
    return redirect("sheet", year, key)


def _places(year: int, sheet: Sheet) -> list[dict[str, str]]:
    home = {"title": "报送包", "address": reverse("sets", args=[year])}
    return [home, {"title": sheet.title, "address": reverse("sheet", args=[year, sheet.pk])}]


def _copied(sheet: Sheet) -> dict[str, str]:
    """What of a sheet is still as it was copied: cells by key, and whether they have to change, as JSON."""
    found = selectors.copied(sheet)
    cells = {key_of(thing, below): must_change(below, text) for (thing, below), text in found.cells.items()}
    return {"way": found.way, "cells": json.dumps(cells) if cells else ""}


@page("sheet.edit")
def export(request: Request, year: int, key: int, form: str) -> FileResponse:
    """导出这张表现在的样子（有草稿的是草稿）。"""
    found = selectors.written(request.actor, year, key)
    if form not in forms_of(found):
        raise NotThere
    return sent(request, as_written(request.actor, found, form))


# --- side elements ----------------------------------------------------------------------------------------


def _beside(request: Request, sheet: Sheet, plan: Plan, review: Review, *, wide: bool = False) -> dict[str, Any]:
    """What is drawn beside the cells: opinions and findings, the marks at the cells, the numbers."""
    said = beside(plan, review.findings)
    opinions = panel_of(request.actor, sheet, plan, review, wide=wide)
    content = {
        "sheet": sheet,
        "year": sheet.year,
        "opinions": opinions,
        "found": answered(opinions.checklist, said.found),
        "wide": wide,
    }
    return {
        "findings": render_to_string("editor/findings.html", content, request),
        "comments": comments_at(opinions),
        "counts": _counts(review),
        "marks": said.marks,
        "numbers": [vars(one) for one in numbers_of(plan)],
        "wide": wide,
    }


def _counts(review: Review) -> dict[str, int]:
    return {severity.value: review.count(severity) for severity in Severity}


def _json(request: Request) -> dict[str, Any]:
    try:
        data = json.loads(request.body)
    except (ValueError, RecursionError):
        data = None
    if not isinstance(data, dict):
        raise Refused("送来的改动格式不对，没有保存。请刷新这一页再填", status=400)
    return data
