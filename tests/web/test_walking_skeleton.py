"""From a file dropped to a file taken away: signed in, read, looked at, accepted, shown, exported, read back."""

from __future__ import annotations

from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from jixiao.readers import read_bytes
from jixiao.web.accounts.roles import Role
from jixiao.web.goals.models import Sheet
from jixiao.web.intake.models import IncomingFile, IncomingSheet
from jixiao.web.intake.services import confirm, decide_file, decide_sheet
from jixiao.web.jobs.queue import run_pending
from web.make import PASSWORD, YEAR, Office

COUNTY = Path(__file__).parents[2] / "examples" / "county" / "files"
_FILE = COUNTY / "清源县卫生健康局2026年部门预算绩效文本.docx"


def upload(client: Client, *files: Path, year: int = YEAR) -> None:
    given = [SimpleUploadedFile(file.name, file.read_bytes()) for file in files]
    answer = client.post(f"/{year}/intake/upload", {"file": given})
    assert answer.status_code == 302, answer.content.decode()


def test_from_a_file_dropped_to_a_file_taken_away(county: Office, client: Client) -> None:
    assert client.post("/login", {"username": Role.CLERK.value, "password": PASSWORD}).status_code == 302
    upload(client, _FILE)
    assert run_pending() == 1
    clerk = county.actor(Role.CLERK)
    file = IncomingFile.objects.restrict(clerk, "intake.view").get()
    assert (file.state, file.year) == ("to_check", 2026)
    assert file.department is None, "the text is of another department than the one that received it"
    decide_file(clerk, file=file.pk, department=county.commerce.pk)
    sheets = list(IncomingSheet.objects.restrict(clerk, "intake.view").order_by("position"))
    for sheet in sheets:
        confirm(clerk, sheet=sheet.pk, pointers=[doubt["pointer"] for doubt in sheet.doubts])
        if sheet.kind == "goal":
            decide_sheet(clerk, sheet=sheet.pk, unit=county.commerce.pk, makes_project=True)
        else:
            decide_sheet(clerk, sheet=sheet.pk, unit=county.commerce.pk)
    assert client.post(f"/desk/files/{file.pk}/accept").status_code == 302
    taken = Sheet.objects.restrict(clerk, "sheet.view").filter(year=2026)
    assert taken.count() == len(sheets)
    goals = taken.filter(kind="goal").order_by("pk").first()
    assert goals is not None
    listed = client.get("/2026/sheets/").content.decode()
    assert goals.title in listed
    shown = client.get(f"/2026/sheets/{goals.pk}/").content.decode()
    read = read_bytes(_FILE.read_bytes(), _FILE.name)
    first = read.goal_sheets[0]
    assert first.project.name == goals.title
    assert all(row.target.text in shown for row in first.indicators if row.target.text)
    answer = client.get(f"/2026/sheets/{goals.pk}/export/docx")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    again = read_bytes(b"".join(answer.streaming_content), "back.docx")  # type: ignore[attr-defined]
    assert [row.name for row in again.goal_sheets[0].indicators] == [row.name for row in first.indicators]
    assert [row.target.text for row in again.goal_sheets[0].indicators] == [r.target.text for r in first.indicators]
