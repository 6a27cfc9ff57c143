"""Many people write at the same time for a minute, on SQLite and on PostgreSQL: no error, nothing acknowledged is lost.

``python -m benchmarks.writers prepare FOLDER`` makes sheets of sixty rows and prints them as JSON; ``… check FOLDER`` reads what of
them is stored.
"""

from __future__ import annotations

import http.cookiejar
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

from benchmarks.workspace import YEAR, post, served, token_of
from tools.postgres import programs, server

SECONDS = 60.0
WRITERS = {"SQLite": 20, "PostgreSQL": 100}
SHEETS = 10
EVERY = 3.0
"""Seconds from one save of a person to the next: somebody who types without a rest"""


def writers() -> bool:
    """Whether nobody met an error and nothing is lost, on both databases; prints the 95th percentile."""
    met = _written("SQLite", "")
    if programs() is None:
        print("writers: PostgreSQL is not on this machine: not measured")
        return met
    with server() as url:
        return _written("PostgreSQL", url) and met


def _written(name: str, url: str) -> bool:
    count = WRITERS[name]
    with tempfile.TemporaryDirectory(prefix="jixiao-bench-") as place:
        data = Path(place)
        sheets = _own("prepare", data, url)
        with served(data, url) as address:
            people = _write(address, sheets, count)
        stored = _own("check", data, url)
    errors = [error for one in people for error in one.errors]
    lost = [
        (key, text)
        for one in people
        for key, text in one.acknowledged.items()
        if stored["operations"].get(key) != "saved"
    ]
    wrong = [place for one in people for place, text in one.last.items() if stored["cells"].get(place) != text]
    times = sorted(taken for one in people for taken in one.times)
    p95 = times[int(0.95 * len(times))] if times else float("inf")
    good = not errors and not lost and not wrong and bool(times)
    print(
        f"writers: {count} on {name}, {SECONDS:.0f} s, {len(times)} saves, p95 {1000 * p95:.0f} ms: {len(errors)} errors, "
        f"{len(lost)} lost, {len(wrong)} cells other than acknowledged  {'met' if good else 'MISSED'}"
    )
    for error in errors[:3]:
        print(f"  {error}")
    return good


@dataclass
class Person:
    """Who writes, and what was acknowledged: operations by key, the last words of each cell."""

    acknowledged: dict[str, str] = field(default_factory=dict)
    last: dict[str, str] = field(default_factory=dict)
    times: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


def _write(address: str, sheets: dict[str, dict[str, str]], count: int) -> list[Person]:
    opener = urllib.request.build_opener(
        urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
    )
    login = {"username": "clerk", "password": "only-for-bench-1"}
    post(opener, f"{address}/login", address, login | {"csrfmiddlewaretoken": token_of(opener, f"{address}/login")})
    people = [Person() for _ in range(count)]
    keys = list(sheets)
    token = token_of(opener, f"{address}/{YEAR}/sheets/{keys[0]}/edit")
    until = time.perf_counter() + SECONDS

    def work(n: int) -> None:
        key = keys[n % len(keys)]
        shown = dict(sheets[key])
        mine = [place for k, place in enumerate(shown) if k % (count // len(keys) or 1) == n // len(keys)]
        time.sleep(EVERY * n / count)
        turn = 0
        while time.perf_counter() < until:
            place = mine[turn % len(mine)]
            turn += 1
            start = time.perf_counter()
            _save(
                opener,
                f"{address}/{YEAR}/sheets/{key}/edit/save",
                token,
                people[n],
                f"writer-{n:04}",
                key,
                place,
                shown,
            )
            time.sleep(max(0.0, EVERY - (time.perf_counter() - start)))

    threads = [threading.Thread(target=work, args=(n,)) for n in range(count)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return people


def _save(
    opener: urllib.request.OpenerDirector,
    address: str,
    token: str,
    person: Person,
    client: str,
    key: str,
    place: str,
    shown: dict[str, str],
) -> None:
    thing, _, cell = place.partition("/")
    operation = str(uuid4())
    text = f"{client}写的第{len(person.times)}次"
    one = {"id": operation, "kind": "put", "thing": thing, "cell": f"/{cell}", "was": shown[place], "text": text}
    body = json.dumps({"client": client, "seen": 0, "operations": [one]}).encode()
    headers = {"Content-Type": "application/json", "Accept": "application/json", "X-CSRFToken": token}
    start = time.perf_counter()
    try:
        with opener.open(urllib.request.Request(address, body, headers), timeout=60) as answer:
            (said,) = json.load(answer)["answers"]
    except OSError as error:
        person.errors.append(str(error))
        return
    person.times.append(time.perf_counter() - start)
    if said["outcome"] != "saved":
        person.errors.append(f"{said['outcome']}: {said['message']}")
        return
    shown[place] = text
    person.acknowledged[operation] = text
    person.last[f"{key} {place}"] = text


# --- in a process of its own ------------------------------------------------------------------------------


def _own(what: str, folder: Path, url: str) -> dict[str, dict[str, str]]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("JIXIAO_", "DJANGO_"))}
    command = [sys.executable, "-m", "benchmarks.writers", what, str(folder)]
    done = subprocess.run(
        command, env={**kept, "DATABASE_URL": url}, check=True, stdout=subprocess.PIPE, encoding="utf-8"
    )
    found: dict[str, dict[str, str]] = json.loads(done.stdout.splitlines()[-1])
    return found


def _prepare() -> dict[str, dict[str, str]]:
    from django.core.management import call_command

    from benchmarks.editor import county_of_bench, sheet_of_bench

    call_command("migrate", verbosity=0)
    place, user = county_of_bench()
    return {str(key): shown for key, shown in (sheet_of_bench(place, user, f"项目{n}") for n in range(SHEETS))}


def _check() -> dict[str, dict[str, str]]:
    from jixiao.domain.cells import text_at
    from jixiao.domain.identity import Anchor
    from jixiao.web.editor.models import Draft, Operation
    from jixiao.web.goals.documents import as_plan

    operations = Operation.objects.unrestricted("bench").values_list("key", "outcome")
    cells = {}
    for draft in Draft.objects.unrestricted("bench"):
        plan = as_plan(draft.document)
        for row in plan.goal_sheets[0].indicators:
            for name in ("/name", "/description", "/target", "/basis"):
                cells[f"{draft.sheet_id} {row.id}{name}"] = text_at(plan, Anchor(row.id, name)) or ""
    return {"operations": {str(key): outcome for key, outcome in operations}, "cells": cells}


if __name__ == "__main__":
    from jixiao.web.operation.folder import secret_of, set_up

    secret_of(Path(sys.argv[2]))  # a database without its key is not served
    set_up(Path(sys.argv[2]))
    print(json.dumps(_prepare() if sys.argv[1] == "prepare" else _check()))
