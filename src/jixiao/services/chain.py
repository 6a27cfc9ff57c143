"""Chains of audit entries, checked without the workspace: SM3 over canonical JSON, each entry over the one before.

SM3 is GB/T 32905-2016. An entry is a record of plain values; ``digest`` is what is checked, all else is digested.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any


def sm3(data: bytes) -> str:
    """The SM3 digest in hex. Raises RuntimeError where this Python's OpenSSL was built without it."""
    try:
        return hashlib.new("sm3", data).hexdigest()
    except ValueError as error:  # pragma: no cover - OpenSSL since 1.1.1 has it
        raise RuntimeError("这台电脑的 Python 没有 SM3 算法（OpenSSL 1.1.1 起都有），请换一个 Python") from error


def canonical(value: Any) -> bytes:
    """JSON with sorted keys and no blanks, UTF-8: the same bytes for the same value, on every database."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def entry_digest(entry: Mapping[str, Any]) -> str:
    """The digest of an entry over all its fields but the digest itself."""
    return sm3(canonical({key: value for key, value in entry.items() if key != "digest"}))
