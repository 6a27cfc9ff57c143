"""Acts on several sheets at once: each is decided by itself, in a transaction of its own; what is not possible stays, with the reason.

Whatever broke off in the middle is taken up by doing it again: what was done already is not in the list any more.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from jixiao.domain.finding import Severity
from jixiao.web.goals.models import Sheet
from jixiao.web.goals.selectors import sheet_shown
from jixiao.web.kernel.acts import Refused
from jixiao.web.kernel.people import Actor
from jixiao.web.workflow import services
from jixiao.web.workflow.sending_back import send_back
from jixiao.web.workflow.services.way import Looked

MOST = 200
"""Sheets of one press"""
WORDS: Mapping[str, str] = {
    "open": "开审",
    "agree": "同意",
    "send_back": "退回",
    "reassign": "转办",
    "release": "解除开审",
}


@dataclass(frozen=True)
class Kept:
    """A sheet that nothing was done with, and why."""

    title: str
    why: str


@dataclass(frozen=True)
class Outcome:
    """What became of an act on several sheets."""

    act: str
    done: Sequence[int]
    kept: Sequence[Kept]

    @property
    def words(self) -> str:
        """Of what was done: 同意34张; empty where nothing was."""
        return f"{WORDS[self.act]}{len(self.done)}张" if self.done else ""

    @property
    def kept_words(self) -> str:
        """Of what was not: 3张留下：招商费用——有必须修改…; empty where all was done."""
        if not self.kept:
            return ""
        some = "；".join(f"{one.title}——{one.why}" for one in self.kept[:5])
        more = f"；还有{len(self.kept) - 5}张" if len(self.kept) > 5 else ""
        return f"{len(self.kept)}张留下：{some}{more}"


def act_on(
    actor: Actor, *, year: int, act: str, sheets: Sequence[Looked], opinion: str = "", to: int | None = None
) -> Outcome:
    """同意、退回、转办、开审、解除开审 of each. Sheets with ■ are never agreed to in passing. Raises Refused for an act there is not,
    for nothing chosen, too many, or 转办 to nobody."""
    if act not in WORDS:
        raise Refused("没有这种办法", field="act", status=422)
    if not sheets:
        raise Refused("还没有选表。先勾选要办的", field="sheet", status=422)
    if len(sheets) > MOST:
        raise Refused(f"一次最多办{MOST}张，请分几次办", field="sheet", status=422)
    if act == "reassign" and to is None:
        raise Refused("还没有选转给谁", field="to", status=422)
    known = {
        one.pk: one
        for one in Sheet.objects.restrict(actor, "sheet.decide").filter(year=year, pk__in=[one.sheet for one in sheets])
    }
    do = _acts(actor, year, opinion, to)[act]
    done: list[int] = []
    kept: list[Kept] = []
    for looked in sheets:
        sheet = known.get(looked.sheet)
        if sheet is None:
            kept.append(Kept("有一张", "不归您办"))
            continue
        if act == "agree" and sheet.errors:
            kept.append(Kept(sheet.title, f"有必须修改{sheet.errors}处，请单独看"))
            continue
        try:
            do(looked)
        except Refused as error:
            kept.append(Kept(sheet.title, error.message))
        else:
            done.append(sheet.pk)
    return Outcome(act, done, kept)


def _acts(actor: Actor, year: int, opinion: str, to: int | None) -> Mapping[str, Callable[[Looked], object]]:
    def back(one: Looked) -> object:
        found = sheet_shown(actor, year, one.sheet, one.version).review.findings
        asked = [each.id for each in found if each.severity is not Severity.ADVICE]
        return send_back(actor, year=year, key=one.sheet, version=one.version, opinion=opinion, findings=asked)

    return {
        "open": lambda one: services.open_sheet(actor, year=year, key=one.sheet, version=one.version),
        "agree": lambda one: services.agree(actor, year=year, key=one.sheet, version=one.version, opinion=opinion),
        "send_back": back,
        "reassign": lambda one: services.reassign(actor, year=year, key=one.sheet, to=to or 0, note=opinion),
        "release": lambda one: services.release(actor, year=year, key=one.sheet),
    }
