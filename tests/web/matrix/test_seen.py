"""What leaves a trace: personal data that is shown, files that are handed out, by pages and by the interface; and where each
object's trace is found: its page leads to its history."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, reverse

from jixiao.web.accounts.models import User
from jixiao.web.accounts.roles import Role
from jixiao.web.audit.models import AuditEntry
from jixiao.web.imports.models import ImportRow, ImportSession
from web.make import YEAR
from web.matrix.examples import EXAMPLES, One
from web.matrix.test_matrix import methods, views
from web.matrix.truth import Persona
from web.matrix.world import World, world

_ARE_PARTS: Mapping[str, str] = {
    "desk-page": "a picture of a page of a file, inside the desk",
    "desk-file": "a file to take away",
    "desk-letter": "a file to take away",
    "desk-find": "a part of the desk: what was found in the pool",
    "sheet-original": "a file to take away",
    "sheet-fixed": "a file to take away",
    "sheet-export": "a file to take away",
    "set-export": "a file to take away",
    "set-review": "a part of the set",
    "appraisal-file": "a file to take away",
    "appraisal-write": "what the form of the appraisal is sent to; opened it leads to its page",
    "set-submit": "a step on from the set, which leads to its history",
    "approval-preview": "a letter before it is given, noted where a sheet passed",
    "approval-progress": "a line of the page of a batch",
    "approval-letter": "a file to take away",
    "set-start": "before there is a sheet",
    "sheet-indicators": "a part of the page of a sheet that is written",
    "sheet-as-written": "a file to take away",
    "sheet-offline": "a file to take away",
    "import_new": "the first step, before there is an import",
    "import_session": "leads on to the step where the import stands",
    "import_progress": "a line of the page of rows",
    "import_original": "a file to take away",
    "import_left": "a file to take away",
    "work": "background work that somebody asked for: what it makes is noted when it is taken away",
    "work-progress": "a line of the page of background work",
    "work-file": "a file that background work made: its making is noted",
    "history": "the history itself",
}
"""Views with an object in their address that are no page of it"""
_LOOKED_AT_BY = (
    Role.CLERK,
    Role.UNIT_HEAD,
    Role.LEAD_REVIEWER,
    Role.PERFORMANCE_SECTION,
    Role.AUDITOR,
    Role.SECURITY_ADMIN,
    Role.SYSTEM_ADMIN,
    Role.AUDIT_ADMIN,
)


@pytest.fixture
def made(db: None) -> World:
    logging.getLogger("django.request").setLevel(logging.CRITICAL)
    found = world()
    for number, one in enumerate(User.objects.unrestricted("test").order_by("pk")):
        one.phone, one.email = f"1380013{number:04}", f"someone{number:04}@example.gov.cn"
        one.save()
    for spot in found.spots.values():
        spot.person.refresh_from_db()
    return found


def _people(made: World) -> Iterator[Persona]:
    """One of each role that looks."""
    seen: set[Role] = set()
    for who in made.personas:
        if who.role in _LOOKED_AT_BY and who.role not in seen and not who.projects:
            seen.add(who.role)
            yield who


def _pages(made: World) -> Iterator[tuple[str, One, str]]:
    """Every page that is read: its name, its example, its address."""
    for name, view in sorted(views().items()):
        if "GET" not in methods(view):
            continue
        example = EXAMPLES[name]
        for one in example.ones(made):
            query = "&".join(f"{key}={value}" for key, value in example.query.items())
            yield name, one, reverse(name, kwargs=dict(one.kwargs)) + (f"?{query}" if query else "")
    for where, spot in made.spots.items():
        kwargs = {"year": YEAR}
        address = reverse("intake", kwargs=kwargs)
        yield "intake", replace(One(kwargs), name=where), f"{address}?file={spot.things['file'].pk}"


def _got(client: Client, address: str) -> tuple[Any, str, list[AuditEntry]]:
    """The answer, its content, and what was written to the log meanwhile; all of it is taken back."""
    with transaction.atomic():
        last = AuditEntry.objects.unrestricted("test").order_by("-id").values_list("id", flat=True).first() or 0
        answer: Any = client.get(address)
        streams = getattr(answer, "streaming", False)
        content = b"".join(answer.streaming_content) if streams else answer.content
        noted = list(AuditEntry.objects.unrestricted("test").filter(id__gt=last))
        transaction.set_rollback(True)
    return answer, content.decode("utf-8", "replace"), noted


def test_the_page_of_an_object_says_which_it_shows() -> None:
    """So the frame links its history; a page that is about none, or whose object has one elsewhere, stands in the list."""
    silent = []
    for name, view in views().items():
        objects = _arguments(name) - {"year", "opens", "number", "what", "form"}
        if "GET" in methods(view) and objects and view.about is None:
            silent.append(name)
    assert sorted(silent) == sorted(_ARE_PARTS)


def _arguments(name: str) -> set[str]:
    """What the address of a view takes."""
    ((possibilities, *_),) = get_resolver().reverse_dict.getlist(name)
    return {argument for _, arguments in possibilities for argument in arguments}


def test_pages_lead_to_the_history_of_what_they_show(made: World) -> None:
    wrong, linked = [], set()
    for spot in made.spots.values():
        incoming = spot.things["incoming"]
        incoming.project = spot.project
        incoming.save()
    for who in _people(made):
        own = _own_import(made, who)
        client = Client()
        client.force_login(who.user)
        more = [("import_rows", One({"session": own.pk}), f"/imports/{own.pk}/rows")]
        for name, one, address in [*_pages(made), *more]:
            about = getattr(views()[name], "about", None)
            if about is None and name != "intake":
                continue
            answer, content, _ = _got(client, address)
            if answer.status_code != 200:
                continue
            kind, argument = about or ("intake.incomingfile", "")
            key = one.kwargs.get(argument, who.user.pk) if about else re.search(r"file=(\d+)", address + "file=0")[1]  # type: ignore[index]
            history = reverse("history", args=[kind, key])
            shown, there = f'href="{history}?page=' in content, _got(client, history)[0].status_code == 200
            linked |= {kind} if shown else set()
            if shown != there and key != "0":
                wrong.append(f"{who} {address}: linked {shown}, there {there}")
    assert not wrong, "\n".join(wrong)
    assert linked >= {
        "accounts.user",
        "goals.sheet",
        "imports.importsession",
        "intake.batch",
        "intake.incomingfile",
        "intake.incomingsheet",
        "organisations.fiscalyear",
        "organisations.organisation",
        "organisations.reform",
        "organisations.round",
        "projects.project",
    }


def _own_import(made: World, who: Persona) -> ImportSession:
    """An import of people with what the pool has of them beside what the file says."""
    session = ImportSession.objects.create(
        kind="people",
        organisation=who.user.organisation,
        file_name="人员.xlsx",
        sha256="0" * 64,
        size=1,
        made_by=who.user,
        made_at=made.spots["own"].things["session"].made_at,
        state=ImportSession.State.TRIED,
        stored=made.spots["own"].things["file"].stored,
    )
    other = made.spots["own"].person
    ImportRow.objects.create(
        session=session,
        number=2,
        state=ImportRow.State.CHANGED,
        object_id=str(other.pk),
        label=other.name,
        differences=[["电话", other.phone, "1", None, None]],
    )
    return session


def test_who_is_shown_the_contacts_of_somebody_leaves_an_entry(made: World) -> None:
    contacts = {
        contact: one for one in User.objects.unrestricted("test") for contact in (one.phone, one.email) if contact
    }
    unnoted, shown = [], set()
    for who in _people(made):
        own = _own_import(made, who)
        client = Client()
        client.force_login(who.user)
        addresses = [(name, address) for name, _, address in _pages(made)]
        addresses += [("import_rows", f"/imports/{own.pk}/rows?state="), ("api", "/api/v1/import-rows")]
        addresses += [
            ("api", f"/api/v1/people/{one.pk}") for one in {one.pk: one for one in contacts.values()}.values()
        ]
        for name, address in addresses:
            answer, content, noted = _got(client, address)
            if answer.status_code != 200:
                continue
            people = {one.pk for contact, one in contacts.items() if contact in content} - {who.user.pk}
            told = {int(one.object_id) for one in noted if one.action == "personal.viewed" and one.object_id}
            told |= {key for one in noted if one.action == "personal.viewed" for key in one.after.get("keys", ())}
            shown |= {name} if people else set()
            if people - told:
                unnoted.append(f"{who} {address}: {len(people - told)} of {len(people)}")
    assert not unnoted, "\n".join(unnoted)
    assert shown >= {"person", "person-edit", "import_rows", "api"}


def test_what_is_handed_out_leaves_an_entry(made: World) -> None:
    unnoted, handed_out = [], set()
    for who in _people(made):
        own = _own_import(made, who)
        client = Client()
        client.force_login(who.user)
        more = [("import_original", One({"session": own.pk}), f"/imports/{own.pk}/original")]
        for name, _, address in [*_pages(made), *more]:
            answer, _, noted = _got(client, address)
            if "attachment" in answer.headers.get("Content-Disposition", ""):
                handed_out.add(name)
                if not noted:
                    unnoted.append(f"{who} {address}")
    assert not unnoted, "\n".join(unnoted)
    assert handed_out >= {name for name, why in _ARE_PARTS.items() if why == "a file to take away"} - {
        "import_left",  # imports/test_pages.py
        "sheet-fixed",  # test_fixed_versions.py
    }
