"""What departments and units also go by in documents 「单位别名」: seen, added, taken away. Files are matched by it."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from jixiao.web.kernel.acts import NotAllowed, NotThere, Refused
from jixiao.web.kernel.keyset import page_of
from jixiao.web.projects import selectors, services
from jixiao.web.site.pages import Request, page

_ORDER = ["organisation__order", "organisation_id", "id"]


@page("organisation.view", parameters=("q", "unit", "after"))
def aliases(request: Request) -> HttpResponse:
    """单位别名：文件上的别种写法是哪个单位。"""
    asked = request.GET.get("q", "").strip()
    unit = _number(request.GET.get("unit"))
    found = page_of(selectors.unit_aliases(request.actor, asked, unit), _ORDER, request.GET.get("after", ""))
    may_edit = request.actor.may("intake.accept")
    kept = {name: value for name, value in (("q", asked), ("unit", unit)) if value}
    content = {
        "found": found,
        "asked": asked,
        "unit": unit,
        "may_edit": may_edit,
        "units": selectors.units_for(request.actor, "intake.accept") if may_edit else (),
        "next": f"?{urlencode({**kept, 'after': found.after})}" if found.after else "",
        "first": f"?{urlencode(kept)}" if request.GET.get("after") else "",
    }
    return render(request, "projects/aliases.html", content)


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 18 else None


@page("intake.accept", methods=("POST",))
def add_alias(request: Request) -> HttpResponse:
    """记一种写法。"""
    unit = _number(request.POST.get("unit"))
    try:
        if unit is None:
            raise Refused("请选是哪个单位", field="unit", status=422)
        made = services.remember_department(request.actor, department=unit, text=request.POST.get("text", ""))
    except (NotAllowed, NotThere):
        raise
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, f"记下了：“{made.text}”，以后文件里这样写就认得" if made else "这种写法已经记着")
    return redirect(reverse("unit-aliases"))


@page("intake.accept", methods=("POST",))
def forget_alias(request: Request, alias: int) -> HttpResponse:
    """去掉一种写法。"""
    services.forget_department_alias(request.actor, alias=alias)
    messages.success(request, "去掉了，以后文件里这样写要再问一次")
    return redirect(reverse("unit-aliases"))
