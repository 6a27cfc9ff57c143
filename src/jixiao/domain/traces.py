"""What a version leaves of itself so that the next one is known again: ids and fingerprints, no words.

A file that is written carries the traces of its plan. When it comes back, edited by hand, its sheets and rows are
matched one to one with the traces and keep their ids (``jixiao.domain.matching``). Fingerprints are digests: whoever
takes a row out of a document before sending it has not left its words behind.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from enum import StrEnum
from hashlib import sha256
from typing import Any

from jixiao.domain.identity import COLLECTIONS
from jixiao.domain.plan import Plan
from jixiao.domain.target import Target

SCHEMA = "jixiao/traces/1"
_WORD_BITS = 2**24
_LONGEST = 8_000_000
"""Characters; a plan of a thousand sheets leaves two million"""
_MOST = 200_000
"""Things that traces may hold; a county's plans have some thousands"""


@dataclass(frozen=True, slots=True)
class Trace:
    """The trace of one thing: its id, digests of all it says and of what it is called, of each pair of characters it is
    written with, and the traces of what it holds, by field.
    """

    id: str
    exact: str
    called: str
    pairs: frozenset[int]
    held: Mapping[str, tuple[Trace, ...]]


def trace_of(plan: Plan) -> Trace:
    """The traces of a plan; its own id is empty."""
    return _trace(plan)


def _trace(thing: Any) -> Trace:
    held = {name: tuple(_trace(one) for one in getattr(thing, name)) for name in COLLECTIONS if hasattr(thing, name)}
    held = {name: traces for name, traces in held.items() if traces}
    words = [] if isinstance(thing, Plan) else list(_words(thing))
    inside = [trace for traces in held.values() for trace in traces]
    return Trace(
        getattr(thing, "id", ""),
        _digest(*words, *(trace.exact for trace in inside)),
        _digest(_name(thing)),
        frozenset().union(*(_pairs(word) for word in words), *(trace.pairs for trace in inside)),
        held,
    )


def _words(thing: Any) -> list[str]:
    """All that a thing says itself, field by field, without its id, its number and what it holds."""
    if thing is None or isinstance(thing, tuple):
        return []
    if isinstance(thing, str) and not isinstance(thing, StrEnum):
        return [_plain(thing)]
    if isinstance(thing, StrEnum):
        return [f"{_CODE}{thing}"]
    if isinstance(thing, Target):
        return _words(thing.text)
    if not is_dataclass(thing):
        return [str(thing)]
    names = [f.name for f in fields(thing) if f.name not in _NO_WORDS]
    return [f"{name}={word}" for name in names for word in _words(getattr(thing, name))]


_CODE = "\x00"
"""before a word that is a choice of the form, not written by anybody"""
_NO_WORDS = frozenset((*COLLECTIONS, "id", "sequence"))


def _name(thing: Any) -> str:
    """What a thing is called first of all; empty where it has no name."""
    project = getattr(thing, "project", None)
    for holder in (project, thing):
        for field in ("name", "heading", "text", "by"):
            if isinstance(word := getattr(holder, field, None), str) and _plain(word):
                return _plain(word)
    return ""


def _plain(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", text) if c.isalnum() or c in "≥≤<>=%.")


def _digest(*words: str) -> str:
    return sha256("\x1f".join(words).encode()).hexdigest()[:16] if any(words) else ""


def _pairs(word: str) -> frozenset[int]:
    word = word.partition("=")[2] or word
    if word.startswith(_CODE):
        return frozenset()  # two rows of a kind are not alike for that
    return frozenset(_hashed(word[n : n + 2]) for n in range(max(1, len(word) - 1)))


def _hashed(pair: str) -> int:
    return int.from_bytes(sha256(pair.encode()).digest()[:4]) % _WORD_BITS


# --- as text ----------------------------------------------------------------------------------------------


def traces_to_text(trace: Trace) -> str:
    """Traces as one line of JSON, for a file to carry."""
    return json.dumps({"schema": SCHEMA, "plan": _data(trace)}, ensure_ascii=True, separators=(",", ":"))


def traces_from_text(text: str) -> Trace | None:
    """The traces a file carries; None where the text is none, whatever it is."""
    if len(text) > _LONGEST:
        return None
    try:
        data = json.loads(text)
        if data["schema"] != SCHEMA:
            return None
        return _from_data(data["plan"], [0])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _data(trace: Trace) -> list[Any]:
    held = {name: [_data(one) for one in traces] for name, traces in trace.held.items()}
    inside = frozenset().union(*(one.pairs for traces in trace.held.values() for one in traces))
    return [trace.id, trace.exact, trace.called, sorted(trace.pairs - inside), held]


def _from_data(data: Any, count: list[int]) -> Trace:
    id_, exact, called, pairs, held = data
    count[0] += 1
    if count[0] > _MOST or not all(isinstance(word, str) for word in (id_, exact, called)):
        raise ValueError("no trace")
    own = {
        name: tuple(_from_data(one, count) for one in held[name])
        for name in COLLECTIONS
        if isinstance(held.get(name), list)
    }
    inside = frozenset().union(*(one.pairs for traces in own.values() for one in traces))
    return Trace(id_, exact, called, frozenset(map(int, pairs)) | inside, own)
