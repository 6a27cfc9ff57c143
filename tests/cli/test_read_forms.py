"""A plan written as a form to fill in further, from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

import jixiao
from jixiao.cli import main
from jixiao.domain.identity import things

COUNTY = Path(__file__).parents[2] / "examples" / "county" / "files"
FILE = next(COUNTY.glob("*人力*.txt"))


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
