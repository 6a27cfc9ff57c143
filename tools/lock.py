"""``make lock``: versions and hashes of all that is installed, for every system and Python version, without an address.

One resolution holds for all files, so that they never disagree; versions that are locked already stay, unless a new
demand of pyproject.toml or ``--upgrade`` moves them. Where packages come from is left to whoever installs them.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "requirements"
FILES = {
    "base": ["pyproject.toml"],
    "ocr": ["pyproject.toml", "--extra=ocr"],
    "web": ["pyproject.toml", "--extra=web"],
    "build": ["--group=build"],
    "node": ["--group=node"],
    "dev": ["pyproject.toml", "--extra=web", "--group=dev"],
}
"""What each file holds, as arguments of ``uv pip compile``"""
_HEAD = "# Written by make lock. Where packages come from is for the one who installs them to set (pip.conf).\n"
_ALL = ["pyproject.toml", "--extra=ocr", "--extra=web", "--group=dev", "--group=node"]
_LINE = re.compile(r"^([a-z0-9-]+==[^\s;]+(?: ; .*?)?) \\$", re.MULTILINE)


def compile_to(uv: str, file: Path, arguments: Sequence[str]) -> None:
    command = [uv, "pip", "compile", "--quiet", "--universal", "--python-version=3.11"]
    command += ["--no-header", "--no-annotate", f"--output-file={file}", *arguments]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("uv", help="the program that resolves")
    parser.add_argument("--upgrade", action="store_true", help="the newest versions that pyproject.toml allows")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "all.txt"
        known = {line for file in FOLDER.glob("*.txt") for line in _LINE.findall(file.read_text(encoding="utf-8"))}
        if not options.upgrade:
            whole.write_text("\n".join(sorted(known)) + "\n", encoding="utf-8")  # uv keeps what it finds there
        compile_to(options.uv, whole, _ALL)
        FOLDER.mkdir(exist_ok=True)
        for name, arguments in FILES.items():
            file = FOLDER / f"{name}.txt"
            file.unlink(missing_ok=True)
            compile_to(options.uv, file, [*arguments, f"--constraints={whole}", "--generate-hashes"])
            file.write_text(_HEAD + file.read_text(encoding="utf-8"), encoding="utf-8")
            sys.stdout.write(f"{file.relative_to(ROOT)}: {len(_LINE.findall(file.read_text(encoding='utf-8')))}\n")


if __name__ == "__main__":
    main()
