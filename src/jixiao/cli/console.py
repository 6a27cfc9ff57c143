"""How commands speak: progress while they work, one line per file that could not be read."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NoReturn

from tqdm import tqdm

from jixiao.readers.errors import system_words
from jixiao.services.batch import Progress


@contextmanager
def counting(label: str) -> Iterator[Progress]:
    """A progress bar on a terminal, silence elsewhere and for a single file; gives what a service calls."""
    with ExitStack() as stack:
        bar: tqdm[NoReturn] | None = None

        def progress(done: int, total: int) -> None:
            nonlocal bar
            if bar is None:
                hidden = None if total > 1 else True
                bar = stack.enter_context(
                    tqdm(total=total, desc=label, unit="份", file=sys.stderr, disable=hidden, leave=False)
                )
            bar.update(done - bar.n)

        yield progress


def say(message: str) -> None:
    """A line for the user; results that go to standard output stay clean."""
    print(message, file=sys.stderr)


def unreadable(name: str, met: str, remedy: str) -> str:
    """One line: which file, what was met, what to do."""
    return f"读不出 {name}：{met}。{remedy}。"


def make_folder(folder: Path) -> bool:
    """Create the output folder; says so and returns False where that is not possible."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        say(f"结果文件夹 {folder} 建不了（{system_words(error)}）。请换一个有写入权限的位置。")
        return False
    return True
