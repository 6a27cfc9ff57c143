"""Blank forms as files, to be handed out and filled in."""

from __future__ import annotations

from jixiao.layouts import Layout, blank
from jixiao.parameters import Ruleset
from jixiao.services.output import Output
from jixiao.writers.registry import writer_named


def write_blank(output: Output, layout: Layout, form: str, ruleset: Ruleset | None = None) -> str:
    """Add a blank form to an output, in a format that forms are written in, and return the name of its file.

    It has a row for every second level that the form prints. Raises OSError where the disk does not take it.
    """
    plan = blank(layout, ruleset=ruleset, every_kind=True)
    name = f"{layout.name}.空白表.{form}"
    output.add(name, writer_named(form).write(plan, layout))
    return name
