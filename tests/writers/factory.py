"""Plans and reviews for the writers' tests, made by hand so that they do not depend on the rules."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from jixiao.domain.execution import Execution, SourceExecution
from jixiao.domain.finding import (
    Also,
    Aspect,
    Citation,
    Deduction,
    Finding,
    Force,
    Grade,
    GradeLevel,
    NotRun,
    PatchOperation,
    Review,
    RulesetStamp,
    Severity,
    SheetGrade,
)
from jixiao.domain.goal import goals_of
from jixiao.domain.goal_sheet import Budget, DisbursementStep, GoalSheet, Project
from jixiao.domain.identity import identified
from jixiao.domain.indicator import Indicator, IndicatorClass, IndicatorKind
from jixiao.domain.message import plain_words
from jixiao.domain.money import CurrencyUnit
from jixiao.domain.note import Note
from jixiao.domain.organisation import Organisation
from jixiao.domain.period import FiscalYear
from jixiao.domain.plan import Activity, ActivityIndicator, Plan, RatingScale, Safeguard, Source
from jixiao.domain.provenance import Location
from jixiao.domain.self_evaluation import SelfEvaluationRow, SelfEvaluationSheet
from jixiao.domain.target_grammar import parse_target
from jixiao.review.message import Message
from jixiao.writers.reviewed import Batch, Reviewed, UnreadFile

AS_OF = date(2026, 1, 1)
RULE = Citation("《示例办法》（示例〔2026〕1号）", "合理可行：目标能够实现。", Force.MINISTRY_RULE)
HABIT = Citation("《示例做法》", "写明出处：依据写明出处。", Force.GOOD_PRACTICE)


def indicator(class_: str, kind: str, name: str, target: str | None, basis: str | None = None) -> Indicator:
    return Indicator(
        IndicatorClass(class_), IndicatorKind(kind), name, f"{name}的说明", parse_target(target).target, basis
    )


def sheet(sequence: int, name: str | None = "招商经费", rows: tuple[Indicator, ...] | None = None) -> GoalSheet:
    if rows is None:
        rows = (
            indicator("output", "quantity", "走访企业数", "≥10家", "年度工作计划"),
            indicator("output", "timeliness", "完成时间", "2026年12月31日前"),
            indicator("outcome", "social", "营商环境", "改善"),
            indicator("satisfaction", "beneficiary_satisfaction", "企业满意度", "≤85%"),
            indicator("satisfaction", "beneficiary_satisfaction", "群众满意度", "≤90%"),
        )
    return GoalSheet(
        sequence,
        Organisation("366001", "示例县商务局本级"),
        Project("13022524P0001", name),
        Budget(CurrencyUnit.TEN_THOUSAND_YUAN, Decimal("57.73"), Decimal("57.73"), None),
        "用于走访企业和参加展会",
        (DisbursementStep("3月底", Decimal("25")), DisbursementStep("12月底", Decimal("100"))),
        goals_of(("走访企业 10 家", "签约项目 2 个")),
        rows,
    )


def plan(name: str = "示例县商务局", sheets: int = 2) -> Plan:
    return Plan(
        Source("商务局.docx", "0" * 64, "docx"),
        f"{name}2026年部门预算绩效文本",
        FiscalYear(2026),
        Organisation("366", name),
        CurrencyUnit.TEN_THOUSAND_YUAN,
        goals_of(("负责全县商务工作。", "完成年度招商任务。")),
        (
            Activity(
                "招商引资",
                Decimal("200.00"),
                "开展招商",
                "引进项目",
                (ActivityIndicator("签约项目数", RatingScale("10个以上", "8个", "5个", "未定")),),
            ),
        ),
        (Safeguard("完善制度", "完善各项制度。"),),
        tuple(sheet(n + 1, f"项目{n + 1}") for n in range(sheets)),
        {
            "/overall_goals/0": Location("负责全县商务工作。", paragraph=7),
            "/goal_sheets/0/indicators/3/target": Location("≤85%", table=2, row=9, column=5),
            "/goal_sheets/0/indicators/4/name": Location("群众满意度", table=2, row=10, column=3),
        },
        (
            Note("target.glued", "/goal_sheets/0/indicators/0/target", "数值后面粘连了文字。", Decimal("0.9")),
            Note("reader.fact", "", "共读到两张表。"),
        ),
    )


def finding(pointer: str, rule: str = "X01", **changes: object) -> Finding:
    base = Finding(
        id=f"{rule}-{abs(hash_of(pointer)):08x}",
        rule=rule,
        problem="direction-reversed",
        title="满意度方向写反",
        severity=Severity.ERROR,
        aspect=Aspect.APPROPRIATENESS,
        pointer=pointer,
        says=plain_words("满意度不得超过这个数，为零也算完成。"),
        evidence="企业满意度：≤85%",
        suggests=plain_words("改为“≥85%”。"),
        citations=(RULE,),
    )
    return replace(base, **{NAMES.get(name, name): _said(name, value) for name, value in changes.items()})  # type: ignore[arg-type]


NAMES = {"message": "says", "suggestion": "suggests"}


def _said(name: str, value: object) -> object:
    return plain_words(value) if name in NAMES and isinstance(value, str) else value


REVERSED = Message("reversed", "{who:words}不得超过这个数，为零也算完成。")
WRITE = Message("write", "改为“{wording:words}”。")


def hash_of(text: str) -> int:
    """A small stable number for a text."""
    return sum((n + 1) * ord(c) for n, c in enumerate(text)) % 2**32


def findings() -> tuple[Finding, ...]:
    """Several kinds: department-wide, two rows of one rule, one held against another sheet, one without wording."""
    target = "/goal_sheets/0/indicators/{}/target"
    return (
        finding(
            "/overall_goals/0",
            "X02",
            title="以职责代目标",
            severity=Severity.WARNING,
            aspect=Aspect.COMPLETENESS,
            message="只写了职责。",
            evidence="负责全县商务工作。",
            suggestion=None,
        ),
        finding(
            target.format(3),
            says=REVERSED(who="满意度"),
            suggests=WRITE(wording="≥85%"),
            fix=(PatchOperation("replace", target.format(3) + "/text", "≥85%"),),
        ),
        finding(
            target.format(4),
            says=REVERSED(who="群众满意度"),
            suggests=WRITE(wording="≥90%"),
            evidence="群众满意度：≤90%",
            also=(Also("X08", "missing-unit", "缺计量单位", Severity.ADVICE, plain_words("没有单位。")),),
        ),
        finding(
            "/goal_sheets/0/purpose",
            "X03",
            title="资金用途与他表重复",
            severity=Severity.WARNING,
            message="两张表写了同一用途。",
            evidence="用于走访企业和参加展会",
            related=("/goal_sheets/0/goals/0", "/goal_sheets/1/purpose"),
            confidence=Decimal("0.8"),
        ),
        finding(
            "/goal_sheets/1/indicators/0/basis",
            "X04",
            title="依据是套话",
            severity=Severity.ADVICE,
            aspect=Aspect.FEASIBILITY,
            message="没有写明出处。",
            evidence="年度工作计划",
            suggestion="写明文件名称。",
            citations=(RULE, HABIT),
        ),
    )


def grade(level: GradeLevel = GradeLevel.GOOD, taken: str = "8") -> Grade:
    points = Decimal(taken)
    full = {Aspect.COMPLETENESS: 20, Aspect.RELEVANCE: 30, Aspect.APPROPRIATENESS: 30, Aspect.FEASIBILITY: 20}
    aspects = tuple(
        (a, Decimal(of) - (points if a is Aspect.APPROPRIATENESS else 0), Decimal(of)) for a, of in full.items()
    )
    ids = tuple(f.id for f in findings() if f.rule == "X01")
    deduction = Deduction(Aspect.APPROPRIATENESS, "X01", "满意度方向写反", points, ids)
    return Grade(level, Decimal(100) - points, aspects, (deduction,))


def review(found: tuple[Finding, ...] | None = None, level: GradeLevel = GradeLevel.GOOD) -> Review:
    return Review(
        RulesetStamp("national-88", "全国通用", "2026.1", AS_OF, "由使用者指定"),
        findings() if found is None else found,
        (NotRun("X09", "评价标准重叠", "文本没有优良中差评价标准"),),
        grade(level),
        (SheetGrade(1, grade()), SheetGrade(2, grade(GradeLevel.EXCELLENT, "0.5"))),
    )


def reviewed(name: str = "示例县商务局", found: tuple[Finding, ...] | None = None) -> Reviewed:
    return Reviewed(plan(name), review(found), name)


def batch(*plans: Reviewed) -> Batch:
    return Batch(
        "示例县2026年绩效目标审核",
        plans or (reviewed(), reviewed("示例县农业局")),
        (UnreadFile("扫描件.pdf", "文件里没有文字。", "请提供原件。"),),
        AS_OF,
    )


HOSTILE = (
    "<script>alert(1)</script>",
    "</script><!--<script>",
    "=cmd|'/c calc'!A1",
    "+1+1",
    "-1",
    "@SUM(A1)",
    "长" * 5000 + "W" * 5000,
    "控制\x00\x01\x0b\x1f字符\ufffe\ud800",
    '"><img src=x onerror=alert(1)>{{ 7*7 }}&amp;',
    "行一\r\n行二\u2028行三",
    "#N/A",
)


def hostile() -> Reviewed:
    """A plan whose every text is hostile, with a finding for each."""
    rows = tuple(indicator("output", "quantity", words, words, words) for words in HOSTILE)
    base = plan(HOSTILE[0])
    sheets = tuple(
        replace(s, purpose=w, goals=goals_of((w, w)), project=Project(w, w))
        for s, w in zip((sheet(1, rows=rows), sheet(2, rows=rows)), (HOSTILE[1], HOSTILE[7]), strict=True)
    )
    found = tuple(
        finding(
            f"/goal_sheets/0/indicators/{n}/target",
            f"X{n:02d}",
            title=words,
            message=words,
            evidence=words,
            suggestion=words,
            citations=(Citation(words, words, Force.LAW),),
        )
        for n, words in enumerate(HOSTILE)
    )
    source = replace(base.source, name=HOSTILE[8])
    text = replace(base, source=source, title=HOSTILE[7], overall_goals=goals_of(HOSTILE), goal_sheets=sheets)
    return Reviewed(text, review(found), "hostile")


def evaluated() -> Plan:
    """A plan whose first sheet is filled in as a self-evaluation."""
    base = identified(plan())
    first = base.goal_sheets[0]
    total = SourceExecution(revised=Decimal("57.73"), executed=Decimal("50.00"), rate=Decimal("86.61"))
    rows = {first.indicators[0].id: SelfEvaluationRow(parse_target("9家").target, Decimal("9.5"), "企业外迁")}
    later = SelfEvaluationSheet(
        first.id, Execution(total=total), goals_of(["走访企业 9 家"]), Decimal("96.5"), "优", rows
    )
    return base.with_later_sheets([later])
