"""A set of Part One and several sheets as one workbook: cells filled in at random come back and are what the sheets then say."""

from __future__ import annotations

import io
import random
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from jixiao.domain.identity import pointers
from jixiao.domain.plan import Plan
from jixiao.web.accounts.roles import Role
from jixiao.web.editor.models import Proposal
from jixiao.web.editor.offline.manifest import Manifest, Place, from_text
from jixiao.web.goals.contents import content_of, reviewed
from jixiao.web.goals.documents import one_sheet, part_one
from jixiao.web.goals.models import Sheet, SheetKind
from jixiao.web.goals.services import take_version
from jixiao.web.kernel import clock
from jixiao.web.projects.models import Project
from web.editor.sheets import plan_now
from web.editor.test_offline import back, take, text
from web.make import YEAR, Office
from web.samples import plan_of

WORDS = ("甲乙丙", "按台账统计", "两行\n文字", "  前后有空白  ", '带"引号"', "=1+1", "000123", "≥95%")
FREE = ("/name", "/description", "/basis", "/text", "/goal", "/purpose", "/heading", "")
"""Cells that take any words"""


@pytest.fixture
def sheets(county: Office) -> list[Sheet]:
    """Part One first, then three sheets."""
    plan, actor, made = plan_of(3), county.actor(Role.PERFORMANCE_SECTION), []
    parts: list[tuple[SheetKind, Plan, int | None]] = [(SheetKind.PART_ONE, part_one(plan), None)]
    for n, sheet in enumerate(plan.goal_sheets):
        project = Project.objects.create(unit=county.commerce, name=sheet.project.name or "")
        parts.append((SheetKind.GOAL, one_sheet(plan, n), project.pk))
    for kind, alone, key in parts:
        content = content_of(alone, reviewed(alone, "hebei", clock.today()), kind)
        version = take_version(actor, unit=county.commerce.pk, project=key, year=YEAR, content=content, reason="测试")
        made.append(version.sheet)
    return made


@pytest.fixture
def clerk(county: Office, client: Client) -> Client:
    client.force_login(county.people[Role.CLERK])
    return client


def opened(client: Client) -> tuple[Any, Manifest]:
    answer: Any = client.get(f"/{YEAR}/sheets/offline")
    assert answer.status_code == 200
    book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    carried = "".join(str(row[0]) for row in book["_jixiao"].iter_rows(values_only=True))
    return book, from_text(carried)


def open_cells(book: Any, manifest: Manifest) -> Iterator[tuple[int, Place, Any]]:
    """(key of the sheet, what stands there, the cell) of everything that takes any words and is no spare line."""
    for one in manifest.sheets:
        page = book[one.worksheet]
        for line in page.iter_rows():
            for column, place in one.lines.get(str(line[0].value), {}).items():
                listed = one.things.get(place.thing)
                if place.below in FREE and (listed is None or not listed.spare):
                    yield one.key, place, page[f"{column}{line[0].row}"]


@pytest.mark.parametrize("seed", range(3))
def test_what_is_filled_in_anywhere_comes_back(sheets: list[Sheet], clerk: Client, seed: int) -> None:
    chance = random.Random(seed)
    book, manifest = opened(clerk)
    assert {one.key for one in manifest.sheets} == {one.pk for one in sheets}
    cells = list(open_cells(book, manifest))
    assert {key for key, _, _ in cells} == {one.pk for one in sheets}
    wanted: dict[tuple[int, str, str], str] = {}
    for sheet in sheets:
        for key, place, cell in chance.sample([one for one in cells if one[0] == sheet.pk], 3):
            words = f"{chance.choice(WORDS)}{chance.randrange(100)}"
            cell.value, cell.data_type = words, "s"
            wanted[key, place.thing, place.below] = words
    held = io.BytesIO()
    book.save(held)
    assert back(clerk, sheets[0], held.getvalue()).status_code == 302
    by_key = {one.pk: one for one in sheets}
    made = list(Proposal.objects.unrestricted("test"))
    assert {one.sheet_id for one in made} == set(by_key)
    for one in made:
        assert not one.notes
        assert take(clerk, f"/{YEAR}/sheets/{one.sheet_id}/edit/offline/{one.pk}", whole=True).status_code == 302
    for (key, thing, below), words in wanted.items():
        assert thing in pointers(plan_now(by_key[key]))
        assert text(by_key[key], thing, below).split() == words.split(), (thing, below)


def test_lines_are_as_high_as_their_words_and_not_as_their_hidden_marks(sheets: list[Sheet], clerk: Client) -> None:
    book, manifest = opened(clerk)
    page = book[manifest.sheets[1].worksheet]
    marked = [line[0].row for line in page.iter_rows(max_col=1) if line[0].value in manifest.sheets[1].lines]
    assert min(page.row_dimensions[n].height or 15 for n in marked) < 25
