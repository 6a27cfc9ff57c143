"""The four steps as pages."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from jixiao.web.accounts.roles import Role
from jixiao.web.audit.models import AuditEntry
from jixiao.web.imports import reading, running
from jixiao.web.imports.models import ImportSession
from jixiao.web.jobs.queue import run_pending
from jixiao.web.projects.models import ProjectYear
from web.imports.books import LIST, MERGES, xlsx
from web.make import Office


@pytest.fixture(autouse=True)
def _read_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "read", reading.workbook_of)


def _upload(client: Client, data: bytes, name: str = "项目.xlsx") -> str:
    answer = client.post("/imports/new/test-projects/", {"file": SimpleUploadedFile(name, data)})
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def test_four_steps(county: Office, client: Client) -> None:
    client.force_login(county.people[Role.PERFORMANCE_SECTION])
    rows = [list(row) for row in LIST]
    rows[4][1] = "399"
    place = _upload(client, xlsx(rows, MERGES))
    shown = client.get(place).content.decode()
    assert 'name="header" value="3,4"' in shown
    assert "合计小计" in shown
    form = {
        "sheet": "0",
        "header": "3,4",
        "column-unit": "1",
        "column-name": "2",
        "column-total": "4",
        "unit-total": "万元",
    }
    answer = client.post(place, form)
    assert answer.status_code == 302
    tried = client.get(answer["Location"]).content.decode()
    assert "没有编码是 399 的单位" in tried
    assert not ProjectYear.objects.unrestricted("test").exists()
    session = ImportSession.objects.unrestricted("test").get()
    assert session.mapping["class"][0] == 3, "what the form did not show is as it was"
    assert client.post(f"/imports/{session.pk}/apply").status_code == 302
    done = client.get(f"/imports/{session.pk}/rows").content.decode()
    assert "导入2行（新增2，改了0）" in done
    left = client.get(f"/imports/{session.pk}/left.xlsx")
    assert left["Content-Type"].endswith("sheet")
    noted = AuditEntry.objects.unrestricted("test").get(action="import.handed_out")
    assert noted.after["what"] == "没有导入的行"
    assert client.get("/imports/").content.decode().count("项目.xlsx") == 1


def test_a_file_that_cannot_be_read_is_answered_where_it_was_chosen(county: Office, client: Client) -> None:
    client.force_login(county.people[Role.PERFORMANCE_SECTION])
    answer = client.post("/imports/new/test-projects/", {"file": SimpleUploadedFile("x.xlsx", b"PK\x03\x04nothing")})
    assert answer.status_code == 422
    assert "损坏" in answer.content.decode()
    assert client.post("/imports/new/test-projects/", {}).status_code == 422
    assert client.get("/imports/new/nothing/").status_code == 404


def test_others_find_nothing(county: Office, client: Client) -> None:
    client.force_login(county.people[Role.PERFORMANCE_SECTION])
    place = _upload(client, xlsx(LIST, MERGES))
    client.force_login(county.people[Role.CLERK])
    assert client.get(place).status_code == 404
    assert client.get("/imports/new/test-projects/").status_code == 403
    for step in ("try", "apply", "drop"):
        assert client.post(place.replace("columns", step)).status_code == 404
    assert client.get("/imports/").status_code == 200


@pytest.mark.parametrize(
    "query", ["header=999", "sheet=99", "header=x", "header=9999999999", "sheet=-1", "header=1,2,3,4,5"]
)
def test_a_head_that_is_none_is_asked_not_broken(county: Office, client: Client, query: str) -> None:
    client.force_login(county.people[Role.PERFORMANCE_SECTION])
    place = _upload(client, xlsx(LIST, MERGES))
    assert client.get(f"{place}?{query}").status_code == 200
    form = dict(part.split("=") for part in query.split("&"))
    assert client.post(place, {"sheet": "0", "header": "3,4", **form}).status_code in (302, 422)


def test_an_unknown_state_is_refused(county: Office, client: Client) -> None:
    client.force_login(county.people[Role.PERFORMANCE_SECTION])
    place = _upload(client, xlsx(LIST, MERGES))
    assert client.get(place.replace("columns", "rows?state=x")).status_code == 400


def test_many_rows_are_tried_and_imported_in_the_background(
    county: Office, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "AT_ONCE", 5)
    client.force_login(county.people[Role.PERFORMANCE_SECTION])
    place = _upload(client, xlsx(LIST, MERGES))
    session = ImportSession.objects.unrestricted("test").get()
    client.post(place, {"sheet": "0", "header": "3,4"})
    rows = f"/imports/{session.pk}/rows"
    assert "可以离开" in client.get(rows).content.decode()
    assert "every 2s" in client.get(f"/imports/{session.pk}/progress").content.decode()
    assert run_pending() == 1
    assert "可导入3行" in client.get(rows).content.decode()
    assert "every 2s" not in client.get(f"/imports/{session.pk}/progress").content.decode()
    client.post(f"/imports/{session.pk}/apply")
    assert not ProjectYear.objects.unrestricted("test").exists()
    assert run_pending() == 1
    assert ProjectYear.objects.unrestricted("test").count() == 3
    assert "已导入3行" in client.get(rows).content.decode()


def test_work_that_failed_in_the_background_says_so_and_can_go_on(
    county: Office, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.force_login(county.people[Role.PERFORMANCE_SECTION])
    place = _upload(client, xlsx(LIST, MERGES))
    session = ImportSession.objects.unrestricted("test").get()
    client.post(place, {"sheet": "0", "header": "3,4"})
    monkeypatch.setattr(running, "AT_ONCE", 5)
    client.post(f"/imports/{session.pk}/apply")
    monkeypatch.setattr("jixiao.web.imports.services.apply_part", lambda *_, **__: 1 / 0)
    run_pending()
    assert "接着导剩下的3行" in client.get(f"/imports/{session.pk}/rows").content.decode()
