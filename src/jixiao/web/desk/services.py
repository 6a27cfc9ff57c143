"""Decisions about findings."""

from __future__ import annotations

from jixiao.domain.finding import Finding
from jixiao.web.desk.models import FindingDecision
from jixiao.web.intake.models import IncomingFile
from jixiao.web.kernel import clock
from jixiao.web.kernel.acts import Act, Refused, service


@service("finding.dismiss", "不采纳问题", right="intake.accept")
def dismiss_finding(act: Act, *, file: int, finding: Finding, reason: str, words: str = "") -> FindingDecision:
    """Leave a finding of a file out of its letter. Raises Refused where no reason is given."""
    if reason not in FindingDecision.Reason.values:
        raise Refused("不采纳要选一个理由：规则不适用、已说明、读取有误，或者其他", field="reason", status=422)
    if reason == FindingDecision.Reason.OTHER and not words.strip():
        raise Refused("选“其他”时请写一句为什么", field="words", status=422)
    found = act.get(IncomingFile, file)
    known = act.all(FindingDecision).filter(file=found, finding=finding.id).first()
    decision = known or FindingDecision(file=found, finding=finding.id)
    decision.title, decision.reason, decision.words = finding.title, reason, words.strip()
    decision.made_by, decision.made_at = act.actor.name, clock.now()
    return act.save(decision) if known is not None else act.add(decision)


@service("finding.take", "采纳问题", right="intake.accept")
def take_finding(act: Act, *, file: int, finding: str) -> None:
    """Take a finding again that was left out; nothing where it is taken already."""
    found = act.get(IncomingFile, file)
    known = act.all(FindingDecision).filter(file=found, finding=finding).first()
    if known is not None:
        act.delete(known)


@service("intake.handed_out", "下载", right="intake.view")
def handed_out(act: Act, *, file: int, what: str) -> None:
    """Note that something of a file was taken out of the system."""
    act.record(act.get(IncomingFile, file, lock=False), {}, {"what": what})
