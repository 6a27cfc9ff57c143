"""Chains of audit entries, checked without the workspace: SM3 over canonical JSON, each entry over the one before.

SM3 is GB/T 32905-2016. An entry is a record of plain values; ``digest`` is what is checked, all else is digested.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any

ENTRY_FIELDS: Mapping[str, type | tuple[type, ...]] = {
    "chain": int,
    "number": int,
    "at": str,
    "actor_id": (int, type(None)),
    "actor": str,
    "action": str,
    "kind": str,
    "object_id": str,
    "object": str,
    "before": dict,
    "after": dict,
    "note": str,
    "request_id": str,
    "address": str,
    "previous": str,
    "digest": str,
}
"""What an entry is made of"""
ROOT_FIELDS: Mapping[str, type | tuple[type, ...]] = {
    "day": str,
    "heads": list,
    "made_at": str,
    "previous": str,
    "digest": str,
}
"""What the root of a day is made of; ``heads`` are [chain, number, digest] of the last entry of every chain"""
_UNPRINTED = re.compile("[\x00\ud800-\udfff]")


def sm3(data: bytes) -> str:
    """The SM3 digest in hex. Raises RuntimeError where this Python's OpenSSL was built without it."""
    return str(new_sm3(data).hexdigest())


def new_sm3(data: bytes = b"") -> Any:
    """An SM3 to be fed, as of ``hashlib``. Raises RuntimeError where this Python's OpenSSL was built without it."""
    try:
        return hashlib.new("sm3", data)
    except ValueError as error:  # pragma: no cover - OpenSSL since 1.1.1 has it
        raise RuntimeError("这台电脑的 Python 没有 SM3 算法（OpenSSL 1.1.1 起都有），请换一个 Python") from error


def canonical(value: Any) -> bytes:
    """JSON with sorted keys and no blanks, UTF-8: the same bytes for the same value, on every database.

    Raises ValueError for what no JSON holds (NaN, half a surrogate pair).
    """
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def normal(value: Any) -> Any:
    """A value as every database gives it back, so that it digests the same after reading.

    A float becomes its shortest decimal text (PostgreSQL keeps numbers as decimals, SQLite as typed); NUL becomes ␀ and
    half a surrogate pair �, which PostgreSQL does not take. Text is otherwise kept sign for sign: 「é」 of one and of
    two code points stay two texts.
    """
    if isinstance(value, str):
        return text(value)
    if isinstance(value, float):
        return repr(value)
    if isinstance(value, Mapping):
        return {text(str(key)): normal(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [normal(one) for one in value]
    return value if value is None or isinstance(value, bool | int) else text(str(value))


def text(value: str, most: int | None = None) -> str:
    """A text as every database takes it, cut after ``most`` signs."""
    whole = _UNPRINTED.sub(lambda found: "␀" if found.group() == "\0" else "�", value)
    return whole if most is None else whole[:most]


def entry_digest(entry: Mapping[str, Any]) -> str:
    """The digest of an entry, or of the root of a day, over all its fields but the digest itself."""
    return sm3(canonical({key: value for key, value in entry.items() if key != "digest"}))


def misshapen(record: Any, fields: Mapping[str, type | tuple[type, ...]]) -> str:
    """The first field that is missing, left over or of a wrong type; empty where the record is as it should be."""
    if not isinstance(record, dict):
        return "记录"
    for name, kind in fields.items():
        value = record.get(name, ...)
        if not isinstance(value, kind) or isinstance(value, bool):
            return name
    return next((name for name in record if name not in fields), "")
