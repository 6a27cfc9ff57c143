"""What is being written, offered to be held against versions and last year's sheet."""

from __future__ import annotations

from jixiao.web.editor.models import Draft
from jixiao.web.goals.documents import as_plan
from jixiao.web.goals.models import Sheet
from jixiao.web.goals.sides import Side, also_compared
from jixiao.web.kernel.people import Actor


@also_compared
def draft(actor: Actor, sheet: Sheet) -> Side | None:
    """The draft of a sheet, where it says something that no version does."""
    found = Draft.objects.restrict(actor, "sheet.view").filter(sheet=sheet).first()
    if found is None or not found.is_ahead:
        return None
    words = "网页上的稿子"
    return Side("draft", words, f"{words}（还没有存为一版）", lambda: as_plan(found.document))
