"""Sheets as rows for the budget platform: of a sheet, a set, a list; what it would refuse is told and nothing goes out."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.test import Client

from jixiao.web.accounts.roles import Role
from jixiao.web.audit.models import AuditEntry
from jixiao.web.goals.models import Sheet
from web.editor.sheets import plan_now, put, rows, send, sheet_of
from web.make import YEAR, Office


@pytest.fixture
def sheet(county: Office) -> Sheet:
    return sheet_of(county)


@pytest.fixture
def clerk(county: Office, client: Client) -> Client:
    client.force_login(county.people[Role.CLERK])
    return client


def book(client: Client, address: str) -> Any:
    answer: Any = client.get(address)
    assert answer.status_code == 200, answer.content.decode()
    return openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))


def column(found: Any, sheet: str, name: str) -> list[Any]:
    heads, _, *lines = found[sheet].values
    return [line[heads.index(name)] for line in lines]


def addresses(sheet: Sheet, form: str) -> list[str]:
    department = sheet.unit.department_id or sheet.unit_id
    return [
        f"/{YEAR}/sheets/{sheet.pk}/edit/export/{form}",
        f"/{YEAR}/sets/{department}/export/{form}",
        f"/{YEAR}/sheets/export/{form}",
    ]


@pytest.mark.parametrize("place", range(3))
def test_rows_stand_under_the_names_of_the_platform(sheet: Sheet, clerk: Client, place: int) -> None:
    found = book(clerk, addresses(sheet, "platform-standard")[place])
    plan = plan_now(sheet)
    names = [row.name for row in plan.goal_sheets[0].indicators]
    assert column(found, "PM_PERF_INDICATOR", "kpi_lv3") == names
    assert set(column(found, "PM_PERF_INDICATOR", "mof_div_code")) == {sheet.unit.region.code}
    assert set(column(found, "PM_PERF_GOAL_INFO", "fiscal_year")) == {str(YEAR)}
    noted = AuditEntry.objects.unrestricted("test").filter(action="sheet.exported").count()
    assert noted == 1


@pytest.mark.parametrize("place", range(2))
def test_what_is_too_long_is_told_and_nothing_goes_out(sheet: Sheet, clerk: Client, place: int) -> None:
    said = plan_now(sheet).goal_sheets[0].indicators[0].target.text or ""
    assert send(clerk, sheet, put(rows(sheet)[0], "/target", "按" * 61, said)).status_code == 200
    answer = clerk.get(addresses(sheet, "platform-standard")[place])
    assert answer.status_code == 422
    words = answer.content.decode()
    assert "有61个字，平台最多收60个" in words
    assert "指标值" in words
    assert not AuditEntry.objects.unrestricted("test").filter(action="sheet.exported").exists()


def test_a_locality_lays_its_template_into_the_data(sheet: Sheet, clerk: Client, tmp_path: Path, settings: Any) -> None:
    settings.DATA = tmp_path
    (tmp_path / "platforms").mkdir()
    file = tmp_path / "platforms" / "qingyuan.yaml"
    file.write_text(
        'name: qingyuan\ntitle: 清源平台\nsummary: 一张\nversion: "1"\nsource: {where: 某处}\nsheets:\n'
        "  - {name: 表, title: 表, of: indicators, about: project, columns: [{name: a, title: 三级, value: name}]}\n",
        encoding="utf-8",
    )
    assert "一体化导入表：清源平台" in clerk.get(f"/{YEAR}/sheets/{sheet.pk}/edit").content.decode()
    found = book(clerk, addresses(sheet, "platform-qingyuan")[0])
    assert column(found, "表", "a") == [row.name for row in plan_now(sheet).goal_sheets[0].indicators]
    file.write_text("name: [", encoding="utf-8")
    assert "清源平台" not in clerk.get(f"/{YEAR}/sheets/{sheet.pk}/edit").content.decode()
    assert "platforms 里的模板不能用" in clerk.get(addresses(sheet, "platform-standard")[0]).content.decode()


@pytest.mark.parametrize("place", range(3))
def test_a_template_there_is_not_is_not_there(sheet: Sheet, clerk: Client, place: int) -> None:
    assert clerk.get(addresses(sheet, "platform-nonsense")[place]).status_code == 404


@pytest.mark.parametrize("place", range(3))
def test_another_department_gets_nothing(county: Office, sheet: Sheet, client: Client, place: int) -> None:
    client.force_login(county.others[Role.CLERK])
    assert client.get(addresses(sheet, "platform-standard")[place]).status_code in (403, 404)
