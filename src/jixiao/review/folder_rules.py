"""Rules in Python that a ruleset folder names: from installed packages only, through the entry point group."""

from __future__ import annotations

import importlib.metadata
import re
from collections.abc import Mapping
from types import ModuleType

from jixiao.domain.problems import PROBLEMS
from jixiao.review.folder_files import YamlFile
from jixiao.review.rule import Rule, registered

ENTRY_POINTS = "jixiao.rules"
"""the group in which installed packages offer rules"""
_LOCAL_CODE = re.compile(r"X[A-Z]{0,3}\d{2,3}")


def installed_rules(main: YamlFile, names: list[str], shipped_rules: Mapping[str, Rule]) -> dict[str, Rule]:
    """The rules of the installed packages that a ruleset names."""
    offered = {point.name: point for point in importlib.metadata.entry_points(group=ENTRY_POINTS)} if names else {}
    found: dict[str, Rule] = {}
    for n, name in enumerate(names):
        if name not in offered:
            have = f"已安装的有：{'、'.join(sorted(offered))}" if offered else "现在一个也没有安装"
            raise main.wrong(f"没有安装名为“{name}”的规则包，{have}。请先安装，或从 rules 里删去。", "rules", n)
        try:
            module = offered[name].load()
        except Exception as error:  # code of others: whatever goes wrong there is told here
            raise main.wrong(f"规则包“{name}”装入时出错（{type(error).__name__}：{error}）。", "rules", n) from error
        if not isinstance(module, ModuleType):
            raise main.wrong(f'规则包“{name}”的入口应当是一个模块，如 wanqing = "jixiao_wanqing"。', "rules", n)
        inside = (module.__name__, f"{module.__name__}.")
        own = {
            code: rule
            for code, rule in registered().items()
            if rule.check.__module__ == inside[0] or rule.check.__module__.startswith(inside[1])
        }
        wrong = [code for code in own if code in shipped_rules or not _LOCAL_CODE.fullmatch(code)]
        if wrong or not own:
            what = f"规则代码 {'、'.join(wrong)} 不行" if wrong else "里一条规则也没有"
            raise main.wrong(f"规则包“{name}”{what}。地方规则的代码以 X 开头，如 X01、XWQ01。", "rules", n)
        strange = [f"{code}（{rule.problem}）" for code, rule in own.items() if rule.problem not in PROBLEMS]
        if strange:
            raise main.wrong(
                f"规则包“{name}”里 {'、'.join(strange)} 的 problem 不在问题种类里，请从 jixiao.domain.problems 里选一个。",
                "rules",
                n,
            )
        found |= own
    return found
