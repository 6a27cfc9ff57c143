"""What pages and programs do with drafts beyond one service: the draft is reviewed first, then it becomes a version."""

from __future__ import annotations

from dataclasses import replace

from jixiao.domain.plan import Source
from jixiao.web.editor import selectors, services
from jixiao.web.goals.contents import content_of
from jixiao.web.goals.models import SheetKind, SheetVersion
from jixiao.web.kernel.people import Actor

LONGEST_REASON = 100


def name_version(actor: Actor, *, year: int, key: int, reason: str = "") -> SheetVersion:
    """The draft of a sheet as it stands now as a version, reviewed among the other sheets of its department.

    Its places are none of a file: words that were typed and not read stay. Where the file said what, earlier versions know.

    Raises what ``services.name_version`` raises.
    """
    found = selectors.written(actor, year, key)
    review = selectors.review_beside(actor, found.sheet, found.plan)
    source = Source(f"网页填报第{found.sheet.version + 1}版", "0" * 64, "web")
    places = {at: place for at, place in found.plan.provenance.items() if not place.label}  # of the file it began with
    plan = replace(found.plan, source=source, provenance=places)
    content = content_of(plan, review, SheetKind(found.sheet.kind))
    why = " ".join(reason.split())[:LONGEST_REASON] or "网页填报"
    return services.name_version(actor, year=year, key=key, revision=found.revision, content=content, reason=why)
