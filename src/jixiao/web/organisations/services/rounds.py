"""Rounds of a fiscal year and the departments that got more time."""

from __future__ import annotations

from datetime import date

from jixiao.web.kernel import clock
from jixiao.web.kernel.acts import Act, Refused, service
from jixiao.web.organisations.models import Extension, FiscalYear, Organisation, OrganisationKind, Round
from jixiao.web.organisations.services.years import closed_words, version_of


@service("round.add", "新增轮次", right="round.edit")
def add_round(
    act: Act,
    *,
    year: int,
    kind: str,
    opens_on: date,
    closes_on: date,
    name: str = "",
    review_until: date | None = None,
) -> Round:
    """A round of a year (by its id). It pins the ruleset of the year as it is now."""
    found = _open(act, year)
    made = Round(
        fiscal_year=found,
        kind=kind,
        name=name,
        opens_on=opens_on,
        closes_on=closes_on,
        review_until=review_until,
        ruleset=found.ruleset,
        ruleset_version=version_of(found.ruleset),
    )
    _in_order(made)
    return act.add(made)


@service("round.edit", "修改轮次")
def edit_round(
    act: Act,
    *,
    round: int,  # noqa: A002 - the field's name everywhere
    name: str | None = None,
    opens_on: date | None = None,
    closes_on: date | None = None,
    review_until: date | None = None,
    reason: str = "",
) -> Round:
    """Other dates; None: as they are. The deadline of a round that has begun moves with a reason. Before it begins it takes
    the ruleset of the year anew."""
    found = act.get(Round, round)
    _open(act, found.fiscal_year_id)
    begun = found.opens_on <= clock.today()
    if begun and opens_on is not None and opens_on != found.opens_on:
        raise Refused(f"{found.label}已经开始，开始日期不能再改", field="opens_on", status=422)
    if begun and closes_on is not None and closes_on != found.closes_on and not reason:
        raise Refused(f"{found.label}已经开始，改截止日期要写原因", field="reason", status=422)
    for field, value in (
        ("name", name),
        ("opens_on", opens_on),
        ("closes_on", closes_on),
        ("review_until", review_until),
    ):
        if value is not None:
            setattr(found, field, value)
    if not begun:
        found.ruleset = found.fiscal_year.ruleset
        found.ruleset_version = version_of(found.ruleset)
    _in_order(found)
    return act.save(found, note=reason)


def _in_order(made: Round) -> None:
    if made.closes_on < made.opens_on:
        raise Refused("截止日期不能早于开始日期", field="closes_on", status=422)
    if made.review_until is not None and made.review_until < made.closes_on:
        raise Refused("审核截止不能早于报送截止", field="review_until", status=422)


def _open(act: Act, year: int) -> FiscalYear:
    found = act.get(FiscalYear, year)
    if found.state != FiscalYear.State.OPEN:
        raise Refused(closed_words(found))
    return found


@service("round.extend", "延期", right="round.edit")
def extend(act: Act, *, round: int, department: int, until: date, reason: str) -> Extension:  # noqa: A002
    """A later deadline for one department, with its reason; a later extension takes the place of the one before."""
    found, lead = act.get(Round, round), act.get(Organisation, department, lock=False)
    _open(act, found.fiscal_year_id)
    if lead.kind != OrganisationKind.LEAD_DEPARTMENT:
        raise Refused(f"延期按主管部门给，{lead.name}不是主管部门", field="department", status=422)
    if not reason:
        raise Refused("请写延期的原因", field="reason", status=422)
    if until <= found.closes_on:
        raise Refused(
            f"{found.label}本来就在{found.closes_on:%Y年%m月%d日}截止，延期要晚于这一天", field="until", status=422
        )
    if clock.is_past(until):
        raise Refused(f"{until:%Y年%m月%d日}已经过去了", field="until", status=422)
    old = act.all(Extension).filter(round=found, department=lead).first()
    if old is not None:
        old.until, old.reason, old.made_on = until, reason, clock.today()
        return act.save(old)
    return act.add(
        Extension(round=found, department=lead, until=until, reason=reason, made_on=clock.today()),
    )


@service("round.withdraw_extension", "收回延期", right="round.edit")
def withdraw_extension(act: Act, *, extension: int) -> None:
    """Take an extension back; its history stays in the log."""
    found = act.get(Extension, extension)
    _open(act, found.round.fiscal_year_id)
    act.delete(found)


def deadline(one: Round, department: int | None) -> date:
    """The last day of a round for a department: that of its extension, else that of the round."""
    if department is not None:
        rows = Extension.objects.unrestricted("a deadline").filter(round=one, department=department)
        later = rows.values_list("until", flat=True).first()
        if later is not None:
            return max(later, one.closes_on)
    return one.closes_on


def require_round_open(act: Act, one: Round, department: int | None) -> None:
    """For services that hand something in: raises Refused before a round begins and after its deadline."""
    del act
    if one.opens_on > clock.today():
        raise Refused(f"{one.label}{one.opens_on:%m月%d日}才开始")
    last = deadline(one, department)
    if clock.is_past(last):
        raise Refused(f"{one.label}已于{last.month}月{last.day}日截止，不能送审。请向绩效股申请延期")
