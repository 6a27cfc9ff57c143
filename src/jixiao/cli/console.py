"""How commands speak: progress while they work, one line per file that could not be read."""

from __future__ import annotations

import os
import shutil
import sys
import webbrowser
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import NoReturn

from tqdm import tqdm

from jixiao.services.batch import Progress
from jixiao.services.output import Output, Published

_MOST_NAMES = 5


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


def today() -> date:
    """The user's own calendar day."""
    return date.today()  # noqa: DTZ011 - not that of another place


def told_of_recovery(output: Output) -> None:
    """Say where a former run had broken off."""
    if output.recovered:
        say("上次运行在写结果时中断了：没有写完的已经清掉，那以前的结果都在原处。")


def told_of_backup(published: Published) -> None:
    """Say what was in the folder, would have been overwritten, and was kept."""
    if published.backup is None:
        return
    where = f"“{published.backup.name}”文件夹"
    if published.kept:
        say(
            f"结果文件夹里有 {len(published.kept)} 个同名文件不是本软件写的，或者写好后被人改过，没有覆盖，移到了{where}：{_some(published.kept)}。"
        )
    if published.earlier:
        say(
            f"以前另一批文件的结果（{len(published.earlier)} 个），这次没有更新，移到了{where}：{_some(published.earlier)}。"
        )


def open_page(page: Path) -> None:
    """Show a page in the user's browser, where there is a screen; it is told where the page lies in any case."""
    if sys.platform in ("win32", "darwin") or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        with suppress(webbrowser.Error):
            known = webbrowser.get("xdg-open") if shutil.which("xdg-open") else webbrowser.get()
            known.open(page.as_uri())


def _some(names: Sequence[str]) -> str:
    return "、".join(names[:_MOST_NAMES]) + ("等" if len(names) > _MOST_NAMES else "")
