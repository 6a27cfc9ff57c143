"""A list of projects among the files that came in: told as one, and taken on to the import of the pool."""

from __future__ import annotations

from io import BytesIO

from django.test import Client
from openpyxl import Workbook

from jixiao.web.accounts.roles import Role
from jixiao.web.imports.models import ImportSession
from jixiao.web.intake.models import IncomingFile
from web.intake.desk import hand_in
from web.make import YEAR, Office


def listed() -> bytes:
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.append(["项目编码", "项目名称", "单位编码", "单位名称", "预算数（万元）"])
    sheet.append(["T001", "展会补助", "301", "清源县商务局", "120"])
    sheet.append(["T002", "驻点招商", "301002", "清源县投资促进中心", "80"])
    held = BytesIO()
    made.save(held)
    return held.getvalue()


def test_a_list_of_projects_goes_on_to_the_import(county: Office, client: Client) -> None:
    section = county.actor(Role.PERFORMANCE_SECTION)
    (row,) = hand_in(section, {"一体化/项目.xlsx": listed()}, year=YEAR)
    assert row.state == IncomingFile.State.UNREADABLE
    assert "项目清单" in row.met
    client.force_login(county.people[Role.PERFORMANCE_SECTION])
    shown = client.get(f"/{YEAR}/intake/").content.decode()
    assert "到项目库导入" in shown
    answer = client.post(f"/desk/files/{row.pk}/import")
    session = ImportSession.objects.unrestricted("test").get()
    assert answer.status_code == 302
    assert answer.headers["Location"] == f"/imports/{session.pk}/columns"
    assert (session.kind, session.year, session.file_name) == ("projects", YEAR, "项目.xlsx")
    assert session.stored_id == row.stored_id, "the same bytes are kept once"


def test_who_may_not_import_is_not_offered_it(county: Office, client: Client) -> None:
    clerk = county.actor(Role.CLERK)
    (row,) = hand_in(clerk, {"项目.xlsx": listed()}, year=YEAR)
    client.force_login(county.people[Role.CLERK])
    shown = client.get(f"/{YEAR}/intake/").content.decode()
    assert "项目清单" in shown
    assert "到项目库导入" not in shown
    assert client.post(f"/desk/files/{row.pk}/import").status_code == 403


def test_other_files_are_not_taken_for_lists(county: Office, client: Client) -> None:
    section = county.actor(Role.PERFORMANCE_SECTION)
    (row,) = hand_in(section, {"菜谱.txt": "红烧肉：五花肉一斤。".encode()}, year=YEAR)
    client.force_login(county.people[Role.PERFORMANCE_SECTION])
    assert client.post(f"/desk/files/{row.pk}/import").status_code == 404
