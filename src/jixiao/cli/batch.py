"""Many files through one function: in processes of their own, old office files converted in batches between."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from jixiao.cli.console import counting
from jixiao.cli.files import Document
from jixiao.cli.isolate import attempt, run_isolated
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
    with counting(len(documents), label) as step:
        for n, document in enumerate(documents):
            if document.problem is not None:
                step()
                yield n, document.problem
        old: dict[int, NeedsOffice] = {}
        for n, result in _run(function, tasks, isolate=isolate):
            if isinstance(result, NeedsOffice):
                old[n] = result
                continue
            step()
            yield n, result
        if not old:
            return
        with tempfile.TemporaryDirectory(prefix="jixiao-") as folder:
            waiting = [ToConvert(tasks[n].path, need.suffix, need.target) for n, need in old.items()]
            converted = convert_many(waiting, Path(folder))
            ready: dict[int, Task] = {}
            for n in old:
                outcome = converted[tasks[n].path]
                if isinstance(outcome, UnreadableFileError):
                    step()
                    yield n, outcome
                else:
                    ready[n] = replace(tasks[n], converted=outcome)
            for n, result in _run(function, ready, isolate=isolate):
                assert not isinstance(result, NeedsOffice)
                step()
                yield n, result


def _run(
    function: Callable[[Task], R | NeedsOffice], tasks: dict[int, Task], *, isolate: bool
) -> Iterator[tuple[int, R | NeedsOffice | UnreadableFileError]]:
    positions = list(tasks)
    if isolate:
        for n, result in run_isolated(function, list(tasks.values())):
            yield positions[n], result
        return
    for n, task in tasks.items():
        yield n, attempt(function, task)
