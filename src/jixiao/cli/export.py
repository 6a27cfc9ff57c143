"""``jixiao export``: rows for the import template of a budget platform 「一体化」."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path

from jixiao.cli.console import counting, say, today, told_of_backup, told_of_recovery, unreadable
from jixiao.platforms import Template, TemplateError, templates, templates_in
from jixiao.readers import UnreadableFileError
from jixiao.services.files import inputs_of, stems
from jixiao.services.output import output_to
from jixiao.services.reading import read_plans
from jixiao.services.scratch import Scratch, scratch
from jixiao.writers.platform import FilledTemplate, filled, records_of, to_platform_xlsx

_MOST_TOLD = 20


def run_export(arguments: argparse.Namespace) -> int:
    """0 all written, 1 a file could not be read or has what the platform does not take (it is not written), 2 wrong call."""
    try:
        known = templates()
        name = arguments.template
        if name is not None and Path(name).is_file():
            file = Path(name)
            known, name = templates_in(file), file.name.removesuffix(".yaml")
    except TemplateError as error:
        say(f"模板不能用：{error}。")
        return 2
    if not arguments.paths:
        print("\n".join(_listed(known)))
        return 0
    if name is None or name not in known or arguments.output is None:
        met = (
            "请用 --template 写明模板"
            if name is None
            else f"没有模板“{name}”"
            if name not in known
            else "请用 -o 写明放在哪个文件夹"
        )
        say(
            f"{met}。模板可以写：{'、'.join(known)}，或者一个模板文件；例如：jixiao export 文件 --template standard -o 结果"
        )
        return 2
    with scratch() as temporary:
        return _export(arguments, known[name], temporary)


def _listed(known: Mapping[str, Template]) -> list[str]:
    lines = []
    for one in known.values():
        lines += [f"{one.name}  {one.title}", f"  {one.summary}", f"  版本：{one.version}；来源：{one.source.told}"]
        lines += [f"  {sheet.name} {sheet.title}：{'、'.join(c.name for c in sheet.columns)}" for sheet in one.sheets]
    return lines


def _export(arguments: argparse.Namespace, template: Template, temporary: Scratch) -> int:
    inputs = inputs_of(arguments.paths, temporary)
    if not inputs.documents:
        say(inputs.none_found)
        return 2
    given = {"region_code": arguments.region, "department_code": arguments.department}
    known = {name: words for name, words in given.items() if words}
    failed = written = 0
    with output_to(arguments.output) as output:
        told_of_recovery(output)
        names = stems(inputs.documents)
        with counting("正在读取") as progress:
            found = sorted(read_plans(inputs.documents, progress=progress), key=lambda one: one[0])
        for n, plan in found:
            file = inputs.documents[n]
            if isinstance(plan, UnreadableFileError):
                failed += 1
                say(unreadable(file.shown, plan.met, plan.remedy))
                continue
            rows = filled(template, records_of(plan, known))
            _tell(file.shown, rows)
            if rows.stopping or not rows.rows:
                failed += 1
                continue
            written += 1
            output.add(f"{names[n]}.一体化.{template.name}.xlsx", to_platform_xlsx(rows, names[n], today()))
        published = output.publish(today(), whole=False) if written else None
    if published is not None:
        told_of_backup(published)
    say(f"写了 {written} 个文件，没有写 {failed} 个。" + (f"结果在：{output.folder}" if written else ""))
    return 1 if failed else 0


def _tell(shown: str, rows: FilledTemplate) -> None:
    """What the platform would not take of a file, before it is written; where it would refuse any of it, nothing is."""
    if not rows.rows:
        say(f"{shown}：没有绩效目标表，没有可导出的行。")
    if stopping := rows.stopping:
        say(f"{shown}：有 {len(stopping)} 处平台不收，没有写文件；改好再导：")
        for fault in stopping[:_MOST_TOLD]:
            say(f"  {fault.told}")
        if len(stopping) > _MOST_TOLD:
            say(f"  还有 {len(stopping) - _MOST_TOLD} 处，改好这些再看。")
    for fault in rows.faults:
        if not fault.stops:
            say(f"{shown}：{fault.told}。")
