"""The layouts that come with the program, and which one a plan or a ruleset is for."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from jixiao.domain.plan import Plan
from jixiao.layouts.form import Layout
from jixiao.layouts.load import LayoutError, layout_from, shipped_data
from jixiao.parameters import Ruleset, choose_ruleset, rulesets

_USUAL = "hebei"
"""It has a place for every field of a sheet, at every stage; those of others stand below as it draws them"""


@cache
def layouts() -> Mapping[str, Layout]:
    """Every layout that comes with the program, by name. Raises LayoutError where one is faulty."""
    found = {name: layout_from(data) for name, data in shipped_data().items()}
    if astray := [name for name, layout in found.items() if layout.name != name]:
        raise LayoutError(f"files with the layout of another name: {astray}")
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
