"""Every address and every operation of the API × every role × own, other and limited objects, by the table of roles."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from web.matrix.examples import EXAMPLES, One
from web.matrix.truth import ANYWHERE, Persona, Place, may, may_with
from web.matrix.world import World, world

_NOT_THERE = ("没有这一项，或者您无权查看", "没有这一页，或者您无权查看", "没有这一批登记，或者您无权办理")
_SINCE_ELSEWHERE = frozenset({"static"})


def patterns(found: Any = None) -> Iterator[URLPattern]:
    """Every pattern there is, without those of the API: it has its own."""
    for one in get_resolver().url_patterns if found is None else found:
        if isinstance(one, URLResolver) and one.app_name != "ninja":
            yield from patterns(one.url_patterns)
        elif isinstance(one, URLPattern):
            yield one


def views() -> dict[str, Any]:
    """The views by the name of their address."""
    return {one.name or str(one.pattern): one.callback for one in patterns()}


def methods(view: Any) -> list[str]:
    """How a view is asked; by GET where it does not say."""
    return sorted(getattr(view, "methods", ("GET",)))


def test_every_view_says_what_it_asks_for() -> None:
    assert [name for name, view in views().items() if not hasattr(view, "right")] == []


def test_every_view_has_an_example() -> None:
    assert sorted(set(views()) - set(EXAMPLES)) == []
    assert sorted(set(EXAMPLES) - set(views())) == [], "examples of views that are gone"


def denied(answer: HttpResponse) -> bool:
    """Whether an answer says that it is not for this person: as 403, or as if it were not there."""
    if answer.status_code == 404:
        return any(words in answer.content.decode() for words in _NOT_THERE)
    return answer.status_code in (401, 403)


def wanted(who: Persona, view: Any, one: One, of_object: tuple[str, ...]) -> int:
    """What the table says: 200 allowed, 403 without the right at all, 404 with it but not for this object."""
    if not all(may(who, action) for action in (view.right, *one.needs)):
        return 403
    if one.at is ANYWHERE or view.right is None:
        return 200
    return 200 if all(may_with(who, action, one.at) for action in (view.right, *of_object)) else 404


def tried(client: Client, name: str, method: str, one: One) -> HttpResponse:
    """The answer, with all it changed taken back."""
    example = EXAMPLES[name]
    address = reverse(name, kwargs=dict(one.kwargs))
    with transaction.atomic():
        answer: Any = (
            client.get(address, dict(example.query)) if method == "GET" else client.post(address, dict(example.form))
        )
        if getattr(answer, "streaming", False):
            b"".join(answer.streaming_content)
        transaction.set_rollback(True)
    client.cookies.pop("messages", None)
    found: HttpResponse = answer
    return found


_UNIT_OF = "an expert reads of which unit it is: its name, nothing else"
LABELS = {
    ("sheets", "unit"): _UNIT_OF,
    ("sheet", "unit"): _UNIT_OF,
    ("sheet-changes", "unit"): _UNIT_OF,
    ("sheet-way", "unit"): _UNIT_OF,
    ("appraisal", "unit"): _UNIT_OF,
    ("project", "unit"): _UNIT_OF,
    ("people", "project"): "who sees people reads to which projects an expert is narrowed: their names, nothing else",
    ("intake", "project"): "what comes in is the unit's until it is accepted, for a clerk of some of its projects too",
}
"""Pages on which the label of something is shown to who may not see the thing itself, and why"""


def secrets(made: World, who: Persona) -> Iterator[tuple[str, str]]:
    """What must not be on any page of somebody: names and telephones of what lies outside their reach, with what they are of."""
    for spot in made.spots.values():
        at = Place(spot.unit, spot.project, spot.person)
        if not may_with(who, "organisation.view", Place(spot.unit)):
            yield "unit", spot.unit.name
        if not may_with(who, "project.view", at):
            yield "project", spot.project.name
        if not may_with(who, "person.view", Place(spot.unit, person=spot.person)):
            yield "person", spot.person.name
            yield "phone", spot.person.phone


def _told(made: World, who: Persona, answer: HttpResponse) -> list[tuple[str, str]]:
    if answer.status_code != 200 or "html" not in answer.headers.get("Content-Type", ""):
        return []
    page = answer.content.decode()
    return [(kind, word) for kind, word in secrets(made, who) if word in page]


@pytest.fixture
def made(db: None) -> World:
    logging.getLogger("django.request").setLevel(logging.CRITICAL)
    return world()


def test_pages_by_role_and_object(made: World) -> None:
    wrong: list[str] = []
    told: list[str] = []
    used: set[tuple[str, str]] = set()
    count = {200: 0, 403: 0, 404: 0}
    found = views()
    for who in made.personas:
        client = Client(raise_request_exception=True)
        client.force_login(who.user)
        for name, view in found.items():
            if not view.signed_in:
                continue
            for n, one in enumerate(EXAMPLES[name].ones(made)):
                expected = wanted(who, view, one, EXAMPLES[name].needs)
                if expected == 403 and n:
                    continue  # without the right it is the same for every object
                for method in methods(view):
                    answer = tried(client, name, method, one)
                    count[expected] += 1
                    met = answer.status_code
                    for kind, word in _told(made, who, answer):
                        used.add((name, kind))
                        told += [] if (name, kind) in LABELS else [f"{who} {method} {name} {one.name}: {word}"]
                    right = not denied(answer) if expected == 200 else met == expected
                    if not right or met >= 500:
                        wrong.append(f"{who} {method} {name} {one.name}: {met}, by the table {expected}")
                if name == "logout":
                    client.force_login(who.user)
    assert not wrong, f"{len(wrong)} of {sum(count.values())} differ:\n" + "\n".join(wrong)
    assert not told, "shown to who may not see it:\n" + "\n".join(told)
    assert used == set(LABELS), "no longer shown"
    assert all(count.values()), count
    assert sum(count.values()) > 1500


def test_who_is_not_signed_in_is_sent_to_sign_in(made: World) -> None:
    wrong = []
    client = Client()
    for name, view in views().items():
        for one in list(EXAMPLES[name].ones(made))[:1]:
            for method in methods(view):
                answer = tried(client, name, method, one)
                expected = (200, 302, 422, 404) if not view.signed_in else (302,) if method == "GET" else (401,)
                if answer.status_code not in expected:
                    wrong.append(f"{method} {name}: {answer.status_code}")
    assert wrong == []
