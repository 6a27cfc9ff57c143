"""What stands around every page: navigation by role, year, person."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from jixiao.web.navigation import NAVIGATION
from jixiao.web.organisations.selectors import year_of


def frame(request: HttpRequest) -> dict[str, Any]:
    """Template context: ``nav`` (items with title, icon, address, whether here), ``year``, ``actor``, ``unknown``."""
    actor = getattr(request, "actor", None)
    if actor is None or not request.user.is_authenticated:
        return {"nav": [], "year": None}
    year = year_of(request)
    items = []
    for item in NAVIGATION:
        if item.right is None or actor.may(item.right):
            address = reverse(item.view, args=[year] if item.by_year else [])
            items.append(
                {
                    "title": item.title,
                    "icon": item.icon,
                    "address": address,
                    "here": request.path.startswith(address) if address != "/" else request.path == "/",
                }
            )
    return {"nav": items, "year": year, "actor": actor, "unknown": getattr(request, "unknown", [])}
