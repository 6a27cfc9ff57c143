"""Reading files that came in: in processes of their own, with the limits of the core; nothing here writes to the database."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar
from uuid import uuid4

from jixiao.domain.plan import Plan
from jixiao.readers import UnreadableFileError
from jixiao.services.batch import NeedsOffice, run_batch
from jixiao.services.files import Document
from jixiao.services.isolation import Isolation
from jixiao.services.reading import read_document, read_plans
from jixiao.services.scratch import Scratch, vanishing
from jixiao.services.secrecy import Inspected, inspect

T = TypeVar("T")
R = TypeVar("R")
Told = Callable[[int, int], object]
"""Called as (pages done, pages in all)"""


@dataclass(frozen=True)
class Unread:
    """A file nobody can read: what was met, what to do."""

    met: str
    remedy: str


class _Kept(Generic[T, R]):
    """Processes with one function that stay for the next file: starting one takes longer than most files do. They end with ours."""

    def __init__(self, function: Callable[[T], R]) -> None:
        self._function = function
        self._idle: list[Isolation[T, R]] = []
        self._lock = threading.Lock()

    @contextmanager
    def one(self) -> Iterator[Isolation[T, R]]:
        with self._lock:
            process = self._idle.pop() if self._idle else Isolation(self._function, workers=1).__enter__()
        try:
            yield process
        except BaseException:
            process.__exit__()
            raise
        with self._lock:
            self._idle.append(process)


_readers = _Kept(read_document)
_inspectors = _Kept(inspect)
_FEW = 2
"""Files that are looked at one after the other by a process that is there; more by as many as there are processors"""
_HOME = Path(tempfile.gettempdir(), f"jixiao-of-{os.getpid()}-{uuid4().hex}")
_OWNER = os.getpid()
_alive = ExitStack()
_alive.enter_context(vanishing(_HOME))  # those that read know it from their start, and take it away should we be killed


@atexit.register
def _leave() -> None:
    if os.getpid() == _OWNER:
        shutil.rmtree(_HOME, ignore_errors=True)


@contextmanager
def passing() -> Iterator[Scratch]:
    """A folder for files that are only looked at, gone afterwards and with this process, even if it is killed."""
    _HOME.mkdir(mode=0o700, exist_ok=True)
    path = _HOME / uuid4().hex
    try:
        yield Scratch(path)
    finally:
        shutil.rmtree(path, ignore_errors=True)


def get_ready(*, looks: bool = False) -> None:
    """Start what reads (with ``looks``: what looks into files first), so that the first person does not wait for it."""
    with passing() as place:
        path = place.folder / "准备.txt"
        path.write_text("准备\n", encoding="utf-8")
        if looks:
            inspected([Document(path, path.name)])
        else:
            read(path, path.name)


def read(path: Path, name: str, told: Told | None = None) -> Plan | Unread:
    """The plan in a file; ``told`` hears of pages that take long. What it raises ends the reading."""
    document = Document(path, name)
    with _readers.one() as reader:
        ((_, found),) = reader.run([document], (lambda _, done, total: told(done, total)) if told else None)
    if isinstance(found, NeedsOffice):
        ((_, found),) = read_plans([document], isolate=True)
    return Unread(found.met, found.remedy) if isinstance(found, UnreadableFileError) else found


def inspected(documents: Sequence[Document]) -> list[Inspected | Unread]:
    """What was seen of files before any of them is kept, in their order. They lie in a folder of ``passing``."""
    results: dict[int, Inspected | NeedsOffice | UnreadableFileError] = {}
    if len(documents) <= _FEW:
        with _inspectors.one() as inspector:
            results = dict(inspector.run(documents))
    left = [n for n in range(len(documents)) if n not in results or isinstance(results[n], NeedsOffice)]
    if left:
        results |= {left[n]: one for n, one in run_batch(inspect, [documents[n] for n in left], isolate=True)}
    return [_seen(results[n]) for n in range(len(documents))]


def _seen(one: Inspected | NeedsOffice | UnreadableFileError) -> Inspected | Unread:
    assert not isinstance(one, NeedsOffice)
    return Unread(one.met, one.remedy) if isinstance(one, UnreadableFileError) else one
