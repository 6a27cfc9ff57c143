"""The layouts that come with the program, and which one a plan or a ruleset is for."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources

from jixiao.domain.plan import Plan
from jixiao.layouts.form import Layout
from jixiao.layouts.load import LayoutError, layout_from
from jixiao.parameters import Ruleset, choose_ruleset, rulesets
from jixiao.strict_yaml import load_strict

_USUAL = "hebei"
"""It has a place for every field of a sheet, at every stage; those of others stand below as it draws them"""


@cache
def layouts() -> Mapping[str, Layout]:
    """Every layout that comes with the program, by name. Raises LayoutError where one is faulty."""
    found: dict[str, Layout] = {}
    folder = resources.files("jixiao.layouts") / "data"
    for file in sorted(folder.iterdir(), key=lambda f: f.name):
        if file.name.endswith(".yaml"):
            layout = layout_from(load_strict(file.read_text(encoding="utf-8"), file.name))
            if file.name != f"{layout.name}.yaml":
                raise LayoutError(f"{file.name}: holds layout {layout.name}")
            found[layout.name] = layout
    return found


def usual() -> Layout:
    """The layout that forms are drawn by where nobody asks for another."""
    return layouts()[_USUAL]


def layout_of(what: Plan | Ruleset | str, known: Mapping[str, Layout] | None = None) -> Layout:
    """The layout that a plan looks like, or that a ruleset (or the shipped one of a name) is for.

    ``known`` are the layouts to choose from, a locality's own among them; those of the program where None. Raises
    KeyError for a name of no ruleset, and for a ruleset whose layout is not among them.
    """
    if isinstance(what, Plan):
        what = choose_ruleset(what)[0]
    ruleset = rulesets()[what] if isinstance(what, str) else what
    return (layouts() if known is None else known)[ruleset.layout]
