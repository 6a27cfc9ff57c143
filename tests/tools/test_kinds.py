"""Learning where rows belong: the same rows give the same bytes, corrections count, what is held back is not opened."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

import tools.kinds.rows as rows
from jixiao.lexicon.kinds import INPUT, LABELS, NO_RESULT, Table, table
from tools.kinds.__main__ import TABLE, main
from tools.kinds.measure import judged
from tools.kinds.record import Warned, record, recorded
from tools.kinds.train import train
from tools.kinds.warnings import WANTED, Figures, Trial, chosen, figures, over_folds, trials


@pytest.fixture(scope="module")
def some() -> list[rows.Taught]:
    return rows.lessons()[::12]


@pytest.fixture(scope="module")
def learned(some: list[rows.Taught]) -> bytes:
    return train(some)


def document(folder: Path, name: str, *of: tuple[str, str, str, str]) -> None:
    data = {"id": name, "columns": ["L1", "L2", "name", "target"], "rows": [list(row) for row in of]}
    (folder / f"{name}.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")


def test_the_same_rows_give_the_same_table(some: list[rows.Taught], learned: bytes) -> None:
    assert learned == train(list(some))


def test_lessons_are_the_same_at_every_run_and_teach_every_label() -> None:
    assert rows.lessons() == rows.lessons()
    assert {label for one in rows.lessons() for label in one.labels} == set(map(str, LABELS))


def test_what_is_learned_is_found_again(some: list[rows.Taught], learned: bytes) -> None:
    read = Table(learned)
    right = [one for one in some if read.odds(one.facts, one.term).best() in one.labels]
    assert len(right) > 0.8 * len(some)


@pytest.mark.parametrize(
    ("first", "second", "label"),
    [
        ("产出指标", "数量指标", "quantity"),
        ("产出指标", "产出时效（30分）", "timeliness"),
        ("效益指标", "环境效益（10分）", "ecological"),
        ("项目决策", "项目立项", rows.MANAGED),
        ("成本指标", "社会成本指标", None),
        ("效果指标", "社会、经济、生态效益指标", None),
    ],
)
def test_printed_kinds(first: str, second: str, label: str | None) -> None:
    assert rows.label_of(first, second) == label


def test_published_rows_are_read_and_corrected(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    corrections = tmp_path / "corrections.yaml"
    corrections.write_text("rows: {茶园资金到位率: [input]}\n", encoding="utf-8")
    monkeypatch.setattr(rows, "CORRECTIONS", corrections)
    document(
        tmp_path, "a", ("产出指标", "质量指标", "茶园资金到位率", "100%"), ("过程", "资金管理", "制度健全性", "健全")
    )
    first, second = rows.published(tmp_path)
    assert (first.printed, first.labels, first.judged) == ("quality", (INPUT,), True)
    assert (second.printed, second.judged) == (rows.MANAGED, False)
    assert set(second.labels) <= set(NO_RESULT)


def test_every_fifth_document_beside_the_repository_is_not_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rows, "CORPUS", tmp_path)
    for name in "abcdef":
        document(tmp_path, name, ("产出指标", "数量指标", f"{name}村修路数量", "3条"))
    (tmp_path / "e.json").write_text("unreadable", encoding="utf-8")
    assert [one.document for one in rows.published(tmp_path)] == ["a", "b", "c", "d", "f"]


def test_a_large_document_counts_for_no_more_than_some_rows(tmp_path: Path) -> None:
    document(tmp_path, "a", *(("产出指标", "数量指标", f"第{n}村修路数量", "3条") for n in range(100)))
    assert sum(one.weight for one in rows.published(tmp_path)) == pytest.approx(25)


def test_without_published_rows_the_table_stays(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    before = TABLE.read_bytes()
    assert main(["--corpus", str(tmp_path)]) == 0
    assert "不重写" in capsys.readouterr().out
    assert TABLE.read_bytes() == before


def test_measuring_tells_findings_from_silence(tmp_path: Path) -> None:
    document(
        tmp_path,
        "a",
        ("效益指标", "社会效益指标", "牌坊修缮座数", "≥3座"),
        ("产出指标", "数量指标", "戏楼修缮座数", "≥3座"),
    )
    first, second = judged(rows.published(tmp_path), table())
    assert (first.told, first.goes, first.best) == ("finding", "quantity", "quantity")
    assert second.told == ""


def test_rows_are_tried_where_they_are_printed_and_under_other_classes(tmp_path: Path) -> None:
    document(
        tmp_path,
        "a",
        ("产出指标", "数量指标", "戏楼修缮座数", "≥3座"),
        ("效益指标", "社会效益指标", "牌坊修缮座数", "≥3座"),
    )
    tried = list(trials(rows.published(tmp_path), table()))
    assert [(one.place, one.right) for one in tried if not one.planted] == [("quantity", False), ("social", False)]
    planted = {one.place for one in tried if one.planted and one.row.printed == "quantity"}
    assert "cost" in planted
    assert not planted & {"quantity", "quality", "timeliness"}, "other kinds of its own class are arguable"
    used = (Decimal("0.025"), Decimal("0.6"))
    assert figures(tried, used).warned == 1, "the second stands among the effects"
    assert figures(tried, used).right == 0, "nobody judged it"
    assert figures(tried, used).found


def test_precision_weighs_what_is_planted_by_how_much_is_misplaced() -> None:
    assert Figures(printed=900, warned=0, right=0, planted=1000, found=500).precision == 1
    wrong = Figures(printed=900, warned=9, right=0, planted=1000, found=500)
    assert wrong.precision == pytest.approx(5 / (5 + 0.9))
    assert wrong.at_least < wrong.precision
    assert Figures(printed=900, warned=0, right=0, planted=1000, found=0).precision == 0


def test_limits_are_chosen_by_the_other_folds(tmp_path: Path) -> None:
    document(tmp_path, "a", ("产出指标", "数量指标", "戏楼修缮座数", "≥3座"))
    (one,) = rows.published(tmp_path)
    strict, loose = (Decimal("0.005"), Decimal("0.9")), (Decimal("0.05"), Decimal("0.5"))
    here = [Trial(one, "cost", planted=True, right=True, warned=frozenset((strict, loose)))]
    there = [
        Trial(one, "cost", planted=True, right=True, warned=frozenset((strict, loose))),
        Trial(one, "quantity", planted=False, right=False, warned=frozenset((loose,))),
    ]
    told, limits = over_folds([here, there])
    assert limits == [strict, chosen(here)], "the first fold is told of by what the second one allows"
    assert (told.planted, told.found, told.printed) == (2, 2, 1)


def test_what_was_measured_keeps_its_day_while_the_figures_stay(tmp_path: Path) -> None:
    file, some = tmp_path / "measured.yaml", Figures(9, 1, 1, 20, 8)
    assert recorded(file) is None
    record(some, some, date(2026, 1, 2), file)
    record(some, some, date(2026, 3, 4), file)
    assert recorded(file) == Warned(date(2026, 1, 2), some, some)
    record(some, Figures(9, 2, 1, 20, 8), date(2026, 3, 4), file)
    assert (told := recorded(file)) is not None
    assert told.on == date(2026, 3, 4)


def test_warnings_keep_to_what_is_asked_of_them() -> None:
    told = recorded()
    assert told is not None
    assert told.chosen.precision >= WANTED
    assert told.used.precision >= WANTED, "below that warnings on classes have to become advice (decision 26)"
