"""What rules say is data: every sentence is one of the rule's declared messages, and every message is said in some case."""

from __future__ import annotations

import re
from collections import defaultdict

from rules.case import load_cases, load_county_cases, observe

from jixiao.review.message import Message
from jixiao.review.rule import Observation, Rule
from jixiao.rules import RULES

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def observed() -> dict[str, list[Observation]]:
    """What every rule sees in its own cases."""
    found: dict[str, list[Observation]] = defaultdict(list)
    for case in (*load_cases(), *load_county_cases()):
        found[case.rule] += observe(RULES[case.rule], case)
    return found


OBSERVED = observed()


def by_key(messages: tuple[Message, ...]) -> dict[str, str]:
    return {message.key: message.template for message in messages}


def test_what_is_said_is_declared() -> None:
    offenders = []
    for code, rule in RULES.items():
        for seen in OBSERVED[code]:
            offenders += _undeclared(rule, seen)
    assert offenders == []


def _undeclared(rule: Rule, seen: Observation) -> list[str]:
    says, proposes = by_key(rule.says), by_key(rule.proposes)
    found = []
    if says.get(seen.says.key) != seen.says.template:
        found.append(f"{rule.code} says {seen.says.key}")
    if seen.suggests is not None and proposes.get(seen.suggests.key) != seen.suggests.template:
        found.append(f"{rule.code} proposes {seen.suggests.key}")
    return found


def test_what_is_declared_is_said_in_a_case() -> None:
    never = []
    for code, rule in RULES.items():
        said = {seen.says.key for seen in OBSERVED[code]}
        proposed = {seen.suggests.key for seen in OBSERVED[code] if seen.suggests}
        never += [f"{code} says {key}" for key in by_key(rule.says).keys() - said]
        never += [f"{code} proposes {key}" for key in by_key(rule.proposes).keys() - proposed]
    assert never == []


def test_every_rule_declares_what_it_says() -> None:
    assert [code for code, rule in RULES.items() if not rule.says] == []


def test_keys_are_slugs_and_each_means_one_sentence() -> None:
    for code, rule in RULES.items():
        for messages in (rule.says, rule.proposes):
            keys = [message.key for message in messages]
            assert len(set(keys)) == len(keys), code
            assert all(SLUG.fullmatch(key) for key in keys), code


def test_sentences_end_and_are_in_chinese() -> None:
    for code, rule in RULES.items():
        for message in (*rule.says, *rule.proposes):
            assert message.template.endswith("。"), f"{code} {message.key}"
            assert re.search(r"[\u4e00-\u9fff]", message.template), f"{code} {message.key}"
