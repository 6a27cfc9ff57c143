"""For every view an example of each place its objects may hang at. A view that is not here fails the matrix.

``at(…)`` are the objects of the four spots of the world under a name; ``alone`` is for pages about no object. Where an object is
fetched with another right than the one the page asks for, ``right`` names it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from jixiao.web.imports import kinds
from web.make import YEAR
from web.matrix.truth import ANYWHERE, Place
from web.matrix.world import Spot, World


@dataclass(frozen=True)
class One:
    """An address of a view, and where what it shows hangs."""

    kwargs: Mapping[str, Any]
    at: Place = ANYWHERE
    name: str = ""
    needs: tuple[str, ...] = ()
    """Rights that this address asks for besides"""


@dataclass(frozen=True)
class Example:
    """What a view is tried with. ``needs`` are rights to the object besides that of the page; ``query`` goes with GET,
    ``form`` with POST."""

    ones: Callable[[World], Iterable[One]]
    needs: tuple[str, ...] = ()
    query: Mapping[str, str] = field(default_factory=dict)
    form: Mapping[str, str] = field(default_factory=dict)


def alone(**kwargs: Any) -> Example:
    """A page about no object."""
    return Example(lambda world: [One(kwargs)])


def _spots(take: Callable[[Spot], One | None]) -> Callable[[World], Iterable[One]]:
    def ones(world: World) -> Iterable[One]:
        for name, spot in world.spots.items():
            one = take(spot)
            if one is not None:
                yield One(one.kwargs, one.at, name)

    return ones


def at(
    argument: str, thing: str, *, project: bool = False, needs: tuple[str, ...] = (), person: bool = False, **more: Any
) -> Example:
    """Objects of that name at every spot; ``project``: they hang on the project too; ``person``: on the person."""

    def take(spot: Spot) -> One | None:
        if thing not in spot.things:
            return None
        place = Place(spot.unit, spot.project if project else None, spot.person if person else None)
        return One({argument: spot.things[thing].pk, **more}, place)

    return Example(_spots(take), needs)


def sheets(*, needs: tuple[str, ...] = (), **more: Any) -> Example:
    """Sheets of a project and sheets of a whole unit."""

    def ones(world: World) -> Iterable[One]:
        for name, spot in world.spots.items():
            yield One({"key": spot.things["sheet"].pk, **more}, Place(spot.unit, spot.project), name)
            yield One({"key": spot.things["whole"].pk, **more}, Place(spot.unit), f"{name}, whole")

    return Example(ones, needs)


def proposed() -> Example:
    """What came back filled in for sheets of a project."""
    return Example(
        _spots(
            lambda spot: One(
                {"key": spot.things["sheet"].pk, "year": YEAR, "proposal": spot.things["proposal"].pk},
                Place(spot.unit, spot.project),
            )
        ),
        ("sheet.view",),
    )


def said(what: str) -> Example:
    """What was said of sheets of a project."""
    return Example(
        _spots(
            lambda spot: One(
                {"key": spot.things["sheet"].pk, "year": YEAR, what: spot.things[what].pk},
                Place(spot.unit, spot.project),
            )
        )
    )


def units(*, needs: tuple[str, ...] = (), leads_only: bool = False, **more: Any) -> Example:
    """The organisations themselves."""

    def take(spot: Spot) -> One | None:
        if leads_only and spot.unit.kind != "lead_department":
            return None
        return One({"key": spot.unit.pk, **more}, Place(spot.unit))

    return Example(_spots(take), needs)


def sets(*, needs: tuple[str, ...] = (), **more: Any) -> Example:
    """The sets of units."""
    return Example(_spots(lambda spot: One({"unit": spot.unit.pk, "year": YEAR, **more}, Place(spot.unit))), needs)


def in_sets(year: int, kind: str = "goal") -> Example:
    """Places of sets that projects have; in a year in which there is nothing."""

    def take(spot: Spot) -> One:
        place = f"{kind}-{spot.project.pk}"
        return One({"unit": spot.unit.pk, "place": place, "year": year}, Place(spot.unit, spot.project))

    return Example(_spots(take))


def appraised() -> Example:
    """Files of the appraisals of projects."""

    def take(spot: Spot) -> One:
        kwargs = {"project": spot.project.pk, "year": YEAR, "file": spot.things["appraisal_file"].pk}
        return One(kwargs, Place(spot.unit, spot.project))

    return Example(_spots(take))


def pooled() -> Example:
    """The projects themselves."""
    return Example(_spots(lambda spot: One({"project": spot.project.pk, "year": YEAR}, Place(spot.unit, spot.project))))


def staff(*, needs: tuple[str, ...] = ()) -> Example:
    """The people themselves."""
    return Example(_spots(lambda spot: One({"key": spot.person.pk}, Place(spot.unit, person=spot.person))), needs)


def years(argument: str = "key", **more: Any) -> Example:
    """The fiscal years of both regions."""

    def ones(world: World) -> Iterable[One]:
        for one, name in ((world.year, "own"), (world.far, "far")):
            yield One({argument: one.pk, **more}, Place(region=one.region_id), name)

    return Example(ones)


def rounds() -> Example:
    def ones(world: World) -> Iterable[One]:
        for name in ("own", "far"):
            spot = world.spots[name]
            yield One({"key": spot.things["round"].pk}, Place(region=spot.unit.region_id), name)

    return Example(ones)


def regions(**more: Any) -> Example:
    def ones(world: World) -> Iterable[One]:
        for one, name in ((world.year, "own"), (world.far, "far")):
            yield One({"region": one.region_id, **more}, Place(region=one.region_id), name)

    return Example(ones)


def made(*, needs: tuple[str, ...] = ()) -> Example:
    """What was made in the background for the people themselves."""
    return Example(_spots(lambda spot: One({"job": spot.things["made"].pk}, Place(person=spot.person), needs=needs)))


def job() -> Example:
    return Example(lambda world: [One({"job": world.things["job"].pk}, ANYWHERE)])


EXAMPLES: dict[str, Example] = {
    # accounts
    "home": alone(),
    "login": alone(),
    "login-code": alone(),
    "logout": alone(),
    "account": alone(),
    "password": alone(),
    "second-factor": alone(),
    "tokens": alone(),
    "token-revoke": Example(lambda world: ()),  # of one's own tokens only: test_api.py
    "delegate": alone(),
    "delegation-end": Example(lambda world: ()),  # of one's own delegations only: accounts/test_rights.py
    "people": alone(),
    "person-new": alone(),
    "first-passwords": alone(),
    "person": staff(),
    "person-edit": staff(),
    "person-reset": staff(),
    "person-unlock": staff(),
    "person-leave": staff(),
    "person-restore": staff(),
    "person-factor": staff(),
    "person-grant": staff(),
    "person-staff": staff(),
    "right-withdraw": at("key", "assignment"),
    "clerk-withdraw": at("key", "assignment"),
    # organisations, years
    "organisations": alone(),
    "organisation-new": alone(),
    "regions": alone(),
    "reforms": alone(),
    "reform": at("key", "reform"),
    "reform-withdraw": at("key", "reform"),
    "organisation": units(),
    "organisation-edit": units(),
    "look-after": units(leads_only=True),
    "reform-new": units(kind="close"),
    "look-after-end": at("key", "responsibility"),
    "years": alone(),
    "year-switch": Example(lambda world: [One({})], query={"to": str(YEAR), "page": "/"}),
    "year-open": regions(opens=2029),
    "year": years(),
    "year-close": years(),
    "year-reopen": years(),
    "year-ruleset": years(),
    "round-new": years(),
    "round-edit": rounds(),
    "round-extend": rounds(),
    "extension-withdraw": at("key", "extension"),
    "library": Example(lambda world: [One({})], query={"state": "all"}),
    "library-propose": alone(),
    "library-import": alone(),
    "library-export": alone(),
    "library-alike": alone(),
    "library-fill": alone(),
    "library-count": alone(),
    "library-indicator": at("key", "indicator"),
    "library-edit": at("key", "indicator"),
    "library-accept": at("key", "indicator"),
    "library-retire": at("key", "indicator"),
    "library-merge": at("key", "indicator"),
    # projects
    "projects": alone(year=YEAR),
    "project-add": alone(year=YEAR),
    "project-merge": alone(year=YEAR),
    "projects-export": alone(year=YEAR),
    "project": pooled(),
    "project-edit": pooled(),
    "project-rename": pooled(),
    "project-split": pooled(),
    "project-continue": pooled(),
    "project-end": pooled(),
    "project-reopen": pooled(),
    "project-alias": pooled(),
    "unit-aliases": alone(),
    "unit-alias-add": alone(),
    "unit-alias-forget": at("alias", "unit_alias"),
    "appraisal": pooled(),
    "appraisal-write": pooled(),
    "appraisal-file": appraised(),
    "appraisal-file-drop": appraised(),
    "sheets": alone(year=YEAR),
    "sheet": sheets(year=YEAR),
    "sheet-original": sheets(needs=("sheet.view",), year=YEAR),
    "sheet-fixed": sheets(needs=("sheet.view",), year=YEAR),
    "sheet-compare": sheets(year=YEAR),
    "sheets-export": alone(year=YEAR, what="xlsx"),
    "sheet-export": sheets(needs=("sheet.view",), year=YEAR, form="docx"),
    "sheet-edit": sheets(year=YEAR),
    "sheet-save": sheets(year=YEAR),
    "sheet-here": sheets(year=YEAR),
    "sheet-name": sheets(year=YEAR),
    "sheet-changes": sheets(year=YEAR),
    "sheet-indicators": sheets(year=YEAR),
    "sheet-explain": sheets(year=YEAR),
    "sheet-comment": sheets(year=YEAR),
    "explanation-accept": said("explanation"),
    "explanation-refuse": said("explanation"),
    "comment-answer": said("comment"),
    "comment-close": said("comment"),
    "sheet-void": sheets(year=YEAR),
    "sets": Example(lambda world: [One({"year": YEAR})], query={"all": "1"}),
    "set": sets(),
    "set-review": sets(),
    "set-export": sets(needs=("sheet.view",), form="docx"),
    "set-submit": sets(),
    "set-withdraw": sets(),
    "sheet-way": sheets(year=YEAR),
    "sheet-withdraw": sheets(year=YEAR),
    "sheet-adjust": sheets(year=YEAR),
    "controls": alone(year=YEAR),
    "flow": alone(year=YEAR),
    "flow-keep": alone(year=YEAR),
    "flow-choose": at("round", "round", year=YEAR),
    "progress": alone(year=YEAR),
    "progress-remind": alone(year=YEAR),
    "progress-phones": alone(year=YEAR),
    "progress-export": alone(year=YEAR),
    "approval": alone(year=YEAR),
    "approval-hold": sets(),
    "approval-let-go": sets(),
    "approval-preview": sets(),
    "approval-batch": at("key", "approval_batch", year=YEAR),
    "approval-progress": at("key", "approval_batch", year=YEAR),
    "approval-go-on": at("key", "approval_batch", year=YEAR),
    "approvals": alone(year=YEAR),
    "approval-given": at("key", "approval", year=YEAR),
    "approval-hand-down": at("key", "approval", year=YEAR),
    "approval-letter": at("key", "approval", year=YEAR),
    "review": alone(year=YEAR),
    "review-bulk": alone(year=YEAR),
    "review-sheet": sheets(year=YEAR),
    "review-open": sheets(year=YEAR),
    "review-release": sheets(year=YEAR),
    "review-agree": sheets(year=YEAR),
    "review-send-back": sheets(year=YEAR),
    "review-reassign": sheets(year=YEAR),
    "review-take-back": sheets(year=YEAR),
    "set-start": in_sets(YEAR),
    "set-reason": in_sets(YEAR),
    "sheets-offline": alone(year=YEAR),
    "sheet-offline": sheets(needs=("sheet.view", "sheet.export"), year=YEAR),
    "sheet-offline-back": sheets(year=YEAR),
    "sheet-proposal": proposed(),
    "sheet-proposal-take": proposed(),
    "sheet-proposal-drop": proposed(),
    "sheet-as-written": sheets(needs=("sheet.view", "sheet.export"), year=YEAR, form="docx"),
    # what came in
    "desk-enter": alone(),
    "intake": alone(year=YEAR),
    "intake-drop": at("key", "file", year=YEAR),
    "intake-again": at("key", "file", year=YEAR),
    "intake-register": alone(year=YEAR),
    "intake-registration": at("key", "registration", year=YEAR),
    "intake-registration-files": at("key", "registration", year=YEAR),
    "intake-registration-take": at("key", "registration", year=YEAR),
    "intake-differences": at("key", "incoming", year=YEAR),
    "intake-differences-take": at("key", "incoming", year=YEAR),
    "desk-queue": alone(year=YEAR),
    "desk-upload": alone(year=YEAR),
    "desk-letters": alone(year=YEAR),
    "desk-workbook": alone(year=YEAR),
    "desk-page": at("file", "file", number=1),
    "desk-file": at("file", "file"),
    "desk-letter": at("file", "file"),
    "desk-accept-file": at("file", "file"),
    "desk-decide-file": at("file", "file"),
    "desk-dismiss": at("file", "file"),
    "desk-take": at("file", "file"),
    "desk-correct": at("sheet", "incoming"),
    "desk-look": at("sheet", "incoming"),
    "desk-accept": at("sheet", "incoming"),
    "desk-decide": at("sheet", "incoming"),
    "desk-find": at("sheet", "incoming"),
    "desk-import-projects": at("file", "project_list", needs=("intake.view",)),
    # imports
    "imports": alone(),
    "import_new": Example(
        lambda world: [One({"kind": one.name}, name=one.name, needs=(one.right,)) for one in kinds._KINDS.values()]
    ),
    "import_session": at("session", "session", person=True),
    "import_columns": at("session", "session", person=True),
    "import_rows": at("session", "session", person=True),
    "import_progress": at("session", "session", person=True),
    "import_try": at("session", "session", person=True),
    "import_correct": at("session", "session", person=True, number=1),
    "import_answer": at("session", "session", person=True, number=1),
    "import_original": at("session", "session", person=True),
    "import_apply": at("session", "session", person=True),
    "import_drop": at("session", "session", person=True),
    "import_left": at("session", "session", person=True),
    # the log
    "log": alone(),
    "log-roots": alone(),
    "log-check": alone(),
    "log-export": alone(),
    "history": Example(
        _spots(
            lambda spot: One({"kind": "projects.project", "key": str(spot.project.pk)}, Place(spot.unit, spot.project))
        )
    ),
    # running it
    "healthz": alone(),
    "first": alone(),
    "works": alone(),
    "work": made(),
    "work-progress": made(),
    "work-file": made(needs=("sheet.export",)),
    "operation": alone(),
    "operation-again": job(),
    "operation-away": job(),
}
