"""What a token may be good for 「令牌的范围」: codes for programs, words for people, by subject."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from jixiao.web.accounts.roles import ACTIONS
from jixiao.web.accounts.words import ACTION_WORDS, SUBJECT_WORDS, in_order

ALL_READING = "*.view"
EVERYTHING = "*"


@dataclass(frozen=True)
class ScopeGroup:
    """The scopes of a subject: ``whole`` is that of all its actions, ``actions`` (code, words) are the single ones."""

    title: str
    whole: str
    actions: Sequence[tuple[str, str]]


def scopes_there_are() -> frozenset[str]:
    """What a scope may be: an action, all of a subject, all that reads, everything."""
    verbs = {action.partition(".")[2] for action in ACTIONS}
    return ACTIONS | {f"{subject}.*" for subject in SUBJECT_WORDS} | {f"*.{verb}" for verb in verbs} | {EVERYTHING}


def scope_label(scope: str) -> str:
    """A scope in words: 「看表」, 「报送的表：全部」, 「查看全部」; itself where it is none there is (any more)."""
    subject, _, verb = scope.partition(".")
    if scope in ACTION_WORDS:
        return ACTION_WORDS[scope]
    if scope == EVERYTHING:
        return "本人能办的全部"
    if scope == ALL_READING:
        return "查看全部"
    if verb == "*" and subject in SUBJECT_WORDS:
        return f"{SUBJECT_WORDS[subject]}：全部"
    if subject == "*":
        same = [words for action, words in ACTION_WORDS.items() if action.partition(".")[2] == verb]
        return "、".join(same) or scope
    return scope


def scopes_in_words(scopes: Sequence[str]) -> str:
    """What a token is good for, for a list."""
    return "、".join(scope_label(one) for one in scopes)


def scope_groups(may: Callable[[str], bool]) -> list[ScopeGroup]:
    """The scopes somebody can use, by subject in the order of work."""
    found = []
    for subject, title in SUBJECT_WORDS.items():
        actions = [one for one in ACTIONS if one.partition(".")[0] == subject and may(one)]
        if actions:
            named = [(one, ACTION_WORDS[one]) for one in in_order(actions)]
            found.append(ScopeGroup(title, f"{subject}.*", named))
    return found
