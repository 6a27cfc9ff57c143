"""Keeps ``docs/local-rules.md`` true: every ``$ .venv/bin/jixiao …`` in it is run, and what it prints is written below it.

The commands run where a copy of ``examples/local-ruleset`` lies as it does below the root; the package there counts as
installed from the step that installs it. A line ``$ … pip install … PACKAGE`` is not run, its package is put on the path.
"""

from __future__ import annotations

import contextlib
import importlib
import io
import os
import re
import shlex
import shutil
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "local-rules.md"
EXAMPLE = ROOT / "examples" / "local-ruleset"
_BLOCK = re.compile(r"```console\n\$ (.*?)\n(.*?)```", re.DOTALL)
_FILE = re.compile(r"(<!-- (\S+) -->\n```(?:yaml|python|toml)\n)(.*?)```", re.DOTALL)


def local_rules_page() -> str:
    """The page with the files of the example and the output of its commands as they are today."""
    page = _FILE.sub(
        lambda m: f"{m[1]}{(EXAMPLE / m[2]).read_text(encoding='utf-8')}```", PAGE.read_text(encoding="utf-8")
    )
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as stack:
        work = Path(folder) / "work"
        shutil.copytree(EXAMPLE, work / EXAMPLE.relative_to(ROOT))
        stack.enter_context(contextlib.chdir(work))

        def printed(match: re.Match[str]) -> str:
            command = match[1]
            if "pip install " in command:
                stack.enter_context(installed(work / shlex.split(command)[-1]))
                return match[0]
            return f"```console\n$ {command}\n{_output(command)}```"

        return _BLOCK.sub(printed, page)


def _output(command: str) -> str:
    from jixiao.cli import main

    heard = io.StringIO()
    words = shlex.split(command)
    with contextlib.redirect_stdout(heard), contextlib.redirect_stderr(heard):
        try:
            code = main(words[1:])
        except SystemExit as stop:
            code = int(stop.code or 0)
    return heard.getvalue() + (f"（退出码 {code}）\n" if code else "")


@contextlib.contextmanager
def installed(package: Path) -> Iterator[None]:
    """As if ``package`` were installed: its sources on the path, with what its installer would say of it."""
    project = tomllib.loads((package / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    with tempfile.TemporaryDirectory() as folder:
        about = Path(folder) / f"{project['name'].replace('-', '_')}-{project['version']}.dist-info"
        about.mkdir()
        (about / "METADATA").write_text(
            f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {project['version']}\n",
            encoding="utf-8",
        )
        points = project["entry-points"]
        lines = [
            line
            for group, offered in points.items()
            for line in (f"[{group}]", *(f"{k} = {v}" for k, v in offered.items()))
        ]
        (about / "entry_points.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
        added = [str(package / "src"), folder]
        sys.path[:0] = added
        importlib.invalidate_caches()
        try:
            yield
        finally:
            sys.path[:] = [p for p in sys.path if p not in added]
            importlib.invalidate_caches()


def main() -> None:
    PAGE.write_text(local_rules_page(), encoding="utf-8")
    sys.stdout.write(f"wrote {os.fspath(PAGE)}\n")


if __name__ == "__main__":
    main()
