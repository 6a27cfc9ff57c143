"""The rules, one file per family. Importing this package registers them all; ``RULES`` is the list by code."""

from importlib import import_module
from pkgutil import iter_modules

from jixiao.review.rule import registered

__all__ = ["RULES"]

for _family in iter_modules(__path__):
    import_module(f"{__name__}.{_family.name}")

RULES = registered()
