"""Value cells that hold more than one value."""

from __future__ import annotations

import re
from functools import lru_cache

from jixiao.readings.text import quantities

_IN_BRACKETS = re.compile(r"[（(][^（()）]*[)）]")
_COMMA = re.compile(r"[，,、；;](?!\d{3})")


@lru_cache(maxsize=4096)
def is_list(text: str) -> bool:
    """Whether behind the value, after a comma, stands another value with another unit: 45个村，治理率达到55%."""
    head, comma, rest = _outside_brackets(text)
    if not comma:
        return False
    first, others = quantities(head), quantities(rest)
    return len(first) == 1 and any(q.unit and q.unit != first[0].unit for q in others)


def _outside_brackets(text: str) -> tuple[str, str, str]:
    m = _COMMA.search(_IN_BRACKETS.sub(lambda m: " " * len(m.group()), text))
    return (text[: m.start()], m.group(), text[m.end() :]) if m else (text, "", "")
