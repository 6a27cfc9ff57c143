"""Large exports in the background."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction

from jixiao.web.goals.exports import many
from jixiao.web.goals.selectors import Wanted, sheets
from jixiao.web.goals.services import note_export
from jixiao.web.jobs import results
from jixiao.web.jobs.queue import Running, job


@job("sheet.export", title="导出", is_long=True, makes_file=True)
def export(running: Running, *, year: int, wanted: dict[str, Any], what: str, day: str) -> str:
    """All sheets of a list as a file, as ``goals.exports.many`` makes it on ``day``; offered to who asked, and noted. Killed on the
    way it begins anew; what it had made is noted nowhere."""
    rows = sheets(running.actor, year, Wanted(**wanted))
    taken = many(running.actor, year, rows, what, date.fromisoformat(day), running.progress)
    with taken.content:
        held = results.hold(taken.content)
    with transaction.atomic():
        note_export(running.actor, sheets=taken.sheets, form=taken.kind, digest=held.sha256, what=taken.name)
        results.offer(running, held, name=taken.name, kind=taken.kind, right="sheet.export")
    return taken.name
