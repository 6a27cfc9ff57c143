"""House rules that no linter checks."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LONGEST = 500
"""Lines a Python file may have: what one can hold in the head. Raise it for nothing; split the file."""

FILES = sorted(p for folder in ("src", "tests", "benchmarks", "tools") for p in (ROOT / folder).rglob("*.py"))


@pytest.mark.parametrize("file", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_file_is_short(file: Path) -> None:
    assert len(file.read_text(encoding="utf-8").splitlines()) <= LONGEST
