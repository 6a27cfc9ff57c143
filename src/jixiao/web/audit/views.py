"""The log, its roots, checking and taking it out; the history of one object."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.http import HttpResponse, QueryDict, StreamingHttpResponse
from django.shortcuts import render

from jixiao.web.audit import guards, selectors
from jixiao.web.audit.export import export_lines, note_export
from jixiao.web.audit.history import changes, history_of, kind_label, object_of, title_of
from jixiao.web.audit.models import AuditEntry, DailyRoot
from jixiao.web.audit.selectors import Wanted
from jixiao.web.kernel.acts import SERVICES
from jixiao.web.kernel.keyset import page_of
from jixiao.web.site.pages import Request, page

_PARAMETERS = ("action", "actor", "since", "until")
_HELD = ("department", "kind", "object")
"""Conditions that links of a page set"""


class LogForm(forms.Form):
    """What the log is narrowed by."""

    action = forms.ChoiceField(label="操作", required=False)
    actor = forms.CharField(label="操作人", required=False, max_length=120)
    since = forms.DateField(label="自", required=False, widget=forms.DateInput({"type": "date"}))
    until = forms.DateField(label="至", required=False, widget=forms.DateInput({"type": "date"}))

    def __init__(self, asked: QueryDict) -> None:
        super().__init__(asked, auto_id="f-%s")
        known = sorted((one.title, one.code) for one in SERVICES.values())
        self.fields["action"].choices = [("", "全部"), *((code, title) for title, code in known)]  # type: ignore[attr-defined]


@page("log.view", parameters=(*_PARAMETERS, *_HELD, "after"))
def log(request: Request) -> HttpResponse:
    """日志。"""
    selectors.note_view(request.actor, "日志页面")
    form = LogForm(request.GET)
    wanted = _wanted(request, form)
    rows = selectors.log(request.actor, wanted).select_related("department")
    found = page_of(rows, ["-at"], request.GET.get("after", ""))
    asked = request.GET.copy()
    asked.pop("after", None)
    onward = asked.copy()
    onward["after"] = found.after
    content = {
        "found": found,
        "rows": [_row(one) for one in found.rows],
        "form": form,
        "keep": [{"name": name, "value": request.GET[name]} for name in _HELD if request.GET.get(name)],
        "chips": list(_chips(request, form, wanted)),
        "wanted": wanted,
        "next": f"?{onward.urlencode()}" if found.after else "",
        "first": f"?{asked.urlencode()}" if request.GET.get("after") else "",
        "card": selectors.card() if request.actor.may("log.verify") else None,
    }
    return render(request, "audit/log.html", content)


def _wanted(request: Request, form: LogForm) -> Wanted:
    form.is_valid()
    found = form.cleaned_data
    department = request.GET.get("department", "")
    return Wanted(
        department=int(department) if department.isdecimal() and len(department) < 18 else None,
        action=found.get("action", ""),
        kind=request.GET.get("kind", "").replace("\0", "")[:60],
        object=request.GET.get("object", "").replace("\0", "")[:60],
        actor=found.get("actor", ""),
        since=found.get("since"),
        until=found.get("until"),
    )


def _chips(request: Request, form: LogForm, wanted: Wanted) -> Any:
    labels = {"department": "部门", "kind": "对象类别", "object": "对象编号"}
    for name, value in vars(wanted).items():
        if value:
            without = request.GET.copy()
            for gone in (name, "after"):
                without.pop(gone, None)
            label = form.fields[name].label if name in form.fields else labels[name]
            shown = title_of(value) if name == "action" else kind_label(value) if name == "kind" else value
            yield {"text": f"{label}：{shown}", "without": f"?{without.urlencode()}"}


def _row(entry: AuditEntry) -> dict[str, Any]:
    return {
        "entry": entry,
        "title": title_of(entry.action),
        "kind": kind_label(entry.kind),
        "changes": list(changes(entry.kind, entry.before, entry.after)),
        "has_history": entry.object_id.isdecimal(),
    }


@page("log.verify", parameters=("after",))
def roots(request: Request) -> HttpResponse:
    """每日根，可以打印。"""
    found = page_of(DailyRoot.objects.all(), ["-day"], request.GET.get("after", ""), size=31)
    return render(request, "audit/roots.html", {"found": found, "card": selectors.card()})


@page("log.verify", methods=("POST",))
def check(request: Request) -> HttpResponse:
    """核对数据库里的日志。"""
    from django.db import connection

    found = selectors.check()
    selectors.note_check(request.actor, entries=found.entries, defects=len(found.defects))
    content = {"found": found, "missing": guards.missing(connection), "defects": found.defects[:50]}
    return render(request, "audit/checked.html", content)


@page("log.verify", parameters=("since", "until"))
def export(request: Request) -> StreamingHttpResponse:
    """导出日志。"""
    since, until = _day(request, "since"), _day(request, "until")
    note_export(request.actor, since=since, until=until)
    answer = StreamingHttpResponse(export_lines(since, until), content_type="application/octet-stream")
    name = f"审计日志-{since or '开始'}-{until or '现在'}.jsonl"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _day(request: Request, name: str) -> date | None:
    try:
        return date.fromisoformat(request.GET.get(name, ""))
    except ValueError:
        return None


@page("history.view", parameters=("page",))
def history(request: Request, kind: str, key: str) -> HttpResponse:
    """一个对象的办理历史。"""
    thing = object_of(request.actor, kind, key)
    content: dict[str, Any] = {"thing": thing, "kind": kind_label(kind), "steps": history_of(thing)}
    came_from = request.GET.get("page", "")
    if came_from.startswith("/") and not came_from.startswith(("//", "/\\")):
        content["above"] = {"title": thing.label, "address": came_from}
    return render(request, "audit/history.html", content)
