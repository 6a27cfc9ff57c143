"""A database that does not answer: pages, parts of pages, programs and watchers are told, in words and with 503; the number is in the log."""

from __future__ import annotations

import json
import logging
import re
import urllib.parse
import urllib.request
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import InterfaceError, OperationalError, connections
from django.test import Client
from processes import eventually

from jixiao.web.accounts.roles import Role
from jixiao.web.jobs.models import Job
from jixiao.web.jobs.queue import enqueue
from jixiao.web.kernel import clock
from jixiao.web.site.terminal import Words, Worth
from tools import postgres
from web.make import Office
from web.served import Browser, served


class Away:
    """A connection that does not answer any more."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    def __call__(self, *_: Any, **__: Any) -> Any:
        raise self.error


ERRORS = [OperationalError("connection refused"), InterfaceError("connection already closed")]


@pytest.mark.parametrize("error", ERRORS, ids=lambda one: type(one).__name__)
@pytest.mark.parametrize("address", ["/", "/2027/sheets/", "/api/v1/sheets"])
def test_pages_and_programs_are_told_with_503(
    county: Office, monkeypatch: pytest.MonkeyPatch, error: Exception, address: str
) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(county.people[Role.CLERK])
    lines: list[str] = []
    handler = logging.Handler()
    handler.emit = lambda record: lines.append(Words().format(record)) if Worth().filter(record) else None  # type: ignore[method-assign]
    logging.getLogger("django.request").addHandler(handler)
    # other tests may have said that it be silent
    monkeypatch.setattr(logging.getLogger("django.request"), "level", logging.ERROR)
    logging.getLogger("django.request").manager._clear_cache()  # type: ignore[attr-defined]
    try:
        with monkeypatch.context() as patch:
            patch.setattr(connections["default"], "cursor", Away(error))
            answer = client.get(address)
    finally:
        logging.getLogger("django.request").removeHandler(handler)
    text = answer.content.decode()
    assert answer.status_code == 503
    assert answer.headers["Retry-After"]
    assert "连不上数据库" in text
    assert "请过一两分钟再试" in text
    number = re.search(r"编号([0-9a-f]+)", text)
    assert number is not None
    (line,) = lines
    assert line.startswith("数据库没有回答")
    assert number[1] in line
    assert "\n" not in line
    assert client.get(address).status_code == 200, "as soon as it answers again"


def test_a_form_says_that_it_was_not_saved_and_a_part_of_a_page_is_a_line(
    county: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(county.people[Role.CLERK])
    with monkeypatch.context() as patch:
        patch.setattr(connections["default"], "cursor", Away(ERRORS[0]))
        line = client.post("/2027/intake/upload", headers={"HX-Request": "true"})
    assert (line.status_code, line.headers["Content-Type"]) == (503, "text/plain; charset=utf-8")
    assert "这一次没有保存" in line.content.decode()


def test_a_defect_of_ours_is_no_database_that_is_away(county: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(county.people[Role.CLERK])
    with monkeypatch.context() as patch:
        patch.setattr(connections["default"], "cursor", Away(OperationalError("no such column: x")))
        assert client.get("/").status_code == 500


def test_who_watches_is_told(county: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    client = Client()
    assert client.get("/healthz").json() == {"status": "ok", "database": "ok", "background": "ok"}
    enqueue("intake.read", key="1", file=1)
    assert client.get("/healthz").json()["background"] == "ok"
    with clock.at(clock.now() + timedelta(minutes=6)):
        assert client.get("/healthz").json()["background"] == "late"
    Job.objects.unrestricted("test").delete()
    with monkeypatch.context() as patch:
        patch.setattr(connections["default"], "ensure_connection", Away(ERRORS[0]))
        answer = client.get("/healthz")
    assert (answer.status_code, answer.json()["status"]) == (503, "down")


def _status(address: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(address, timeout=30) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


@pytest.mark.process
def test_postgresql_that_is_stopped_and_started_again(tmp_path: Path) -> None:
    if postgres.programs() is None:
        pytest.skip("没有 PostgreSQL：运行 make setup-system")
    with (
        postgres.running() as server,
        served(tmp_path / "data", "--web", "1", "--workers", "1", env={"DATABASE_URL": server.url}) as office,
    ):
        browser = Browser(office)
        form = {"username": "nobody", "password": "wrong-password", "csrfmiddlewaretoken": _token(browser)}
        headers = {"Referer": f"{browser.root}/login"}
        login = urllib.request.Request(f"{browser.root}/login", urllib.parse.urlencode(form).encode(), headers)
        assert browser.get("/healthz")[0] == 200
        server.stop()
        status, text = browser.get("/healthz")
        assert (status, json.loads(text)["database"]) == (503, "down")
        status, text = browser._open(login)
        assert status == 503, text
        assert "这一次没有保存" in text
        number = re.search(r"编号([0-9a-f]+)", text)
        assert number is not None
        assert eventually(lambda: number[1] in office.words), office.words
        assert "Traceback" not in office.words
        server.start()
        assert eventually(lambda: browser.get("/healthz")[0] == 200)
        assert browser._open(login)[0] == 422, "wrong password, as before"


def _token(browser: Browser) -> str:
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', browser.get("/login")[1])
    assert found is not None
    return found[1]
