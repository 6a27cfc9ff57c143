"""A sheet taken away as it is written: what its cells show, with its ids, marked as a draft."""

from __future__ import annotations

import io
import random
from typing import Any
from urllib.parse import unquote

import pytest
from django.test import Client

from jixiao.domain.cells import cell_text
from jixiao.domain.identity import pointers
from jixiao.domain.plan import Plan
from jixiao.readers import read_bytes
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


def taken(client: Client, sheet: Sheet, form: str) -> bytes:
    answer = client.get(f"/{YEAR}/sheets/{sheet.pk}/edit/export/{form}")
    assert answer.status_code == 200
    return body(answer)


def body(answer: Any) -> bytes:
    return b"".join(answer.streaming_content)  # to its end: that closes it


CELLS = ("/name", "/description", "/target", "/basis", "/class", "/kind")


def shown(plan: Plan) -> dict[str, dict[str, str]]:
    """By row id, what its cells show."""
    return {
        id_: {cell: cell_text(plan, f"{place}{cell}") or "" for cell in CELLS}
        for id_, place in pointers(plan).items()
        if "/indicators/" in place
    }


@pytest.mark.parametrize("form", ["docx", "xlsx"])
@pytest.mark.parametrize("seed", range(4))
def test_what_is_taken_away_is_what_the_cells_show(sheet: Sheet, clerk: Client, form: str, seed: int) -> None:
    chance = random.Random(seed)
    texts = ["≥12个", "2027年12月底前完成", "=3+4，不是公式", "<b>粗</b>&“引”", "按合同约定，一次付清", "≥95%", "合格"]
    operations = []
    for row in chance.sample(rows(sheet), 3):
        for cell in chance.sample(["/target", "/description", "/name", "/basis"], 2):
            was = shown(plan_now(sheet))[row][cell]
            end = "" if cell == "/target" else str(chance.randrange(9))
            operations.append(put(row, cell, chance.choice(texts) + end, was))
    answer = send(clerk, sheet, *operations).json()
    assert {one["outcome"] for one in answer["answers"]} == {"saved"}
    came_back = read_bytes(taken(clerk, sheet, form), f"表.{form}")
    assert shown(came_back) == shown(plan_now(sheet))
    before, after = plan_now(sheet).goal_sheets[0], came_back.goal_sheets[0]
    assert (after.id, after.budget, after.project, after.disbursement_plan) == (
        before.id,
        before.budget,
        before.project,
        before.disbursement_plan,
    )
    assert after.goals == before.goals
    assert after.purpose == before.purpose


def test_words_that_are_no_number_are_taken_away_as_typed(sheet: Sheet, clerk: Client) -> None:
    """A cell that the form has, and one that it has not drawn."""
    from docx import Document

    plan = plan_now(sheet)
    owner, row = plan.goal_sheets[0].id, rows(sheet)[0]
    total = cell_text(plan, "/goal_sheets/0/budget/total") or ""
    send(clerk, sheet, put(owner, "/budget/total", "待定", total), put(row, "/weight", "约十分", ""))
    document = Document(io.BytesIO(taken(clerk, sheet, "docx")))
    words = "\n".join([cell.text for t in document.tables for r in t.rows for cell in r.cells])
    words += "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "待定" in words
    assert "约十分" in words


def test_a_draft_says_that_it_is_one_and_leaves_an_entry(sheet: Sheet, clerk: Client) -> None:
    row = rows(sheet)[0]
    was = shown(plan_now(sheet))[row]["/target"]
    plain = clerk.get(f"/{YEAR}/sheets/{sheet.pk}/edit/export/docx")
    assert "第1版.docx" in _name(plain)
    body(plain)
    send(clerk, sheet, put(row, "/target", "≥9个", was))
    answer = clerk.get(f"/{YEAR}/sheets/{sheet.pk}/edit/export/docx")
    assert "草稿1.docx" in _name(answer)
    from docx import Document

    document = Document(io.BytesIO(body(answer)))
    assert any("草稿：第1版之后改动1次" in paragraph.text for paragraph in document.paragraphs)
    entry = AuditEntry.objects.unrestricted("test").order_by("-pk")[0]
    assert entry.action == "sheet.exported"
    assert entry.after["sheets"] == [sheet.pk]
    assert "草稿" in entry.note
    assert clerk.get(f"/{YEAR}/sheets/{sheet.pk}/edit/export/exe").status_code == 404


def _name(answer: Any) -> str:
    return str(unquote(answer.headers["Content-Disposition"]))


def test_programs_take_away_what_pages_do(county: Office, sheet: Sheet, client: Client) -> None:
    from jixiao.web.accounts.tokens import make_token

    token = make_token(county.actor(Role.CLERK), title="导出", scopes=["sheet.*"]).value
    headers = {"Authorization": f"Bearer {token}"}
    answer = client.get(f"/api/v1/sheets/{sheet.pk}/written?form=xlsx", headers=headers)
    assert answer.status_code == 200
    assert shown(read_bytes(body(answer), "表.xlsx")) == shown(plan_now(sheet))
