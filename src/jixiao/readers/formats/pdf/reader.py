"""Reads .pdf: words and ruling lines by pdfium, pages that are images by recognition."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jixiao.domain.note import Note
from jixiao.domain.plan import Source
from jixiao.readers.errors import UnreadableFileError
from jixiao.readers.formats.pdf.document import opened, page_of
from jixiao.readers.formats.pdf.drawn import rules_of
from jixiao.readers.formats.pdf.geometry import Upright
from jixiao.readers.formats.pdf.pictures import drawn, is_picture
from jixiao.readers.formats.pdf.words import MOST_CHARACTERS, characters, runs_of
from jixiao.readers.page.document import document_of
from jixiao.readers.page.lines import words_of
from jixiao.readers.page.shapes import Page
from jixiao.readers.progress import page_done
from jixiao.readers.raw import RawDocument
from jixiao.readers.scan.engine import REMEDY, is_installed
from jixiao.vocabulary import Vocabulary

MOST_PICTURES = 200
"""Pages that are recognised in one file: each takes seconds"""
_MOSTLY = 0.5


def read_pdf(data: bytes, source: Source, vocabulary: Vocabulary) -> RawDocument:
    """The blocks of a PDF file. Raises UnreadableFileError where it is damaged, locked, too long or not recognisable."""
    with opened(data) as document:
        return document_of(_pages(document), source, vocabulary)


def lines_at_head(data: bytes) -> list[str]:
    """The lines of the first page; of one that is an image those of its upper part. Raises UnreadableFileError."""
    with opened(data) as document, page_of(document, 0) as page:
        read, picture = _page(page, 1)
        if not picture:
            return words_of(read.runs)
        if not is_installed():
            return []
        from jixiao.readers.scan.opening import lines_at_head as recognised

        return recognised(drawn(page))


def _pages(document: Any) -> Iterator[Page]:
    count = len(document)
    pictures = 0
    left: list[int] = []
    for index in range(count):
        page_done(index, count)
        with page_of(document, index) as page:
            read, picture = _page(page, index + 1)
            if not picture:
                yield read
                continue
            pictures += 1
            if pictures > MOST_PICTURES:
                raise UnreadableFileError(
                    f"PDF 文件里扫描的页面超过 {MOST_PICTURES} 页", "请拆成几个文件后重试，或提供 Word、Excel 原件"
                )
            if is_installed():
                from jixiao.readers.scan.page import read_page

                yield read_page(drawn(page), index + 1)
                continue
        left.append(index + 1)
        if len(left) > _MOSTLY * count:
            raise UnreadableFileError("这份 PDF 是扫描件（页面是图像），而文字识别组件没有安装", REMEDY)
        read.notes.append(
            Note(
                "page.unread",
                "",
                f"第 {index + 1} 页是扫描图像，文字识别组件没有安装，该页图像里的文字未读入。{REMEDY}。",
            )
        )
        yield read


def _page(page: Any, number: int) -> tuple[Page, bool]:
    """A page's words and ruling lines, and whether its words must be recognised instead."""
    textpage = page.get_textpage()
    try:
        found = characters(textpage, page.get_rotation())
        left, bottom, right, top = page.get_cropbox()
        upright = Upright((left, bottom, right, top), found.turn)
        runs, across = runs_of(textpage, found, upright)
    finally:
        textpage.close()
    rules = rules_of(page, upright)
    notes = []
    if len(found.codes) >= MOST_CHARACTERS:
        notes.append(
            Note("page.cut_off", "", f"第 {number} 页的字符超过 {MOST_CHARACTERS} 个，多出的部分未读入，请核对原文件。")
        )
    width, height = upright.size
    picture = is_picture(page, found.printing, found.unreadable, has_rules=bool(rules))
    return Page(number, width, height, runs, rules, notes, across=across), picture
