"""``jixiao lexicon``: what the lexicon knows of a word, and which word of it was found in a longer name."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from jixiao.cli.console import say
from jixiao.domain.indicator import IndicatorKind
from jixiao.lexicon import Better, Lexicon, Measure, Routine, Term, lexicon
from jixiao.readings.text import normalise

_K = IndicatorKind
_OUTPUTS = {_K.QUANTITY, _K.QUALITY, _K.TIMELINESS}
_COSTS = {_K.COST, _K.ECONOMIC_COST}
_OUTCOMES = {_K.ECONOMIC, _K.SOCIAL, _K.ECOLOGICAL, _K.SUSTAINED_IMPACT}


def run_lexicon(arguments: argparse.Namespace) -> int:
    """0, or 2 where nothing of the word is known."""
    known = lexicon()
    if arguments.word is None:
        _list(known)
        return 0
    word = normalise(arguments.word)
    lines = list(_explained(known, word))
    if not lines:
        say(f"词典里没有“{arguments.word}”，里面也没有认得的词。不带词运行 jixiao lexicon 可看全部词条。")
        return 2
    print("\n".join(lines))
    return 0


def _list(known: Lexicon) -> None:
    fields: dict[str, list[str]] = {}
    for term in known.terms.values():
        fields.setdefault(term.field, []).append(term.word)
    for field, words in fields.items():
        print(f"{field}（{len(words)} 条）\n  {'、'.join(words)}")
    print(f"\n共 {len(known.terms)} 条。jixiao lexicon 词 查看一条；写一个完整的指标名称，看认出的是哪个词。")


def _explained(known: Lexicon, word: str) -> Iterator[str]:
    exact, ending, inside = known.terms.get(word), known.ending(word), known.inside(word)
    if exact is not None:
        yield exact.word
        yield from _properties(exact)
    elif ending is not None:
        yield f"“{word}”以“{ending.word}”结尾，按这个词认"
        yield from _properties(ending)
    if inside is not None and inside.word not in (word, ending.word if ending else word):
        yield f"中间还有“{inside.word}”（{'、'.join(k.label for k in inside.kinds) or '不定类别'}），只在结尾认不出时参考"
    setback = known.is_setback(word)
    if setback is not None:
        found = known.has(word, "setback")
        turned = "后面跟着计量字样，越低越好" if setback else "后面还有别的字，方向不能断定"
        yield f"“{found}”是越少越好的事，{turned}"
    meanings = [meaning for meaning in known.words if (met := known.has(word, meaning)) and met]
    if meanings and not (exact or ending or setback is not None):
        yield f"“{word}”里只有通用的字：" + "、".join(f"{known.has(word, m)}（{m}）" for m in meanings)


def _properties(term: Term) -> Iterator[str]:
    if term.alias_of:
        yield f"  同“{term.alias_of}”"
    yield f"  方向：{term.better.label if term.better else '看是什么，单凭这个词不能断定'}"
    yield f"  量的是：{term.measures.label if term.measures else '不定'}"
    kinds = "、".join(kind.label for kind in term.kinds)
    yield f"  通常归：{kinds or (term.routine.label if term.routine else '不定，看前面的词')}"
    if term.units:
        yield f"  通常单位：{'、'.join(term.units)}"
    if term.comment:
        yield f"  说明：{term.comment}"
    yield f"  来源：{term.source}（{term.field}）"
    yield f"  用到的规则：{'、'.join(_rules(term)) or '无'}"


def _rules(term: Term) -> list[str]:
    """Codes of the rules that what is known of the term can make speak."""
    kinds, rate = set(term.kinds), term.measures is Measure.RATE
    satisfied = _K.BENEFICIARY_SATISFACTION in kinds and term.better is Better.MORE
    speaks = {
        "V01": satisfied,
        "V02": term.better is Better.MORE and not satisfied,
        "V03": term.better is Better.LESS and not kinds & _COSTS,
        "K22": bool(kinds) and not kinds & _COSTS,
        "K23": term.routine is Routine.EXECUTION,
        "K25": kinds == {_K.QUANTITY} or (not kinds and term.measures is Measure.COUNT),
        "K26": rate and _K.QUANTITY not in kinds and term.routine is None,
        "K28": bool(kinds & _OUTPUTS) and not kinds & _OUTCOMES and kinds != {_K.QUALITY},
        "K29": term.routine is not None,
        "K30": bool(kinds) and _K.BENEFICIARY_SATISFACTION not in kinds,
        "K39": bool(kinds) and (kinds <= _OUTCOMES or kinds == {_K.QUALITY}),
        "K41": term.routine is Routine.MANAGEMENT,
        "K80": satisfied,
        "K81": bool(kinds) and _K.TIMELINESS not in kinds,
    }
    return [code for code, yes in speaks.items() if yes]
