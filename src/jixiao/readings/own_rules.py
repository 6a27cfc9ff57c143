"""Rows that measure how a unit keeps its own rules: a duty, not what its money achieves."""

from __future__ import annotations

from functools import lru_cache

from jixiao.lexicon import Lexicon


@lru_cache(maxsize=4096)
def keeps_own_rules(name: str, known: Lexicon) -> bool:
    """Whether a name is a rate of keeping rules or special accounts: 管理制度严格执行率, 专户管理率, 成本核算率."""
    words = known.words
    if not any(rule in name for rule in (*words["own_rules"], *words["own_accounts"])):
        return False
    stem = _without(name, words["polarity_heads"])
    if stem == name:
        return False
    if stem.endswith(words["own_accounts"]):
        return True
    rules = _without(_without(stem, words["own_rules_kept"]), words["own_rules_manner"])
    return rules != stem and rules.endswith(words["own_rules"])


def _without(text: str, endings: tuple[str, ...]) -> str:
    """``text`` without the longest of ``endings`` at its end."""
    return min((text.removesuffix(ending) for ending in endings), key=len)
