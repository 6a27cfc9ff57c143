"""A plan written as a form to fill in further, from the command line."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

import jixiao
from jixiao.cli import main
from jixiao.domain.identity import things

COUNTY = Path(__file__).parents[2] / "examples" / "county" / "files"
FILE = next(COUNTY.glob("*人力*.txt"))
LOCAL = COUNTY.parents[1] / "local-ruleset" / "ruleset"


@pytest.mark.parametrize("form", ["docx", "xlsx", "html"])
def test_a_text_becomes_a_form_whose_rows_are_known_again(form: str, tmp_path: Path) -> None:
    assert main(["read", str(FILE), "--format", form, "-o", str(tmp_path / "结果")]) == 0
    again = jixiao.read_plan(tmp_path / "结果" / f"{FILE.stem}.整理稿.{form}")
    assert list(things(again)) == list(things(jixiao.read_plan(FILE)))


def test_what_was_in_doubt_is_told_beside_a_form(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    doubtful = next(COUNTY.glob("*住房*.xlsx"))
    assert main(["read", str(doubtful), "--format", "xlsx", "-o", str(tmp_path)]) == 0
    assert "1 处拿不准或修补过" in capsys.readouterr().err


def test_only_what_can_be_written_is_taken(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["read", str(FILE), "--format", "pdf"])
    assert "'docx', 'html', 'json', 'xlsx'" in capsys.readouterr().err


def test_a_form_is_a_document_like_any_other(tmp_path: Path) -> None:
    main(["read", str(FILE), "--format", "docx", "-o", str(tmp_path)])
    assert main(["review", str(tmp_path), "-o", str(tmp_path / "审核")]) in (0, 3)
    assert (tmp_path / "审核" / f"{FILE.stem}.整理稿.审核意见.docx").exists()


def test_a_form_needs_a_folder(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", str(FILE), "--format", "docx"]) == 2
    assert "请用 -o 写明放在哪个文件夹" in capsys.readouterr().err


# --- by a layout ------------------------------------------------------------------------------------------


def titles_of(file: Path) -> list[str]:
    """The words of the first row of the last table."""
    return [cell.text for cell in docx.Document(str(file)).tables[-1].rows[0].cells]


def test_a_form_is_laid_out_as_is_asked_for(tmp_path: Path) -> None:
    asked = ["read", str(FILE), "--format", "docx", "--layout", "national-101", "-o", str(tmp_path)]
    assert main(asked) == 0
    written = tmp_path / f"{FILE.stem}.整理稿.docx"
    assert {"计算符号", "计量单位"} <= set(titles_of(written))
    assert list(things(jixiao.read_plan(written))) == list(things(jixiao.read_plan(FILE)))


def test_a_ruleset_that_is_named_says_how_forms_are_laid_out(tmp_path: Path) -> None:
    assert main(["read", str(FILE), "--format", "docx", "--ruleset", "national-101", "-o", str(tmp_path)]) == 0
    assert "计算符号" in titles_of(tmp_path / f"{FILE.stem}.整理稿.docx")


def test_a_form_of_a_locality_is_among_those_to_ask_for(tmp_path: Path) -> None:
    asked = ["read", str(FILE), "--format", "docx", "--ruleset", str(LOCAL), "--layout", "wanqing-table", "-o"]
    assert main([*asked, str(tmp_path)]) == 0
    assert "考核事项" in titles_of(tmp_path / f"{FILE.stem}.整理稿.docx")


def test_a_layout_is_of_forms_not_of_data(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", str(FILE), "--layout", "hebei"]) == 2
    assert "请同时用 --format 写明" in capsys.readouterr().err


def test_a_layout_there_is_not_is_told_with_those_there_are(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", str(FILE), "--format", "docx", "--layout", "national-11", "-o", str(tmp_path)]) == 2
    assert "没有表式“national-11”（是不是 national-101）。可以写：hebei、national-101、national-88" in (
        capsys.readouterr().err
    )


def test_layouts_are_listed_with_their_source(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["layouts", "--ruleset", str(LOCAL)]) == 0
    out = capsys.readouterr().out
    assert [line.split()[0] for line in out.splitlines() if line and line[0].islower()] == [
        *("hebei", "national-101", "national-88", "wanqing-table", "jixiao"),
    ]
    assert out.count("没有对照原表核对") == 4
    assert "财预〔2021〕101号" in out


def test_a_layout_is_told_with_what_belongs_into_its_fields(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["layouts", "national-101"]) == 0
    out = capsys.readouterr().out
    assert "    计算符号：越多越好写≥" in out
    assert "  必设：数量指标、效益指标（选一种）" in out
    assert main(["layouts", "nationl"]) == 2
    assert "没有表式“nationl”" in capsys.readouterr().err


@pytest.mark.parametrize("form", ["docx", "xlsx", "html"])
def test_a_blank_form_is_written_to_be_handed_out(
    form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["layouts", "national-101", "--format", form, "-o", str(tmp_path)]) == 0
    written = tmp_path / f"national-101.空白表.{form}"
    assert str(written) in capsys.readouterr().err
    found = jixiao.read_plan(written)
    assert [note.code for note in found.notes].count("indicator.labels_only") == 10
    assert found.goal_sheets[0].budget.currency_unit == "万元"


def test_a_blank_form_of_a_locality_is_in_its_own_words(tmp_path: Path) -> None:
    assert main(["layouts", "wanqing-table", "--ruleset", str(LOCAL), "-o", str(tmp_path)]) == 0
    assert "考核事项" in titles_of(tmp_path / "wanqing-table.空白表.docx")


def test_which_blank_form_must_be_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["layouts", "-o", str(tmp_path)]) == 2
    assert "请写明哪一种表式：hebei、national-101、national-88。" in capsys.readouterr().err
