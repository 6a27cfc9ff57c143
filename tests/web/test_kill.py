"""Kill -9 of server, worker and database at random points of 200 sequences of writes: what was acknowledged is there, nothing is half there."""

from __future__ import annotations

import json
import os
import random
import signal
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tools import postgres
from web.served import Served, python, served

pytestmark = pytest.mark.process
SEQUENCES = 200
CLIENTS = 4
TESTS = Path(__file__).parents[1]
_BEGIN = """
import sys
from pathlib import Path
from jixiao.web.operation.folder import secret_of, set_up
secret_of(Path(sys.argv[1]))
set_up(Path(sys.argv[1]))
from django.core.management import call_command
call_command("migrate", verbosity=0)
from web.make import office
from web.killing.services import COUNTERS
from jixiao.web.projects.models import Project
made = office()
for name in COUNTERS:
    Project.objects.create(unit=made.commerce, name=name, starts_in=1)
"""
_LOOK = """
import json, sys
from pathlib import Path
from jixiao.web.operation.folder import secret_of, set_up
secret_of(Path(sys.argv[1]))
set_up(Path(sys.argv[1]))
from jixiao.web.audit.export import export_lines
from jixiao.web.audit.models import AuditEntry
from jixiao.web.jobs.models import Job
from jixiao.web.jobs.queue import recover, run_pending
from jixiao.web.jobs.services import run_again
from jixiao.web.kernel.people import system
from jixiao.web.operation.checking import broken
from jixiao.web.projects.models import Project, ProjectAlias
why = "the test"
for worker in set(Job.objects.unrestricted(why).filter(state="running").values_list("worker", flat=True)):
    recover(worker)  # as the next start of each worker does
parked = list(Job.objects.unrestricted(why).filter(state="parked").values_list("pk", flat=True))
for key in parked:
    run_again(system(why), job=key)
run_pending()
projects = Project.objects.unrestricted(why).filter(name__startswith="写")
entries = AuditEntry.objects.unrestricted(why)
print(json.dumps({
    "parked": len(parked),
    "unfinished": Job.objects.unrestricted(why).filter(name="killing.follow").exclude(state="done").count(),
    "written": sorted(int(name[1:]) for name in projects.values_list("name", flat=True)),
    "followed": sorted(int(text[1:]) for text in ProjectAlias.objects.unrestricted(why).values_list("text", flat=True)),
    "counters": list(Project.objects.unrestricted(why).filter(starts_in=1).values_list("ends_in", flat=True)),
    "entries": entries.filter(action="killing.write").count(),
    "follow entries": entries.filter(action="killing.follow").count(),
    "broken": broken(export_lines()),
    "losses": sum(Job.objects.unrestricted(why).values_list("losses", flat=True)),
}))
"""


@dataclass
class Office:
    """A server with clients that write and somebody who kills."""

    at: Served
    database: postgres.Server | None
    acknowledged: set[int] = field(default_factory=set)
    killed: list[str] = field(default_factory=list)

    def write(self, numbers: Iterator[int]) -> None:
        """Write each number until it is acknowledged, as a person presses the button again."""
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        for number in numbers:
            address = f"http://127.0.0.1:{self.at.port}/write/{number}"
            while number not in self.acknowledged:
                try:
                    with opener.open(urllib.request.Request(address, b"", method="POST"), timeout=20) as answer:
                        if answer.status == 200 and answer.read() in (b"now", b"before"):
                            self.acknowledged.add(number)
                except OSError:
                    time.sleep(0.05)

    def kill(self, chance: random.Random, over: threading.Event) -> None:
        """Kill one after the other at random points of the sequences, a random moment after each."""
        ways = {
            "request": self._kill_one_of("web", itself=False),
            "web": self._kill_one_of("web", itself=True),
            "worker": self._kill_one_of("worker", itself=True),
            "database": self._kill_database,
        }
        kinds = ["request"] * 2 + ["web"] + ["worker"] * 4 + ["database"] * (2 if self.database else 0)
        chance.shuffle(kinds)
        points = sorted(chance.sample(range(1, SEQUENCES - 5), len(kinds)))
        for kind, point in zip(kinds, points, strict=True):
            while len(self.acknowledged) < point and not over.is_set():
                time.sleep(0.002)
            time.sleep(chance.uniform(0, 0.05))
            ways[kind]()
            self.killed.append(kind)

    def _kill_one_of(self, part: str, *, itself: bool) -> Callable[[], None]:
        def way() -> None:
            mains = [pid for pid, name in self.at.children().items() if name == part]
            found = (
                mains
                if itself
                else [pid for pid in self.at.all_processes() if _group(pid) in mains and pid not in mains]
            )
            for pid in random.sample(found, min(1, len(found))):
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)

        return way

    def _kill_database(self) -> None:
        assert self.database is not None
        self.database.kill()
        self.database.start()


def _group(pid: int) -> int:
    with suppress(ProcessLookupError):
        return os.getpgid(pid)
    return 0


@contextmanager
def environment(kind: str) -> Iterator[tuple[dict[str, str], postgres.Server | None]]:
    env = {"DJANGO_SETTINGS_MODULE": "web.killing.settings", "PYTHONPATH": str(TESTS)}
    with ExitStack() as stack:
        database = None
        if kind == "postgresql":
            if postgres.programs() is None:
                pytest.skip("no PostgreSQL here: make setup-system")
            database = stack.enter_context(postgres.running(durable=True))
            env["DATABASE_URL"] = database.url
        yield env, database


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_nothing_acknowledged_is_lost(kind: str, tmp_path: Path) -> None:
    chance = random.Random(20261130)
    folder = tmp_path / "data"
    folder.mkdir()
    with environment(kind) as (env, database):
        python(_BEGIN, folder, env)
        with served(folder, env=env) as at:
            office = Office(at, database)
            over = threading.Event()
            killer = threading.Thread(target=office.kill, args=(chance, over))
            clients = [
                threading.Thread(target=office.write, args=(iter(range(first, SEQUENCES, CLIENTS)),))
                for first in range(CLIENTS)
            ]
            killer.start()
            for client in clients:
                client.start()
            for client in clients:
                client.join(50)
            over.set()
            killer.join(30)
        assert office.acknowledged == set(range(SEQUENCES)), at.words
        found = json.loads(python(_LOOK, folder, env))
    every = list(range(SEQUENCES))
    assert found["written"] == every, "acknowledged, so there, and once"
    assert found["followed"] == every, "what a sequence asked for was done once"
    assert found["counters"] == [SEQUENCES, SEQUENCES], "counters that move together"
    assert found["entries"] == 3 * SEQUENCES, "no change without its entry, no entry without its change"
    assert found["follow entries"] == SEQUENCES
    assert found["broken"] == []
    assert found["unfinished"] == 0
    assert {"request", "web", "worker"} <= set(office.killed)
