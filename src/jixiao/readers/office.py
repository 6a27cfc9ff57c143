"""Old and foreign office files (.doc, .wps, .odt, .rtf …) through LibreOffice, many files a call, to .docx or .xlsx.

LibreOffice is a program of its own: it runs with a profile of ours (no macros, no links, no way into the network),
limits on memory, time and the size of what it writes, and is ended with everything it started when time is up.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from string import Template

from jixiao.readers.errors import UnreadableFileError

_FILTERS = {"docx": "docx:MS Word 2007 XML", "xlsx": "xlsx:Calc MS Excel 2007 XML"}
_BATCH = 50
"""Files a call: starting LibreOffice costs as much as converting a few pages"""
_START_SECONDS, _SECONDS_A_FILE = 60.0, 20.0
_LONE_SECONDS = 120.0
_WATCH_SECONDS = 0.02
_MEMORY_KB = 900 * 1024
_LARGEST_OUTPUT_BLOCKS = 400 * 1024 * 1024 // 512
_NO_OFFICE = UnreadableFileError(
    "旧版或其他软件的文件（.doc、.wps、.odt、.rtf 等）要靠 LibreOffice 转换，这台电脑上没有装",
    "请安装 LibreOffice（Debian/Ubuntu：sudo apt-get install libreoffice-writer libreoffice-calc），"
    "或用 WPS、Office 另存为 .docx 或 .xlsx 后重试",
)
_FAILED = UnreadableFileError(
    "LibreOffice 转换不了这个文件，可能已损坏", "请用 WPS 或 Office 打开，另存为 .docx 或 .xlsx 后重试"
)
_TOO_SLOW = UnreadableFileError(
    "LibreOffice 转换这个文件超过时限", "请用 WPS 或 Office 打开，另存为 .docx 或 .xlsx 后重试"
)


@dataclass(frozen=True, slots=True)
class ToConvert:
    """A file to convert: where it lies, what it is (``doc``), what it becomes (``docx``)."""

    path: Path
    suffix: str
    target: str


def soffice() -> str | None:
    """The LibreOffice program, None where it is not installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def convert_bytes(data: bytes, suffix: str, target: str) -> bytes:
    """One file converted. Raises UnreadableFileError where LibreOffice is missing or cannot read it."""
    with tempfile.TemporaryDirectory(prefix="jixiao-") as folder:
        file = Path(folder, f"file.{suffix}")
        file.write_bytes(data)
        converted = convert_many([ToConvert(file, suffix, target)], Path(folder))[file]
        if isinstance(converted, UnreadableFileError):
            raise converted
        return converted.read_bytes()


def convert_many(files: Sequence[ToConvert], folder: Path) -> dict[Path, Path | UnreadableFileError]:
    """Many files converted, several programs at a time: by file, the result in ``folder`` or what went wrong."""
    program = soffice()
    if program is None:
        return {file.path: _NO_OFFICE for file in files}
    return _Conversion(program, folder).run(files)


@dataclass(slots=True)
class _Batch:
    """Files for one call; ``names`` gives each its path in the call's input folder."""

    files: Sequence[ToConvert]
    folder: Path
    deadline: float
    process: subprocess.Popen[bytes]
    profile: Path
    late: bool = False

    @property
    def output(self) -> Path:
        return self.folder / "out"

    def result(self, n: int) -> Path | None:
        """The converted file; LibreOffice leaves none where it failed, whatever its exit code says."""
        file = self.output / f"{n}.{self.files[n].target}"
        return file if file.is_file() and file.stat().st_size else None


@dataclass(slots=True)
class _Conversion:
    """Batches under way and still to come."""

    program: str
    folder: Path
    found: dict[Path, Path | UnreadableFileError] = field(default_factory=dict)
    waiting: list[Sequence[ToConvert]] = field(default_factory=list)
    running: list[_Batch] = field(default_factory=list)
    calls: int = 0
    profiles: list[Path] = field(default_factory=list)

    def run(self, files: Sequence[ToConvert]) -> dict[Path, Path | UnreadableFileError]:
        self.waiting = list(_batches(files, os.cpu_count() or 1))
        try:
            while self.waiting or self.running:
                while self.waiting and len(self.running) < (os.cpu_count() or 1):
                    self.running.append(self._start(self.waiting.pop(0)))
                self._look()
                time.sleep(_WATCH_SECONDS if self.running else 0)
        finally:
            for batch in self.running:
                _end(batch.process)
        return self.found

    def _start(self, files: Sequence[ToConvert]) -> _Batch:
        self.calls += 1
        folder = self.folder / f"call{self.calls}"
        (folder / "in").mkdir(parents=True)
        for n, file in enumerate(files):
            _link(file.path, folder / "in" / f"{n}.{file.suffix}")
        profile = self.profiles.pop() if self.profiles else _profile(self.folder / f"profile{self.calls}")
        limit = _START_SECONDS + _SECONDS_A_FILE * len(files) if len(files) > 1 else _LONE_SECONDS
        process = subprocess.Popen(  # noqa: S603 - the program is LibreOffice, the arguments are ours
            [
                *_caged(),
                self.program,
                "--headless",
                "--norestore",
                "--nologo",
                "--nodefault",
                "--nolockcheck",
                f"-env:UserInstallation={profile.as_uri()}",
                "--convert-to",
                _FILTERS[files[0].target],
                "--outdir",
                str(folder / "out"),
                *(str(folder / "in" / f"{n}.{file.suffix}") for n, file in enumerate(files)),
            ],
            stdin=subprocess.PIPE,  # closes when we die
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=_environment(profile),
            start_new_session=True,
        )
        return _Batch(files, folder, time.monotonic() + limit, process, profile)

    def _look(self) -> None:
        """Take in batches that ended; end those whose time is up."""
        for batch in list(self.running):
            if batch.process.poll() is None:
                if time.monotonic() < batch.deadline:
                    continue
                batch.late = True
            _end(batch.process)  # LibreOffice is a shell script with children
            self.running.remove(batch)
            self._take(batch)

    def _take(self, batch: _Batch) -> None:
        """Results of a batch; what is missing is tried again: the first one alone, as it may have broken the call."""
        missing = []
        for n, file in enumerate(batch.files):
            result = batch.result(n)
            if result is None:
                missing.append(file)
            else:
                self.found[file.path] = result
        if not missing:
            self.profiles.append(batch.profile)
            return
        shutil.rmtree(batch.profile, ignore_errors=True)  # a crash may leave it broken
        if len(batch.files) == 1:
            self.found[missing[0].path] = _TOO_SLOW if batch.late else _FAILED
            return
        self.waiting.append(missing[:1])
        if missing[1:]:
            self.waiting.append(missing[1:])


def _batches(files: Iterable[ToConvert], processes: int) -> Iterator[Sequence[ToConvert]]:
    """Files that become the same, at most so many a call and about as many in each."""
    by_target: dict[str, list[ToConvert]] = {}
    for file in files:
        by_target.setdefault(file.target, []).append(file)
    for group in by_target.values():
        calls = max(-(-len(group) // _BATCH), min(processes, len(group) // 2) or 1)
        size = -(-len(group) // calls)
        for start in range(0, len(group), size):
            yield group[start : start + size]


def _link(file: Path, name: Path) -> None:
    """The file under a name LibreOffice cannot misread; a copy where links are not possible."""
    try:
        name.symlink_to(file.resolve())
    except (OSError, NotImplementedError):
        shutil.copyfile(file, name)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a call with everything it started."""
    if hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    elif process.poll() is None:
        process.kill()
    process.wait()
    if process.stdin is not None:
        process.stdin.close()


# --- the cage -----------------------------------------------------------------------------------------------


_WATCHED = """\
exec 3<&0
"$@" 3<&- </dev/null &
program=$!
{ read -r _ <&3; kill -9 0; } &
watch=$!
wait "$program"
code=$?
kill "$watch"
exit "$code"
"""
"""Runs a program; when whoever started it is gone, so that its input ends, the program goes with all it started."""


@cache
def _caged() -> tuple[str, ...]:
    """What stands before the program: limits of memory and output, an end with ours, no network where that may be."""
    if sys.platform == "win32":
        return ()
    limits = f"ulimit -d {_MEMORY_KB}; ulimit -f {_LARGEST_OUTPUT_BLOCKS}\n"
    return (*_without_network(), "/bin/sh", "-c", limits + _WATCHED, "sh")


def _without_network() -> tuple[str, ...]:
    """A network namespace of its own (Linux), where that is allowed."""
    unshare = shutil.which("unshare")
    if unshare is None:
        return ()
    for options in (["-n"], ["-rn"]):
        tried = subprocess.run(  # noqa: S603 - asks whether it may
            [unshare, *options, "true"], capture_output=True, check=False
        )
        if tried.returncode == 0:
            return (unshare, *options)
    return ()


def _environment(profile: Path) -> Mapping[str, str]:
    kept = {k: v for k, v in os.environ.items() if k in ("PATH", "LANG", "LC_ALL", "SYSTEMROOT", "FONTCONFIG_FILE")}
    return {**kept, "HOME": str(profile), "TMPDIR": str(profile), "SAL_USE_VCLPLUGIN": "svp"}


_SETTINGS = (
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Writer/Content/Update", "Link", "0"),
    ("Office.Calc/Content/Update", "Link", "2"),
    ("Office.Common/Misc", "FirstRun", "false"),
    ("Inet/Settings", "ooInetProxyType", "2"),
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
    ("Inet/Settings", "ooInetFTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetFTPProxyPort", "9"),
    ("Inet/Settings", "ooInetNoProxy", ""),
)
_ITEM = Template(
    '<item oor:path="/org.openoffice.$path"><prop oor:name="$name" oor:op="fuse"><value>$value</value></prop></item>'
)


def _profile(folder: Path) -> Path:
    """A profile: no macros, no links to outside, a proxy that nobody answers."""
    items = "\n".join(_ITEM.substitute(path=path, name=name, value=value) for path, name, value in _SETTINGS)
    (folder / "user").mkdir(parents=True)
    (folder / "user" / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry"'
        f' xmlns:xs="http://www.w3.org/2001/XMLSchema">\n{items}\n</oor:items>\n',
        encoding="utf-8",
    )
    return folder
