"""``jixiao layouts``: the forms that plans can be written in, where they are from, and what belongs into each field."""

from __future__ import annotations

import argparse
import difflib
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from jixiao.cli.console import say, today, told_of_backup, told_of_recovery
from jixiao.cli.rulesets import chosen_book
from jixiao.domain.form import field_named
from jixiao.law import instruments
from jixiao.layouts import HeadBlock, Layout, hint_of, layouts, prescribed, usual
from jixiao.parameters import Ruleset, rulesets
from jixiao.services.output import output_to
from jixiao.services.rulebooks import UnknownRulesetError

if TYPE_CHECKING:
    from jixiao.law import Instrument
    from jixiao.review.rulebook import Rulebook


class UnknownLayoutError(ValueError):
    """A layout that there is not; says in Chinese what to do."""


def chosen_layout(name: str | None, book: Rulebook | None) -> Layout | None:
    """The layout of a name, else that of the rulebook; None where nobody names any: the usual one.

    Raises UnknownLayoutError.
    """
    if name is None:
        return book.layout if book is not None else None
    return _named(name, layouts() if book is None else book.layouts)


def _named(name: str, known: Mapping[str, Layout]) -> Layout:
    if name not in known:
        alike = difflib.get_close_matches(name, known, 1)
        meant = f"（是不是 {alike[0]}）" if alike else ""
        raise UnknownLayoutError(f"没有表式“{name}”{meant}。可以写：{'、'.join(known)}；jixiao layouts 说明各是什么。")
    return known[name]


def run_layouts(arguments: argparse.Namespace) -> int:
    """0, or 2 where there is no such layout or ruleset."""
    try:
        book = chosen_book(arguments.ruleset)
        known, law = (layouts(), instruments()) if book is None else (book.layouts, book.law)
        own = book.ruleset if book is not None else None
        if arguments.name is None and arguments.output is not None:
            say(f"请写明哪一种表式：{'、'.join(known)}。")
            return 2
        if arguments.name is None:
            print("\n\n".join("\n".join(_listed(one, law, own)) for one in known.values()))
            print(
                "\njixiao layouts 表式 看一种的全部栏目，加 -o 文件夹 写一份空白表；jixiao read 文件 --format docx --layout 表式 -o 文件夹 按它排。"
            )
        elif arguments.output is not None:
            _write_blank(_named(arguments.name, known), own, arguments)
        else:
            print("\n".join(_told(_named(arguments.name, known), law, own)))
    except (UnknownRulesetError, UnknownLayoutError) as error:
        say(str(error))
        return 2
    return 0


def _write_blank(layout: Layout, own: Ruleset | None, arguments: argparse.Namespace) -> None:
    """A blank form to hand out, with a row for every second level that it prints."""
    from jixiao.services.blank_forms import write_blank  # with all that writes, for those who ask for a file

    ruleset = own if own is not None and own.name == layout.ruleset else None
    with output_to(arguments.output) as output:
        told_of_recovery(output)
        name = write_blank(output, layout, arguments.format, ruleset)
        told_of_backup(output.publish(today(), whole=False))
    say(f"空白表写好了：{output.folder / name}")


def _listed(layout: Layout, law: Mapping[str, Instrument], own: Ruleset | None) -> Iterator[str]:
    mark = "（没有指定表式时用它）" if layout.name == usual().name else ""
    yield f"{layout.name}  {layout.title}{mark}"
    yield f"  {layout.summary}"
    source = layout.source
    basis = law[source.instrument].label if source.instrument is not None else "没有见到规定它的文件"
    yield f"  来源：{basis}；{source.told}"
    yield f"  用于：{'、'.join(stage.label for stage in layout.stages)}"
    named = {**rulesets(), **({own.name: own} if own is not None else {})}
    if users := [ruleset for ruleset in named.values() if _uses(ruleset, layout)]:
        yield f"  规则集：{'、'.join(ruleset.name for ruleset in users)}"


def _uses(ruleset: Ruleset, layout: Layout) -> bool:
    return ruleset.layout == layout.name


def _told(layout: Layout, law: Mapping[str, Instrument], own: Ruleset | None) -> Iterator[str]:
    yield from _listed(layout, law, own)
    yield "  表头："
    for block in layout.head:
        yield from (f"    {line}" for line in _block(layout, block))
    yield "  指标："
    for column in layout.columns_at(layout.stages[0]):
        yield f"    {column.label}{_hint(layout, column.field)}"
    yield "  一、二级指标："
    for class_, kinds in layout.kinds.items():
        yield f"    {class_.label}：{'、'.join(kind.label for kind in kinds)}"
    rows = prescribed(layout, own if own is not None and own.name == layout.ruleset else None)
    words = (kind.label if kind else f"{class_.label}（选一种）" for class_, kind in rows)
    yield f"  必设：{'、'.join(words)}"


def _block(layout: Layout, block: HeadBlock) -> Iterator[str]:
    """What a block prints, a line a field."""
    if block.label:
        points = f"（{'、'.join(block.points)}）" if block.points else ""
        path = next(block.fields) if block.part else ""
        yield f"{block.label}{points}{_hint(layout, path)}"
    for line in block.lines:
        for cell in line:
            label = cell.label or (field_named(cell.field).label if cell.field else "")
            blank = "" if cell.field else "（绩效文本不记，留空）"
            yield f"{'  ' if block.label else ''}{label}{blank}{_hint(layout, cell.field)}"


def _hint(layout: Layout, path: str) -> str:
    hint = hint_of(layout, path)
    return f"：{hint}" if hint else ""
