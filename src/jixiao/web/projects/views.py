"""The project pool: the list of a year, a project, what is done with it."""

from __future__ import annotations

import hashlib
from datetime import date
from io import BytesIO
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from jixiao.web.files.answers import attachment
from jixiao.web.kernel import clock
from jixiao.web.kernel.acts import Refused
from jixiao.web.kernel.keyset import page_of
from jixiao.web.projects import selectors, services
from jixiao.web.projects.export import workbook
from jixiao.web.projects.forms import ProjectForm, YearForm, of_project, of_row
from jixiao.web.projects.models import ProjectClass
from jixiao.web.projects.selectors import CHANGES, Filter
from jixiao.web.site.pages import Request, page

_FILTERS = ("q", "department", "unit", "class", "key", "change", "listed")


@page("project.view", parameters=(*_FILTERS, "after"))
def projects(request: Request, year: int) -> HttpResponse:
    """项目库。"""
    given = {name: text for name in _FILTERS if (text := request.GET.get(name, "").strip())}
    narrowed = _filter(given)
    rows = selectors.listed(request.actor, year, narrowed)
    found = page_of(rows, ["project__unit__order", "project__unit_id", "code"], request.GET.get("after", ""))
    departments = selectors.departments(request.actor)
    content = {
        "found": found,
        "sums": selectors.sums(rows),
        "narrowed": narrowed,
        "given": given,
        "chips": _chips(given, {str(one.pk): one.name for one in departments}),
        "departments": departments,
        "classes": selectors.classes(),
        "changes": CHANGES,
        "tabs": _tabs(given),
        "dropped_count": _dropped_count(request, year, given),
        "first": f"?{urlencode(given)}" if request.GET.get("after") else "",
        "next": f"?{urlencode({**given, 'after': found.after})}" if found.after else "",
        "may_edit": request.actor.may("project.edit"),
        "export": f"export?{urlencode(given)}" if request.actor.may("sheet.export") and found.rows else "",
        "may_import": request.actor.may("project.import"),
        "last_year": year - 1,
    }
    return render(request, "projects/list.html", content)


@page("sheet.export", parameters=_FILTERS)
def export(request: Request, year: int) -> FileResponse:
    """导出这一页条件下的全部项目。"""
    given = {name: text for name in _FILTERS if (text := request.GET.get(name, "").strip())}
    rows = list(
        selectors.listed(request.actor, year, _filter(given), "sheet.export").order_by(
            "project__unit__order", "project__unit_id", "code", "pk"
        )
    )
    title = f"{year}年度项目（{len(rows)}个）"
    data = workbook(rows, title, clock.today())
    services.note_export(
        request.actor,
        projects=[one.project_id for one in rows],
        digest=hashlib.sha256(data).hexdigest(),
        what=f"导出{title}",
    )
    return attachment(BytesIO(data), f"{title}.xlsx", "xlsx")


def _filter(given: dict[str, str]) -> Filter:
    """Raises Refused for a value that no list has."""
    numbers: dict[str, int | None] = {}
    for name in ("department", "unit"):
        text = given.get(name, "")
        if text and not (text.isascii() and text.isdigit() and len(text) < 10):
            raise Refused("网址里的单位不对。请清除条件后重选", field=name, status=400)
        numbers[name] = int(text) if text else None
    for name, known in (
        ("class", set(ProjectClass.values)),
        ("change", set(CHANGES)),
        ("listed", {"no"}),
        ("key", {"1"}),
    ):
        if given.get(name, "") not in {"", *known}:
            raise Refused(f"网址里的条件“{given[name]}”不认识。请清除条件后重选", field=name, status=400)
    return Filter(
        given.get("q", ""), numbers["department"], numbers["unit"], given.get("class", ""), "key" in given,
        given.get("change", ""), "listed" in given,
    )  # fmt: skip


def _chips(given: dict[str, str], departments: dict[str, str]) -> list[dict[str, str]]:
    """The conditions in words, each with the address without it."""
    return [
        {
            "text": _in_words(name, text, departments),
            "without": f"?{urlencode({k: v for k, v in given.items() if k != name})}",
        }
        for name, text in given.items()
    ]


def _in_words(name: str, text: str, departments: dict[str, str]) -> str:
    if name == "q":
        return f"名称或编码含“{text}”"
    if name == "department":
        return f"部门：{departments.get(text, text)}"
    if name == "unit":
        return f"单位编号：{text}"
    if name == "class":
        return str(ProjectClass(text).label)
    return {"key": "重点项目", "listed": "上年有、今年没列"}.get(name) or CHANGES[text]


def _tabs(given: dict[str, str]) -> list[dict[str, Any]]:
    """The usual views of the list, keeping the other conditions."""
    kept = {name: text for name, text in given.items() if name not in ("change", "listed", "key")}
    views: list[tuple[str, dict[str, str]]] = [("全部", {}), ("重点", {"key": "1"})]
    views += [(title, {"change": value}) for value, title in CHANGES.items()]
    here = {name: text for name, text in given.items() if name in ("change", "listed", "key")}
    return [{"title": title, "address": f"?{urlencode(kept | more)}", "here": here == more} for title, more in views]


def _dropped_count(request: Request, year: int, given: dict[str, str]) -> int:
    department = given.get("department", "")
    narrowed = Filter(department=int(department) if department else None, dropped=True)
    return selectors.listed(request.actor, year, narrowed).order_by().count()


@page("project.view", in_year=selectors.same_in_year, about=("projects.project", "project"))
def project(request: Request, year: int, project: int) -> HttpResponse:
    """一个项目。"""
    found = selectors.detail(request.actor, project)
    content = {
        "found": found,
        "this": next((row for row in found.years if row.year == year), None),
        "last": next((row for row in found.years if row.year == year - 1), None),
        "may_be_before": selectors.may_be_before(request.actor, found.project, year) if found.may_edit else [],
        "places": [
            {"title": "项目库", "address": reverse("projects", args=[year])},
            {"title": found.project.name, "address": ""},
        ],
    }
    return render(request, "projects/project.html", content)


@page("project.edit", methods=("GET", "POST"))
def add(request: Request, year: int) -> HttpResponse:
    """新增项目。"""
    units = selectors.units_for(request.actor)
    form = ProjectForm(request.POST or None, units=units)
    money = YearForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and money.is_valid():
        try:
            made = services.add_project(
                request.actor,
                unit=int(form.cleaned_data["unit"]),
                fields=form.fields_shown(),
                year=year,
                of_year=money.of_year(),
            )
        except Refused as refused:
            _told(form, money, refused)
        else:
            messages.success(request, f"“{made.name}”已列入{year}年度")
            return redirect("project", year, made.pk)
    return _form(request, "projects/edit.html", {"form": form, "money": money, "title": "新增项目", "word": "新增项目"})


@page("project.edit", methods=("GET", "POST"), about=("projects.project", "project"))
def edit(request: Request, year: int, project: int) -> HttpResponse:
    """修改项目。"""
    found = selectors.project_of(request.actor, project, "project.edit")
    units = selectors.units_for(request.actor)
    row = next((one for one in selectors.detail(request.actor, project).years if one.year == year), None)
    form = ProjectForm(request.POST or None, units=units, initial=of_project(found))
    money = YearForm(request.POST or None, initial=of_row(row))
    del form.fields["name"]  # a name is changed with the year it holds from
    if request.method == "POST" and form.is_valid() and money.is_valid():
        try:
            unit = int(form.cleaned_data["unit"])
            services.save_both(
                request.actor,
                project=project,
                fields=form.fields_shown(without=("name",)),
                unit=unit if unit != found.unit_id else None,
                year=year,
                of_year=money.of_year() if row is not None or any(money.of_year().values()) else None,
            )
        except Refused as refused:
            _told(form, money, refused)
        else:
            messages.success(request, f"“{found.name}”改好了")
            return redirect("project", year, project)
    return _form(
        request,
        "projects/edit.html",
        {"form": form, "money": money, "title": f"修改 {found.name}", "word": "保存", "project": found},
    )


def _told(form: ProjectForm, money: YearForm, refused: Refused) -> None:
    """What a service refused, at its field."""
    for one in (form, money):
        if refused.field in one.fields:
            one.add_error(refused.field, refused.message)
            return
    form.add_error(None, refused.message)


def _form(request: Request, template: str, content: dict[str, Any]) -> HttpResponse:
    wrong = any(one.errors for one in (content.get("form"), content.get("money")) if one is not None)
    return render(request, template, content, status=422 if wrong else 200)


@page("project.edit", methods=("POST",))
def rename(request: Request, year: int, project: int) -> HttpResponse:
    """更名。"""
    name = request.POST.get("name", "")
    return _acted(
        request, year, project, lambda: services.rename(request.actor, project=project, name=name, since=_since(request, year)),
        f"从{_since(request, year)}年起叫“{name.strip()}”，以前年度还是原名",
    )  # fmt: skip


@page("project.edit", methods=("POST",))
def split(request: Request, year: int, project: int) -> HttpResponse:
    """拆分。"""
    names = request.POST.get("names", "").splitlines()
    since = _since(request, year)
    ends = request.POST.get("stays") != "1"
    return _acted(
        request, year, project,
        lambda: services.split(request.actor, project=project, names=names, since=since, ends=ends),
        "拆好了，新项目在“后续”里",
    )  # fmt: skip


@page("project.edit", methods=("POST",))
def goes_on(request: Request, year: int, project: int) -> HttpResponse:
    """接上年。"""
    selectors.project_of(request.actor, project, "project.edit")
    before = request.POST.get("predecessor", "")
    if not before.isdigit():
        raise Refused("请选接哪一个项目", field="predecessor", status=422)
    return _acted(
        request, year, project,
        lambda: services.continue_from(request.actor, project=project, predecessor=int(before), since=year),
        "接上了，以前年度的金额在下面",
    )  # fmt: skip


@page("project.edit", methods=("POST",))
def end(request: Request, year: int, project: int) -> HttpResponse:
    """结束。"""
    selectors.project_of(request.actor, project, "project.edit")
    text = request.POST.get("on", "")
    try:
        on = date.fromisoformat(text)
    except ValueError as error:
        raise Refused("结束日期请写成 2027-12-31", field="on", status=422) from error
    because = request.POST.get("because", "")
    return _acted(
        request,
        year,
        project,
        lambda: services.close(request.actor, project=project, on=on, because=because),
        "已结束，历史年度都还在",
    )


@page("project.edit", methods=("POST",))
def reopen(request: Request, year: int, project: int) -> HttpResponse:
    """恢复。"""
    return _acted(request, year, project, lambda: services.reopen(request.actor, project=project), "已恢复")


@page("project.edit", methods=("POST",))
def alias(request: Request, year: int, project: int) -> HttpResponse:
    """记一种写法，或去掉一种。"""
    forget = request.POST.get("forget", "")
    if forget.isdigit():
        return _acted(request, year, project, lambda: services.forget_alias(request.actor, alias=int(forget)), "去掉了")
    text = request.POST.get("text", "")
    return _acted(
        request,
        year,
        project,
        lambda: services.remember_project(request.actor, project=project, text=text),
        "记下了，以后文件里这样写就认得",
    )


@page("project.edit", parameters=("project",), methods=("GET", "POST"))
def merge(request: Request, year: int) -> HttpResponse:
    """合并项目。"""
    ids = [
        int(text)
        for text in (request.POST if request.method == "POST" else request.GET).getlist("project")
        if text.isdigit()
    ]
    chosen = [selectors.project_of(request.actor, key, "project.edit") for key in dict.fromkeys(ids)]
    trouble: Refused | None = None
    if request.method == "POST":
        into = request.POST.get("into", "")
        try:
            made = services.merge(
                request.actor,
                projects=[one.pk for one in chosen],
                since=_since(request, year),
                into=int(into) if into.isdigit() else None,
                name=request.POST.get("name", ""),
            )
        except Refused as refused:
            trouble = refused
        else:
            messages.success(
                request,
                f"合并为“{made.name}”，原来的{len(chosen) - (made in chosen)}个从{_since(request, year)}年起结束",
            )
            return redirect("project", year, made.pk)
    content = {"chosen": chosen, "trouble": trouble, "typed": request.POST}
    return render(request, "projects/merge.html", content, status=trouble.status if trouble else 200)


def _since(request: Request, year: int) -> int:
    text = request.POST.get("since", "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) == 4 else year


def _acted(request: Request, year: int, project: int, act: Any, words: str) -> HttpResponse:
    """Do it, then show the project with the news, or with what was refused."""
    try:
        act()
    except Refused as refused:
        if refused.status in (403, 404):
            raise
        messages.error(request, refused.message)
    else:
        messages.success(request, words)
    return redirect("project", year, project)
