"""``jixiao library``: the library of indicators: list it, ask it for a project, read a published one, take it away."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence

from jixiao.cli.console import say, today, told_of_backup, told_of_recovery
from jixiao.domain.indicator import IndicatorKind
from jixiao.library import Asked, Entry, duplicates, library, suggest
from jixiao.readers import UnreadableFileError
from jixiao.services.indicator_library import read_library, sector_of, to_workbook
from jixiao.services.output import output_to

KINDS = {kind.label.removesuffix("指标"): kind for kind in IndicatorKind}
"""Second levels by what they are called on the command line"""


def run_list(arguments: argparse.Namespace) -> int:
    """0, or 2 where there is no such sector."""
    held = library()
    if not arguments.sector and not arguments.words:
        for key, sector in held.sectors.items():
            print(f"{sector.label}（{len(held.index.of_sector(key))} 条）")
        print(f"\n共 {len(held.entries)} 条。jixiao library list 行业 看一个行业，加 --words 词 按名称找。")
        return 0
    key = sector_of(arguments.sector or "", held.sectors)
    if arguments.sector and not key:
        say(f"没有行业“{arguments.sector}”。可以写：{'、'.join(one.label for one in held.sectors.values())}。")
        return 2
    found = [
        one
        for one in held.entries
        if (not key or one.sector == key) and (not arguments.words or arguments.words in one.name)
    ]
    for one in found:
        print("\n".join(_told(one)))
    print(f"\n共 {len(found)} 条。")
    return 0


def _told(one: Entry) -> Iterator[str]:
    yield f"{one.code}  {one.name}  {one.kind.label}  {one.hint}"
    if one.formula:
        yield f"       算法：{one.formula}"
    if one.explanation:
        yield f"       {one.explanation}"
    yield f"       佐证：{one.evidence or '没有写'}；来源：{one.source}（{one.certainty.label}）"


def run_suggest(arguments: argparse.Namespace) -> int:
    """0, or 2 where nothing is known of the project."""
    held = library()
    kind = KINDS[arguments.kind] if arguments.kind else None
    asked = Asked(arguments.project, arguments.purpose, neighbours=arguments.has, kind=kind)
    for number, one in enumerate(suggest(held.index, asked, arguments.most), 1):
        print(f"{number}. {one.entry.name}  {one.entry.kind.label}  {one.entry.hint}\n   {one.reason}")
    return 0


def run_import(arguments: argparse.Namespace) -> int:
    """0, or 2 where a file is not read: what it says is told, and with ``-o`` written as a workbook to correct and take in."""
    held = library()
    try:
        found = read_library(arguments.file.read_bytes(), arguments.file.name, held.sectors, arguments.source)
    except UnreadableFileError as error:
        say(str(error))
        return 2
    for note in found.notes:
        say(note)
    _tell_of_likeness(found.entries, held.entries)
    print(f"读出 {len(found.entries)} 条指标。")
    if arguments.output is not None:
        _write(found.entries, arguments)
    return 0


def _tell_of_likeness(read: Sequence[Entry], shipped: Sequence[Entry]) -> None:
    own = {one.code for one in read}
    others = [one for one in shipped if one.code not in own]
    for pair in duplicates([*read, *others]):
        if pair.one.code in own or pair.other.code in own:
            print(f"近似：{pair.one.code} {pair.one.name} ／ {pair.other.code} {pair.other.name}，是一回事就合并。")


def run_export(arguments: argparse.Namespace) -> int:
    """0: the library as a workbook."""
    _write(library().entries, arguments)
    return 0


def _write(entries: Sequence[Entry], arguments: argparse.Namespace) -> None:
    with output_to(arguments.output) as output:
        told_of_recovery(output)
        output.add("指标库.xlsx", to_workbook(entries, library().sectors, today()))
        told_of_backup(output.publish(today(), whole=False))
    say(f"指标库写好了：{arguments.output / '指标库.xlsx'}")
