"""Learning where rows belong: the same rows give the same bytes, corrections count, what is held back is not opened."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import tools.kinds.rows as rows
from jixiao.lexicon.kinds import INPUT, LABELS, NO_RESULT, Table, table
from tools.kinds.__main__ import TABLE, main
from tools.kinds.measure import judged
from tools.kinds.train import train


@pytest.fixture(scope="module")
def some() -> list[rows.Taught]:
    return rows.lessons()[::12]


def document(folder: Path, name: str, *of: tuple[str, str, str, str]) -> None:
    data = {"id": name, "columns": ["L1", "L2", "name", "target"], "rows": [list(row) for row in of]}
    (folder / f"{name}.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")


def test_the_same_rows_give_the_same_table(some: list[rows.Taught]) -> None:
    assert train(some) == train(list(some))


def test_lessons_are_the_same_at_every_run_and_teach_every_label() -> None:
    assert rows.lessons() == rows.lessons()
    assert {label for one in rows.lessons() for label in one.labels} == set(map(str, LABELS))


def test_what_is_learned_is_found_again(some: list[rows.Taught]) -> None:
    learned = Table(train(some))
    right = [one for one in some if learned.odds(one.facts, one.term).best() in one.labels]
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
