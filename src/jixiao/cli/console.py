"""How commands speak: progress while they work, one line per file that could not be read, a summary."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from tqdm import tqdm

from jixiao.readers import UnreadableFileError
from jixiao.readers.errors import system_words

T = TypeVar("T")


def progress(items: Sequence[T], label: str) -> Iterable[T]:
    """``items`` with a progress bar on a terminal, silently elsewhere."""
    bar: Iterable[T] = tqdm(
        items, desc=label, unit="份", file=sys.stderr, disable=None if len(items) > 1 else True, leave=False
    )
    return bar


@contextmanager
def counting(total: int, label: str) -> Iterator[Callable[[], object]]:
    """A progress bar on a terminal for work that is done out of order; gives what to call after each piece."""
    bar = tqdm(total=total, desc=label, unit="份", file=sys.stderr, disable=None if total > 1 else True, leave=False)
    try:
        yield bar.update
    finally:
        bar.close()


def say(message: str) -> None:
    """A line for the user; results that go to standard output stay clean."""
    print(message, file=sys.stderr)


def unreadable(name: str, error: UnreadableFileError) -> str:
    """One line: which file, what was met, what to do."""
    return f"读不出 {name}：{error.met}。{error.remedy}。"


def json_text(data: Any) -> str:
    """JSON as we write it everywhere: UTF-8 words, one-blank indent, a line end."""
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def make_folder(folder: Path) -> bool:
    """Create the output folder; says so and returns False where that is not possible."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        say(f"结果文件夹 {folder} 建不了（{system_words(error)}）。请换一个有写入权限的位置。")
        return False
    return True
