"""What somebody had made in the background 「做好的文件」: how far it is, the file to be taken away."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from jixiao.web.files.answers import attachment
from jixiao.web.jobs.models import Job
from jixiao.web.jobs.results import Asked, all_asked_for, asked_for, opened
from jixiao.web.jobs.services import note_taken
from jixiao.web.site.pages import Request, page


def _row(asked: Asked) -> dict[str, Any]:
    """What the row of progress shows."""
    job = asked.job
    failed = asked.is_over and not asked.is_there and job.state != Job.State.DONE
    return {
        "asked": asked,
        "failed": failed,
        "why": job.message if failed else "",
        "address": reverse("work-file", args=[job.pk]) if asked.is_there else "",
        "poll": "" if asked.is_over else reverse("work-progress", args=[job.pk]),
    }


@page("job.own")
def works(request: Request) -> HttpResponse:
    """做好的文件。"""
    return render(request, "operation/works.html", {"rows": [_row(one) for one in all_asked_for(request.actor)]})


@page("job.own")
def work(request: Request, job: int) -> HttpResponse:
    """一个正在做或做好的文件。"""
    return render(request, "operation/work.html", _row(asked_for(request.actor, job)))


@page("job.own")
def progress(request: Request, job: int) -> HttpResponse:
    """做到哪里。"""
    return render(request, "operation/work_row.html", _row(asked_for(request.actor, job)))


@page("job.own")
def file(request: Request, job: int) -> FileResponse:
    """取走做好的文件。"""
    asked = asked_for(request.actor, job)
    content = opened(request.actor, asked)
    assert asked.result is not None
    note_taken(request.actor, result=asked.result.pk)
    return attachment(content, asked.result.name, asked.result.kind)
