"""The rows of the letter's tables: what is wrong, where, how to mend it. Nothing is explained twice in one letter."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from jixiao.documents.text import one_line
from jixiao.domain.finding import Citation, Finding, Grade, Severity
from jixiao.domain.pointer import indicator_at
from jixiao.writers.entries import Entry
from jixiao.writers.places import Places
from jixiao.writers.text import number, sentence

_QUOTED = re.compile(r"“[^“”]*”")
_NUMBER = re.compile(r"\d+(?:\.\d+)?%?")
_PARTS = re.compile(r"[：｜、“” ]+")
_LONG_QUOTE = 40
_EXCERPT, _SHORT_EXCERPT, _ADVICE_EXCERPT = 80, 40, 30
"""Characters of the words met: at one place, at each of several, in advice"""
_SHORT_REMEDY = 24
"""Wording up to this length is repeated; a reference to it would be no shorter"""
_ARROW = "箭头后的写法"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: all cases of one rule in one section. ``problem``, ``places`` and ``remedy`` are lines."""

    number: int
    problem: tuple[str, ...]
    places: tuple[str, ...]
    remedy: tuple[str, ...]
    basis: str


@dataclass(slots=True)
class Letter:
    """What the rows of one letter share: its places, the numbers of its requirements, what it has explained already."""

    places: Places
    basis: Mapping[Citation, int]
    _told: dict[tuple[str, str], str] = field(default_factory=dict)

    def row(self, n: int, section: str, entry: Entry, grade: Grade) -> Row:
        """Row ``n`` of the section with that numeral 「（二）」."""
        here = f"{section}第 {n} 项"
        told, problem = self._reasons(entry, here)
        arrows, remedy = self._remedies(entry, here)
        alone = len(entry.findings) == 1
        places = [self._place(f, arrows.get(f, ""), told, alone=alone) for f in entry.findings]
        if entry.first.severity is Severity.ADVICE:
            places = ["；".join(places)]
        places += self._compared(entry)
        basis = " ".join(str(n) for n in sorted({self.basis[c] for c in entry.citations}))
        return Row(n, (_heading(entry, grade), *problem), tuple(places), tuple(remedy), basis)

    def _reasons(self, entry: Entry, here: str) -> tuple[set[str], list[str]]:
        """The messages printed here, and the lines that print them: of like messages one, with a reference where it
        was printed before. A message that says more than its place and wording will is always printed.
        """
        told: set[str] = set()
        lines: list[str] = []
        for alike in _alike(entry.findings, lambda f: pattern(f.message)).values():
            first = alike[0]
            key = (first.rule, pattern(first.message))
            before = self._told.setdefault(key, here)
            if before != here:
                lines.append(f"说明同{before}。")
            else:
                example = "如：" if len({f.message for f in alike}) > 1 else ""
                lines.append(example + sentence(shown(first)))
                told.add(first.message)
            for f in alike:
                if f.message not in told and not self._covered(f):
                    lines.append(sentence(shown(f)))
                    told.add(f.message)
        if (sure := min(f.confidence for f in entry.findings)) < 1:
            lines.append(f"（约有 {number(sure * 100)}% 的把握，请人工核对。）")
        return told, list(dict.fromkeys(lines))

    def _covered(self, f: Finding) -> bool:
        """Whether place, words met and wording hold every word that the message quotes."""
        known = "\n".join((f.evidence, f.suggestion or "", self.places.of(f.pointer).words))
        return all(quote[1:-1].rstrip("…") in known for quote in _QUOTED.findall(f.message))

    def _remedies(self, entry: Entry, here: str) -> tuple[dict[Finding, str], list[str]]:
        """Proposed wordings that stand with the places, and the lines on how to mend."""
        arrows: dict[Finding, str] = {}
        lines: list[str] = []
        groups = _alike([f for f in entry.findings if f.suggestion], lambda f: _QUOTED.sub("“”", f.suggestion or ""))
        for alike in groups.values():
            words = list(dict.fromkeys(f.suggestion or "" for f in alike))
            quotes = [_QUOTED.findall(w) for w in words]
            varying = [k for k in range(len(quotes[0])) if len({q[k] for q in quotes}) > 1]
            if len(varying) > 1:
                arrows |= {f: (f.suggestion or "").rstrip("。") for f in alike}
                lines.append("改法见各处箭头后。")
                continue
            if varying:
                general = _replace_nth(words[0], varying[0], _ARROW)
                arrows |= {f: _QUOTED.findall(f.suggestion or "")[varying[0]] for f in alike}
            else:
                general = words[0]
            before = self._told.setdefault((entry.first.rule, general), here)
            repeated = before != here and len(general) > _SHORT_REMEDY
            told = f"同{before}。" if repeated else sentence(general)
            lines.append((self._rows(alike) if len(groups) > 1 else "") + told)
        same = {line.rpartition("：")[2] for line in lines}
        return arrows, list(same) if len(same) == 1 and lines[0].endswith("项。") else list(dict.fromkeys(lines))

    def _rows(self, findings: Sequence[Finding]) -> str:
        """「第 2、3 行：」, for what is said of these only; nothing where they are not rows."""
        rows = [row for f in findings if (row := indicator_at(f.pointer)[1]) is not None]
        together = f"第 {'、'.join(str(r + 1) for r in dict.fromkeys(rows))} 行："
        if len(rows) == len(findings):
            return together
        return "、".join(dict.fromkeys(self.places.of(f.pointer).words for f in findings)) + "："

    def _place(self, f: Finding, arrow: str, told: set[str], *, alone: bool) -> str:
        """「第 4 行的指标值：≤85% → “≥85%”」; words that the message or the wording beside it quotes are not repeated."""
        beside = (shown(f) if f.message in told else "") + arrow
        said = all(part in beside for part in _PARTS.split(one_line(f.evidence)))
        advice = f.severity is Severity.ADVICE
        repeated = said or (advice and f.related)
        most = _ADVICE_EXCERPT if advice else _EXCERPT if alone else _SHORT_EXCERPT
        met = "" if repeated else excerpt(f.evidence, f.message, most)
        place = self.places.brief(f.pointer, f.evidence if met or said else "")
        wording = f" → {arrow}" if arrow else ""
        return place + (f"：{met}" if met else "：（空白）" if not f.evidence and arrow else "") + wording

    def _compared(self, entry: Entry) -> list[str]:
        """「对照：第 2、3 行的描述；第 2 张表的资金用途」, each place once."""
        own = {f.pointer for f in entry.findings}
        others = [p for f in entry.findings for p in f.related if p not in own]
        return [f"对照：{self.places.together(others, indicator_at(entry.first.pointer)[0])}"] if others else []


def _heading(entry: Entry, grade: Grade) -> str:
    """满意度方向写反（2 处，扣 8 分）"""
    many = [f"{len(entry.findings)} 处"] if len(entry.findings) > 1 else []
    ids = {f.id for f in entry.findings}
    taken = sum((d.points for d in grade.deductions if ids & set(d.findings[:1])), Decimal(0))
    words = "，".join(many + ([f"扣 {number(taken)} 分"] if taken else []))
    return entry.first.title + (f"（{words}）" if words else "")


def _alike(findings: Iterable[Finding], key: Callable[[Finding], str]) -> dict[str, list[Finding]]:
    groups: dict[str, list[Finding]] = defaultdict(list)
    for f in findings:
        groups[key(f)].append(f)
    return groups


def pattern(message: str) -> str:
    """A message without what is particular to its case: quoted words and numbers."""
    return _NUMBER.sub("0", _QUOTED.sub("“”", message))


def _replace_nth(text: str, n: int, by: str) -> str:
    found = list(_QUOTED.finditer(text))[n]
    return text[: found.start()] + by + text[found.end() :]


def shown(f: Finding) -> str:
    """The message, with long words of the plan cut short: they stand in the plan."""
    return _QUOTED.sub(lambda m: f"“{cut(m[0][1:-1], _LONG_QUOTE)}”", one_line(f.message))


def excerpt(evidence: str, message: str, most: int) -> str:
    """The words met, cut to what the message speaks of where they are long."""
    text = one_line(evidence)
    if len(text) <= most:
        return text
    quotes = (quote[1:-1].rstrip("…") for quote in _QUOTED.findall(message))
    start = max((text.find(quote) for quote in quotes if quote), default=-1)
    begin = start if start > most // 3 else 0
    return ("……" if begin else "") + cut(text[begin:], most)


def cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 2]}……"
