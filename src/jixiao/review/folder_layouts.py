"""The forms that a locality prints, in its ruleset folder: ``layouts/*.yaml``, beside those that come with the program."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from jixiao.law import Instrument
from jixiao.layouts import Layout, LayoutError, layout_from, layouts, with_words_of
from jixiao.parameters import rulesets
from jixiao.review.folder_files import RulesetFolderError, YamlFile, meant
from jixiao.vocabulary import Vocabulary

LAYOUTS = "layouts"


def local_layouts(files: Iterable[YamlFile], ruleset: str, law: Mapping[str, Instrument]) -> dict[str, Layout]:
    """The layouts of a folder by name. Raises RulesetFolderError where one is faulty, or named as one of the program."""
    found: dict[str, Layout] = {}
    for file in files:
        try:
            layout = layout_from(file.data)
        except LayoutError as error:
            raise file.wrong(f"{error}。") from error
        if layout.name in layouts():
            raise file.wrong(f"“{layout.name}”是自带的表式，请换一个名字。", "name")
        if file.name != f"{LAYOUTS}/{layout.name}.yaml":
            raise file.wrong(f"文件名应当与表式同名：{layout.name}.yaml。", "name")
        if layout.source.instrument is not None and layout.source.instrument not in law:
            raise file.wrong(f"没有依据“{layout.source.instrument}”{meant(layout.source.instrument, law)}。", "source")
        own = "ruleset" not in file.data
        if not own and layout.ruleset not in rulesets() and layout.ruleset != ruleset:
            raise file.wrong(f"ruleset 不写（就是本文件夹的），或者写自带的：{'、'.join(rulesets())}。", "ruleset")
        found[layout.name] = replace(layout, ruleset=ruleset) if own else layout
    return found


def chosen_layout(main: YamlFile, base: str, own: Mapping[str, Layout]) -> str:
    """The layout that the ruleset says its localities print: the one it names, its only own one, or that of its base."""
    named = main.data.get("layout")
    known = {**layouts(), **own}
    if named is not None and named not in known:
        raise main.wrong(f"没有表式“{named}”{meant(named, known)}。可以写：{'、'.join(known)}。", "layout")
    return named or (next(iter(own)) if len(own) == 1 else base)


def with_their_words(vocabulary: Vocabulary, own: Mapping[str, Layout]) -> Vocabulary:
    """The vocabulary with the labels of a folder's layouts, so that forms they are written by are read again."""
    try:
        return with_words_of(own.values(), vocabulary)
    except (LayoutError, ValueError) as error:
        raise RulesetFolderError(LAYOUTS, None, f"{error}。") from error
