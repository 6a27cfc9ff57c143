"""Reading files that came in: in processes of their own, with the limits of the core; nothing here writes to the database."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from jixiao.domain.plan import Plan
from jixiao.readers import UnreadableFileError
from jixiao.services.batch import NeedsOffice, run_batch
from jixiao.services.files import Document
from jixiao.services.isolation import Isolation
from jixiao.services.reading import read_document, read_plans
from jixiao.services.secrecy import Inspected, inspect

Told = Callable[[int, int], object]
"""Called as (pages done, pages in all)"""


@dataclass(frozen=True)
class Unread:
    """A file nobody can read: what was met, what to do."""

    met: str
    remedy: str


def read(path: Path, name: str, told: Told | None = None) -> Plan | Unread:
    """The plan in a file; ``told`` hears of pages that take long. What it raises ends the reading."""
    document = Document(path, name)
    with _reader() as reader:
        ((_, found),) = reader.run([document], (lambda _, done, total: told(done, total)) if told else None)
    if isinstance(found, NeedsOffice):
        ((_, found),) = read_plans([document], isolate=True)
    return Unread(found.met, found.remedy) if isinstance(found, UnreadableFileError) else found


def inspected(documents: Sequence[Document]) -> list[Inspected | Unread]:
    """What was seen of files before any of them is kept, in their order."""
    found: list[Inspected | Unread] = [Inspected("") for _ in documents]
    for n, one in run_batch(inspect, documents, isolate=True):
        found[n] = Unread(one.met, one.remedy) if isinstance(one, UnreadableFileError) else one
    return found


_Reader = Isolation[Document, "Plan | NeedsOffice"]
_idle: list[_Reader] = []
_lock = threading.Lock()


@contextmanager
def _reader() -> Iterator[_Reader]:
    """A process that reads, kept for the next file: starting one takes longer than most files do. They end with ours."""
    with _lock:
        reader = _idle.pop() if _idle else Isolation(read_document, workers=1).__enter__()
    try:
        yield reader
    except BaseException:
        reader.__exit__()
        raise
    with _lock:
        _idle.append(reader)
