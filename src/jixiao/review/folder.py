"""Ruleset folders: how a locality adds to and tunes the rules without touching the program.

A folder holds ``ruleset.yaml`` and, where wanted, ``labels.yaml`` (words of its forms), ``lexicon.yaml`` (words that its
indicators are known by), ``parameters/*.yaml``, ``law/*.yaml``, ``cases/*.yaml`` and ``layouts/*.yaml`` (the forms it prints).
Nothing in it is executed: rules in Python come from an installed package that the ruleset names (entry point group ``jixiao.rules``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from jixiao.domain.finding import Force, Severity
from jixiao.law import Instrument, ReadAs, instruments
from jixiao.law.store import instrument_of
from jixiao.layouts import Layout
from jixiao.parameters import Parameter, Ruleset, parameters, rulesets
from jixiao.review.cases import Case
from jixiao.review.folder_files import (
    DAY,
    ITEMS,
    MAPPING,
    TEXT,
    TEXTS,
    Kind,
    RulesetFolderError,
    YamlFile,
    meant,
    read_yaml,
)
from jixiao.review.folder_labels import LABELS, local_vocabulary
from jixiao.review.folder_layouts import LAYOUTS, chosen_layout, local_layouts, with_their_words
from jixiao.review.folder_lexicon import LEXICON, local_lexicon
from jixiao.review.folder_parameters import changed_parameter, new_parameter
from jixiao.review.folder_rules import installed_rules
from jixiao.review.rule import Rule
from jixiao.review.rulebook import Rulebook
from jixiao.review.short_plan import plan_of
from jixiao.vocabulary import shipped

_FILE = "ruleset.yaml"
_FOLDERS = ("parameters", "law", "cases", LAYOUTS)
_NAME = re.compile(r"[a-z][a-z0-9-]*")
_NOT_TUNABLE = {"hebei_signs": "它只用来给没有指定规则集的文本选规则集"}

_RULESET: Mapping[str, Kind] = {"name": TEXT, "title": TEXT, "version": TEXT, "based_on": TEXT, "summary": TEXT}
_RULESET_MORE: Mapping[str, Kind] = {
    "instruments": TEXTS, "excluded": MAPPING, "severity": MAPPING, "cites": MAPPING, "rules": TEXTS, "layout": TEXT,
}  # fmt: skip
_INSTRUMENT: Mapping[str, Kind] = {
    "id": TEXT, "title": TEXT, "issuer": TEXT, "force": TEXT, "in_force_from": DAY, "clauses": ITEMS,
}  # fmt: skip
_INSTRUMENT_MORE: Mapping[str, Kind] = {
    "document_number": TEXT, "in_force_until": DAY, "url": TEXT, "verified_on": DAY, "remark": TEXT,
}  # fmt: skip
_CLAUSE: Mapping[str, Kind] = {"id": TEXT, "name": TEXT, "requirement": TEXT}
_CLAUSE_MORE: Mapping[str, Kind] = {
    "article": TEXT, "verified_on": DAY, "read_as": TEXT, "source": TEXT, "used_for": TEXT,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Folder:
    """What the files of a folder say, before it is put together."""

    main: YamlFile
    base: Ruleset
    rules: Mapping[str, Rule]
    own_rules: frozenset[str]
    law: Mapping[str, Instrument]
    own_law: tuple[str, ...]
    layouts: Mapping[str, Layout]


def is_folder(name: str | Path) -> bool:
    """Whether a ruleset named on the command line is a folder; names of shipped rulesets come first."""
    return str(name) not in rulesets() and Path(name).is_dir()


def load_folder(path: str | Path, shipped_rules: Mapping[str, Rule]) -> Rulebook:
    """The rulebook that a folder describes. Raises RulesetFolderError, in Chinese with file and line, where it is faulty."""
    path = Path(path)
    files = {place: list(_files(path, place)) for place in _FOLDERS}
    _nothing_unread(path)
    main = read_yaml(path, path / _FILE)
    main.check(main.data, _RULESET, _RULESET_MORE)
    data = main.data
    if not _NAME.fullmatch(data["name"]) or data["name"] in rulesets():
        raise main.wrong("name 用小写字母、数字和连字符，不能与自带的规则集重名。", "name")
    if data["based_on"] not in rulesets():
        raise main.wrong(f"based_on 只能是自带的规则集：{'、'.join(rulesets())}。", "based_on")
    own_law = dict(_instrument(file) for file in files["law"])
    own_rules = installed_rules(main, data.get("rules") or [], shipped_rules)
    law = {**instruments(), **own_law}
    folder = _Folder(
        main,
        rulesets()[data["based_on"]],
        {**shipped_rules, **own_rules},
        frozenset(own_rules),
        law,
        tuple(own_law),
        local_layouts(files[LAYOUTS], data["name"], law),
    )
    ruleset = _ruleset(folder, _parameters(folder, files["parameters"]))
    words = path / LEXICON
    if words.is_file():
        ruleset = replace(ruleset, lexicon=local_lexicon(read_yaml(path, words)))
    _everything_citable(folder, ruleset)
    cases = tuple(case for file in files["cases"] for case in _cases(folder, file))
    labels = path / LABELS
    vocabulary = local_vocabulary(read_yaml(path, labels)) if labels.is_file() else shipped()
    vocabulary = with_their_words(vocabulary, folder.layouts)
    return Rulebook(ruleset, folder.rules, folder.law, cases, vocabulary, folder.layouts)


# --- files ------------------------------------------------------------------------------------------------


def _files(path: Path, place: str) -> Iterator[YamlFile]:
    for file in sorted((path / place).glob("*.yaml")):
        yield read_yaml(path, file)


def _nothing_unread(path: Path) -> None:
    """Raise where a file looks like part of the ruleset but stands where nobody reads it."""
    for file in sorted(path.rglob("*")):
        name = file.relative_to(path)
        if file.suffix == ".py":
            raise RulesetFolderError(
                name.as_posix(),
                None,
                "规则集文件夹里的程序不会运行。请把规则做成安装包，在 ruleset.yaml 的 rules 里写它的名字。",
            )
        if file.suffix == ".yml":
            raise RulesetFolderError(name.as_posix(), None, "文件名请以 .yaml 结尾，否则不会读。")
        expected = str(name) in (_FILE, LABELS, LEXICON) or (len(name.parts) == 2 and name.parts[0] in _FOLDERS)
        if file.suffix == ".yaml" and not expected:
            raise RulesetFolderError(
                name.as_posix(), None, f"这个位置的文件不会读。请放在 {'、'.join(_FOLDERS)} 其中一个文件夹里。"
            )


# --- parameters -------------------------------------------------------------------------------------------


def _parameters(folder: _Folder, files: Iterable[YamlFile]) -> dict[str, Parameter]:
    found = {}
    wanted = {name for code in folder.own_rules for name in folder.rules[code].parameters}
    for file in files:
        file.check(file.data, {"name": TEXT, "values": ITEMS}, {"title": TEXT, "unit": TEXT})
        name = file.data["name"]
        if file.name != f"parameters/{name}.yaml":
            raise file.wrong(f"文件名应当与参数同名：{name}.yaml。", "name")
        if name in _NOT_TUNABLE:
            raise file.wrong(f"参数“{name}”不能在这里改：{_NOT_TUNABLE[name]}。", "name")
        if name in parameters():
            found[name] = changed_parameter(file, folder.base.described(name))
        elif name in wanted:
            found[name] = new_parameter(file)
        else:
            raise file.wrong(
                f"没有规则用到参数“{name}”{meant(name, parameters())}。jixiao rules --parameters 列出全部参数。", "name"
            )
    missing = sorted(wanted - parameters().keys() - found.keys())
    if missing:
        raise folder.main.wrong(f"规则包用到参数 {'、'.join(missing)}，请在 parameters 文件夹里写上它的值。", "rules")
    return found


# --- law, ruleset, cases ----------------------------------------------------------------------------------


def _instrument(file: YamlFile) -> tuple[str, Instrument]:
    file.check(file.data, _INSTRUMENT, _INSTRUMENT_MORE)
    if file.data["id"] in instruments():
        raise file.wrong(f"“{file.data['id']}”是自带的依据，请换一个 id。", "id")
    if file.data["force"] not in list(Force):
        raise file.wrong(f"force 只能是：{'、'.join(f'{f.value}（{f.label}）' for f in Force)}。", "force")
    for n, clause in enumerate(file.data["clauses"]):
        file.check(clause, _CLAUSE, _CLAUSE_MORE, "clauses", n)
        if clause.get("read_as") not in (None, *ReadAs):
            words = "、".join(f"{r.value}（{r.label}）" for r in ReadAs)
            raise file.wrong(f"read_as 只能是：{words}。", "clauses", n, "read_as")
        if clause.get("article") and not clause.get("verified_on"):
            raise file.wrong(
                "写了条号，就请在 verified_on 写上对照原文核对的日期；没有核对过的不写条号。", "clauses", n
            )
    return file.data["id"], instrument_of(file.data)


def _ruleset(folder: _Folder, own: Mapping[str, Parameter]) -> Ruleset:
    main, base, data = folder.main, folder.base, folder.main.data
    given = data.get("instruments")
    for n, name in enumerate(given or ()):
        if name not in folder.law:
            raise main.wrong(f"没有依据“{name}”{meant(name, folder.law)}。", "instruments", n)
    allowed = tuple(given) if given else (*folder.own_law, *base.instruments)
    excluded = {code: _reason(folder, "excluded", code, why) for code, why in (data.get("excluded") or {}).items()}
    cites = {code: _cited(folder, code, refs, allowed) for code, refs in (data.get("cites") or {}).items()}
    weighed = (data.get("severity") or {}).items()
    return Ruleset(
        name=data["name"],
        title=data["title"],
        version=data["version"],
        summary=data["summary"],
        based_on=base.name,
        instruments=allowed,
        parameters={**base.parameters, **own},
        excluded={**base.excluded, **excluded},
        layout=chosen_layout(main, base.layout, folder.layouts),
        severities={**base.severities, **{c: _severity(folder, c, s, cites, allowed) for c, s in weighed}},
        cites={**base.cites, **cites},
    )


def _rule(folder: _Folder, section: str, code: str) -> Rule:
    if code not in folder.rules:
        raise folder.main.wrong(f"没有规则“{code}”。jixiao rules 列出全部规则。", section, code)
    return folder.rules[code]


def _reason(folder: _Folder, section: str, code: str, words: Any) -> str:
    _rule(folder, section, code)
    if not TEXT.fits(words):
        raise folder.main.wrong("请写明为什么不适用，审核结果里要印出来。", section, code)
    return str(words)


def _cited(folder: _Folder, code: str, references: Any, allowed: tuple[str, ...]) -> tuple[str, ...]:
    _rule(folder, "cites", code)
    if not TEXTS.fits(references):
        raise folder.main.wrong(f"应当是{TEXTS.label}，每项是“依据的 id/条款的 id”。", "cites", code)
    for n, reference in enumerate(references):
        instrument, _, clause = reference.partition("/")
        if instrument not in allowed or clause not in folder.law[instrument].clauses:
            raise folder.main.wrong(f"没有条款“{reference}”，或者它的依据不在 instruments 里。", "cites", code, n)
    return tuple(references)


def _severity(
    folder: _Folder, code: str, given: Any, cites: Mapping[str, tuple[str, ...]], allowed: tuple[str, ...]
) -> Severity:
    """The severity given; an error must rest on what binds somebody, which practice and guidance do not."""
    rule = _rule(folder, "severity", code)
    if given not in list(Severity):
        labels = "、".join(f"{s.value}（{s.label}）" for s in Severity)
        raise folder.main.wrong(f"程度只能是：{labels}。", "severity", code)
    held = {r.partition("/")[0] for r in (*cites.get(code, ()), *rule.cites)} & {*allowed}
    if given == Severity.ERROR and not any(folder.law[name].force.binds for name in held):
        raise folder.main.wrong(
            "这条规则只有工作惯例或者供参考的指引作依据，不能定为必须修改。请在 law 里写上本地的规定，在 cites 里挂到这条规则上。",
            "severity",
            code,
        )
    return Severity(given)


def _everything_citable(folder: _Folder, ruleset: Ruleset) -> None:
    for code, rule in folder.rules.items():
        references = (*ruleset.cites.get(code, ()), *rule.cites)
        for reference in references:
            instrument, _, clause = reference.partition("/")
            if instrument not in folder.law or clause not in folder.law[instrument].clauses:
                raise folder.main.wrong(f"规则 {code} 依据的条款“{reference}”没有写在 law 文件夹里。", "rules")
        held = [r for r in references if r.partition("/")[0] in ruleset.instruments]
        if code not in ruleset.excluded and not held:
            raise folder.main.wrong(f"规则 {code} 的依据都不在 instruments 里，提示时没有依据可写。", "instruments")


def _cases(folder: _Folder, file: YamlFile) -> Iterator[Case]:
    code = Path(file.name).stem
    if code not in folder.rules:
        raise file.wrong("文件名应当是规则代码，如 C46.yaml；没有这条规则。")
    if not ITEMS.fits(file.data):
        raise file.wrong(f"用例应当是{ITEMS.label}。")
    for n, item in enumerate(file.data):
        file.check(item, {"name": TEXT, "given": MAPPING, "expect": TEXTS}, {"as_of": DAY}, n)
        try:
            plan_of(dict(item["given"]))
        except (ValueError, TypeError, AttributeError, ArithmeticError) as error:
            raise file.wrong(f"given 里的写法认不出（{error}）。可照 jixiao 自带的用例写。", n, "given") from error
        yield Case(**{**item, "rule": code, "expect": tuple(item["expect"])})
