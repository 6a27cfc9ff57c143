"""What npm brings: installed by the lock, the served files copied to where Django finds them."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from tools.front.node import ROOT

VENDOR = ROOT / "src" / "jixiao" / "web" / "static" / "vendor"
STAMP = VENDOR / "versions.txt"
SERVED: Mapping[str, Sequence[str]] = {
    "bootstrap": ("dist/css/bootstrap-reboot.min.css", "dist/css/bootstrap-utilities.min.css", "LICENSE"),
    "htmx.org": ("dist/htmx.min.js", "LICENSE"),
}
"""By package, the files that pages ask for, and the licence that goes with them"""
_MODULES = ROOT / "node_modules"
_STATE = _MODULES / ".jixiao.json"


class NpmError(Exception):
    """npm could not bring what the lock names; the message is for the user."""


def install(environment: Mapping[str, str], *, checks: bool) -> None:
    """Fill ``node_modules`` by the lock, unless it is filled already.

    Args:
        checks: also what only checks need (129 MB).
    """
    files = [ROOT / name for name in ("package.json", "package-lock.json")]
    lock = hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()
    state = json.loads(_STATE.read_text(encoding="utf-8")) if _STATE.exists() else {}
    if state.get("lock") == lock and (state["checks"] or not checks):
        return
    print("正在用 npm 取网页用的文件 …" if not checks else "正在用 npm 取网页用的文件和检查工具 …")
    _npm(environment, "ci", *([] if checks else ["--omit=dev"]))
    _STATE.write_text(json.dumps({"lock": lock, "checks": checks}), encoding="utf-8")


def folder_of(package: str) -> str:
    """The folder below ``static/vendor`` in which the files of a package are served."""
    return package.removesuffix(".org")


def copy_served() -> None:
    """Lay the served files into ``static/vendor``, each package in a folder of its name."""
    shutil.rmtree(VENDOR, ignore_errors=True)
    versions = []
    for package, files in SERVED.items():
        source, target = _MODULES / package, VENDOR / folder_of(package)
        target.mkdir(parents=True)
        for file in files:
            text = (source / file).read_text(encoding="utf-8")
            (target / Path(file).name).write_text(_without_map(text), encoding="utf-8", newline="\n")
        told = json.loads((source / "package.json").read_text(encoding="utf-8"))
        versions.append(f"{told['name']} {told['version']} {told['license']}\n")
    STAMP.write_text("".join(versions), encoding="utf-8")


def lock(environment: Mapping[str, str], *, upgrade: bool) -> None:
    """Write package-lock.json anew, without any address: npm leaves those of sponsors in."""
    _npm(environment, "update" if upgrade else "install", "--package-lock-only")
    file = ROOT / "package-lock.json"
    held = json.loads(file.read_text(encoding="utf-8"))
    for package in held["packages"].values():
        package.pop("funding", None)
    file.write_text(json.dumps(held, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def _without_map(text: str) -> str:
    """Without the note where a source map lies: it is not served, and strict static storage would look for it."""
    lines = text.rstrip("\n").split("\n")
    return "\n".join(line for line in lines if "sourceMappingURL=" not in line[:30]) + "\n"


def _npm(environment: Mapping[str, str], *arguments: str) -> None:
    npm = shutil.which("npm", path=environment["PATH"]) or "npm"
    done = subprocess.run(
        [npm, *arguments, "--loglevel=error"],
        cwd=ROOT,
        env=environment,
        check=False,
        capture_output=True,
        encoding="utf-8",
    )
    if done.returncode:
        lines = [line for line in (done.stderr + done.stdout).splitlines() if line.strip()]
        raise NpmError(
            "\n".join(
                [
                    *lines[:3],
                    "npm 没有取到。请检查网络；在内网，先告诉 npm 本单位的镜像：npm config set registry 镜像地址",
                ]
            )
        )
