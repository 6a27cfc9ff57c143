"""The parameter files of a ruleset folder: parameters of its own, and what it makes of those of the program."""

from __future__ import annotations

from typing import Any

from jixiao.parameters import Parameter
from jixiao.parameters.local import Change, changed
from jixiao.parameters.store import freeze, parameter_of
from jixiao.review.folder_files import ANYTHING, DAY, ITEMS, TEXT, YamlFile

_MORE = {"value": ANYTHING, "add": ANYTHING, "remove": ANYTHING, "verified_on": DAY}


def new_parameter(file: YamlFile) -> Parameter:
    """A parameter that only rules of the locality read."""
    file.check(file.data, {"name": TEXT, "values": ITEMS, "title": TEXT}, {"unit": TEXT})
    for n, value in enumerate(file.data["values"]):
        file.check(value, {"since": DAY, "source": TEXT, "value": ANYTHING}, {"verified_on": DAY}, "values", n)
    return parameter_of(file.data)


def changed_parameter(file: YamlFile, base: Parameter) -> Parameter:
    """``base`` as the file changes it."""
    changes = []
    for n, value in enumerate(file.data["values"]):
        file.check(value, {"since": DAY, "source": TEXT}, _MORE, "values", n)
        given = {key: freeze(value[key]) for key in ("value", "add", "remove") if value.get(key) is not None}
        if not given or ("value" in given and len(given) > 1):
            raise file.wrong(
                "每个时间的值写 value（整个改写），或者写 add、remove（加词、减词），不能都写。", "values", n
            )
        change = Change(value["since"], value["source"], verified_on=value.get("verified_on"), **given)
        old = base.at(change.since)
        try:
            new = change.value if "value" in given else changed(base, [change]).at(change.since)
        except ValueError as error:
            raise file.wrong(f"{error}。", "values", n) from error
        if misfit := _misfit(old, new):
            raise file.wrong(f"值的写法与原来的不一样：{misfit}。jixiao rules {base.name} 看原来的写法。", "values", n)
        changes.append(change)
    return changed(base, changes)


def _misfit(old: Any, new: Any) -> str | None:
    """How a new value differs in kind from the old one, in Chinese; None where it does not."""
    kinds = ((bool, "true 或 false"), ((int, float), "数"), (str, "文字"), (tuple, "列表"), (dict, "对照表"))
    for types, label in kinds:
        if isinstance(old, types):
            if not isinstance(new, types) or isinstance(new, bool) is not isinstance(old, bool):
                return f"应当是{label}，写的是“{new}”"
            break
    if isinstance(old, tuple) and old:
        return next((m for item in new if (m := _misfit(old[0], item))), None)
    if isinstance(old, dict):
        return next((f"“{k}”{m}" for k, v in new.items() if k in old and (m := _misfit(old[k], v))), None)
    return None
