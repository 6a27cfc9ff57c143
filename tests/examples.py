"""How many examples properties try: all that are named, or a part of them in ``make test-core``."""

from __future__ import annotations

from hypothesis import settings

_IN_CORE = settings.default.max_examples < 100  # see conftest
_SHARE = 5


def examples(count: int) -> int:
    """``count``, a fifth of it in the profile ``core``, never none."""
    return max(1, count // _SHARE) if _IN_CORE else count
