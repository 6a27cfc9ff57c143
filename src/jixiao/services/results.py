"""The files that hold what a run found, put into a folder of results."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from pathlib import Path

from jixiao.domain.plan import Plan
from jixiao.readers import UnreadableFileError
from jixiao.review.rulebook import Rulebook
from jixiao.services.batch import NeedsOffice, Progress, run_batch, unheard
from jixiao.services.files import Document
from jixiao.services.output import Output
from jixiao.services.reviewing import batch_of, named, review_document
from jixiao.writers import Batch, Reviewed
from jixiao.writers.registry import writer_named, writers_of

OPINION, SUMMARY, REPORT = writer_named("opinion"), writer_named("summary"), writer_named("report")
"""The outputs that a run tells its user of"""


def files_of(one: Reviewed, schemas: Sequence[str] = ()) -> Iterator[tuple[str, bytes]]:
    """(name, content) of everything that is written for one plan; data in ``schemas``, where others than the newest."""
    for plan_writer in writers_of(Plan):
        yield plan_writer.file_name(one.stem), plan_writer.written(one.plan, schemas)
    for writer in writers_of(Reviewed):
        yield writer.file_name(one.stem), writer.written(one, schemas)


def review_into(
    output: Output,
    documents: Sequence[Document],
    *,
    title: str,
    as_of: date,
    book: Rulebook | None = None,
    schemas: Sequence[str] = (),
    isolate: bool | None = None,
    progress: Progress = unheard,
) -> Batch:
    """Like ``review_files``, with everything there is to write put into ``output``, to be published.

    What is written for one plan is written where it is reviewed, by as many processes as there are. Nothing is put in
    where no file can be read. Raises OSError where the disk does not take it.
    """
    job = partial(_review_and_write, as_of=as_of, book=book, schemas=tuple(schemas))
    results: dict[int, Reviewed | UnreadableFileError] = {}
    for n, result in run_batch(job, named(documents), isolate=isolate, progress=progress):
        if isinstance(result, UnreadableFileError):
            results[n] = result
            continue
        results[n], files = result
        for name, content in files:
            output.add(name, content)
    batch = batch_of(documents, results, title, as_of, book)
    if batch.reviewed:
        for writer in writers_of(Batch):
            output.add(writer.file_name(), writer.write(batch))
    return batch


def _review_and_write(
    document: Document, *, as_of: date, book: Rulebook | None, schemas: Sequence[str]
) -> tuple[Reviewed, list[tuple[str, bytes]]] | NeedsOffice:
    one = review_document(document, as_of=as_of, book=book)
    return one if isinstance(one, NeedsOffice) else (one, list(files_of(one, schemas)))


def left_over(folder: Path, batch: Batch) -> list[str]:
    """Opinion letters of an earlier run in the folder that the batch does not hold."""
    written = {OPINION.file_name(one.stem) for one in batch.reviewed}
    return sorted(p.name for p in folder.iterdir() if OPINION.wrote(p.name) and p.name not in written)
