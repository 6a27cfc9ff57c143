"""Parameters as rules read them: a key names one and says what it is; the data of a YAML file is held against that once."""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from decimal import Decimal
from functools import cache
from typing import Any, Generic, TypeVar, Union, cast, get_args, get_origin, get_type_hints

T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, eq=False)
class Key(Generic[T_co]):
    """The name of a parameter and the type of its value: a plain type, a tuple, a mapping or a dataclass of these.

    Two keys are never equal: a parameter has one, and looking values up by it costs no more than by an object.
    """

    name: str
    type: Any

    def read(self, value: Any) -> T_co:
        """The value of the data under this key. Raises MisfitError where the data has another shape."""
        return cast(T_co, shaped(value, self.type, self.name))


class MisfitError(ValueError):
    """Data of another shape than its key wants; the message says in Chinese where and what."""


def shaped(value: Any, want: Any, where: str) -> Any:
    """``value`` as ``want``. ``where`` is the place for the message: ``stray_words.share``."""
    origin = get_origin(want)
    if origin in (Union, types.UnionType):
        return None if value is None else shaped(value, next(a for a in get_args(want) if a is not type(None)), where)
    if is_dataclass(want):
        return _record(value, want, where)
    if origin is tuple:
        _must(isinstance(value, tuple | list), where, "列表", value)
        return tuple(shaped(v, get_args(want)[0], f"{where} 第 {n} 项") for n, v in enumerate(value, 1))
    if origin is Mapping:
        _must(isinstance(value, Mapping), where, "对照表", value)
        keys, values = get_args(want)
        return {shaped(k, keys, where): shaped(v, values, f"{where}.{k}") for k, v in value.items()}
    return _single(value, want, where)


def _record(value: Any, want: Any, where: str) -> Any:
    _must(isinstance(value, Mapping), where, "对照表", value)
    hints = _hints(want)
    needed = {f.name for f in fields(want) if f.default is MISSING and f.default_factory is MISSING}
    if unknown := value.keys() - hints.keys():
        raise MisfitError(f"{where} 没有“{'、'.join(sorted(map(str, unknown)))}”这一项")
    if missing := needed - value.keys():
        raise MisfitError(f"{where} 缺“{'、'.join(sorted(missing))}”")
    return want(**{name: shaped(v, hints[name], f"{where}.{name}") for name, v in value.items()})


@cache
def _hints(want: Any) -> Mapping[str, Any]:
    return get_type_hints(want)


_LABELS: Mapping[Any, tuple[tuple[type, ...], str]] = {
    bool: ((bool,), "true 或 false"),
    int: ((int,), "整数"),
    float: ((int, float), "数"),
    Decimal: ((int, float, str), "数"),
    str: ((str,), "文字"),
}


def _single(value: Any, want: Any, where: str) -> Any:
    accepted, label = _LABELS[want]
    _must(isinstance(value, accepted) and isinstance(value, bool) is (want is bool), where, label, value)
    if want is not Decimal:
        return value
    try:
        return Decimal(str(value))
    except ArithmeticError:
        raise MisfitError(f"{where} 应当是{label}，写的是“{value}”") from None


def _must(holds: bool, where: str, label: str, value: Any) -> None:  # noqa: FBT001 - the condition itself
    if not holds:
        raise MisfitError(f"{where} 应当是{label}，写的是“{value}”")
