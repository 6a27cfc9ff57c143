"""How long reviewing takes: against reading the same .docx the first time, and as a plan grows from 60 to 6,000 indicators."""

from __future__ import annotations

import functools
import gc
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import jixiao
from jixiao.domain.plan import Plan
from jixiao.readers import read_bytes
from jixiao.readings.written import Looked
from jixiao.review.repeated import MetSheets

COUNTY = Path(__file__).parent.parent / "examples" / "county" / "files"
AS_OF = date(2026, 1, 1)
ROUNDS = 7
_MANY_TEXTS = 1024
SLOWEST = 1.25
"""The first review of a file may take this many times what its first reading takes: our own measure. What is asked of
both when words and sheets were met before stands in ``benchmarks.__main__``.
"""
STEEPEST = 1.5
"""Time per indicator at 6,000 indicators by that at 60, at most: growth is linear."""
SIZES = (60, 600, 6000)


def _forget() -> None:
    """Empty the caches of words, texts and sheets, so that a plan is as new to the review as to the reader.

    Small caches hold what is made once a process, such as compiled patterns; they stay.
    """
    for found in gc.get_objects():
        if isinstance(found, Looked | MetSheets):
            found.forget()
        if not isinstance(found, functools._lru_cache_wrapper) or not found.__module__.startswith("jixiao."):  # noqa: SLF001
            continue
        if (found.cache_parameters()["maxsize"] or 0) >= _MANY_TEXTS:
            found.cache_clear()
    gc.collect()


def _fastest(function: Callable[[], object]) -> float:
    best = float("inf")
    for _ in range(ROUNDS):
        _forget()
        start = time.perf_counter()
        function()
        best = min(best, time.perf_counter() - start)
    return best * 1000


def _first_time(data: bytes, name: str) -> tuple[float, float]:
    """What reading and then reviewing a file takes that was never met before, in ms; the shortest of several times."""
    read = review = float("inf")
    for _ in range(2 * ROUNDS):
        _forget()
        start = time.perf_counter()
        plan = read_bytes(data, name)
        middle = time.perf_counter()
        jixiao.review_plan(plan, as_of=AS_OF)
        read, review = min(read, middle - start), min(review, time.perf_counter() - middle)
    return read * 1000, review * 1000


def against_reading() -> bool:
    """Review of each .docx of the example county, met for the first time, against reading it."""
    met = True
    print(f"{'first review against reading':34} {'rows':>5} {'read ms':>8} {'review':>7} {'ratio':>6}  bar ≤ {SLOWEST}")
    for file in sorted(COUNTY.glob("*.docx")):
        data = file.read_bytes()
        plan = read_bytes(data, file.name)
        read, review = _first_time(data, file.name)
        ratio = review / read
        met = met and ratio <= SLOWEST
        name = file.stem[:16]
        verdict = "met" if ratio <= SLOWEST else "MISSED"
        print(
            f"{name:<{34 - len(name)}} {plan.indicator_count:>5} {read:>8.1f} {review:>7.1f} {ratio:>6.2f}  {verdict}"
        )
    return met


def growth() -> bool:
    """Review of plans with 60 to 6,000 different indicators: sheets of the county again and again, each worded apart."""
    plans = [read_bytes(f.read_bytes(), f.name) for f in sorted(COUNTY.glob("*.docx"))]
    each = []
    for size in SIZES:
        plan = _grown(plans[0], [sheet for p in plans for sheet in p.goal_sheets], size)
        took = _fastest(lambda p=plan: jixiao.review_plan(p, as_of=AS_OF))  # type: ignore[misc]
        each.append(took / plan.indicator_count)
        print(f"review of {plan.indicator_count:>5} indicators: {took:>8.1f} ms, {1000 * each[-1]:>6.1f} µs each")
    ratio = each[-1] / each[0]
    met = ratio <= STEEPEST
    print(f"growth per indicator: {ratio:.2f}   bar ≤ {STEEPEST}  {'met' if met else 'MISSED'}")
    return met


def _grown(plan: Plan, sheets: list, size: int) -> Plan:  # type: ignore[type-arg]
    grown, rows, n = [], 0, 0
    while rows < size:
        sheet = sheets[n % len(sheets)]
        again = _words(n)
        grown.append(
            replace(
                sheet,
                sequence=n + 1,
                project=replace(sheet.project, name=f"{sheet.project.name}{again}"),
                goals=tuple(replace(goal, text=f"{goal.text}{again}") for goal in sheet.goals),
                indicators=tuple(replace(row, name=f"{row.name}{again}") for row in sheet.indicators[: size - rows]),
            )
        )
        rows += len(grown[-1].indicators)
        n += 1
    return plan.with_goal_sheets(tuple(grown))


def _words(n: int) -> str:
    """Eight characters that no other number has: sheets of one county differ in more than a numeral."""
    return "".join(chr(0x4E00 + (n * 7919 + k * 104729) % 8000) for k in range(8))


def review() -> bool:
    """Both bars."""
    return against_reading() & growth()
