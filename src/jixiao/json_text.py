"""JSON as it is written everywhere."""

from __future__ import annotations

import json
from typing import Any


def json_text(data: Any) -> str:
    """Words as they are, one-blank indent, a line end."""
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def json_bytes(data: Any) -> bytes:
    """The same as a file. Half a character, which UTF-8 cannot hold, is written as its code: ``\\ud800``."""
    return json_text(data).encode(errors="backslashreplace")
