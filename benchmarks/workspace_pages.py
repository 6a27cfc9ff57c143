"""``python -m benchmarks.workspace_pages FOLDER FILES``: the median of each page, taken in turn, as JSON; see ``workspace``."""

from __future__ import annotations

import json
import statistics
import sys
import time
from pathlib import Path

from jixiao.web.operation.folder import set_up

ROUNDS = 15
MORE_SHEETS = 1000


def main(folder: Path, files: Path) -> None:
    set_up(folder)
    from django.conf import settings
    from django.core.management import call_command
    from django.http import HttpResponse
    from django.template import engines
    from django.test import Client
    from django.urls import path

    from jixiao.web import urls
    from jixiao.web.accounts.models import User
    from jixiao.web.demo.load import load
    from jixiao.web.organisations.models import Region
    from jixiao.web.site.pages import Request, page

    settings.ALLOWED_HOSTS = ["*"]
    call_command("migrate", verbosity=0)
    load([one for one in files.iterdir() if one.suffix == ".docx"], lambda _: None)
    sheet = _more_sheets()
    nothing = engines["django"].from_string('{% extends "jixiao/base.html" %}')

    @page(None)
    def trivial(request: Request) -> HttpResponse:
        """Base template, session, user, one query."""
        Region.objects.restrict(request.actor, "year.view").first()
        return HttpResponse(nothing.render({}, request))

    urls.urlpatterns.append(path("trivial", trivial))
    clients = {}
    for name in ("zhangmin", "sysadmin", "secadmin", "chenjing"):
        clients[name] = Client()
        clients[name].force_login(User.objects.unrestricted("bench").get(username=name))
    wanted = {
        "trivial": ("zhangmin", "/trivial"),
        "home": ("zhangmin", "/"),
        "sheets of a year (1,000)": ("zhangmin", "/2026/sheets/"),
        "sheets of a department": ("chenjing", "/2026/sheets/"),
        "one sheet": ("zhangmin", f"/2026/sheets/{sheet}/"),
        "desk": ("zhangmin", "/2027/intake/"),
        "imports": ("zhangmin", "/imports/"),
        "import, form": ("sysadmin", "/imports/new/organisations/"),
        "years": ("zhangmin", "/years/"),
        "organisations": ("sysadmin", "/organisations/"),
        "organisation, form": ("sysadmin", "/organisations/new"),
        "people": ("secadmin", "/people/"),
        "person, form": ("secadmin", "/people/new"),
        "account, form": ("zhangmin", "/account/"),
        "operation": ("sysadmin", "/operation/"),
    }
    times: dict[str, list[float]] = {name: [] for name in wanted}
    for turn in range(ROUNDS + 1):
        for name, (who, address) in wanted.items():
            start = time.perf_counter()
            answer = clients[who].get(address)
            taken = time.perf_counter() - start
            assert answer.status_code == 200, (address, answer.status_code, answer.content.decode()[-400:])
            if turn:  # the first compiles templates
                times[name].append(taken)
    print(json.dumps({name: statistics.median(taken) for name, taken in times.items()}))


def _more_sheets() -> int:
    """A thousand projects with a sheet each, in the departments there are; gives a sheet that was really read."""
    from django.utils import timezone

    from jixiao.web.goals.models import Sheet
    from jixiao.web.organisations.models import Organisation
    from jixiao.web.projects.models import Project

    real = Sheet.objects.unrestricted("bench").filter(kind="goal", year=2026).latest("pk")
    units = list(Organisation.objects.unrestricted("bench").filter(kind="lead_department"))
    made = Project.objects.bulk_create(
        Project(unit=units[n % len(units)], name=f"项目{n}", starts_in=2026) for n in range(MORE_SHEETS)
    )
    Sheet.objects.bulk_create(
        Sheet(unit=one.unit, project=one, year=2026, kind="goal", title=one.name, version=1, changed_at=timezone.now())
        for one in made
    )
    return real.pk


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
