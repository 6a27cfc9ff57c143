"""Generated pages are what their generators write today."""

from __future__ import annotations

from pathlib import Path

from tools.build_docs import rules_page

DOCS = Path(__file__).parents[2] / "docs"


def test_rules_page_is_fresh() -> None:
    assert (DOCS / "rules.md").read_text(encoding="utf-8") == rules_page(), "run: make docs"
