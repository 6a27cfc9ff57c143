"""Sheets that are not finished in a fiscal year."""

from __future__ import annotations

from collections.abc import Sequence

from jixiao.web.goals.models import Sheet
from jixiao.web.goals.reform import DONE
from jixiao.web.organisations.unfinished import counts_unfinished


@counts_unfinished
def sheets(region: int, year: int) -> Sequence[tuple[str, int]]:
    """How many of the region are neither approved nor void."""
    rows = Sheet.objects.unrestricted("what is not finished in a year").filter(unit__region=region, year=year)
    return [("没有办完的表", rows.exclude(state__in=DONE).count())]
