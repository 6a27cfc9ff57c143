"""Files to plans: one here, or many in processes of their own.

Kept apart from rules and writers, so that a process that only reads starts fast.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from jixiao.domain.codec import PLAN_SCHEMA, plan_to_dict
from jixiao.domain.plan import Plan
from jixiao.json_text import json_bytes
from jixiao.readers import UnreadableFileError, read_bytes
from jixiao.readers.errors import system_words
from jixiao.readers.registry import check_size, format_of, read_raw
from jixiao.services.batch import NeedsOffice, Progress, run_batch, unheard
from jixiao.services.files import Document, stems
from jixiao.services.worker import allow
from jixiao.vocabulary import Vocabulary, shipped

if TYPE_CHECKING:
    from jixiao.layouts import Layout
    from jixiao.readers.sheets.explain import Recognition
    from jixiao.services.output import Output
    from jixiao.writers.registry import Writer

JSON = "json"
"""The format of plans as data"""
_SLOW_SECONDS, _PAGE_SECONDS = 300.0, 30.0
"""For a file that may have to be recognised, and for each of its pages: one takes 8 s on a processor that has others"""
_MOST_SLOW_PAGES = 200
"""Pages that are recognised in one file, at most"""


def read_document(document: Document, vocabulary: Vocabulary | None = None) -> Plan | NeedsOffice:
    """The plan in a document, by the words of forms that come with the program or by those of a rulebook.

    Raises UnreadableFileError where it cannot be opened or read.
    """
    data = _content(document.path)
    converted = _content(document.converted) if document.converted is not None else None
    found = format_of(data)
    if found.via is not None and converted is None:
        return NeedsOffice(found.name, found.via)
    if found.slow_pages is not None:
        allow(_SLOW_SECONDS + _PAGE_SECONDS * min(found.slow_pages(data), _MOST_SLOW_PAGES))
    return read_bytes(data, document.name, converted, vocabulary)


def _content(path: Path) -> bytes:
    try:
        check_size(path.stat().st_size)
        return path.read_bytes()
    except OSError as error:
        raise UnreadableFileError(
            f"文件打不开（{system_words(error)}）", "请核对路径和权限，关闭正在使用它的程序后重试"
        ) from error


@dataclass(frozen=True, slots=True)
class PlanFile:
    """A plan as the content of a file; how much of its document was left out, and how much was in doubt."""

    content: bytes
    left_out: int
    doubtful: int


def plan_file(
    document: Document,
    *,
    form: str = JSON,
    schema: str = PLAN_SCHEMA,
    vocabulary: Vocabulary | None = None,
    layout: Layout | None = None,
) -> PlanFile | NeedsOffice:
    """The plan in a document in a format of ``plan_formats``; ``schema`` is that of JSON, ``layout`` that of forms."""
    plan = read_document(document, vocabulary)
    if isinstance(plan, NeedsOffice):
        return plan
    json = form == JSON
    content = json_bytes(plan_to_dict(plan, schema)) if json else _plan_writer(form).write(plan, layout)
    left_out = sum(note.is_left_out for note in plan.notes)
    return PlanFile(content, left_out, sum(note.confidence < 1 for note in plan.notes))


def plan_formats() -> tuple[str, ...]:
    """What a plan can be written as: json, docx."""
    from jixiao.writers.registry import formats_of  # processes that read load nothing that writes

    return tuple(writer.name for writer in formats_of(Plan))


def _plan_writer(name: str) -> Writer[Plan]:
    from jixiao.writers.registry import formats_of

    return next(writer for writer in formats_of(Plan) if writer.name == name)


def read_plans(
    documents: Sequence[Document], *, isolate: bool | None = None, progress: Progress = unheard
) -> Iterator[tuple[int, Plan | UnreadableFileError]]:
    """(position, plan or what is wrong with the file) of every document, as they come."""
    return run_batch(read_document, documents, isolate=isolate, progress=progress)


def read_files(
    documents: Sequence[Document],
    *,
    form: str = JSON,
    schema: str = PLAN_SCHEMA,
    vocabulary: Vocabulary | None = None,
    layout: Layout | None = None,
    isolate: bool | None = None,
    progress: Progress = unheard,
) -> Iterator[tuple[int, PlanFile | UnreadableFileError]]:
    """The same as files of a format, JSON of a schema."""
    job = partial(plan_file, form=form, schema=schema, vocabulary=vocabulary, layout=layout)
    return run_batch(job, documents, isolate=isolate, progress=progress)


@dataclass(frozen=True, slots=True)
class ReadRun:
    """What reading many files came to: how many were read, those that were not, how many words found no field or were in
    doubt.
    """

    read: int
    failed: tuple[tuple[Document, UnreadableFileError], ...]
    left_out: int
    doubtful: int


def read_into(
    output: Output,
    documents: Sequence[Document],
    *,
    form: str = JSON,
    schema: str = PLAN_SCHEMA,
    vocabulary: Vocabulary | None = None,
    layout: Layout | None = None,
    isolate: bool | None = None,
    progress: Progress = unheard,
) -> ReadRun:
    """The plans as files of ``output``, to be published. Raises OSError where the disk does not take them."""
    names = [_plan_writer(form).file_name(stem) for stem in stems(documents)]
    failed: dict[int, UnreadableFileError] = {}
    left_out = doubtful = 0
    results = read_files(
        documents,
        form=form,
        schema=schema,
        vocabulary=vocabulary,
        layout=layout,
        isolate=isolate,
        progress=progress,
    )
    for n, result in results:
        if isinstance(result, UnreadableFileError):
            failed[n] = result
        else:
            left_out += result.left_out
            doubtful += result.doubtful
            output.add(names[n], result.content)
    told = tuple((documents[n], failed[n]) for n in sorted(failed))
    return ReadRun(len(documents) - len(failed), told, left_out, doubtful)


def tables_of(document: Document, vocabulary: Vocabulary | None = None) -> tuple[Recognition, ...]:
    """How each table of a file was recognised. Raises UnreadableFileError."""
    from jixiao.readers.sheets.explain import recognitions  # only those who ask pay for it

    if document.problem is not None:
        raise document.problem
    vocabulary = vocabulary or shipped()
    return recognitions(read_raw(_content(document.path), document.name, vocabulary=vocabulary), vocabulary)
