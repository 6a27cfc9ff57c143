"""Sheets of a year: lists, one of them as its form looks, its versions, what is taken away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.http import FileResponse, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from jixiao.web.files.answers import attachment, original
from jixiao.web.files.store import digest_of
from jixiao.web.goals import selectors
from jixiao.web.goals.exports import AT_ONCE, OF_ONE, Taken, ask_for_many, forms_of, forms_of_many, is_large, many, one
from jixiao.web.goals.form_view import form_of
from jixiao.web.goals.forms import PARAMETERS, SEVERITY_LABELS, ListForm
from jixiao.web.goals.models import WRITABLE, Sheet, SheetState
from jixiao.web.goals.parts import parts_of
from jixiao.web.goals.selectors import Wanted, sheet_shown
from jixiao.web.goals.services import note_export
from jixiao.web.goals.side_by_side import groups
from jixiao.web.goals.sides import held
from jixiao.web.kernel import clock
from jixiao.web.kernel.acts import NotThere
from jixiao.web.kernel.keyset import page_of
from jixiao.web.organisations.lineage import named_as_of
from jixiao.web.site.pages import Request, page

BADGES: Mapping[str, str] = {
    SheetState.DRAFTED: "drafting",
    SheetState.SENT_BACK: "returned",
    SheetState.PASSED: "reviewed",
}
"""States whose badge is called otherwise"""


@page("sheet.view", parameters=PARAMETERS)
def sheets(request: Request, year: int) -> HttpResponse:
    """报送的表。"""
    form = ListForm(request.GET, selectors.departments(request.actor))
    wanted = form.wanted()
    rows = selectors.sheets(request.actor, year, wanted)
    beside = selectors.sheets(request.actor, year, replace(wanted, state="", severity=""))
    found = page_of(
        rows.select_related("unit__department", "project"),
        ["unit__order", "unit_id", "id"],
        request.GET.get("after", ""),
    )
    named_as_of((one.unit for one in found.rows), year)
    content = {
        "found": found,
        "rows": [_row(sheet) for sheet in found.rows],
        "form": form,
        "wanted": wanted,
        "chips": _chips(request.GET, form, wanted),
        "views": _views(request.GET, selectors.counts(beside)),
        "next": _without(request.GET, "after", after=found.after) if found.after else "",
        "first": _without(request.GET, "after") if request.GET.get("after") else "",
        "may_add": request.actor.may("intake.add"),
        "may_fill": request.actor.may("sheet.edit") and not request.actor.may("intake.register"),
        "at_once": AT_ONCE,
        "exports": _exports(request, year) if found.rows and request.actor.may("sheet.export") else (),
    }
    return render(request, "goals/sheets.html", content)


def _row(sheet: Sheet) -> dict[str, Any]:
    return {"sheet": sheet, "badge": BADGES.get(sheet.state, sheet.state)}


def _without(asked: QueryDict, *names: str, **more: str) -> str:
    """The address of the list without some of its conditions, with others."""
    kept = asked.copy()
    for name in ("after", *names):
        kept.pop(name, None)
    for name, value in more.items():
        kept[name] = value
    for name in [name for name in kept if not kept[name] or name not in PARAMETERS]:
        del kept[name]
    return f"?{kept.urlencode()}"


def _chips(asked: QueryDict, form: ListForm, wanted: Wanted) -> list[dict[str, str]]:
    values = {**vars(wanted), "q": wanted.text}
    chips = []
    for name, field in form.fields.items():
        if value := values.get(name):
            choices = {str(k): str(v) for k, v in getattr(field, "choices", ())}
            words = f"{field.label}：{choices.get(str(value), value)}"
            chips.append({"text": words, "without": _without(asked, name)})
    return chips


def _views(asked: QueryDict, counts: selectors.Counts) -> list[dict[str, Any]]:
    """The counters above the list: each number opens its list."""
    state, severity = asked.get("state", ""), asked.get("severity", "")
    found: list[dict[str, Any]] = [
        {
            "title": "全部",
            "count": counts.total,
            "address": _without(asked, "state", "severity"),
            "here": not (state or severity),
        }
    ]
    for name, label in SheetState.choices:
        if n := counts.states.get(name):
            address = _without(asked, "severity", state=name)
            found.append({"title": str(label), "count": n, "address": address, "here": state == name})
    for name, label in SEVERITY_LABELS.items():
        if n := counts.severities.get(name):
            address = _without(asked, "state", severity=name)
            found.append({"title": label, "count": n, "address": address, "here": severity == name})
    return found


def _exports(request: Request, year: int) -> list[tuple[str, str]]:
    """(address, words) of what the list shown is taken away as."""
    asked = _without(request.GET)
    found = [(reverse("sheets-export", args=[year, what]) + asked, words) for what, words in forms_of_many().items()]
    if request.actor.may("sheet.edit"):
        found.append((reverse("sheets-offline", args=[year]) + asked, "离线填报表（Excel，能填的各张）"))
    return found


def _number(request: Request, name: str = "version") -> int | None:
    given = request.GET.get(name, "")
    return int(given) if given.isdecimal() and len(given) < 10 else None


@page("sheet.view", parameters=("version",), in_year=selectors.same_in_year, about=("goals.sheet", "key"))
def sheet(request: Request, year: int, key: int) -> HttpResponse:
    """一张表，照正式表样。"""
    shown = sheet_shown(request.actor, year, key, _number(request))
    form = form_of(shown.plan, shown.review.findings)
    named_as_of([shown.sheet.unit], year)
    parts = parts_of(request.actor, shown, form)
    for part in parts:
        form = form.with_remarks(part.remarks)
    content = {
        "parts": parts,
        "opens": any(part.opens for part in parts),
        "sheet": shown.sheet,
        "version": shown.version,
        "badge": BADGES.get(shown.sheet.state, shown.sheet.state),
        "form": form,
        "grade": shown.review.grade if shown.plan.goal_sheets else None,
        "versions": selectors.versions(request.actor, shown.sheet),
        "beside": (others := selectors.beside(request.actor, shown.sheet)),
        "has_last_year": any((one.year, one.kind) == (year - 1, shown.sheet.kind) for one in others),
        "is_old": shown.version.number != shown.sheet.version,
        "exports": forms_of(shown).items() if request.actor.may("sheet.export") else (),
        "may_edit": shown.sheet.state in WRITABLE and selectors.may_edit(request.actor, shown.sheet),
        "places": _places(year, shown.sheet),
    }
    return render(request, "goals/sheet.html", content)


def _places(year: int, sheet: Sheet, *more: str) -> list[dict[str, str]]:
    home = {"title": f"{year}年度的表", "address": reverse("sheets", args=[year])}
    own = {"title": sheet.title, "address": reverse("sheet", args=[year, sheet.pk])}
    return [home, own, *({"title": words, "address": ""} for words in more)]


@page("sheet.view", parameters=("old", "new"), about=("goals.sheet", "key"))
def compare(request: Request, year: int, key: int) -> HttpResponse:
    """两版之间改了什么；也和网页上的稿子、去年的表比。"""
    asked = [request.GET.get(name, "") for name in ("old", "new")]
    found = held(request.actor, year, key, *asked)
    content = {
        "sheet": found.sheet,
        "before": found.old,
        "after": found.new,
        "differences": found.found,
        "groups": groups(found.before, found.after, found.found),
        "old": found.old.title,
        "new": found.new.title,
        "sides": found.sides,
        "places": _places(year, found.sheet, f"{found.old.title}到{found.new.title}"),
    }
    return render(request, "goals/compare.html", content)


@page("sheet.export", parameters=("version",))
def export(request: Request, year: int, key: int, form: str) -> FileResponse:
    """导出一张表。"""
    if form not in OF_ONE:
        raise NotThere
    return sent(request, one(sheet_shown(request.actor, year, key, _number(request)), form))


@page("sheet.export", parameters=PARAMETERS)
def export_many(request: Request, year: int, what: str) -> HttpResponseBase:
    """导出这一页条件下的全部表；多的在后台做，先到“做好的文件”看进度。"""
    if what not in forms_of_many():
        raise NotThere
    wanted = ListForm(request.GET, selectors.departments(request.actor)).wanted()
    rows = selectors.sheets(request.actor, year, wanted)
    if is_large(rows):
        asked = ask_for_many(request.actor, year, wanted, what)
        return redirect("work", asked.pk)
    return sent(request, many(request.actor, year, rows, what, clock.today()))


def sent(request: Request, taken: Taken) -> FileResponse:
    """A file that was made of sheets as the answer, noted before it goes."""
    digest = digest_of(taken.content)
    taken.content.seek(0)
    note_export(request.actor, sheets=taken.sheets, form=taken.kind, digest=digest, what=taken.name)
    return attachment(taken.content, taken.name, taken.kind)


@page("sheet.export", parameters=("version",))
def source(request: Request, year: int, key: int) -> FileResponse:
    """下载这一版的原件。"""
    shown = sheet_shown(request.actor, year, key, _number(request))
    if shown.version.source is None:
        raise NotThere("这一版没有原件")
    name = str(shown.version.document["source"]["name"])
    note_export(request.actor, sheets=[key], form="original", digest=shown.version.source.sha256, what=f"原件：{name}")
    return original(shown.version.source, name)


@page("sheet.export", parameters=("version",))
def fixed(request: Request, year: int, key: int) -> FileResponse:
    """下载批复时固定的内容。"""
    stored, name = selectors.fixed_of(sheet_shown(request.actor, year, key, _number(request)))
    note_export(request.actor, sheets=[key], form="fixed", digest=stored.sha256, what=f"批复稿：{name}")
    return original(stored, name)
