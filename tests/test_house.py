"""House rules that no linter checks."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LONGEST = 500
"""Lines a Python file may have: what one can hold in the head. Raise it for nothing; split the file."""

FILES = sorted(p for folder in ("src", "tests", "benchmarks", "tools") for p in (ROOT / folder).rglob("*.py"))


@pytest.mark.parametrize("file", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_file_is_short(file: Path) -> None:
    assert len(file.read_text(encoding="utf-8").splitlines()) <= LONGEST


def test_names_that_begin_with_an_underscore_stay_in_their_module() -> None:
    """ruff lets modules of one package import each other's private names."""
    borrowed = [
        f"{file.relative_to(ROOT)}: {name.name}"
        for file in (ROOT / "src").rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("jixiao")
        for name in node.names
        if name.name.startswith("_") and not name.name.startswith("__")
    ]
    assert not borrowed
