"""A sheet that came in again: where it says nothing new, that is said at once; what a person put right is not undone unasked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.test import Client

from jixiao.domain.plan import Plan
from jixiao.domain.target import MISSING
from jixiao.domain.target_grammar import parse_target
from jixiao.readers import read_file
from jixiao.web.accounts.roles import Role
from jixiao.web.desk.deciding import decide_of_sheet
from jixiao.web.desk.selectors import queue_of
from jixiao.web.goals.documents import as_plan
from jixiao.web.goals.models import SheetVersion
from jixiao.web.intake.acceptance import Unlooked, accept
from jixiao.web.intake.again import against_pool
from jixiao.web.intake.corrections import checked
from jixiao.web.intake.models import IncomingFile, IncomingSheet
from jixiao.web.intake.registering import register_batch
from jixiao.web.intake.services import correct, open_registration
from jixiao.web.kernel.acts import Refused
from web.intake.desk import HEALTH, hand_in, health, look_at_all, sheets_of, take, written
from web.make import Office

_TARGET = "/goal_sheets/0/indicators/2/target"


def _first(file: IncomingFile) -> IncomingSheet:
    return next(sheet for sheet in sheets_of(file) if sheet.index == 0)


def _with_rows(plan: Plan, *changes: tuple[int, str | None]) -> bytes:
    """The first sheet alone, some values of its rows written otherwise or left blank."""
    sheet = plan.goal_sheets[0]
    rows = list(sheet.indicators)
    for n, text in changes:
        rows[n] = replace(rows[n], target=parse_target(text).target if text else MISSING)
    one = replace(sheet, indicators=tuple(rows))
    return written(
        replace(plan, goal_sheets=(one,), overall_goals=(), activities=(), safeguards=(), provenance={}, notes=())
    )


def test_what_says_nothing_new_is_told_at_once_and_becomes_no_version(county: Office, client: Client) -> None:
    health(county)
    section = county.actor(Role.PERFORMANCE_SECTION)
    batch = open_registration(
        section,
        organisation=county.bureau.pk,
        year=2026,
        approval_document="清财预〔2026〕12号",
        approved_on=date(2026, 2, 1),
    )
    hand_in(section, {"a.docx": HEALTH.read_bytes()}, batch=batch.pk)
    register_batch(section, batch=batch.pk, makes_projects=True)
    (again,) = hand_in(section, {"b.docx": written(read_file(HEALTH))})
    sheets = sheets_of(again)
    assert all(sheet.is_unchanged for sheet in sheets)
    (queued,) = [one for one in queue_of(section, 2026).files if one.pk == again.pk]
    assert (queued.open_doubts, queued.words) == (0, "没有疑问")
    client.force_login(county.people[Role.PERFORMANCE_SECTION])
    shown = client.get(f"/2026/intake/?file={again.pk}").content.decode()
    assert "已批复（清财预〔2026〕12号，2026-02-01），和库里第1版一致" in shown
    before = SheetVersion.objects.unrestricted("test").count()
    answer = client.post(f"/desk/files/{again.pk}/accept", follow=True)
    assert f"其中{len(sheets)}张和库里一致" in answer.content.decode()
    assert SheetVersion.objects.unrestricted("test").count() == before
    again.refresh_from_db()
    assert again.state == IncomingFile.State.ACCEPTED


def test_what_is_approved_stays_where_the_file_says_something_else(county: Office) -> None:
    health(county)
    section = county.actor(Role.PERFORMANCE_SECTION)
    batch = open_registration(
        section,
        organisation=county.bureau.pk,
        year=2026,
        approval_document="清财预〔2026〕12号",
        approved_on=date(2026, 2, 1),
    )
    hand_in(section, {"a.docx": HEALTH.read_bytes()}, batch=batch.pk)
    register_batch(section, batch=batch.pk, makes_projects=True)
    (again,) = hand_in(section, {"b.docx": _with_rows(read_file(HEALTH), (2, "≥999个"))})
    assert not _first(again).is_unchanged
    look_at_all(section, again, new_projects=False)
    with pytest.raises(Refused, match="已批复"):
        accept(section, file=again.pk)


def test_a_correction_makes_a_sheet_say_something_new(county: Office) -> None:
    health(county)
    section = county.actor(Role.PERFORMANCE_SECTION)
    take(section, hand_in(section, {"a.docx": HEALTH.read_bytes()})[0])
    (again,) = hand_in(section, {"b.docx": _with_rows(read_file(HEALTH))})
    sheet = _first(again)
    assert sheet.is_unchanged
    correct(section, sheet=sheet.pk, pointer=_TARGET, value="≥15个", read="≥3个")
    assert not _first(again).is_unchanged
    look_at_all(section, again)
    (version,) = accept(section, file=again.pk)
    assert version.number == 2


def test_who_says_the_project_is_told_whether_anything_is_new(county: Office) -> None:
    health(county)
    section = county.actor(Role.PERFORMANCE_SECTION)
    versions = take(section, hand_in(section, {"a.docx": HEALTH.read_bytes()})[0])
    plan = read_file(HEALTH)
    sheet = plan.goal_sheets[0]
    named = replace(sheet, project=replace(sheet.project, name="完全另写的名称", code=None))
    (again,) = hand_in(section, {"b.docx": _with_rows(replace(plan, goal_sheets=(named,)))})
    assert _first(again).project_id is None
    decide_of_sheet(section, sheet=_first(again).pk, project=versions[1].sheet.project_id)
    assert not _first(again).is_unchanged, "its name is another one"
    (third,) = hand_in(section, {"c.docx": _with_rows(plan)})
    decide_of_sheet(section, sheet=_first(third).pk, project=versions[1].sheet.project_id)
    assert _first(third).is_unchanged


def test_only_what_is_taken_has_to_be_looked_at(county: Office, client: Client) -> None:
    """The file leaves one value blank (a doubt) and changes another: the change is taken without the blank."""
    health(county)
    section = county.actor(Role.PERFORMANCE_SECTION)
    take(section, hand_in(section, {"a.docx": HEALTH.read_bytes()})[0])
    (again,) = hand_in(section, {"b.docx": _with_rows(read_file(HEALTH), (2, "≥999个"), (3, None))})
    sheet = _first(again)
    blank = "/goal_sheets/0/indicators/3/target"
    assert blank in {doubt["pointer"] for doubt in sheet.doubts}
    changed = [one.key for one in against_pool(section, sheet.pk).differences if one.after == "≥999个"]
    with pytest.raises(Unlooked) as unlooked:
        accept(section, file=again.pk, sheets=[sheet.pk])
    assert unlooked.value.pointers == (blank,), "what says what the pool says was looked at already"
    client.force_login(county.people[Role.PERFORMANCE_SECTION])
    page = f"/2026/intake/sheets/{sheet.pk}/differences"
    shown = client.post(f"{page}/take", {"whole": "1"}, follow=True).content.decode()
    link = f"/2026/intake/?file={again.pk}&amp;sheet={sheet.pk}#f-goal_sheets-0-indicators-3-target"
    assert shown.count(link) == 2, "in the message, and at the difference"
    assert 'id="f-goal_sheets-0-indicators-3-target"' in client.get(f"/2026/intake/?file={again.pk}").content.decode()
    assert client.post(f"{page}/take", {"difference": changed}).status_code == 302
    version = SheetVersion.objects.unrestricted("test").filter(sheet__project=sheet.project, number=2).get()
    (taken,) = as_plan(version.document).goal_sheets
    plain = read_file(HEALTH).goal_sheets[0]
    assert taken.indicators[2].target.text == "≥999个"
    assert taken.indicators[3].target.text == plain.indicators[3].target.text


def test_what_a_person_put_right_is_not_undone_unasked(county: Office, client: Client) -> None:
    health(county)
    section = county.actor(Role.PERFORMANCE_SECTION)
    (first,) = hand_in(section, {"a.docx": HEALTH.read_bytes()})
    read = checked(as_plan(first.document or {}), _TARGET, "≥15个")
    correct(section, sheet=_first(first).pk, pointer=_TARGET, value="≥15个", read=read)
    take(section, first)
    (again,) = hand_in(section, {"b.docx": _with_rows(read_file(HEALTH), (3, "≥777次"))})
    look_at_all(section, again)
    sheet = _first(again)
    found = against_pool(section, sheet.pk)
    lines = [line for group in found.groups for part in group.parts for line in part.lines]
    off = {line.after[-1].text if line.after else "": line for line in lines if line.is_off}
    assert len(off) == found.by_hand == 1
    (line,) = off.values()
    assert line.pointer.endswith("/indicators/2/target")
    assert line.why_off.startswith("人工改过")
    client.force_login(county.people[Role.PERFORMANCE_SECTION])
    shown = client.get(f"/2026/intake/sheets/{sheet.pk}/differences").content.decode()
    assert f'value="{line.key}">' in shown
    other = next(one for one in lines if not one.is_off)
    assert f'value="{other.key}" checked>' in shown
    client.post(f"/2026/intake/sheets/{sheet.pk}/differences/take", {"difference": [other.key]})
    version = SheetVersion.objects.unrestricted("test").filter(sheet__project=sheet.project, number=2).get()
    (taken,) = as_plan(version.document).goal_sheets
    assert taken.indicators[2].target.text == "≥15个"
    assert taken.indicators[3].target.text == "≥777次"
    (third,) = hand_in(section, {"c.docx": _with_rows(read_file(HEALTH), (3, "≥776次"))})
    again_off = [line for g in against_pool(section, _first(third).pk).groups for p in g.parts for line in p.lines]
    assert [line.why_off.split("：")[0] for line in again_off if line.is_off] == ["上次定为保留库里的值"]
