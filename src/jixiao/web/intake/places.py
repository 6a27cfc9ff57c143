"""Where on the desk something is to be done, as an address."""

from __future__ import annotations

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.html import format_html

from jixiao.web.goals.models import SheetVersion
from jixiao.web.intake.acceptance import Unlooked
from jixiao.web.intake.doubts import anchor_of_field
from jixiao.web.intake.models import IncomingFile
from jixiao.web.kernel.acts import Refused


def address_of(year: int, file: int, sheet: int | None = None, tab: str = "", pointer: str = "") -> str:
    """The address of a file at the desk, of one of its sheets, of a tab; of the field at a place of its document."""
    asked: dict[str, int | str] = {"file": file}
    if sheet is not None:
        asked["sheet"] = sheet
    if tab:
        asked["tab"] = tab
    anchor = f"#{anchor_of_field(pointer)}" if pointer else ""
    return f"{reverse('intake', args=[year])}?{urlencode(asked)}{anchor}"


def with_place(refused: Refused, year: int, file: int) -> str:
    """What was refused, in words; with a link to the first place that somebody has to look at, where that is why."""
    if not isinstance(refused, Unlooked):
        return refused.message
    address = address_of(year, file, refused.sheet, pointer=refused.pointers[0])
    return format_html('{}。<a href="{}">去核对</a>', refused.message, address)


def was_there(version: SheetVersion, file: IncomingFile) -> bool:
    """Whether a version that a file's sheet was accepted as had been made of another: the sheet said nothing new."""
    return version.source_id != file.stored_id
