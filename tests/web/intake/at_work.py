"""Somebody who hands files in, reads and accepts them without end, to be killed at it; and who looks at what is left.

``python -m web.intake.at_work work|check`` with JIXIAO_DATA set.
"""

from __future__ import annotations

import itertools
import json
import os
import sys
from dataclasses import replace

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "web_settings")

import django

django.setup()

from django.core.management import call_command  # noqa: E402

from jixiao.readers import read_file  # noqa: E402
from jixiao.services.chain import entry_digest  # noqa: E402
from jixiao.services.scratch import sweep  # noqa: E402
from jixiao.web.accounts.actors import actor_for  # noqa: E402
from jixiao.web.accounts.models import User  # noqa: E402
from jixiao.web.accounts.roles import Role  # noqa: E402
from jixiao.web.audit.chain import as_record  # noqa: E402
from jixiao.web.audit.models import AuditEntry  # noqa: E402
from jixiao.web.files import store  # noqa: E402
from jixiao.web.goals.contents import rows_of_document  # noqa: E402
from jixiao.web.goals.models import IndicatorRow, Sheet, SheetVersion  # noqa: E402
from jixiao.web.intake.models import IncomingFile, IncomingSheet  # noqa: E402
from jixiao.web.intake.selectors import stuck_readings  # noqa: E402
from jixiao.web.jobs.queue import recover, run_pending  # noqa: E402
from web.intake.desk import HEALTH, hand_in, health, take, written  # noqa: E402
from web.make import office  # noqa: E402


def say(**words: object) -> None:
    """A word that what came before is done: it must be there whatever happens next."""
    sys.stdout.write(json.dumps(words) + "\n")
    sys.stdout.flush()


def prepare() -> None:
    """The county, once."""
    call_command("migrate", verbosity=0)
    health(office())
    say(ready=True)


def work() -> None:
    """Hand in, read, accept, again and again: new files, and every third a corrected one of before."""
    actor = actor_for(User.objects.unrestricted("test").get(username=Role.PERFORMANCE_SECTION.value))
    recover("here")
    run_pending()
    plan = read_file(HEALTH)
    sheet = plan.goal_sheets[0]
    say(ready=True)
    for n in itertools.count(IncomingFile.objects.unrestricted("test").count()):
        project = replace(sheet.project, name=f"项目{n // 3}", code=None)
        one = replace(sheet, project=project, purpose=f"用途{n}")
        content = written(
            replace(plan, goal_sheets=(one,), overall_goals=(), activities=(), safeguards=(), provenance={}, notes=())
        )
        (row,) = hand_in(actor, {f"{n}.docx": content}, read=False)
        say(received=row.pk)
        run_pending()
        row.refresh_from_db()
        say(read=row.pk)
        (version,) = take(actor, row)
        say(accepted=row.pk, version=version.pk)


def check() -> None:
    """What is left, after what was begun is ended: everything is whole or not there."""
    sweep(0)
    recover("here")
    run_pending()
    files = list(IncomingFile.objects.unrestricted("test").select_related("stored"))
    waiting = [one.pk for one in files if one.state in ("waiting", "reading")]
    versions = SheetVersion.objects.unrestricted("test")
    wrong: list[str] = []
    for sheet in Sheet.objects.unrestricted("test"):
        own = list(versions.filter(sheet=sheet).order_by("number"))
        if [one.number for one in own] != list(range(1, sheet.version + 1)):
            wrong.append(f"sheet {sheet.pk}: versions {[one.number for one in own]} of {sheet.version}")
        rows = IndicatorRow.objects.unrestricted("test").filter(sheet=sheet).order_by("position")
        if [(r.row_id, r.name, r.target) for r in rows] != [
            (r.row_id, r.name, r.target) for r in rows_of_document(own[-1].document)
        ]:
            wrong.append(f"sheet {sheet.pk}: rows")
    for one in files:
        sheets = IncomingSheet.objects.unrestricted("test").filter(file=one)
        if one.state == "accepted" and sheets.filter(accepted=None).exists():
            wrong.append(f"file {one.pk}: half accepted")
        if one.state == "to_check" and not sheets.exists():
            wrong.append(f"file {one.pk}: read without sheets")
        if one.stored is None:
            wrong.append(f"file {one.pk}: no bytes")
    entries = AuditEntry.objects.unrestricted("test").order_by("chain", "number")
    last: dict[int, AuditEntry] = {}
    for entry in entries:
        before = last.get(entry.chain)
        if entry_digest(as_record(entry)) != entry.digest or entry.previous != (before.digest if before else ""):
            wrong.append(f"entry {entry.chain}/{entry.number}")
        last[entry.chain] = entry
    say(
        files={one.pk: one.state for one in files},
        versions=list(versions.values_list("pk", flat=True)),
        waiting=waiting,
        told=sorted(stuck_readings(waiting)),
        damaged=[words for _, words in store.damaged()],
        wrong=wrong,
    )


if __name__ == "__main__":
    {"prepare": prepare, "work": work, "check": check}[sys.argv[1]]()
