"""A corrected file is a new version with its differences, taken whole or cell by cell; values are put right by pointer."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse

from jixiao.domain.edit import apply_operation
from jixiao.domain.finding import PatchOperation
from jixiao.readers import read_file
from jixiao.web.accounts.roles import Role
from jixiao.web.audit.models import AuditEntry
from jixiao.web.goals.documents import as_plan
from jixiao.web.goals.models import IndicatorRow, Sheet, SheetVersion
from jixiao.web.goals.services import rebuild_rows
from jixiao.web.intake.acceptance import accept
from jixiao.web.intake.again import against_pool
from jixiao.web.intake.corrections import CORRECTED, checked
from jixiao.web.intake.models import IncomingFile
from jixiao.web.intake.services import confirm, correct
from jixiao.web.kernel.acts import NotAllowed, NotThere, Refused, Stale
from web.intake.desk import HEALTH, hand_in, health, look_at_all, self_evaluated, sheets_of, take, written
from web.make import Office

_TARGET = "/goal_sheets/0/indicators/2/target"


def _corrected_file() -> bytes:
    plan = apply_operation(read_file(HEALTH), PatchOperation("replace", _TARGET, "≥999个"))
    plan = apply_operation(plan, PatchOperation("replace", "/goal_sheets/0/purpose", "别的用途"))
    return written(plan)


def _first_sheet(file: IncomingFile) -> int:
    return next(sheet.pk for sheet in sheets_of(file) if sheet.index == 0)


def test_a_corrected_file_is_a_new_version_whose_rows_keep_their_ids(county: Office) -> None:
    health(county)
    section = county.actor(Role.PERFORMANCE_SECTION)
    (first,) = hand_in(section, {"a.docx": HEALTH.read_bytes()})
    before = take(section, first)
    (second,) = hand_in(section, {"更正.docx": _corrected_file()})
    assert second.replaces == first
    found = against_pool(section, _first_sheet(second))
    assert [(one.kind, one.after) for one in found.differences] == [("changed", "别的用途"), ("changed", "≥999个")]
    after = take(section, second)
    assert [version.number for version in after] == [1, 2, *(1 for _ in after[2:])], (
        "only what changed is a new version"
    )
    ids = [[row.id for row in as_plan(v.document).goal_sheets[0].indicators] for v in (before[1], after[1])]
    assert ids[0] == ids[1]
    sheet = Sheet.objects.unrestricted("test").get(pk=after[1].sheet_id)
    assert sheet.version == 2
    rows = IndicatorRow.objects.unrestricted("test").filter(sheet=sheet)
    assert rows.get(position=2).target == "≥999个"
    findings = after[1].findings["findings"]
    known = set(ids[1])
    places = {one["place"]["id"] for one in findings if "/indicators/" in one["pointer"]}
    assert places <= known, "findings name the rows by the ids that they have in the pool"


def test_some_cells_of_it_are_taken_and_the_rest_stays_by_the_page(county: Office, client: Client) -> None:
    health(county)
    section = county.actor(Role.PERFORMANCE_SECTION)
    (first,) = hand_in(section, {"a.docx": HEALTH.read_bytes()})
    take(section, first)
    (second,) = hand_in(section, {"更正.docx": _corrected_file()})
    look_at_all(section, second)
    key = _first_sheet(second)
    chosen = [one.key for one in against_pool(section, key).differences if one.after == "≥999个"]
    client.force_login(county.people[Role.PERFORMANCE_SECTION])
    shown = client.get(f"/2026/intake/sheets/{key}/differences").content.decode()
    assert "更正了2处" in shown
    answer = client.post(f"/2026/intake/sheets/{key}/differences/take", {"difference": chosen})
    assert answer.status_code == 302
    version = SheetVersion.objects.unrestricted("test").filter(number=2).get()
    (sheet,) = as_plan(version.document).goal_sheets
    assert sheet.indicators[2].target.text == "≥999个"
    assert sheet.purpose == read_file(HEALTH).goal_sheets[0].purpose
    compared = client.get(f"/2026/sheets/{version.sheet_id}/compare?old=1&new=2").content.decode()
    assert "1处不同" in compared


def test_a_value_is_put_right_by_pointer_and_what_was_read_stays_beside_it(county: Office) -> None:
    health(county)
    section = county.actor(Role.PERFORMANCE_SECTION)
    (file,) = hand_in(section, {"a.docx": HEALTH.read_bytes()})
    plan = as_plan(file.document or {})
    key = _first_sheet(file)
    read = checked(plan, _TARGET, "≥15个")
    assert read == plan.goal_sheets[0].indicators[2].target.text
    correct(section, sheet=key, pointer=_TARGET, value="≥15个", read=read, version=0)
    with pytest.raises(Stale):
        correct(section, sheet=key, pointer=_TARGET, value="≥16个", read=read, version=0)
    entry = AuditEntry.objects.unrestricted("test").filter(action="intake.correct").get()
    assert entry.after["corrections"][_TARGET]["read"] == read
    version = take(section, file)[1]
    taken = as_plan(version.document)
    assert taken.goal_sheets[0].indicators[2].target.text == "≥15个"
    assert taken.provenance[f"{_TARGET}/text"].text == plan.provenance[f"{_TARGET}/text"].text, "where it was read"
    (note,) = [note for note in taken.notes if note.code == CORRECTED]
    assert f"读出的是“{read}”，核对时改为“≥15个”" in note.message
    file.refresh_from_db()
    assert as_plan(file.document or {}) == plan, "what was read is never changed"
    with pytest.raises(Refused, match="已经收下"):
        correct(section, sheet=key, pointer=_TARGET, value="≥17个", read=read)


@pytest.mark.parametrize(
    ("pointer", "value"),
    [
        ("/goal_sheets/0/budget/total", "很多"),
        ("/goal_sheets/0/budget/currency_unit", "美元"),
        ("/fiscal_year", "去年"),
        ("/goal_sheets/0/indicators", "x"),
        ("/goal_sheets/99/purpose", "x"),
        ("/goal_sheets/0/id", "x"),
        ("/nothing", "x"),
    ],
)
def test_a_value_that_does_not_fit_is_refused_in_words(pointer: str, value: str) -> None:
    with pytest.raises(Refused) as refused:
        checked(read_file(HEALTH), pointer, value)
    assert refused.value.field == pointer


def test_nothing_is_taken_while_something_is_to_be_looked_at_or_said(county: Office) -> None:
    health(county)
    section = county.actor(Role.PERFORMANCE_SECTION)
    whole = read_file(HEALTH)
    blank = replace(
        whole.goal_sheets[0],
        indicators=(
            *whole.goal_sheets[0].indicators[:-1],
            replace(whole.goal_sheets[0].indicators[-1], target=type(whole.goal_sheets[0].indicators[0].target)()),
        ),
    )
    plan = replace(whole, goal_sheets=(blank,), overall_goals=(), activities=(), safeguards=(), provenance={}, notes=())
    (file,) = hand_in(section, {"a.docx": written(plan)})
    (sheet,) = sheets_of(file)
    assert any("指标值" in doubt["words"] for doubt in sheet.doubts)
    with pytest.raises(Refused, match="哪个项目"):
        accept(section, file=file.pk)
    look_at_all(section, file)
    from jixiao.web.intake.models import IncomingSheet

    IncomingSheet.objects.unrestricted("test").filter(pk=sheet.pk).update(looked_at=[])
    with pytest.raises(Refused, match="没有核对"):
        accept(section, file=file.pk)
    assert not Sheet.objects.unrestricted("test").exists()
    assert accept(section, file=file.pk, despite_doubts=True)


def test_rows_for_lists_can_be_made_anew_from_the_documents(county: Office) -> None:
    health(county)
    section = county.actor(Role.PERFORMANCE_SECTION)
    (first, second) = hand_in(
        section, {"a.docx": HEALTH.read_bytes(), "b.docx": written(self_evaluated(read_file(HEALTH), 2025))}
    )
    take(section, first)
    take(section, second)
    fields = ("sheet", "row_id", "position", "indicator_class", "indicator_kind", "name", "target", "actual", "weight")
    rows = IndicatorRow.objects.unrestricted("test").order_by("sheet", "position")
    before = list(rows.values_list(*fields))
    assert any(row[7] for row in before), "actual values of the self-evaluation"
    IndicatorRow.objects.unrestricted("test").delete()
    assert rebuild_rows() == len(before)
    assert list(rows.values_list(*fields)) == before


def test_a_self_evaluation_knows_the_rows_of_its_goals(county: Office) -> None:
    health(county)
    section = county.actor(Role.PERFORMANCE_SECTION)
    (goals, result) = hand_in(
        section, {"a.docx": HEALTH.read_bytes(), "b.docx": written(self_evaluated(read_file(HEALTH), 2026))}
    )
    promised = take(section, goals)
    evaluated = take(section, result)
    rows = {
        v.sheet.project_id: [r["id"] for r in v.document["goal_sheets"][0]["indicators"]]
        for v in promised
        if v.sheet.project_id
    }
    for version in evaluated:
        assert version.sheet.kind == "self_evaluation"
        assert version.stage == "executed"
        assert [r["id"] for r in version.document["goal_sheets"][0]["indicators"]] == rows[version.sheet.project_id]


def test_a_clerk_takes_in_for_the_own_unit_only(county: Office) -> None:
    department = health(county)
    clerk = county.actor(Role.CLERK)
    (file,) = hand_in(clerk, {"a.docx": HEALTH.read_bytes()})
    assert (file.department, file.candidates) == (None, [county.commerce.pk])
    from jixiao.web.intake.services import decide_file

    with pytest.raises(NotThere):
        decide_file(clerk, file=file.pk, department=department.pk)
    with pytest.raises(NotThere):
        confirm(county.actor(Role.CLERK, other=True), sheet=sheets_of(file)[0].pk, pointers=[])
    with pytest.raises(NotAllowed):
        confirm(county.actor(Role.AUDITOR), sheet=sheets_of(file)[0].pk, pointers=[])


def test_one_sheet_accepted_is_told_and_counted(county: Office, client: Client) -> None:
    health(county)
    section = county.actor(Role.PERFORMANCE_SECTION)
    (file,) = hand_in(section, {"a.docx": HEALTH.read_bytes()})
    look_at_all(section, file)
    client.force_login(county.people[Role.PERFORMANCE_SECTION])
    sheets = sheets_of(file)
    done = client.post(reverse("desk-accept", args=[sheets[0].pk]), follow=True).content.decode()
    assert f"收下了“{sheets[0].title}”（已收下1/{len(sheets)}）" in done
    assert f"已收下 1/{len(sheets)}" in client.get("/2026/intake/queue").content.decode()
