"""批复: which departments can go, the batch under way, what was given, handing it down."""

from __future__ import annotations

import io
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from jixiao.web.files.answers import attachment
from jixiao.web.goals.models import SheetVersion
from jixiao.web.jobs.models import Job
from jixiao.web.jobs.selectors import progress_of
from jixiao.web.kernel import clock
from jixiao.web.kernel.acts import NotThere, Refused
from jixiao.web.kernel.keyset import page_of
from jixiao.web.organisations.lineage import named_as_of
from jixiao.web.site.forms import done, filled, status_of
from jixiao.web.site.pages import Request, page
from jixiao.web.workflow import letters, services
from jixiao.web.workflow.approvable import (
    Approvable,
    approvable,
    approval,
    approvals_of,
    batch_shown,
    batches_of,
    below_of,
    to_hand_down,
)
from jixiao.web.workflow.approving_forms import ApproveForm, HandDownForm
from jixiao.web.workflow.models import Approval, ApprovalBatch
from jixiao.web.workflow.services.approving import versions_of
from jixiao.web.workflow.services.batches import JOB, Going, job_key


@page("sheet.approve", methods=("GET", "POST"))
def approve_page(request: Request, year: int) -> HttpResponse:
    """批复：可批复几家，暂缓几家，文号和日期。"""
    found = approvable(request.actor, year)
    form = filled(ApproveForm, request)
    made = done(form, lambda: _begun(request, year, found, form))
    if made is not None:
        return redirect("approval-batch", year, made.pk)
    content = {
        "found": found,
        "form": form,
        "used": "document" in form.errors or form.data.get("same_document"),
        "under_way": _under_way(request, year),
        "last": batches_of(request.actor, year).order_by("-pk").first(),
    }
    return render(request, "workflow/approve.html", content, status=status_of(form))


def _begun(request: Request, year: int, found: Approvable, form: ApproveForm) -> ApprovalBatch:
    going, moved = found.looked_at(request.POST.getlist("mark"))
    if moved or not going:
        raise Refused("您打开以后，有的部门又变了，还没有批。下面是现在的样子，请看过再批")
    return services.begin_batch(
        request.actor,
        region=going[0].unit.region_id,
        year=year,
        departments=[Going(one.unit.pk, one.sheets) for one in going],
        document=form.cleaned_data["document"],
        day=form.cleaned_data["day"],
        same_document=form.cleaned_data["same_document"],
    )


def _under_way(request: Request, year: int) -> ApprovalBatch | None:
    """The last batch, where its work goes on or was broken off."""
    last = batches_of(request.actor, year).order_by("-pk").first()
    if last is None:
        return None
    work = progress_of(JOB, job_key(last.region_id, year))
    return last if work is not None and work.state != Job.State.DONE else None


@page("sheet.approve", methods=("POST",))
def hold_back(request: Request, year: int, unit: int) -> HttpResponse:
    """暂缓一个部门，写原因。"""
    try:
        made = services.hold_back(request.actor, year=year, unit=unit, reason=request.POST.get("reason", ""))
    except Refused as refused:
        if refused.field != "reason":
            raise
        messages.warning(request, refused.message)
    else:
        messages.success(request, f"{made.unit.name}暂缓，这次不批")
    return redirect("approval", year)


@page("sheet.approve", methods=("POST",))
def let_go(request: Request, year: int, unit: int) -> HttpResponse:
    """不再暂缓。"""
    services.let_go(request.actor, year=year, unit=unit)
    messages.success(request, "不再暂缓")
    return redirect("approval", year)


@page("sheet.approve")
def preview(request: Request, year: int, unit: int) -> FileResponse:
    """批复文预览：文号还空着。"""
    name, content = letters.previewed(request.actor, year, unit)
    return attachment(io.BytesIO(content), name, "docx")


@page("sheet.approve", about=("workflow.approvalbatch", "key"))
def batch(request: Request, year: int, key: int) -> HttpResponse:
    """一批批复：批到哪里，批了哪些。"""
    shown = batch_shown(request.actor, year, key)
    places = [
        {"title": "批复", "address": reverse("approval", args=[year])},
        {"title": shown.batch.document, "address": ""},
    ]
    rows = [(shown.units[unit], shown.approvals.get(unit)) for unit, _ in shown.batch.rows if unit in shown.units]
    content = {"shown": shown, "rows": rows, "places": places, **_progress(request, shown.batch, year)}
    return render(request, "workflow/batch.html", content)


def _progress(request: Request, one: ApprovalBatch, year: int) -> dict[str, Any]:
    """What the row of the background work says of a batch, where it is the last one."""
    last = (
        batches_of(request.actor, year)
        .filter(region=one.region_id)
        .order_by("-pk")
        .values_list("pk", flat=True)
        .first()
    )
    work = progress_of(JOB, job_key(one.region_id, year)) if last == one.pk else None
    is_broken = work is not None and work.state in (Job.State.FAILED, Job.State.PARKED)
    is_busy = work is not None and not work.is_over
    return {
        "work": work,
        "is_busy": is_busy,
        "is_broken": is_broken,
        "poll": reverse("approval-progress", args=[year, one.pk]) if is_busy else "",
        "batch_address": reverse("approval-batch", args=[year, one.pk]),
    }


@page("sheet.approve")
def progress(request: Request, year: int, key: int) -> HttpResponse:
    """批到哪里。"""
    shown = batch_shown(request.actor, year, key)
    content = {"shown": shown, **_progress(request, shown.batch, year)}
    return render(request, "workflow/batch_row.html", content)


@page("sheet.approve", methods=("POST",))
def go_on(request: Request, year: int, key: int) -> HttpResponse:
    """接着批。"""
    batch_shown(request.actor, year, key)
    services.go_on_batch(request.actor, batch=key)
    messages.success(request, "接着批，已经批的不会再批")
    return redirect("approval-batch", year, key)


@page("sheet.view", parameters=("after",))
def approvals(request: Request, year: int) -> HttpResponse:
    """批复过的：文号、日期、几张，下达了没有。"""
    found = page_of(approvals_of(request.actor, year), ["-day"], request.GET.get("after", ""))
    named_as_of((one.unit for one in found.rows), year)
    content = {
        "found": found,
        "waiting": to_hand_down(request.actor, year),
        "first": "?" if request.GET.get("after") else "",
        "next": f"?after={found.after}" if found.after else "",
    }
    return render(request, "workflow/approvals.html", content)


@page("sheet.view", about=("workflow.approval", "key"))
def given(request: Request, year: int, key: int) -> HttpResponse:
    """一份批复：批了哪些表的哪一版，下达给了哪些单位。"""
    return _given(request, year, key)


@page("approval.hand_down", methods=("POST",))
def hand_down(request: Request, year: int, key: int) -> HttpResponse:
    """主管部门转批给下属单位。"""
    if not _may_hand_down(request, key):
        raise NotThere
    return _given(request, year, key)


def _given(request: Request, year: int, key: int) -> HttpResponse:
    one = approval(request.actor, year, key)
    below = below_of(request.actor, one) if one.after_id is None else []
    waiting = [found for found in below if found.handed is None] if _may_hand_down(request, one.pk) else []
    form = filled(lambda **more: HandDownForm([(found.unit.pk, found.unit.name) for found in waiting], **more), request)
    if request.method == "POST" and not waiting:
        raise Refused("这份批复没有要下达的单位，或者都下达过了")
    made = done(form, lambda: services.hand_down(request.actor, approval=key, **form.cleaned_data))
    if made is not None:
        messages.success(request, f"已下达给{len(made)}个单位")
        return redirect("approval-given", year, key)
    named_as_of([one.unit, *(found.unit for found in below)], year)
    content = {
        "one": one,
        "versions": _versions(request, one),
        "below": below,
        "waiting": waiting,
        "form": form,
        "may_export": request.actor.may("sheet.export"),
        "is_late": one.hand_down_by is not None and clock.is_past(one.hand_down_by),
        "places": [
            {"title": f"{year}年度的批复", "address": reverse("approvals", args=[year])},
            {"title": one.document, "address": ""},
        ],
    }
    return render(request, "workflow/approval.html", content, status=status_of(form))


def _may_hand_down(request: Request, key: int) -> bool:
    if not request.actor.may("approval.hand_down"):
        return False
    return Approval.objects.restrict(request.actor, "approval.hand_down").filter(pk=key).exists()


def _versions(request: Request, one: Approval) -> list[SheetVersion]:
    """The versions of a 批复 that somebody may see."""
    keys = versions_of(one).values("pk")
    rows = SheetVersion.objects.restrict(request.actor, "sheet.view").filter(pk__in=keys)
    rows = rows.select_related("sheet__unit").defer("document", "findings")
    return list(rows.order_by("sheet__unit__order", "sheet__unit_id", "sheet_id"))


@page("sheet.export")
def letter(request: Request, year: int, key: int) -> FileResponse:
    """批复文，Word。"""
    name, content = letters.given(request.actor, approval(request.actor, year, key))
    return attachment(io.BytesIO(content), name, "docx")
