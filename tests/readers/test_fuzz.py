"""A short run of the fuzzer (``make fuzz``) with the same files every time."""

from __future__ import annotations

import sys
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jixiao.readers import UnreadableFileError
from tools.fuzz.check import TARGETS, BrokenPromiseError, Target, check
from tools.fuzz.seeds import seeds
from tools.fuzz.tree import mutate_tree

pytestmark = pytest.mark.fuzz

FILES = 30
"""Mutated files of each reader"""


every_target = pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[pytest.mark.ocr] if target.ocr else []) for name, target in TARGETS.items()]
)


@pytest.fixture(autouse=True)
def _without_recognition(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page takes seconds, and recognition is not what is tested here."""
    monkeypatch.setitem(sys.modules, "rapidocr", None)


@every_target
def test_mutated_files_end_well(name: str) -> None:
    target, read = TARGETS[name], 0
    for n in range(FILES):
        random = Random(f"{name} {n}")
        data = random.choice(seeds()[name])
        for _ in range(random.choice((1, 1, 2, 3))):
            data = target.mutate(data, random)
        read += check(target, data)
    assert read > 0, "no mutated file could be read: the mutations are too coarse to reach far"


@every_target
def test_seeds_are_read(name: str) -> None:
    assert any(check(TARGETS[name], data, twice=True) for data in seeds()[name])


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.randoms(use_true_random=False))
def test_archives_of_office_files_end_well(random: Random) -> None:
    name = random.choice(("docx", "xlsx"))
    check(TARGETS[name], TARGETS[name].mutate(random.choice(seeds()[name]), random))


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(codec="utf-8"), max_size=200), st.sampled_from(("\n", "\t", "|", " ", ",")))
def test_any_words_between_the_lines_of_a_text(words: str, between: str) -> None:
    lines = seeds()["txt"][0].decode().split("\n")
    middle = len(lines) // 2
    check(TARGETS["txt"], between.join([*lines[:middle], words, *lines[middle:]]).encode())


class TestTheChecksThemselves:
    """A check that lets everything pass is worth nothing."""

    @staticmethod
    def target(run: object) -> Target:
        return Target("x", run, mutate_tree, 1)  # type: ignore[arg-type]

    def test_an_english_message_is_caught(self) -> None:
        def run(_: bytes) -> bytes:
            raise UnreadableFileError("KeyError: 0x7f33", "try again")

        with pytest.raises(BrokenPromiseError, match="Chinese"):
            check(self.target(run), b"")

    def test_another_result_is_caught(self) -> None:
        results = iter((b"1", b"2"))
        with pytest.raises(BrokenPromiseError, match="twice"):
            check(self.target(lambda _: next(results)), b"", twice=True)

    def test_a_traceback_is_not_swallowed(self) -> None:
        def run(_: bytes) -> bytes:
            raise KeyError

        with pytest.raises(KeyError):
            check(self.target(run), b"")
