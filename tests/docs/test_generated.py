"""Generated pages are what their generators write today."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools import format_lists
from tools.build_docs import rules_page

DOCS = Path(__file__).parents[2] / "docs"


def test_rules_page_is_fresh() -> None:
    assert (DOCS / "rules.md").read_text(encoding="utf-8") == rules_page(), "run: make docs"


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_formats_in_readme_are_fresh(name: str) -> None:
    assert (DOCS.parent / name).read_text(encoding="utf-8") == format_lists.page(name), "run: make docs"
