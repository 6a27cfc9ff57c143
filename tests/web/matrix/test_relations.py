"""What a reader of one thing sees through it of another: over all relations between models behind the door.

For each relation from A to B and each role, whoever may see an A is asked whether they may see the B at its other end. Where not, a
page or an answer about A must show nothing of B but its label: each such relation stands in ``relations.yaml`` with the reason, or
the test fails. What stands there and no longer differs fails too.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db.models import ForeignKey, ManyToManyField, Model, OneToOneField

from jixiao.strict_yaml import load_strict
from jixiao.web.accounts.actors import actor_for
from jixiao.web.api.reading import RESOURCES
from jixiao.web.kernel.door import Restricted
from web.matrix.truth import Persona
from web.matrix.world import World, world

_REASONS = Path(__file__).parent / "relations.yaml"

RIGHT_TO_SEE = {
    "organisations.region": "year.view",
    "organisations.fiscalyear": "year.view",
    "organisations.round": "year.view",
    "organisations": "organisation.view",
    "accounts.apitoken": "token.own",
    "accounts": "person.view",
    "projects": "project.view",
    "goals": "sheet.view",
    "workflow": "sheet.view",
    "appraisals": "project.view",
    "editor": "sheet.view",
    "opinions": "sheet.view",
    "library": "library.view",
    "intake": "intake.view",
    "desk": "intake.view",
    "imports": "import.own",
    "jobs": "operation.view",
    "audit": "log.view",
    "notices": "account.own",
}
"""With which right a model is looked at that programs do not read: by its name, else by its app"""
READ_BY_PROGRAMS = {one.model: one.right for some in RESOURCES.values() for one in some}


def right_to_see(model: type[Model]) -> str | None:
    known = RIGHT_TO_SEE.get(model._meta.label_lower)
    return known or READ_BY_PROGRAMS.get(model) or RIGHT_TO_SEE.get(model._meta.app_label)


def restricted() -> list[type[Restricted]]:
    return [one for one in apps.get_models() if issubclass(one, Restricted)]


def relations() -> Iterator[tuple[type[Restricted], str, type[Restricted]]]:
    """(A, name of the relation, B), forward and back."""
    for model in restricted():
        for one in model._meta.get_fields():
            other = getattr(one, "related_model", None)
            if not (one.is_relation and isinstance(other, type) and issubclass(other, Restricted)):
                continue
            forward = isinstance(one, ForeignKey | OneToOneField | ManyToManyField)
            if forward or (one.auto_created and not one.hidden):
                yield model, one.name, other


def name_of(model: type[Model], relation: str) -> str:
    return f"{model._meta.label_lower}.{relation}"


@pytest.fixture
def made(db: None) -> World:
    return world()


def test_every_model_behind_the_door_is_looked_at_with_a_right() -> None:
    assert [one._meta.label_lower for one in restricted() if right_to_see(one) is None] == []


def seen_through(who: Persona, model: type[Restricted], relation: str, other: type[Restricted]) -> set[Any]:
    """Keys of the B at the ends of the A that somebody may see, without those they may see themselves."""
    actor = actor_for(who.user)
    first, second = right_to_see(model), right_to_see(other)
    assert first is not None
    assert second is not None
    visible = model.objects.restrict(actor, first)
    field = model._meta.get_field(relation)
    back = field.field.name if field.auto_created else None  # type: ignore[union-attr]
    rows = other.objects.unrestricted("the other end")
    if back is not None:
        ends = rows.filter(**{f"{back}__in": visible.values("pk")})
    else:
        ends = rows.filter(pk__in=visible.exclude(**{f"{relation}__isnull": True}).values(relation))
    return set(ends.values_list("pk", flat=True)) - set(
        other.objects.restrict(actor, second).values_list("pk", flat=True)
    )


def test_what_is_seen_through_relations_has_its_reason(made: World) -> None:
    reasons: dict[str, str] = load_strict(_REASONS.read_text(encoding="utf-8"), _REASONS.name)
    differ: dict[str, list[str]] = {}
    for model, relation, other in relations():
        for who in made.personas:
            if seen_through(who, model, relation, other):
                differ.setdefault(name_of(model, relation), []).append(str(who))
    unexplained = {name: who for name, who in differ.items() if name not in reasons}
    assert not unexplained, "\n".join(f"{name}: {'、'.join(who)}" for name, who in sorted(unexplained.items()))
    gone = sorted(set(reasons) - set(differ))
    assert not gone, f"no longer differ, or are gone: {gone}"
    assert all(len(reason) > 10 for reason in reasons.values())
