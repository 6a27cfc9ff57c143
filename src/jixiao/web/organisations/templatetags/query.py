"""Addresses of lists: the same filters, another page."""

from __future__ import annotations

from typing import Any

from django import template

register = template.Library()


@register.simple_tag(takes_context=True)
def next_page(context: dict[str, Any], rows: Any) -> str:
    """The address of the page that follows; empty on the last one."""
    return _address(context, rows.after) if rows.after else ""


@register.simple_tag(takes_context=True)
def first_page(context: dict[str, Any]) -> str:
    """The address of the first page, where this is another one."""
    return _address(context, "") if context["request"].GET.get("after") else ""


def _address(context: dict[str, Any], after: str) -> str:
    request = context["request"]
    query = request.GET.copy()
    query.pop("after", None)
    if after:
        query["after"] = after
    return f"{request.path}?{query.urlencode()}" if query else str(request.path)
