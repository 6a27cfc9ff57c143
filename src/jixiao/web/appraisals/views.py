"""The appraisal of a project: written, given files, concluded."""

from __future__ import annotations

from datetime import date
from typing import cast

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from jixiao.web.appraisals import selectors, services
from jixiao.web.appraisals.models import AppraisalFile, ExAnteAppraisal, Question
from jixiao.web.files.answers import original
from jixiao.web.intake.receiving import Upload, receive
from jixiao.web.kernel.acts import NotThere, Refused, viewed
from jixiao.web.site.pages import Request, page


@page("project.view", about=("projects.project", "project"))
def appraisal(request: Request, year: int, project: int) -> HttpResponse:
    """事前绩效评估：五问、附件、结论。"""
    return _page(request, year, project)


@page("project.edit", methods=("GET", "POST"))
def write(request: Request, year: int, project: int) -> HttpResponse:
    """存下、定结论或重开一份事前评估。"""
    if not selectors.appraisal_of(request.actor, project, year).may_edit:
        raise NotThere
    if request.method == "GET":  # the address stays where a form was refused; opened again it leads to the page
        return redirect("appraisal", year, project)
    try:
        return _done(request, year, project)
    except Refused as error:
        if error.status not in (409, 422):
            raise
        return _page(request, year, project, error)


def _page(request: Request, year: int, project: int, refused: Refused | None = None) -> HttpResponse:
    shown = selectors.appraisal_of(request.actor, project, year)
    questions = shown.questions
    if refused is not None:  # nothing typed is lost
        questions = [{**one, "words": request.POST.get(one["name"], one["words"])} for one in questions]
    content = {
        "shown": shown,
        "questions": questions,
        "refused": refused,
        "given": request.POST,
        "conclusions": ExAnteAppraisal.Conclusion.choices,
        "places": [
            {"title": f"{year}年度项目库", "address": reverse("projects", args=[year])},
            {"title": shown.project.name, "address": reverse("project", args=[year, project])},
            {"title": "事前绩效评估", "address": ""},
        ],
    }
    return render(request, "appraisals/appraisal.html", content, status=refused.status if refused else 200)


def _done(request: Request, year: int, project: int) -> HttpResponse:
    given = request.POST
    held_on = given.get("held_on", "")
    try:
        day = date.fromisoformat(held_on) if held_on else None
    except ValueError as error:
        raise Refused("评估日期请写成 2026-12-01 的样子", field="held_on", status=422) from error
    shown = selectors.appraisal_of(request.actor, project, year)
    one = shown.appraisal
    act = given.get("act", "write")
    if act == "reopen" and one is not None:
        services.reopen(request.actor, appraisal=one.pk, reason=given.get("reason", ""))
        messages.success(request, "已重开，可以改了")
    else:
        version = given.get("version", "0")
        one = services.write(
            request.actor,
            project=project,
            year=year,
            answers={one.value: given[one.value] for one in Question if one.value in given},
            held_on=day,
            held_by=given.get("held_by", ""),
            version=int(version) if version.isdecimal() and len(version) < 9 else 0,
        )
        _taken(request, one)
        if act == "conclude":
            services.conclude(
                request.actor,
                appraisal=one.pk,
                conclusion=given.get("conclusion", ""),
                reasons=given.get("reasons", ""),
            )
            messages.success(request, "结论已定")
        else:
            messages.success(request, "已存")
    return redirect("appraisal", year, project)


def _taken(request: Request, one: ExAnteAppraisal) -> None:
    uploads = request.FILES.getlist("file")
    for received in receive(cast("list[Upload]", uploads)) if uploads else ():
        if received.kept is None:
            why = f"有“{received.mark}”标志，没有接收也没有保存。请走保密渠道" if received.mark else received.met
            raise Refused(f"{received.name}：{why}", field="file", status=422)
        services.add_file(request.actor, appraisal=one.pk, name=received.name, kept=received.kept)


@page("project.view")
def file(request: Request, year: int, project: int, file: int) -> FileResponse:
    """下载一个附件。"""
    rows = AppraisalFile.objects.restrict(request.actor, "project.view").select_related("stored")
    found = rows.filter(pk=file, appraisal__project=project, appraisal__year=year).first()
    if found is None:
        raise NotThere
    viewed(request.actor, found, f"取走附件：{found.name}", action="appraisal.handed_out")
    return original(found.stored, found.name)


@page("project.edit", methods=("POST",))
def drop_file(request: Request, year: int, project: int, file: int) -> HttpResponse:
    """撤下一个附件。"""
    rows = AppraisalFile.objects.restrict(request.actor, "project.edit")
    if not rows.filter(pk=file, appraisal__project=project, appraisal__year=year).exists():
        raise NotThere
    services.remove_file(request.actor, file=file)
    messages.success(request, "附件已撤下")
    return redirect("appraisal", year, project)
