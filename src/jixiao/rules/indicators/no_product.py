"""Rule on output rows whose names hold no product: only that the work is done, only that the money is paid."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from jixiao.domain.finding import Aspect, Severity
from jixiao.domain.indicator import IndicatorKind
from jixiao.domain.measure_units import is_count
from jixiao.parameters.keys import NOT_A_PRODUCT_WORDS
from jixiao.parameters.shapes import NotAProductWords
from jixiao.readings.names import bare_name
from jixiao.readings.view import RowView
from jixiao.review.message import Message
from jixiao.review.rule import Observation, Scope, rule

ONLY_DONE = Message(
    "only-done",
    "质量指标“{name:words}”说的是做了多少，不是做得好不好，做完了质量怎样看不出来（有的第三方复核自评时不给分）。",
)
ONLY_PAID = Message(
    "only-paid",
    "数量指标“{name:words}”说的是钱付出去没有，办了多少事、服务多少人没有写（有的第三方复核自评时不给分）。",
)
GOOD_OR_NOT = Message("good-or-not", "质量写合格率、达标率、准确率等；做了多少放到数量指标，写件数、人数。")
HOW_MANY = Message("how-many", "数量写办多少件、多少人、多少公里；支付进度由预算执行率反映。")


@rule(
    "K87",
    title="产出只说做完了、付了钱",
    problem="misclassified-dimension",
    severity=Severity.WARNING,
    aspect=Aspect.RELEVANCE,
    scope=Scope.ROW,
    cites=("mof-2021-101/classes", "mof-2015-88/quantified"),
    remedy="质量写合格率、达标率等做得好坏的量，数量写办多少件、服务多少人。",
    since=date(2021, 8, 18),
    parameters=(NOT_A_PRODUCT_WORDS,),
    says=(ONLY_DONE, ONLY_PAID),
    proposes=(GOOD_OR_NOT, HOW_MANY),
    yields_to=("K23", "K26", "K41"),
)
def outputs_name_a_product(row: RowView) -> Iterator[Observation]:
    """数量指标的名称只是资金拨付、经费支付一类；质量指标的名称只是完成率、任务完成率一类的，只作建议。

    名称里说了是什么（体检任务完成率、补贴资金发放人数）、值是件数人数的，不报。是本项目自己的提示，参照第三方复核自评的做法。
    """
    words, name = row.parameter(NOT_A_PRODUCT_WORDS), bare_name(row)
    kind = row.row.kind
    if kind is IndicatorKind.QUALITY and _is_completion(name, words):
        says, suggests, severity = ONLY_DONE(name=row.row.label), GOOD_OR_NOT(), Severity.ADVICE
    elif kind is IndicatorKind.QUANTITY and not is_count(row.row.target.unit) and _is_payment(name, words):
        says, suggests, severity = ONLY_PAID(name=row.row.label), HOW_MANY(), Severity.WARNING
    else:
        return
    yield Observation(
        at=row.at("kind"),
        evidence=f"{row.row.label}：{row.row.target.text or ''}",
        says=says,
        suggests=suggests,
        severity=severity,
    )


@lru_cache(maxsize=4096)
def _is_completion(name: str, words: NotAProductWords) -> bool:
    return name.endswith(words.completion) and _is_made_of(
        name.removesuffix(_ending(name, words.completion)), words.fillers
    )


@lru_cache(maxsize=4096)
def _is_payment(name: str, words: NotAProductWords) -> bool:
    stem = name.removesuffix(_ending(name, words.endings))
    return stem.endswith(words.paid) and stem.removesuffix(_ending(stem, words.paid)) in words.money


def _ending(name: str, endings: tuple[str, ...]) -> str:
    """The longest of the endings that a name has; empty where it has none."""
    return max((ending for ending in endings if name.endswith(ending)), key=len, default="")


def _is_made_of(text: str, parts: tuple[str, ...]) -> bool:
    """Whether nothing but these words is left of a text."""
    while text and (part := max((p for p in parts if text.startswith(p)), key=len, default="")):
        text = text.removeprefix(part)
    return not text
