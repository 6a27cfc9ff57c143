"""A workflow as data 「流程」: the steps a sheet goes through, who looks at it there, and what must be so before it is handed in.

Values only. A definition is written as YAML (``standard.yaml`` ships), kept in versions by the county, and each run stays with
the version it began with.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from jixiao.domain.finding import Severity
from jixiao.strict_yaml import load_strict

_CODE = re.compile(r"[a-z][a-z0-9_]{1,29}")
_MOST_STEPS = 12
STEP_RIGHTS: Mapping[str, str] = {
    "review.unit": "单位负责人",
    "review.lead": "主管部门审核",
    "review.business": "业务股室",
    "review.performance": "绩效股",
}
"""The rights a step may ask for, and whom people call so"""


class Sign(StrEnum):
    """How many of those who may decide at a step have to agree."""

    ANY = "any"
    """或签: one of them"""
    ALL = "all"
    """会签: every one of them"""


class Skip(StrEnum):
    """When a step is passed over, visibly."""

    NEVER = "never"
    NOBODY_ELSE = "nobody_else"
    """Where nobody but who wrote the sheet may decide there 「没有第二个人」"""


class DefinitionError(ValueError):
    """A definition that is not one: what, where, in plain Chinese."""


@dataclass(frozen=True)
class Step:
    """A step: who holds ``right`` over the sheet decides."""

    code: str
    title: str
    right: str
    sign: Sign = Sign.ANY
    skip: Skip = Skip.NEVER


@dataclass(frozen=True)
class Definition:
    """The steps in their order; ``guards`` are asked when a set is handed in; ``stops`` are the severities whose findings want a
    change or an explanation before."""

    code: str
    title: str
    steps: tuple[Step, ...]
    guards: tuple[str, ...] = ()
    stops: frozenset[Severity] = frozenset({Severity.ERROR})
    appraisal_from: Decimal | None = None
    """万元: new projects of so much carry an 事前绩效评估; None: it is not asked. No national amount is fixed, a county sets its own."""

    def step(self, code: str) -> Step:
        """The step of a code. Raises KeyError."""
        for one in self.steps:
            if one.code == code:
                return one
        raise KeyError(code)

    def after(self, code: str) -> tuple[Step, ...]:
        """The steps that come after one, all of them for an empty code."""
        return self.steps[self._index(code) + 1 :] if code else self.steps

    def before(self, code: str) -> tuple[Step, ...]:
        """The steps that came before one."""
        return self.steps[: self._index(code)]

    def _index(self, code: str) -> int:
        return self.steps.index(self.step(code))


def read_definition(text: str, name: str, guards: Sequence[str]) -> Definition:
    """A definition written as YAML; ``guards`` are the names there are. Raises DefinitionError."""
    try:
        data = load_strict(text, name)
    except ValueError as error:
        raise DefinitionError(str(error)) from error
    return definition_of(data, name, guards)


def definition_of(data: Any, name: str, guards: Sequence[str]) -> Definition:
    """The same from plain data, as it is kept. Raises DefinitionError."""
    if not isinstance(data, dict):
        raise DefinitionError(f"{name}：应是一张表（code、title、steps…）")
    unknown = sorted(set(map(str, data)) - {"code", "title", "steps", "guards", "stops", "appraisal_from"})
    if unknown:
        raise DefinitionError(f"{name}：不认识 {'、'.join(unknown)}")
    steps = data.get("steps")
    if not isinstance(steps, list) or not 1 <= len(steps) <= _MOST_STEPS:
        raise DefinitionError(f"{name}：steps 要有1到{_MOST_STEPS}步")
    read = tuple(_step(one, f"{name}第{n}步") for n, one in enumerate(steps, 1))
    if len({one.code for one in read}) != len(read):
        raise DefinitionError(f"{name}：两步的 code 相同")
    if read[-1].skip is not Skip.NEVER:
        raise DefinitionError(f"{name}：最后一步不能跳过，没有人审过就不能批复")
    asked = tuple(map(str, data.get("guards") or ()))
    missing = [one for one in asked if one not in guards]
    if missing:
        raise DefinitionError(f"{name}：没有叫 {'、'.join(missing)} 的条件；可以用 {'、'.join(guards)}")
    return Definition(
        _code(data.get("code"), name),
        _words(data.get("title"), f"{name} title"),
        read,
        asked,
        frozenset(_one_of(Severity, one, f"{name} stops") for one in data.get("stops", ["error"])),
        _amount(data.get("appraisal_from"), f"{name} appraisal_from"),
    )


def _step(data: Any, name: str) -> Step:
    if not isinstance(data, dict) or not set(data) <= {"code", "title", "right", "sign", "skip"}:
        raise DefinitionError(f"{name}：一步写 code、title、right，可加 sign、skip")
    right = str(data.get("right", ""))
    if right not in STEP_RIGHTS:
        raise DefinitionError(f"{name}：right 可以是 {'、'.join(STEP_RIGHTS)}")
    return Step(
        _code(data.get("code"), name),
        _words(data.get("title"), f"{name} title"),
        right,
        _one_of(Sign, data.get("sign", "any"), f"{name} sign"),
        _one_of(Skip, data.get("skip", "never"), f"{name} skip"),
    )


def _amount(value: Any, name: str) -> Decimal | None:
    """万元, a number or one in words of digits; None for nothing."""
    if value is None:
        return None
    try:
        amount = Decimal(str(value))
    except InvalidOperation as error:
        raise DefinitionError(f"{name}：写一个数，单位万元，例如 500") from error
    if isinstance(value, bool) or not amount.is_finite() or amount < 0:
        raise DefinitionError(f"{name}：写一个数，单位万元，例如 500")
    return amount


def _code(value: Any, name: str) -> str:
    if not isinstance(value, str) or not _CODE.fullmatch(value):
        raise DefinitionError(f"{name}：code 用小写字母、数字和下划线")
    return value


def _words(value: Any, name: str) -> str:
    if not isinstance(value, str) or not 1 <= len(value.strip()) <= 60:
        raise DefinitionError(f"{name}：要写1到60个字")
    return value.strip()


def _one_of(kind: Any, value: Any, name: str) -> Any:
    try:
        return kind(value)
    except ValueError as error:
        raise DefinitionError(f"{name}：可以是 {'、'.join(one.value for one in kind)}") from error


def as_data(one: Definition) -> dict[str, Any]:
    """The definition as plain data, as ``definition_of`` reads it."""
    return {
        "code": one.code,
        "title": one.title,
        "steps": [
            {"code": s.code, "title": s.title, "right": s.right, "sign": s.sign.value, "skip": s.skip.value}
            for s in one.steps
        ],
        "guards": list(one.guards),
        "stops": sorted(s.value for s in one.stops),
        "appraisal_from": None if one.appraisal_from is None else str(one.appraisal_from),
    }


@cache
def standard_text() -> str:
    """The definition that ships, as written."""
    return (files("jixiao.web.workflow") / "standard.yaml").read_text("utf-8")
