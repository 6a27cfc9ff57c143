"""Whatever goes by a ruleset folder reads plans by the words of forms in it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import jixiao
from jixiao.cli import main
from jixiao.review.rulebook import Rulebook
from jixiao.services.files import Document
from jixiao.services.reviewing import review_files
from jixiao.services.trial import try_ruleset

EXAMPLE = Path(__file__).parents[2] / "examples" / "local-ruleset"
(OLD_FORM,) = (EXAMPLE / "forms").glob("*.html")
DAY = date(2026, 1, 1)


@pytest.fixture(scope="module")
def book() -> Rulebook:
    return jixiao.rulebook(EXAMPLE / "ruleset")


def test_a_plan_is_read_by_the_words_of_a_rulebook(book: Rulebook) -> None:
    (guessed,) = jixiao.read_plan(OLD_FORM).goal_sheets
    assert (guessed.project.name, [row.weight for row in guessed.indicators]) == (None, [None] * 3)
    (sheet,) = jixiao.read_plan(OLD_FORM, vocabulary=book.vocabulary).goal_sheets
    assert (sheet.project.name, [row.weight for row in sheet.indicators]) == ("村级文化广场修缮", [30] * 3)
    assert [row.name for row in sheet.indicators] == ["修缮文化广场", "举办文化活动", "村民满意度"]


@pytest.mark.parametrize("isolate", [False, pytest.param(True, marks=pytest.mark.process)])
def test_a_review_by_a_ruleset_reads_by_its_words(book: Rulebook, isolate: bool) -> None:
    documents = [Document(OLD_FORM, OLD_FORM.name)] * 2
    batch = review_files(documents, title="旧表", as_of=DAY, book=book, isolate=isolate)
    assert [one.plan.goal_sheets[0].project.name for one in batch.reviewed] == ["村级文化广场修缮"] * 2
    without = review_files(documents, title="旧表", as_of=DAY, isolate=isolate).reviewed
    assert [one.plan.goal_sheets[0].project.name for one in without] == [None, None]


def test_a_trial_reads_by_the_words_of_each(book: Rulebook) -> None:
    (file,) = (EXAMPLE / "files").glob("*水务*")
    before = jixiao.rulebook("national-88")
    trial = try_ruleset(book, before, [Document(file, file.name)], as_of=DAY, isolate=False)
    (compared,) = trial.compared
    assert compared.plan == jixiao.read_plan(file)  # whose words both know


def test_the_command_reads_by_the_words_of_a_ruleset(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", str(OLD_FORM), "--ruleset", str(EXAMPLE / "ruleset")]) == 0
    assert '"name": "村级文化广场修缮"' in capsys.readouterr().out
    assert main(["read", str(OLD_FORM)]) == 0
    assert '"name": "村级文化广场修缮"' not in capsys.readouterr().out
    assert main(["read", str(OLD_FORM), "--ruleset", str(EXAMPLE / "mistakes" / "unknown-label")]) == 2
    assert "labels.yaml 第 3 行" in capsys.readouterr().err
