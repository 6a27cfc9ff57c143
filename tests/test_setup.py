"""Setting up on a bare machine: what is missing is said with the command that brings it, and nothing is installed."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

pytestmark = [
    pytest.mark.process,
    pytest.mark.skipif(os.name != "posix" or not shutil.which("make"), reason="没有 make：装上它再跑"),
]


def program(file: Path, script: str) -> None:
    file.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    file.chmod(0o755)


@pytest.mark.parametrize(
    ("python", "says"),
    [
        (None, "sudo apt-get install python3 python3-venv"),
        ('case "$2" in *version_info*) exit 1;; esac; echo Python 3.9.2', "需要 Python 3.11 或更新的版本，现在的"),
        ('case "$2" in *ensurepip*) exit 1;; esac', "sudo apt-get install python3-venv"),
    ],
    ids=["no python", "an old python", "no venv"],
)
def test_what_is_missing_is_said_and_not_installed(python: str | None, says: str, tmp_path: Path) -> None:
    if python is not None:
        program(tmp_path / "python", python)
    program(tmp_path / "apt-get", f"touch {tmp_path / 'installed'}")
    program(tmp_path / "sudo", f"touch {tmp_path / 'installed'}")
    run = subprocess.run(
        ["make", "setup", f"PYTHON={tmp_path / 'python'}", f"VENV={tmp_path / 'venv'}"],
        cwd=ROOT,
        env={"PATH": f"{tmp_path}:/usr/bin:/bin", "LC_ALL": "C.UTF-8"},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )
    assert run.returncode == 2
    assert says in run.stdout
    assert not (tmp_path / "installed").exists()
    assert not (tmp_path / "venv").exists()


@pytest.mark.parametrize("target", ["setup", "demo", "test", "test-ocr", "check"])
def test_only_setup_system_installs_system_packages(target: str, tmp_path: Path) -> None:
    plan = subprocess.run(
        ["make", "-n", target, f"VENV={tmp_path / 'venv'}"],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=True,
        timeout=60,
    ).stdout
    assert "apt" not in plan
    assert "setup-system" not in plan
    assert "apt-get install -" not in (ROOT / "tools" / "need.sh").read_text(encoding="utf-8")
