"""The first page."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render

from jixiao.web.accounts.actors import current_assignments
from jixiao.web.accounts.models import User
from jixiao.web.accounts.selectors import hand_overs_to
from jixiao.web.accounts.words import sentence
from jixiao.web.home.selectors import counters_of, todos_of, waiting_elsewhere
from jixiao.web.notices.selectors import news_for
from jixiao.web.organisations.models import FiscalYear
from jixiao.web.organisations.selectors import year_of, years_of
from jixiao.web.site.pages import Request, page


@page(None)
def home(request: Request) -> HttpResponse:
    """首页。"""
    year = year_of(request)
    if settings.DESK:
        return redirect("intake", year)
    user = request.user
    counters = counters_of(request.actor, year)
    content = {
        "words": sentence(user.name, current_assignments(user)) if isinstance(user, User) else "",
        "taken": hand_overs_to(request.actor),
        "delegated": request.actor.delegated(),
        "todos": todos_of(
            request.actor,
            year,
            is_open=any(one.state == FiscalYear.State.OPEN for one in years_of(request)),
            is_empty=not any(one.count for one in counters),
        ),
        "elsewhere": waiting_elsewhere(request.actor, year),
        "news": news_for(request.actor),
        "counters": counters,
    }
    return render(request, "home/home.html", content)
