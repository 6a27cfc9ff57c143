"""Which outputs there are. Every module of ``outputs`` declares its own through the ``writer`` decorator."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, Generic, TypeVar

from jixiao.domain.plan import Plan
from jixiao.writers.reviewed import Batch, Reviewed

T = TypeVar("T", bound=Plan | Reviewed | Batch)
Write = TypeVar("Write", bound=Callable[..., bytes])


@dataclass(frozen=True, slots=True)
class Writer(Generic[T]):
    """An output: the ``name`` calls give it, the ``suffix`` of its files, what it is written ``of``, and the function.

    The same value gives the same bytes. ``asked``: it is written only where somebody asks for it by name, and it is
    read again like any other document. Data is written in the newest of ``schemas``, oldest first, or in another on
    request.
    """

    name: str
    suffix: str
    of: type[T]
    write: Callable[..., bytes]
    asked: bool = False
    schemas: tuple[str, ...] = ()

    def written(self, value: T, schemas: Sequence[str] = ()) -> bytes:
        """The bytes of the output, as data of the last of ``schemas`` that it knows, where any."""
        asked = [schema for schema in schemas if schema in self.schemas]
        return self.write(value, asked[-1]) if asked else self.write(value)

    def file_name(self, stem: str = "") -> str:
        """``甲局.审核意见.docx`` for the stem 甲局; of a batch there is one file, without a stem."""
        return self.suffix if self.of is Batch else f"{stem}.{self.suffix}"

    def wrote(self, file_name: str) -> bool:
        """Whether a file is called as one of this output is."""
        return file_name.endswith(self.suffix if self.of is Batch else f".{self.suffix}")


_REGISTER: dict[str, Writer[Any]] = {}


def writer(
    name: str, suffix: str, of: type[T], *, asked: bool = False, schemas: tuple[str, ...] = ()
) -> Callable[[Write], Write]:
    """Register a function as the writer of an output. Raises ValueError on a name or suffix that is taken."""

    def register(write: Write) -> Write:
        if any(name == other.name or suffix == other.suffix for other in _REGISTER.values()):
            raise ValueError(f"there is an output {name} or files {suffix} already")
        _REGISTER[name] = Writer(name, suffix, of, write, asked, schemas)
        return write

    return register


@cache
def writers() -> tuple[Writer[Any], ...]:
    """Every output, in the order of names."""
    package = import_module("jixiao.writers.outputs")
    for module in iter_modules(package.__path__):
        import_module(f"{package.__name__}.{module.name}")
    return tuple(_REGISTER[name] for name in sorted(_REGISTER))


def writers_of(of: type[T]) -> tuple[Writer[T], ...]:
    """The outputs written of every plan, reviewed plan, or batch."""
    return tuple(found for found in formats_of(of) if not found.asked)


def formats_of(of: type[T]) -> tuple[Writer[T], ...]:
    """Everything that can be written of a plan, a reviewed plan or a batch."""
    return tuple(found for found in writers() if found.of is of)


def writer_named(name: str) -> Writer[Any]:
    """The output of a name. Raises KeyError where there is none."""
    writers()
    return _REGISTER[name]
