"""What apps above find of sheets beside the rules of the program: one place where it joins their review.

``@found_besides`` registers a function when its app starts. What it finds is marked, explained, counted and asked for like any
finding of a rule.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from jixiao.domain.finding import Finding, Review
from jixiao.domain.plan import Plan
from jixiao.web.goals.models import Sheet
from jixiao.web.kernel.people import Actor

Besides = Callable[[Actor, Sequence[Sheet], Mapping[int, Plan]], Mapping[int, Sequence[Finding]]]
"""Of who asks, sheets of one department and year, what they say by key: findings by key"""
_ALL: list[Besides] = []


def found_besides(function: Besides) -> Besides:
    """Register what finds more."""
    if function not in _ALL:
        _ALL.append(function)
    return function


def joined(
    actor: Actor, sheets: Sequence[Sheet], plans: Mapping[int, Plan], reviews: Mapping[int, Review]
) -> dict[int, Review]:
    """The reviews of sheets, by key, with what was found beside the rules."""
    found = dict(reviews)
    for function in _ALL:
        for key, findings in function(actor, sheets, plans).items():
            if findings and key in found:
                found[key] = replace(found[key], findings=(*found[key].findings, *findings))
    return found
