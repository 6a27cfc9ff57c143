"""What a worker may be made to do by a hostile file; in a module, because a worker imports it by name."""

from __future__ import annotations

import os
import signal
import socket
import sys
import time
from multiprocessing.connection import Connection
from pathlib import Path

from jixiao.readers import UnreadableFileError
from jixiao.readers.progress import page_done
from jixiao.services.isolation import run_isolated


def turn(what: str) -> str:
    """Tell of as many pages as the number at the end says."""
    pages = int(what.rsplit(" ", 1)[-1]) if " " in what else 0
    for page in range(pages):
        page_done(page + 1, pages)
        time.sleep(0.25)  # longer than two words on pages are apart
    return what


def misbehave(what: str) -> str:
    """Do what the file says."""
    match what.split():
        case ["sleep", seconds]:
            time.sleep(float(seconds))
        case ["die"]:
            os.kill(os.getpid(), signal.SIGKILL)
        case ["exit"]:
            os._exit(3)
        case ["fill"]:
            words = []
            while True:
                words.append(bytes(50_000_000))
        case ["connect"]:
            socket.create_connection(("127.0.0.1", 9))
        case ["resolve"]:
            socket.getaddrinfo("localhost", 80)
        case ["defect"]:
            raise KeyError(what)
        case ["unreadable"]:
            raise UnreadableFileError("坏了", "修好")
        case ["print"]:
            sys.stdout.write("noise")
            os.write(2, b"noise")
        case ["pid"]:
            return str(os.getpid())
    return what


def note(file: str) -> None:
    """Write down which process this is, and take long."""
    Path(file).write_text(str(os.getpid()), encoding="utf-8")
    time.sleep(60)


def threads(_: str) -> str:
    """On how many threads libraries may compute."""
    return os.environ["OMP_NUM_THREADS"]


def inside(connection: Connection) -> None:
    """A process that isolates from within: sends the answers."""
    connection.send({n: str(answer) for n, answer in run_isolated(misbehave, ["a", "die", "pid"], workers=2)})
