"""The desk of one person: a key that works once, this computer's names only, no password."""

from __future__ import annotations

from pathlib import Path
from threading import Barrier, Thread

import pytest
from django.test import Client

from jixiao.web.accounts.models import User
from jixiao.web.desk.keys import new_key, take_key


@pytest.fixture
def desk(settings: object, tmp_path: Path) -> Path:
    settings.DESK, settings.DATA = True, tmp_path  # type: ignore[attr-defined]
    return tmp_path


@pytest.mark.django_db
def test_the_key_works_once_and_becomes_a_session(desk: Path) -> None:
    key = new_key(desk)
    first = Client(headers={"host": "127.0.0.1:8123"})
    assert first.get("/desk/enter", {"key": key}).status_code == 302
    assert first.get("/", follow=True).status_code == 200
    second = Client(headers={"host": "127.0.0.1:8123"})
    refused = second.get("/desk/enter", {"key": key})
    assert refused.status_code == 404
    assert "再双击一次" in refused.content.decode()
    assert second.get("/").status_code == 302


@pytest.mark.django_db
def test_another_key_is_none(desk: Path) -> None:
    key = new_key(desk)
    client = Client(headers={"host": "127.0.0.1"})
    assert client.get("/desk/enter", {"key": "x"}).status_code == 404
    assert client.get("/desk/enter").status_code == 404
    newer = new_key(desk)
    assert client.get("/desk/enter", {"key": key}).status_code == 404, "a newer key was made"
    assert client.get("/desk/enter", {"key": newer}).status_code == 302


@pytest.mark.django_db
def test_under_another_name_nothing_is_answered(desk: Path) -> None:
    key = new_key(desk)
    assert Client(headers={"host": "evil.example"}).get("/desk/enter", {"key": key}).status_code == 400
    assert (desk / "desk.key").exists()


@pytest.mark.django_db
def test_nobody_signs_in_by_password(desk: Path) -> None:
    client = Client(headers={"host": "localhost:8000"})
    assert client.get("/desk/enter", {"key": new_key(desk)}).status_code == 302
    user = User.objects.unrestricted("test").get()
    assert not user.has_usable_password()
    assert Client(headers={"host": "localhost"}).post("/login", {"username": "desk", "password": ""}).status_code == 403


@pytest.mark.django_db
def test_without_the_desk_there_is_no_such_door(settings: object, tmp_path: Path) -> None:
    settings.DATA = tmp_path  # type: ignore[attr-defined]
    key = new_key(tmp_path)
    assert Client().get("/desk/enter", {"key": key}).status_code == 404


def test_of_many_at_once_one_gets_in(tmp_path: Path) -> None:
    for _ in range(20):
        key = new_key(tmp_path)
        together, got = Barrier(8), []

        def bring(key: str = key, together: Barrier = together, got: list[bool] = got) -> None:
            together.wait()
            got.append(take_key(tmp_path, key))

        threads = [Thread(target=bring) for _ in range(8)]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
        assert sum(got) == 1


def test_nobody_asks_whose_a_file_is_where_there_is_only_one(settings: object) -> None:
    from jixiao.web.desk.selectors import QueuedFile
    from jixiao.web.intake.models import IncomingFile

    file = QueuedFile(IncomingFile(name="a.docx", state=IncomingFile.State.TO_CHECK), 0, 2026)
    assert (file.words, file.is_clean) == ("先定部门、年度", False)
    settings.DESK = True  # type: ignore[attr-defined]
    assert file.is_clean
    assert "部门" not in file.words
