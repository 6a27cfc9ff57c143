"""A document as an Excel workbook: each section a worksheet, its blocks one below the other on one grid."""

from __future__ import annotations

import re
from collections.abc import Sequence

from jixiao.documents.package import RELATIONS, XML, office_file, relations
from jixiao.documents.text import escaped, one_line
from jixiao.documents.value import Column, Document, Section, Table
from jixiao.documents.xlsx_parts import NAMESPACE, Texts
from jixiao.documents.xlsx_sheet import Worksheet
from jixiao.documents.xlsx_styles import Styles

CARRIED_SHEET = "_jixiao"
"""The worksheet of what a workbook carries for a program; users cannot bring it to sight by hand"""
_UNSEEN = ' state="veryHidden"'
_LONGEST_CELL = 30_000
_LONGEST_NAME = 31
"""Characters of a worksheet's name"""
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
_PLACE = re.compile(r"([A-Z]+)(\d+)")
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def to_xlsx(document: Document) -> bytes:
    """The .xlsx file. The same document gives the same bytes. Raises ValueError where a table's cells do not fit."""
    styles, texts = Styles(), Texts()
    names = tab_names([section.name for section in document.sections])
    sections = list(document.sections)
    if document.carries:
        names.append(CARRIED_SHEET)
        sections.append(_carried(document.carries))
    sheets = [Worksheet(section, styles, texts) for section in sections]
    files = {f"worksheets/sheet{n}.xml": sheet.xml() for n, sheet in enumerate(sheets, 1)}
    parts = {
        "xl/workbook.xml": (f"{_TYPE}.sheet.main+xml", _workbook(names, sheets)),
        **{f"xl/{name}": (f"{_TYPE}.worksheet+xml", xml) for name, xml in files.items()},
        "xl/styles.xml": (f"{_TYPE}.styles+xml", styles.xml()),
        "xl/sharedStrings.xml": (f"{_TYPE}.sharedStrings+xml", texts.xml()),
    }
    targets = dict.fromkeys(files, f"{RELATIONS}/worksheet")
    targets |= {f"{name}.xml": f"{RELATIONS}/{name}" for name in ("styles", "sharedStrings")}
    links = {"xl/_rels/workbook.xml.rels": relations(targets)}
    return office_file("xl/workbook.xml", document.title, document.day, parts, links)


def _carried(text: str) -> Section:
    """Pieces of the text one below the other: a cell holds no more."""
    pieces = [(text[n : n + _LONGEST_CELL],) for n in range(0, len(text), _LONGEST_CELL)]
    return Section((Table((Column("", 10),), tuple(pieces)),), name=CARRIED_SHEET)


def tab_names(wanted: Sequence[str]) -> list[str]:
    """Names that worksheets may have: no signs of formulas, at most 31 characters, no two alike."""
    taken: set[str] = set()
    names = []
    for n, name in enumerate(wanted, 1):
        plain = _FORBIDDEN.sub(" ", one_line(name)).strip(" '")[:_LONGEST_NAME] or f"第 {n} 张"
        chosen, again = plain, 1
        while chosen.casefold() in taken:
            again += 1
            mark = f" ({again})"
            chosen = plain[: _LONGEST_NAME - len(mark)] + mark
        taken.add(chosen.casefold())
        names.append(chosen)
    return names


def _workbook(names: Sequence[str], sheets: Sequence[Worksheet]) -> str:
    tabs = "".join(
        f'<sheet name="{escaped(name)}" sheetId="{n}"{_UNSEEN if name == CARRIED_SHEET else ""} r:id="rId{n}"/>'
        for n, name in enumerate(names, 1)
    )
    defined = "".join(_defined(n, name, sheet) for n, (name, sheet) in enumerate(zip(names, sheets, strict=True)))
    return (
        f'{XML}<workbook xmlns="{NAMESPACE}" xmlns:r="{RELATIONS}"><bookViews><workbookView/></bookViews>'
        f"<sheets>{tabs}</sheets>{f'<definedNames>{defined}</definedNames>' if defined else ''}</workbook>"
    )


def _defined(n: int, name: str, sheet: Worksheet) -> str:
    """The names by which the format says what is filtered and which rows every printed page repeats."""
    quoted = escaped("'{}'!".format(name.replace("'", "''")))
    lines = ""
    if sheet.filtered:
        place = _PLACE.sub(r"$\1$\2", sheet.filtered)
        lines += (
            f'<definedName name="_xlnm._FilterDatabase" localSheetId="{n}" hidden="1">{quoted}{place}</definedName>'
        )
    if sheet.repeated:
        first, last = sheet.repeated
        lines += f'<definedName name="_xlnm.Print_Titles" localSheetId="{n}">{quoted}${first}:${last}</definedName>'
    return lines
