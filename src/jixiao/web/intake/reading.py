"""Reading a file that came in: in processes of their own, with the limits of the core; nothing here writes to the database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from jixiao.domain.plan import Plan
from jixiao.readers import UnreadableFileError
from jixiao.services.batch import run_batch
from jixiao.services.files import Document
from jixiao.services.reading import read_plans
from jixiao.services.secrecy import Inspected, inspect


@dataclass(frozen=True)
class Unread:
    """A file nobody can read: what was met, what to do."""

    met: str
    remedy: str


def read(path: Path, name: str) -> Plan | Unread:
    """The plan in a file."""
    ((_, found),) = read_plans([Document(path, name)], isolate=True)
    return Unread(found.met, found.remedy) if isinstance(found, UnreadableFileError) else found


def inspected(documents: Sequence[Document]) -> list[Inspected | Unread]:
    """What was seen of files before any of them is kept, in their order."""
    found: list[Inspected | Unread] = [Inspected("") for _ in documents]
    for n, one in run_batch(inspect, documents, isolate=True):
        found[n] = Unread(one.met, one.remedy) if isinstance(one, UnreadableFileError) else one
    return found
