"""``jixiao serve`` as tests start it: a process of its own on a free port, spoken to over http."""

from __future__ import annotations

import http.cookiejar
import os
import re
import signal
import socket
import ssl
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from processes import eventually, is_alive

STARTS_WITHIN = 60.0


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@dataclass
class Served:
    """A server at work; what it prints goes into the file ``log``."""

    process: subprocess.Popen[bytes]
    folder: Path
    port: int
    log: Path
    scheme: str = "http"

    @property
    def words(self) -> str:
        return self.log.read_text(encoding="utf-8")

    def is_ready(self) -> bool:
        return "工作平台：" in self.words

    def children(self) -> dict[int, str]:
        """Processes that the server itself started, by pid, with their part (web, worker, clock)."""
        found = {}
        for place in Path("/proc").glob("[0-9]*"):
            try:
                stat = place.joinpath("stat").read_text(encoding="utf-8").rpartition(")")[2].split()
                command = place.joinpath("cmdline").read_bytes().decode().split("\0")
            except OSError:
                continue
            if stat[0] != "Z" and int(stat[1]) == self.process.pid:
                part = "web" if "granian" in command else command[3] if len(command) > 3 else ""
                found[int(place.name)] = part
        return found

    def all_processes(self) -> list[int]:
        """Children and what they started."""
        groups = set(self.children())
        found = []
        for place in Path("/proc").glob("[0-9]*"):
            try:
                stat = place.joinpath("stat").read_text(encoding="utf-8").rpartition(")")[2].split()
            except OSError:
                continue
            if stat[0] != "Z" and int(stat[2]) in groups:
                found.append(int(place.name))
        return found

    def end(self) -> int:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self.process.wait(40)


def start(
    folder: Path,
    *options: str,
    port: int | None = None,
    env: dict[str, str] | None = None,
    python: Path = Path(sys.executable),
) -> Served:
    port = port or free_port()
    command = [str(python), "-m", "jixiao", "serve", str(folder), "--port", str(port), *options]
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("JIXIAO_", "DJANGO_"))}
    log = folder.parent / f"{folder.name}-{port}.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as out:
        process = subprocess.Popen(
            command,
            env={**clean, "DATABASE_URL": "", **(env or {})},
            stdout=out,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
        )
    return Served(process, folder, port, log, "https" if "--cert" in options else "http")


@contextmanager
def served(
    folder: Path, *options: str, env: dict[str, str] | None = None, python: Path = Path(sys.executable)
) -> Iterator[Served]:
    one = start(folder, *options, env=env, python=python)
    try:
        assert eventually(one.is_ready, STARTS_WITHIN), one.words
        yield one
    finally:
        one.end()


class Browser:
    """A person at a browser without script: cookies, forms with their token."""

    def __init__(self, at: Served) -> None:
        self.root = f"{at.scheme}://127.0.0.1:{at.port}"
        loose = ssl.create_default_context()
        loose.check_hostname, loose.verify_mode = False, ssl.CERT_NONE
        self.opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}),
            urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()),
            urllib.request.HTTPSHandler(context=loose),
        )

    def get(self, path: str) -> tuple[int, str]:
        return self._open(urllib.request.Request(self.root + path))

    def post(self, path: str, form: dict[str, str], *, page: str | None = None) -> tuple[int, str]:
        """Fetch the form's page, take its token, send it back filled."""
        _, shown = self.get(page or path)
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', shown)
        data = urllib.parse.urlencode({**form, "csrfmiddlewaretoken": token[1] if token else ""}).encode()
        headers = {"Referer": self.root + path, "Origin": self.root}
        return self._open(urllib.request.Request(self.root + path, data, headers))

    def _open(self, request: urllib.request.Request) -> tuple[int, str]:
        try:
            with self.opener.open(request, timeout=30) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode()


def gone(pids: list[int]) -> bool:
    return not any(is_alive(pid) for pid in pids)


def python(code: str, folder: Path, env: dict[str, str] | None = None) -> str:
    """What a program prints that runs by itself, with the folder as its argument."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("JIXIAO_", "DJANGO_"))}
    done = subprocess.run(
        [sys.executable, "-c", code, str(folder)],
        env={**clean, "DATABASE_URL": "", **(env or {})},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
