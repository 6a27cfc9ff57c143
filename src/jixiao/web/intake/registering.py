"""登记已批复: approved sheets of before, a whole folder of them, straight to their state."""

from __future__ import annotations

from dataclasses import dataclass

from jixiao.web.goals.models import SheetVersion
from jixiao.web.intake.acceptance import accept
from jixiao.web.intake.models import Batch, IncomingFile, IncomingSheet
from jixiao.web.intake.services import decide_sheet
from jixiao.web.kernel.acts import NotThere, Refused
from jixiao.web.kernel.people import Actor

State = IncomingFile.State


@dataclass(frozen=True)
class Outcome:
    """What became of a file: the versions that were registered, or why none was."""

    file: IncomingFile
    versions: tuple[SheetVersion, ...] = ()
    refused: str = ""


def register_batch(actor: Actor, *, batch: int, makes_projects: bool = False) -> list[Outcome]:
    """Register every file of a batch that waits to be checked, file by file: each is written whole or not at all.

    It may be called again: what is registered stays so. What was not read for certain is registered as read, and the version
    says in how many places nobody looked. With ``makes_projects``, projects that the pool has nothing like are put into it.
    """
    found = Batch.objects.restrict(actor, "intake.register").filter(pk=batch, registers_approved=True).first()
    if found is None:
        raise NotThere("没有这一批登记，或者您无权办理")
    rows = IncomingFile.objects.restrict(actor, "intake.accept").filter(batch=found, state=State.TO_CHECK)
    outcomes = []
    for row in rows.defer("document").order_by("position"):
        try:
            if makes_projects:
                _new_projects(actor, row)
            outcomes.append(Outcome(row, tuple(accept(actor, file=row.pk, despite_doubts=True))))
        except Refused as refused:
            outcomes.append(Outcome(row, refused=refused.message))
    return outcomes


def _new_projects(actor: Actor, row: IncomingFile) -> None:
    """Say of sheets whose project the pool has nothing like that they are of new ones."""
    rows = IncomingSheet.objects.restrict(actor, "intake.accept").filter(
        file=row, project=None, is_of_department=False, accepted=None, dropped=False, makes_project=False
    )
    for sheet in rows.exclude(unit=None):
        if not sheet.candidates:
            decide_sheet(actor, sheet=sheet.pk, makes_project=True)
