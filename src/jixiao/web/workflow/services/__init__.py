"""What changes runs; each module a stretch of the way."""

from __future__ import annotations

from jixiao.web.workflow.services.approving import approve, hand_down, start_adjustment
from jixiao.web.workflow.services.batches import Going, hold_back, let_go
from jixiao.web.workflow.services.batches import begin as begin_batch
from jixiao.web.workflow.services.batches import go_on as go_on_batch
from jixiao.web.workflow.services.controlling import set_control
from jixiao.web.workflow.services.deciding import agree, open_sheet, reassign, release, send_back, take_back
from jixiao.web.workflow.services.flows import choose_flow, keep_flow
from jixiao.web.workflow.services.reminding import note_progress, remind
from jixiao.web.workflow.services.submitting import revise, submit, withdraw
from jixiao.web.workflow.services.way import first_holders

__all__ = [
    "Going",
    "agree",
    "approve",
    "begin_batch",
    "choose_flow",
    "first_holders",
    "go_on_batch",
    "hand_down",
    "hold_back",
    "keep_flow",
    "let_go",
    "note_progress",
    "open_sheet",
    "reassign",
    "release",
    "remind",
    "revise",
    "send_back",
    "set_control",
    "start_adjustment",
    "submit",
    "take_back",
    "withdraw",
]
