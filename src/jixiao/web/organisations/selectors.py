"""What of organisations and years is shown to whom."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest

from jixiao.web.kernel import clock
from jixiao.web.organisations.models import FiscalYear
from jixiao.web.site.pages import Request


def year_of(request: HttpRequest) -> int:
    """The fiscal year of a page: that of its address; else the newest open one; else the coming year from August on."""
    match = request.resolver_match
    if match is not None and "year" in match.kwargs:
        return int(match.kwargs["year"])
    years = FiscalYear.objects.restrict(cast("Request", request).actor, "year.view").filter(state=FiscalYear.State.OPEN)
    newest = years.order_by("-year").first()
    if newest is not None:
        return newest.year
    today = clock.today()
    return today.year + (today.month >= 8)
