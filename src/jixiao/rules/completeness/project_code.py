"""Rule on project codes 「项目编码」: empty, of no known shape, or with a check character that does not fit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from jixiao.domain.finding import Aspect, Severity
from jixiao.parameters.keys import PROJECT_CODE_CHECK, PROJECT_CODE_REQUIRED, PROJECT_CODE_SHAPES
from jixiao.parameters.shapes import ProjectCodeCheck
from jixiao.readings.presence import unread_in_head
from jixiao.readings.view import PlanView, SheetView
from jixiao.review.message import Message
from jixiao.review.rule import Need, Observation, Scope, rule


def form_has_codes(plan: PlanView) -> bool:
    """Whether the form has the field: the ruleset says so, or some sheet of the plan has a code."""
    return bool(plan.parameter(PROJECT_CODE_REQUIRED)) or any(s.sheet.project.code for s in plan.sheets)


def check_character(code: str, check: ProjectCodeCheck) -> str | None:
    """The last character that the others of ``code`` ask for; None where one of them is not of the alphabet.

    The sum of each character's place in the alphabet times base^position, taken modulo the alphabet's length, and
    counted back from its last character.
    """
    alphabet = check.alphabet
    if any(c not in alphabet for c in code[:-1]):
        return None
    total = sum(alphabet.index(c) * check.base**i for i, c in enumerate(code[:-1]))
    return str(alphabet[len(alphabet) - 1 - total % len(alphabet)])


NO_CODE = Message("none", "没有填项目编码，这张表对不上预算系统里的项目。")
NO_SHAPE = Message(
    "shape",
    "项目编码“{code:words}”有 {length:number} 个字符，不是已知的式样（{shapes:text}），可能多录、漏录或录错了字符。",
)
NO_CHECK = Message("check", "项目编码“{code:words}”的末位校验字符与前面的字符对不上，可能录错了一位。")
COMPARE = Message("compare", "对照预算管理一体化系统核对项目编码。")
COMPARE_EACH = Message("compare-each", "对照预算管理一体化系统逐位核对项目编码。")


@rule(
    "C50",
    title="项目编码缺失或不合规",
    problem="missing-code",
    severity=Severity.WARNING,
    aspect=Aspect.COMPLETENESS,
    scope=Scope.SHEET,
    reads=Scope.PLAN,
    cites=(
        "budget-regulation/project-library",
        "integration-norms/project-code",
        "hebei-form/project-code",
        "mof-2015-88/completeness-review",
    ),
    remedy="从预算管理一体化系统复制项目编码，不要手工录入。",
    since=date(2015, 5, 21),
    parameters=(PROJECT_CODE_REQUIRED, PROJECT_CODE_SHAPES, PROJECT_CODE_CHECK),
    needs=(Need.GOAL_SHEETS,),
    says=(NO_CODE, NO_SHAPE, NO_CHECK),
    proposes=(COMPARE, COMPARE_EACH),
)
def project_code_is_sound(sheet: SheetView) -> Iterator[Observation]:
    """项目编码没有填或只有横线、位数和式样不符，或者末位校验字符对不上。

    规则集不要求编码、全文也没有一个编码的，看作表式没有这一栏，不报；自评表、监控表没有填的也不报。校验字符是从一个县一年的编码推算的，
    只对同样式样的编码使用，对不上时只提示“可能录错”。
    """
    code = sheet.sheet.project.code
    if code is None:
        if sheet.is_goal_sheet and sheet.plan.derived(form_has_codes) and not unread_in_head(sheet):
            yield Observation(
                at=sheet.at("project", "code"),
                evidence=sheet.sheet.label,
                says=NO_CODE(),
            )
        return
    shapes = sheet.parameter(PROJECT_CODE_SHAPES)
    if shapes and not any(re.fullmatch(shape, code) for shape in shapes.values()):
        yield Observation(
            at=sheet.at("project", "code"),
            evidence=code,
            says=NO_SHAPE(code=code, length=len(code), shapes="、".join(shapes)),
            suggests=COMPARE(),
        )
        return
    check = sheet.parameter(PROJECT_CODE_CHECK)
    if check and re.fullmatch(check.pattern, code) and check_character(code, check) != code[-1]:
        yield Observation(
            at=sheet.at("project", "code"),
            evidence=code,
            says=NO_CHECK(code=code),
            suggests=COMPARE_EACH(),
            severity=Severity.ADVICE,  # the rule of the check character was derived, nobody has seen it written
            confidence=Decimal("0.7"),
        )
