"""Sets as programs read them and start sheets in them: the same as pages, with the same rights."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from jixiao.readers import read_bytes
from jixiao.web.accounts.roles import Role
from jixiao.web.audit.models import AuditEntry
from jixiao.web.goals.models import Sheet, SheetState
from jixiao.web.projects.models import ProjectYear
from web.make import YEAR, Office

API = "/api/v1"


@pytest.fixture
def pool(county: Office) -> Office:
    for n, (name, project) in enumerate(county.projects.items()):
        ProjectYear.objects.create(project=project, year=YEAR, code=f"P{n}", name=name, total_fen=100)
    return county


def as_(county: Office, role: Role) -> Client:
    made = Client()
    made.force_login(county.people[role])
    return made


def act(client: Client, code: str, **body: object) -> Any:
    return client.post(f"{API}/acts/{code}", json.dumps(body), "application/json")


def test_a_set_is_read_filled_and_taken_away(pool: Office) -> None:
    clerk, unit = as_(pool, Role.CLERK), pool.commerce.pk
    found: Any = clerk.get(f"{API}/sets/{unit}?year={YEAR}").json()
    assert [one["place"] for one in found["places"]][:2] == ["part_one", "department_wide"]
    place = found["places"][2]["place"]
    made = act(clerk, "sheet.started", year=YEAR, unit=unit, place=place)
    assert made.status_code == 200, made.content.decode()
    sheet = Sheet.objects.unrestricted("test").get()
    assert (sheet.title, sheet.state) == ("招商费用", SheetState.DRAFTED)
    again = act(clerk, "sheet.started", year=YEAR, unit=unit, place=place)
    assert again.status_code == 409
    told = act(clerk, "sheet.unreported", year=YEAR, unit=unit, kind="part_one", reason="县里没有要求")
    assert told.status_code == 200
    found = clerk.get(f"{API}/sets/{unit}?year={YEAR}").json()
    assert (found["settled"], found["expected"], found["hidden"]) == (2, 4, 1)
    assert found["places"][0]["reason"] == "县里没有要求"
    assert found["places"][2]["counts"]["errors"] == sheet.errors
    review: Any = clerk.get(f"{API}/sets/{unit}/review?year={YEAR}").json()
    assert list(review["sheets"]) == [str(sheet.pk)]
    answer: Any = clerk.get(f"{API}/sets/{unit}/export?year={YEAR}&form=docx")
    assert read_bytes(b"".join(answer.streaming_content), "a.docx").goal_sheets[0].project.name == "招商费用"
    assert AuditEntry.objects.unrestricted("test").filter(action="sheet.exported").count() == 1
    assert act(clerk, "sheet.voided", year=YEAR, key=sheet.pk, reason="起错了").status_code == 200
    sheet.refresh_from_db()
    assert sheet.state == SheetState.VOID


@pytest.mark.parametrize(
    ("role", "unit", "status"),
    [
        (Role.CLERK, "water", 404),
        (Role.EXPERT, "commerce", 404),
        (Role.PUBLISHER, "commerce", 200),
        (Role.SYSTEM_ADMIN, "commerce", 403),
        (Role.PERFORMANCE_SECTION, "water", 200),
    ],
)
def test_sets_are_seen_by_whom_they_concern(pool: Office, role: Role, unit: str, status: int) -> None:
    client, key = as_(pool, role), getattr(pool, unit).pk
    assert client.get(f"{API}/sets/{key}?year={YEAR}").status_code == status
    listed: Any = client.get(f"{API}/sets?year={YEAR}")
    assert listed.status_code == (403 if status == 403 else 200)
    if status != 403:
        assert (key in [row["unit"] for row in listed.json()["rows"]]) == (status == 200)
    place = f"goal-{pool.projects['招商费用'].pk}"
    allowed = role is Role.PERFORMANCE_SECTION and unit == "commerce"
    assert (act(client, "sheet.started", year=YEAR, unit=key, place=place).status_code == 200) == allowed


def test_lists_of_sets_are_narrowed_to_what_lacks_something(pool: Office) -> None:
    bureau = as_(pool, Role.PERFORMANCE_SECTION)
    rows: Any = bureau.get(f"{API}/sets?year={YEAR}&lacking=true").json()["rows"]
    assert [(row["name"], row["settled"], row["expected"]) for row in rows] == [
        ("清源县商务局", 0, 4),
        ("清源县水利局", 0, 3),
    ]
    for kind in ("part_one", "department_wide"):
        act(bureau, "sheet.unreported", year=YEAR, unit=pool.water.pk, kind=kind, reason="没有要求")
    project = pool.projects["河道疏浚"].pk
    act(bureau, "sheet.unreported", year=YEAR, unit=pool.water.pk, project=project, reason="并入省级项目")
    rows = bureau.get(f"{API}/sets?year={YEAR}&lacking=true").json()["rows"]
    assert [row["name"] for row in rows] == ["清源县商务局"]
    assert bureau.get(f"{API}/sets?year={YEAR}&grad=1").status_code == 400
