"""报送进度: how far departments are, with whom it stands, reminding those that are late."""

from __future__ import annotations

import io

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from jixiao.web.files.answers import attachment
from jixiao.web.kernel.acts import Refused
from jixiao.web.site.pages import Request, page
from jixiao.web.workflow.chasing import as_workbook, chat_text, people_seen, remind
from jixiao.web.workflow.progress import STATES, ProgressShown, progress

_SHOWN = {"late": "逾期", "lacking": "未报齐", "returned": "退回在改", "": "全部"}

_SHORT = {"unfilled": "未", "drafting": "填", "submitted": "报", "reviewing": "审", "returned": "退", "reviewed": "过"}
"""The heads of narrow columns"""


@page("sheet.view", parameters=("show",))
def progress_page(request: Request, year: int) -> HttpResponse:
    """报送进度：谁报齐了，谁逾期，停在谁。"""
    show = _show(request)
    shown = progress(request.actor, year)
    lines = shown.of(show)
    people = people_seen(request.actor, shown.lines)
    names = {key: one.name for key, one in people.items()}
    chased = [one for one in (shown.late or shown.lacking) if one.people]
    may_remind = request.actor.may("set.remind") and bool(shown.lacking)
    content = {
        "shown": shown,
        "show": show,
        "lines": [(one, [people[some.pk] for some in one.people if some.pk in people]) for one in lines],
        "states": {key: {"long": word, "short": _SHORT[key]} for key, word in STATES.items()},
        "views": _views(shown, show),
        "may_remind": may_remind,
        "may_extend": request.actor.may("round.edit"),
        "may_export": request.actor.may("sheet.export") and bool(lines),
        "may_see_people": request.actor.may("person.view"),
        "may_see_controls": request.actor.may("organisation.view"),
        "chased": chased,
        "silent": [one for one in (shown.late or shown.lacking) if not one.people],
        "today": [one for one in chased if one.was_reminded_today],
        "chat": chat_text(shown, shown.late or shown.lacking, names) if may_remind else "",
        "query": f"?show={show}" if show else "",
        "chased_show": "late" if shown.late else "lacking",
    }
    return render(request, "workflow/progress.html", content)


def _show(request: Request) -> str:
    show = request.GET.get("show", "")
    if show not in _SHOWN:
        raise Refused(f"没有“{show}”这种，可以是 late、lacking、returned", field="show", status=400)
    return show


def _views(shown: ProgressShown, show: str) -> list[dict[str, object]]:
    return [
        {"title": title, "count": len(shown.of(key)), "address": f"?show={key}" if key else "?", "here": key == show}
        for key, title in _SHOWN.items()
    ]


@page("set.remind", methods=("POST",))
def remind_page(request: Request, year: int) -> HttpResponse:
    """催办：一次催完。"""
    keys = [int(one) for one in request.POST.getlist("department") if one.isdecimal() and len(one) < 19]
    if not keys:
        raise Refused("没有选要催的部门", status=422)
    done = remind(
        request.actor,
        year=year,
        departments=keys,
        more=request.POST.get("more", "")[:200],
        again=request.POST.get("again") == "1",
    )
    if done.told:
        messages.success(request, f"已催办{len(done.told)}家，站内告诉了{done.people}人，有邮箱的同时发邮件")
    if done.today:
        words = f"{'、'.join(done.today[:3])}{f'等{len(done.today)}家' if len(done.today) > 3 else ''}"
        messages.warning(request, f"{words}今天催过，没有再催。要再催，勾上“再催”")
    for words in done.trouble[:3]:
        messages.warning(request, words)
    return redirect(f"{reverse('progress', args=[year])}{'?show=late' if request.POST.get('show') == 'late' else ''}")


@page("set.remind", parameters=("show",))
def phones(request: Request, year: int) -> HttpResponse:
    """电话单：打印出来一家一家打。"""
    shown = progress(request.actor, year)
    lines = [one for one in shown.of(_show(request)) if not one.has_all]
    people = people_seen(request.actor, lines)
    content = {
        "shown": shown,
        "lines": [(one, [people[some.pk] for some in one.people if some.pk in people]) for one in lines],
        "places": [
            {"title": "报送进度", "address": reverse("progress", args=[year])},
            {"title": "电话单", "address": ""},
        ],
    }
    return render(request, "workflow/phones.html", content)


@page("sheet.export", parameters=("show",))
def export(request: Request, year: int) -> FileResponse:
    """导出报送进度。"""
    name, content = as_workbook(request.actor, progress(request.actor, year), _show(request))
    return attachment(io.BytesIO(content), name, "xlsx")
