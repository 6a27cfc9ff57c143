"""Indicators of the library for a row that somebody writes in."""

from __future__ import annotations

from django.http import JsonResponse

from jixiao.web.editor import selectors
from jixiao.web.editor.proposing import for_row
from jixiao.web.site.pages import Request, page

_LONGEST = 120


@page("sheet.edit", parameters=("row", "typed", "kind"))
def proposals(request: Request, year: int, key: int) -> JsonResponse:
    """给一行推荐指标。"""
    found = selectors.written(request.actor, year, key)
    row, typed, kind = (request.GET.get(name, "")[:_LONGEST] for name in ("row", "typed", "kind"))
    rows = for_row(request.actor, found, thing=row, typed=typed, kind=kind)
    return JsonResponse(
        {
            "rows": [
                {"name": one.name, "hint": one.hint, "told": one.told, "reason": one.reason, "cells": one.cells}
                for one in rows
            ]
        }
    )
