"""Plain text, in the families that converters produce: one module a family, each yields the same grids."""

from __future__ import annotations

from jixiao.readers.format import Family, Format, Request, Surety
from jixiao.readers.raw import RawDocument
from jixiao.readers.raw.content import Container, Content


def _read(content: Content, request: Request) -> RawDocument:
    from jixiao.readers.formats.text.reader import read_text

    return read_text(content.data, request.source, request.vocabulary)


FORMATS = (
    Format(
        name="txt",
        label="纯文本",
        family=Family.TEXT,
        suffixes=(".txt",),
        other_suffixes=(".text", ".tsv", ".md"),
        surety=Surety.ANYTHING,
        tells=lambda content: content.container is Container.NONE,
        read=_read,
        largest=4 * 1024 * 1024,  # the words of a thousand goal sheets
    ),
)
