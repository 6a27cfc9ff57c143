"""The library of indicators: the list, one, what is done with it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import partial
from io import BytesIO
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from jixiao.domain.indicator import IndicatorKind
from jixiao.library import library
from jixiao.readers import UnreadableFileError
from jixiao.services.indicator_library import Read, read_published, to_workbook
from jixiao.services.isolation import run_isolated
from jixiao.services.worker import Limits
from jixiao.web.files.answers import attachment
from jixiao.web.imports import running
from jixiao.web.imports.reading import MOST_BYTES
from jixiao.web.kernel import clock
from jixiao.web.kernel.acts import NotAllowed, NotThere, Refused
from jixiao.web.kernel.keyset import page_of
from jixiao.web.library import selectors, services
from jixiao.web.library.forms import IndicatorForm, of_indicator
from jixiao.web.library.models import State
from jixiao.web.library.selectors import Filter
from jixiao.web.site.pages import Request, page

_FILTERS = ("q", "sector", "kind", "state")
_KNOWN = {
    "sector": {key: one.label for key, one in library().sectors.items()},
    "kind": {one.value: one.label for one in IndicatorKind},
    "state": {**dict(State.choices), "all": "全部"},
}
_SECONDS = 60.0


@page("library.view", parameters=(*_FILTERS, "after"))
def indicators(request: Request) -> HttpResponse:
    """指标库。"""
    given = _given(request)
    trouble = ""
    narrowed = _filter(given)
    try:
        rows = selectors.listed(request.actor, narrowed)
    except Refused as refused:
        trouble, rows = refused.message, selectors.listed(request.actor).filter(pk__in=())
    found = page_of(rows.select_related("usual"), ["code"], request.GET.get("after", ""))
    counts = selectors.counts(request.actor)
    content = {
        "found": found,
        "given": given,
        "trouble": trouble,
        "chips": _chips(given),
        "known": _KNOWN,
        "tabs": _tabs(given, counts),
        "counts": counts,
        "is_empty": not counts,
        "shipped": len(library().entries),
        "first": f"?{urlencode(given)}" if request.GET.get("after") else "",
        "next": f"?{urlencode({**given, 'after': found.after})}" if found.after else "",
        "export": f"{reverse('library-export')}?{urlencode(given)}" if found.rows else "",
        "may_propose": request.actor.may("library.propose"),
        "may_review": request.actor.may("library.review"),
    }
    return render(request, "library/list.html", content)


def _given(request: Request) -> dict[str, str]:
    return {name: text for name in _FILTERS if (text := request.GET.get(name, "").strip())}


def _filter(given: dict[str, str]) -> Filter:
    """Raises Refused for a value that no list has."""
    for name, known in _KNOWN.items():
        if given.get(name, "") not in {"", *known}:
            raise Refused(f"网址里的条件“{given[name]}”不认识。请清除条件后重选", field=name, status=400)
    state = given.get("state", State.IN_USE.value)
    return Filter(given.get("q", ""), given.get("sector", ""), given.get("kind", ""), "" if state == "all" else state)


def _chips(given: dict[str, str]) -> list[dict[str, str]]:
    return [
        {
            "text": f"含“{text}”" if name == "q" else _KNOWN[name].get(text, text),
            "without": f"?{urlencode({k: v for k, v in given.items() if k != name})}",
        }
        for name, text in given.items()
        if name != "state"
    ]


def _tabs(given: dict[str, str], counts: Any) -> list[dict[str, Any]]:
    here = given.get("state", State.IN_USE.value)
    kept = {name: text for name, text in given.items() if name != "state"}
    return [
        {
            "title": f"{label} {counts.get(value, 0)}",
            "address": f"?{urlencode({**kept, 'state': value})}",
            "here": value == here,
        }
        for value, label in ((State.IN_USE, "在用"), (State.PROPOSED, "待审"), (State.RETIRED, "停用"))
    ]


@page("library.view", parameters=_FILTERS)
def export(request: Request) -> FileResponse:
    """导出这一页条件下的全部指标。"""
    rows = list(selectors.listed(request.actor, _filter(_given(request))).order_by("code"))
    title = f"指标库（{len(rows)}条）"
    data = to_workbook([one.entry for one in rows], library().sectors, clock.today(), title)
    services.note_export(request.actor, count=len(rows), digest=hashlib.sha256(data).hexdigest())
    return attachment(BytesIO(data), f"{title}.xlsx", "xlsx")


@page("library.view", about=("library.libraryindicator", "key"))
def indicator(request: Request, key: int) -> HttpResponse:
    """一条指标。"""
    found = selectors.detail(request.actor, key)
    content = {
        "found": found,
        "one": found.indicator,
        "entry": found.indicator.entry,
        "usual": getattr(found.indicator, "usual", None),
        "places": [{"title": "指标库", "address": reverse("library")}, {"title": found.indicator.name, "address": ""}],
    }
    return render(request, "library/indicator.html", content)


@page("library.propose", methods=("GET", "POST"))
def propose(request: Request) -> HttpResponse:
    """提一条指标。"""
    form = IndicatorForm(request.POST or None, reviews=False)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.propose(request.actor, fields=form.fields_shown())
        except Refused as refused:
            _told(form, refused)
        else:
            messages.success(request, f"“{made.name}”提上去了，财政部门绩效股看过就能用")
            return redirect("library-indicator", made.pk)
    return _form(request, {"form": form, "title": "提一条指标", "word": "提出"})


@page("library.review", methods=("GET", "POST"), about=("library.libraryindicator", "key"))
def edit(request: Request, key: int) -> HttpResponse:
    """修改指标。"""
    found = selectors.one_of(request.actor, key, "library.review")
    form = IndicatorForm(request.POST or None, reviews=True, initial=of_indicator(found))
    if request.method == "POST" and form.is_valid():
        try:
            services.edit(request.actor, indicator=key, fields=form.fields_shown(), verified=form.verified_as())
        except Refused as refused:
            _told(form, refused)
        else:
            messages.success(request, f"“{found.name}”改好了")
            return redirect("library-indicator", key)
    return _form(request, {"form": form, "title": f"修改 {found.name}", "word": "保存", "one": found})


def _told(form: IndicatorForm, refused: Refused) -> None:
    form.add_error(refused.field if refused.field in form.fields else None, refused.message)


def _form(request: Request, content: dict[str, Any]) -> HttpResponse:
    return render(request, "library/edit.html", content, status=422 if content["form"].errors else 200)


def _acted(request: Request, key: int, act: Callable[[], object], words: str) -> HttpResponse:
    """Do it and go back to the indicator, or say there why not."""
    selectors.one_of(request.actor, key, "library.review")
    try:
        act()
    except (NotAllowed, NotThere):
        raise
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, words)
    return redirect("library-indicator", key)


@page("library.review", methods=("POST",))
def accept(request: Request, key: int) -> HttpResponse:
    """收进指标库。"""
    return _acted(request, key, lambda: services.accept(request.actor, indicator=key), "收进指标库了，填表时会推荐")


@page("library.review", methods=("POST",))
def retire(request: Request, key: int) -> HttpResponse:
    """停用。"""
    reason = request.POST.get("reason", "")
    return _acted(
        request,
        key,
        lambda: services.retire(request.actor, indicator=key, reason=reason),
        "停用了，不再推荐；已经填的表不变",
    )


@page("library.review", methods=("POST",))
def merge(request: Request, key: int) -> HttpResponse:
    """并入另一条。"""
    into = request.POST.get("into", "").strip()
    rows = selectors.listed(request.actor, right="library.review")
    other = rows.filter(code=into).first() if into else None

    def act() -> None:
        if other is None:
            raise Refused(f"库里没有编码是“{into}”的指标。请写要并入的那一条的编码", field="into", status=422)
        services.merge(request.actor, indicator=key, into=other.pk)

    return _acted(request, key, act, f"并入了{other.name if other else ''}")


@page("library.review", methods=("POST",))
def fill(request: Request) -> HttpResponse:
    """装入随程序的指标。"""
    try:
        made = services.fill(request.actor, entries=library().entries)
    except NotAllowed:
        raise
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, f"装入了{made}条，都可以改、停用")
    return redirect("library")


@page("library.review", methods=("POST",))
def count(request: Request) -> HttpResponse:
    """重新统计常见目标值。"""
    made = services.keep_usual(request.actor, found=selectors.count_usual(request.actor))
    messages.success(request, f"统计好了：{made}条指标在已批复的表里用过")
    return redirect("library")


@page("library.review")
def alike(request: Request) -> HttpResponse:
    """近似的指标。"""
    return render(request, "library/alike.html", {"pairs": selectors.all_alike(request.actor)})


@page("library.review", methods=("GET", "POST"))
def published(request: Request) -> HttpResponse:
    """导入公布的指标库。"""
    trouble: Refused | None = None
    if request.method == "POST":
        try:
            name, read = _read(request)
            data = to_workbook(read.entries, library().sectors, clock.today())
            session = running.begin(request.actor, kind="library", name=f"{name}.xlsx", data=data)
        except Refused as refused:
            trouble = refused
        else:
            for note in read.notes[:20]:
                messages.warning(request, note)
            return redirect("import_session", session.pk)
    content = {"trouble": trouble, "source": request.POST.get("source", "")}
    return render(request, "library/published.html", content, status=trouble.status if trouble else 200)


def _read(request: Request) -> tuple[str, Read]:
    """The name of a file and what it says, read in a process with limits. Raises Refused."""
    file = request.FILES.get("file")
    if file is None:
        raise Refused("还没有选文件", field="file", status=422)
    if (file.size or 0) > MOST_BYTES:
        raise Refused(f"文件超过{MOST_BYTES // 1024 // 1024}MB。请只留指标表再传", field="file", status=413)
    name = file.name or "指标库"
    reading = partial(read_published, name, request.POST.get("source", "").strip()[:200])
    ((_, found),) = run_isolated(reading, [file.read()], Limits(seconds=_SECONDS), 1)
    if isinstance(found, UnreadableFileError):
        raise Refused(f"{found.met}。{found.remedy}", field="file", status=422)
    if not found.entries:
        raise Refused("表里没有一条认得的指标。请核对是不是选错了文件", field="file", status=422)
    return name, found
