"""What a reform does with reasons why sheets are not there."""

from __future__ import annotations

from jixiao.web.editor.models import Unreported
from jixiao.web.goals.models import SheetKind
from jixiao.web.kernel import clock
from jixiao.web.organisations.models import Organisation
from web.make import YEAR, Office
from web.organisations.test_reforms import do, merge


def test_reasons_why_sheets_are_not_there_go_along(county: Office) -> None:
    given = {"year": YEAR, "made_at": clock.now(), "made_by": "x", "unit": county.commerce}
    of_project = Unreported.objects.create(
        project=county.projects["招商费用"], kind=SheetKind.GOAL, reason="并入驻点招商", **given
    )
    of_unit = Unreported.objects.create(kind=SheetKind.PART_ONE, reason="没有要求", **given)
    do(county, merge(county))
    new = Organisation.objects.unrestricted("test").get(code="303")
    for one in (of_project, of_unit):
        one.refresh_from_db()
        assert one.unit_id == new.pk
