"""Sheets filled in without network: what goes out, what comes back, what becomes of it."""

from __future__ import annotations

import io
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from jixiao.domain.cells import cell_text
from jixiao.domain.identity import pointers
from jixiao.web.accounts.roles import Role
from jixiao.web.audit.models import AuditEntry
from jixiao.web.editor.models import Operation, Proposal
from jixiao.web.editor.offline.manifest import from_text
from jixiao.web.goals.models import Sheet, SheetState
from web.editor.sheets import plan_now, put, rows, send, sheet_of
from web.make import YEAR, Office


@pytest.fixture
def sheet(county: Office) -> Sheet:
    return sheet_of(county)


@pytest.fixture
def clerk(county: Office, client: Client) -> Client:
    client.force_login(county.people[Role.CLERK])
    return client


def out(client: Client, sheet: Sheet) -> bytes:
    answer: Any = client.get(f"/{YEAR}/sheets/{sheet.pk}/edit/offline")
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


class Book:
    """The workbook in the hands of somebody who fills it in."""

    def __init__(self, data: bytes) -> None:
        self.book = load_workbook(io.BytesIO(data))
        carried = self.book["_jixiao"]
        self.manifest = from_text("".join(str(row[0]) for row in carried.iter_rows(values_only=True)))
        self.page = self.book.worksheets[0]

    def cell(self, thing: str, below: str) -> Any:
        one = self.manifest.sheets[0]
        for line in self.page.iter_rows():
            for column, place in one.lines.get(str(line[0].value), {}).items():
                if (place.thing, place.below) == (thing, below):
                    return self.page[f"{column}{line[0].row}"]
        raise LookupError(thing, below)

    def line(self, thing: str) -> int:
        return int(self.cell(thing, "/name").row)

    def spare(self, name: str = "indicators") -> str:
        return next(id_ for id_, one in self.manifest.sheets[0].things.items() if one.spare and one.name == name)

    def saved(self) -> bytes:
        held = io.BytesIO()
        self.book.save(held)
        return held.getvalue()


def back(client: Client, sheet: Sheet, data: bytes) -> Any:
    file = SimpleUploadedFile("填好.xlsx", data)
    return client.post(f"/{YEAR}/sheets/{sheet.pk}/edit/offline/back", {"file": file})


def text(sheet: Sheet, thing: str, below: str) -> str:
    plan = plan_now(sheet)
    return cell_text(plan, f"{pointers(plan)[thing]}{below}") or ""


def take(client: Client, address: str, *keys: str, whole: bool = False) -> Any:
    seen = client.get(address).content.decode().split('name="seen" value="')[1].split('"')[0]
    return client.post(f"{address}/take", {"seen": seen, "change": list(keys), **({"whole": "1"} if whole else {})})


def test_only_cells_to_fill_in_are_open_and_say_what_belongs_there(sheet: Sheet, clerk: Client) -> None:
    data = out(clerk, sheet)
    book = Book(data)
    assert book.page.protection.sheet
    assert book.page.column_dimensions["A"].hidden
    assert book.book["_jixiao"].sheet_state == "veryHidden"
    one = book.manifest.sheets[0]
    places = [(thing.thing, thing.below) for line in one.lines.values() for thing in line.values()]
    assert len(places) == len(set(places))
    opened = {c.coordinate for line in book.page.iter_rows() for c in line if not c.protection.locked}
    wanted = {book.cell(*place).coordinate for place in places}
    assert wanted <= opened
    row = rows(sheet)[0]
    level = book.cell(row, "/class")
    rule = next(
        r for r in book.page.data_validations.dataValidation if level.coordinate in r.sqref and r.type == "list"
    )
    assert "产出指标" in rule.formula1
    assert all(len(r.prompt or "") <= 255 for r in book.page.data_validations.dataValidation)
    assert book.cell(row, "/target").number_format == "@"
    entry = AuditEntry.objects.unrestricted("test").order_by("-pk")[0]
    assert (entry.action, entry.after["sheets"]) == ("sheet.exported", [sheet.pk])


def test_what_was_filled_in_is_offered_and_taken_as_operations(sheet: Sheet, clerk: Client) -> None:
    first, second, third = rows(sheet)[:3]
    book = Book(out(clerk, sheet))
    book.cell(first, "/target").value = "≥88个"
    book.cell(second, "/name").value = "改过的名字"
    for cell in book.page[book.line(third)][1:]:
        if not cell.protection.locked and type(cell).__name__ == "Cell":
            cell.value = None
    spare = book.spare()
    book.cell(spare, "/name").value = "新增的指标"
    book.cell(spare, "/target").value = 12
    answer = back(clerk, sheet, book.saved())
    assert answer.status_code == 302, answer.content.decode()
    address = answer["Location"]
    page = clerk.get(address).content.decode()
    assert all(words in page for words in ("≥88个", "改过的名字", "新增的指标", "要删请打钩"))
    assert "Indicator(" not in page, "rows are called as people call them"
    assert plan_now(sheet).goal_sheets[0].indicators[0].target.text != "≥88个", "nothing is taken unasked"
    assert take(clerk, address, f"put|{first}|/target")["Location"] == address
    assert text(sheet, first, "/target") == "≥88个"
    assert text(sheet, second, "/name") != "改过的名字"
    assert take(clerk, address, whole=True).status_code == 302
    assert text(sheet, second, "/name") == "改过的名字"
    assert third in rows(sheet), "a row is never removed unasked"
    added = next(row for row in plan_now(sheet).goal_sheets[0].indicators if row.name == "新增的指标")
    assert added.target.text == "12"
    take(clerk, address, f"missing|{third}")
    assert third not in rows(sheet)
    assert Proposal.objects.unrestricted("test").get().state == "taken"
    made = Operation.objects.unrestricted("test").filter(outcome="saved")
    assert {one.kind for one in made} == {"put", "add", "remove"}
    actions = list(AuditEntry.objects.unrestricted("test").order_by("pk").values_list("action", flat=True))
    assert "sheet.proposed" in actions
    assert "sheet.proposal_taken" in actions


def test_the_same_file_counts_once_and_knows_its_rows_again(sheet: Sheet, clerk: Client) -> None:
    book = Book(out(clerk, sheet))
    spare = book.spare()
    book.cell(spare, "/name").value = "新增的指标"
    address = back(clerk, sheet, book.saved())["Location"]
    take(clerk, address, whole=True)
    book.cell(spare, "/target").value = "≥3次"
    filled = book.saved()
    again = back(clerk, sheet, filled)["Location"]
    assert again != address
    take(clerk, again, whole=True)
    found = [row for row in plan_now(sheet).goal_sheets[0].indicators if row.name == "新增的指标"]
    assert [row.target.text for row in found] == ["≥3次"]
    assert back(clerk, sheet, filled)["Location"] == again


def test_what_was_written_meanwhile_is_shown_and_kept(sheet: Sheet, clerk: Client) -> None:
    row = rows(sheet)[0]
    was = text(sheet, row, "/target")
    book = Book(out(clerk, sheet))
    book.cell(row, "/target").value = "≥88个"
    send(clerk, sheet, put(row, "/target", "≥77个", was))
    address = back(clerk, sheet, book.saved())["Location"]
    page = clerk.get(address).content.decode()
    assert "导出以后网上也改了" in page
    assert f'value="put|{row}|/target" checked' not in page
    send(clerk, sheet, put(row, "/name", "别的名字", text(sheet, row, "/name")))
    stale = clerk.post(f"{address}/take", {"seen": "1", "change": [f"put|{row}|/target"]})
    assert stale.status_code == 409
    assert text(sheet, row, "/target") == "≥77个"


def test_while_the_sheet_is_frozen_it_waits(sheet: Sheet, clerk: Client) -> None:
    row = rows(sheet)[0]
    book = Book(out(clerk, sheet))
    book.cell(row, "/target").value = "≥88个"
    Sheet.objects.unrestricted("test").filter(pk=sheet.pk).update(state=SheetState.SUBMITTED)
    address = back(clerk, sheet, book.saved())["Location"]
    page = clerk.get(address).content.decode()
    assert "退回以后再采用" in page
    assert 'name="whole"' not in page
    refused = clerk.post(f"{address}/take", {"seen": "0", "whole": "1"})
    assert refused.status_code == 409
    assert "先放着" in clerk.get(f"/{YEAR}/sheets/{sheet.pk}/edit").content.decode()
    Sheet.objects.unrestricted("test").filter(pk=sheet.pk).update(state=SheetState.DRAFTED)
    take(clerk, address, whole=True)
    assert text(sheet, row, "/target") == "≥88个"


def test_lines_moved_and_put_in_between_are_understood(sheet: Sheet, clerk: Client) -> None:
    """Somebody took the protection off."""
    first, second = rows(sheet)[:2]
    book = Book(out(clerk, sheet))
    book.cell(second, "/target").value = "≥66个"
    name, at = book.cell(first, "/name").column_letter, book.line(first)
    ranges = [str(r) for r in book.page.merged_cells.ranges]
    for one in ranges:
        book.page.unmerge_cells(one)
    book.page.insert_rows(at + 1)
    book.page[f"{name}{at + 1}"].value = "插进来的一行"
    address = back(clerk, sheet, book.saved())["Location"]
    take(clerk, address, whole=True)
    indicators = plan_now(sheet).goal_sheets[0].indicators
    assert [row.name for row in indicators][1] == "插进来的一行"
    assert text(sheet, second, "/target") == "≥66个"


@pytest.mark.office
def test_what_libreoffice_saved_is_understood(sheet: Sheet, clerk: Client, tmp_path: Path) -> None:
    """Its own file of the workbook: hidden worksheets, marks and lists stay."""
    row = rows(sheet)[0]
    book = Book(out(clerk, sheet))
    book.cell(row, "/target").value = "≥88个"
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "表.xlsx").write_bytes(book.saved())
    command = ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to", "xlsx"]
    subprocess.run(
        [*command, "--outdir", str(tmp_path), str(tmp_path / "in" / "表.xlsx")],
        check=True,
        capture_output=True,
        timeout=240,
    )
    data = (tmp_path / "表.xlsx").read_bytes()
    saved = Book(data)
    assert saved.page.protection.sheet
    assert any(rule.type == "list" for rule in saved.page.data_validations.dataValidation)
    take(clerk, back(clerk, sheet, data)["Location"], whole=True)
    assert text(sheet, row, "/target") == "≥88个"
    changes = Proposal.objects.unrestricted("test").get().changes
    assert [(one["kind"], one["below"]) for one in changes] == [("put", "/target")], "nothing else came to be changed"


def test_other_files_are_refused_in_plain_words(county: Office, sheet: Sheet, clerk: Client) -> None:
    other = sheet_of(county, "公共卫生") if "公共卫生" in county.projects else None
    empty = Book(out(clerk, sheet)).saved()
    assert "没有填新的内容" in back(clerk, sheet, empty).content.decode()
    assert "不是从这里导出的" in back(clerk, sheet, _plain()).content.decode()
    assert back(clerk, sheet, b"PK nothing").status_code == 422
    assert back(clerk, sheet, b"").status_code == 422
    if other is not None:
        filled = Book(out(clerk, sheet))
        filled.cell(rows(sheet)[0], "/target").value = "≥88个"
        assert back(clerk, other, filled.saved()).status_code == 422
    assert not Proposal.objects.unrestricted("test").exists()


def _plain() -> bytes:
    from openpyxl import Workbook

    held = io.BytesIO()
    Workbook().save(held)
    return held.getvalue()


def test_a_spoilt_number_inside_is_refused(sheet: Sheet, clerk: Client) -> None:
    data = out(clerk, sheet)
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(held, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, part.replace(b"/target", b"/../../x"))
    answer = back(clerk, sheet, held.getvalue())
    assert answer.status_code == 422
    assert not Proposal.objects.unrestricted("test").exists()


def test_a_set_goes_out_as_one_workbook(county: Office, sheet: Sheet, clerk: Client) -> None:
    answer: Any = clerk.get(f"/{YEAR}/sheets/offline")
    assert answer.status_code == 200
    book = Book(b"".join(answer.streaming_content))
    assert [one.key for one in book.manifest.sheets] == [sheet.pk]
    assert len(book.book.worksheets) == 2


def test_others_get_neither_workbook_nor_proposal(county: Office, sheet: Sheet, clerk: Client) -> None:
    book = Book(out(clerk, sheet))
    book.cell(rows(sheet)[0], "/target").value = "≥88个"
    address = back(clerk, sheet, book.saved())["Location"]
    clerk.force_login(county.people[Role.AUDITOR])
    assert clerk.get(f"/{YEAR}/sheets/{sheet.pk}/edit/offline").status_code in (403, 404)
    assert clerk.get(address).status_code in (403, 404)
    assert back(clerk, sheet, book.saved()).status_code in (403, 404)


def test_programs_do_the_same(county: Office, sheet: Sheet, client: Client) -> None:
    from jixiao.web.accounts.tokens import make_token

    token = make_token(county.actor(Role.CLERK), title="离线", scopes=["sheet.*"]).value
    headers = {"Authorization": f"Bearer {token}"}
    answer: Any = client.get(f"/api/v1/sheets/{sheet.pk}/offline", headers=headers)
    book = Book(b"".join(answer.streaming_content))
    row = rows(sheet)[0]
    book.cell(row, "/target").value = "≥88个"
    file = SimpleUploadedFile("填好.xlsx", book.saved())
    made = client.post(f"/api/v1/sheets/{sheet.pk}/offline", {"file": file}, headers=headers)
    assert made.status_code == 200, made.content.decode()
    (thing,) = made.json()["things"]
    body = {"year": YEAR, "key": sheet.pk, "proposal": thing["id"], "seen": 0, "chosen": [f"put|{row}|/target"]}
    said = client.post("/api/v1/acts/sheet.proposal_taken", body, content_type="application/json", headers=headers)
    assert said.status_code == 200, said.content.decode()
    assert text(sheet, row, "/target") == "≥88个"
