"""Every list of the interface × every role × own, other and limited objects, by the table of roles; every act without its right."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from jixiao.web.accounts.actors import actor_for
from jixiao.web.accounts.tokens import make_token
from jixiao.web.api.offered import BESIDES
from jixiao.web.api.reading import RESOURCES
from jixiao.web.api.resources import Resource
from jixiao.web.goals.models import SheetVersion
from jixiao.web.kernel.acts import SERVICES
from web.matrix.truth import Persona, Place, may, may_with
from web.matrix.world import Spot, World, world

_THINGS: dict[str, Callable[[Spot], tuple[Any, Place]]] = {
    "organisations": lambda spot: (spot.unit, Place(spot.unit)),
    "people": lambda spot: (spot.person, Place(spot.unit, person=spot.person)),
    "assignments": lambda spot: (spot.things["assignment"], Place(spot.unit, person=spot.person)),
    "projects": lambda spot: (spot.project, Place(spot.unit, spot.project)),
    "sheets": lambda spot: (spot.things["sheet"], Place(spot.unit, spot.project)),
    "sheet-versions": lambda spot: (
        SheetVersion.objects.unrestricted("test").get(sheet=spot.things["sheet"]),
        Place(spot.unit, spot.project),
    ),
    "library-indicators": lambda spot: (spot.things["indicator"], Place(spot.unit)),
    "usual-targets": lambda spot: (spot.things["indicator"].usual, Place(spot.unit)),
    "points": lambda spot: (spot.things["point"], Place(spot.unit, spot.project)),
    "explanations": lambda spot: (spot.things["explanation"], Place(spot.unit, spot.project)),
    "comments": lambda spot: (spot.things["comment"], Place(spot.unit, spot.project)),
    "batches": lambda spot: (spot.things["file"].batch, Place(spot.unit)),
    "files": lambda spot: (spot.things["file"], Place(spot.unit)),
    "incoming-sheets": lambda spot: (spot.things["incoming"], Place(spot.unit)),
    "imports": lambda spot: (spot.things["session"], Place(spot.unit, person=spot.person)),
}
ALL: dict[str, Resource] = {one.path: one for some in RESOURCES.values() for one in some}


@pytest.fixture
def made(db: None) -> World:
    logging.getLogger("django.request").setLevel(logging.CRITICAL)
    return world()


def _token(who: Persona) -> dict[str, str]:
    return {"Authorization": f"Bearer {make_token(actor_for(who.user), title='matrix', scopes=['*']).value}"}


def test_lists_and_objects_by_role(made: World) -> None:
    wrong: list[str] = []
    count = {200: 0, 403: 0, 404: 0}
    client = Client()
    for who in made.personas:
        headers = _token(who)
        for path, resource in ALL.items():
            expected = 200 if may(who, resource.right) else 403
            listed = client.get(f"/api/v1/{path}?size=200", headers=headers)
            if listed.status_code != expected:
                wrong.append(f"{who} {path}: {listed.status_code}, by the table {expected}")
            keys = {row["id"] for row in listed.json()["rows"]} if listed.status_code == 200 else set()
            for name, spot in made.spots.items() if path in _THINGS else ():
                thing, place = _THINGS[path](spot)
                seen = expected == 200 and may_with(who, resource.right, place)
                status = 200 if seen else 404 if expected == 200 else 403
                met = client.get(f"/api/v1/{path}/{thing.pk}", headers=headers).status_code
                count[status] += 1
                if met != status or (thing.pk in keys) != seen:
                    wrong.append(f"{who} {path} {name}: {met}, listed {thing.pk in keys}; by the table {status}")
    assert not wrong, f"{len(wrong)} of {sum(count.values())} differ:\n" + "\n".join(wrong)
    assert all(count.values()), count


def test_acts_without_their_right_are_refused(made: World) -> None:
    """Whoever lacks the right of an act gets 403 for any body that has its shape, 422 for one that has not."""
    wrong = []
    client = Client()
    paths = json.loads(client.get("/api/v1/openapi.json").content)["paths"]
    codes = [path.rpartition("/")[2] for path in paths if "/acts/" in path]
    for who in made.personas:
        headers = _token(who)
        for code in codes:
            right = SERVICES[code].right if code in SERVICES else BESIDES[code][1]
            if not may(who, right):
                with transaction.atomic():
                    answer = client.post(f"/api/v1/acts/{code}", "{}", "application/json", headers=headers)
                    transaction.set_rollback(True)
                if answer.status_code not in (403, 422):
                    wrong.append(f"{who} {code}: {answer.status_code}")
    assert wrong == []
