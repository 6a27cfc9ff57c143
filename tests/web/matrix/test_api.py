"""Every operation of the API × every role: lists and objects by the table; acts refused without the right, and never done to
what lies in another region."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from ninja.operation import Operation

from jixiao.web.accounts.actors import actor_for
from jixiao.web.accounts.roles import everybody, span_of
from jixiao.web.api.reading import RESOURCES
from jixiao.web.api.router import declared, not_allowed
from jixiao.web.api.shown import OPERATIONS
from jixiao.web.api.urls import api
from jixiao.web.goals.models import SheetVersion
from jixiao.web.kernel.door import Restricted
from jixiao.web.kernel.reach import Span
from web.matrix.truth import Persona, Place, may, may_with
from web.matrix.world import Spot, World, world

ROOT = "/api/v1"
OF_FILES = frozenset(
    {
        "upload_files",
        "sheet_fixed",
        "reading_progress",
        "download_original",
        "download_opinion",
        "export_sheet",
        "export_written",
        "take_out_offline",
        "bring_back_offline",
        "begin_import",
        "import_left",
        "made_file",
        "take_made_file",
    }
)
"""Operations about files: their rights to the object are tried in the tests of the API itself"""


@dataclass(frozen=True)
class Op:
    method: str
    path: str
    right: str | None
    name: str
    operation: Operation


def operations() -> Iterator[Op]:
    for _, router in api._routers:
        for path, found in router.path_operations.items():
            for one in found.operations:
                right = getattr(one.view_func, "right", "undeclared")
                for method in one.methods:
                    yield Op(method, path, right, one.operation_id or "", one)


def test_every_operation_says_what_it_asks_for() -> None:
    assert [one.name for one in operations() if one.right == "undeclared"] == []


@pytest.fixture
def made(db: None) -> World:
    logging.getLogger("django.request").setLevel(logging.CRITICAL)
    return world()


def asked(client: Client, method: str, path: str, body: Mapping[str, Any] | None = None) -> HttpResponse:
    """The answer, with all it changed taken back."""
    with transaction.atomic():
        answer: Any = (
            client.get(ROOT + path)
            if method == "GET"
            else client.post(ROOT + path, json.dumps(body or {}), content_type="application/json")
        )
        if getattr(answer, "streaming", False):
            b"".join(answer.streaming_content)
        transaction.set_rollback(True)
    found: HttpResponse = answer
    return found


def test_lists_are_for_who_may_see_any(made: World) -> None:
    wrong = []
    for who in made.personas:
        client = Client()
        client.force_login(who.user)
        for op in operations():
            if op.method == "GET" and "{" not in op.path and op.name not in OF_FILES:
                met = asked(
                    client, "GET", op.path + ("?year=2027" if "year" in declared(op.operation, "query") else "")
                ).status_code
                if (met == 403) == may(who, op.right) or met >= 500:
                    wrong.append(f"{who} {op.path}: {met}")
    assert not wrong, "\n".join(wrong)


def places(model: type[Restricted], made: World) -> Iterator[tuple[Any, Place, str]]:
    """An object of a model at every spot it has one, and where it hangs."""
    paths = model.paths
    for name, spot in made.spots.items():
        rows: Any = model._base_manager.all()
        if paths.organisation is not None:
            rows = rows.filter(**{paths.organisation or "pk": spot.unit.pk})
        elif paths.region is not None:
            rows = rows.filter(**{paths.region or "pk": spot.unit.region_id})
        else:
            continue
        for row in rows.order_by("pk")[:2]:
            project = _along(row, paths.project)
            person = _along(row, paths.person)
            unit = spot.unit if paths.organisation is not None else None
            yield row, Place(unit, project, person, None if unit else spot.unit.region_id), name


def _along(row: Any, path: str | None) -> Any:
    if path is None:
        return None
    for name in path.split("__") if path else ():
        row = getattr(row, name, None)
    return row


def test_objects_are_for_who_may_see_them(made: World) -> None:
    wrong, count = [], 0
    for who in made.personas:
        client = Client()
        client.force_login(who.user)
        for resource in (one for some in RESOURCES.values() for one in some):
            for row, at, name in places(resource.model, made):
                met = asked(client, "GET", f"/{resource.path}/{row.pk}").status_code
                expected = 403 if not may(who, resource.right) else 200 if may_with(who, resource.right, at) else 404
                count += 1
                if met != expected:
                    wrong.append(f"{who} {resource.path} {name}: {met}, by the table {expected}")
    assert not wrong, f"{len(wrong)} of {count}:\n" + "\n".join(wrong)
    assert count > 500


def test_what_pages_show_of_an_object_is_for_who_may_see_it(made: World) -> None:
    """Operations about one object of another region: never answered to who does not reach there; of one's own: to somebody."""
    wrong, answered = [], set()
    shown = {one.name: one for one in OPERATIONS if "{key}" in one.path}
    for where in ("own", "far"):
        spot = made.spots[where]
        keys = {
            "people": spot.person.pk,
            "regions": spot.unit.region_id,
            "years": (made.year if where == "own" else made.far).pk,
            "sheets": spot.things["sheet"].pk,
            "sheet-versions": SheetVersion.objects.unrestricted("test").get(sheet=spot.things["sheet"]).pk,
            "files": spot.things["file"].pk,
            "incoming-sheets": spot.things["incoming"].pk,
            "batches": spot.things["registration"].pk,
            "imports": spot.things["session"].pk,
            "history": spot.project.pk,
        }
        for who in made.personas:
            client = Client()
            client.force_login(who.user)
            for name, one in shown.items():
                subject = one.path.split("/")[1]
                path = one.path.replace("{key}", str(keys[subject])).replace("{number}", "1")
                query = "?year=2027" if "{key}/opening" in one.path else "?q=xx" if name == "find_projects" else ""
                met = asked(client, "GET", path.replace("{kind}", "projects.project") + query).status_code
                answered |= {name} if met == 200 else set()
                if met >= 500 or met == 422 or (met != 403) != may(who, one.right):
                    wrong.append(f"{who} {path}: {met}")
                elif where == "far" and met == 200 and not reaches_all(who, one.right):
                    wrong.append(f"{who} {path}: 200 of another region")
    assert not wrong, "\n".join(wrong)
    silent = {
        "sheet_fixed",
        "compare_versions",
        "file_page",
        "import_columns",
        "import_progress",
        "import_original",
        "sheet_differences",
    }
    assert set(shown) - answered <= silent, "tried with nothing to show: see the tests of their pages"


# --- acts ------------------------------------------------------------------------------------------------

_MISSING = 10**9


def body_of(op: Op, things: Mapping[str, Any]) -> dict[str, Any]:
    """A body that the schema takes: ids by the names of parameters, anything else."""
    schema = next(model for model in op.operation.models if model.__ninja_param_source__ == "body").model_json_schema()
    schemas = schema.get("$defs", {})
    whole = schema["properties"]["body"]
    found: dict[str, Any] = _value("", whole, schemas, things)
    return found


def _value(name: str, schema: Mapping[str, Any], schemas: Mapping[str, Any], things: Mapping[str, Any]) -> Any:
    if "$ref" in schema:
        return _value(name, schemas[schema["$ref"].rsplit("/", 1)[1]], schemas, things)
    if "anyOf" in schema:
        return _value(name, schema["anyOf"][0], schemas, things)
    if "allOf" in schema:
        return _value(name, schema["allOf"][0], schemas, things)
    if "enum" in schema:
        return schema["enum"][0]
    kind = schema.get("type")
    if kind == "object":
        wanted = set(schema.get("required", ())) | (set(things) & set(schema.get("properties", {})))
        return {one: _value(one, schema["properties"][one], schemas, things) for one in sorted(wanted)}
    if kind == "array":
        return [_value(name, schema["items"], schemas, things)]
    if kind == "integer":
        return things.get(name, _MISSING)
    if kind == "boolean":
        return True
    if kind == "string":
        return {"date": "2026-12-31", "date-time": "2026-12-31T00:00:00Z"}.get(schema.get("format", ""), "x")
    return {} if kind is None else 1


def acts() -> Iterator[Op]:
    return (one for one in operations() if one.path.startswith("/acts/"))


def test_acts_are_refused_without_the_right(made: World) -> None:
    wrong = []
    for who in made.personas:
        client = Client()
        client.force_login(who.user)
        for op in acts():
            answer = asked(client, "POST", op.path, body_of(op, {}))
            refusal = not_allowed(actor_for(who.user), op.right or "")
            if (answer.status_code == 403 and refusal in answer.content.decode()) == may(who, op.right):
                wrong.append(f"{who} {op.path}: {answer.status_code}")
            if answer.status_code >= 500:
                wrong.append(f"{who} {op.path}: {answer.content.decode()}")
    assert not wrong, "\n".join(wrong)


def named(spot: Spot) -> dict[str, Any]:
    """What parameters of services call the things of a spot, by id."""
    things = {name: one.pk for name, one in spot.things.items()}
    return {
        **things,
        "user": spot.person.pk,
        "users": spot.person.pk,
        "to": spot.person.pk,
        "organisation": spot.unit.pk,
        "organisations": spot.unit.pk,
        "department": spot.unit.pk,
        "unit": spot.unit.pk,
        "target": spot.unit.pk,
        "project": spot.project.pk,
        "projects": spot.project.pk,
        "region": spot.unit.region_id,
        "year": FAR_YEAR,
    }


FAR_YEAR = 2027


def reaches_all(who: Persona, action: str | None) -> bool:
    return action is not None and (span_of(who.role, action) is Span.ALL or everybody(action) is Span.ALL)


_OF_OWN_FILES = frozenset({"/acts/intake.export_all"})
"""Names a year only, and makes a file of what one sees of it"""


def test_nothing_is_done_to_what_lies_in_another_region(made: World) -> None:
    wrong, tried = [], 0
    things = named(made.spots["far"])
    for who in made.personas:
        client = Client()
        client.force_login(who.user)
        for op in acts():
            own = op.right is not None and everybody(op.right) is Span.OWN
            body = body_of(op, things)
            if (
                op.path in _OF_OWN_FILES
                or own
                or not may(who, op.right)
                or reaches_all(who, op.right)
                or not set(body) & set(things)
            ):
                continue
            for year in (FAR_YEAR, made.far.pk):
                given = {**body, "year": year} if "year" in body else body
                tried += 1
                answer = asked(client, "POST", op.path, given)
                if answer.status_code < 400:
                    wrong.append(f"{who} {op.path} {given}: {answer.status_code}")
    assert not wrong, "\n".join(wrong)
    assert tried > 100
