"""``jixiao library``."""

from __future__ import annotations

from pathlib import Path

import pytest

from jixiao.cli import main


def test_sectors_and_their_indicators_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["library", "list"]) == 0
    assert "教育（" in capsys.readouterr().out
    assert main(["library", "list", "成品油"]) == 0
    shown = capsys.readouterr().out
    assert "成品油抽检合格率" in shown
    assert "算法：检验合格批次÷抽检批次×100%" in shown
    assert "归纳的通行说法" in shown
    assert "招商活动场次" not in shown
    assert main(["library", "list", "--words", "油气"]) == 0
    assert "共 1 条" in capsys.readouterr().out


def test_a_sector_that_there_is_not_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["library", "list", "炼金"]) == 2
    assert "没有行业“炼金”" in capsys.readouterr().err


def test_a_project_gets_proposals_with_reasons(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["library", "suggest", "农村危房改造", "--kind", "时效", "--has", "项目按期完成率"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("1. 危房改造按期竣工率")
    assert "项目名称里有“危房改造”" in shown
    assert "项目按期完成率" not in shown


def test_what_is_exported_is_read_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["library", "export", "-o", str(tmp_path / "a")]) == 0
    assert main(["library", "import", str(tmp_path / "a" / "指标库.xlsx"), "-o", str(tmp_path / "b")]) == 0
    assert "读出 7" in capsys.readouterr().out
    assert (tmp_path / "b" / "指标库.xlsx").exists()


def test_a_file_without_indicators_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "a.txt"
    file.write_text("没有表", encoding="utf-8")
    assert main(["library", "import", str(file)]) == 2
    assert "二级指标" in capsys.readouterr().err
