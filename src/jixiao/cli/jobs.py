"""What is done with one document, in this process or in one of its own: read it, review it.

Kept apart from the writers, so that a process that only reads starts fast.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from jixiao import review_plan
from jixiao.cli.console import json_text
from jixiao.cli.isolate import allow
from jixiao.domain.codec import PLAN_SCHEMA, plan_to_dict
from jixiao.domain.finding import Review
from jixiao.domain.plan import Plan
from jixiao.readers import UnreadableFileError, read_bytes
from jixiao.readers.errors import system_words
from jixiao.readers.registry import check_size, format_of

if TYPE_CHECKING:
    from jixiao.review.rulebook import Rulebook

_SLOW_SECONDS, _PAGE_SECONDS = 300.0, 30.0
"""For a file that may have to be recognised, and for each of its pages: one takes 8 s on a processor that has others"""
_MOST_SLOW_PAGES = 200
"""Pages that are recognised in one file, at most"""


@dataclass(frozen=True, slots=True)
class Task:
    """A document to read, and what LibreOffice made of it where that has been done."""

    path: Path
    name: str
    converted: Path | None = None


@dataclass(frozen=True, slots=True)
class NeedsOffice:
    """The answer for a file that LibreOffice has to convert first: what it is, what it becomes."""

    suffix: str
    target: str


def read_task(task: Task) -> Plan | NeedsOffice:
    """The plan in a document. Raises UnreadableFileError where it cannot be opened or read."""
    try:
        check_size(task.path.stat().st_size)
        data = task.path.read_bytes()
        converted = task.converted.read_bytes() if task.converted is not None else None
    except OSError as error:
        raise UnreadableFileError(
            f"文件打不开（{system_words(error)}）", "请核对路径和权限，关闭正在使用它的程序后重试"
        ) from error
    found = format_of(data)
    if found.via is not None and converted is None:
        return NeedsOffice(found.name, found.via)
    if (pages := _slow_pages(found.name, data)) is not None:
        allow(_SLOW_SECONDS + _PAGE_SECONDS * min(pages, _MOST_SLOW_PAGES))
    return read_bytes(data, task.name, converted)


def _slow_pages(name: str, data: bytes) -> int | None:
    """The pages of a file of a format that may hold scans; None of other formats."""
    if name == "pdf":
        from jixiao.readers.formats.pdf.document import page_count

        return page_count(data)
    if name == "image":
        from jixiao.readers.scan.images import frame_count

        return frame_count(data)
    return None


def plan_json(task: Task, *, schema: str = PLAN_SCHEMA) -> str | NeedsOffice:
    """The plan in a document as JSON of a schema."""
    plan = read_task(task)
    return plan if isinstance(plan, NeedsOffice) else json_text(plan_to_dict(plan, schema))


def plan_and_review(task: Task, *, as_of: date, book: Rulebook | None) -> tuple[Plan, Review] | NeedsOffice:
    """The plan in a document, and what the rules of ``as_of`` say about it."""
    plan = read_task(task)
    return plan if isinstance(plan, NeedsOffice) else (plan, review_plan(plan, as_of=as_of, ruleset=book))


def plan_and_reviews(
    task: Task, *, as_of: date, books: tuple[Rulebook, Rulebook]
) -> tuple[Plan, Review, Review] | NeedsOffice:
    """The plan in a document, and what it is told by one set of rules and by another."""
    plan = read_task(task)
    if isinstance(plan, NeedsOffice):
        return plan
    before, after = books
    return plan, before.review(plan, as_of), after.review(plan, as_of)
