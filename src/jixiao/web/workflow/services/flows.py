"""Flows of a region, in versions; which one a round goes by."""

from __future__ import annotations

import json
from functools import cache

from jixiao.web.kernel import clock
from jixiao.web.kernel.acts import Act, Refused, service
from jixiao.web.organisations.models import Region, Round
from jixiao.web.workflow.definition import Definition, DefinitionError, as_data, definition_of, read_definition
from jixiao.web.workflow.guards import GUARDS, standard
from jixiao.web.workflow.models import Flow, RoundFlow, Run


@service("flow.kept", "保存流程", right="flow.edit")
def keep_flow(act: Act, *, region: int, text: str) -> Flow:
    """Another version of the flow of a region, written as YAML. Runs under way keep the one they began with."""
    place = act.get(Region, region, "year.view")
    try:
        one = read_definition(text, "流程", tuple(GUARDS))
    except DefinitionError as error:
        raise Refused(str(error), field="text", status=422) from error
    rows = Flow.objects.unrestricted("the flow of a region").filter(region=place).order_by("-number")
    last = rows.first()
    if last is not None and last.definition == as_data(one):
        raise Refused("和现在的流程一样，没有保存", field="text")
    made = Flow(
        region=place,
        number=last.number + 1 if last else 1,
        title=one.title,
        definition=as_data(one),
        made_at=clock.now(),
        made_by=act.actor.name,
    )
    return act.add(made)


@service("flow.chosen", "选定轮次的流程", right="flow.edit")
def choose_flow(act: Act, *, round: int, flow: int) -> RoundFlow:  # noqa: A002 - the field's name everywhere
    """Which version of the flow a round goes by; not once sheets of it are under way."""
    one = act.get(Round, round)
    chosen = act.get(Flow, flow)
    if Run.objects.unrestricted("whether it is used").filter(round=one).exclude(flow=chosen).exists():
        raise Refused(f"{one.label}已经有表送审，不能换流程")
    known = act.all(RoundFlow).filter(round=one).first()
    if known is not None:
        known.flow = chosen
        return act.save(known)
    return act.add(RoundFlow(round=one, flow=chosen))


def definition_in(flow: Flow) -> Definition:
    """What a kept flow says."""
    return _read(json.dumps(flow.definition, sort_keys=True))


@cache
def _read(text: str) -> Definition:
    return definition_of(json.loads(text), "流程", tuple(GUARDS))


def flow_of_region(region: int) -> Flow:
    """The latest flow of a region; the one that ships is kept as its first version where it has none."""
    rows = Flow.objects.unrestricted("the flow of a region").filter(region=region)
    found = rows.order_by("-number").first()
    if found is not None:
        return found
    one = standard()
    made, _ = rows.get_or_create(
        region_id=region,
        number=1,
        defaults={
            "title": one.title,
            "definition": as_data(one),
            "made_at": clock.now(),
            "made_by": "随程序",
        },
    )
    return made


def flow_of(region: int, round_: Round | None) -> Flow:
    """The flow that sheets go through which are handed in now in a region for a round."""
    if round_ is not None:
        chosen = (
            RoundFlow.objects.unrestricted("the flow of a round").filter(round=round_).select_related("flow").first()
        )
        if chosen is not None:
            return chosen.flow
    return flow_of_region(region)
