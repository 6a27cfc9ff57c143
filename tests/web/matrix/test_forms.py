"""Saving a form as any role changes no field that the form did not show: whatever else is sent along."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jixiao.web.accounts.models import User
from jixiao.web.kernel.door import Restricted
from jixiao.web.organisations.models import Organisation, Round
from jixiao.web.projects.models import Project
from web.make import YEAR
from web.matrix.truth import Persona
from web.matrix.world import World, world

_INPUT = re.compile(r"<(?:input|select|textarea)\b[^>]*\bname=\"([^\"]+)\"[^>]*>")
_VALUE = re.compile(r"\bvalue=\"([^\"]*)\"")
_FORM = re.compile(r"<form\b[^>]*method=\"post\"[^>]*>(.*?)</form>", re.DOTALL)


@dataclass(frozen=True)
class Form:
    """A page with a form that changes one object."""

    view: str
    kwargs: dict[str, Any]
    thing: Restricted

    @property
    def address(self) -> str:
        return reverse(self.view, kwargs=self.kwargs)


def forms(made: World) -> Iterator[Form]:
    """The forms that change one object there is, at one's own unit and at others."""
    for spot in made.spots.values():
        yield Form("person-edit", {"key": spot.person.pk}, spot.person)
        yield Form("organisation-edit", {"key": spot.unit.pk}, spot.unit)
        yield Form("round-edit", {"key": spot.things["round"].pk}, spot.things["round"])
        yield Form("project-edit", {"year": YEAR, "project": spot.project.pk}, spot.project)
    for who in made.personas:
        yield Form("account", {}, who.user)


def values(thing: Restricted) -> dict[str, Any]:
    stored = type(thing)._base_manager.get(pk=thing.pk)
    return {one.attname: one.value_from_object(stored) for one in stored._meta.concrete_fields}


def shown(page: str, address: str) -> dict[str, str]:
    """The fields of the form that is sent to the page itself, with their values."""
    found: dict[str, str] = {}
    for match in _FORM.finditer(page):
        head = page[match.start() : page.index(">", match.start())]
        if "action=" in head and f'action="{address}"' not in head:
            continue
        for field in _INPUT.finditer(match[1]):
            value = _VALUE.search(field[0])
            found[unescape(field[1])] = unescape(value[1]) if value else ""
    return found


@pytest.fixture
def made(db: None) -> World:
    logging.getLogger("django.request").setLevel(logging.CRITICAL)
    return world()


_MODELS: tuple[type[Restricted], ...] = (User, Organisation, Round, Project)
NAMES = sorted({one.name for model in _MODELS for one in model._meta.concrete_fields} | {"department_id", "unit_id"})
VALUES = st.one_of(
    st.sampled_from(
        ["1", "2", "0", "", "true", "on", "2026-12-31", "x@y.cn", "clerk", "security_admin", "national-101"]
    ),
    st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=20),
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(data=st.data())
def test_a_form_changes_only_what_it_showed(made: World, data: st.DataObject) -> None:
    who: Persona = data.draw(st.sampled_from(made.personas))
    form: Form = data.draw(st.sampled_from(list(forms(made))))
    sent = data.draw(st.dictionaries(st.sampled_from(NAMES), VALUES, min_size=1, max_size=12))
    client = Client()
    with transaction.atomic():
        client.force_login(who.user)
        page = client.get(form.address)
        fields = shown(page.content.decode(), form.address) if page.status_code == 200 else {}
        before = values(form.thing)
        client.post(form.address, {**fields, **sent})
        after = values(form.thing)
        transaction.set_rollback(True)
    changed = {name.removesuffix("_id") for name in after if after[name] != before[name]}
    allowed = set(fields) | ({"last_login"} if form.thing.pk == who.user.pk else set())
    if form.view == "round-edit":
        allowed |= {"ruleset", "ruleset_version"}  # taken anew before a round begins
    assert changed <= allowed, f"{who} {form.view}: {changed - allowed}"


def test_the_forms_are_there(made: World) -> None:
    """So that the property is about something."""
    seen = set()
    for who in made.personas:
        client = Client()
        client.force_login(who.user)
        for form in forms(made):
            page = client.get(form.address)
            if page.status_code == 200 and shown(page.content.decode(), form.address):
                seen.add(form.view)
    assert seen == {"person-edit", "organisation-edit", "round-edit", "project-edit", "account"}


def test_what_is_absent_stays(made: World) -> None:
    """A form of which only one field arrives leaves the others as they are."""
    person = made.spots["own"].person
    client = Client()
    client.force_login(next(one.user for one in made.personas if one.name == "单位负责人"))
    before = values(person)
    client.post(reverse("person-edit", kwargs={"key": person.pk}), {"email": "x@y.cn"})
    after = values(person)
    assert {name for name in after if after[name] != before[name]} == {"email"}
