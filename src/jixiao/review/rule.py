"""What a rule is, what it yields, and the register every rule enters through the ``rule`` decorator."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from jixiao.domain.finding import Aspect, PatchOperation, Severity
from jixiao.domain.message import Said
from jixiao.parameters import Key
from jixiao.review.message import Message


@dataclass(frozen=True, slots=True)
class Observation:
    """One case a rule found, before the engine adds the rule's title, citations and id.

    ``at`` is the pointer of the narrowest place that is wrong, ``related`` the places it was held against,
    ``evidence`` the words met, ``says`` what is wrong and why it matters (one of the rule's messages), ``suggests`` the
    wording proposed (the rule's remedy where None), ``fix`` a JSON Patch where one edit mends it, ``severity`` overrides
    the rule's, ``confidence`` 0–1. ``plan`` is the number of the plan in which ``at`` lies, for rules of a county.
    """

    at: str
    evidence: str
    says: Said
    suggests: Said | None = None
    related: tuple[str, ...] = ()
    fix: tuple[PatchOperation, ...] | None = None
    severity: Severity | None = None
    confidence: Decimal = Decimal(1)
    plan: int = 0


Check = Callable[[Any], Iterator[Observation]]
"""A rule's function: a view of what it looks at → observations. It reads no clock, file or database."""


class Scope(StrEnum):
    """What a rule looks at, one at a time: its function takes a PlanView, a SheetView or a RowView. Also how far it looks
    around for what it needs to know.
    """

    COUNTY = "county"
    """the plans of all departments, side by side: a CountyView"""
    PLAN = "plan"
    SHEET = "sheet"
    ROW = "row"


class Need(StrEnum):
    """What a plan must hold for a rule to be able to run; the value says in Chinese what is missing otherwise."""

    FISCAL_YEAR = "文本未标明预算年度，无法判断日期是否在年度内"
    GOAL_SHEETS = "文本中没有读到绩效目标表"
    DISBURSEMENT_PLAN = "目标表没有资金支出计划"
    RATING_SCALES = "文本没有优良中差评价标准"
    TWO_SHEETS = "只有一张绩效目标表，无法在项目之间对照"
    SELF_EVALUATION = "文本中没有绩效自评表"
    MONITORING = "文本中没有绩效监控表"
    RESULTS = "文本中没有绩效自评表或监控表"


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule 「审核规则」: a stable code, what it finds, what it rests on, and the function that looks.

    ``problem`` is a slug of the shared vocabulary, ``cites`` clause references (``mof-2015-88/quantified``),
    ``parameters`` the names of the parameters it reads, ``needs`` what a plan must hold for it to run, ``since``
    and ``until`` the days between which its requirement holds.

    ``scope`` is what its function takes, ``reads`` how far it looks: a rule of rows that holds a row against other sheets
    reads the plan. ``says`` and ``proposes`` are the sentences it can say, each by a key of its own. ``yields_to`` names
    the rules that say better what is wrong with a cell: where one of them speaks of it, this one is silent.
    """

    code: str
    title: str
    problem: str
    severity: Severity
    aspect: Aspect
    scope: Scope
    cites: tuple[str, ...]
    remedy: str
    since: date
    check: Check
    parameters: tuple[str, ...] = ()
    needs: tuple[Need, ...] = ()
    until: date | None = None
    reads: Scope = Scope.PLAN
    says: tuple[Message, ...] = ()
    proposes: tuple[Message, ...] = ()
    yields_to: tuple[str, ...] = ()

    @property
    def explanation(self) -> str:
        """The docstring of the function: in Chinese, what exactly is looked for and what is not."""
        return "".join(line.strip() for line in (self.check.__doc__ or "").splitlines())

    @property
    def file(self) -> str:
        """Where the rule stands: ``jixiao/rules/targets/units.py``."""
        return f"{self.check.__module__.replace('.', '/')}.py"

    def in_force(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)


_REGISTER: dict[str, Rule] = {}

RETIRED: frozenset[str] = frozenset()
"""Codes of rules that are gone. A code means one thing for ever: never give one of these to another rule."""


def rule(
    code: str,
    *,
    title: str,
    problem: str,
    severity: Severity,
    aspect: Aspect,
    scope: Scope,
    cites: tuple[str, ...],
    remedy: str,
    since: date,
    parameters: tuple[Key[Any], ...] = (),
    needs: tuple[Need, ...] = (),
    until: date | None = None,
    reads: Scope | None = None,
    says: tuple[Message, ...] = (),
    proposes: tuple[Message, ...] = (),
    yields_to: tuple[str, ...] = (),
) -> Callable[[Check], Check]:
    """Register a function as a rule. Raises ValueError on a code that is taken: codes are never reused."""

    def register(check: Check) -> Check:
        if code in RETIRED:
            raise ValueError(f"rule code {code} is retired: take a new one")
        if code in _REGISTER:
            raise ValueError(f"rule code {code} is taken by {_REGISTER[code].check}")
        _REGISTER[code] = Rule(
            code=code,
            title=title,
            problem=problem,
            severity=severity,
            aspect=aspect,
            scope=scope,
            cites=cites,
            remedy=remedy,
            since=since,
            check=check,
            parameters=tuple(key.name for key in parameters),
            needs=needs,
            until=until,
            reads=reads or scope,
            says=says,
            proposes=proposes,
            yields_to=yields_to,
        )
        return check

    return register


def registered() -> Mapping[str, Rule]:
    """Every registered rule by code, in the order of codes."""
    return dict(sorted(_REGISTER.items()))
