"""What a clerk is told when a run finds files in the folder of its results; runs that are killed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from jixiao.cli import main
from jixiao.services.output import MANIFEST, UNFINISHED

COUNTY = Path(__file__).parents[2] / "examples" / "county" / "files"
COMMAND = [sys.executable, "-c", "import sys; from jixiao.cli import main; sys.exit(main())"]
CLEAN = "一、总体绩效目标\n2026年全年完成道路改造12公里，群众满意度达到95%以上。\n"
DAY = ("--as-of", "2026-01-01")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "交通局.txt"
    path.write_text(CLEAN, encoding="utf-8")
    return path


def said(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str]:
    code = main([str(a) for a in arguments])
    return code, capsys.readouterr().err


def test_a_letter_that_was_changed_is_kept_and_named(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "结果"
    first = said(capsys, "review", file, "-o", out, *DAY)
    assert said(capsys, "review", file, "-o", out, *DAY) == first, "nothing to tell where nothing was changed"
    letter = out / "交通局.审核意见.docx"
    letter.write_bytes(b"x")
    code, err = said(capsys, "review", file, "-o", out, *DAY)
    backup = f"备份-{date.today().isoformat()}-1"  # noqa: DTZ011
    assert code == first[0]
    assert f"不是本软件写的，或者写好后被人改过，没有覆盖，移到了“{backup}”文件夹：{letter.name}。" in err
    assert (out / backup / letter.name).read_bytes() == b"x"
    assert letter.read_bytes() != b"x"


def test_data_that_was_changed_is_kept_too(file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "数据").mkdir()
    (tmp_path / "数据" / "交通局.plan.json").write_text("手工改过", encoding="utf-8")
    code, err = said(capsys, "read", file, "-o", tmp_path / "数据")
    assert code == 0
    assert "没有覆盖，移到了“备份-" in err


def test_results_of_another_batch_are_kept_together(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "水务局.txt"
    other.write_text(CLEAN, encoding="utf-8")
    out = tmp_path / "结果"
    said(capsys, "review", other, "-o", out, *DAY)
    _, err = said(capsys, "review", file, "-o", out, *DAY)
    assert "以前另一批文件的结果（5 个），这次没有更新，移到了“备份-" in err
    (backup,) = out.glob("备份-*")
    assert {p.name for p in backup.iterdir()} == {
        "水务局.plan.json", "水务局.review.json", "水务局.审核意见.docx", "审核总表.xlsx", "审核报告.html",
    }  # fmt: skip
    (out / "教育局.审核意见.docx").write_bytes(b"x")
    _, err = said(capsys, "review", file, "-o", out, *DAY)
    assert "还有以前的结果，这次没有更新，请核对后删除：教育局.审核意见.docx" in err


def test_a_workbook_that_is_open_is_told_before_reading(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "结果"
    said(capsys, "review", file, "-o", out, *DAY)
    before = {p.name: p.read_bytes() for p in out.iterdir()}
    (out / "~$审核总表.xlsx").touch()
    code, err = said(capsys, "review", file, "-o", out, "--as-of", "2025-01-01")
    assert code == 2
    assert err.startswith("结果文件夹里的“审核总表.xlsx”正开着，换不成新的。请先在 WPS/Excel/Word 中关闭，再运行一次")
    (out / "~$审核总表.xlsx").unlink()
    assert {p.name: p.read_bytes() for p in out.iterdir()} == before


def test_nothing_is_written_where_nothing_can_be_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "坏.docx").write_bytes(b"PK\x03\x04")
    for command in ("read", "review"):
        code, _ = said(capsys, command, tmp_path / "坏.docx", "-o", tmp_path / command)
        assert code == 1
        assert not (tmp_path / command).exists()


@pytest.mark.fuzz
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="Windows ends processes in another way")
@pytest.mark.parametrize("option", ["--isolate", "--no-isolate"])
def test_a_run_that_is_killed_leaves_what_was_there(option: str, tmp_path: Path) -> None:
    given = tmp_path / "送审"
    given.mkdir()
    for source in (max(COUNTY.glob("*.docx")), max(COUNTY.glob("*.txt"))):
        shutil.copy(source, given)
    out, scratch = tmp_path / "结果", tmp_path / "tmp"
    scratch.mkdir()
    command = [*COMMAND, "review", str(given), "-o", str(out), option]
    environment = os.environ | {"TMPDIR": str(scratch)}

    def seen() -> dict[str, bytes]:
        return {p.name: p.read_bytes() for p in out.glob("[!.]*")} if out.exists() else {}

    states = [seen()]
    for day in ("2026-01-01", "2025-01-01"):
        start = time.monotonic()
        whole = subprocess.run([*command, "--as-of", day], capture_output=True, check=False, env=environment)
        took = time.monotonic() - start
        assert whole.returncode == 3, whole.stderr.decode()
        states.append(seen())
    for n in range(1, 7):
        process = subprocess.Popen([*command, "--as-of", "2026-01-01"], stderr=subprocess.DEVNULL, env=environment)
        if n < 6:
            time.sleep(took * n / 6)
        else:  # however busy the machine is, one is killed at work
            while not (out / ".jixiao" / "new").exists():
                assert process.poll() is None, "it ended before its work folder was seen"
                time.sleep(0.002)
        process.kill()
        process.wait()
        assert seen() in states or UNFINISHED in seen()
    last = subprocess.run(
        [*command, "--as-of", "2026-01-01"], capture_output=True, encoding="utf-8", check=False, env=environment
    )
    assert last.returncode == 3
    assert seen() == states[1]
    assert not list(out.glob("备份-*"))
    assert [p.name for p in out.glob(".*")] == [MANIFEST]
    if option == "--isolate":
        assert list(scratch.iterdir()) == []
    else:
        assert "上次运行在写结果时中断了" in last.stderr
