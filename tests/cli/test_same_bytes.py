"""The same files, rules and day give the same bytes, whatever order the machine keeps sets in."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.process

COUNTY = Path(__file__).parents[2] / "examples" / "county" / "files"


def test_results_do_not_depend_on_the_order_of_sets(tmp_path: Path) -> None:
    files = tmp_path / "files"
    files.mkdir()
    for file in (max(COUNTY.glob("*.docx")), max(COUNTY.glob("*.txt"))):
        shutil.copy(file, files)
    written = []
    for seed in ("1", "2"):
        out = tmp_path / seed
        command = [sys.executable, "-c", "from jixiao.cli import main; main()", "review", str(files), "-o", str(out)]
        environment = os.environ | {"PYTHONHASHSEED": seed}
        run = subprocess.run(
            [*command, "--as-of", "2026-01-01", "--title", "示例", "--no-isolate"],
            env=environment,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert run.returncode in (0, 3), run.stderr
        written.append({p.name: p.read_bytes() for p in sorted(out.glob("[!.]*"))})
    assert written[0] == written[1]
    assert len(written[0]) == 2 * 3 + 2
