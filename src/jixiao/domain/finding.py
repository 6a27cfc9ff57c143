"""Findings: what a review says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from jixiao.domain.identity import THE_PLAN, Anchor
from jixiao.domain.message import Said


class Severity(StrEnum):
    """How grave a finding is 「严重程度」."""

    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"

    @property
    def label(self) -> str:
        return {"error": "必须修改", "warning": "应当修改或说明", "advice": "建议完善"}[self.value]

    @property
    def rank(self) -> int:
        """0 for the gravest."""
        return ("error", "warning", "advice").index(self.value)


class Force(StrEnum):
    """What stands behind a requirement 「效力」."""

    LAW = "law"
    REGULATION = "regulation"
    CENTRAL_POLICY = "central_policy"
    MINISTRY_ORDER = "ministry_order"
    """a rule 「部门规章」 of a ministry, which bears the number of an order"""
    MINISTRY_RULE = "ministry_rule"
    """a normative document 「规范性文件」 of a ministry: no 部门规章"""
    LOCAL_RULE = "local_rule"
    TRIAL_GUIDANCE = "trial_guidance"
    GOOD_PRACTICE = "good_practice"

    @property
    def label(self) -> str:
        return {
            "law": "法律",
            "regulation": "行政法规",
            "central_policy": "中共中央、国务院文件",
            "ministry_order": "部门规章",
            "ministry_rule": "部门规范性文件",
            "local_rule": "地方规定或表式要求",
            "trial_guidance": "试行的指引",
            "good_practice": "工作惯例",
        }[self.value]

    @property
    def binds(self) -> bool:
        """Whether anybody has to follow it, rather than that it is offered for reference."""
        return self not in (Force.TRIAL_GUIDANCE, Force.GOOD_PRACTICE)


class Aspect(StrEnum):
    """The four aspects of reviewing a goal 「审核内容」."""

    COMPLETENESS = "completeness"
    RELEVANCE = "relevance"
    APPROPRIATENESS = "appropriateness"
    FEASIBILITY = "feasibility"

    @property
    def label(self) -> str:
        return {
            "completeness": "完整性",
            "relevance": "相关性",
            "appropriateness": "适当性",
            "feasibility": "可行性",
        }[self.value]


class GradeLevel(StrEnum):
    """Grade of a review 「等级」 优良中差."""

    EXCELLENT = "excellent"
    GOOD = "good"
    FAIR = "fair"
    POOR = "poor"

    @property
    def label(self) -> str:
        return {"excellent": "优", "good": "良", "fair": "中", "poor": "差"}[self.value]


@dataclass(frozen=True, slots=True)
class Citation:
    """What a finding rests on 「依据」: the instrument, the requirement (name：words of our own), and its force.

    ``verified`` says whether somebody held the words against the official text.
    """

    instrument: str
    requirement: str
    force: Force
    verified: bool = False

    @property
    def name(self) -> str:
        """The name of the requirement alone: 细化量化."""
        return self.requirement.partition("：")[0]

    @property
    def words(self) -> str:
        """What is required, without its name."""
        return self.requirement.partition("：")[2] or self.requirement


@dataclass(frozen=True, slots=True)
class PatchOperation:
    """One operation of a JSON Patch (RFC 6902) on the plan."""

    op: Literal["add", "remove", "replace"]
    path: str
    value: str | None = None


@dataclass(frozen=True, slots=True)
class Also:
    """Another problem of the cell that a finding is about 「同一格的其他问题」, told by another rule."""

    rule: str
    problem: str
    title: str
    severity: Severity
    says: Said
    suggests: Said | None = None

    @property
    def text(self) -> str:
        """What is wrong besides and how to mend it, in full."""
        return self.says.text + (self.suggests.text if self.suggests else "")


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem found 「审核问题」.

    ``rule`` is the stable code of the rule, ``problem`` a slug of the shared vocabulary, ``pointer`` the narrowest
    place that is wrong, ``related`` the places it was held against, ``evidence`` the words met, ``says`` what is wrong
    and why, ``suggests`` the proposed wording, ``fix`` a JSON Patch where one edit mends it. ``confidence`` 0–1.
    ``also`` is what else is wrong with the same cell: one cell has one finding and one fix.

    ``place`` is what the finding is about, by the id of the row, sheet or activity; ``pointer`` is where that stood when
    it was found. The id of a finding stays as long as that thing does and the same is said of it.
    """

    id: str
    rule: str
    problem: str
    title: str
    severity: Severity
    aspect: Aspect
    pointer: str
    says: Said
    evidence: str
    suggests: Said | None = None
    related: tuple[str, ...] = ()
    fix: tuple[PatchOperation, ...] | None = None
    citations: tuple[Citation, ...] = ()
    confidence: Decimal = Decimal(1)
    also: tuple[Also, ...] = ()
    place: Anchor = THE_PLAN

    @property
    def message(self) -> str:
        """What is wrong and why it matters, in full."""
        return self.says.text

    @property
    def suggestion(self) -> str | None:
        """The wording proposed, in full."""
        return self.suggests.text if self.suggests else None


@dataclass(frozen=True, slots=True)
class CountyFinding:
    """A problem seen across departments 「跨部门问题」: the number of the plan it stands in, and the finding there."""

    plan: int
    finding: Finding


@dataclass(frozen=True, slots=True)
class NotRun:
    """A rule that could not run on a plan 「未能检查」, and why."""

    rule: str
    title: str
    reason: str


@dataclass(frozen=True, slots=True)
class Deduction:
    """Points taken off one aspect 「扣分」 by the findings of one rule; of no rule and no findings where something is not
    there to be examined, which ``title`` says.
    """

    aspect: Aspect
    rule: str
    title: str
    points: Decimal
    findings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grade:
    """The grade of a sheet or plan 「评定等级」: level, total of 100, points per aspect, deductions.

    ``limit`` says in Chinese why the level is lower than the score alone would give; None where it is not.
    """

    level: GradeLevel
    score: Decimal
    aspects: tuple[tuple[Aspect, Decimal, Decimal], ...]
    """(aspect, points reached, points possible)"""
    deductions: tuple[Deduction, ...]
    limit: str | None = None


@dataclass(frozen=True, slots=True)
class SheetGrade:
    """The grade of one goal sheet, by its 1-based sequence."""

    sequence: int
    grade: Grade


@dataclass(frozen=True, slots=True)
class RulesetStamp:
    """Which rules spoke 「规则集」: name, version, the day the law was taken at, why this one was chosen."""

    name: str
    title: str
    version: str
    as_of: date
    chosen_because: str


@dataclass(frozen=True, slots=True)
class Review:
    """The review of one plan 「审核结果」: findings in document order, what could not be checked, the grade."""

    ruleset: RulesetStamp
    findings: tuple[Finding, ...]
    not_run: tuple[NotRun, ...]
    grade: Grade
    sheet_grades: tuple[SheetGrade, ...]

    def count(self, severity: Severity) -> int:
        """Number of findings of one severity."""
        return sum(f.severity is severity for f in self.findings)
