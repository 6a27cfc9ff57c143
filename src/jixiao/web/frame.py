"""What stands around every page: navigation by role, years, round, person."""

from __future__ import annotations

from typing import Any, cast
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from jixiao.web.accounts.words import who_may
from jixiao.web.audit.history import has_history
from jixiao.web.kernel import clock
from jixiao.web.kernel.people import Actor
from jixiao.web.organisations.models import FiscalYear, Organisation, OrganisationKind, Round
from jixiao.web.organisations.selectors import state_of_year, year_of, years_of
from jixiao.web.site.navigation import BESIDE, DESK, NAVIGATION, Item
from jixiao.web.site.pages import Request


def frame(request: HttpRequest) -> dict[str, Any]:
    """Template context: ``nav`` (items with title, icon, address, whether here), ``above`` (the list this page lies below),
    ``year``, ``has_no_year`` (none was opened), ``years``, ``round``, ``strips`` (what to know of the year), ``history`` (where that of the object shown stands),
    ``actor``, ``unknown``, ``place`` and ``own_unit`` of who is signed in."""
    actor = getattr(request, "actor", None)
    if actor is None or not request.user.is_authenticated:
        return {"nav": [], "year": None}
    year = year_of(request)
    items = []
    organisation = getattr(request.user, "organisation", None)
    for item in DESK if settings.DESK else NAVIGATION:
        if (item.right is None or actor.may(item.right)) and not (item.elsewhere and _only_projects(actor, item)):
            is_elsewhere = bool(item.elsewhere) and not _hands_in(organisation)
            view = item.elsewhere_view if is_elsewhere and item.elsewhere_view else item.view
            address = reverse(view, args=[year] if item.by_year else [])
            items.append(
                {
                    "title": item.elsewhere if is_elsewhere else item.title,
                    "icon": item.icon,
                    "address": address,
                    "here": request.path.startswith(address) if address != "/" else request.path == "/",
                }
            )
    if settings.DESK:  # one person, no account, no years
        unknown = getattr(request, "unknown", [])
        return {
            "nav": items,
            "year": year,
            "is_desk": True,
            "actor": actor,
            "unknown": unknown,
            "printed_at": clock.now(),
        }
    found = state_of_year(request, year)
    return {
        "nav": items,
        "above": _above(request, items),
        "year": year,
        "has_no_year": not years_of(request),
        "years": _years(request, year),
        "round": _round(found),
        "strips": _strips(request, year, found),
        "history": _history(request),
        "actor": actor,
        "printed_at": clock.now(),
        "unknown": getattr(request, "unknown", []),
        **_whose(organisation),
    }


def _only_projects(actor: Actor, item: Item) -> bool:
    """Whether somebody reaches nothing but projects that were named to them."""
    reach = actor.reach(item.right or "")
    return not (reach.everything or reach.units or reach.departments or reach.regions or reach.within)


def _hands_in(organisation: Organisation | None) -> bool:
    """Whether an organisation hands in sheets of its own."""
    kinds = (OrganisationKind.LEAD_DEPARTMENT, OrganisationKind.BUDGET_UNIT)
    return organisation is not None and organisation.kind in kinds


def _above(request: HttpRequest, items: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The list that a page lies below, for the way back; None where the page is that list, or the first page."""
    beside = [{"title": one.title, "address": reverse(one.view)} for one in BESIDE]
    for one in (*items, *beside):
        if one["address"] != "/" and request.path.startswith(one["address"]):
            return None if request.path == one["address"] else one
    return None


def _whose(organisation: Organisation | None) -> dict[str, str]:
    """Whose page it is: the place, and the unit without the name of the place before it."""
    if organisation is None:
        return {}
    place = organisation.region.name
    return {"place": place, "own_unit": organisation.name.removeprefix(place)}


def _history(request: HttpRequest) -> str:
    """The address of the history of the object that the page shows; empty where it shows none or the person may not see it."""
    about = getattr(request, "about", None)
    if about is None or not has_history(cast("Request", request).actor, *about):
        return ""
    return f"{reverse('history', args=about)}?{urlencode({'page': request.path})}"


def _years(request: HttpRequest, year: int) -> list[dict[str, Any]]:
    here = _here(request)
    return [
        {
            "year": one.year,
            "address": f"{reverse('year-switch')}?{urlencode({'to': one.year, 'page': here})}",
            "here": one.year == year,
            "note": "只读" if one.state == FiscalYear.State.CLOSED else "",
        }
        for one in years_of(request)
    ]


def _here(request: HttpRequest) -> str:
    """The address of this page with the filters it knows, from the first page of its list."""
    if request.method != "GET" or request.resolver_match is None:
        return "/"
    known: frozenset[str] = getattr(request.resolver_match.func, "parameters", frozenset()) - {"after"}
    kept = [(name, value) for name in request.GET if name in known for value in request.GET.getlist(name)]
    return f"{request.path}?{urlencode(kept)}" if kept else request.path


def _round(year: FiscalYear | None) -> dict[str, Any] | None:
    """The round of the year that runs today, with what is left of it; the one that ends first."""
    if year is None or year.state != FiscalYear.State.OPEN:
        return None
    today = clock.today()
    rows = Round.objects.unrestricted("everybody sees which round runs").filter(fiscal_year=year)
    one = rows.filter(opens_on__lte=today, closes_on__gte=today).order_by("closes_on", "id").first()
    if one is None:
        return None
    days = (one.closes_on - today).days
    return {
        "name": one.label,
        "left": f"还剩{days}天" if days else "今天24:00截止",
        "address": reverse("year", args=[year.pk]),
    }


def _ask(request: HttpRequest, word: str) -> str:
    """Who opens years, to whom it concerns."""
    if cast("Request", request).actor.may("year.open"):
        return f"在“年度与轮次”里{word}"
    return f"请{who_may('year.open')}{word}"


def _strips(request: HttpRequest, year: int, found: FiscalYear | None) -> list[dict[str, str]]:
    """On pages of a year: that it is closed, was never opened, or is not the one people work in now."""
    match = request.resolver_match
    if match is None or "year" not in match.kwargs:
        return []
    if found is None:
        return [{"kind": "warn", "text": f"{year}年度还没有开启，这里什么都没有。{_ask(request, '开启')}"}]
    if found.state == FiscalYear.State.CLOSED:
        return [{"kind": "note", "text": f"{year}年度 · 只读。确需改动，{_ask(request, '重新开启')}"}]
    newest = max(one.year for one in years_of(request) if one.state == FiscalYear.State.OPEN)
    return [] if year == newest else [{"kind": "note", "text": f"您在{year}年度，现在编报的是{newest}年度"}]
