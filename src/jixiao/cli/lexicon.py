"""``jixiao lexicon``: what the lexicon knows of a word, and which word of it was found in a longer name."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from jixiao.cli.console import say
from jixiao.lexicon import Better, Lexicon, Term, lexicon
from jixiao.services.rulebooks import UnknownRulesetError, book_of
from jixiao.services.vocabulary import Known, known_of, rules_speaking, words_by_field

_SOME = 8
"""Words of a field that are shown unless all are asked for"""


def run_lexicon(arguments: argparse.Namespace) -> int:
    """0, or 2 where nothing of the word is known, or there is no such ruleset."""
    try:
        words = book_of(arguments.ruleset).ruleset.lexicon if arguments.ruleset else lexicon()
    except UnknownRulesetError as error:
        say(str(error))
        return 2
    if arguments.word is None:
        _list(words, whole=arguments.all)
        return 0
    known = known_of(arguments.word, words)
    if not known:
        say(f"词典里没有“{arguments.word}”，里面也没有认得的词。jixiao lexicon --all 列出全部词条。")
        return 2
    print("\n".join(_explained(known)))
    return 0


def _list(words: Lexicon, *, whole: bool) -> None:
    """The fields with some of their words, or with all."""
    fields = words_by_field(words)
    for field, held in fields.items():
        more = "" if whole or len(held) <= _SOME else " ……"
        print(f"{field}（{len(held)} 条）\n  {'、'.join(held if whole else held[:_SOME])}{more}")
    total = sum(map(len, fields.values()))
    also = "" if whole else "加 --all 列出全部；"
    print(f"\n共 {total} 条。{also}jixiao lexicon 词 查看一条；写一个完整的指标名称，看认出的是哪个词。")


def _explained(known: Known) -> Iterator[str]:
    if known.term is not None:
        yield known.term.word
        yield from _properties(known.term, known.composed)
    elif known.ending is not None:
        yield f"“{known.word}”以“{known.ending.word}”结尾，按这个词认"
        yield from _properties(known.ending, known.composed)
    elif known.composed is not None:
        yield f"“{known.word}”按字义合成，{known.composed.label}"
    if known.inside is not None:
        kinds = "、".join(k.label for k in known.inside.kinds) or "不定类别"
        yield f"中间还有“{known.inside.word}”（{kinds}），只在结尾认不出时参考"
    if known.setback is not None and known.composed is None:
        turned = "后面跟着计量字样，越低越好" if known.setback.certain else "后面还有别的字，方向不能断定"
        yield f"“{known.setback.word}”是越少越好的事，{turned}"
    if known.general:
        held = "、".join(f"{word}（{meaning}）" for word, meaning in known.general)
        yield f"“{known.word}”里只有通用的字：{held}"


def _properties(term: Term, composed: Better | None) -> Iterator[str]:
    if term.alias_of:
        yield f"  同“{term.alias_of}”"
    if composed is not None and composed is not term.better:
        yield f"  方向：{composed.label}（按前面的否定、坏事和处理合成）"
    else:
        yield f"  方向：{term.better.label if term.better else '看是什么，单凭这个词不能断定'}"
    yield f"  量的是：{term.measures.label if term.measures else '不定'}"
    kinds = "、".join(kind.label for kind in term.kinds)
    yield f"  通常归：{kinds or (term.routine.label if term.routine else '不定，看前面的词')}"
    if term.units:
        yield f"  通常单位：{'、'.join(term.units)}"
    if term.comment and composed in (None, term.better):  # it speaks of the word alone
        yield f"  说明：{term.comment}"
    yield f"  来源：{term.source}（{term.field}）"
    yield f"  用到的规则：{'、'.join(rules_speaking(term, composed)) or '无'}"
