"""The lexicon as data, and what is found in names."""

from __future__ import annotations

import re

import pytest

from jixiao.domain.indicator import IndicatorKind
from jixiao.domain.measure_units import is_unit
from jixiao.lexicon import Better, Lexicon, Measure, Routine, Term, lexicon
from jixiao.strict_yaml import load_strict

CHINESE = re.compile(r"[\u4e00-\u9fff]")
K = IndicatorKind


@pytest.fixture(scope="module")
def known() -> Lexicon:
    return lexicon()


# --- the data ---------------------------------------------------------------------------------------------


def test_every_term_says_where_from_and_something(known: Lexicon) -> None:
    for term in known.terms.values():
        assert CHINESE.search(term.source), term.word
        assert term.word == "".join(term.word.split())
        assert term.better or term.measures or term.kinds or term.routine, term.word


def test_units_are_units(known: Lexicon) -> None:
    strange = {unit for term in known.terms.values() for unit in term.units if not is_unit(unit)}
    assert strange == set()


def test_terms_cover_the_kinds_and_the_measures(known: Lexicon) -> None:
    kinds = {kind for term in known.terms.values() for kind in term.kinds}
    assert kinds >= set(K) - {K.SOCIAL_COST}
    assert {term.measures for term in known.terms.values()} >= set(Measure)


def test_heads_and_measures_agree(known: Lexicon) -> None:
    for word, term in known.terms.items():
        if word.endswith(("人数", "次数", "数量")):
            assert term.measures is Measure.COUNT, word
        if word.endswith("率") and term.measures is not Measure.OTHER:
            assert term.measures is Measure.RATE, word


def test_setbacks_do_not_point_upwards(known: Lexicon) -> None:
    """A term that is a setback and a measure, and nothing done about it, must not be better when more."""
    wrong = []
    for word, term in known.terms.items():
        setback = known.has(word, "setback")
        measured = setback is not None and word.rpartition(setback)[2] in known.setback_endings
        if measured and not known.has(word, "handling") and term.better is Better.MORE:
            wrong.append(word)
    assert wrong == ["好差评率"]  # 差评 by accident


def test_word_lists_hold_no_word_twice(known: Lexicon) -> None:
    for meaning, words in known.words.items():
        assert len(set(words)) == len(words), meaning


def test_a_term_may_stand_only_once() -> None:
    from jixiao.lexicon import store

    group = load_strict("{terms: [合格率], kinds: [quality]}", "test")
    terms: dict[str, Term] = {}
    store._add(terms, group, "甲", "来源")
    with pytest.raises(ValueError, match="twice"):
        store._add(terms, group, "乙", "来源")


# --- what is found ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("学员培训考核合格率", "培训考核合格率"),  # the longest of several
        ("窗口服务群众投诉率", "群众投诉率"),
        ("养护巡查频次", "频次"),
        ("全县就业率", "就业率"),
        ("清源县第一小学", None),
    ],
)
def test_the_longest_ending_is_found(known: Lexicon, name: str, word: str | None) -> None:
    found = known.ending(name)
    assert (found.word if found else None) == word


def test_inside_comes_after_the_ending(known: Lexicon) -> None:
    found = known.inside("县域商品销售额提高")
    assert found is not None
    assert found.word == "销售额"
    assert known.inside("") is None


@pytest.mark.parametrize(
    ("name", "setback"),
    [
        ("有效投诉率", True),
        ("投诉处置数量", False),
        ("投诉办结率", None),
        ("安全事故起数", True),
        ("丢失率", True),
        ("培训人数", None),
    ],
)
def test_setbacks_turn_round_when_handled(known: Lexicon, name: str, setback: bool | None) -> None:
    assert known.is_setback(name) is setback


def test_properties_of_a_few_terms(known: Lexicon) -> None:
    assert known.terms["投诉率"].better is Better.LESS
    assert known.terms["验收合格比例"].alias_of == "验收合格率"
    assert known.terms["预算执行率"].routine is Routine.EXECUTION
    assert known.terms["专款专用率"].routine is Routine.MANAGEMENT
    assert known.terms["资产负债率"].better is Better.NEITHER
    assert K.ECOLOGICAL in known.terms["污水处理率"].kinds
    assert known.terms["率"].is_general
    assert not known.terms["就业率"].is_general
    for labelled in (Measure, Better, Routine):
        labels = [one.label for one in labelled]
        assert all(CHINESE.search(label) for label in labels)
        assert len(set(labels)) == len(labels)
