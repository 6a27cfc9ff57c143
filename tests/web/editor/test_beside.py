"""What is found while somebody writes is what the workbook of the whole text finds; who changed what is told by version."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from jixiao.domain.goal import Goal
from jixiao.domain.identity import identified
from jixiao.readers import read_file
from jixiao.services.reviewing import review_plan
from jixiao.web.accounts.roles import Role
from jixiao.web.editor.selectors import review_beside, written
from jixiao.web.goals.contents import content_of, reviewed
from jixiao.web.goals.documents import one_sheet, part_one, review_of_sheet, together
from jixiao.web.goals.models import Sheet, SheetKind
from jixiao.web.goals.services import take_version
from jixiao.web.kernel import clock
from jixiao.web.projects.models import Project
from web.editor.sheets import plan_now, put, send
from web.make import YEAR, Office
from web.samples import plan_of
from web.samples import written as written_to


@pytest.fixture
def three(county: Office) -> list[Sheet]:
    """Part One and three goal sheets of the department of commerce, with what only shows across them."""
    plan = plan_of(3)
    sheets = list(plan.goal_sheets)
    sheets[1] = replace(sheets[1], goals=sheets[0].goals, purpose=sheets[0].purpose, indicators=sheets[0].indicators)
    plan = identified(
        replace(plan, goal_sheets=tuple(replace(s, id="") for s in sheets), overall_goals=(Goal("引进230亿元项目"),))
    )
    made = []
    actor = county.actor(Role.PERFORMANCE_SECTION)
    for n, sheet in enumerate(plan.goal_sheets):
        project = Project.objects.create(unit=county.commerce, name=sheet.project.name or "")
        alone = one_sheet(plan, n)
        content = content_of(alone, reviewed(alone, "hebei", clock.today()), SheetKind.GOAL)
        made.append(
            take_version(
                actor, unit=county.commerce.pk, project=project.pk, year=YEAR, content=content, reason="测试"
            ).sheet
        )
    first = part_one(plan)
    content = content_of(first, reviewed(first, "hebei", clock.today()), SheetKind.PART_ONE)
    take_version(actor, unit=county.commerce.pk, project=None, year=YEAR, content=content, reason="测试")
    return made


def test_sheets_and_workbook_find_the_same(county: Office, three: list[Sheet], client: Client, tmp_path: Path) -> None:
    """Of the drafts as they stand: what the editor says of each sheet, and what the review of the written file says of it."""
    client.force_login(county.people[Role.CLERK])
    row = plan_now(three[1]).goal_sheets[0].indicators[0]
    send(client, three[1], put(row.id, "/target", "效果良好", row.target.text or ""))
    actor = county.actor(Role.CLERK)
    parts = Sheet.objects.unrestricted("test").get(kind=SheetKind.PART_ONE)
    whole = together(plan_now(parts), [plan_now(one) for one in three])
    path = written_to(whole, tmp_path / "全套.docx")
    of_file = review_plan(read_file(path), as_of=clock.today(), ruleset="hebei")
    found_any = 0
    for n, sheet in enumerate(three):
        found = written(actor, YEAR, sheet.pk)
        said = review_beside(actor, sheet, found.plan)
        here = [(one.rule, one.pointer, one.message) for one in said.findings]
        there = [(one.rule, one.pointer, one.message) for one in review_of_sheet(of_file, n).findings]
        assert here == there, sheet.title
        found_any += len(here)
    assert found_any > 3
    assert any("效果良好" in one.message for one in of_file.findings)


def test_each_version_tells_who_changed_what(county: Office, three: list[Sheet], client: Client) -> None:
    client.force_login(county.people[Role.CLERK])
    sheet = three[0]
    row = plan_now(sheet).goal_sheets[0].indicators[0]
    send(client, sheet, put(row.id, "/target", "≥77个", row.target.text or ""))
    assert client.post(f"/{YEAR}/sheets/{sheet.pk}/edit/name").status_code == 302
    send(client, sheet, put(row.id, "/name", "另一个名称", row.name or ""))
    page = client.get(f"/{YEAR}/sheets/{sheet.pk}/changes").content.decode()
    assert page.index("还没有存为一版的") < page.index("另一个名称") < page.index("第2版</a>")
    assert "≥77个" not in page
    folded = client.get(f"/{YEAR}/sheets/{sheet.pk}/changes?of=2").content.decode()
    assert folded.index("第2版") < folded.index("≥77个")
    assert f"指标“{row.name}”的指标值" in folded
    assert "填报人甲1处" in folded
    assert client.get(f"/{YEAR}/sheets/{sheet.pk}/changes?of=9").status_code == 404


def test_part_one_alone_has_no_grade_and_no_letter(county: Office, three: list[Sheet], client: Client) -> None:
    client.force_login(county.people[Role.PERFORMANCE_SECTION])
    first = Sheet.objects.unrestricted("test").get(kind=SheetKind.PART_ONE)
    assert (first.grade, first.score) == ("", None)
    assert three[0].grade
    page = client.get(reverse("sheet", args=[YEAR, first.pk])).content.decode()
    assert not re.search(r"[优良中差] [0-9.]+分", page)
    assert "审核意见" not in page
    assert client.get(reverse("sheet-export", args=[YEAR, first.pk, "opinion"])).status_code == 404
    assert client.get(reverse("sheets-export", args=[YEAR, "letters"]), {"kind": "part_one"}).status_code == 404
    of_goals = client.get(reverse("sheet", args=[YEAR, three[0].pk])).content.decode()
    assert re.search(r"[优良中差] [0-9.]+分", of_goals)
    whole = client.get(reverse("sheets-export", args=[YEAR, "letters"]))
    assert b"".join(whole.streaming_content), "with its goal sheets"
