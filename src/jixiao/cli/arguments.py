"""What can be typed, with help in Chinese."""

from __future__ import annotations

import argparse
import difflib
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import NoReturn

from jixiao import __version__
from jixiao.cli.workspace import add as add_workspace
from jixiao.domain.codec import PLAN_SCHEMA, PLAN_SCHEMAS, REVIEW_SCHEMAS
from jixiao.domain.form import field_named

_TRY = "rules-try"
"""how argparse knows ``rules try``"""
_MOST_COMMANDS = 4
"""named where a command is unknown: those that everybody uses come first"""
_SHORT_HELP = """\
绩效：读预算绩效文本，按规则审核，出审核意见。常用的三个命令：

  jixiao review 文件或文件夹 -o 结果   审核，写出审核意见、审核总表、审核报告
  jixiao read 文件                     只把一个文件读成数据，显示出来
  jixiao rules V01                     看一条规则查什么、依据什么；不写代码则列出全部规则

全部命令：jixiao --help；一个命令怎么写：jixiao review --help"""
_WORDS = (
    (re.compile(r"the following arguments are required: (.*)"), r"缺少：\1"),
    (re.compile(r"unrecognized arguments: (.*)"), r"不认得“\1”"),
    (re.compile(r"argument (.*): expected one argument"), r"\1 后面缺少内容"),
    (re.compile(r"argument (.*): invalid choice: (.*?) \(choose from (.*)\)"), r"\1 不能是 \2，可以是 \3"),
    (re.compile(r"argument (.*): not allowed with argument (.*)"), r"\1 和 \2 只能写一个"),
    (re.compile(r"ambiguous option: (.*) could match (.*)"), r"“\1”可以是几个选项：\2，请写全"),
    (re.compile(r"argument (.*): (.*)"), r"\1：\2"),
)


class _Parser(argparse.ArgumentParser):
    """argparse that speaks Chinese."""

    def error(self, message: str) -> NoReturn:
        for pattern, words in _WORDS:
            if pattern.fullmatch(message):
                message = pattern.sub(words, message)
                break
        print(f"命令写法不对：{message}。\n用法示例：{self.prog} --help 查看说明。", file=sys.stderr)
        raise SystemExit(2)

    def format_help(self) -> str:
        text = super().format_help()
        for english, chinese in (
            ("usage:", "用法："),
            ("positional arguments:", "参数："),
            ("options:", "选项："),
            ("show this help message and exit", "显示本说明"),
            ("show program's version number and exit", "显示版本号"),
        ):
            text = text.replace(english, chinese)
        return text


def parse(argv: Sequence[str] | None) -> argparse.Namespace:
    """The parsed call; ``run`` is the function of the command. Exits with 2 on a wrong call."""
    parser = _Parser(prog="jixiao", description="绩效：读预算绩效文本，按规则审核，出审核意见。")
    parser.add_argument("--version", action="version", version=f"jixiao {__version__}")
    commands = parser.add_subparsers(title="命令", metavar="命令", required=True, dest="命令")
    _add_read(commands)
    _add_review(commands)
    _add_rules(commands)
    _add_rules_try(commands)
    _add_lexicon(commands)
    _add_library(commands)
    _add_layouts(commands)
    _add_export(commands)
    _add_audit(commands)
    given = list(sys.argv[1:] if argv is None else argv)
    add_workspace(commands, given)
    if not given:
        print(_SHORT_HELP, file=sys.stderr)
        raise SystemExit(2)
    if not given[0].startswith("-") and given[0] not in commands.choices:
        parser.error(_unknown_command(given[0], [name for name in commands.choices if name != _TRY]))
    if given[:2] == ["rules", "try"]:
        given[:2] = [_TRY]
    return parser.parse_args(given)


def _later(module: str, function: str) -> Callable[[argparse.Namespace], int]:
    """The function of a command, loaded when it is run: no command pays for the others."""

    def run(arguments: argparse.Namespace) -> int:
        code: int = getattr(import_module(f"jixiao.cli.{module}"), function)(arguments)
        return code

    return run


def _unknown_command(word: str, commands: list[str]) -> str:
    if Path(word).exists():
        return f"“{word}”前面缺少命令；要审核它，请写：jixiao review {word} -o 结果"
    alike = difflib.get_close_matches(word.lower(), commands, 1)
    meant = f"是不是 {alike[0]}" if alike else f"可以是 {'、'.join(commands[:_MOST_COMMANDS])} 等"
    return f"没有命令“{word}”（{meant}）"


class _PlanFormats:
    """What a plan can be written as; what writes is loaded when it is asked for."""

    def __iter__(self) -> Iterator[str]:
        from jixiao.services.reading import plan_formats

        return iter(plan_formats())

    def __contains__(self, name: object) -> bool:
        return name == "json" or name in tuple(self)


def _add_read(commands: argparse._SubParsersAction[_Parser]) -> None:
    command = commands.add_parser("read", help="把绩效文本读成数据（JSON）")
    _paths(command)
    command.add_argument(
        "-o", "--output", type=Path, metavar="文件夹", help="结果放在哪里；只读一个文件时可不写，直接显示"
    )
    command.add_argument(
        "--format",
        choices=_PlanFormats(),
        default="json",
        metavar="格式",
        help="写成什么：%(choices)s；不写是 json（数据），其余是按表式排好的文件，可以打印、接着改",
    )
    command.add_argument(
        "--schema",
        choices=PLAN_SCHEMAS,
        default=PLAN_SCHEMA,
        help="数据的版本；不写则为最新的一版，什么都有；旧版没有的内容写在说明里",
    )
    command.add_argument("--explain", action="store_true", help="不出数据，只说明每张表被认作什么表、凭哪些栏目")
    command.add_argument(
        "--layout",
        metavar="表式",
        help="写成 docx、xlsx、html 时按哪种表式排（jixiao layouts 可查）；不写则按规则集的，再没有就按通常的",
    )
    command.add_argument(
        "--ruleset", metavar="规则集", help="自己的规则集文件夹：表式用词照它的 labels.yaml 认，表照它的表式排"
    )
    command.set_defaults(run=_later("read", "run_read"))


def _add_layouts(commands: argparse._SubParsersAction[_Parser]) -> None:
    command = commands.add_parser(
        "layouts", help="列出表式：各有哪些栏目、从哪里来、核对过没有；写名字看一种的全部栏目"
    )
    command.add_argument("name", nargs="?", metavar="表式", help="表式的名字，如 national-101；不写则列出全部")
    command.add_argument("--ruleset", metavar="规则集", help="自己的规则集文件夹：连同它的 layouts 文件夹一起列")
    command.add_argument("-o", "--output", type=Path, metavar="文件夹", help="写一份空白表放在这里，发下去填")
    command.add_argument(
        "--format",
        choices=("docx", "xlsx", "html"),
        default="docx",
        metavar="格式",
        help="空白表写成什么：docx（默认）、xlsx、html",
    )
    command.set_defaults(run=_later("layouts", "run_layouts"))


def _add_export(commands: argparse._SubParsersAction[_Parser]) -> None:
    command = commands.add_parser(
        "export", help="照一体化平台的导入模板写出绩效目标、指标各行；不写文件则列出有哪些模板"
    )
    command.add_argument("paths", nargs="*", type=Path, metavar="文件", help="文件、文件夹或压缩包")
    command.add_argument("--template", metavar="模板", help="模板的名字，或者本地自己写的模板文件（.yaml）")
    command.add_argument("--region", metavar="代码", help="财政区划代码，表上没有")
    command.add_argument("--department", metavar="代码", help="部门代码，表上没有时写")
    command.add_argument("-o", "--output", type=Path, metavar="文件夹", help="结果放在哪里")
    command.set_defaults(run=_later("export", "run_export"))


def _add_review(commands: argparse._SubParsersAction[_Parser]) -> None:
    command = commands.add_parser("review", help="审核绩效文本，出审核意见、审核总表和审核报告")
    _paths(command)
    place = command.add_mutually_exclusive_group()
    place.add_argument("-o", "--output", type=Path, metavar="文件夹", help="结果放在哪里")
    place.add_argument("--beside", action="store_true", help="结果放在所审核的文件夹或文件旁边，名字加“-审核结果”")
    command.add_argument("--open", action="store_true", help="审核完打开审核报告")
    command.add_argument(
        "--format",
        choices=("files", "json"),
        default="files",
        help="files（默认）写文件；json 把一个文件的审核结果直接显示",
    )
    command.add_argument(
        "--ruleset",
        metavar="规则集",
        help="用哪个规则集（jixiao rules 可查），或者自己的规则集文件夹；不写则看环境变量 JIXIAO_RULESET，再没有就按表式自动选择",
    )
    command.add_argument(
        "--as-of", type=_day, metavar="日期", help="按哪一天有效的规定审核，如 2026-01-01；不写则为今天"
    )
    command.add_argument("--title", metavar="标题", help="审核总表和报告的标题；不写则用文件夹名")
    command.add_argument(
        "--schema",
        action="append",
        default=[],
        choices=(*PLAN_SCHEMAS, *REVIEW_SCHEMAS),
        help="数据文件的版本，给用旧版数据的程序；文本、审核各可写一个，不写则为最新的一版",
    )
    command.set_defaults(run=_later("review", "run_review"))


def _add_rules(commands: argparse._SubParsersAction[_Parser]) -> None:
    command = commands.add_parser(
        "rules",
        help="列出审核规则；写代码看一条的依据、参数和例子；rules try 试用自己的规则集",
        epilog="jixiao rules try 规则集文件夹 文件… 拿往年的文件试自己的规则集，看提示多了哪些、少了哪些。",
    )
    command.add_argument(
        "codes", nargs="*", metavar="代码", help="规则代码（如 V01）、规则集或参数的名字，可写多个；不写则列出全部规则"
    )
    command.add_argument("--ruleset", metavar="规则集", help="按哪个规则集显示，可以是自己的规则集文件夹")
    command.add_argument("--parameters", action="store_true", help="列出全部参数：阈值、词表和各自的来源")
    command.set_defaults(run=_later("rules", "run_rules"))


def _add_rules_try(commands: argparse._SubParsersAction[_Parser]) -> None:
    command = commands.add_parser(
        _TRY, prog="jixiao rules try", description="拿往年的文件试自己的规则集：用例通不通过，提示多了哪些、少了哪些。"
    )
    command.add_argument("folder", metavar="规则集文件夹")
    _paths(command)
    command.add_argument(
        "--against", metavar="规则集", help="与哪个规则集对照；不写则与它所依据的规则集（based_on）对照"
    )
    command.add_argument(
        "--as-of", type=_day, metavar="日期", help="按哪一天有效的规定审核，如 2026-01-01；不写则为今天"
    )
    command.add_argument("--format", choices=("text", "json"), default="text", help="text（默认）给人看；json 给程序用")
    command.set_defaults(run=_later("rules_try", "run_rules_try"))


def _add_lexicon(commands: argparse._SubParsersAction[_Parser]) -> None:
    command = commands.add_parser("lexicon", help="查指标词典：一个词越高越好还是越低越好、量什么、归哪一类")
    command.add_argument("word", nargs="?", metavar="词", help="词或完整的指标名称，如 投诉率；不写则按类别各列几条")
    command.add_argument("--all", action="store_true", help="列出全部词条")
    command.add_argument("--ruleset", metavar="规则集", help="自己的规则集文件夹：连同它的 lexicon.yaml 一起查")
    command.set_defaults(run=_later("lexicon", "run_lexicon"))


def _add_library(commands: argparse._SubParsersAction[_Parser]) -> None:
    command = commands.add_parser("library", help="指标库：按行业查，按项目推荐，读公布的指标库，导出")
    kinds = command.add_subparsers(title="命令", metavar="命令", required=True, dest="指标库命令")
    listed = kinds.add_parser("list", help="列出行业；写一个行业看它的指标")
    listed.add_argument("sector", nargs="?", metavar="行业", help="如 教育；不写则列出各行业有几条")
    listed.add_argument("--words", metavar="词", help="名称里有这个词的")
    listed.set_defaults(run=_later("library", "run_list"))
    suggested = kinds.add_parser("suggest", help="一个项目可以用哪些指标，各说为什么")
    suggested.add_argument("project", metavar="项目")
    suggested.add_argument("--purpose", default="", metavar="用途", help="资金用途的一段话")
    suggested.add_argument("--has", action="append", default=[], metavar="指标", help="表里已经有的指标，可写多个")
    suggested.add_argument(
        "--kind",
        metavar=field_named("goal_sheets/*/indicators/*/kind").label,
        choices=_kind_words(),
        help=f"只要一种：{'、'.join(_kind_words())}",
    )
    suggested.add_argument("--most", type=int, default=8, metavar="条数", help="最多几条，不写则 8 条")
    suggested.set_defaults(run=_later("library", "run_suggest"))
    read = kinds.add_parser("import", help="读一份公布的指标库（Word、Excel），说读出了什么、和库里哪些近似")
    read.add_argument("file", type=Path, metavar="文件")
    read.add_argument("--source", default="", metavar="出处", help="公布它的文件名称和文号，如实写；不写则记文件名")
    read.add_argument("-o", "--output", type=Path, metavar="文件夹", help="写成一份 Excel，核对后可以导入工作平台")
    read.set_defaults(run=_later("library", "run_import"))
    taken = kinds.add_parser("export", help="把随程序的指标库写成一份 Excel")
    taken.add_argument("-o", "--output", type=Path, required=True, metavar="文件夹")
    taken.set_defaults(run=_later("library", "run_export"))


def _kind_words() -> list[str]:
    """Second levels as people call them; words of the domain, which cost nothing to load."""
    from jixiao.domain.indicator import IndicatorKind

    return [kind.label.removesuffix("指标") for kind in IndicatorKind]


def _add_audit(commands: argparse._SubParsersAction[_Parser]) -> None:
    command = commands.add_parser("audit", help="核对工作平台导出的审计日志有没有被改过，不用装工作平台")
    kinds = command.add_subparsers(title="命令", metavar="命令", required=True, dest="审计命令")
    check = kinds.add_parser(
        "verify",
        help="核对导出文件：改动、缺失、重复、次序、整条链丢失、末尾截断",
        epilog="jixiao audit verify 审计日志-2026-11.jsonl --root 2026-11-30=公布的每日根",
    )
    check.add_argument("files", nargs="+", type=Path, metavar="文件", help="导出的文件；几个文件首尾相接，次序随意")
    check.add_argument(
        "--root",
        action="append",
        default=[],
        type=_published_root,
        metavar="日期=摘要",
        help="当时公布的每日根，可写多个",
    )
    check.add_argument("--format", choices=("text", "json"), default="text", help="text（默认）给人看；json 给程序用")
    check.set_defaults(run=_later("audit", "run_verify"))


def _published_root(text: str) -> tuple[str, str]:
    found: tuple[str, str] = import_module("jixiao.cli.audit").published_root(text)
    return found


def _paths(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "paths",
        nargs="+",
        type=Path,
        metavar="文件或文件夹",
        help="可写多个；文件夹连同下级一起读，压缩包（.zip）读里面的文件",
    )
    command.add_argument(
        "--isolate",
        action=argparse.BooleanOptionalAction,
        default=None,
        help="每个文件在单独的进程里读，限时、限内存、不联网；读多个文件时默认这样做，--no-isolate 关闭",
    )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"“{text}”不是日期，请写成 2026-01-01 这样") from error
