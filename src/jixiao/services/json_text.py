"""JSON as it is written everywhere."""

from __future__ import annotations

import json
from typing import Any


def json_text(data: Any) -> str:
    """UTF-8 words, one-blank indent, a line end."""
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"
