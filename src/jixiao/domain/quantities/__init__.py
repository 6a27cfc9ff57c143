"""One language of quantities: how cells, prose, names and formulas say how much, how many and by when."""

from jixiao.domain.quantities.alone import NumberAlone, number_alone
from jixiao.domain.quantities.parser import parse
from jixiao.domain.quantities.tree import (
    Bracketed,
    Formula,
    Moment,
    Node,
    OtherWords,
    PartKind,
    Quantity,
    QuantityPart,
    Tree,
    UnitName,
)

__all__ = [
    "Bracketed",
    "Formula",
    "Moment",
    "Node",
    "NumberAlone",
    "OtherWords",
    "PartKind",
    "Quantity",
    "QuantityPart",
    "Tree",
    "UnitName",
    "number_alone",
    "parse",
]
