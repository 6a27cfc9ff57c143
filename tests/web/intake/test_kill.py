"""Killed at any moment of handing in, reading and accepting: what was acknowledged is there, nothing is half there."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from processes import eventually

_TESTS = Path(__file__).parents[2]
_KILLS = 8
pytestmark = pytest.mark.process


def _start(what: str, folder: Path) -> subprocess.Popen[str]:
    environment = os.environ | {
        "JIXIAO_DATA": str(folder / "data"),
        "TMPDIR": str(folder / "tmp"),
        "PYTHONPATH": os.pathsep.join([str(_TESTS), str(_TESTS.parent)]),
        "DATABASE_URL": "",
    }
    command = [sys.executable, "-m", "web.intake.at_work", what]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True, cwd=folder)


def _said(process: subprocess.Popen[str]) -> list[dict[str, Any]]:
    assert process.stdout is not None
    with process.stdout as words:
        said = [json.loads(line) for line in words if line.endswith("\n")]
    process.wait()
    return said


def test_killed_at_any_moment_nothing_is_half_there_and_nothing_acknowledged_is_lost(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "tmp").mkdir()
    assert _said(_start("prepare", tmp_path))[-1] == {"ready": True}
    chance = random.Random(20261130)
    said: list[dict[str, Any]] = []
    for _ in range(_KILLS):
        process = _start("work", tmp_path)
        assert process.stdout is not None
        assert json.loads(process.stdout.readline()) == {"ready": True}
        time.sleep(chance.uniform(0.05, 2.5))
        process.send_signal(signal.SIGKILL)
        said += _said(process)
    assert sum("received" in one for one in said) >= _KILLS // 2
    assert any("accepted" in one for one in said)
    (left,) = [one for one in _said(_start("check", tmp_path)) if "wrong" in one]
    assert left["wrong"] == []
    assert left["damaged"] == []
    assert left["waiting"] == left["told"], "what was lost twice is told, everything else is read"
    states = {int(key): state for key, state in left["files"].items()}
    assert {one["received"] for one in said if "received" in one} <= states.keys()
    assert {states[one["accepted"]] for one in said if "accepted" in one} == {"accepted"}
    assert {one["version"] for one in said if "version" in one} <= set(left["versions"])
    leavings = [p for p in (tmp_path / "data" / "files").rglob(".*") if p.is_file()]
    assert len(leavings) <= _KILLS, "at most one unfinished file a kill"
    assert eventually(lambda: not list((tmp_path / "tmp").glob("jixiao-of-*"))), "what was being looked at is gone"
