"""The flow of a region 「审核流程」: its steps, its versions, which one each round goes by; another version, checked before it is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import yaml
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from jixiao.web.kernel.acts import NotThere, Refused
from jixiao.web.kernel.people import Actor
from jixiao.web.organisations.models import Region, Round
from jixiao.web.organisations.selectors import region_of
from jixiao.web.site.pages import Request, page
from jixiao.web.workflow import services
from jixiao.web.workflow.definition import (
    STEP_RIGHTS,
    Definition,
    DefinitionError,
    Sign,
    Skip,
    as_data,
    definition_of,
    read_definition,
    standard_text,
)
from jixiao.web.workflow.guards import GUARDS, TITLES
from jixiao.web.workflow.handing_in import HANDED_IN
from jixiao.web.workflow.models import Flow, RoundFlow
from jixiao.web.workflow.services.flows import flow_of_region

_SEVERITIES = {"error": "必须修改", "warning": "应当修改或说明", "advice": "建议完善"}


@dataclass(frozen=True)
class Stated:
    """A definition as people read it."""

    title: str
    steps: Sequence[tuple[str, str, str]]
    guards: Sequence[str]
    stops: str
    appraisal: str


def stated(one: Definition) -> Stated:
    """Steps with who decides and how; what is asked before handing in; what stops it."""
    steps = []
    for step in one.steps:
        how = "会签：每个人都要同意" if step.sign is Sign.ALL else "一个人办就行"
        if step.skip is Skip.NOBODY_ELSE:
            how += "；除了填表的人没有别人就跳过"
        steps.append((step.title, STEP_RIGHTS[step.right], how))
    stops = "、".join(_SEVERITIES[severity.value] for severity in sorted(one.stops, key=list(_SEVERITIES).index))
    appraisal = f"新增项目{one.appraisal_from}万元以上" if one.appraisal_from is not None else ""
    return Stated(one.title, steps, [TITLES[code] for code in one.guards], stops, appraisal)


def read_flow(text: str) -> Definition:
    """A definition out of a form. Raises Refused at the field."""
    try:
        return read_definition(text, "流程", tuple(GUARDS))
    except DefinitionError as error:
        raise Refused(str(error), field="text", status=422) from error


def text_of(flow: Flow) -> str:
    """A version as YAML, to be changed; the one that ships with its remarks."""
    if flow.number == 1 and flow.definition == _as_shipped():
        return standard_text()
    return str(yaml.safe_dump(flow.definition, allow_unicode=True, sort_keys=False, width=120))


def _as_shipped() -> object:
    return as_data(read_definition(standard_text(), "standard.yaml", tuple(GUARDS)))


def _region(request: Request) -> Region:
    rows = Region.objects.restrict(request.actor, "year.view")
    key = region_of(request)
    found = rows.filter(pk=key).first() if key is not None else rows.order_by("pk").first()
    if found is None:
        raise NotThere("还没有行政区划")
    return found


def _may_edit(actor: Actor, region: Region) -> bool:
    return actor.may("flow.edit") and Region.objects.restrict(actor, "flow.edit").filter(pk=region.pk).exists()


@page("year.view")
def flow_page(request: Request, year: int) -> HttpResponse:
    """审核流程：几步、谁办，每一轮用哪一版。"""
    region = _region(request)
    return render(request, "workflow/flow.html", _content(request, year, region))


def _content(request: Request, year: int, region: Region) -> dict[str, object]:
    last = flow_of_region(region.pk)
    flows = list(Flow.objects.restrict(request.actor, "year.view").filter(region=region).order_by("-number"))
    rounds = Round.objects.restrict(request.actor, "year.view").filter(
        fiscal_year__year=year, fiscal_year__region=region, kind__in=HANDED_IN
    )
    chosen = dict(
        RoundFlow.objects.restrict(request.actor, "year.view").filter(round__in=rounds).values_list("round", "flow")
    )
    may_edit = _may_edit(request.actor, region)
    return {
        "region": region,
        "last": last,
        "stated": stated(definition_of(last.definition, "流程", tuple(GUARDS))),
        "flows": flows,
        "rounds": [(one, chosen.get(one.pk, last.pk)) for one in rounds.order_by("opens_on", "pk")],
        "may_edit": may_edit,
        "text": text_of(last) if may_edit else "",
        "rights": STEP_RIGHTS,
        "guards": TITLES,
    }


@page("flow.edit", methods=("POST",))
def flow_keep(request: Request, year: int) -> HttpResponse:
    """改流程：先看几步，再保存成新的一版。"""
    region = _region(request)
    if not _may_edit(request.actor, region):
        raise NotThere
    text = request.POST.get("text", "")
    content = {**_content(request, year, region), "text": text}
    try:
        content["checked"] = stated(read_flow(text))
        if request.POST.get("keep") == "1":
            made = services.keep_flow(request.actor, region=region.pk, text=text)
            messages.success(request, f"存成第{made.number}版；已经在走的表还走原来的一版")
            return redirect("flow", year)
    except Refused as refused:
        if refused.field != "text":
            raise
        content["wrong"] = refused.message
        return render(request, "workflow/flow.html", content, status=422)
    return render(request, "workflow/flow.html", content)


@page("flow.edit", methods=("POST",))
def flow_choose(request: Request, year: int, round: int) -> HttpResponse:  # noqa: A002 - the field's name everywhere
    """选定一轮用哪一版流程。"""
    text = request.POST.get("flow", "")
    known = Round.objects.restrict(request.actor, "flow.edit").filter(pk=round, fiscal_year__year=year)
    if not known.exists():
        raise NotThere
    if not text.isdecimal() or len(text) > 18:
        raise Refused("请选一版流程", field="flow", status=422)
    services.choose_flow(request.actor, round=round, flow=int(text))
    messages.success(request, "这一轮的流程选好了")
    return redirect("flow", year)
