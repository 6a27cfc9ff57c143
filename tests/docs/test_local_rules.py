"""The worked example of local rules does what its page says."""

from __future__ import annotations

import re

from tools.local_rules import EXAMPLE, PAGE, ROOT, local_rules_page


def test_page_shows_the_files_and_what_the_commands_print() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert page == local_rules_page(), "run: make docs"
    without, _, with_package = page.partition("## 8. ")
    assert "用例：6 个，通过 6 个。" in without
    assert "退出码 2" not in without, "works before any package is installed"
    assert "用例：9 个，通过 9 个。" in with_package


def test_the_ruleset_with_the_package_only_adds_to_the_plain_one() -> None:
    plain, extended = EXAMPLE / "ruleset", EXAMPLE / "ruleset-with-package"
    for file in (f for folder in ("cases", "parameters") for f in (plain / folder).iterdir()):
        assert (extended / file.relative_to(plain)).read_bytes() == file.read_bytes(), file.name
    for words in ("labels.yaml", "lexicon.yaml"):
        assert (extended / words).read_bytes() == (plain / words).read_bytes()
    law = "law/wanqing-form.yaml"
    assert (extended / law).read_text(encoding="utf-8").startswith((plain / law).read_text(encoding="utf-8"))


def test_commands_that_are_told_name_files_that_are_there() -> None:
    for page in (PAGE, EXAMPLE / "README.md"):
        named = set(
            re.findall(r"(?<![\w/.])examples/local-ruleset/[\w/-]+(?:\.html)?", page.read_text(encoding="utf-8"))
        )
        assert named, page.name
        for path in named:
            assert (ROOT / path).exists(), path
