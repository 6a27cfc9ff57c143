"""Marks of secrecy 「密级标志」: what a document says of itself before anything of it is kept.

A mark is a line of its own, as GB/T 9704-2012 has it at the head of the first page: the grade, a star, how long it holds
(``秘密★10年``); also behind the word 密级, in a header, or as a part of the file's name between brackets or dashes. Words of
a text (保密费, 秘密投票) are none, nor is a form on which somebody ticked that there is none. Of scans and PDF files, whose pages
may take long, the head of the first page is looked at; of scans only where recognition is installed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from jixiao.readers import UnreadableFileError
from jixiao.readers.raw import Grid, RawDocument
from jixiao.readers.registry import format_of, read_raw
from jixiao.services.batch import NeedsOffice
from jixiao.services.files import Document

HEAD_LINES = 15
"""Lines at the head of the first page in which a grade stands alone: copy number, grade, urgency, who writes, title"""
_GRADE = r"(?P<grade>绝密|机密|秘密)(?:级|件|文件)?"
_OPEN, _CLOSE = r"[(（〔\[【<《“\"]?", r"[)）〕\]】>》”\"]?"
_STAR = r"[★☆✩✭✮✯⭐*＊]"
_PERIOD = r"(?:\d{1,3}(?:年|个月|月|日|天)|长期|永久)"
_UNTIL = r"[^，。；：、,;:]{0,16}"
"""Behind a star: ten years, 长期, until it is used, until a meeting is over"""
_COPY = r"(?:(?:份号|编号|No\.?)?[:：]?\d{1,8}[号份]?)?"
_URGENCY = r"(?:特急|特提|加急|平急|急件|紧急)?"
_STARRED = re.compile(rf"^{_COPY}(?:密级[:：]?)?{_OPEN}{_GRADE}{_STAR}+{_UNTIL}{_CLOSE}{_URGENCY}$")
"""With its star: wherever such a line stands"""
_ALONE = re.compile(
    rf"^{_COPY}(?:密级(?:和保密期限)?[:：]?)?{_OPEN}{_GRADE}(?:[·.,，、:：—_-]*(?:保密期限[:：]?)?{_PERIOD})?{_CLOSE}{_URGENCY}$"
)
"""Without one: at the head only"""
_LABEL = re.compile(r"^(?:密级|涉密等级|保密等级|秘密等级|密级和保密期限)[:：]?$")
_BETWEEN = re.compile(r"[\s_\-—–·.,，、;；+~～()（）\[\]【】〔〕{}《》<>“”\"'‘’★☆✩⭐*＊&#@]+")
_NAME_PART = re.compile(r"^(?P<grade>绝密|机密|秘密)(?:级|件|文件|\d{1,3}年|长期)?$")


def mark_in_name(name: str) -> str | None:
    """The grade that a file's name, or a folder it lies in, marks it with; None where it marks nothing."""
    for part in PurePosixPath(unicodedata.normalize("NFKC", name)).parts:
        for word in _BETWEEN.split(part):
            if found := _NAME_PART.match(word):
                return found["grade"]
    return None


def mark_in_lines(lines: Iterable[str], *, at_head: bool) -> str | None:
    """The grade that one of the lines is; ``at_head``: they stand at the head of the first page, or in a header."""
    label = False
    for line in lines:
        plain = "".join(unicodedata.normalize("NFKC", line).split())
        found = _STARRED.match(plain) or (_ALONE.match(plain) if at_head or label else None)
        if found:
            return found["grade"]
        label = bool(_LABEL.match(plain))
    return None


def mark_of(raw: RawDocument) -> str | None:
    """The grade that a document marks itself with; None where it has no mark."""
    lines = list(_lines(raw))
    heads = [line for note in raw.notes if note.code.startswith("furniture.") for line in _told(note.message)]
    return (
        mark_in_lines(lines[:HEAD_LINES], at_head=True)
        or mark_in_lines(heads, at_head=True)
        or mark_in_lines(lines[HEAD_LINES:], at_head=False)
    )


def _lines(raw: RawDocument) -> Iterator[str]:
    for block in raw.blocks:
        texts = (cell.text for cell in block.cells()) if isinstance(block, Grid) else (block.text,)
        for text in texts:
            yield from (line for line in text.splitlines() if line.strip())


def _told(message: str) -> list[str]:
    """The lines of headers and footers, as the note on them lists them."""
    return message.partition("：")[2].split(" / ")


@dataclass(frozen=True, slots=True)
class Inspected:
    """What was seen of a file before it is kept: the ``kind`` of its content (``docx``; empty where it is unknown) and the
    grade it is marked with. What could not be opened is kept as it is, and told when it is read.
    """

    kind: str
    mark: str | None = None


def inspect(document: Document) -> Inspected | NeedsOffice:
    """Look into a file for a mark; to be run in a process of its own."""
    data = document.path.read_bytes()
    try:
        form = format_of(data)
    except UnreadableFileError:
        return Inspected("", mark_in_name(document.shown))
    found = Inspected(form.name, mark_in_name(document.shown))
    if found.mark is not None:
        return found
    if form.via is not None and document.converted is None:
        return NeedsOffice(form.name, form.via)
    converted = document.converted.read_bytes() if document.converted is not None else None
    try:
        if form.opening is not None:
            return replace(found, mark=mark_in_lines(form.opening(data)[:HEAD_LINES], at_head=True))
        return replace(found, mark=mark_of(read_raw(data, document.name, converted)))
    except UnreadableFileError:
        return found
