"""Mutations of a file by what it is made of, whatever its format."""

from __future__ import annotations

from random import Random

from jixiao.readers.raw.content import Container, Content
from tools.fuzz.packed import mutate_pdf, mutate_xls, mutate_zip
from tools.fuzz.written import mutate_markup, mutate_text


def mutate_any(data: bytes, random: Random) -> bytes:
    """Parts of an archive, records of an old workbook, objects of a PDF, tags of markup, else lines of text."""
    content = Content(data)
    if content.container is Container.ZIP:
        return mutate_zip(data, random)
    if content.container is Container.OLE:
        return mutate_xls(data, random)
    if b"%PDF" in content.head:
        return mutate_pdf(data, random)
    if content.head.startswith((b"<", b"MIME-Version")):
        return mutate_markup(data, random)
    return mutate_text(data, random)
