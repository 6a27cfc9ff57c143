"""A workspace for this computer only: the example county and the desk of one person. One web process, one worker, 127.0.0.1."""

from __future__ import annotations

import signal
import socket
import sys
import threading
from collections.abc import Callable, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from jixiao.web.operation.folder import environment
from jixiao.web.operation.server import command
from jixiao.web.operation.supervisor import Child, supervise

if TYPE_CHECKING:
    from collections.abc import Iterator

HOST = "127.0.0.1"
HOSTS = "127.0.0.1,localhost"
_STARTS_WITHIN = 60.0


def free_port(wanted: int | None = None) -> int:
    """A port nobody listens on: the wanted one where it is free, else any."""
    for port in (wanted, 0):
        if port is None:
            continue
        with socket.socket() as one, suppress(OSError):
            one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            one.bind((HOST, port))
            return int(one.getsockname()[1])
    raise OSError("no free port")


def serve_here(
    folder: Path,
    port: int,
    overrule: Mapping[str, str],
    ready: Callable[[threading.Event], object],
    say: Callable[[str], None],
) -> None:
    """Serve ``folder`` on ``port`` of 127.0.0.1 until somebody ends it. ``ready`` runs on a thread once the server answers; it
    may set the event that ends all."""
    env = environment(folder, {**overrule, "JIXIAO_HOSTS": HOSTS, "JIXIAO_PROFILE": "lan"})
    module = [sys.executable, "-m", "jixiao.web.operation.process"]
    web = command(HOST, port, processes=1)
    children = [Child("网页", web, env), Child("后台任务", [*module, "worker", f"{folder.name} 1"], env)]
    stop = threading.Event()

    def wait() -> None:
        if answers(port, stop):
            ready(stop)
        elif not stop.is_set():
            say("网页一分钟还没有起来，请看上面的话")
            stop.set()

    with _signals(stop):
        threading.Thread(target=wait, daemon=True).start()
        supervise(children, say, stop)


def answers(port: int, stop: threading.Event) -> bool:
    """Whether the server takes connections, within a minute."""
    for _ in range(int(_STARTS_WITHIN * 10)):
        if stop.wait(0.1):
            return False
        with suppress(OSError):
            socket.create_connection((HOST, port), timeout=1).close()
            return True
    return False


@contextmanager
def _signals(stop: threading.Event) -> Iterator[None]:
    kept = {number: signal.signal(number, lambda *_: stop.set()) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in kept.items():
            signal.signal(number, handler)
