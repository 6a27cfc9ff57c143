"""One test for many things reports every offender."""

from __future__ import annotations

from pathlib import Path

import pytest
from each import each


@each((1, 2, 3))
def test_fixtures_are_given_besides(number: int, tmp_path: Path) -> None:
    assert tmp_path.is_dir()
    assert number in (1, 2, 3)


def test_every_offender_is_named_with_what_failed() -> None:
    asked = []

    @each(("甲", "乙", "丙"))
    def check(word: str) -> None:
        asked.append(word)
        assert word == "乙", f"{word} is another"

    with pytest.raises(ExceptionGroup, match="2 of 3: 甲, 丙") as caught:
        check()
    assert asked == ["甲", "乙", "丙"]
    assert ["is another" in str(failure) for failure in caught.value.exceptions] == [True, True]


def test_nothing_to_ask_is_no_test() -> None:
    with pytest.raises(AssertionError, match="nothing"):
        each(())
