"""``python -m jixiao.web.operation.process web|worker|clock …``: one of the processes that ``jixiao serve`` looks after."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Sequence

from jixiao.web.operation.supervisor import die_with_parent, parent_is_gone

_LOOK = 2.0


def main(arguments: Sequence[str]) -> int:
    """Run as the part that is named first. ``web`` becomes granian with the arguments that follow."""
    die_with_parent()
    part, *rest = arguments
    if part == "web":
        os.execv(sys.executable, [sys.executable, "-m", "granian", *rest])  # noqa: S606 - ourselves
    import django

    django.setup()
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    threading.Thread(target=_watch, args=(stop,), daemon=True).start()
    if part == "worker":
        from jixiao.web.jobs.worker import work

        work(rest[0], stop)
    else:
        from jixiao.web.operation.schedule import keep_time

        keep_time(stop)
    return 0


def _watch(stop: threading.Event) -> None:
    while not stop.wait(_LOOK):
        if parent_is_gone():
            stop.set()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
