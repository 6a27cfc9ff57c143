"""``python -m tools.postgres COMMAND …``: run a command with a PostgreSQL of its own, thrown away afterwards.

Its address is in ``DATABASE_URL``. Started with what Debian's package ``postgresql`` brings, as the user ``postgres`` where we are
root (it refuses to run as root), speaking over a port of 127.0.0.1 that nobody else uses. ``--durable`` keeps fsync on.
Ends with the exit code of the command; 77 where there is no PostgreSQL on this machine.
"""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

MISSING = 77


def programs() -> Path | None:
    """The folder of ``initdb`` and ``postgres``, the newest; None where there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: float(path.parts[-3]))
    if found:
        return found[-1].parent
    here = shutil.which("postgres")
    return Path(here).resolve().parent if here else None


@contextmanager
def server(*, durable: bool = False) -> Iterator[str]:
    """A fresh server, as an address of a database that may create others. Raises FileNotFoundError where there is none."""
    folder = programs()
    if folder is None:
        raise FileNotFoundError("没有 PostgreSQL：运行 make setup-system")
    user = pwd.getpwnam("postgres").pw_name if os.geteuid() == 0 else None
    with tempfile.TemporaryDirectory(prefix="jixiao-postgres-") as place:
        data = Path(place) / "data"
        if user is not None:
            shutil.chown(place, user, user)
        port = _free_port()
        _run(
            [folder / "initdb", "-D", data, "-U", "jixiao", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N"], user
        )
        options = (
            f"-c port={port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={place} -c max_connections=200"
        )
        if not durable:
            options += " -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
        _run([folder / "pg_ctl", "-D", data, "-w", "-t", "60", "-l", Path(place) / "log", "-o", options, "start"], user)
        try:
            yield f"postgres://jixiao@127.0.0.1:{port}/postgres"
        finally:
            _run([folder / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop"], user, check=False)


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
