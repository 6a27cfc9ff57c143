"""Libraries of indicators as files: one that a province published (.docx, .xlsx and whatever else is read), and ours as a workbook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from hashlib import sha256
from importlib import resources
from typing import Any

from jixiao.documents.value import A4_LANDSCAPE, Column, Document, Section, listing
from jixiao.documents.xlsx import to_xlsx
from jixiao.domain.form import field_named
from jixiao.domain.indicator import IndicatorKind
from jixiao.domain.target import Comparator
from jixiao.library.entry import COMMON, Certainty, Entry, Sector, comparator_of
from jixiao.library.store import library
from jixiao.readers import UnreadableFileError
from jixiao.readers.raw import Grid, Paragraph
from jixiao.readers.registry import read_raw
from jixiao.readings.text import normalise
from jixiao.strict_yaml import load_strict
from jixiao.vocabulary import Vocabulary, shipped
from jixiao.vocabulary.slots import Column as Slot

_SLOTS = {
    Slot.KIND: "kind",
    Slot.NAME: "name",
    Slot.DESCRIPTION: "explanation",
    Slot.UNIT: "unit",
    Slot.SIGN: "comparator",
}
_FILL_DOWN = frozenset({"kind", "sector"})
_MORE, _LESS = ("正向", "越高越好", "越大越好"), ("反向", "逆向", "负向", "越低越好", "越小越好")
_COLUMNS = (
    Column("指标编码", 12),
    Column("行业", 16),
    Column(field_named("goal_sheets/*/indicators/*/kind").label, 18),
    Column("指标名称", 30),
    Column(field_named("goal_sheets/*/indicators/*/target/comparator").label, 10),
    Column(field_named("goal_sheets/*/indicators/*/target/unit").label, 12),
    Column("指标解释", 40),
    Column("计算公式", 40),
    Column("佐证资料", 30),
    Column("来源", 30),
    Column("来源性质", 16),
)
"""Called as reading calls them, so that a list taken away can be brought back"""


@dataclass(frozen=True, slots=True)
class Read:
    """What a file says: indicators in its order, and in words what of it was left out."""

    entries: tuple[Entry, ...]
    notes: tuple[str, ...] = ()


def code_of(name: str, kind: IndicatorKind, sector: str) -> str:
    """A code for an indicator that brings none: always the same for the same name, second level and sector."""
    return f"W{sha256(f'{normalise(name)}/{kind}/{sector}'.encode()).hexdigest()[:7].upper()}"


def read_library(data: bytes, name: str, sectors: Mapping[str, Sector], source: str = "") -> Read:
    """The indicators of a file. ``source`` names what was published; without it the file's name stands there.

    A table counts where a row calls a column 三级指标 and one 二级指标, in any of the words in which forms do; one below it of as many
    columns goes on with it. Raises UnreadableFileError for a file that is not read or has no such table.
    """
    entries: list[Entry] = []
    notes: list[str] = []
    heading, head, width = "", {}, 0
    tables = 0
    for block in read_raw(data, name).blocks:
        if isinstance(block, Paragraph):
            heading = block.text
            continue
        rows = _texts(block)
        at, found = _head(rows, shipped())
        if found:
            head, width = found, len(rows[at])
        elif not head or not rows or len(rows[0]) != width:
            continue
        else:
            at = -1
        tables += 1
        for made in _entries(rows[at + 1 :], head, heading, sectors, tables):
            if isinstance(made, str):
                notes.append(made)
            else:
                entries.append(replace(made, source=source or name, certainty=Certainty.OFFICIAL))
    if not head:
        raise UnreadableFileError(
            "没有找到指标表：要有一行列名写着“二级指标”和“三级指标”（或“指标名称”）", "请核对文件，补上列名再试"
        )
    return Read(*_once(entries, notes))


def read_published(name: str, source: str, data: bytes) -> Read:
    """As ``read_library``, by the sectors that come with the program: for a process of its own, which is handed a file alone."""
    return read_library(data, name, library().sectors, source)


def _once(entries: Iterable[Entry], notes: list[str]) -> tuple[tuple[Entry, ...], tuple[str, ...]]:
    """Each code once, and each name once in a second level of a sector."""
    kept: dict[str, Entry] = {}
    named: set[tuple[str, str, str]] = set()
    for entry in entries:
        name = (normalise(entry.name), entry.kind.value, entry.sector)
        if entry.code in kept or name in named:
            notes.append(f"“{entry.name}”（{entry.code}）在文件里出现了两次，只留第一次。请核对是不是抄重了")
            continue
        kept[entry.code] = entry
        named.add(name)
    return tuple(kept.values()), tuple(notes)


def _texts(grid: Grid) -> list[list[str]]:
    """The rows as texts, a cell merged over several rows or columns in each of them."""
    width = max((cell.column + cell.column_span for cell in grid.cells()), default=0)
    texts = [[""] * width for _ in grid.rows]
    for cell in grid.cells():
        for row in texts[cell.row : cell.row + cell.row_span]:
            row[cell.column : cell.column + cell.column_span] = [cell.text] * cell.column_span
    return texts


def _head(rows: Sequence[Sequence[str]], vocabulary: Vocabulary) -> tuple[int, dict[str, int]]:
    """Which row is the head and where each field stands; (-1, {}) where none is."""
    for number, row in enumerate(rows):
        found: dict[str, int] = {}
        for column, text in enumerate(row):
            field = _field(text, vocabulary)
            if field:
                found.setdefault(field, column)
        if {"name", "kind"} <= found.keys():
            return number, found
    return -1, {}


def _field(text: str, vocabulary: Vocabulary) -> str:
    own = next((field for field, words in _words().items() if any(word in text for word in words)), "")
    slot = vocabulary.label(text).column if text else None
    return (_SLOTS.get(slot, "") if slot is not None else "") or own


@cache
def _words() -> Mapping[str, Sequence[str]]:
    file = resources.files("jixiao.library") / "words" / "heads.yaml"
    words: Mapping[str, Sequence[str]] = load_strict(file.read_text(encoding="utf-8"), file.name)
    return words


def _entries(
    rows: Sequence[Sequence[str]], head: Mapping[str, int], heading: str, sectors: Mapping[str, Sector], table: int
) -> Iterator[Entry | str]:
    """What each row says, an indicator or why it is none."""
    above = dict.fromkeys(_FILL_DOWN, "")
    by_heading = sector_of(heading, sectors)
    for number, row in enumerate(rows, 1):
        said = {field: row[column].strip() for field, column in head.items() if column < len(row)}
        for field in _FILL_DOWN & said.keys():
            above[field] = said[field] = said[field] or above[field]
        name = said.get("name", "")
        if not name or name == said.get("kind"):
            continue
        kind = shipped().label(said.get("kind", "")).kind
        if kind is None:
            yield f"第{table}张表第{number}行“{name}”：二级指标“{said.get('kind', '')}”不认得，没有收。请写成数量指标、质量指标等"
            continue
        sector = sector_of(said.get("sector", ""), sectors) or by_heading or COMMON
        comparator, unit = measure_of(said.get("comparator", ""), said.get("unit", ""))
        yield Entry(
            said.get("code") or code_of(name, kind, sector),
            name,
            kind,
            sector,
            unit,
            comparator,
            said.get("explanation", ""),
            said.get("formula", ""),
            said.get("evidence", ""),
        )


def measure_of(direction: str, unit: str) -> tuple[Comparator | None, str]:
    """Sign and unit of what a list says of both: a sign, or which way is better in words; the unit may carry the sign too."""
    own, bare = comparator_of(unit)
    sign, _ = comparator_of(direction)
    if sign is None and any(word in direction for word in _MORE):
        sign = Comparator.AT_LEAST
    elif sign is None and any(word in direction for word in _LESS):
        sign = Comparator.AT_MOST
    return sign or own, bare


def sector_of(words: str, sectors: Mapping[str, Sector]) -> str:
    """The key of the sector that ``words`` name: by key, label, else by the longest word of one; ``""`` for none."""
    plain = normalise(words)
    if not plain:
        return ""
    for key, sector in sectors.items():
        if words == key or normalise(sector.label) == plain:
            return key
    told = [(len(word), key) for key, one in sectors.items() for word in (one.label, *one.words) if word in plain]
    return max(told, key=lambda one: one[0])[1] if told else ""


def to_workbook(entries: Iterable[Entry], sectors: Mapping[str, Sector], day: date, title: str = "指标库") -> bytes:
    """The indicators as a workbook, all that is known of each. The same ones give the same bytes."""
    table = listing(_COLUMNS, (_row(one, sectors) for one in entries), frozen=4)
    return to_xlsx(Document(title, day, (Section((table,), A4_LANDSCAPE, "指标"),)))


def _row(one: Entry, sectors: Mapping[str, Sector]) -> tuple[Any, ...]:
    sector = sectors.get(one.sector)
    return (
        one.code,
        sector.label if sector else one.sector,
        one.kind.label,
        one.name,
        one.comparator.sign if one.comparator else None,
        one.unit or None,
        one.explanation or None,
        one.formula or None,
        one.evidence or None,
        one.source or None,
        one.certainty.label,
    )
