"""A folder of results: all files of a run appear together or not at all, and nothing that is not ours is overwritten.

Files are first put into a work folder, hidden, in the target where there is one, else beside it. A target that does not
exist yet is that folder, renamed. Into one that does, files are renamed one by one, after a journal says what is to be done:
where that breaks off, it is undone by the journal, at once or on the next run. ``.jixiao.json`` in the target lists what
was written, with hashes: what is not on it, or was changed since, is somebody's and is kept in a dated folder.
"""

from __future__ import annotations

import ctypes
import errno
import json
import os
import shutil
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import date
from hashlib import file_digest, sha256
from pathlib import Path

from jixiao.readers.errors import system_words
from jixiao.services.lock import locked
from jixiao.services.scratch import vanishing

MANIFEST = ".jixiao.json"
UNFINISHED = "结果没有写完，请再运行一次.txt"
"""Stands in the target while files are renamed: whoever finds it there knows"""
_UNFINISHED_WORDS = "上次运行在写结果时中断了。请再运行一次：先恢复原来的结果，再换成新的。\n"
_SCHEMA = "jixiao/results/1"
_WORK, _NEW, _READY, _OLD, _JOURNAL, _LOCK = ".jixiao", "new", "ready", "old", "journal.json", "lock"
_LONGEST_NAME = 60
_MOST_NAMES = 5
_TRIES, _PAUSE_SECONDS = 5, 0.1
"""Windows refuses to rename what a virus scanner looks at, for a moment"""
_HIDDEN = 2
"""FILE_ATTRIBUTE_HIDDEN"""


class OutputError(Exception):
    """Results cannot be written; the text says in Chinese why and what to do, and the target is as it was."""


class HeldOpenError(OutputError):
    """Files that another program holds open, so that they cannot be replaced."""

    def __init__(self, names: Iterable[str]) -> None:
        self.names = tuple(names)
        shown = "”“".join(self.names[:_MOST_NAMES]) + ("”等" if len(self.names) > _MOST_NAMES else "”")
        super().__init__(
            f"结果文件夹里的“{shown}正开着，换不成新的。请先在 WPS/Excel/Word 中关闭，再运行一次；这次没有写结果，原来的都没有动。"
            "如果没有打开，请删除同一文件夹里名字以“~$”或“.~”开头的同名文件。"
        )


@dataclass(frozen=True, slots=True)
class Published:
    """What became of files that were in the target: moved to ``backup``, None where none had to be.

    ``kept`` are those that we did not write or that were changed since. ``earlier`` are results of a former run that this one
    does not hold, and those it would have replaced though they tell of another batch.
    """

    folder: Path
    backup: Path | None
    kept: tuple[str, ...]
    earlier: tuple[str, ...]


class Output:
    """Collects the files of a run for a target. Made by ``output_to``."""

    def __init__(self, folder: Path, work: Path, *, recovered: bool) -> None:
        self.folder = folder
        self.recovered = recovered
        """whether a former run had broken off here; what it left is put right"""
        self._work = work
        self._hashes: dict[str, str] = {}

    def add(self, name: str, content: bytes) -> None:
        """A file of the run. Raises OSError where the disk does not take it."""
        (self._work / _NEW / name).write_bytes(content)
        self._hashes[name] = sha256(content).hexdigest()

    def publish(self, today: date, *, whole: bool) -> Published:
        """Put all files in their place; ``today`` names the folder for what is kept.

        ``whole``: they are all results there should be, so that those of former runs are kept apart; else they are added.
        Raises HeldOpenError where a file cannot be replaced, OSError for what else goes wrong; the target is then as it was.
        """
        written = _manifest(self.folder)
        left = {} if whole else {name: digest for name, digest in written.items() if (self.folder / name).exists()}
        self.add(MANIFEST, _manifest_text({**left, **self._hashes}))
        _hide(self._work / _NEW / MANIFEST)
        if not self.folder.exists():
            try:
                _rename(self._work / _NEW, self.folder)
            except OSError:
                if not self.folder.is_dir():  # else somebody made it a moment ago
                    raise
            else:
                return Published(self.folder, None, (), ())
        _nobody_holds(self.folder, self._hashes)
        for name in self._hashes:
            if (self.folder / name).is_dir():
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(self.folder / name))
        changes = _changes(self.folder, self._hashes, written, left, _free(self.folder, today))
        _rename(self._work / _NEW, self._work / _READY)
        _replace(self.folder, self._work, changes)
        backup = self.folder / changes.backup if changes.kept or changes.earlier else None
        return Published(self.folder, backup, changes.kept, changes.earlier)


@contextmanager
def output_to(folder: Path) -> Iterator[Output]:
    """Results for ``folder``, which need not exist; nothing of them is seen there before they are published.

    Raises OutputError where nothing can be written there, another run does, or results in it are open.
    """
    folder = folder.absolute()
    with ExitStack() as stack:
        try:
            output = _opened(folder, stack)
        except OSError as error:
            words = f"结果文件夹 {folder} 建不了（{system_words(error)}）。请换一个有写入权限的位置。"
            raise OutputError(words) from error
        yield output


def _opened(folder: Path, stack: ExitStack) -> Output:
    if folder.exists() and not folder.is_dir():
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(folder))
    folder.parent.mkdir(parents=True, exist_ok=True)
    beside = folder.parent / f".{folder.name[:_LONGEST_NAME]}{_WORK}"
    work = folder / _WORK if folder.exists() else beside
    recovered = stack.enter_context(_working(folder, work))
    if work != beside and beside.exists():  # left by a run that was killed when there was no target
        recovered = stack.enter_context(_working(folder, beside)) or recovered
    _nobody_holds(folder, _manifest(folder))
    (work / _NEW).mkdir()
    stack.enter_context(vanishing(work / _NEW))
    return Output(folder, work, recovered=recovered)


@contextmanager
def _working(folder: Path, work: Path) -> Iterator[bool]:
    """The work folder, empty and ours alone while this lasts; gives whether a former run had broken off there."""
    work.mkdir(exist_ok=True)
    _hide(work)
    with locked(work / _LOCK) as ours:
        if not ours:
            raise OutputError(f"另一次运行正在往 {folder} 写结果。请等它完成，再运行一次。")
        try:
            broken = (work / _NEW).exists() or (work / _JOURNAL).exists()
            _undo(folder, work)
            for name in (_NEW, _READY, _OLD):
                shutil.rmtree(work / name, ignore_errors=True)
            yield broken
        finally:
            done = not (work / _JOURNAL).exists()
            if done:
                shutil.rmtree(work, ignore_errors=True)
    if done and os.name == "nt":  # where nobody can take away what is open
        shutil.rmtree(work, ignore_errors=True)


# --- what is to be done -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Changes:
    """``new`` are the files to come with their hashes, ``replaced`` those that go for good. The others go to ``backup``."""

    new: Mapping[str, str]
    replaced: tuple[str, ...]
    kept: tuple[str, ...]
    earlier: tuple[str, ...]
    backup: str

    def moves(self, folder: Path, work: Path) -> Iterator[tuple[Path, Path]]:
        """(where a file of the target stands, where it goes)."""
        for name in self.replaced:
            yield folder / name, work / _OLD / name
        for name in (*self.kept, *self.earlier):
            yield folder / name, folder / self.backup / name


def _changes(
    folder: Path, new: Mapping[str, str], written: Mapping[str, str], left: Mapping[str, str], backup: str
) -> _Changes:
    """What goes where before the files ``new`` come; ``written`` by former runs, of which ``left`` may stay where it is.

    Ours and unchanged: nobody misses it. Somebody's: kept. Where a former run wrote files that are not to stay, it was of
    another batch: all of it that is not the same now is kept, the letters with their overview.
    """
    coming = {name.casefold(): digest for name, digest in new.items()}  # Windows knows no other case
    there = sorted(path.name for path in folder.iterdir() if path.is_file())
    concerned = [name for name in there if name.casefold() in coming or name in written.keys() - left.keys()]
    another_batch = any(name.casefold() not in coming for name in concerned)
    replaced, kept, earlier = [], [], []
    for name in concerned:
        found = _hash(folder / name)
        if name == MANIFEST or found == coming.get(name.casefold()):
            replaced.append(name)
        elif found != written.get(name):
            kept.append(name)
        elif another_batch:
            earlier.append(name)
        else:
            replaced.append(name)
    return _Changes(new, tuple(replaced), tuple(kept), tuple(earlier), backup)


def _free(folder: Path, today: date) -> str:
    number = 1
    while (folder / f"备份-{today.isoformat()}-{number}").exists():
        number += 1
    return f"备份-{today.isoformat()}-{number}"


def _nobody_holds(folder: Path, names: Iterable[str]) -> None:
    """Raise where an office program has one of the files open: it puts a mark of its own beside it."""
    held = [name for name in names if any((folder / mark).exists() for mark in _marks(name))]
    if os.name == "nt":  # there one may ask, and a mark may be left of a crash
        held = [name for name in held if not _is_free(folder / name)]
    if held:
        raise HeldOpenError(held)


def _marks(name: str) -> tuple[str, ...]:
    """What Word, Excel and WPS call their marks (long names lose their first signs), LibreOffice, and WPS on Linux."""
    return (f"~${name}", f"~${name[1:]}", f"~${name[2:]}", f".~lock.{name}#", f".~{name}")


def _is_free(file: Path) -> bool:
    try:
        with file.open("r+b"):
            return True
    except OSError:
        return False


# --- doing and undoing --------------------------------------------------------------------------------------


def _replace(folder: Path, work: Path, changes: _Changes) -> None:
    """Move what is there out of the way and the new files in, or raise with everything where it was."""
    (work / _OLD).mkdir()
    _write_journal(work, changes)
    try:
        (folder / UNFINISHED).write_text(_UNFINISHED_WORDS, encoding="utf-8")
        if changes.kept or changes.earlier:
            (folder / changes.backup).mkdir()
        for here, there in changes.moves(folder, work):
            _move(here, there)
        for name in changes.new:
            _move(work / _READY / name, folder / name)
        (folder / UNFINISHED).unlink()
        (work / _JOURNAL).unlink()  # from here on it is done
    except BaseException:
        _undo(folder, work)
        raise


def _undo(folder: Path, work: Path) -> None:
    """Put the target back to what it was, as far as there is a journal of changes. Broken off, it may be done again."""
    changes = _journal(work)
    if changes is None:
        return
    for name, digest in changes.new.items():
        if (folder / name).exists() and not (work / _READY / name).exists():
            if _hash(folder / name) == digest:
                _move(folder / name, work / _READY / name)
            else:  # somebody worked on it since
                (folder / changes.backup).mkdir(exist_ok=True)
                _move(folder / name, folder / changes.backup / name)
    for here, there in changes.moves(folder, work):
        if there.exists() and not here.exists():
            _move(there, here)
    with suppress(OSError):  # there is none, or it holds what somebody worked on
        (folder / changes.backup).rmdir()
    (folder / UNFINISHED).unlink(missing_ok=True)
    (work / _JOURNAL).unlink()


def _write_journal(work: Path, changes: _Changes) -> None:
    """All of it or nothing: it is a file only when it is whole."""
    begun = work / f"{_JOURNAL}.begun"
    begun.write_text(json.dumps(asdict(changes), ensure_ascii=False), encoding="utf-8")
    begun.replace(work / _JOURNAL)


def _journal(work: Path) -> _Changes | None:
    if not (work / _JOURNAL).exists():
        return None
    data = json.loads((work / _JOURNAL).read_text(encoding="utf-8"))
    replaced, kept, earlier = (tuple(data[key]) for key in ("replaced", "kept", "earlier"))
    return _Changes(data["new"], replaced, kept, earlier, data["backup"])


def _move(here: Path, there: Path) -> None:
    """A file that will not go is held by somebody."""
    try:
        _rename(here, there)
    except PermissionError as error:
        raise HeldOpenError([there.name]) from error


def _rename(here: Path, there: Path) -> None:
    for left in reversed(range(_TRIES)):
        try:
            here.rename(there)
        except PermissionError:
            if not left:
                raise
            time.sleep(_PAUSE_SECONDS)
        else:
            return


# --- the manifest -------------------------------------------------------------------------------------------


def _manifest(folder: Path) -> Mapping[str, str]:
    """(name, hash) of what former runs wrote into a folder; empty where nothing sound says so: then nothing is ours."""
    try:
        data = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    files = data.get("files") if isinstance(data, dict) and data.get("schema") == _SCHEMA else None
    if not isinstance(files, dict):
        return {}
    return {name: digest for name, digest in files.items() if isinstance(digest, str) and Path(name).name == name}


def _manifest_text(hashes: Mapping[str, str]) -> bytes:
    files = dict(sorted(hashes.items()))
    return (json.dumps({"schema": _SCHEMA, "files": files}, ensure_ascii=False, indent=0) + "\n").encode()


def _hash(file: Path) -> str:
    try:
        with file.open("rb") as content:
            return file_digest(content, "sha256").hexdigest()
    except PermissionError as error:
        raise HeldOpenError([file.name]) from error


def _hide(path: Path) -> None:
    """Names that begin with a dot are hidden everywhere but on Windows."""
    windows = getattr(ctypes, "windll", None)
    if windows is not None:
        windows.kernel32.SetFileAttributesW(str(path), _HIDDEN)
