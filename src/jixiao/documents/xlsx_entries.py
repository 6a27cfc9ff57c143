"""Cells of a worksheet that are filled in: what protects the others, the lists and hints, as XML. Excel 2007 and WPS read it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jixiao.documents.text import escaped, printable
from jixiao.documents.value import Entry

_LONGEST_TITLE, _LONGEST_HINT, _LONGEST_LIST = 32, 255, 255
"""Characters that Excel takes; a file with more is damaged to it"""
_PROTECTION = (
    '<sheetProtection sheet="1" objects="1" scenarios="1" formatColumns="0" formatRows="0" selectLockedCells="0"/>'
)
"""Without a password: it keeps from slips, nothing else; widths and heights stay free"""


@dataclass(frozen=True, slots=True)
class DrawnEntries:
    """The elements of a worksheet, each for its place in it; empty where nothing is filled in."""

    protection: str = ""
    validations: str = ""
    ignored: str = ""


def drawn_entries(entries: Sequence[tuple[str, Entry]]) -> DrawnEntries:
    """The elements for cells (``B4``) and what is filled in there; those alike are written once."""
    if not entries:
        return DrawnEntries()
    alike: dict[Entry, list[str]] = {}
    for place, entry in entries:
        alike.setdefault(entry, []).append(place)
    told = [_validation(entry, places) for entry, places in alike.items() if entry != Entry()]
    validations = f'<dataValidations count="{len(told)}">{"".join(told)}</dataValidations>' if told else ""
    places = " ".join(place for place, _ in entries)
    ignored = f'<ignoredErrors><ignoredError sqref="{places}" numberStoredAsText="1"/></ignoredErrors>'
    return DrawnEntries(_PROTECTION, validations, ignored)


def _validation(entry: Entry, places: Sequence[str]) -> str:
    listed = ",".join(entry.choices)
    can_list = bool(listed) and len(listed) <= _LONGEST_LIST and not any("," in one for one in entry.choices)
    shown = f' promptTitle="{_words(entry.title, _LONGEST_TITLE)}" prompt="{_words(entry.hint, _LONGEST_HINT)}"'
    told = ' showInputMessage="1"' + shown if entry.hint else ""
    where = f'sqref="{" ".join(places)}"'
    if not can_list:
        return f'<dataValidation allowBlank="1"{told} {where}/>'
    asked = (
        ' errorStyle="warning" showErrorMessage="1" errorTitle="不在列表里" error="表上没有这一项。确实要这样写吗？"'
    )
    formula = escaped(f'"{listed}"')
    return f'<dataValidation type="list" allowBlank="1"{asked}{told} {where}><formula1>{formula}</formula1></dataValidation>'


def _words(text: str, longest: int) -> str:
    """Of an attribute: what lies beyond the plane of most characters counts twice."""
    plain = printable(text).replace("\n", " ")
    while len(plain.encode("utf-16-le")) // 2 > longest:
        plain = plain[:-1]
    return escaped(plain)
