"""Findings held against labels, and real documents whose rows are found in what was read."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from jixiao.domain.codec import plan_to_dict
from jixiao.domain.finding import Aspect, Finding, Severity
from jixiao.domain.message import Said
from jixiao.review.short_plan import plan_of
from tools.truth import __main__ as command
from tools.truth.bars import Bar, bars, often_wrong
from tools.truth.corpus import real_documents
from tools.truth.labels import Document, Label, Right
from tools.truth.measure import Figures, agree, measure, on_made_up
from tools.truth.reading import Fields
from tools.truth.record import Measured, record, recorded
from tools.truth.sets import Origin, Set, groups

ROW = "/goal_sheets/0/indicators/1"
SAYS = Said("k", "指标值有问题。", ())


def finding(pointer: str, problem: str = "target-unquantified", **more: Any) -> Finding:
    values: dict[str, Any] = {"severity": Severity.WARNING, "evidence": "", **more}
    return Finding("F", "V10", problem, "", aspect=Aspect.FEASIBILITY, pointer=pointer, says=SAYS, **values)


def label(*places: str, problem: str = "target-unquantified", **more: Any) -> Label:
    return Label(places, problem, certain=True, detectable="text", why="", **more)


def test_a_label_is_met_at_its_row_and_by_any_of_its_problems() -> None:
    assert agree(finding(f"{ROW}/target"), label(ROW))
    assert not agree(finding("/goal_sheets/0/indicators/2/target"), label(ROW))
    assert not agree(finding(f"{ROW}/target", "typo"), label(ROW))
    assert agree(finding(f"{ROW}/target", "typo"), label(ROW, or_problems=("typo",)))
    assert agree(finding("/goal_sheets/0/indicators", related=(ROW,)), label(ROW))


def test_a_sheet_as_a_whole_is_met_anywhere_in_it() -> None:
    whole = label("/goal_sheets/0", whole=True)
    assert agree(finding(f"{ROW}/target"), whole)
    assert agree(finding("/fiscal_year"), whole)
    assert not agree(finding("/goal_sheets/1/indicators/0"), whole)
    assert not agree(finding(f"{ROW}/target"), label("/goal_sheets/0"))


def test_what_was_not_read_is_not_found() -> None:
    assert not agree(finding(f"{ROW}/target"), label())


def test_what_rests_on_made_up_words_is_not_counted() -> None:
    document = replace(_document(), made_up=("goals", "project/name", "title"))
    assert on_made_up(document, finding("/goal_sheets/0/goals/1"))
    assert on_made_up(document, finding("/goal_sheets/0/project/name"))
    assert on_made_up(document, finding("/title"))
    assert on_made_up(document, finding(ROW, related=("/goal_sheets/0/goals/0",)))
    assert not on_made_up(document, finding("/goal_sheets/0/project/code"))
    assert not on_made_up(document, finding("/overall_goals/0"))
    assert not on_made_up(document, finding(ROW))


def test_alarms_at_right_places() -> None:
    """A word as target is an error: where it is called right, alarmed; where the sheet as a whole is, not."""
    document = _document()
    place = "/goal_sheets/0/indicators/0"
    said = measure(document).false_alarms
    assert ("target-unquantified", "没有标注") in [(f.problem, why) for f, why in said]
    rights = (
        Right(place, ("target-unquantified",), ""),
        Right("/goal_sheets/0", ("target-unquantified",), "", whole=True),
        Right(None, (), ""),
    )
    outcome = measure(replace(document, right=rights))
    assert outcome.alarmed == (rights[0],)
    supported = measure(replace(document, right=rights, findings=(label(place),)))
    assert supported.alarmed == ()


def test_a_document_that_cannot_be_read_misses_every_label() -> None:
    outcome = measure(replace(_document(), findings=(label(ROW),), unread=True))
    assert (len(outcome.findings), len(outcome.misses)) == (0, 1)


def _plan() -> dict[str, Any]:
    rows = [
        {"class": "output", "kind": "quantity", "name": "修复管网长度", "target": "明显增加"},
        {"class": "output", "kind": "quality", "name": "验收合格率", "target": "≥95%"},
        {"class": "outcome", "kind": "social", "name": "漏水投诉下降率", "target": "明显下降"},
    ]
    return {"fiscal_year": 2026, "project": {"name": "供水管网"}, "budget": {"total": "80"}, "indicators": rows}


def _document() -> Document:
    return Document("x", "x", plan_of(_plan()), "national-88", date(2026, 1, 5), (), ())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A real document, read from text, whose expected plan has a row more than the file: labels name rows by number."""
    expected = plan_to_dict(plan_of(_plan()))
    head = "项目名称：供水管网\n\n一级指标\t二级指标\t三级指标\t指标值\n"
    rows = ["产出指标\t质量指标\t验收合格率\t≥95%", "效益指标\t社会效益指标\t漏水投诉下降率\t明显下降"]
    (tmp_path / "r.txt").write_text(head + "\n".join(rows) + "\n", encoding="utf-8")
    (tmp_path / "r.plan.json").write_text(json.dumps(expected, ensure_ascii=False), encoding="utf-8")
    common = {"doc": "r", "project": 1, "evidence": "", "why": "", "why_right": "", "also": ["A6"], "core": True}
    common |= {"detectable": "lexicon", "kind": "target-unquantified", "kinds": ["A2"]}
    labels = [common | {"indicator": n} for n in (1, 3, None)]
    for name in ("findings", "right"):
        lines = "\n".join(json.dumps(one) for one in labels)
        (tmp_path / f"{name}.jsonl").write_text(lines, encoding="utf-8")
    return tmp_path


def test_rows_of_labels_are_found_in_what_was_read(folder: Path) -> None:
    (document,) = real_documents(["r"], [], folder)
    assert isinstance(document, Document)
    assert [one.places for one in document.findings] == [(), ("/goal_sheets/0/indicators/1",), ("/goal_sheets/0",)]
    assert [one.whole for one in document.findings] == [False, False, True]
    assert document.findings[0].problems == ("target-unquantified", "actual-invalid")
    assert [one.place for one in document.right] == [None, "/goal_sheets/0/indicators/1", "/goal_sheets/0"]
    assert document.right[0].problems == ("weights-total",)
    assert (document.format, document.read.missing > 3, document.read.wrong) == (".txt", True, 0)


def test_a_document_that_cannot_be_opened_counts_with_nothing_read(folder: Path) -> None:
    (folder / "r.txt").write_bytes(b"")
    (document,) = real_documents(["r"], [], folder)
    assert isinstance(document, Document)
    assert document.unread
    assert document.read.right == 0
    assert measure(document).misses == document.findings


def _group(of: Origin, which: Set, figures: Figures, **more: Any) -> Measured:
    return Measured(of, which, date(2026, 5, 1), 1, 3, figures, **more)


def test_bars_say_what_is_met_and_what_is_missed() -> None:
    seen = _group(Origin.CORPUS, Set.TUNING, Figures(9, 1, 19, 1, 100, 2, 5), fields={".pdf": Fields(97, 1, 1, 1)})
    unseen = _group(Origin.CORPUS, Set.UNSEEN, Figures(0, 1, 0, 1, 1, 1, 1))
    found = list(bars([seen, unseen, _group(Origin.TRUTH, Set.OWN, Figures(missed=100))]))
    assert [bar.met for bar in found[:3]] == [True, True, True]
    assert [bar.met for bar in found[3:6]] == [False, False, False]
    assert {bar.title: bar.met for bar in found[6:]}["读取 .pdf"] is True
    assert {bar.title: bar.met for bar in found[6:]}["读取 .doc"] is None
    assert Bar("查全", 0.5, 0.9, "1/2").line == "MISSED 查全：50.0%（1/2），要求 ≥90%"
    assert Bar("误报", 0.01, 0.02, "1/100", most=True).line == "met    误报：1.0%（1/100），要求 ≤2%"


def test_rules_that_are_often_wrong_are_named() -> None:
    def said(supported: int, wrong: int) -> tuple[Figures, Figures]:
        return Figures(), Figures(supported=supported, wrong=wrong)

    rules = {"V01": said(4, 1), "V02": said(9, 1), "V03": said(1, 3), "V04": said(0, 0)}
    assert often_wrong([_group(Origin.CORPUS, Set.TUNING, Figures(), rules=rules)]).keys() == {"V01"}
    assert often_wrong([_group(Origin.TRUTH, Set.TUNING, Figures(), rules=rules)]) == {}


def test_what_was_measured_comes_back_and_keeps_its_day(tmp_path: Path) -> None:
    file = tmp_path / "recorded.yaml"
    rules = {"V10": (Figures(supported=4, wrong=1), Figures(supported=3, wrong=1))}
    group = _group(
        Origin.CORPUS, Set.TUNING, Figures(1, 2, 3, 4, 5, 6, 7), fields={".doc": Fields(1, 2, 3, 4)}, rules=rules
    )
    record([group], file)
    assert recorded(file) == (group,)
    record([replace(group, on=date(2026, 6, 1))], file)
    assert recorded(file) == (group,)
    changed = replace(group, on=date(2026, 6, 1), labels=9)
    record([changed], file)
    assert recorded(file) == (changed,)


def test_a_document_stands_in_one_set_only(tmp_path: Path) -> None:
    file = tmp_path / "sets.yaml"
    one = "- {of: truth, set: own, since: 2026-01-01, documents: [a]}\n"
    file.write_text(one, encoding="utf-8")
    assert [g.documents for g in groups(file)] == [("a",)]
    file.write_text(one + "- {of: corpus, set: unseen, since: 2026-01-01, documents: [a]}\n", encoding="utf-8")
    with pytest.raises(ValueError, match="in two sets"):
        groups(file)


def test_without_real_documents_the_last_figures_are_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing is written over them, and the command says that they are old."""
    for name in ("CORPUS", "SAMPLES"):
        monkeypatch.setattr(command, name, tmp_path / "nowhere")
    monkeypatch.setattr(command, "written", lambda _: ())
    monkeypatch.setattr(command, "PAGE", tmp_path / "truth.md")
    kept: list[Measured] = []
    monkeypatch.setattr(command, "record", kept.extend)
    command._all(quiet=True, lower=True)
    assert tuple(kept) == recorded()
    printed = capsys.readouterr().out
    assert "没看过的，真实文本：这次没有量全（仓库旁边没有这些文本）" in printed


@pytest.mark.parametrize(("which", "written"), [(Set.TUNING, False), (Set.UNSEEN, True)])
def test_a_figure_that_falls_is_written_only_where_it_steers_nothing(
    which: Set, *, written: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = tmp_path / "truth.md"
    monkeypatch.setattr(command, "PAGE", page)
    monkeypatch.setattr(command, "record", lambda _: None)
    before, after = (_group(Origin.CORPUS, which, Figures(found=n, missed=9 - n)) for n in (8, 7))
    code = command._write([after], [], {(before.of, before.set): before}, lower=False)
    assert (page.is_file(), code == 0) == (written, written)
    assert command._write([after], [], {(before.of, before.set): before}, lower=True) == 0
