"""What programs read of the way of sheets: flows, runs, decisions, 批复, 控制数, 催办."""

from __future__ import annotations

from jixiao.web.api.resources import Resource
from jixiao.web.appraisals.models import AppraisalFile, ExAnteAppraisal
from jixiao.web.workflow.models import (
    Approval,
    ApprovalBatch,
    Control,
    Decision,
    Flow,
    HeldBack,
    Reminder,
    RoundFlow,
    Run,
)

FLOW: tuple[Resource, ...] = (
    Resource(
        "appraisals",
        ExAnteAppraisal,
        "project.view",
        "事前绩效评估",
        (),
        {"project": ("project_id", int), "year": ("year", int), "conclusion": ("conclusion", str)},
    ),
    Resource(
        "appraisal-files",
        AppraisalFile,
        "project.view",
        "事前绩效评估的附件",
        (),
        {"appraisal": ("appraisal_id", int)},
    ),
    Resource("flows", Flow, "year.view", "流程", ("-number",), {"region": ("region_id", int)}),
    Resource("round-flows", RoundFlow, "year.view", "轮次用的流程", (), {"round": ("round_id", int)}),
    Resource(
        "runs",
        Run,
        "sheet.view",
        "办理：表到了哪一步",
        ("-since",),
        {
            "sheet": ("sheet_id", int),
            "year": ("sheet__year", int),
            "unit": ("sheet__unit_id", int),
            "department": ("sheet__unit__department_id", int),
            "phase": ("phase", str),
            "step": ("step", str),
            "current": ("is_current", bool),
        },
    ),
    Resource(
        "sheet-decisions",
        Decision,
        "sheet.view",
        "办理记录",
        (),
        {"run": ("run_id", int), "sheet": ("run__sheet_id", int), "verb": ("verb", str)},
    ),
    Resource(
        "approvals",
        Approval,
        "sheet.view",
        "批复",
        ("-day",),
        {"year": ("year", int), "unit": ("unit_id", int), "batch": ("batch_id", int)},
    ),
    Resource("approval-batches", ApprovalBatch, "sheet.approve", "一批批复", ("-made_at",), {"year": ("year", int)}),
    Resource(
        "controls",
        Control,
        "sheet.view",
        "控制数",
        ("-day",),
        {"year": ("year", int), "unit": ("unit_id", int), "project": ("project_id", int)},
    ),
    Resource(
        "reminders",
        Reminder,
        "sheet.view",
        "催办",
        ("-made_at",),
        {"year": ("year", int), "department": ("department_id", int)},
    ),
    Resource("held-back", HeldBack, "sheet.approve", "暂缓批复的部门", (), {"year": ("year", int)}),
)
