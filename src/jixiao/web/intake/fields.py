"""The fields of a sheet that came in, one by one: what stands in each, where it was read, why it is to be looked at.

Values only, no database. Pointers are those of the file's document; the order is that of the form.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jixiao.domain.codec import locate, plan_to_dict
from jixiao.domain.form import GOAL_SHEET_FIELDS, PLAN_FIELDS, FormField, Kind
from jixiao.domain.indicator import IndicatorClass, IndicatorKind
from jixiao.domain.money import CurrencyUnit
from jixiao.domain.plan import Plan
from jixiao.domain.provenance import Location
from jixiao.domain.stage import Stage, stage_of

_NOT_SHOWN = (Kind.ID, Kind.COUNT, Kind.STAGE)
_CHOICES: Mapping[Kind, tuple[tuple[str, str], ...]] = {
    Kind.CURRENCY: tuple((one.value, one.value) for one in CurrencyUnit),
    Kind.CLASS: tuple((one.value, one.label) for one in IndicatorClass),
    Kind.KIND: tuple((one.value, one.label) for one in IndicatorKind),
}


@dataclass(frozen=True)
class Field:
    """A field 「栏目」 of a sheet.

    ``group`` is the part of the form it belongs to (``第 3 行 签约项目``; empty in the head); ``value`` what stands there, as
    printed, and ``stored`` what a form sends back for it (a code where there are ``choices``), None where it is blank.
    ``read`` is what the program read, where a person put it right. ``place`` is where it was read in the file: of a blank
    cell that of what it belongs to (``is_near``); None where the format has no places.
    ``doubt`` says why to look at it, empty where there is nothing to look at; ``done``: somebody did.
    """

    pointer: str
    group: str
    label: str
    value: str | None
    stored: str | None
    unit: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    place: Location | None = None
    is_near: bool = False
    read: str | None = None
    corrected: bool = False
    doubt: str = ""
    done: bool = False

    @property
    def place_words(self) -> str:
        """Where it stands in the file: 「第 3 张表第 4 行第 2 格」."""
        if self.place is None or not self.place.label:
            return ""
        return f"{self.place.label}附近" if self.is_near else self.place.label

    @property
    def is_open(self) -> bool:
        """Whether it is still to be looked at."""
        return bool(self.doubt) and not self.done


def fields_of(
    plan: Plan,
    index: int | None,
    *,
    doubts: Sequence[Mapping[str, Any]] = (),
    corrections: Mapping[str, Mapping[str, Any]] | None = None,
    looked_at: Sequence[str] = (),
) -> list[Field]:
    """The fields of the goal sheet at ``index`` of a corrected plan, or of what stands outside all sheets where it is None.

    A doubt about something that is no field (a row, words left out) comes as a field without a value.
    """
    document = plan_to_dict(plan)
    walker = _Walker(
        plan, {str(d["pointer"]): str(d["words"]) for d in doubts}, corrections or {}, frozenset(looked_at)
    )
    if index is None:
        fields = [one for one in PLAN_FIELDS if one.name != "goal_sheets"]
        found = list(walker.below(fields, document, "", "", Stage.GOALS))
    else:
        stage = stage_of(plan.later_sheets.get(plan.goal_sheets[index].id))
        own = f"/goal_sheets/{index}"
        found = list(walker.below(GOAL_SHEET_FIELDS, document["goal_sheets"][index], own, "", stage))
    known = {one.pointer for one in found}
    rest = [walker.elsewhere(pointer) for pointer in walker.doubts if pointer not in known]
    return [*rest, *found]


@dataclass(frozen=True)
class _Walker:
    plan: Plan
    doubts: Mapping[str, str]
    corrections: Mapping[str, Mapping[str, Any]]
    looked_at: frozenset[str]

    def below(
        self, fields: Sequence[FormField], data: Mapping[str, Any], pointer: str, group: str, stage: Stage
    ) -> Iterator[Field]:
        """The fields of a record and of the parts in it."""
        for one in fields:
            if one.kind in _NOT_SHOWN or not one.at(stage):
                continue
            here = f"{pointer}/{one.name}"
            value = data.get(one.name)
            if one.optional and value is None and here not in self.doubts:
                continue
            label = one.label_at(stage)
            if one.kind is Kind.PART:
                if value is not None:
                    yield from self.below(one.fields, value, here, _inside(group, one, fields), stage)
            elif one.kind is Kind.PARTS:
                for n, part in enumerate(value or ()):
                    yield from self.below(one.fields, part, f"{here}/{n}", _numbered(group, one, n, part), stage)
            elif one.kind is Kind.GOALS:
                for n, text in enumerate(value or ()):
                    yield self.field(f"{here}/{n}", group, f"{label}{n + 1}", text, one)
            else:
                yield self.field(here, group, label, value, one)

    def field(self, pointer: str, group: str, label: str, value: Any, one: FormField) -> Field:
        """One field."""
        stored = value["text"] if one.kind is Kind.TARGET and value is not None else value
        stored = None if stored in (None, "") else str(stored)
        choices = _CHOICES.get(one.kind, ())
        shown = dict(choices).get(stored, stored) if stored is not None else None
        correction = self.corrections.get(pointer)
        place = locate(self.plan.provenance, pointer)
        exact = pointer in self.plan.provenance or f"{pointer}/text" in self.plan.provenance
        return Field(
            pointer=pointer,
            group=group,
            label=label,
            value=shown,
            stored=stored,
            unit=one.unit,
            choices=choices,
            place=place,
            is_near=not exact and stored is None,
            read=correction.get("read") if correction is not None else None,
            corrected=correction is not None,
            doubt=self.doubts.get(pointer, ""),
            done=pointer in self.looked_at,
        )

    def elsewhere(self, pointer: str) -> Field:
        """A doubt about what is no field: a row, a part, words that belong to none."""
        words = self.doubts[pointer]
        place = locate(self.plan.provenance, pointer) if pointer else None
        done = pointer in self.looked_at
        return Field(pointer, "", "没有归处的内容", None, None, place=place, is_near=True, doubt=words, done=done)


def _inside(group: str, one: FormField, beside: Sequence[FormField]) -> str:
    """The group of a part: its own name where the fields beside it have parts like it (the sources of money)."""
    alike = sum(other.kind is Kind.PART and other.fields == one.fields for other in beside)
    return one.label if alike > 1 else group


def _numbered(group: str, one: FormField, n: int, part: Mapping[str, Any]) -> str:
    name = next((part[key] for key in ("name", "heading", "by", "text") if part.get(key)), None)
    called = f" {' '.join(str(name).split())[:24]}" if name else ""
    return f"{group} · {one.label}{n + 1}{called}" if group else f"{one.label}{n + 1}{called}"
