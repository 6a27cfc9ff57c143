"""Web pages (.html) and web pages saved as a single file (.mht)."""

from __future__ import annotations

from jixiao.readers.format import Family, Format, Request, Surety
from jixiao.readers.formats.html.signs import is_html, is_mht
from jixiao.readers.raw import RawDocument
from jixiao.readers.raw.content import Container, Content


def _read(content: Content, request: Request) -> RawDocument:
    from jixiao.readers.formats.html.reader import read_html

    return read_html(content.data, request.source, request.vocabulary)


FORMATS = (
    Format(
        name="html",
        label="网页",
        family=Family.WEB_PAGE,
        suffixes=(".html", ".htm", ".shtml", ".xhtml"),
        surety=Surety.MARKED,
        tells=lambda content: content.container is Container.NONE and is_html(content.data),
        read=_read,
    ),
    Format(
        name="mht",
        label="单文件网页",
        family=Family.WEB_PAGE,
        suffixes=(".mht", ".mhtml"),
        surety=Surety.PACKED,
        tells=lambda content: content.container is Container.NONE and is_mht(content.data),
        read=_read,
    ),
)
