"""The rows of the letter's tables: what is wrong, where, how to mend it. Each row stands by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from jixiao.documents.text import one_line
from jixiao.domain.finding import Finding, Grade, Severity
from jixiao.domain.message import Fact, FactKind, Said, pieces
from jixiao.domain.pointer import indicator_at
from jixiao.writers.entries import Entry, basis_names
from jixiao.writers.places import Places
from jixiao.writers.text import cut, number, sentence

_PARTS = re.compile(r"[：｜、“” ]+")
_LONG_QUOTE = 40
_EXCERPT, _SHORT_EXCERPT, _ADVICE_EXCERPT = 80, 40, 30
"""Characters of the words met: at one place, at each of several, in advice"""
_ARROW = "箭头后的写法"
_HOLE = "\x00"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: the cases of one habit in one section. Its cells are lines."""

    number: int
    problem: tuple[str, ...]
    places: tuple[str, ...]
    remedy: tuple[str, ...]
    basis: tuple[str, ...]


def row_of(n: int, entry: Entry, grade: Grade, places: Places) -> Row:
    """Row ``n`` of a section that is graded by ``grade``."""
    told = _told(entry, places)
    arrows, remedy = _remedy(entry)
    alone = len(entry.findings) == 1
    lines = [
        _place(f, arrows.get(f.id, ""), shown(f.says) if f in told else "", places, alone=alone) for f in entry.findings
    ]
    if entry.first.severity is Severity.ADVICE:
        lines = ["；".join(lines)]
    problem = (_heading(entry, grade), *_reasons(entry, told), *_besides(entry), *_doubt(entry))
    return Row(n, problem, (*lines, *_compared(entry, places)), remedy, basis_names(entry.citations))


def _told(entry: Entry, places: Places) -> tuple[Finding, ...]:
    """The findings whose sentence is printed: the first, and each with a fact that is told nowhere else in the row."""
    first, *others = entry.findings
    known = {fact.name: fact.printed for fact in first.says.facts}
    return (
        first,
        *(
            f
            for f in others
            if (f.says.template != first.says.template or f.says.text != first.says.text)
            and not all(known.get(fact.name) == fact.printed or _is_seen(fact, f, places) for fact in f.says.facts)
        ),
    )


def _is_seen(fact: Fact, f: Finding, places: Places) -> bool:
    """Whether place, words met or wording hold the words of a fact."""
    seen = "\n".join((f.evidence, f.suggestion or "", places.of(f.pointer).words))
    words = (fact.value,) if isinstance(fact.value, str) else fact.value
    return all(word.rstrip("…") in seen for word in words)


def _reasons(entry: Entry, told: tuple[Finding, ...]) -> Iterator[str]:
    """What is wrong; where only some of several sentences are printed, the first is an example."""
    lines = dict.fromkeys(sentence(shown(f.says)) for f in told)
    every = len({f.says.text for f in entry.findings}) <= len(lines)
    for n, line in enumerate(lines):
        yield line if n or every else f"如：{line}"


def _besides(entry: Entry) -> Iterator[str]:
    """What else is wrong with a cell, by row where there are several."""
    lines: dict[str, list[str]] = {}
    for f in entry.findings:
        for other in f.also:
            mended = sentence(shown(other.suggests)) if other.suggests else ""
            lines.setdefault(sentence(shown(other.says)) + mended, []).append(_row_number(f))
    for line, rows in lines.items():
        numbers = [row for row in rows if row]
        where = f"第 {'、'.join(numbers)} 行" if len(entry.findings) > 1 and numbers else ""
        yield f"{where}另外：{line}"


def _row_number(f: Finding) -> str:
    row = indicator_at(f.pointer)[1]
    return "" if row is None else str(row + 1)


def _doubt(entry: Entry) -> Iterator[str]:
    if any(f.confidence < 1 for f in entry.findings):
        yield "（这一条拿不准，请对照原文核对。）"


def _remedy(entry: Entry) -> tuple[dict[str, str], tuple[str, ...]]:
    """What stands behind an arrow at each place, by the finding's id, and the lines on how to mend.

    Where remedies differ in one fact, the line says the rest; where they differ in more, each stands at its place.
    """
    proposed = [(f.id, f.suggests) for f in entry.findings if f.suggests is not None]
    if not proposed:
        return {}, ()
    first = proposed[0][1]
    varying = {
        fact.name for _, said in proposed for fact, other in zip(said.facts, first.facts, strict=True) if fact != other
    }
    if not varying:
        return {}, (sentence(first.text),)
    if len(varying) > 1:
        return {finding: said.text.rstrip("。") for finding, said in proposed}, ("改法见各处箭头后。",)
    (name,) = varying
    quoted = f"“{_HOLE}”" in _with_hole(first, name)
    values = {finding: next(f.printed for f in said.facts if f.name == name) for finding, said in proposed}
    general = _with_hole(first, name).replace(f"“{_HOLE}”", _ARROW).replace(_HOLE, _ARROW)
    return {finding: f"“{words}”" if quoted else words for finding, words in values.items()}, (sentence(general),)


def _with_hole(said: Said, name: str) -> str:
    """The sentence with a mark in place of one fact."""
    values = {fact.name: fact.printed for fact in said.facts} | {name: _HOLE}
    return "".join(text + (values[fact] if fact else "") for text, fact, _ in pieces(said.template))


def _place(f: Finding, arrow: str, beside: str, places: Places, *, alone: bool) -> str:
    """「第 4 行的指标值：≤85% → “≥85%”」; words that the sentence or the wording beside it quotes are not repeated."""
    said = all(part in beside + arrow for part in _PARTS.split(one_line(f.evidence)))
    advice = f.severity is Severity.ADVICE
    repeated = said or (advice and f.related)
    most = _ADVICE_EXCERPT if advice else _EXCERPT if alone else _SHORT_EXCERPT
    met = "" if repeated else excerpt(f.evidence, f.says, most)
    place = places.brief(f.pointer, f.evidence if met or said else "")
    wording = f" → {arrow}" if arrow else ""
    return place + (f"：{met}" if met else "：（空白）" if not f.evidence and arrow else "") + wording


def _compared(entry: Entry, places: Places) -> Iterator[str]:
    """「对照：第 2、3 行的描述；第 2 张表的资金用途」, each place once."""
    own = {f.pointer for f in entry.findings}
    if others := [p for f in entry.findings for p in f.related if p not in own]:
        yield f"对照：{places.together(others, indicator_at(entry.first.pointer)[0])}"


def _heading(entry: Entry, grade: Grade) -> str:
    """满意度方向写反（2 处，扣 8 分）"""
    many = [f"{len(entry.findings)} 处"] if len(entry.findings) > 1 else []
    ids = {f.id for f in entry.findings}
    taken = sum((d.points for d in grade.deductions if ids & set(d.findings[:1])), Decimal(0))
    words = "，".join(many + ([f"扣 {number(taken)} 分"] if taken else []))
    return entry.first.title + (f"（{words}）" if words else "")


def shown(said: Said) -> str:
    """The sentence on one line, with long words of the plan cut short: they stand in the plan."""
    cut_short = {f.name: cut(f.printed, _LONG_QUOTE) if f.kind is FactKind.WORDS else f.printed for f in said.facts}
    if not said.facts:
        return one_line(said.text)
    return one_line("".join(text + (cut_short[name] if name else "") for text, name, _ in pieces(said.template)))


def excerpt(evidence: str, said: Said, most: int) -> str:
    """The words met, cut to what the sentence speaks of where they are long."""
    text = one_line(evidence)
    if len(text) <= most:
        return text
    words = (fact.printed.rstrip("…") for fact in said.facts if fact.kind is FactKind.WORDS)
    start = max((text.find(word) for word in words if word), default=-1)
    begin = start if start > most // 3 else 0
    return ("……" if begin else "") + cut(text[begin:], most)
