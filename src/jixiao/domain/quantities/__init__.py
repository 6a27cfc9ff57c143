"""One language of quantities: how cells, prose, names and formulas say how much, how many and by when."""

from jixiao.domain.quantities.amounts import Amount, amount
from jixiao.domain.quantities.parser import parse
from jixiao.domain.quantities.tree import (
    Bracketed,
    Formula,
    Moment,
    Node,
    Part,
    PartKind,
    Quantity,
    Tree,
    UnitName,
    Words,
)

__all__ = [
    "Amount",
    "Bracketed",
    "Formula",
    "Moment",
    "Node",
    "Part",
    "PartKind",
    "Quantity",
    "Tree",
    "UnitName",
    "Words",
    "amount",
    "parse",
]
