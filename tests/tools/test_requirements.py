"""What is installed is locked by version and hash, for every system and Python we say we run on, from anywhere."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[2]
FILES = {file.stem: file for file in sorted((ROOT / "requirements").glob("*.txt"))}
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
ADDRESS = re.compile(
    r"[a-z+]+://|\bwww\.|\b(?:[a-z0-9-]+\.)+(?:org|com|net|cn|io)\b|index-url|find-links", re.IGNORECASE
)
NAMES = re.compile(r'"(?:node_modules/)?htmx\.org"')
"""Packages whose name looks like an address"""
LOCKS = re.compile(
    r"(?:^|/)(?:requirements[^/]*\.(?:txt|in)|constraints[^/]*\.txt|[^/]*[.-]lock(?:\.[a-z]+)?|[^/]+\.lock)$"
)
"""Names of files in which tools keep what they resolved"""
SYSTEMS = {
    "linux": {"sys_platform": "linux", "os_name": "posix", "platform_system": "Linux"},
    "windows": {"sys_platform": "win32", "os_name": "nt", "platform_system": "Windows"},
    "macos": {"sys_platform": "darwin", "os_name": "posix", "platform_system": "Darwin"},
}
MACHINES = ("x86_64", "aarch64", "arm64", "AMD64")
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
DEMANDED = {
    "base": PROJECT["project"]["dependencies"],
    "ocr": PROJECT["project"]["dependencies"] + PROJECT["project"]["optional-dependencies"]["ocr"],
    "web": PROJECT["project"]["dependencies"] + PROJECT["project"]["optional-dependencies"]["web"],
    "build": PROJECT["dependency-groups"]["build"] + PROJECT["build-system"]["requires"],
    "node": PROJECT["dependency-groups"]["node"],
    "dev": PROJECT["project"]["dependencies"] + PROJECT["project"]["optional-dependencies"]["web"] + PROJECT["dependency-groups"]["build"]
    + [d for d in PROJECT["dependency-groups"]["dev"] if isinstance(d, str)],
}  # fmt: skip


assert PROJECT["project"]["requires-python"] == f">={PYTHONS[0]}"


@cache
def locked(name: str) -> tuple[tuple[Requirement, tuple[str, ...]], ...]:
    """What a file locks: (name, version and marker; hashes)."""
    text = FILES[name].read_text(encoding="utf-8").replace("\\\n", " ")
    found = []
    for line in text.splitlines():
        if line and not line.startswith("#"):
            wanted, *hashes = line.split(" --hash=")
            found.append((Requirement(wanted), tuple(h.strip() for h in hashes)))
    return tuple(found)


def machines() -> Iterator[dict[str, Any]]:
    for python, (system, machine) in product(PYTHONS, product(SYSTEMS, MACHINES)):
        yield {
            **default_environment(),
            **SYSTEMS[system],
            "platform_machine": machine,
            "python_version": python,
            "python_full_version": f"{python}.0",
            "implementation_version": f"{python}.0",
        }


def locks() -> Iterator[str]:
    """The files in which a tool keeps what it resolved, ours and any other's."""
    for folder, below, files in os.walk(ROOT):
        below[:] = [name for name in below if not name.startswith(".") and name not in ("node_modules", "dist")]
        for name in files:
            path = Path(folder, name).relative_to(ROOT).as_posix()
            if path.startswith("requirements/") or LOCKS.search(path):
                yield path


def test_there_is_a_file_for_each_purpose() -> None:
    assert FILES.keys() == DEMANDED.keys()


def test_no_lock_holds_an_address() -> None:
    """Offices install from mirrors within their own network, set for pip in the usual way."""
    files = list(locks())
    assert len(files) >= len(FILES)
    told = [
        f"{path}:{n}: {line.strip()[:80]}"
        for path in files
        for n, line in enumerate((ROOT / path).read_text(encoding="utf-8").splitlines(), 1)
        if ADDRESS.search(NAMES.sub("", line))
    ]
    assert told == []


@pytest.mark.parametrize(
    "line", ['url = "https://a.b/c.whl"', "--index-url mirror", "x @ git+ssh://h/x", "files.example.org"]
)
def test_addresses_are_seen(line: str) -> None:
    assert ADDRESS.search(line)


@pytest.mark.parametrize(
    "path", ["uv.lock", "web/package-lock.json", "a/requirements-dev.txt", "poetry.lock", "pylock.toml.lock"]
)
def test_other_locks_would_be_seen(path: str) -> None:
    assert LOCKS.search(path)


@pytest.mark.parametrize("name", DEMANDED)
def test_every_line_has_one_version_and_hashes(name: str) -> None:
    for wanted, hashes in locked(name):
        assert re.fullmatch(r"==[\w.+!-]+", str(wanted.specifier)), wanted
        assert hashes, wanted
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", h) for h in hashes), wanted


@pytest.mark.parametrize("name", DEMANDED)
def test_what_the_project_demands_is_locked_once_for_every_machine(name: str) -> None:
    for machine in machines():
        held: dict[str, str] = {}
        for wanted, _ in locked(name):
            if wanted.marker is None or wanted.marker.evaluate(machine):
                assert wanted.name not in held, (wanted, machine)
                held[wanted.name] = str(wanted.specifier)[2:]
        for demand in map(Requirement, DEMANDED[name]):
            if demand.marker is None or demand.marker.evaluate(machine):
                assert demand.name in held, (demand, "run: make lock")
                assert demand.specifier.contains(held[demand.name], prereleases=True), (demand, "run: make lock")


def test_files_agree() -> None:
    """One environment may be filled from several files."""
    versions: dict[tuple[str, str], set[str]] = {}
    for machine in machines():
        for name in DEMANDED:
            for wanted, _ in locked(name):
                if wanted.marker is None or wanted.marker.evaluate(machine):
                    key = (wanted.name, f"{machine['sys_platform']} {machine['python_version']}")
                    versions.setdefault(key, set()).add(str(wanted.specifier))
    assert {key: found for key, found in versions.items() if len(found) > 1} == {}
