"""Workbooks filled in without network, among the files of the desk: where what they said is to be taken."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

from jixiao.web.editor.models import Proposal
from jixiao.web.editor.offline.at_intake import FILLED
from jixiao.web.intake.models import IncomingFile
from jixiao.web.kernel.people import Actor

__all__ = ["FILLED", "Link", "is_filled", "proposals_of"]


@dataclass(frozen=True)
class Link:
    """A proposal: the title of its sheet, the page on which it is taken."""

    title: str
    address: str


def is_filled(row: IncomingFile) -> bool:
    """Whether a file is such a workbook."""
    return row.state == IncomingFile.State.KNOWN and row.met.startswith(FILLED)


def proposals_of(actor: Actor, files: Sequence[IncomingFile]) -> Mapping[int, tuple[Link, ...]]:
    """What waits to be taken of each file, by its id, as far as somebody may write in the sheets. Files have their ``stored``."""
    digests = {one.pk: one.stored.sha256 for one in files if one.stored is not None and is_filled(one)}
    if not digests:
        return {}
    rows = Proposal.objects.restrict(actor, "sheet.edit").filter(digest__in=set(digests.values()))
    found: dict[str, list[Link]] = {}
    for one in rows.filter(state=Proposal.State.OPEN).select_related("sheet").defer("changes").order_by("sheet", "pk"):
        address = reverse("sheet-proposal", args=[one.sheet.year, one.sheet_id, one.pk])
        found.setdefault(one.digest, []).append(Link(one.sheet.title, address))
    return {key: tuple(found.get(digest, ())) for key, digest in digests.items()}
