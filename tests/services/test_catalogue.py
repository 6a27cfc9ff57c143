"""What a program is told of rules, parameters, rulesets and words, as values."""

from __future__ import annotations

from jixiao.lexicon import lexicon
from jixiao.parameters import parameters, rulesets
from jixiao.rules import RULES
from jixiao.services.catalogue import ParameterPage, RulePage, RulesetPage, all_parameters, groups, page
from jixiao.services.rulebooks import book_of
from jixiao.services.vocabulary import known_of, words_by_field


def test_every_rule_stands_in_one_group_and_has_a_page() -> None:
    book = book_of("hebei")
    grouped = [rule.code for _, rules in groups(book) for rule in rules]
    assert sorted(grouped) == sorted(RULES)
    for code, rule in RULES.items():
        told = page(code.lower(), book)
        assert isinstance(told, RulePage)
        assert told.rule is rule
        assert [one.name for one in told.parameters] == list(rule.parameters)
        assert len(told.bases) >= len(rule.cites)
        assert any(basis.is_held for basis in told.bases) or told.excluded is not None


def test_parameters_and_rulesets_have_pages() -> None:
    book = book_of("national-88")
    assert [one.name for one in all_parameters(book)] == sorted(parameters())
    told = page("indicator_count", book)
    assert isinstance(told, ParameterPage)
    assert "C46" in [rule.code for rule in told.readers]
    for name, ruleset in rulesets().items():
        shown = page(name, book)
        assert isinstance(shown, RulesetPage)
        assert shown.book.ruleset is ruleset
    assert page("没有的", book) is None


def test_words() -> None:
    assert known_of("投诉率", lexicon()).term is not None
    longer = known_of("群众满意度", lexicon())
    assert longer.term or longer.ending
    assert not known_of("〇〇〇", lexicon())
    assert all(words_by_field(lexicon()).values())
