"""The report of a batch 「审核报告」: one HTML file that needs nothing else, opened by a double click."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from markupsafe import Markup

from jixiao.documents.text import one_line, printable
from jixiao.domain.finding import GradeLevel, Severity
from jixiao.writers.registry import writer
from jixiao.writers.report_data import report_payload
from jixiao.writers.reviewed import Batch, Reviewed, money_total
from jixiao.writers.text import chinese_date, number
from jixiao.writers.wording import YARDSTICK

if TYPE_CHECKING:
    from jinja2 import Environment

_SCRIPTS = ("report_data.js", "report_form.js", "report_list.js", "report_viewer.js", "report_main.js")
_SHOWN = 12
"""Bars a chart shows before the rest is folded away."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart: a label, the number of findings by severity (gravest first), the value it filters by."""

    label: str
    counts: tuple[int, ...]
    value: str

    @property
    def total(self) -> int:
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars, longest first; ``longest`` is the number the full width stands for."""

    bars: tuple[Bar, ...]

    @property
    def longest(self) -> int:
        return max((bar.total for bar in self.bars), default=1) or 1

    @property
    def shown(self) -> tuple[Bar, ...]:
        return self.bars[:_SHOWN]

    @property
    def folded(self) -> tuple[Bar, ...]:
        return self.bars[_SHOWN:]


@writer("report", "审核报告.html", Batch)
def report_html(batch: Batch) -> bytes:
    """The report as a file."""
    return report(batch).encode()


def report(batch: Batch) -> str:
    """The page as text."""
    template = _environment().get_template("report.html.j2")
    reviewed = batch.reviewed
    payload = report_payload(batch)
    return template.render(
        title=one_line(batch.title),
        as_of=chinese_date(batch.as_of),
        rulesets=list(dict.fromkeys(f"{r.review.ruleset.title}（{r.review.ruleset.version} 版）" for r in reviewed)),
        severities=[(s.value, s.label, sum(r.review.count(s) for r in reviewed)) for s in Severity],
        grades=_grades(reviewed),
        plan_count=len(reviewed),
        sheet_count=sum(len(r.plan.goal_sheets) for r in reviewed),
        indicator_count=sum(r.plan.indicator_count for r in reviewed),
        finding_count=sum(len(r.review.findings) for r in reviewed),
        departments=_by_department(reviewed),
        kinds=_by_kind(reviewed),
        plans=list(_plan_rows(reviewed)),
        unread=[(one_line(u.name), printable(u.met), printable(u.remedy)) for u in batch.unread],
        yardstick=YARDSTICK,
        style=_inline("report.css"),
        script=Markup("\n").join(_inline(name) for name in _SCRIPTS),
        packed=payload.packed,
        data=Markup(payload.text),  # noqa: S704 - report_payload escapes what could end the element
    )


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined  # a tenth of a second: only reports pay for it

    return Environment(
        loader=PackageLoader("jixiao.writers", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def _inline(name: str) -> Markup:
    """A style sheet or script of the package, as it stands."""
    return Markup((resources.files("jixiao.writers") / "templates" / name).read_text(encoding="utf-8"))  # noqa: S704


def _grades(reviewed: Iterable[Reviewed]) -> list[tuple[str, str, int]]:
    levels = Counter(r.review.grade.level for r in reviewed)
    return [(level.value, level.label, levels[level]) for level in GradeLevel]


def _by_department(reviewed: Sequence[Reviewed]) -> Chart:
    """A bar a text; those of one department are told apart by their files."""
    times = Counter(r.plan.label for r in reviewed)
    bars = [
        Bar(
            one_line(r.plan.label if times[r.plan.label] == 1 else f"{r.plan.label}（{r.file}）"),
            tuple(r.review.count(s) for s in Severity),
            str(n),
        )
        for n, r in enumerate(reviewed)
    ]
    return Chart(tuple(sorted(bars, key=lambda b: -b.total)))


def _by_kind(reviewed: Iterable[Reviewed]) -> Chart:
    counts: dict[str, list[int]] = {}
    for r in reviewed:
        for finding in r.review.findings:
            counts.setdefault(printable(finding.title), [0] * len(Severity))[finding.severity.rank] += 1
    bars = [Bar(one_line(title), tuple(found), title) for title, found in counts.items()]
    return Chart(tuple(sorted(bars, key=lambda b: -b.total)))


def _plan_rows(reviewed: Iterable[Reviewed]) -> Iterator[dict[str, object]]:
    for n, r in enumerate(reviewed):
        money = money_total(r.plan)
        grade = r.review.grade
        yield {
            "index": n,
            "label": one_line(r.plan.label),
            "file": one_line(r.plan.source.name),
            "year": r.plan.fiscal_year.year if r.plan.fiscal_year else "未标明",
            "sheets": len(r.plan.goal_sheets),
            "indicators": r.plan.indicator_count,
            "money": "—" if money.amount is None else number(money.amount),
            "uncounted": money.uncounted,
            "level": grade.level.value,
            "grade": grade.level.label,
            "score": number(grade.score),
            "aspects": [(a.label, number(got), number(of)) for a, got, of in grade.aspects],
            "counts": [r.review.count(s) for s in Severity],
        }
