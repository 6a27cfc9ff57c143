"""Sheets as files to take away: the core's own outputs, written to a temporary file and streamed from there."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from typing import BinaryIO, cast

from jixiao.domain.plan import Plan
from jixiao.web.goals.selectors import Shown
from jixiao.writers.registry import formats_of

FORMATS = ("docx", "xlsx", "html", "json")


def sheet_file(shown: Shown, form: str) -> tuple[str, bytes]:
    """(name, content) of one sheet in the official form."""
    sheet = shown.sheet
    kind = "" if sheet.project is None else str(sheet.get_kind_display())
    title = f"{sheet.unit.name}{sheet.year}年{sheet.title}{kind}"
    writer = next(writer for writer in formats_of(Plan) if writer.name == form)
    name = f"{title}-第{shown.version.number}版.{form}"
    return name, writer.write(replace(shown.plan, title=shown.plan.title or title))


def streamed(content: bytes) -> BinaryIO:
    """Content as a temporary file, to be sent from its beginning; it goes when it is closed."""
    held = tempfile.TemporaryFile(prefix="jixiao-")  # noqa: SIM115 - the answer closes it
    held.write(content)
    held.seek(0)
    return cast("BinaryIO", held)
