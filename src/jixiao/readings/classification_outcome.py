"""Where a row among the outcomes belongs."""

from __future__ import annotations

from jixiao.domain.finding import Severity
from jixiao.domain.indicator import IndicatorKind
from jixiao.lexicon import Measure
from jixiao.readings.classification_verdict import OUTCOMES, OUTPUTS, Verdict, management, moved
from jixiao.readings.measured import SIZES, Reading
from jixiao.readings.units import unscaled

_K = IndicatorKind
_ACTS = frozenset(
    (
        "次",
        "场",
        "场次",
        "期",
        "版",
        "份",
        "篇",
        "批",
        "批次",
        "班",
        "班次",
        "次数",
        "册",
        "本",
        "课时",
        "学时",
        "节",
        "幅",
    )
)
_PEOPLE = frozenset(("人", "名", "位", "人次", "户", "户次", "家", "家次"))


def in_outcome(r: Reading) -> Verdict | None:
    """What is wrong with the place of a row among the outcomes."""
    if r.has("owed_anyway"):
        return management(r)
    where = r.row.row.kind.label if r.row.row.kind else "效益指标"
    if (r.term is not None and r.term.routine) or r.name in r.known.words["use_rates"]:
        return Verdict(
            "K29",
            f"{where}“{r.shown}”说的是钱和管理，不是办成之后的变化。",
            "删去这一行；效益写谁得到什么好处、什么数变好了，如“带动就业人数”“受益户数”“投诉下降率”。",
        )
    if r.kinds & OUTCOMES:
        return _other_effect(r)
    severity = Severity.WARNING if not r.has("effect") and r.kinds & OUTPUTS else _own_work(r)
    if severity is not None:
        if r.kinds == {_K.QUALITY}:
            return Verdict(
                "K39",
                f"“{r.shown}”说的是做得合格不合格，是质量，却放在{where}里，办成之后的变化没有写。",
                "移到质量指标；效益写谁得到什么好处、什么数变好了。",
            )
        return Verdict(
            "K28",
            f"{where}“{r.shown}”说的是单位自己做了多少事，是产出，不是做了之后的变化。",
            f"这一行{'移到数量指标' if r.unit and unscaled(r.unit) in SIZES else moved(r)}；效益写谁得到什么好处、什么数变好了，"
            "如“受益人数”“增长率”“投诉下降率”。",
            severity,
        )
    return _other_effect(r)


def _own_work(r: Reading) -> Severity | None:
    """How sure it is that the value counts what the unit itself did, bought or built; None where it may be an effect.

    Acts and papers are told by their unit, whoever they are for; things and sizes by a name that begins with a deed;
    people by a deed that leaves them as they were (回访, 检查).
    """
    unit = unscaled(r.unit) if r.unit else None
    if unit is None or r.row.row.target.is_percent or not r.row.row.target.number or r.known.is_setback(r.name):
        return None
    if _new_places(r) or _reach(r, unit):
        return Severity.ADVICE
    if r.has("change"):
        return None
    if unit in _ACTS:
        return Severity.WARNING if r.has("activity") else None
    if r.measures is Measure.RATE:
        return None
    if unit in _PEOPLE:
        return Severity.ADVICE if _is_visit(r) else None
    if not (r.counts or unit in SIZES) or not _is_work(r):
        return None
    plain = r.row.row.kind in (_K.ECONOMIC, _K.SOCIAL)
    return Severity.WARNING if plain and not r.has("effect") else Severity.ADVICE


def _is_work(r: Reading) -> bool:
    """Whether the name begins with what is built, bought or kept up, or is the size of what is kept up."""
    words = r.known.words
    if r.name.startswith(words["not_works"]):
        return False
    if r.name.startswith("完成"):
        return r.has("works")
    return r.name.startswith(words["works"]) or (r.measures is Measure.AMOUNT and r.has("upkeep"))


def _is_visit(r: Reading) -> bool:
    """Whether the name begins or ends with a deed done to people or bodies that brings them nothing by itself."""
    visits = r.known.words["visits"]
    if r.name.endswith(visits):
        return True
    return r.name.startswith(visits) and not r.has("aid") and r.measures in (None, Measure.COUNT)


def _new_places(r: Reading) -> bool:
    """新增床位: what was built, though there is more of it."""
    return r.name.startswith("新增") and r.name.removesuffix("数量").removesuffix("数").endswith(r.known.words["built"])


def _reach(r: Reading, unit: str) -> bool:
    """培训覆盖单位数: whom the unit's own work reached, bodies and not people."""
    deed, _, reached = r.name.partition("覆盖")
    return bool(reached) and unit not in _PEOPLE - {"家"} and r.counts and r.known.has(deed, "activity") is not None


def _other_effect(r: Reading) -> Verdict | None:
    here = r.row.row.kind
    if here in r.kinds:
        return None
    if here in (_K.ECONOMIC, _K.SOCIAL) and (word := r.known.has(r.name, "ecology")):
        goes = _K.ECOLOGICAL
    elif here in (_K.SOCIAL, _K.ECOLOGICAL) and (word := r.known.has(r.name, "earning")):
        goes = _K.ECONOMIC
    else:
        return None
    assert here is not None
    return Verdict(
        "K82",
        f"“{r.shown}”说的是“{word}”，一般归{goes.label}，现在放在{here.label}里。",
        f"移到{goes.label}。",
        Severity.ADVICE,
    )
