"""``python -m tools.postgres COMMAND …``: run a command with a PostgreSQL of its own, thrown away afterwards.

Its address is in ``DATABASE_URL``. Started with what Debian's package ``postgresql`` brings, as the user ``postgres`` where we are
root (it refuses to run as root), speaking over a port of 127.0.0.1 that nobody else uses. ``--durable`` keeps fsync on.
Ends with the exit code of the command; 77 where there is no PostgreSQL on this machine.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

MISSING = 77


def programs() -> Path | None:
    """The folder of ``initdb`` and ``postgres``, the newest; None where there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: float(path.parts[-3]))
    if found:
        return found[-1].parent
    here = shutil.which("postgres")
    return Path(here).resolve().parent if here else None


@dataclass(frozen=True)
class Server:
    """A server at work: ``url`` of a database that may create others; ``kill`` and ``start`` it again as crashes do."""

    url: str
    data: Path
    options: str
    user: str | None

    def start(self) -> None:
        """Start it; after a crash as soon as what was left of it is gone."""
        command = [_programs() / "pg_ctl", "-D", self.data, "-w", "-t", "60", "-l", self.data.parent / "log"]
        for last in (*[False] * 50, True):
            try:
                _run([*command, "-o", self.options, "start"], self.user)
                return
            except RuntimeError:
                if last:
                    raise
                time.sleep(0.1)

    def stop(self) -> None:
        _run([_programs() / "pg_ctl", "-D", self.data, "-m", "immediate", "-w", "stop"], self.user, check=False)

    def kill(self) -> None:
        """End it as a power cut does."""
        first_line = (self.data / "postmaster.pid").read_text(encoding="ascii").splitlines()[0]
        os.kill(int(first_line), signal.SIGKILL)


def _programs() -> Path:
    folder = programs()
    if folder is None:
        raise FileNotFoundError("没有 PostgreSQL：运行 make setup-system")
    return folder


@contextmanager
def running(*, durable: bool = False) -> Iterator[Server]:
    """A fresh server. Raises FileNotFoundError where there is none."""
    initdb = _programs() / "initdb"
    user = pwd.getpwnam("postgres").pw_name if os.geteuid() == 0 else None
    with tempfile.TemporaryDirectory(prefix="jixiao-postgres-", ignore_cleanup_errors=True) as place:
        data = Path(place) / "data"
        if user is not None:
            shutil.chown(place, user, user)
        port = _free_port()
        _run([initdb, "-D", data, "-U", "jixiao", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N"], user)
        options = (
            f"-c port={port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={place} -c max_connections=200"
        )
        if not durable:
            options += " -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
        one = Server(f"postgres://jixiao@127.0.0.1:{port}/postgres", data, options, user)
        one.start()
        try:
            yield one
        finally:
            one.stop()


@contextmanager
def server(*, durable: bool = False) -> Iterator[str]:
    """A fresh server, as an address of a database that may create others. Raises FileNotFoundError where there is none."""
    with running(durable=durable) as one:
        yield one.url


def _run(command: Sequence[object], user: str | None, *, check: bool = True) -> None:
    done = subprocess.run(
        [str(part) for part in command],
        user=user,
        extra_groups=[] if user is not None else None,
        env={**os.environ, "LC_ALL": "C.UTF-8"},
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    if check and done.returncode:
        raise RuntimeError(f"{command[0]}: {done.stderr[-2000:]}")


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def main() -> int:
    arguments = sys.argv[1:]
    durable = arguments[:1] == ["--durable"]
    try:
        with server(durable=durable) as url:
            return subprocess.run(arguments[durable:], env={**os.environ, "DATABASE_URL": url}, check=False).returncode
    except FileNotFoundError as error:
        print(error, file=sys.stderr)
        return MISSING


if __name__ == "__main__":
    sys.exit(main())
