"""Which department and which project of the pool a document is about: by code, name, alias, former name, likeness.

``match`` is a pure function over what is known. One thing that a code or a name points to is certain, and the reason says why; what
is only alike, or what points to two things, is for a person to say once, and the answer is remembered as an alias.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from jixiao.readings.text import likeness
from jixiao.web.kernel.people import Actor
from jixiao.web.organisations.models import Organisation, OrganisationKind, OrganisationSpell, Region, Succession
from jixiao.web.projects.models import OrganisationAlias, Predecessor, Project, ProjectAlias, ProjectYear, plain_of

T = TypeVar("T")
ALIKE = 0.5
"""Share of common pairs of characters from which a name may be another one miswritten"""
_CONTRADICTS = 0.3
"""Below it, a name says that the code was copied from somewhere else"""
_MOST = 8
_GLUED = re.compile(r"^\s*([0-9A-Za-z]{3,30})[\s\-—_:：]*([\u4e00-\u9fff].*)$")
_WHOLE_NAME = re.compile(r"[（(](?:本级|机关|汇总|部门)[)）]$|(?:本级|机关本级|（本级）)$")
_PLACE = re.compile(r"^[\u4e00-\u9fff]{1,8}?(?:省|市|州|盟|区|县|旗)(?=[\u4e00-\u9fff]{2})")


@dataclass(frozen=True)
class Match(Generic[T]):
    """What was found; ``candidates`` with their reasons, the likeliest first (that of ``found`` is among them).

    ``is_certain``: it may be taken silently. Otherwise ``found`` is None and a person is asked.
    """

    found: T | None
    candidates: tuple[tuple[T, str], ...] = ()
    is_certain: bool = False

    @property
    def reason(self) -> str:
        """Why it is that one."""
        return self.candidates[0][1] if self.is_certain else ""


@dataclass(frozen=True)
class Known(Generic[T]):
    """A thing with all it goes by: (words, what they are), the strongest kind first; ``codes`` and ``names`` are compared apart."""

    thing: T
    codes: tuple[tuple[str, str], ...] = ()
    names: tuple[tuple[str, str], ...] = ()


def match(
    known: Sequence[Known[T]],
    name: str | None,
    code: str | None,
    shorter: Callable[[str], Iterable[str]] = lambda _: (),
) -> Match[T]:
    """The thing that ``name`` and ``code`` are of. ``shorter`` gives shorter forms of a name under which it is the same thing."""
    name, code = _parted(name, code)
    by_code = _pointed(known, plain_of(code or ""), lambda one: one.codes)
    by_name: list[tuple[Known[T], str]] = []
    if name:
        by_name = _pointed(known, plain_of(name), lambda one: one.names) or _shortened(known, name, shorter)
    if by_code:
        return _by_code(by_code, by_name, name)
    if by_name:
        return _settled(by_name)
    return Match(None, _alike(known, name or ""))


def _parted(name: str | None, code: str | None) -> tuple[str, str]:
    """Names printed behind their code: 310001清源县交通运输局."""
    name, code = (name or "").strip(), (code or "").strip()
    if name and (found := _GLUED.match(name)):
        code, name = code or found[1], found[2]
    return name, code


def _pointed(
    known: Sequence[Known[T]], words: str, names: Callable[[Known[T]], Sequence[tuple[str, str]]]
) -> list[tuple[Known[T], str]]:
    """Those that go by exactly these words, of the strongest kind that any of them goes by."""
    if not words:
        return []
    found: list[tuple[int, Known[T], str]] = []
    for one in known:
        for rank, (text, why) in enumerate(names(one)):
            if plain_of(text) == words:
                found.append((_strength(why, rank), one, why))
                break
    best = min((strength for strength, _, _ in found), default=0)
    return [(one, why) for strength, one, why in found if strength == best]


_STRENGTHS = ("编码相同", "名称相同", "别名", "上年", "曾用名", "前身", "下属")


def _strength(why: str, rank: int) -> int:
    return next((n for n, word in enumerate(_STRENGTHS) if why.startswith(word)), len(_STRENGTHS) + rank)


def _shortened(
    known: Sequence[Known[T]], name: str, shorter: Callable[[str], Iterable[str]]
) -> list[tuple[Known[T], str]]:
    wanted = {plain_of(form) for form in (name, *shorter(name)) if form}
    found = []
    for one in known:
        for text, why in one.names:
            if wanted & {plain_of(form) for form in (text, *shorter(text)) if form}:
                found.append((one, f"{why}（省写）"))
                break
    return found


def _by_code(by_code: Sequence[tuple[Known[T], str]], by_name: Sequence[tuple[Known[T], str]], name: str) -> Match[T]:
    """A code decides, unless the name is another's, or is like nothing that the code's own goes by."""
    if len(by_code) > 1:
        both = [one for one in by_code if any(one[0] is other for other, _ in by_name)]
        return _settled(both if len(both) == 1 else by_code)
    ((one, why),) = by_code
    if any(one is other for other, _ in by_name):
        return Match(one.thing, ((one.thing, f"{why}，名称也对得上"),), is_certain=True)
    if by_name:
        return Match(
            None,
            ((one.thing, f"{why}，名称是别的"), *((other.thing, f"{words}，编码是别的") for other, words in by_name)),
        )
    if name and max((likeness(name, text) for text, _ in one.names), default=1.0) < _CONTRADICTS:
        return Match(None, ((one.thing, f"{why}，名称不像"),))
    return Match(one.thing, ((one.thing, why),), is_certain=True)


def _settled(found: Sequence[tuple[Known[T], str]]) -> Match[T]:
    candidates = tuple((one.thing, why) for one, why in found)[:_MOST]
    return Match(candidates[0][0], candidates, is_certain=True) if len(found) == 1 else Match(None, candidates)


def _alike(known: Sequence[Known[T]], name: str) -> tuple[tuple[T, str], ...]:
    shares = []
    for n, one in enumerate(known):
        share, text = max(((likeness(name, text), text) for text, _ in one.names), default=(0.0, ""))
        if share >= ALIKE:
            shares.append((-share, n, one.thing, f"名称相近：{text}"))
    return tuple((thing, why) for _, _, thing, why in sorted(shares, key=lambda x: x[:2])[:_MOST])


# --- departments and units ---------------------------------------------------------------------------------


def short_names(name: str) -> Iterable[str]:
    """An organisation without its place and without 本级: 清源县交通运输局本级, 清源县交通运输局, 交通运输局."""
    whole = _WHOLE_NAME.sub("", name.strip())
    return (whole, _PLACE.sub("", whole))


class Organisations:
    """The departments and units of a region that somebody may see, by what they go by; looked up once."""

    def __init__(self, actor: Actor, region: int, right: str = "organisation.view") -> None:
        rows = Organisation.objects.restrict(actor, right).filter(
            region=region, kind__in=(OrganisationKind.LEAD_DEPARTMENT, OrganisationKind.BUDGET_UNIT)
        )
        self.by_id = {one.pk: one for one in rows.order_by("order", "pk")}
        ids = set(self.by_id)
        aliases = OrganisationAlias.objects.restrict(actor, right).filter(organisation__in=ids)
        spells = OrganisationSpell.objects.restrict(actor, right).filter(organisation__in=ids)
        went = Succession.objects.unrestricted("names of what became of an organisation").filter(successor__in=ids)
        self._aliases = _grouped(aliases.values_list("organisation", "text"))
        self._former = _grouped(spells.values_list("organisation", "name"))
        self._before = _grouped(went.values_list("successor", "predecessor__name"))
        self.open = [one for one in self.by_id.values() if one.closed_on is None]

    def match_department(self, name: str | None, code: str | None) -> Match[Organisation]:
        """The lead department that something names, by itself or by one of its units."""
        units = _grouped((one.department_id, one.name) for one in self.open if one.department_id not in (None, one.pk))
        codes = _grouped((one.department_id, one.code) for one in self.open if one.department_id not in (None, one.pk))
        known = []
        for one in self.open:
            if one.kind == OrganisationKind.LEAD_DEPARTMENT:
                own = self._known(one)
                below = tuple((text, f"下属单位“{text}”") for text in units.get(one.pk, ()))
                below_codes = tuple((text, f"下属单位编码{text}") for text in codes.get(one.pk, ()))
                known.append(Known(one, (*own.codes, *below_codes), (*own.names, *below)))
        return match(known, name, code, short_names)

    def match_unit(self, name: str | None, code: str | None, department: int | None = None) -> Match[Organisation]:
        """The unit (or department itself) that something names, of one department where it is given."""
        known = [
            self._known(one) for one in self.open if department is None or department in (one.department_id, one.pk)
        ]
        return match(known, name, code, short_names)

    def _known(self, one: Organisation) -> Known[Organisation]:
        aliases = self._aliases.get(one.pk, ())
        return Known(
            one,
            ((one.code, "编码相同"), *((text, "别名") for text in aliases)),
            (
                (one.name, "名称相同"),
                *((text, "别名") for text in aliases),
                *((text, f"曾用名“{text}”") for text in self._former.get(one.pk, ()) if text != one.name),
                *((text, f"前身“{text}”") for text in self._before.get(one.pk, ()) if text != one.name),
            ),
        )


def match_department(actor: Actor, region: int | Region, name: str | None, code: str | None) -> Match[Organisation]:
    """The lead department of a region that a document names, among those the actor may see."""
    return Organisations(actor, region.pk if isinstance(region, Region) else region).match_department(name, code)


# --- projects ----------------------------------------------------------------------------------------------


class Projects:
    """The projects of a department that somebody may see, by what they go by in a year and before; looked up once."""

    def __init__(
        self, actor: Actor, department: int | Organisation, year: int | None, right: str = "project.view"
    ) -> None:
        owner = department.pk if isinstance(department, Organisation) else department
        rows = Project.objects.restrict(actor, right).select_related("unit")
        found = rows.filter(unit__department=owner) | rows.filter(unit=owner)
        self.by_id = {one.pk: one for one in found.order_by("unit__order", "pk")}
        ids = set(self.by_id)
        years = ProjectYear.objects.restrict(actor, right).filter(project__in=ids).order_by("-year")
        self._years: dict[int, list[tuple[int, str, str]]] = {}
        for project, number, code, name in years.values_list("project", "year", "code", "name"):
            self._years.setdefault(project, []).append((number, code, name))
        aliases = ProjectAlias.objects.restrict(actor, right).filter(project__in=ids)
        before = Predecessor.objects.restrict(actor, right).filter(project__in=ids)
        self._aliases = _grouped(aliases.values_list("project", "text"))
        self._before = _grouped(before.values_list("project", "predecessor__name"))
        self.year = year

    def match(self, name: str | None, code: str | None) -> Match[Project]:
        """The project that something names: among those of the year first, then among all that have not ended."""
        here = [one for one in self.by_id.values() if self._in_year(one)]
        found = match([self._known(one) for one in here], name, code)
        if found.is_certain or self.year is None:
            return found
        rest = [one for one in self.by_id.values() if one not in here and one.closed_on is None]
        other = match([self._known(one) for one in rest], name, code)
        told = tuple((one, f"{why}，{self.year}年度还没有列入") for one, why in other.candidates)
        if other.is_certain and not _points(found):
            return Match(other.found, told, is_certain=True)
        return Match(None, (*found.candidates, *told)[:_MOST])

    def _in_year(self, one: Project) -> bool:
        return self.year is None or any(number == self.year for number, _, _ in self._years.get(one.pk, ()))

    def _known(self, one: Project) -> Known[Project]:
        years = self._years.get(one.pk, ())
        now = [(code, name) for number, code, name in years if self.year is None or number == self.year]
        then = [(number, code, name) for number, code, name in years if self.year is not None and number != self.year]
        aliases = self._aliases.get(one.pk, ())
        return Known(
            one,
            (
                *((code, "编码相同") for code, _ in now if code),
                *((text, "别名") for text in aliases),
                *((code, f"上年编码（{number}年）") for number, code, _ in then if code),
            ),
            (
                (one.name, "名称相同"),
                *((name, "名称相同") for _, name in now),
                *((text, "别名") for text in aliases),
                *((name, f"曾用名“{name}”（{number}年）") for number, _, name in then if name != one.name),
                *((text, f"前身“{text}”") for text in self._before.get(one.pk, ()) if text != one.name),
            ),
        )


def _points(found: Match[Project]) -> bool:
    """Whether more than likeness speaks for something."""
    return any("相近" not in why for _, why in found.candidates)


def match_project(
    actor: Actor, department: int | Organisation, year: int | None, name: str | None, code: str | None
) -> Match[Project]:
    """The project of a department that a document of a year names, among those the actor may see."""
    return Projects(actor, department, year).match(name, code)


def _grouped(pairs: Iterable[tuple[int | None, str]]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for key, text in pairs:
        if key is not None and text:
            found.setdefault(key, []).append(text)
    return found
