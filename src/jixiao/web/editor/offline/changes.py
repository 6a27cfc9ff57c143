"""What was filled in: a workbook that came back, held against what it carries of itself. Values only; nothing is guessed or dropped."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from typing import Any

from jixiao.readers.entries import EntryBook
from jixiao.web.editor.models import LONGEST_TEXT
from jixiao.web.editor.offline.manifest import Listed, Manifest, Place, SheetMap

_MARKS = "A"
_BASE_32 = "abcdefghijklmnopqrstuvwxyz234567"
_LETTERS = {"goals": "g", "overall_goals": "g", "disbursement_plan": "d", "activities": "a", "safeguards": "m"}


@dataclass(frozen=True)
class Change:
    """One thing that the file says otherwise: a cell (``put``), a row more (``add``), a row that it has not got (``missing``).

    ``was`` is what the cell said when the file went out.
    """

    key: str
    kind: str
    thing: str
    below: str = ""
    was: str = ""
    text: str = ""
    holder: str = ""
    list: str = ""
    after: str = ""
    cells: Mapping[str, str] = field(default_factory=dict)

    def as_data(self) -> dict[str, Any]:
        """As it is stored."""
        return asdict(self)


def change_of(data: Mapping[str, Any]) -> Change:
    """From what is stored."""
    return Change(**data)


@dataclass(frozen=True)
class CameBack:
    """A sheet of a file that came back: what it says otherwise, and in Chinese what has no place in it."""

    map: SheetMap
    changes: tuple[Change, ...]
    notes: tuple[str, ...]


def came_back(book: EntryBook, manifest: Manifest) -> Iterator[CameBack]:
    """The sheets that the file still has; of one whose worksheet was taken out nothing is said."""
    for one in manifest.sheets:
        found = _Lines(book, one)
        if found.known:
            yield CameBack(one, tuple(_changes(one, found, manifest.form)), tuple(found.notes))


def plain(text: str) -> str:
    """Words of a cell as they are compared: programs write the ends of lines and blanks at the end in their own ways."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("_x000D_", "").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip()


class _Lines:
    """The lines of a sheet in a file, by mark; rows that were put in between; what else somebody wrote."""

    def __init__(self, book: EntryBook, one: SheetMap) -> None:
        self.known: dict[str, Mapping[str, str]] = {}
        self.between: list[tuple[str, dict[str, str]]] = []
        """(the thing above, words by pointer below it)"""
        self.notes: list[str] = []
        for sheet in book.sheets:
            above: Mapping[str, Place] | None = None
            for n, line in enumerate(sheet.lines, 1):
                mark = line.get(_MARKS, "").strip()
                if mark in one.lines and mark not in self.known:
                    above = one.lines[mark]
                    self._take(mark, line, f"工作表“{sheet.name}”第{n}行")
                elif (above is not None and mark[:1] != "s") or (mark in one.lines and above is not None):
                    self._between(above, line, f"工作表“{sheet.name}”第{n}行")
                else:
                    above = None if mark and mark not in one.lines else above
        self._one = one

    def _take(self, mark: str, line: Mapping[str, str], where: str) -> None:
        self.known[mark] = line
        long = [text for text in line.values() if len(text) > LONGEST_TEXT]
        if long:
            self.notes.append(f"{where}有一格超过{LONGEST_TEXT}字，没有读。请分开写")

    def _between(self, above: Mapping[str, Place], line: Mapping[str, str], where: str) -> None:
        words = {column: text for column, text in line.items() if column != _MARKS and plain(text)}
        if not words:
            return
        things = {place.thing for place in above.values()}
        cells = {above[column].below: plain(text) for column, text in words.items() if column in above}
        if len(things) == 1 and cells and all(len(text) <= LONGEST_TEXT for text in cells.values()):
            self.between.append((things.pop(), cells))
        astray = [text for column, text in words.items() if column not in above]
        if astray or not cells:
            said = "”“".join(text[:20] for text in (astray or words.values()))
            self.notes.append(f"{where}写了“{said}”，表上没有这一格，没有读。请填到表上有的格里")


def _changes(one: SheetMap, found: _Lines, form: str) -> Iterator[Change]:
    said = _Said(one, found, form)
    for thing in (id_ for id_ in said.words if id_ not in one.things):
        yield from _puts(thing, said.words[thing])
    for thing, listed in one.things.items():
        if listed.spare:
            if thing in said.wanted:
                yield said.added(thing, listed, said.filled(thing))
            continue
        if thing in said.missing:
            yield Change(f"missing|{thing}", "missing", thing, holder=listed.holder, list=listed.name)
        else:
            yield from _puts(thing, said.words.get(thing, {}))
        said.last[listed.holder, listed.name] = thing
        for n, cells in enumerate(cells for above, cells in found.between if above == thing):
            yield said.added(f"{thing}>{n}", listed, cells)
    for above, cells in found.between:
        if above not in one.things or one.things[above].spare:
            said_ = "、".join(cells.values())[:40]
            found.notes.append(f"空行之间另加的“{said_}”没有读。请填在表上的空行里")


class _Said:
    """What the lines of a sheet say by thing; which spare rows somebody filled in, which rows are gone."""

    def __init__(self, one: SheetMap, found: _Lines, form: str) -> None:
        self._one, self._form = one, form
        self.words: dict[str, dict[str, tuple[str, str]]] = {}
        """thing → cell → (was, now)"""
        self.last: dict[tuple[str, str], str] = {}
        """The thing of each list behind which the next one goes"""
        gone: set[str] = set()
        for mark, places in one.lines.items():
            line = found.known.get(mark)
            for column, place in places.items():
                if line is None:
                    gone.add(place.thing)
                elif len(now := line.get(column, "")) <= LONGEST_TEXT:
                    self.words.setdefault(place.thing, {})[place.below] = (place.was, plain(now))
        self.wanted = {id_ for id_, listed in one.things.items() if listed.spare and self.filled(id_)}
        self.wanted |= {one.things[id_].holder for id_ in self.wanted if _is_spare(one, one.things[id_].holder)}
        own = (id_ for id_, listed in one.things.items() if not listed.spare)
        self.missing = {id_ for id_ in own if _is_gone(self.words.get(id_), taken_out=id_ in gone)}

    def filled(self, thing: str) -> dict[str, str]:
        """The words of its cells that have any."""
        return {below: now for below, (_, now) in self.words.get(thing, {}).items() if now}

    def added(self, spare: str, listed: Listed, cells: Mapping[str, str]) -> Change:
        """A row more, behind the last of its list."""
        id_ = self._id(spare, listed)
        holder = listed.holder
        if _is_spare(self._one, holder):
            holder = self._id(holder, self._one.things[holder])
        at = (listed.holder, listed.name)
        after, self.last[at] = self.last.get(at, ""), id_
        return Change(f"add|{id_}", "add", id_, holder=holder, list=listed.name, after=after, cells=dict(cells))

    def _id(self, spare: str, listed: Listed) -> str:
        return made_id(self._form, self._one.key, spare, listed.name, listed.holder)


def _is_spare(one: SheetMap, thing: str) -> bool:
    return thing in one.things and one.things[thing].spare


def _puts(thing: str, words: Mapping[str, tuple[str, str]]) -> Iterator[Change]:
    for below, (was, now) in words.items():
        if plain(was) != now:
            yield Change(f"put|{thing}|{below}", "put", thing, below, was, now)


def _is_gone(words: Mapping[str, tuple[str, str]] | None, *, taken_out: bool) -> bool:
    """Whether nothing of a row is left: its lines were taken out, or all that stood in it was cleared."""
    if not words:
        return taken_out
    return any(was for was, _ in words.values()) and not any(now for _, now in words.values())


def made_id(form: str, key: int, spare: str, name: str, holder: str) -> str:
    """The id of a row that was added: of the same file always the same, so that what comes back twice is known again."""
    inner = name == "indicators" and not holder.startswith("s_")
    prefix = "i" if inner else _LETTERS.get(name, "r")
    bits = int.from_bytes(sha256(f"{form}\x1f{key}\x1f{spare}".encode()).digest()[:8], "big")
    return f"{prefix}_{''.join(_BASE_32[bits >> 5 * n & 31] for n in range(10))}"
