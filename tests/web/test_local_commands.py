"""``jixiao demo`` and ``jixiao desk`` as processes: loaded, checked, ended; refused where they must be."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from jixiao import read_plan
from jixiao.readers import read_bytes
from jixiao.services.lock import locked
from jixiao.web.demo.files import of_its_own
from jixiao.web.operation.folder import EXAMPLE, LOCK

pytestmark = pytest.mark.process
COUNTY = Path(__file__).parents[2] / "examples" / "county" / "files"


def run(*arguments: str | Path, **more: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("JIXIAO", "DJANGO", "DATABASE"))}
    return subprocess.run(
        [sys.executable, "-m", "jixiao", *map(str, arguments)],
        env={**kept, **more}, capture_output=True, encoding="utf-8", check=False, timeout=240, stdin=subprocess.DEVNULL,
    )  # fmt: skip


def test_the_example_county_looks_after_itself_and_is_shown_here_only(tmp_path: Path) -> None:
    few = tmp_path / "files"
    few.mkdir()
    for file in sorted(COUNTY.iterdir())[:5]:
        (few / file.name).write_bytes(file.read_bytes())
    shown = run("demo", tmp_path / "county", "--files", few)
    assert shown.returncode == 0, shown.stdout + shown.stderr
    assert "自己走了一遍" in shown.stdout
    assert shown.stderr == ""
    assert [line for line in shown.stdout.splitlines() if not re.search("[\u4e00-\u9fff]", line)] == []
    assert "http://127.0.0.1:" in shown.stdout
    refused = run("serve", tmp_path / "county")
    assert refused.returncode == 2
    assert "只能在本机看" in refused.stdout
    again = run("demo", tmp_path / "county", "--files", few)
    assert again.returncode == 0, "a county that is there is shown again"
    assert "建单位和人员" not in again.stdout


def test_a_second_one_says_where_the_first_is(tmp_path: Path) -> None:
    folder = tmp_path / "county"
    folder.mkdir(mode=0o700)
    (folder / EXAMPLE).write_text("done", encoding="utf-8")
    with locked(folder / LOCK) as is_free:
        assert is_free
        early = run("demo", folder, "--files", COUNTY)
        (folder / "demo.address").write_text("http://127.0.0.1:8123", encoding="ascii")
        second = run("demo", folder, "--files", COUNTY)
    assert (early.returncode, "正在准备" in early.stdout) == (2, True)
    assert "http://127.0.0.1:8123" in second.stdout


def test_the_file_of_the_check_is_a_new_one_each_time() -> None:
    file = sorted(COUNTY.iterdir())[0]
    first, second = of_its_own(file, "aaaaaa"), of_its_own(file, "bbbbbb")
    assert len({file.read_bytes(), first, second}) == 3
    assert len(read_bytes(first, "a.docx").goal_sheets) == len(read_plan(file).goal_sheets) > 0


def test_the_example_is_not_put_among_other_things(tmp_path: Path) -> None:
    (tmp_path / "我的文件.txt").write_text("x", encoding="utf-8")
    refused = run("demo", tmp_path, "--files", COUNTY)
    assert refused.returncode == 2
    assert "空文件夹" in refused.stdout
    assert sorted(path.name for path in tmp_path.iterdir()) == ["我的文件.txt"]
