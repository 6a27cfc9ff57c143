"""What of the library is shown to whom; what is proposed for a sheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import Count, Max, QuerySet

from jixiao.domain.indicator import IndicatorKind
from jixiao.library import Alike, Asked, Entry, Index, Suggestion, duplicates, library, suggest
from jixiao.library.duplicates import like
from jixiao.library.entry import same_level
from jixiao.library.usual import Usual, usual
from jixiao.web.goals.models import IndicatorRow, SheetState
from jixiao.web.kernel.acts import NotThere, Refused
from jixiao.web.kernel.people import Actor
from jixiao.web.library.models import LibraryGram, LibraryIndicator, State, grams_of, plain_of
from jixiao.web.organisations.models import Organisation

SHORTEST_WORD = 2
_MOST_ALIKE = 200


@dataclass(frozen=True, slots=True)
class Filter:
    """How the list is narrowed; all of it stands in the address."""

    q: str = ""
    sector: str = ""
    kind: str = ""
    state: str = State.IN_USE.value


def region_of(actor: Actor) -> int | None:
    """The region whose library somebody uses; None for who works in no organisation."""
    if actor.organisation is None:
        return None
    rows = Organisation.objects.unrestricted("where somebody works").filter(pk=actor.organisation)
    found: int | None = rows.values_list("region", flat=True).first()
    return found


def listed(
    actor: Actor, narrowed: Filter = Filter(state=""), right: str = "library.view"
) -> QuerySet[LibraryIndicator]:
    """The library of somebody's region. Raises Refused for words that are too short to look for."""
    rows: Any = LibraryIndicator.objects.restrict(actor, right)
    region = region_of(actor)
    if region is not None:
        rows = rows.filter(region=region)
    for name in ("sector", "kind", "state"):
        if value := getattr(narrowed, name):
            rows = rows.filter(**{name: value})
    return with_words(rows, narrowed.q) if narrowed.q else rows


def with_words(rows: QuerySet[LibraryIndicator], words: str) -> QuerySet[LibraryIndicator]:
    """Those whose name, code or sector holds every one of the words, on every database the same: the first and the last
    pair of characters are looked up in their index, and in what has both the whole word is looked for. Raises Refused for a word of one character."""
    for word in words.split():
        plain = plain_of(word)
        if len(plain) < SHORTEST_WORD:
            raise Refused("要找的字太少，至少写两个字", field="q", status=422)
        for gram in dict.fromkeys((plain[:2], plain[-2:])):
            held = LibraryGram.objects.unrestricted("an index of rows that may be seen").filter(gram=gram)
            rows = rows.filter(pk__in=held.values("indicator"))
        if len(plain) > SHORTEST_WORD:
            rows = rows.filter(text__contains=plain)
    return rows


def counts(actor: Actor) -> Mapping[str, int]:
    """How many there are by state."""
    rows = listed(actor).order_by().values_list("state").annotate(number=Count("pk"))
    return dict(rows)


@dataclass(frozen=True, slots=True)
class Detail:
    """An indicator with what may be the same, and what may be done with it."""

    indicator: LibraryIndicator
    alike: Sequence[LibraryIndicator]
    may_review: bool


def one_of(actor: Actor, key: int, right: str = "library.view") -> LibraryIndicator:
    """Raises NotThere."""
    rows = LibraryIndicator.objects.restrict(actor, right).select_related("usual", "merged_into")
    found = rows.filter(pk=key).first()
    if found is None:
        raise NotThere
    return found


def detail(actor: Actor, key: int) -> Detail:
    """One indicator. Raises NotThere."""
    found = one_of(actor, key)
    may_review = LibraryIndicator.objects.restrict(actor, "library.review").filter(pk=key).exists()
    return Detail(found, _alike(actor, found), may_review)


def _alike(actor: Actor, found: LibraryIndicator) -> list[LibraryIndicator]:
    """Those in use that may be the same: of its second level, with at least half of its pairs of characters."""
    own = sorted(grams_of(plain_of(found.name)))
    shares = LibraryGram.objects.unrestricted("an index of rows that may be seen").filter(gram__in=own)
    near = shares.values("indicator").annotate(number=Count("pk")).filter(number__gte=(len(own) + 1) // 2)
    rows = LibraryIndicator.objects.restrict(actor, "library.view").filter(
        region=found.region_id, state=State.IN_USE, kind=found.kind, pk__in=near.values("indicator")
    )
    by_code = {one.code: one for one in rows.exclude(pk=found.pk).order_by("code")[:_MOST_ALIKE]}
    pairs = like(found.entry, [one.entry for one in by_code.values()])
    return [by_code[pair.other.code] for pair in pairs]


def all_alike(actor: Actor) -> list[tuple[LibraryIndicator, LibraryIndicator, Alike]]:
    """Every two of the region in use or proposed that may be one, the most alike first."""
    rows = listed(actor, right="library.review").exclude(state=State.RETIRED).order_by("code")
    by_code = {one.code: one for one in rows}
    pairs = duplicates([one.entry for one in by_code.values()])[:_MOST_ALIKE]
    return [(by_code[pair.one.code], by_code[pair.other.code], pair) for pair in pairs]


# --- proposals ---------------------------------------------------------------------------------------------


def index_of(actor: Actor) -> Index:
    """What is proposed from: the library of the region, what comes with the program where the region has none yet. Kept as long as
    nothing of the library changes."""
    region = region_of(actor)
    if region is None:
        return library().index
    rows = LibraryIndicator.objects.unrestricted("whether the library changed").filter(region=region)
    stamp = rows.aggregate(number=Count("pk"), last=Max("changed_at"))
    if not stamp["number"]:
        return library().index
    return _index(region, stamp["number"], stamp["last"].isoformat())


@lru_cache(maxsize=8)
def _index(region: int, number: int, last: str) -> Index:
    del number, last  # they say whether it is still the same
    rows = LibraryIndicator.objects.unrestricted("the library that everybody may use").filter(
        region=region, state=State.IN_USE
    )
    return Index([one.entry for one in rows.order_by("code")], library().sectors)


def proposed(actor: Actor, asked: Asked, most: int = 5) -> list[Suggestion]:
    """What fits a sheet, with the reason: of the library that the person uses."""
    if not actor.may("library.view"):
        return []
    return suggest(index_of(actor), asked, most)


def entry_of(actor: Actor, code: str) -> Entry:
    """An indicator in use by its code, as proposals name it. Raises NotThere."""
    found = next((one for one in index_of(actor).entries if one.code == code), None)
    if found is None:
        raise NotThere
    return found


# --- usual targets -----------------------------------------------------------------------------------------


def count_usual(actor: Actor) -> dict[int, Usual]:
    """What the approved sheets of the region say today, by indicator: the rows that are called as one is. For ``services.keep_usual``."""
    wanted: dict[str, list[LibraryIndicator]] = {}
    for one in listed(actor, right="library.review").exclude(state=State.PROPOSED).select_related("merged_into"):
        wanted.setdefault(plain_of(one.name), []).append(one)
    targets: dict[int, list[str]] = {}
    units: dict[int, str] = {}
    rows = IndicatorRow.objects.restrict(actor, "sheet.view").filter(
        sheet__state=SheetState.APPROVED, sheet__unit__region=region_of(actor)
    )
    for name, kind, target in rows.values_list("name", "indicator_kind", "target").iterator():
        for one in wanted.get(plain_of(name), ()):
            if kind and not same_level(IndicatorKind(one.kind), IndicatorKind(kind)):
                continue
            stands = one.merged_into or one
            targets.setdefault(stands.pk, []).append(target)
            units[stands.pk] = stands.unit_name
    return {key: usual(found, units[key]) for key, found in targets.items()}
