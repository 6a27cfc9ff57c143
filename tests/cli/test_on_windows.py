"""The commands on a simulated Windows: see ``windows``."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from windows import environment, run

from jixiao.readers import office

pytestmark = pytest.mark.process

COUNTY = Path(__file__).parents[2] / "examples" / "county" / "files"
RULESET = Path(__file__).parents[2] / "examples" / "local-ruleset"
ODD = "𠮷"
"""A character that code page 936 has not"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "windows"
    folder.mkdir()
    return folder


@pytest.fixture
def given(tmp_path: Path) -> Path:
    folder = tmp_path / f"送审{ODD}"
    folder.mkdir()
    for file in (max(COUNTY.glob("*.docx")), max(COUNTY.glob("*.xlsx")), max(COUNTY.glob("*.txt"))):
        shutil.copy(file, folder)
    (folder / f"{ODD}水局.txt").write_text(f"一、总体绩效目标\n{ODD}水局做好全年工作。\n", encoding="utf-8")
    (folder / "坏.docx").write_bytes(b"PK\x03\x04")
    return folder


def test_it_lacks_what_windows_lacks(home: Path) -> None:
    code = "import os, signal, sys; print(hasattr(os, 'fork'), hasattr(signal, 'SIGKILL'), sys.stdout.encoding); import fcntl"
    found = subprocess.run(
        [sys.executable, "-c", code],
        env=environment(home),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert found.stdout.split() == ["False", "False", "gbk"]
    assert "ModuleNotFoundError" in found.stderr


def test_text_opened_without_saying_how_is_an_error(home: Path) -> None:
    code = f"open({str(home / 'x')!r}, 'w')"
    found = subprocess.run([sys.executable, "-c", code], env=environment(home), capture_output=True, check=False)
    assert b"EncodingWarning" in found.stderr


def test_several_files_are_reviewed_in_processes_of_their_own_and_here(given: Path, home: Path, tmp_path: Path) -> None:
    written = []
    for option in ("--isolate", "--no-isolate"):
        out = tmp_path / f"{ODD}{option}"
        done = run(home, "review", given, "-o", out, option, "--as-of", "2026-01-01", "--title", f"{ODD}县")
        said = done.stderr.decode()
        assert done.returncode == 1, said
        assert "审核了 4 份" in said
        assert "读不出 坏.docx" in said
        assert str(out) in said
        assert f"{ODD}水局.审核意见.docx" in {p.name for p in out.iterdir()}
        written.append({p.name: p.read_bytes() for p in out.iterdir()})
    assert written[0] == written[1]
    assert ODD in written[0]["审核报告.html"].decode()


def test_a_plan_is_printed_in_utf8(given: Path, home: Path) -> None:
    done = run(home, "read", given / f"{ODD}水局.txt")
    assert done.returncode == 0, done.stderr.decode()
    plan = json.loads(done.stdout.decode("utf-8"))
    assert plan["source"]["name"] == f"{ODD}水局.txt"


def test_the_other_commands_speak(home: Path) -> None:
    calls = (
        ["rules"],
        ["rules", "V01"],
        ["lexicon", "投诉率"],
        ["read", "--explain", str(max(COUNTY.glob("*.txt")))],
        ["rules", "try", str(RULESET / "ruleset"), str(RULESET / "files"), "--as-of", "2025-01-10"],
    )
    code = f"import sys; from jixiao.cli import main; sys.exit(max([main(call) for call in {calls!r}]))"
    done = subprocess.run([sys.executable, "-c", code], env=environment(home), capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    said = done.stdout.decode("utf-8")
    assert [word for word in ("national-88", "V01", "投诉率", "表", "用例") if word not in said] == []


def test_libreoffice_is_called_as_it_is_and_ended_without_signals(monkeypatch: pytest.MonkeyPatch) -> None:
    """No shell, no limits, no groups of processes stand before it there."""
    with monkeypatch.context() as there:
        there.setattr(sys, "platform", "win32")
        office._caged.cache_clear()
        assert office._caged() == ()
    office._caged.cache_clear()
    monkeypatch.delattr("os.killpg")
    monkeypatch.delattr("signal.SIGKILL")
    process = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    process.kill = process.terminate  # type: ignore[method-assign]
    office._end(process)
    assert process.returncode is not None
