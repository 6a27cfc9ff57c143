"""Files that come in with others and are no documents to be read: an app above says which it knows, and takes them itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from jixiao.web.kernel.people import Actor


@dataclass(frozen=True)
class Recognised:
    """A file that was known for what it is: what became of it, and what is to be done, in Chinese."""

    met: str
    remedy: str


Recognise = Callable[[Actor, Path, str], Recognised | None]
_KNOWN: list[Recognise] = []


def recognises(ask: Recognise) -> Recognise:
    """Have ``ask`` (who handed it in, where it lies, its name) look at files before they are read; None: it is none of its own.
    It may be asked twice of the same file."""
    if ask not in _KNOWN:
        _KNOWN.append(ask)
    return ask


def recognised(actor: Actor, path: Path, name: str) -> Recognised | None:
    """What became of a file that some app knows; None for one that is to be read."""
    return next((found for ask in _KNOWN if (found := ask(actor, path, name)) is not None), None)
