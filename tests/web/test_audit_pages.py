"""Pages of the log: who reads it, in which words, folded; checked, taken out, with its roots; the history of one object."""

from __future__ import annotations

import html
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client

from jixiao.services.audit_files import verify
from jixiao.web.accounts.roles import Role
from jixiao.web.audit import guards
from jixiao.web.audit.history import folded, history_of, kind_label, object_of
from jixiao.web.audit.models import AuditEntry
from jixiao.web.audit.roots import make_roots
from jixiao.web.kernel import clock
from jixiao.web.kernel.acts import NotThere
from jixiao.web.kernel.door import Restricted
from jixiao.web.projects.models import Project
from jixiao.web.projects.services import edit_project, remember_project
from web.make import Office


@pytest.fixture
def changed(county: Office) -> Project:
    """A project edited three times, the last time the next day."""
    project = county.projects["招商费用"]
    clerk = county.actor(Role.CLERK)
    with clock.at(date(2026, 11, 1)):
        edit_project(clerk, project=project.pk, fields={"starts_in": 2026, "is_key": True})
        edit_project(clerk, project=project.pk, fields={"starts_in": 2027, "project_class": "targeted"})
        remember_project(clerk, project=project.pk, text="招商引资费")
    with clock.at(date(2026, 11, 2)):
        edit_project(clerk, project=project.pk, fields={"name": "招商经费"})
        make_roots()
    project.refresh_from_db()
    return project


def test_the_history_of_an_object_is_folded_and_in_words(county: Office, changed: Project) -> None:
    rename, alias, edit = history_of(object_of(county.actor(Role.CLERK), "projects.project", str(changed.pk)))
    assert next((one.label, one.before, one.after) for one in rename.changes) == ("项目名称", "招商费用", "招商经费")
    assert alias.about == "招商引资费", "what belongs to it is in its history"
    assert len(edit.entries) == 2
    assert {(one.label, one.before, one.after) for one in edit.changes} == {
        ("起始年度", "（空）", "2027"),
        ("重点项目", "否", "是"),
        ("项目类别", "（空）", "特定目标类"),
    }
    assert edit.title == "修改项目"


def test_a_history_is_seen_by_who_may_see_the_object(county: Office, changed: Project, client: Client) -> None:
    address = f"/history/projects.project/{changed.pk}/"
    for role, status in ((Role.CLERK, 200), (Role.AUDITOR, 200), (Role.AUDIT_ADMIN, 403), (Role.SYSTEM_ADMIN, 403)):
        client.force_login(county.people[role])
        assert client.get(address).status_code == status, role
    client.force_login(county.others[Role.CLERK])
    assert client.get(address).status_code == 404, "another department's"
    for kind, key in (("no.thing", "1"), ("auth.user", "1"), ("audit.auditentry", "1"), ("projects.project", "x")):
        with pytest.raises(NotThere):
            object_of(county.actor(Role.AUDITOR), kind, key)


def test_what_is_done_by_others_later_or_with_something_else_is_not_folded() -> None:
    with clock.at(date(2026, 11, 1)):
        moment = clock.now()
    rows = [
        AuditEntry(action="a", kind="projects.project", object_id="1", actor_id=1, at=moment, before={}, after={}),
        AuditEntry(action="a", kind="projects.project", object_id="1", actor_id=2, at=moment, before={}, after={}),
        AuditEntry(action="a", kind="projects.project", object_id="2", actor_id=2, at=moment, before={}, after={}),
        AuditEntry(
            action="a", kind="projects.project", object_id="2", actor_id=2, at=moment - timedelta(hours=1), before={}, after={}
        ),
    ]  # fmt: skip
    assert len(folded(rows)) == 4


def test_the_log_is_read_by_who_reads_logs_and_narrowed(county: Office, changed: Project, client: Client) -> None:
    for role in Role:
        client.force_login(county.people[role])
        assert client.get("/log/").status_code == (200 if role in (Role.AUDITOR, Role.AUDIT_ADMIN) else 403), role
    client.force_login(county.people[Role.AUDIT_ADMIN])
    page = client.get("/log/").content.decode()
    assert "起始年度：2026 → 2027" in page
    assert "核对日志" in page
    narrowed = client.get(
        "/log/?action=project.alias&actor=填报人甲&since=2026-11-01&until=2026-11-01"
    ).content.decode()
    assert "招商引资费" in narrowed
    assert "起始年度" not in narrowed
    assert "符合条件1条" in narrowed
    assert "没有符合这1个条件的" in client.get("/log/?kind=no.such").content.decode()
    assert "不认识" in client.get("/log/?actoin=x").content.decode()
    client.force_login(county.people[Role.AUDITOR])
    assert "核对日志" not in client.get("/log/").content.decode()


def test_the_log_of_fifty_rows_takes_few_queries(
    county: Office, changed: Project, client: Client, django_assert_max_num_queries: object
) -> None:
    for number in range(60):
        edit_project(county.actor(Role.CLERK), project=changed.pk, fields={"starts_in": 2000 + number})
    client.force_login(county.people[Role.AUDIT_ADMIN])
    with django_assert_max_num_queries(20):  # type: ignore[operator]
        assert "下一页" in client.get("/log/").content.decode()


def test_roots_export_and_check(county: Office, changed: Project, client: Client, tmp_path: Path) -> None:
    client.force_login(county.people[Role.AUDIT_ADMIN])
    assert "2026-11-01" in client.get("/log/roots").content.decode()
    file = tmp_path / "log.jsonl"
    file.write_bytes(b"".join(client.get("/log/export").streaming_content))  # type: ignore[attr-defined]
    found = verify([file])
    assert found.is_whole
    assert found.entries == AuditEntry.objects.unrestricted("test").count(), "its own export is in it"
    told = client.post("/log/check").content.decode()
    assert "没有改动、缺失、重复或调换次序" in told
    with guards.lifted(connection):
        AuditEntry.objects.unrestricted("test").filter(action="project.alias").update(actor="别人")
        told = client.post("/log/check").content.decode()
    assert "的内容被改过" in told
    assert "触发器被去掉了" in told
    checks = AuditEntry.objects.unrestricted("test").filter(action="audit.checked").order_by("id")
    assert [one.after["defects"] > 0 for one in checks] == [False, True]
    client.force_login(county.people[Role.AUDITOR])
    for address in ("/log/roots", "/log/export"):
        assert client.get(address).status_code == 403


def test_the_log_calls_everything_by_a_name_people_know() -> None:
    """Of every model that may stand in the log, the name in its description."""
    models = [one for one in apps.get_models() if issubclass(one, Restricted)]
    assert len(models) > 25
    assert [one.__name__ for one in models if not re.match("[一-鿿]", kind_label(one._meta.label_lower))] == []


def test_a_history_leads_back_to_the_page_it_was_opened_on(county: Office, changed: Project, client: Client) -> None:
    client.force_login(county.people[Role.PERFORMANCE_SECTION])
    page = f"/2027/projects/{changed.pk}/"
    link = re.search(r'href="(/history/[^"]+)"', client.get(page).content.decode())
    assert link is not None
    assert f'<a href="{page}">‹ {changed.name}</a>' in client.get(html.unescape(link[1])).content.decode()
    for elsewhere in ("//other.example/", "https://other.example/", "/\\other.example"):
        answer = client.get(link[1].partition("?")[0], {"page": elsewhere})
        assert "other.example" not in re.sub(r"<title>.*?</title>", "", answer.content.decode()).partition("<main")[2]


def test_what_one_request_did_is_one_step_named_by_the_object_asked_for() -> None:
    with clock.at(date(2026, 11, 1)):
        moment = clock.now()

    def entry(request: str, kind: str, after: dict[str, object]) -> AuditEntry:
        return AuditEntry(
            action="sheet.named", kind=kind, object_id="1", actor_id=1, at=moment, request_id=request,
            object_label=kind, before={}, after=after,
        )  # fmt: skip

    rows = [
        entry("b", "goals.sheetversion", {"number": 3}),
        entry("b", "goals.sheet", {"version": 3}),
        entry("a", "goals.sheetversion", {"number": 2}),
        entry("", "goals.sheet", {"version": 1}),
        entry("", "goals.sheetversion", {"number": 1}),
    ]
    found = folded(rows, "goals.sheet")
    assert [len(one.entries) for one in found] == [2, 0, 0, 0], "without a request nothing is known to be one"
    assert (found[0].about, found[0].times) == ("goals.sheet", 1)
    assert [(one.label, one.after) for one in found[0].changes] == [("版本", "3")]
