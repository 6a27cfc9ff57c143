"""Many files through one function: in processes of their own, old office files converted in batches between."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from jixiao.cli.console import counting
from jixiao.cli.files import Document
from jixiao.cli.isolate import Isolation, attempt
from jixiao.cli.jobs import NeedsOffice, Task
from jixiao.readers import UnreadableFileError
from jixiao.readers.office import ToConvert, convert_many

R = TypeVar("R")


def run_batch(
    function: Callable[[Task], R | NeedsOffice], documents: Sequence[Document], label: str, *, isolate: bool
) -> Iterator[tuple[int, R | UnreadableFileError]]:
    """(position, result) of every document, as they come. ``function`` reads by ``read_task``.

    ``isolate`` or not: the results are the same.
    """
    tasks = {n: Task(d.path, d.name) for n, d in enumerate(documents) if d.problem is None}
    with ExitStack() as stack:
        step = stack.enter_context(counting(len(documents), label))
        processes = stack.enter_context(Isolation(function)) if isolate else None
        for n, document in enumerate(documents):
            if document.problem is not None:
                step()
                yield n, document.problem
        old: dict[int, NeedsOffice] = {}
        for n, result in _run(function, tasks, processes):
            if isinstance(result, NeedsOffice):
                old[n] = result
                continue
            step()
            yield n, result
        if not old:
            return
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="jixiao-")))
        waiting = [ToConvert(tasks[n].path, need.suffix, need.target) for n, need in old.items()]
        converted = convert_many(waiting, folder)
        ready: dict[int, Task] = {}
        for n in old:
            outcome = converted[tasks[n].path]
            if isinstance(outcome, UnreadableFileError):
                step()
                yield n, outcome
            else:
                ready[n] = replace(tasks[n], converted=outcome)
        for n, result in _run(function, ready, processes):
            assert not isinstance(result, NeedsOffice)
            step()
            yield n, result


def _run(
    function: Callable[[Task], R | NeedsOffice],
    tasks: dict[int, Task],
    processes: Isolation[Task, R | NeedsOffice] | None,
) -> Iterator[tuple[int, R | NeedsOffice | UnreadableFileError]]:
    positions = list(tasks)
    if processes is not None:
        for n, result in processes.run(list(tasks.values())):
            yield positions[n], result
        return
    for n, task in tasks.items():
        yield n, attempt(function, task)
