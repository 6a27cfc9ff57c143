"""Many files through one function: in processes of their own, old office files converted in batches between."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from typing import TypeVar

from jixiao.readers import UnreadableFileError
from jixiao.readers.office import ToConvert, convert_many
from jixiao.services.files import Document
from jixiao.services.isolation import Isolation
from jixiao.services.scratch import scratch
from jixiao.services.worker import attempt

R = TypeVar("R")

Progress = Callable[[int, int], object]
"""Called as (files done, files in all) before the first file and after each."""


@dataclass(frozen=True, slots=True)
class NeedsOffice:
    """The answer for a file that LibreOffice has to convert first: what it is, what it becomes."""

    suffix: str
    target: str


def unheard(_done: int, _total: int) -> None:
    """Progress that nobody follows."""


def run_batch(
    function: Callable[[Document], R | NeedsOffice],
    documents: Sequence[Document],
    *,
    isolate: bool | None = None,
    progress: Progress = unheard,
) -> Iterator[tuple[int, R | UnreadableFileError]]:
    """(position, result) of every document, as they come. ``function`` reads by ``reading.read_document``.

    ``isolate``: in processes of their own, or here; where None, only several documents are. The results are the same.
    """
    total = len(documents)
    progress(0, total)
    isolated = total > 1 if isolate is None else isolate
    for done, found in enumerate(_results(function, documents, isolate=isolated), 1):
        progress(done, total)
        yield found


def _results(
    function: Callable[[Document], R | NeedsOffice], documents: Sequence[Document], *, isolate: bool
) -> Iterator[tuple[int, R | UnreadableFileError]]:
    tasks = {n: d for n, d in enumerate(documents) if d.problem is None}
    with ExitStack() as stack:
        temporary = stack.enter_context(scratch())
        processes = stack.enter_context(Isolation(function)) if isolate else None
        yield from ((n, document.problem) for n, document in enumerate(documents) if document.problem is not None)
        old: dict[int, NeedsOffice] = {}
        for n, result in _run(function, tasks, processes):
            if isinstance(result, NeedsOffice):
                old[n] = result
            else:
                yield n, result
        if not old:
            return
        waiting = [ToConvert(tasks[n].path, need.suffix, need.target) for n, need in old.items()]
        converted = convert_many(waiting, temporary.folder)
        ready: dict[int, Document] = {}
        for n in old:
            outcome = converted[tasks[n].path]
            if isinstance(outcome, UnreadableFileError):
                yield n, outcome
            else:
                ready[n] = replace(tasks[n], converted=outcome)
        for n, result in _run(function, ready, processes):
            assert not isinstance(result, NeedsOffice)
            yield n, result


def _run(
    function: Callable[[Document], R | NeedsOffice],
    tasks: dict[int, Document],
    processes: Isolation[Document, R | NeedsOffice] | None,
) -> Iterator[tuple[int, R | NeedsOffice | UnreadableFileError]]:
    positions = list(tasks)
    if processes is not None:
        for n, result in processes.run(list(tasks.values())):
            yield positions[n], result
        return
    for n, task in tasks.items():
        yield n, attempt(function, task)
