"""One test for many things of a kind: what must hold is asked of each, and every offender is reported at once."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, TypeVar

T = TypeVar("T")


def each(things: Iterable[T], name: Callable[[T], str] = str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """A decorator of a test: its first parameter takes every thing in turn, the others are fixtures as usual.

    Raises ExceptionGroup whose message names the offenders and which holds what failed of each. As fast as a loop,
    where ``pytest.mark.parametrize`` costs some milliseconds a thing: for hundreds of things that are quick to ask.
    """
    things = tuple(things)
    assert things, "nothing to test"

    def decorate(check: Callable[..., None]) -> Callable[..., None]:
        first, *others = inspect.signature(check).parameters.values()

        @wraps(check)
        def test(**fixtures: Any) -> None:
            failures: list[Exception] = []
            offenders: list[str] = []
            for thing in things:
                try:
                    check(**{first.name: thing}, **fixtures)
                except Exception as failure:  # reported below, with all others
                    failure.add_note(f"this was {name(thing)}")
                    failures.append(failure)
                    offenders.append(name(thing))
            if failures:
                raise ExceptionGroup(f"{len(offenders)} of {len(things)}: {', '.join(offenders)}", failures)

        test.__signature__ = inspect.Signature(others)  # type: ignore[attr-defined]
        return test

    return decorate
