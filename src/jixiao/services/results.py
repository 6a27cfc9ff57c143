"""The files that hold what a run found."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from jixiao.domain.plan import Plan
from jixiao.services.batch import Progress, unheard
from jixiao.writers import Batch, Reviewed
from jixiao.writers.registry import writer_named, writers_of

OPINION, SUMMARY, REPORT = writer_named("opinion"), writer_named("summary"), writer_named("report")
"""The outputs that a run tells its user of"""


def files_of(one: Reviewed) -> Iterator[tuple[str, bytes]]:
    """(name, content) of everything that is written for one plan."""
    for plan_writer in writers_of(Plan):
        yield plan_writer.file_name(one.stem), plan_writer.write(one.plan)
    for writer in writers_of(Reviewed):
        yield writer.file_name(one.stem), writer.write(one)


def write_results(folder: Path, batch: Batch, progress: Progress = unheard) -> None:
    """Everything for a batch, into a folder that exists. Raises OSError where that cannot be written."""
    progress(0, len(batch.reviewed))
    for done, one in enumerate(batch.reviewed, 1):
        for name, content in files_of(one):
            (folder / name).write_bytes(content)
        progress(done, len(batch.reviewed))
    for writer in writers_of(Batch):
        (folder / writer.file_name()).write_bytes(writer.write(batch))


def left_over(folder: Path, batch: Batch) -> list[str]:
    """Opinion letters of an earlier run in the folder that the batch does not hold."""
    written = {OPINION.file_name(one.stem) for one in batch.reviewed}
    return sorted(p.name for p in folder.iterdir() if OPINION.wrote(p.name) and p.name not in written)
