"""The worked example of local rules does what its page says."""

from __future__ import annotations

from tools.local_rules import PAGE, local_rules_page


def test_page_shows_the_files_and_what_the_commands_print() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert page == local_rules_page(), "run: make docs"
    assert "用例：9 个，通过 9 个。" in page
