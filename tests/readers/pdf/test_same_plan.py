"""A plan laid out on PDF pages reads back the same as from Word, whatever it holds and wherever its pages end."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from readers.lost import lost
from readers.pdf.lay import as_pdf
from readers.plans import plans
from readers.write import layout

from examples import examples
from jixiao.domain.plan import Plan
from jixiao.readers import read_bytes
from jixiao.readers.registry import read_raw


@settings(max_examples=examples(25), deadline=None, suppress_health_check=list(HealthCheck))
@given(plans())
def test_plan_on_pages_reads_back(plan: Plan) -> None:
    data = as_pdf(layout(plan))
    got = read_bytes(data, "plan.pdf")
    assert replace(got, source=plan.source, provenance={}, notes=()) == plan
    assert lost(read_raw(data, "plan.pdf"), got) == []
    assert all(place.page and place.bbox for place in got.provenance.values())
