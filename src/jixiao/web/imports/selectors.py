"""What of imports is shown: sessions of a person, counts and rows of one, rows to be mended as a workbook."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from math import log10
from statistics import median
from typing import Any

from django.db.models import Count, QuerySet

from jixiao.documents.value import A4_LANDSCAPE, Column, Document, Section, listing
from jixiao.documents.xlsx import to_xlsx
from jixiao.domain.money import CurrencyUnit
from jixiao.web.imports import kinds
from jixiao.web.imports.fields import Amount, BadCell
from jixiao.web.imports.kinds import Scope, kind_named
from jixiao.web.imports.mapping import REASON, ROW, from_json
from jixiao.web.imports.models import ImportRow, ImportSession
from jixiao.web.imports.running import Seen, view
from jixiao.web.imports.services import source_of
from jixiao.web.imports.table import RowSort
from jixiao.web.jobs.models import Job
from jixiao.web.kernel import clock
from jixiao.web.kernel.acts import viewed
from jixiao.web.kernel.door import Restricted
from jixiao.web.kernel.people import Actor

_NEAR = 0.15
"""How far the logarithm of a ratio may be from a whole number: amounts also change from year to year"""
_LEAST_POWER = 2
_FEWEST_ODD = 3
_OFFERS = 4
"""Parts of a problem that offers an answer"""
_FEWEST_TYPICAL = 5
_POWERS = {2: "100倍", 3: "1000倍", 4: "1万倍", 5: "10万倍", 6: "100万倍", 8: "1亿倍"}
_PARTS = {2: "百分之一", 3: "千分之一", 4: "万分之一", 5: "十万分之一", 6: "百万分之一", 8: "亿分之一"}
_MOST_WEIGHED = 1000
"""Rows whose amounts say whether the unit is right"""


def sessions(actor: Actor) -> QuerySet[ImportSession]:
    """The sessions somebody began."""
    return ImportSession.objects.restrict(actor, "import.own")


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows of a session are what; ``new_taken`` of those taken were new."""

    new: int = 0
    changed: int = 0
    same: int = 0
    error: int = 0
    taken: int = 0
    new_taken: int = 0
    remarked: int = 0

    @property
    def good(self) -> int:
        """Those that would be imported."""
        return self.new + self.changed

    @property
    def changed_taken(self) -> int:
        """Of those taken, what was there before."""
        return self.taken - self.new_taken

    @property
    def total(self) -> int:
        return self.new + self.changed + self.same + self.error + self.taken


def counts(actor: Actor, session: ImportSession) -> Counts:
    """How many rows of the chosen worksheet are in which state."""
    rows = ImportRow.objects.restrict(actor, "import.own").filter(session=session, sheet=session.sheet)
    found = {
        (state, new): n for state, new, n in rows.values_list("state", "was_new").annotate(n=Count("pk")).order_by()
    }

    def of(state: str) -> int:
        return sum(n for (one, _), n in found.items() if one == state)

    return Counts(
        of("new"), of("changed"), of("same"), of("error"), of("taken"), found.get(("taken", True), 0),
        rows.exclude(remarks=[]).exclude(state="").count(),
    )  # fmt: skip


def sorts(actor: Actor, session: ImportSession) -> list[tuple[RowSort, int]]:
    """How many rows are no data, by sort."""
    rows = ImportRow.objects.restrict(actor, "import.own").filter(session=session, sheet=session.sheet)
    found = dict(rows.values_list("sort").annotate(n=Count("pk")).order_by())
    return [(one, found[one.value]) for one in RowSort if one is not RowSort.DATA and one.value in found]


def rows_of(actor: Actor, session: ImportSession, state: str = "") -> QuerySet[ImportRow]:
    """The rows of data; of one state, where it is named (``remarked``: those with something to know)."""
    rows = ImportRow.objects.restrict(actor, "import.own").filter(session=session, sheet=session.sheet)
    if state == "remarked":
        return rows.exclude(remarks=[]).exclude(state="")
    return rows.filter(state=state) if state else rows.exclude(state="")


@dataclass(frozen=True, slots=True)
class ShownCell:
    """A cell of a row on screen, with what is wrong with it."""

    name: str
    title: str
    text: str
    problem: str = ""
    looks: str = ""
    """How its words stand: ``num`` at the right, ``nowrap`` in one line"""


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row on screen: its cells that have a field, what is wrong with it as a whole."""

    row: ImportRow
    cells: tuple[ShownCell, ...]
    problems: tuple[str, ...]
    differences: tuple[Sequence[Any], ...]
    offer: tuple[str, str] | None = None
    """An answer that would settle it, and what the button says"""

    @property
    def has_wrong_cell(self) -> bool:
        """Whether something is wrong with one of its cells."""
        return any(cell.problem for cell in self.cells)


def shown(session: ImportSession, rows: Sequence[ImportRow]) -> list[ShownRow]:
    """Rows with their problems beside the cells."""
    kind = kind_named(session.kind)
    mapped = from_json(session.mapping)
    used = [
        (one, column) for one in kind.fields if one.name in mapped and (column := mapped[one.name].column) is not None
    ]
    names = {one.name for one, _ in used}
    found = []
    for row in rows:
        wrong: dict[str, str] = {name: message for name, message, *_ in row.problems}
        offer = next(((answer, label) for _, _, answer, label in (p for p in row.problems if len(p) == _OFFERS)), None)
        cells = tuple(
            ShownCell(
                one.name,
                one.label,
                row.cells[column] if column < len(row.cells) else "",
                wrong.get(one.name, ""),
                one.type.looks,
            )
            for one, column in used
        )
        rest = tuple(message for name, message, *_ in row.problems if name not in names)
        found.append(ShownRow(row, cells, rest, tuple(row.differences), offer))
    return found


def note_people(actor: Actor, rows: Sequence[ImportRow]) -> None:
    """Note whose stored data rows show beside what the file says. ``rows`` have their ``session`` at hand."""
    people: dict[type[Restricted], set[int]] = {}
    for row in rows:
        kind = kinds.get(row.session.kind)
        if kind is not None and kind.personal and row.differences and row.object_id.isdecimal() and not row.was_new:
            people.setdefault(kind.personal, set()).add(int(row.object_id))
    for model, keys in people.items():
        viewed(
            actor,
            list(model.objects.unrestricted("whose data rows of one's own import show").filter(pk__in=keys)),
            "导入时与现有的对照",
        )


def unit_doubt(actor: Actor, session: ImportSession) -> str:
    """Words where most amounts are about a hundred, a thousand, ten thousand… times what they were in this year or the one before,
    or such a part of it; for new things, where amounts are that far from those that such things have. The unit is wrong then.
    """
    rows = rows_of(actor, session, "changed").order_by("number").values_list("differences", flat=True)
    ratios = [
        abs(after / before)
        for differences in rows[:_MOST_WEIGHED]
        for _, _, _, before, after in differences
        if isinstance(before, int) and isinstance(after, int) and not isinstance(before, bool) and before and after
    ]
    if words := unit_doubt_of(ratios):
        return f"多数金额约是库里（本年或上年）的{words}，{_WRONG_UNIT}"
    return "" if ratios else _untypical(actor, session)


def unit_doubt_of(ratios: Sequence[float]) -> str:
    """How many times larger most amounts are than they were, in words, where that is about a power of ten; else ""."""
    powers = Counter(power for ratio in ratios if (power := _power(ratio)))
    if not powers:
        return ""
    ((power, odd),) = powers.most_common(1)
    return _times(power) if odd >= min(_FEWEST_ODD, len(ratios)) and odd * 2 > len(ratios) else ""


_WRONG_UNIT = "单位（元、万元）可能选错了，或者文件上写错了。请回“认表头”核对"


def _power(ratio: float) -> int:
    """The power of ten that a ratio is about, 0 where it is about none from a hundred on."""
    exact = log10(ratio)
    near = round(exact)
    return near if abs(near) >= _LEAST_POWER and abs(exact - near) <= _NEAR else 0


def _times(power: int) -> str:
    return (_POWERS if power > 0 else _PARTS).get(abs(power), f"10的{power}次方倍")


def _untypical(actor: Actor, session: ImportSession) -> str:
    """Words where the amounts of new things are far from those that such things have: by their medians."""
    kind = kind_named(session.kind)
    if kind.typical is None:
        return ""
    name, known = kind.typical(Scope(actor, session.organisation_id, session.year))
    own = [fen for fen in _amounts(actor, session, name) if fen]
    known = [fen for fen in known if fen]
    if min(len(own), len(known)) < _FEWEST_TYPICAL:
        return ""
    here, there = median(own), median(known)
    power = round(log10(here / there))
    if abs(power) < _LEAST_POWER:
        return ""
    shown = Amount().shown
    return f"这份表的金额一般在{shown(int(here))}上下，库里（本年和上年）一般在{shown(int(there))}上下，约是{_times(power)}，{_WRONG_UNIT}"


def _amounts(actor: Actor, session: ImportSession, name: str) -> list[int]:
    """The amounts of a field in the rows that can be imported, in fen."""
    choice = from_json(session.mapping).get(name)
    if choice is None or choice.column is None:
        return []
    rows = ImportRow.objects.restrict(actor, "import.own").filter(session=session, sheet=session.sheet)
    wanted = rows.filter(sort__in=(RowSort.DATA, RowSort.PART)).exclude(state=ImportRow.State.ERROR)
    found = []
    for cells in wanted.order_by("number").values_list("cells", flat=True):
        text = cells[choice.column] if choice.column < len(cells) else ""
        with suppress(BadCell):
            found += [Amount().parse(text, choice.unit)] if text else []
    return found


@dataclass(frozen=True, slots=True)
class Sum:
    """What a column of money comes to, in words."""

    label: str
    words: str


def money_sums(actor: Actor, session: ImportSession) -> list[Sum]:
    """What the columns of money come to in the rows that can be imported."""
    mapped = from_json(session.mapping)
    found = []
    for one in kind_named(session.kind).fields:
        if one.is_money and (amounts := _amounts(actor, session, one.name)):
            choice = mapped[one.name]
            found.append(Sum(one.label, f"{Amount().shown(sum(amounts))}（按{choice.unit}读）"))
    return found


def both_readings(texts: Sequence[str]) -> str:
    """What the numbers of a column come to in 元 and in 万元, in words; "" where there are none without a unit of their own."""
    numbers = [number for text in texts if (number := Amount().written(text)) is not None]
    if not numbers:
        return ""
    total, most = sum(numbers, Decimal(0)), max(numbers)
    read = [
        f"按{unit}合计{_yuan(total, unit)}、最大一笔{_yuan(most, unit)}"
        for unit in (CurrencyUnit.TEN_THOUSAND_YUAN, CurrencyUnit.YUAN)
    ]
    return "；".join(read)


def _yuan(number: Decimal, unit: CurrencyUnit) -> str:
    return Amount().shown(int(number * unit.in_yuan * 100))


def work_on(session: ImportSession) -> Job | None:
    """The last background work on a session."""
    jobs = Job.objects.unrestricted("of a session that was asked for")
    found: Job | None = (
        jobs.filter(name__in=("import.read", "import.try", "import.apply"), key=str(session.pk)).order_by("-id").first()
    )
    return found


def met_before(session: ImportSession) -> ImportSession | None:
    """The last session that imported the same bytes as the same kind into the same year, by whomever of the organisation."""
    return (
        ImportSession.objects.unrestricted("the same file, told by its date and person only")
        .filter(
            **source_of(session),
            year=session.year,
            sha256=session.sha256,
            state=ImportSession.State.DONE,
        )
        .exclude(pk=session.pk)
        .select_related("made_by")
        .order_by("-ended_at")
        .first()
    )


def left_over(actor: Actor, session: int) -> tuple[str, bytes]:
    """Rows that were not imported for what is wrong with them, as a workbook: the file's own columns, and why in a column."""
    seen = view(actor, session)
    bad = list(rows_of(actor, seen.session, "error").order_by("number"))
    return f"{_stem(seen)}（{len(bad)}行没有导入）.xlsx", to_xlsx(_document(seen, bad))


def _stem(seen: Seen) -> str:
    return seen.session.file_name.rsplit(".", 1)[0][:80]


def _document(seen: Seen, bad: Sequence[ImportRow]) -> Document:
    columns = [one for one in seen.head.columns if one.title not in (REASON, ROW)]
    labels = {one.name: one.label for one in seen.kind.fields}
    units = {choice.column: choice.unit for choice in seen.mapped.values() if choice.unit is not None}
    titles = [
        f"{one.title}（{units[one.index]}）" if one.index in units and one.unit is None else one.title
        for one in columns
    ]
    heads = (Column(REASON, 44), Column(ROW, 8), *(Column(title, 18) for title in titles))
    rows = []
    for row in bad:
        why = "；".join(f"{labels[name]}：{words}" if name in labels else words for name, words, *_ in row.problems)
        texts = (row.cells[one.index] if one.index < len(row.cells) else "" for one in columns)
        rows.append((why, str(row.number), *(text or None for text in texts)))
    table = listing(heads, rows, frozen=1)
    return Document(_stem(seen), clock.today(), (Section((table,), A4_LANDSCAPE, "没有导入的行"),))
