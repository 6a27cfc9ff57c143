"""Places in a file as data, and which leaves of a plan have one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from jixiao.domain import pointer as ptr
from jixiao.domain.codec.schemas import Json
from jixiao.domain.form import Kind, every_field
from jixiao.domain.provenance import Location

_UNPLACED = frozenset({"schema", "source", "provenance", "notes"})
_NOT_READ = frozenset(
    {one.name for _, one in every_field() if one.kind in (Kind.ID, Kind.COUNT, Kind.STAGE)}
    | {one.ids for _, one in every_field() if one.ids}
)
"""Counted, given or decided by the reader, not read from a place"""


def locate(provenance: Mapping[str, Location], pointer: str) -> Location | None:
    """The narrowest known place of ``pointer``: its own, else that of what contains it."""
    for place in ptr.ancestors(pointer):
        if (found := provenance.get(place)) is not None:
            return found
    return None


def provenance_to_dict(provenance: Mapping[str, Location], content: Json, *, whole: bool) -> Json:
    """An entry for every leaf of ``content`` that was read; the whole provenance also says where blank parts stand."""
    own = provenance.items() if whole else ()
    data = {pointer: location_to_dict(place) for pointer, place in own}
    for leaf in leaves(content):
        if leaf not in data and (place := locate(provenance, leaf)) is not None:
            data[leaf] = location_to_dict(place)
    return data


def location_to_dict(place: Location) -> Json:
    """Only the fields that are set, ``text`` last."""
    named: Json = {
        "line": place.line,
        "page": place.page,
        "bbox": list(place.bbox) if place.bbox else None,
        "paragraph": place.paragraph,
        "table": place.table,
        "row": place.row,
        "column": place.column,
        "worksheet": place.worksheet,
        "cell": place.cell,
    }
    return {k: v for k, v in named.items() if v is not None} | {"text": place.text}


def location_from_dict(data: Mapping[str, Any]) -> Location:
    """The place in a file that data names."""
    bbox = data.get("bbox")
    return Location(**{**data, "bbox": tuple(bbox) if bbox else None})


def leaves(content: Json) -> Iterator[str]:
    """The pointers of all values of a plan's data that come from a place in a file."""
    for key, value in content.items():
        if key not in _UNPLACED and key not in _NOT_READ:
            yield from _leaves_below(value, f"/{key}")


def _leaves_below(value: Any, pointer: str) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key not in _NOT_READ:
                yield from _leaves_below(inner, f"{pointer}/{key}")
    elif isinstance(value, list):
        for n, inner in enumerate(value):
            yield from _leaves_below(inner, f"{pointer}/{n}")
    elif value is not None:
        yield pointer
