"""What the review must reach on real documents, and which rules do not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tools.truth.corpus import SCAN
from tools.truth.measure import Figures
from tools.truth.reading import Fields
from tools.truth.record import Measured
from tools.truth.sets import Origin, Set

RECALL = 0.90
PRECISION = 0.95
ALARMS = 0.02
"""Share of places labelled as right at which an error or a warning may be raised, at most"""
FIELDS = {".docx": 0.99, ".xlsx": 0.99, ".html": 0.99, ".txt": 0.99, ".doc": 0.98, ".pdf": 0.97, SCAN: 0.93}
"""Share of fields that must be read right (F1), by kind of file"""
RULE_PRECISION = 0.9
FEWEST_SAID = 5
"""Findings from which on the precision of one rule says something"""


@dataclass(frozen=True, slots=True)
class Bar:
    """A figure that must be reached, or not passed where ``most``; ``value`` None: nothing to measure it by."""

    title: str
    value: float | None
    bound: float
    counts: str
    most: bool = False

    @property
    def met(self) -> bool | None:
        if self.value is None:
            return None
        return self.value <= self.bound if self.most else self.value >= self.bound

    @property
    def line(self) -> str:
        """``met   …：95.0%（19/20），要求 ≥95%``"""
        word = {True: "met", False: "MISSED", None: "—"}[self.met]
        value = "没有可量的" if self.value is None else f"{100 * self.value:.1f}%（{self.counts}）"
        return f"{word:<7}{self.title}：{value}，要求 {'≤' if self.most else '≥'}{100 * self.bound:g}%"


def bars(groups: Iterable[Measured]) -> Iterator[Bar]:
    """All bars, of the corpus in so far as it was seen, of all of it, and of reading by kind of file."""
    groups = tuple(groups)
    corpus = [m for m in groups if m.of is Origin.CORPUS]
    for title, some in (("调规则时看过的", [m for m in corpus if m.set is Set.TUNING]), ("全部", corpus)):
        f = sum((m.figures for m in some), Figures())
        head = f"真实文本，{title} {sum(m.documents for m in some)} 份"
        yield Bar(f"{head}，查全", f.recall, RECALL, f"{f.found}/{f.found + f.missed}")
        yield Bar(f"{head}，查准", f.precision, PRECISION, f"{f.supported}/{f.supported + f.wrong}")
        yield Bar(f"{head}，正确处误报", f.alarms, ALARMS, f"{f.alarmed}/{f.right}", most=True)
    read = fields_by_kind(groups)
    for kind, bound in FIELDS.items():
        r = read.get(kind, Fields())
        yield Bar(f"读取 {kind}", r.share, bound, f"对 {r.right}，错 {r.wrong}，漏 {r.missing}，多 {r.spurious}")


def fields_by_kind(groups: Iterable[Measured]) -> dict[str, Fields]:
    """Fields of all real documents, by kind of file."""
    read: dict[str, Fields] = {}
    for group in groups:
        for kind, counts in group.fields.items():
            read[kind] = read.get(kind, Fields()) + counts
    return read


def by_rule_on_real(groups: Iterable[Measured]) -> dict[str, tuple[Figures, Figures]]:
    """Per rule on real documents that were seen: all its findings, and its errors and warnings."""
    said: dict[str, tuple[Figures, Figures]] = {}
    for group in (g for g in groups if g.of is not Origin.TRUTH):
        for code, (every, above) in group.rules.items():
            old = said.get(code, (Figures(), Figures()))
            said[code] = (old[0] + every, old[1] + above)
    return dict(sorted(said.items()))


def often_wrong(groups: Iterable[Measured]) -> dict[str, Figures]:
    """Rules whose errors and warnings on real documents are too often wrong: they are made advice, or go."""
    return {
        code: above
        for code, (_, above) in by_rule_on_real(groups).items()
        if (above.precision or 0) < RULE_PRECISION and above.supported + above.wrong >= FEWEST_SAID
    }
