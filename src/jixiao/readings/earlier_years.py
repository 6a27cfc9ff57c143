"""Passages of running text that belong to an earlier year: campaigns that are over, years long past."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from jixiao.parameters.keys import CARRYOVER_WORDS, ENDED_CAMPAIGNS, OLD_YEARS, OPENING_YEAR_WORDS
from jixiao.parameters.shapes import EndedCampaign, OldYears
from jixiao.readings.opening_years import opens_earlier
from jixiao.readings.other_years import spans_years
from jixiao.readings.text import any_of
from jixiao.readings.view import PlanView
from jixiao.readings.written import Looked, WrittenText, running_texts

PARAMETERS = (ENDED_CAMPAIGNS, OLD_YEARS, OPENING_YEAR_WORDS, CARRYOVER_WORDS)
"""what telling texts of an earlier year reads"""

_SENTENCE = re.compile(r"[^。；;！!？?\n]+")
_CLAUSE = re.compile(r"[^，,：:]+")
_PAREN = re.compile(r"[“”\"‘’、\s]")
_NAMED_DOCUMENT = re.compile(r"《([^》]*)》(?:[（(〔\[【][^）)〕\]】]*[）)〕\]】](?:\d+号)?)?")
_GOAL = re.compile(r"/goals/\d+$|^/overall_goals/\d+$|^/activities/\d+/goal$")
_MOST = 2


@dataclass(frozen=True, slots=True)
class Stale:
    """What of a text belongs to an earlier year: words of campaigns that are over, why they are (in the words of the
    parameter), passages that name an earlier year as if it were this one.
    """

    ended: tuple[str, ...]
    why: tuple[str, ...]
    passages: tuple[str, ...]
    year: int


def stale_texts(view: PlanView) -> Mapping[str, Stale]:
    """Texts that hold something of an earlier year, by pointer; none where the plan names no year."""
    known, old_years = view.parameter(ENDED_CAMPAIGNS), view.parameter(OLD_YEARS)
    if view.plan.fiscal_year is None:
        return {}
    year = view.plan.fiscal_year.year
    own = {sheet.index: sheet.fiscal_year.year for sheet in view.sheets if sheet.fiscal_year is not None}
    names = {sheet.index: sheet.sheet.project.name for sheet in view.sheets}
    found = {}
    for written in view.standing(_telling)(year).faulty(view.derived(running_texts)):
        text = written.text
        plain = _without_documents(text)
        of = own.get(written.sheet, year) if written.sheet is not None else year
        told = [(words, c.why) for c in known if c.until < of and (words := _campaign(plain, c))]
        ended = tuple(w for words, _ in told for w in words)
        name = names.get(written.sheet) if written.sheet is not None else None
        passages = _old_years(text.replace(name, "") if name else text, of, old_years)
        if not passages and (opening := _opens(view, written, of)):
            passages = (opening,)
        if ended or passages:
            found[written.pointer] = Stale(ended, tuple(why for _, why in told), passages, of)
    return found


def _opens(view: PlanView, written: WrittenText, year: int) -> str | None:
    """How a goal opens with an earlier year, where the project does not go over several."""
    if _GOAL.search(written.pointer) is None:
        return None
    if (n := written.sheet) is not None:
        sheet = next(sheet for sheet in view.sheets if sheet.index == n)
        if not sheet.is_goal_sheet or spans_years(sheet, year):
            return None
    return opens_earlier(written.text, year, view.parameter(OPENING_YEAR_WORDS))


def _telling(view: PlanView) -> Callable[[int], Looked]:
    """By the year of a plan: whether a text speaks of an earlier one, or of a campaign that was over by then."""
    known, old_years = view.parameter(ENDED_CAMPAIGNS), view.parameter(OLD_YEARS)
    opening = view.parameter(OPENING_YEAR_WORDS)

    @cache
    def of_year(year: int) -> Looked:
        words = any_of(tuple(word for c in known if c.until < year for word in (*c.words, *c.anchors)))

        def look(line: str) -> bool:
            if words.search(_without_documents(line)) is not None or _old_years(line, year, old_years):
                return True
            return opens_earlier(line, year, opening) is not None

        return Looked(lambda text: any(map(look, text.split("\n"))))

    return of_year


@lru_cache(maxsize=4096)
def _without_documents(text: str) -> str:
    """A text without names of documents, quotation marks and blanks."""
    return _PAREN.sub("", _NAMED_DOCUMENT.sub("", text))


def _campaign(plain: str, campaign: EndedCampaign) -> tuple[str, ...]:
    """The words of an ended campaign that a text without names of documents holds; none where it says what goes on."""
    other = any(within in plain for within in campaign.unless)
    for within in campaign.unless:
        plain = plain.replace(within, "")
    found = tuple(w for w in campaign.words if w in plain)
    beside = tuple(w for w in campaign.together if w in plain and not any(w in f or f in w for f in found))
    distinct = tuple(w for w in beside if not any(w != longer and w in longer for longer in beside))
    if found:
        return found
    anchored = any(w in campaign.anchors for w in distinct)
    return distinct if anchored and len(distinct) > 1 and not other else ()


def _old_years(text: str, year: int, words: OldYears) -> tuple[str, ...]:
    """Passages that speak of an earlier year as if it were this one."""
    found = []
    text, years = _without_bases(text, words.document_words), _year(words.after_bare_year)
    if not years.search(text):
        return ()
    for sentence in _SENTENCE.finditer(text):
        s = sentence.group()
        if str(year) in s:
            continue
        for m in years.finditer(s):
            past = year - int(m[1])
            if past <= 0 or _is_reference(s, m, words):
                continue
            if past >= words.years_before or s[m.end() :].startswith(words.future):
                found.append(_clause_at(s, m.start()))
    return tuple(dict.fromkeys(found))[:_MOST]


@lru_cache(maxsize=8)
def _year(after_bare: Sequence[str]) -> re.Pattern[str]:
    """A year: with 年, or without where one of these words follows."""
    return re.compile(rf"(?<![\d.])(20\d\d)(?:\s*年度?|(?={'|'.join(map(re.escape, after_bare))}))")


def _clause_at(sentence: str, place: int) -> str:
    return next((m.group().strip() for m in _CLAUSE.finditer(sentence) if m.start() <= place < m.end()), sentence)


def _without_bases(text: str, document_words: Sequence[str]) -> str:
    """A text without the names of documents in force; a scheme or list of one year stays."""
    return _NAMED_DOCUMENT.sub(lambda m: "" if any(w in m[1] for w in document_words) else m.group(), text)


def _is_reference(sentence: str, m: re.Match[str], words: OldYears) -> bool:
    """Whether a year is that of a basis, a comparison or how something came about."""
    before = sentence[max(0, m.start() - words.look_behind) : m.start()]
    after = sentence[m.end() : m.end() + words.look_ahead]
    if any(w in before for w in words.before):
        return True
    if any(w in after[: words.look_behind] for w in words.after):
        return True
    return any(w in after for w in words.anywhere_after)
