"""One door to read 「数据权限」: a queryset answers only after ``restrict`` said for whom and what for.

Asking without it raises ``UnrestrictedError``; code that has to see everything (migrations of data, jobs of the system,
checks) says so with ``unrestricted`` and why.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, Protocol, Self, TypeVar

from django.db import models

from jixiao.web.kernel.reach import Paths, Reach

if TYPE_CHECKING:
    _Base = models.QuerySet

M = TypeVar("M", bound=models.Model)

_OPEN: ContextVar[str] = ContextVar("jixiao_open_door", default="")


class Person(Protocol):
    """Who asks: somebody whose reach for an action is known."""

    def reach(self, action: str) -> Reach: ...


class UnrestrictedError(RuntimeError):
    """A bug: data with rights was asked for without saying for whom."""


@contextmanager
def open_door(why: str) -> Iterator[None]:
    """Inside, querysets need no ``restrict``: for Django's own look-ups (uniqueness, deleting), not for answers to people."""
    token = _OPEN.set(why)
    try:
        yield
    finally:
        _OPEN.reset(token)


class RestrictedQuerySet(models.QuerySet[M]):
    """Refuses to answer until it was restricted."""

    _restricted = False

    def restrict(self, who: Person, action: str) -> Self:
        """The rows that ``who`` may do ``action`` with."""
        paths: Paths = self.model.paths  # type: ignore[attr-defined]  # every model behind the door has them
        condition = who.reach(action).condition(paths)
        found = self.none() if condition is None else self.filter(condition)
        found._restricted = True
        return found

    def unrestricted(self, why: str) -> Self:
        """All rows; ``why`` is for the one who reads the code."""
        if not why:
            raise ValueError("say why")
        found = self.all()
        found._restricted = True
        return found

    def _clone(self) -> Self:
        found: Self = super()._clone()  # type: ignore[misc]
        found._restricted = self._restricted
        return found

    def _check(self) -> None:
        if not self._restricted and not _OPEN.get():
            raise UnrestrictedError(f"{self.model.__name__}: restrict(user, action) first")

    def _fetch_all(self) -> None:
        self._check()
        super()._fetch_all()

    def iterator(self, chunk_size: int | None = None) -> Iterator[M]:
        self._check()
        return super().iterator(chunk_size)

    def count(self) -> int:
        self._check()
        return super().count()

    def exists(self) -> bool:
        self._check()
        return super().exists()

    def aggregate(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        self._check()
        return super().aggregate(*args, **kwargs)

    def update(self, **kwargs: Any) -> int:
        self._check()
        return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        self._check()
        return super().delete()

    def explain(self, *, format: str | None = None, **options: Any) -> str:  # noqa: A002 - Django's name
        self._check()
        return super().explain(format=format, **options)


class Restricted(models.Model):
    """A model behind the door. ``paths`` say where it hangs; ``personal`` names fields that audit entries mask."""

    paths: Paths
    personal: frozenset[str] = frozenset()
    fiscal: tuple[str, str] | None = None
    """Of rows that belong to a fiscal year: where its number and where the region stand (``unit__region_id``)"""
    label_field: str = "name"

    objects = models.Manager.from_queryset(RestrictedQuerySet)()

    class Meta:
        abstract = True

    @property
    def label(self) -> str:
        """What people call it, for audit entries and messages."""
        return str(getattr(self, self.label_field, "") or self.pk)

    def __str__(self) -> str:
        return self.label
