"""Outputs are found, named apart, and the same value makes the same bytes."""

from __future__ import annotations

import pytest
from writers import factory

from jixiao.domain.plan import Plan
from jixiao.writers import Batch, Reviewed
from jixiao.writers.registry import Writer, writer, writers, writers_of


def test_every_output_is_found() -> None:
    assert {(w.name, w.suffix, w.of) for w in writers()} == {
        ("opinion", "审核意见.docx", Reviewed),
        ("docx", "整理稿.docx", Plan),
        ("html", "整理稿.html", Plan),
        ("json", "plan.json", Plan),
        ("report", "审核报告.html", Batch),
        ("review", "review.json", Reviewed),
        ("summary", "审核总表.xlsx", Batch),
        ("xlsx", "整理稿.xlsx", Plan),
    }
    assert [w.name for w in writers_of(Batch)] == ["report", "summary"]


def test_files_are_called_by_their_stem_and_output() -> None:
    opinion = next(w for w in writers_of(Reviewed) if w.name == "opinion")
    summary = next(w for w in writers_of(Batch) if w.name == "summary")
    assert opinion.file_name("甲局") == "甲局.审核意见.docx"
    assert summary.file_name("甲局") == "审核总表.xlsx"
    assert opinion.wrote("甲局.审核意见.docx")
    assert not opinion.wrote("审核意见.docx")
    assert summary.wrote("审核总表.xlsx")


@pytest.mark.parametrize("found", writers(), ids=lambda w: w.name)
def test_the_same_value_gives_the_same_bytes(found: Writer) -> None:  # type: ignore[type-arg]
    values = {Plan: lambda: factory.plan(), Reviewed: lambda: factory.reviewed(), Batch: lambda: factory.batch()}
    assert found.write(values[found.of]()) == found.write(values[found.of]())


@pytest.mark.parametrize("found", writers(), ids=lambda w: w.name)
def test_hostile_words_are_written(found: Writer) -> None:  # type: ignore[type-arg]
    hostile = factory.hostile()
    values = {Plan: hostile.plan, Reviewed: hostile, Batch: factory.batch(hostile)}
    assert found.write(values[found.of])


def test_two_outputs_of_one_name_are_a_mistake() -> None:
    with pytest.raises(ValueError, match="already"):
        writer("json", "other.json", Plan)(lambda plan: b"")
