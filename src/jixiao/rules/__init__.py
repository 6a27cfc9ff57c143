"""The rules, a folder per family, named by the letter of its codes. Importing this package registers them all; ``RULES``
is the list by code.
"""

from importlib import import_module
from pkgutil import walk_packages

from jixiao.review.rule import registered

__all__ = ["FAMILIES", "RULES"]

FAMILIES = {
    "A": "results",
    "C": "completeness",
    "D": "departments",
    "G": "goals",
    "K": "indicators",
    "L": "language",
    "M": "money",
    "N": "numbers",
    "R": "scales",
    "S": "structure",
    "V": "targets",
}
"""The folder of each letter; X is for localities."""

for _module in walk_packages(__path__, f"{__name__}."):
    import_module(_module.name)

RULES = registered()
