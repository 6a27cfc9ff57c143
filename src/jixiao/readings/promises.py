"""The quantities of a plan under review, read once and shared by the rules on numbers in running text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from jixiao.domain.form import field_at
from jixiao.domain.goal import texts_of
from jixiao.domain.target import Target
from jixiao.parameters.keys import MENTION_WORDS, SAME_MEASURES, SAME_UNITS, SCOPE_WORDS
from jixiao.readings.mentions import Mention, SumRole, Vocabulary, mention_of, mentions_in, narrowing, words_of
from jixiao.readings.text import any_of
from jixiao.readings.units import bracketed_unit
from jixiao.readings.view import PlanView, RowView
from jixiao.readings.written import Part, WrittenText, running_texts

_IN_BRACKETS = re.compile(r"[（(]([^（()）]{1,6})[）)]$")


_WHOLE = 100

PARAMETERS = (MENTION_WORDS, SAME_MEASURES, SCOPE_WORDS, SAME_UNITS)
"""What every rule on the quantities of running text reads"""


class TextMention(NamedTuple):
    """A mention with its place; ``item`` is the number of the activity, safeguard or sheet it stands in."""

    pointer: str
    part: Part
    item: int
    mention: Mention

    @property
    def label(self) -> str:
        """The text it stands in as users know it: 总体目标, 资金用途."""
        field = field_at(self.pointer) if self.part is Part.SHEET else None
        return field.label if field else self.part.label


def vocabulary(view: PlanView) -> Vocabulary:
    """The words by which this ruleset reads quantities."""
    words = view.parameter(MENTION_WORDS)
    measures = [(word, name) for name, said in view.parameter(SAME_MEASURES).items() for word in said]
    return Vocabulary(
        empty=frozenset(words.empty),
        measures=tuple(sorted(measures, key=lambda pair: (-len(pair[0]), pair[0]))),
        not_now=any_of(view.parameter(SCOPE_WORDS)),
        localities=words.localities,
        our=words.our,
        narrows=narrowing(words.averages),
        any_locality=frozenset(words.any_locality),
        rest=any_of(words.rest),
        totals=words.totals,
        parts=any_of(words.parts),
        units={unit: group[0] for group in view.parameter(SAME_UNITS) for unit in group},
    )


def text_mentions(view: PlanView) -> tuple[TextMention, ...]:
    """Every quantity of the running text, in document order."""
    part_one = (text for text in view.derived(running_texts) if text.part is not Part.SHEET)
    of_sheets = view.derived(text_mentions_by_sheet).values()
    return (*_mentions(view, part_one), *(found for every in of_sheets for found in every))


def text_mentions_by_sheet(view: PlanView) -> Mapping[int, tuple[TextMention, ...]]:
    """The quantities of purposes and goals, by the index of their sheet; sheets without any are left out."""
    out: dict[int, list[TextMention]] = defaultdict(list)
    for found in _mentions(view, (text for text in view.derived(running_texts) if text.part is Part.SHEET)):
        out[found.item].append(found)
    return {n: tuple(all_of) for n, all_of in out.items()}


def reached_mentions(view: PlanView) -> tuple[TextMention, ...]:
    """Every quantity of what sheets of results say was reached."""
    texts = (
        WrittenText(sheet.at("goals_reached", n), text, Part.SHEET, sheet.index)
        for sheet in view.sheets
        if sheet.later is not None
        for n, text in enumerate(texts_of(sheet.later.goals_reached))
    )
    return tuple(_mentions(view, texts))


def _mentions(view: PlanView, texts: Iterable[WrittenText]) -> Iterator[TextMention]:
    known = view.standing(vocabulary)
    own = view.plan.department.name or ""
    for text in texts:
        for mention in mentions_in(text.text, known, own):
            yield TextMention(text.pointer, text.part, text.item, mention)


def is_this_year(found: TextMention, view: PlanView) -> bool:
    """Whether a mention speaks of the year of the sheet it stands in or of the plan, as far as it says."""
    year = view.year_of(found.item if found.part is Part.SHEET else None)
    return found.mention.year is None or year is None or found.mention.year == year.year


def is_promise(found: TextMention, view: PlanView) -> bool:
    """Whether a mention says by itself what is to be done in the year of its sheet or of the plan."""
    m = found.mention
    return m.comparable and not m.inherited and m.role in (SumRole.PLAIN, SumRole.TOTAL) and is_this_year(found, view)


def is_plain(found: TextMention, view: PlanView) -> bool:
    """Whether a promise is for the whole year and place, so that others can be held against it."""
    return is_promise(found, view) and found.mention.scope <= found.mention.things


class RowMention(NamedTuple):
    """What a row counts: its value in the base unit, the words of its name, and the words its project lends it."""

    row: RowView
    mention: Mention
    lent: frozenset[str]

    @property
    def described(self) -> frozenset[str]:
        """The words of its description."""
        return frozenset(words_of(self.row.row.description or ""))


def row_mentions(view: PlanView) -> tuple[RowMention, ...]:
    """The rows with a number and a unit, as mentions. A unit in brackets behind the name counts as the row's."""
    return tuple(_row_mentions(view, ((row, row.row.target) for row in view.rows)))


def actual_mentions(view: PlanView) -> tuple[RowMention, ...]:
    """What rows say was reached, as mentions, in the unit of the target where the actual gives none."""
    given = ((row, row.actual) for row in view.rows if row.evaluated is not None)
    return tuple(_row_mentions(view, ((row, actual) for row, actual in given if actual is not None)))


def _row_mentions(view: PlanView, values: Iterable[tuple[RowView, Target]]) -> Iterator[RowMention]:
    known = view.standing(vocabulary)
    lent: dict[int, frozenset[str]] = {}
    department = view.plan.department.name or ""
    for row, value in values:
        if value.number is None or not row.row.name:
            continue
        bracket = _IN_BRACKETS.search(row.row.name)
        unit = value.unit or row.row.target.unit or bracketed_unit(row.row.name)
        if unit is None:
            continue
        name = row.row.name[: bracket.start()] if bracket else row.row.name
        mention = mention_of(name, value.number, unit, value.comparator, known)
        if mention.things:
            of_sheet = lent.get(row.sheet.index)
            if of_sheet is None:
                project = row.sheet.sheet.project.name or ""
                of_sheet = lent[row.sheet.index] = frozenset(words_of(project + department))
            yield RowMention(row, mention, of_sheet)


def row_mentions_by_sheet(view: PlanView) -> Mapping[int, tuple[RowMention, ...]]:
    """The same by the index of their sheet."""
    out: dict[int, list[RowMention]] = defaultdict(list)
    for quantity in view.derived(row_mentions):
        out[quantity.row.sheet.index].append(quantity)
    return {n: tuple(all_of) for n, all_of in out.items()}


def count_the_same(found: TextMention, row: RowMention, least: int, weak: Collection[str]) -> bool:
    """Whether a text and a row count the same thing.

    Their words are equal, but for those that the project's name lends, that the row's description adds, or that say
    little (惠及, 参与); what they share is ``least`` characters long and not lent alone.
    """
    a, b = found.mention.things, row.mention.things
    shared = a & b
    if sum(map(len, shared)) < least:
        return False
    more, fewer = a - b - row.described, b - a
    if not more and not fewer:
        return True
    return not (more | fewer) - row.lent - set(weak) and bool(shared - row.lent - set(weak))


def are_held(words: Collection[str], texts: Iterable[str], least: float) -> bool:
    """Whether one of the texts holds ``least`` per cent of the words, by characters; no words are not held."""
    length = sum(map(len, words))
    if least <= 0 or not length:
        return least <= 0
    for text in texts:
        held = 0
        for word in words:
            if word in text:
                held += len(word)
        if held / length * _WHOLE >= least:
            return True
    return False
