"""The data inside the report: plans and findings as compact JSON.

Every text stands once in ``s`` and is named by its number, so that a county with thousands of like findings stays
small; -1 is "none". Lists have fixed places; ``templates/report_data.js`` reads them by the same places.
"""

from __future__ import annotations

import json
import zlib
from base64 import b64encode
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from jixiao.documents.text import printable
from jixiao.domain.execution import Execution
from jixiao.domain.finding import Citation, Deduction, Finding, Grade, Review
from jixiao.domain.form import AMOUNT_FIELDS, Kind, field_named
from jixiao.domain.goal import texts_of
from jixiao.domain.goal_sheet import GoalSheet
from jixiao.domain.plan import Activity, Plan
from jixiao.domain.self_evaluation import SelfEvaluationSheet
from jixiao.domain.stage import LaterSheet, stage_of
from jixiao.writers.entries import MANY_ENTRIES, force_words, gravest_of, sections
from jixiao.writers.places import Places
from jixiao.writers.reviewed import Batch, Reviewed, left_out
from jixiao.writers.sheet_rows import printed, row_fields, row_words
from jixiao.writers.text import number
from jixiao.writers.wording import deduction_words, next_step, why_lower

Json = list[Any]

_TOTALS = tuple(f"goal_sheets/*/{name}" for name in ("execution_weight", "total_weight", "total_score", "grade"))
PACK_ABOVE = 4_000_000
"""Characters of JSON above which it is packed. Old browsers cannot unpack, so ordinary batches stay plain."""


def finding_keys(reviewed: Reviewed, index: int) -> tuple[str, ...]:
    """A key for each finding of the plan at ``index``, unique across the batch: ``3.V01-1a2b3c4d``."""
    seen: Counter[str] = Counter()
    keys = []
    for finding in reviewed.review.findings:
        seen[finding.id] += 1
        again = f".{seen[finding.id]}" if seen[finding.id] > 1 else ""
        keys.append(f"{index + 1}.{finding.id}{again}")
    return tuple(keys)


@dataclass(frozen=True, slots=True)
class Payload:
    """The data as it stands in the page: JSON, or, where that would be too large, JSON deflated and in base 64."""

    text: str
    packed: bool


def report_payload(batch: Batch) -> Payload:
    """The batch as text that may stand inside a ``<script>`` element: it holds no ``<``, ``>`` or ``&``."""
    data = _Builder().build(batch)
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    if len(text) > PACK_ABOVE:
        return Payload(b64encode(zlib.compress(text.encode(), 9)).decode(), packed=True)
    return Payload(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"), packed=False)


class _Builder:
    """Collects texts while the lists are built."""

    def __init__(self) -> None:
        self._texts: dict[str, int] = {}
        self._citations: dict[Citation, int] = {}

    def build(self, batch: Batch) -> dict[str, Any]:
        plans: list[Json] = []
        findings: list[Json] = []
        groups: list[Json] = []
        for index, reviewed in enumerate(batch.reviewed):
            places = Places(reviewed.plan)
            plans.append(self._plan(reviewed, places))
            groups.extend(_groups(reviewed.review, len(findings)))
            keys = finding_keys(reviewed, index)
            for key, finding in zip(keys, reviewed.review.findings, strict=True):
                findings.append(self._finding(index, key, finding, places))
        citations = [
            [self._text(c.instrument), self._text(c.requirement), self._text(force_words(c.force)), *_is_law(c)]
            for c in self._citations
        ]
        return {"p": plans, "f": findings, "g": groups, "c": citations, "s": list(self._texts)}

    def _text(self, text: str | None) -> int:
        if text is None or not text.strip():
            return -1
        return self._texts.setdefault(printable(text), len(self._texts))

    def _number(self, value: Decimal | None) -> int:
        return self._text(None if value is None else format(value, "f"))

    def _finding(self, plan: int, key: str, f: Finding, places: Places) -> Json:
        place = places.of(f.pointer)
        related = []
        for pointer in f.related:
            other = places.of(pointer)
            section = self._text(other.section)
            related.append([self._text(pointer), section, self._text(other.words), self._text(other.in_file)])
        values = [str(o.value) for o in f.fix or () if o.op != "remove" and o.value is not None]
        return [
            plan,
            key,
            self._text(f.rule),
            self._text(f.title),
            f.severity.rank,
            self._text(f.pointer),
            self._text(place.section),
            self._text(place.words),
            self._text(place.in_file),
            self._text(f.evidence),
            self._text(f.message),
            self._text(f.suggestion),
            self._text("\n".join(values)),
            [self._citations.setdefault(c, len(self._citations)) for c in f.citations],
            related,
            self._text(number(f.confidence * 100) if f.confidence < 1 else None),
            self._text("\n".join(f"{other.title}：{other.text}" for other in f.also)),
        ]

    def _plan(self, reviewed: Reviewed, places: Places) -> Json:
        plan, review = reviewed.plan, reviewed.review
        later = plan.later_sheets
        outside = left_out(plan)
        notes = [
            [self._text(f"{_section_of(places, n.pointer)}{places.of(n.pointer).full}"), self._text(n.message)]
            for n in plan.notes
            if n.confidence < 1 or n in outside
        ]
        return [
            self._text(plan.label),
            self._text(reviewed.file),
            self._department(plan),
            [self._sheet(s, later.get(s.id)) for s in plan.goal_sheets],
            [
                self._text(f"{why_lower(review)}{next_step(plan, review)}"),
                self._grade(review.grade),
                [[self._text(places.section(n)), self._grade(s.grade)] for n, s in enumerate(review.sheet_grades)],
            ],
            [[self._text(n.rule), self._text(n.title), self._text(n.reason)] for n in review.not_run],
            notes,
        ]

    def _department(self, plan: Plan) -> Json:
        year = str(plan.fiscal_year.year) if plan.fiscal_year else None
        return [
            [
                self._text(plan.title),
                self._text(year),
                self._text(plan.department.code),
                self._text(plan.department.name),
                self._text(plan.currency_unit),
            ],
            [self._text(goal.text) for goal in plan.overall_goals],
            [self._activity(a) for a in plan.activities],
            [[self._text(s.heading), self._text(s.text)] for s in plan.safeguards],
        ]

    def _activity(self, a: Activity) -> Json:
        indicators = []
        for i in a.indicators:
            scale = i.rating_scale
            grades = [scale.excellent, scale.good, scale.fair, scale.poor] if scale else []
            indicators.append([self._text(i.text), *(self._text(g) for g in grades)])
        return [
            self._text(a.name),
            self._number(a.budget),
            self._text(a.description),
            self._text(a.goal),
            indicators,
        ]

    def _sheet(self, s: GoalSheet, later: LaterSheet | None) -> Json:
        budget = s.budget
        return [
            self._text(stage_of(later).label),
            [self._text(s.budget_unit.code), self._text(s.budget_unit.name)],
            [self._text(s.project.code), self._text(s.project.name)],
            [
                self._text(budget.currency_unit),
                self._number(budget.total),
                self._number(budget.fiscal),
                self._number(budget.other),
            ],
            self._text(s.purpose),
            [[self._text(d.by), self._number(d.percent)] for d in s.disbursement_plan],
            self._money(later.execution if later else None),
            [self._text(text) for text in texts_of(s.goals)],
            [self._text(text) for text in texts_of(later.goals_reached if later else ())],
            *self._rows(s, later),
            self._totals(s, later),
        ]

    def _money(self, execution: Execution | None) -> Json:
        """[columns, lines]: columns [name, title]; a line [name, title, a number of each column]; none of it on goals."""
        lines = list(execution.rows()) if execution else []
        fields = [f for f in AMOUNT_FIELDS if any(getattr(row, f.name) is not None for _, row in lines)]
        return [
            [self._pair(f.name, f"{f.label}（{f.unit}）" if f.kind is Kind.PERCENT else f.label) for f in fields],
            [
                [*self._pair(source.value, source.label), [self._number(getattr(row, f.name)) for f in fields]]
                for source, row in lines
            ],
        ]

    def _pair(self, name: str, label: str) -> Json:
        return [self._text(name), self._text(label)]

    def _rows(self, s: GoalSheet, later: LaterSheet | None) -> Iterator[Json]:
        """The columns of the form, each [name, title], and the rows, the words of each column."""
        fields = row_fields(s, later)
        yield [self._pair(f.name, f.label_at(stage_of(later))) for f in fields]
        yield [[self._text(row_words(f, row, later)) for f in fields] for row in s.indicators]

    def _totals(self, s: GoalSheet, later: LaterSheet | None) -> Json:
        """What stands below the rows, each [name, title, words]."""
        held = {GoalSheet: s, SelfEvaluationSheet: later if isinstance(later, SelfEvaluationSheet) else None}
        found = ((f, getattr(held[f.owners[0]], f.held_as, None)) for f in map(field_named, _TOTALS))
        return [
            [*self._pair(f.name, f.label), self._text(printed(value) if isinstance(value, Decimal) else value)]
            for f, value in found
            if value is not None
        ]

    def _grade(self, g: Grade) -> Json:
        return [
            self._text(g.level.label),
            self._text(number(g.score)),
            [[self._text(a.label), self._text(number(got)), self._text(number(of))] for a, got, of in g.aspects],
            [self._deduction(d) for d in g.deductions],
        ]

    def _deduction(self, d: Deduction) -> int:
        return self._text(f"{d.aspect.label}：{deduction_words(d)}")


def _groups(review: Review, start: int) -> Iterator[Json]:
    """The list as it is shown: cases of one rule in one sheet together, the gravest first, each a list of numbers of
    findings behind 1 where it is among those to mend first in a sheet with many, else 0. ``start`` numbers the first.
    """
    numbers: dict[int, list[int]] = defaultdict(list)
    for n, finding in enumerate(review.findings, start):
        numbers[id(finding)].append(n)
    for section in sections(review):
        first = gravest_of(section) if len(section.entries) > MANY_ENTRIES else ()
        for entry in section.entries:
            yield [int(entry in first), [numbers[id(f)].pop(0) for f in entry.findings]]


def _section_of(places: Places, pointer: str) -> str:
    place = places.of(pointer)
    return f"{place.section} " if place.sheet is not None else ""


def _is_law(c: Citation) -> list[int]:
    """1 where a rule stands behind the requirement, 0 where only practice does."""
    return [1 if c.force.binds else 0]
