"""What the pages show. People, offices and figures are made up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

_NAV = (
    ("首页", "home", 7), ("审核台", "review", 148), ("报送进度", "progress", 0), ("收件台", "intake", 2), ("项目库", "sheets", 0),
    ("批复", "documents", 0), ("监控", "monitoring", 0), ("自评抽查", "evaluation", 0), ("整改", "rectify", 3), ("总览", "other", 0),
    ("指标库", "library", 0), ("规则集", "rules", 0), ("公文", "documents", 0), ("年度与轮次", "log", 0),
)  # fmt: skip


def _frame(here: str, *places: str) -> dict[str, Any]:
    return {
        "place": "清源县",
        "year": 2027,
        "years": [
            {"year": 2027, "address": "#", "here": True, "note": ""},
            {"year": 2026, "address": "#", "here": False, "note": "自评中"},
            {"year": 2025, "address": "#", "here": False, "note": "只读"},
        ],
        "round": {"name": "一上", "left": "还剩4天", "address": "#"},
        "todo": {"count": 7, "address": "#"},
        "search": True,
        "actor": {"name": "王芳"},
        "own_unit": "县商务局",
        "nav": [
            {"title": title, "address": "#", "icon": icon, "count": count, "here": title == here}
            for title, icon, count in _NAV
        ],
        "places": [{"title": title, "address": "#"} for title in ("首页", "2027", *places)],
    }


_UNITS = (
    "县商务局",
    "县文化广电和旅游局",
    "县农业农村局",
    "县教育和体育局",
    "县卫生健康局",
    "县退役军人事务局",
    "清源经济技术开发区管理委员会",
)
_PROJECTS = (
    "招商费用",
    "城乡义务教育学校校舍安全保障长效机制补助资金项目",
    "会展经费",
    "驻点招商经费",
    "乡村文化站运行维护",
    "基本公共卫生服务县级配套",
)
_STATES = ("submitted", "reviewing", "returned", "reviewed", "drafting", "unfilled", "approved", "adjusting", "void")


def _rows(number: int) -> list[dict[str, Any]]:
    return [
        {
            "id": n,
            "unit": _UNITS[n % len(_UNITS)],
            "project": _PROJECTS[n % len(_PROJECTS)],
            "money": f"{(n * 7919 % 100000) * (n * 37 % 89 + 1) / 100:,.2f}" if n != 6 else "—",
            "grade": "优良中差"[n % 4],
            "errors": n % 3,
            "warnings": n % 5,
            "advice": n % 2,
            "state": _STATES[n % len(_STATES)],
            "days": n % 6,
            "times": n % 3,
        }
        for n in range(1, number + 1)
    ]


class Sample(forms.Form):
    """Every kind of field, some filled in wrongly."""

    name = forms.CharField(label="三级指标", help_text="写量什么，不写数：如“签约亿元以上项目数”")
    value = forms.CharField(label="指标值", help_text="符号+数+单位：≥15个")
    money = forms.DecimalField(label="预算数", widget=forms.TextInput(attrs={"class": "short"}))
    kind = forms.ChoiceField(
        label="二级指标", choices=[("", "请选"), ("quantity", "数量指标"), ("quality", "质量指标")]
    )
    nature = forms.ChoiceField(
        label="项目性质", choices=[("once", "一次性"), ("yearly", "经常性")], widget=forms.RadioSelect
    )
    reason = forms.CharField(label="偏差原因", widget=forms.Textarea(attrs={"rows": 3}), required=False)


class Narrow(forms.Form):
    """Conditions of a list."""

    unit = forms.CharField(label="部门", required=False)
    grade = forms.ChoiceField(label="等级", choices=[("", "都看"), ("good", "良")], required=False)


class Approve(forms.Form):
    """What an act that cannot be undone asks for."""

    number = forms.CharField(label="文号", help_text="例：清财预〔2027〕12号")


def _sample_form() -> forms.Form:
    form = Sample(
        {"name": "签约项目", "value": "", "money": "一百五", "nature": "once", "reason": "签约推迟到2027年1月"}
    )
    form.fields["value"].error_messages = {"required": "没写指标值。请写符号、数和单位，例：≥15个。"}
    form.fields["money"].error_messages = {"invalid": "“一百五”不是数。请写数字，单位是万元，例：150.00。"}
    form.fields["kind"].error_messages = {"required": "没选二级指标。请选一个。"}
    form.is_valid()
    return form


_COUNTERS = [
    {"title": title, "count": count, "address": "#"}
    for title, count in (("待审", 148), ("二次送审", 21), ("逾期未报", "8家"), ("说明待答", 5), ("读不出", "3份"))
]
_STEPS = [
    {"title": "文件", "done": True, "address": "#"},
    {"title": "认表头", "here": True},
    {"title": "试导入"},
    {"title": "结果"},
]
_CELLS = [
    {"name": "存好了", "value": "≥15个"},
    {"name": "正在存", "value": "≥15个", "state": "is-saving"},
    {"name": "待存", "value": "≥15个", "state": "is-waiting"},
    {"name": "断网", "value": "≥15个", "state": "is-offline", "note": "本机已记下", "icon": "i-offline"},
    {
        "name": "没存",
        "value": "≥15个",
        "state": "is-refused",
        "note": "没存：陈静14:01删了这行",
        "acts": ["恢复这行", "去掉我的"],
    },
    {
        "name": "两个值",
        "value": "≥15个",
        "state": "is-conflict",
        "note": "您：≥15个 │ 陈静14:02：≥12个",
        "acts": ["用我的", "用陈静的"],
    },
    {"name": "别人在填", "value": "≥15个", "state": "is-other", "who": "陈静"},
    {"name": "有问题", "value": "及时完成", "severity": "error"},
    {"name": "退回后改过", "value": "≥15个", "state": "is-changed"},
    {"name": "去年的", "value": "≥12个", "state": "is-last-year", "note": "去年的", "acts": ["照旧"]},
    {"name": "已冻结", "value": "≥15个", "state": "is-frozen", "frozen": True},
]
_LATE = {
    "kind": "warn",
    "text": "逾期1天：招商费用应在11月28日前再次送审。今天送审，负责人才来得及看。",
    "action": "去改",
    "address": "#",
}
_SENT = {"kind": "done", "text": "已送审9张，等李局长。对方打开前可以撤回。", "undo": "/undo"}


def pages() -> Mapping[str, Mapping[str, Any]]:
    """By its name the context of every page; Django must be set up."""
    return {
        "home": {**_frame("首页"), "places": [], "strips": [_LATE], "counters": _COUNTERS},
        "list": {
            **_frame("审核台", "审核台"),
            "rows": _rows(50),
            "views": [
                {"title": "待我审", "count": 148, "address": "#", "here": True},
                {"title": "有必须修改的", "count": 61, "address": "#"},
                {"title": "二次送审", "count": 21, "address": "#"},
                {"title": "我的：8000万以上", "count": None, "address": "#"},
            ],
            "chips": [{"text": "等级=中", "without": "#"}, {"text": "必须修改≥1", "without": "#"}],
            "narrow": Narrow(),
        },
        "sheet": {
            **_frame("报送进度", "报送包", "招商费用"),
            "strips": [_SENT],
            "lines": ["9张送李局长审签；对方打开前可以撤回。", "还差：会展经费未填。"],
        },
        "intake": {**_frame("收件台", "收件台"), "steps": _STEPS},
        "form": {**_frame("项目库", "项目库", "招商费用"), "form": _sample_form(), "approve": Approve()},
        "parts": {
            **_frame("总览", "部件"),
            "states": _STATES,
            "strips": [],
            "unknown": ["grad"],
            "lines": ["9张、1,257.73万元送李局长审签；对方打开前可以撤回。"],
            "final": ["71家的目标从此固定，改动走“调整”，不能撤回。"],
            "approve": Approve(prefix="p"),
        },
        "grid": {**_frame("报送进度", "报送包", "招商费用"), "cells": _CELLS},
        "login": {"place": "清源县", "form": Approve(prefix="login")},
        "error": {
            "title": "没有这个页面",
            "detail": "没有这个页面，或不归您看。请回首页，或问本单位管理员",
            "back": "#",
        },
    }
