"""Cells saved one by one: each answered for itself, repeats harmless, nothing replaced that somebody else wrote."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from jixiao.domain.cells import cell_text
from jixiao.web.accounts.roles import Role
from jixiao.web.audit.history import history_of, object_of
from jixiao.web.audit.models import AuditEntry
from jixiao.web.editor.models import Draft, Operation
from jixiao.web.goals.models import Sheet, SheetState, SheetVersion
from jixiao.web.kernel.acts import Refused
from web.editor.sheets import plan_now, put, rows, send, sheet_of
from web.make import YEAR, Office


@pytest.fixture
def sheet(county: Office) -> Sheet:
    return sheet_of(county)


@pytest.fixture
def clerk(county: Office, client: Client) -> Client:
    client.force_login(county.people[Role.CLERK])
    return client


@pytest.fixture
def other(county: Office) -> Client:
    made = Client()
    made.force_login(county.people[Role.UNIT_HEAD])
    return made


def cells(sheet: Sheet) -> tuple[str, str]:
    """The first row, and what its value shows."""
    row = plan_now(sheet).goal_sheets[0].indicators[0]
    return row.id, row.target.text or ""


def test_a_cell_is_saved_with_what_is_found_in_it(sheet: Sheet, clerk: Client) -> None:
    row, was = cells(sheet)
    answer = send(clerk, sheet, put(row, "/target", "效果良好", was)).json()
    assert [one["outcome"] for one in answer["answers"]] == ["saved"]
    assert answer["revision"] == 1
    assert plan_now(sheet).goal_sheets[0].indicators[0].target.text == "效果良好"
    gravest, numbers, _ = answer["marks"][f"{row}.target"]
    assert gravest
    assert numbers
    assert "效果良好" in answer["findings"]
    version = SheetVersion.objects.unrestricted("test").get(sheet=sheet)
    assert "效果良好" not in str(version.document), "a version is never changed"


def test_what_is_sent_twice_counts_once(sheet: Sheet, clerk: Client) -> None:
    row, was = cells(sheet)
    one = put(row, "/target", "≥7个", was)
    first = send(clerk, sheet, one).json()
    again = send(clerk, sheet, one, put(row, "/target", "≥8个", "≥7个")).json()
    assert first["answers"][0]["outcome"] == again["answers"][0]["outcome"] == "saved"
    assert again["revision"] == 2
    assert Operation.objects.unrestricted("test").filter(sheet=sheet).count() == 2
    assert cells(sheet)[1] == "≥8个"


def test_the_same_cell_shows_both_and_the_second_chooses(sheet: Sheet, clerk: Client, other: Client) -> None:
    row, was = cells(sheet)
    send(other, sheet, put(row, "/target", "≥12个", was), page="page-two-2")
    (answer,) = send(clerk, sheet, put(row, "/target", "≥15个", was)).json()["answers"]
    assert (answer["outcome"], answer["text"]) == ("conflict", "≥12个")
    assert answer["who"] == "单位负责人甲"
    assert answer["time"]
    assert cells(sheet)[1] == "≥12个"
    kept = Operation.objects.unrestricted("test").get(outcome="conflict")
    assert kept.after == "≥15个", "what was typed is kept whatever became of it"
    (mine,) = send(clerk, sheet, put(row, "/target", "≥15个", "≥12个")).json()["answers"]
    assert mine["outcome"] == "saved"


def test_different_cells_never_collide(sheet: Sheet, clerk: Client, other: Client) -> None:
    first, second = rows(sheet)[:2]
    plan = plan_now(sheet).goal_sheets[0]
    name, target = plan.indicators[0].name or "", plan.indicators[0].target.text or ""
    send(other, sheet, put(first, "/name", "签约项目个数", name), page="page-two-2")
    send(other, sheet, put(second, "/weight", "7", str(plan.indicators[1].weight or "")), page="page-two-2")
    answer = send(clerk, sheet, put(first, "/target", "≥9个", target)).json()
    assert answer["answers"][0]["outcome"] == "saved"
    assert {one["text"] for one in answer["others"]} == {"签约项目个数", "7"}


def test_a_page_does_not_collide_with_itself(sheet: Sheet, clerk: Client) -> None:
    """An answer that was lost on its way: the page does not know yet what the server made of its words."""
    row, was = cells(sheet)
    send(clerk, sheet, put(row, "/weight", "１０", ""))
    answer = send(clerk, sheet, put(row, "/weight", "12", "１０"), put(row, "/target", "≥9个", was)).json()
    assert [one["outcome"] for one in answer["answers"]] == ["saved", "saved"]


def test_a_row_that_is_gone_takes_no_words_and_keeps_them(sheet: Sheet, clerk: Client, other: Client) -> None:
    row, was = cells(sheet)
    send(other, sheet, {"id": str(uuid4()), "kind": "remove", "thing": row, "seen": 0}, page="page-two-2")
    (answer,) = send(clerk, sheet, put(row, "/target", "≥9个", was)).json()["answers"]
    assert answer["outcome"] == "refused"
    assert "单位负责人甲" in answer["message"]
    assert "删了这一行" in answer["message"]
    assert Operation.objects.unrestricted("test").get(outcome="refused").after == "≥9个"


def test_a_row_that_somebody_wrote_in_is_not_removed_unseen(sheet: Sheet, clerk: Client, other: Client) -> None:
    row, was = cells(sheet)
    send(other, sheet, put(row, "/target", "≥12个", was), page="page-two-2")
    remove = {"id": str(uuid4()), "kind": "remove", "thing": row, "seen": 0}
    (answer,) = send(clerk, sheet, remove).json()["answers"]
    assert answer["outcome"] == "conflict"
    assert row in rows(sheet)
    seen = remove | {"id": str(uuid4()), "seen": 1}
    assert send(clerk, sheet, seen).json()["answers"][0]["outcome"] == "saved"
    assert row not in rows(sheet)


def test_rows_are_added_moved_and_written_in_at_once(sheet: Sheet, clerk: Client) -> None:
    owner = plan_now(sheet).goal_sheets[0].id
    add = {
        "id": str(uuid4()), "kind": "add", "thing": "r_aaaaaaaaaa", "holder": owner, "list": "/indicators",
        "after": rows(sheet)[0], "cells": {"/name": "带动就业人数", "/target": "≥200人", "/weight": "约十分"},
    }  # fmt: skip
    move = {"id": str(uuid4()), "kind": "move", "thing": "r_aaaaaaaaaa", "after": ""}
    answer = send(clerk, sheet, add, put("r_aaaaaaaaaa", "/class", "效益"), move).json()
    assert [one["outcome"] for one in answer["answers"]] == ["saved"] * 3
    row = plan_now(sheet).goal_sheets[0].indicators[0]
    assert (row.id, row.name, row.class_ and row.class_.label) == ("r_aaaaaaaaaa", "带动就业人数", "效益指标")
    assert "约十分" in answer["marks"]["r_aaaaaaaaaa.weight"][2]


@pytest.mark.parametrize("state", [SheetState.SUBMITTED, SheetState.REVIEWING, SheetState.APPROVED])
def test_what_arrives_after_the_sheet_was_handed_in_is_kept_aside(sheet: Sheet, clerk: Client, state: str) -> None:
    row, was = cells(sheet)
    Sheet.objects.unrestricted("test").filter(pk=sheet.pk).update(state=state)
    (answer,) = send(clerk, sheet, put(row, "/target", "≥99个", was)).json()["answers"]
    assert answer["outcome"] == "aside"
    assert cells(sheet)[1] == was
    page = clerk.get(f"/{YEAR}/sheets/{sheet.pk}/edit").content.decode()
    assert "≥99个" in page
    assert "另放着" in page
    assert "readonly" in page


def test_a_request_that_no_page_of_ours_sends_changes_nothing(sheet: Sheet, clerk: Client) -> None:
    row, was = cells(sheet)
    good = put(row, "/target", "≥9个", was)
    bad = [
        good | {"id": "1"}, good | {"kind": "sql"}, good | {"cell": "/../x"}, good | {"thing": "R'"}, good | {"text": 5},
        good | {"text": "a\x00"}, good | {"text": "\ud800"}, good | {"was": None}, "x", None, good | {"seen": -1},
    ]  # fmt: skip
    for one in bad:
        assert send(clerk, sheet, good | {"id": str(uuid4())}, one).status_code == 400, one  # type: ignore[arg-type]
    assert send(clerk, sheet, good | {"text": "长" * 20_001}).status_code == 422
    assert send(clerk, sheet, *[good] * 501).status_code == 400
    for body in ("", "[]", "{", '{"client": "x"}', "[" * 100_000):
        path = f"/{YEAR}/sheets/{sheet.pk}/edit/save"
        assert clerk.post(path, body, content_type="application/json").status_code == 400
    assert not Operation.objects.unrestricted("test").exists()
    assert not Draft.objects.unrestricted("test").exists()


def test_every_request_that_changes_leaves_one_entry(sheet: Sheet, clerk: Client) -> None:
    row, was = cells(sheet)
    entries = AuditEntry.objects.unrestricted("test").order_by("pk")
    before = entries.count()
    one = put(row, "/target", "≥9个", was)
    send(clerk, sheet, one, put(row, "/weight", "8"))
    send(clerk, sheet, one)
    made = list(entries[before:])
    assert [entry.action for entry in made] == ["sheet.edited"]
    assert "≥9个" in str(made[0].after)
    assert was in str(made[0].before)


def test_a_draft_becomes_a_version_once(county: Office, sheet: Sheet, clerk: Client) -> None:
    row, was = cells(sheet)
    send(clerk, sheet, put(row, "/target", "≥9个", was))
    path = f"/{YEAR}/sheets/{sheet.pk}/edit/name"
    assert clerk.post(path, {"reason": "按会议意见"}).status_code == 302
    version = SheetVersion.objects.unrestricted("test").filter(sheet=sheet).order_by("-number")[0]
    assert version.number == 2
    assert version.reason == "按会议意见（1处改动）"
    assert "≥9个" in str(version.document)
    assert clerk.post(path).status_code == 409
    send(clerk, sheet, put(row, "/target", "≥10个", "≥9个"))
    assert cells(sheet)[1] == "≥10个"
    with pytest.raises(Refused, match="存为一版"):
        sheet_of(county)  # the same sheet handed in as a file


def test_who_else_is_there_and_what_they_did(sheet: Sheet, clerk: Client, other: Client) -> None:
    row, was = cells(sheet)
    path = f"/{YEAR}/sheets/{sheet.pk}/edit/here"

    def visit(client: Client, page: str, **more: object) -> dict[str, object]:
        data = {"client": page, "place": f"{row}.target", "seen": 0, **more}
        answer = client.post(path, data, content_type="application/json")
        assert answer.status_code == 200
        found: dict[str, object] = answer.json()
        return found

    assert visit(other, "page-two-2")["present"] == []
    send(other, sheet, put(row, "/target", "≥12个", was), page="page-two-2")
    seen = visit(clerk, "page-one-1", wide=True)
    assert seen["present"] == [{"name": "单位负责人甲", "thing": row, "cell": "target", "me": "False"}]
    assert [one["text"] for one in seen["others"]] == ["≥12个"]  # type: ignore[attr-defined]
    assert seen["wide"]
    assert "findings" in seen
    assert clerk.post(path, {"client": "<x>"}, content_type="application/json").status_code == 400


def test_programs_write_as_pages_do(county: Office, sheet: Sheet, client: Client) -> None:
    from jixiao.web.accounts.tokens import make_token

    token = make_token(county.actor(Role.CLERK), title="填表", scopes=["sheet.*"]).value
    headers = {"Authorization": f"Bearer {token}"}
    row, was = cells(sheet)
    operation = {"id": str(uuid4()), "kind": "put", "thing": row, "cell": "/target", "was": was, "text": "≥9个"}
    body = {"year": YEAR, "key": sheet.pk, "client": "own-program", "operations": [operation]}
    said = client.post("/api/v1/acts/sheet.edited", body, content_type="application/json", headers=headers)
    assert said.status_code == 200, said.content.decode()
    assert [one["outcome"] for one in said.json()["value"]["answers"]] == ["saved"]
    named = client.post(
        "/api/v1/acts/sheet.named", {"year": YEAR, "key": sheet.pk}, content_type="application/json", headers=headers
    )
    assert named.status_code == 200, named.content.decode()
    drafts = client.get(f"/api/v1/drafts?sheet={sheet.pk}", headers=headers).json()["rows"]
    assert [(one["revision"], one["base"]) for one in drafts] == [(1, 2)]
    listed = client.get(f"/api/v1/sheet-operations?sheet={sheet.pk}", headers=headers).json()["rows"]
    assert [one["after"] for one in listed] == ["≥9个"]


def test_a_version_of_the_pages_is_shown_as_typed_and_names_where_it_comes_from(
    county: Office, sheet: Sheet, clerk: Client
) -> None:
    plan = plan_now(sheet)
    total = cell_text(plan, "/goal_sheets/0/budget/total") or ""
    send(clerk, sheet, put(plan.goal_sheets[0].id, "/budget/total", "约30", total))
    assert clerk.post(f"/{YEAR}/sheets/{sheet.pk}/edit/name").status_code == 302
    page = clerk.get(f"/{YEAR}/sheets/{sheet.pk}/").content.decode()
    assert re.search(r"<td[^>]*>(?:[^<]|<(?!/td)[^>]*>)*约30", page)
    compared = clerk.get(reverse("sheet-compare", args=[YEAR, sheet.pk]), {"old": 1, "new": 2}).content.decode()
    assert "约30" in compared
    version = SheetVersion.objects.unrestricted("test").get(sheet=sheet, number=2)
    assert version.document["source"]["name"] == "网页填报第2版"
    steps = history_of(object_of(county.actor(Role.AUDITOR), "goals.sheet", str(sheet.pk)))
    assert [one.title for one in steps].count("存为一版") == 1
