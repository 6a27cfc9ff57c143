"""The page of those who run the system: what works in the background, what was parked."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from jixiao.web.jobs.models import Job
from jixiao.web.jobs.selectors import jobs_for
from jixiao.web.jobs.services import put_away, run_again
from jixiao.web.kernel.acts import Refused
from jixiao.web.kernel.keyset import page_of
from jixiao.web.site.pages import Request, page

_STATES = {str(state): state.label for state in Job.State}


@page("operation.view", parameters=("state", "after"))
def operation(request: Request) -> HttpResponse:
    """运行。"""
    jobs = jobs_for(request.actor)
    state = request.GET.get("state", "")
    if state and state not in _STATES:
        raise Refused(f"没有“{state}”这种状态，可以是{'、'.join(_STATES.values())}", field="state", status=400)
    shown = jobs.filter(state=state) if state else jobs
    content = {
        "parked": list(jobs.filter(state=Job.State.PARKED).order_by("-id")[:50]),
        "running": list(jobs.filter(state=Job.State.RUNNING).order_by("started_at")[:50]),
        "waiting": jobs.filter(state=Job.State.WAITING).count(),
        "found": page_of(shown, ["-made_at"], request.GET.get("after", "")),
        "state": state,
        "states": _STATES,
        "may_run": request.actor.may("operation.run"),
    }
    return render(request, "jobs/operation.html", content)


@page("operation.run", methods=("POST",))
def again(request: Request, job: int) -> HttpResponse:
    """重新运行一个任务。"""
    found = run_again(request.actor, job=job)
    messages.success(request, f"“{found.title}”已经排上队，重新运行")
    return redirect("operation")


@page("operation.run", methods=("POST",))
def away(request: Request, job: int) -> HttpResponse:
    """一个搁置的任务不再运行。"""
    try:
        found = put_away(request.actor, job=job, reason=request.POST.get("reason", ""))
    except Refused as refused:
        if refused.field != "reason":
            raise
        messages.error(request, refused.message)
    else:
        messages.success(request, f"“{found.title}”不再运行")
    return redirect("operation")
