"""A list of projects among the files that came in: it goes on to the import of the pool, as it is."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect

from jixiao.readers import ONLY_PROJECTS
from jixiao.web.files.store import path_of
from jixiao.web.imports.models import ImportSession
from jixiao.web.imports.running import begin
from jixiao.web.intake.models import IncomingFile
from jixiao.web.kernel.acts import NotThere
from jixiao.web.kernel.people import Actor
from jixiao.web.site.pages import Request, page


def import_list(actor: Actor, file: int) -> ImportSession:
    """Begin an import of projects with a file that came in. Raises NotThere for what is no list of projects, and Refused where
    the import cannot read it (it takes workbooks and CSV)."""
    rows = IncomingFile.objects.restrict(actor, "intake.view").select_related("stored", "batch")
    row = rows.filter(pk=file, state=IncomingFile.State.UNREADABLE, met=ONLY_PROJECTS).first()
    if row is None or row.stored is None:
        raise NotThere
    name = row.name.rsplit("/", 1)[-1]
    return begin(actor, kind="projects", name=name, data=path_of(row.stored.sha256).read_bytes(), year=row.batch.year)


@page("project.import", methods=("POST",))
def import_projects(request: Request, file: int) -> HttpResponse:
    """把项目清单送去导入项目库。"""
    return redirect("import_columns", import_list(request.actor, file).pk)
