"""审核台: the list of what waits, one sheet after the other, what is decided on them."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from jixiao.domain.finding import Severity
from jixiao.web.goals import selectors as goals
from jixiao.web.goals.form_view import form_of
from jixiao.web.goals.parts import parts_of
from jixiao.web.goals.views import BADGES
from jixiao.web.kernel.acts import Refused
from jixiao.web.kernel.keyset import page_of
from jixiao.web.organisations.lineage import named_as_of
from jixiao.web.reviewing import selectors
from jixiao.web.reviewing.acting import act_on
from jixiao.web.reviewing.forms import PARAMETERS, ListForm
from jixiao.web.site.pages import Request, page
from jixiao.web.workflow import sending_back, services
from jixiao.web.workflow.models import Run, Verb
from jixiao.web.workflow.selectors import Standing
from jixiao.web.workflow.sending_back import OwnPoint
from jixiao.web.workflow.services.deciding import steps_to_send_back_to
from jixiao.web.workflow.services.way import Looked

_FILTERS = tuple(name for name in PARAMETERS if name != "after")
_OF_ONE = (*_FILTERS, "beside", "done")
_LIKE_NUMBER = 19
_REASONS = {"inapplicable": "规则不适用", "explained": "已说明", "misread": "读取有误", "other": "其他"}
"""Why a finding is not kept"""


def _form(request: Request, year: int) -> ListForm:
    return ListForm(request.GET, goals.departments(request.actor), selectors.steps_of(request.actor, year))


@page("sheet.decide", parameters=(*PARAMETERS, "done"))
def review(request: Request, year: int) -> HttpResponse:
    """审核台。"""
    form = _form(request, year)
    wanted = form.wanted()
    rows = selectors.waiting(request.actor, year, wanted)
    found = page_of(selectors.with_sheets(rows), selectors.ORDER, request.GET.get("after", ""))
    named_as_of((one.sheet.unit for one in found.rows), year)
    standings = selectors.standings_of(found.rows)
    people = {one.pk: one.name for _, several in standings for one in several}
    kept = _kept(request.GET)
    content = {
        "found": found,
        "rows": [_row(one) for one, _ in standings],
        "people": sorted(people.items(), key=lambda one: one[1]),
        "form": form,
        "wanted": wanted,
        "chips": _chips(request.GET, form),
        "views": _views(request, year),
        "kept": kept,
        "next": _address(request.GET, after=found.after) if found.after else "",
        "first": _address(request.GET) if request.GET.get("after") else "",
        "undo": _undo(request, year),
    }
    return render(request, "reviewing/list.html", content)


def _row(standing: Standing) -> dict[str, Any]:
    sheet = standing.run.sheet
    return {"sheet": sheet, "standing": standing, "run": standing.run, "badge": BADGES.get(sheet.state, sheet.state)}


def _address(asked: QueryDict, *without: str, **more: str) -> str:
    """The address of the list with its conditions, without some of them, with others."""
    kept = {name: asked[name] for name in _FILTERS if asked.get(name) and name not in without}
    return f"?{urlencode(kept | more)}"


def _kept(asked: QueryDict) -> str:
    """The conditions of the list as they go with the address of a sheet; empty where there are none."""
    found = _address(asked)
    return found if found != "?" else ""


def _chips(asked: QueryDict, form: ListForm) -> list[dict[str, str]]:
    chips = []
    for name, field in form.fields.items():
        if value := asked.get(name, ""):
            choices = {str(k): str(v) for k, v in getattr(field, "choices", ())}
            chips.append({"text": f"{field.label}：{choices.get(value, value)}", "without": _address(asked, name)})
    return chips


def _views(request: Request, year: int) -> list[dict[str, Any]]:
    """The counters above the list: each number opens its list."""
    counts, home = selectors.counts(request.actor, year), reverse("review", args=[year])
    kinds = (
        ("待审", counts.total, ""),
        ("有必须修改", counts.errors, "?severity=errors"),
        ("二次送审", counts.again, "?again=1"),
        ("说明待看", counts.explained, "?explained=1"),
        ("转给我的", counts.mine, "?mine=1"),
    )
    here = _kept(request.GET)
    shown = [one for one in kinds if one[1] or not one[2]]
    return [{"title": title, "count": n, "address": home + more, "here": here == more} for title, n, more in shown]


def _undo(request: Request, year: int) -> dict[str, str] | None:
    """What was done just now, while it can be taken back."""
    given = _number(request.GET.get("done", ""))
    done = selectors.taken_back_from(request.actor, year, given) if given is not None else None
    if done is None:
        return None
    words = {Verb.SEND_BACK: "已退回", Verb.PASS: "已审核通过", Verb.AGREE: "已同意", Verb.SIGN: "已会签同意"}[
        Verb(done.verb)
    ]
    address = reverse("review-take-back", args=[year, done.run.sheet_id]) + _kept(request.GET)
    return {"text": f"{done.run.sheet.title}：{words}。对方打开以前可以撤回", "undo": address}


def _number(given: str) -> int | None:
    return int(given) if given.isdecimal() and len(given) < _LIKE_NUMBER else None


@page("sheet.decide", methods=("POST",), parameters=_FILTERS)
def bulk(request: Request, year: int) -> HttpResponse:
    """选中的几张一起办。"""
    chosen = [one.partition(":") for one in request.POST.getlist("sheet")]
    sheets = [
        Looked(key, version) for key, version in ((_number(a), _number(b)) for a, _, b in chosen) if key and version
    ]
    outcome = act_on(
        request.actor,
        year=year,
        act=request.POST.get("act", ""),
        sheets=sheets,
        opinion=request.POST.get("opinion", "").strip(),
        to=_number(request.POST.get("to", "")),
    )
    if outcome.words:
        messages.success(request, outcome.words)
    if outcome.kept_words:
        messages.warning(request, outcome.kept_words)
    return redirect(reverse("review", args=[year]) + _kept(request.GET))


@page("sheet.decide", parameters=_OF_ONE, in_year=goals.same_in_year, about=("goals.sheet", "key"))
def one(request: Request, year: int, key: int) -> HttpResponse:
    """一张表：旁边是上次送审或去年的，右边是问题，办完到下一张。"""
    found = selectors.one_sheet(request.actor, year, key)
    shown, standing = found.shown, found.standing
    form = form_of(shown.plan, shown.review.findings)
    named_as_of([shown.sheet.unit], year)
    parts = parts_of(request.actor, shown, form)
    for part in parts:
        form = form.with_remarks(part.remarks)
    keys = selectors.keys_in_order(request.actor, year, _form(request, year).wanted())
    what = request.GET.get("beside", "") or ("earlier" if found.earlier is not None else "none")
    following = selectors.after(keys, key)
    content = {
        "one": found,
        "sheet": shown.sheet,
        "version": shown.version,
        "badge": BADGES.get(shown.sheet.state, shown.sheet.state),
        "standing": standing,
        "form": form,
        "parts": parts,
        "grade": shown.review.grade if shown.plan.goal_sheets else None,
        "beside": selectors.beside(request.actor, found, what),
        "besides": _besides(request, found, what),
        "places_to": steps_to_send_back_to(standing.run) if standing is not None and found.is_mine else (),
        "rows": _places_in(shown.plan),
        "reasons": list(_REASONS.items()),
        "severities": [(one.value, one.label) for one in (Severity.ERROR, Severity.WARNING, Severity.ADVICE)],
        "at": keys.index(key) + 1 if key in keys else 0,
        "of": len(keys),
        "kept": _kept(request.GET),
        "following": reverse("review-sheet", args=[year, following]) + _kept(request.GET) if following else "",
        "undo": _undo(request, year),
        "places": [
            {"title": "审核台", "address": reverse("review", args=[year]) + _kept(request.GET)},
            {"title": shown.sheet.title, "address": ""},
        ],
    }
    return render(request, "reviewing/one.html", content)


def _places_in(plan: Any) -> list[tuple[str, str]]:
    """(id, words) of the rows of a sheet, for an opinion of one's own."""
    return [
        (row.id, f"第{n}行 {' '.join((row.name or row.description or '').split())[:30]}")
        for sheet in plan.goal_sheets
        for n, row in enumerate(sheet.indicators, 1)
        if row.id
    ]


def _besides(request: Request, found: selectors.OneSheet, what: str) -> list[dict[str, Any]]:
    """What the sheet may be held against."""
    kinds = [("none", "不对照")]
    if found.earlier is not None:
        kinds.append(("earlier", "上次送审"))
    if found.last_year is not None:
        kinds.append(("year", f"{found.last_year.year}年"))
    return [{"title": t, "address": _address(request.GET, beside=name), "here": name == what} for name, t in kinds]


# --- what is decided --------------------------------------------------------------------------------------


def _looked(request: Request, year: int, key: int) -> int:
    """The version that was looked at. Raises NotThere before anything else where the sheet is not for this person."""
    selectors.in_reach(request.actor, year, key)
    version = _number(request.POST.get("version", ""))
    if version is None:
        raise Refused("没说按哪一版办。请刷新再办", field="version", status=422)
    return version


def _here(request: Request, year: int, key: int) -> HttpResponse:
    return redirect(reverse("review-sheet", args=[year, key]) + _kept(request.GET))


def _on(request: Request, year: int, key: int, keys: list[int]) -> HttpResponse:
    """To the next sheet of the list, told what was done with this one; to the list where there is none."""
    asked = _address(request.GET, done=str(key))
    following = selectors.after(keys, key)
    if following is None:
        return redirect(reverse("review", args=[year]) + asked)
    return redirect(reverse("review-sheet", args=[year, following]) + asked)


def _keys(request: Request, year: int) -> list[int]:
    return selectors.keys_in_order(request.actor, year, _form(request, year).wanted())


@page("sheet.decide", methods=("POST",), parameters=_FILTERS)
def open_sheet(request: Request, year: int, key: int) -> HttpResponse:
    """开审：从现在起填报人撤不回，别人不能办。"""
    services.open_sheet(request.actor, year=year, key=key, version=_looked(request, year, key))
    return _here(request, year, key)


@page("sheet.decide", methods=("POST",), parameters=_FILTERS)
def release(request: Request, year: int, key: int) -> HttpResponse:
    """解除开审。"""
    services.release(request.actor, year=year, key=key)
    messages.success(request, "已解除开审，填报人可以撤回，别人也可以办")
    return _here(request, year, key)


@page("sheet.decide", methods=("POST",), parameters=_FILTERS)
def agree(request: Request, year: int, key: int) -> HttpResponse:
    """同意，到下一张。"""
    keys = _keys(request, year)
    opinion = request.POST.get("opinion", "")
    services.agree(request.actor, year=year, key=key, version=_looked(request, year, key), opinion=opinion)
    return _on(request, year, key, keys)


@page("sheet.decide", methods=("POST",), parameters=_FILTERS)
def send_back(request: Request, year: int, key: int) -> HttpResponse:
    """退回，带上采纳的问题和自己的意见，到下一张。"""
    keys, asked = _keys(request, year), request.POST
    own = zip(asked.getlist("own_words"), asked.getlist("own_place"), asked.getlist("own_severity"), strict=False)
    points = [OwnPoint(words, thing, "", severity) for words, thing, severity in own if words.strip()]
    kept, opinion, version = asked.getlist("finding"), asked.get("opinion", "").strip(), _looked(request, year, key)
    if opinion or (not asked.get("to") and (kept or points)):
        opinion = "\n".join(filter(None, (opinion, _left_out(request, year, key, version, kept))))
    run: Run = sending_back.send_back(
        request.actor,
        year=year,
        key=key,
        version=version,
        to=asked.get("to", ""),
        opinion=opinion,
        findings=kept,
        points=points,
    )
    return _on(request, year, run.sheet_id, keys)


def _left_out(request: Request, year: int, key: int, version: int, kept: Collection[str]) -> str:
    """What of the findings was not kept, and why, as it goes into the record; empty where all were."""
    found = [one for one in goals.sheet_shown(request.actor, year, key, version).review.findings if one.id not in kept]
    words = [f"{one.title}（{_REASONS.get(request.POST.get(f'why-{one.id}', ''), '没写原因')}）" for one in found]
    return f"不采纳{len(words)}处：{'；'.join(words)}" if words else ""


@page("sheet.decide", methods=("POST",), parameters=_FILTERS)
def reassign(request: Request, year: int, key: int) -> HttpResponse:
    """转给同事办，到下一张。"""
    selectors.in_reach(request.actor, year, key)
    to = _number(request.POST.get("to", ""))
    if to is None:
        raise Refused("还没有选转给谁", field="to", status=422)
    keys = _keys(request, year)
    run = services.reassign(request.actor, year=year, key=key, to=to, note=request.POST.get("note", ""))
    messages.success(request, f"{run.sheet.title}已转办")
    return _on(request, year, key, keys)


@page("sheet.decide", methods=("POST",), parameters=_FILTERS)
def take_back(request: Request, year: int, key: int) -> HttpResponse:
    """撤回自己刚办的，这张又在手里。"""
    services.take_back(request.actor, year=year, key=key)
    messages.success(request, "已撤回，这张又在您手里")
    return _here(request, year, key)
