"""House rules that no linter checks, part of ``make check``: short files, private names that stay private, numbers of decisions, pages without code."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = ("src", "tests", "tools", "benchmarks", "examples")
KINDS = (".py", ".js", ".css", ".j2", ".sh")
AIM, MOST = 400, 800
"""Lines: what one can hold in the head, and what no reason excuses"""
DEBTS = "tools/long-files.txt"
"""Files above the aim, one a line: ``path: why it is not split yet``"""

_CODE = re.compile(
    r"""\sstyle=|<style\b|<script\b(?![^>]*\ssrc=)|\son[a-z]+=|\shx-on\b|javascript:|["']js:|https?://(?!www\.w3\.org/)""",
    re.IGNORECASE,
)


def problems(root: Path) -> Iterator[str]:
    """Every breach, as a line that says what to do."""
    yield from long_files(root)
    yield from borrowed_names(root)
    yield from numbers_given_twice(root)
    yield from code_in_pages(root)


def long_files(root: Path) -> Iterator[str]:
    """Files too long, and debts that are paid or not explained."""
    lengths = {
        file.relative_to(root).as_posix(): len(file.read_text(encoding="utf-8").splitlines())
        for folder in FOLDERS
        for file in sorted((root / folder).rglob("*"))
        if file.suffix in KINDS
    }
    debts = dict(_debts((root / DEBTS).read_text(encoding="utf-8")))
    for path, length in lengths.items():
        if length > MOST:
            yield f"{path}: {length} lines, more than {MOST}: split it"
        elif length > AIM and path not in debts:
            yield f"{path}: {length} lines, more than {AIM}: split it, or say in {DEBTS} why not yet"
    for path, reason in debts.items():
        if lengths.get(path, 0) <= AIM:
            yield f"{path}: within {AIM} lines by now: take it off {DEBTS}"
        elif not reason:
            yield f"{path}: {DEBTS} gives no reason"


def _debts(text: str) -> Iterator[tuple[str, str]]:
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            path, _, reason = line.partition(":")
            yield path.strip(), reason.strip()


def borrowed_names(root: Path) -> Iterator[str]:
    """Names that begin with an underscore imported from another module; ruff lets those of one package do it."""
    for file in sorted((root / "src").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("jixiao"):
                for name in node.names:
                    if name.name.startswith("_") and not name.name.startswith("__"):
                        yield f"{file.relative_to(root)}:{node.lineno}: {name.name} belongs to {node.module}: rename it there"


def numbers_given_twice(root: Path) -> Iterator[str]:
    """Decision records with a number that another has, or whose title says another than their name."""
    taken: dict[str, str] = {}
    for file in sorted((root / "docs" / "decisions").glob("*.md")):
        number = file.name.partition("-")[0]
        if number in taken:
            yield f"{file.relative_to(root)}: {taken[number]} has this number: take the next free one"
        taken.setdefault(number, file.name)
        if not file.read_text(encoding="utf-8").startswith(f"# {int(number)}. "):
            yield f"{file.relative_to(root)}: the title does not begin with {int(number)}."


def code_in_pages(root: Path) -> Iterator[str]:
    """Styles and scripts within templates of the workspace: the policy of its pages forbids them, the browser drops them silently."""
    for file in sorted((root / "src" / "jixiao" / "web").rglob("*.html")):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            for found in _CODE.findall(line):
                yield f"{file.relative_to(root).as_posix()}:{number}: {found.strip()}: a class in static/jixiao, a module found by data-…"


if __name__ == "__main__":
    found = list(problems(ROOT))
    print(*found, sep="\n", end="\n" if found else "")
    sys.exit(bool(found))
