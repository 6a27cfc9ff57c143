"""Value cells that hold more than one value."""

from __future__ import annotations

from functools import lru_cache

from jixiao.domain.quantities import OtherWords, Quantity, parse

_COMMAS = frozenset("，,、；;")


@lru_cache(maxsize=4096)
def is_list(text: str) -> bool:
    """Whether behind the value, after a comma, stands another value with another unit: 45个村，治理率达到55%.

    What stands in brackets tells of the value and is none of its own.
    """
    tree = parse(text)
    if len(tree.quantities) < 2:
        return False
    first: Quantity | None = None
    parted = False
    for node in tree.nodes:
        if isinstance(node, Quantity):
            if first is None:
                first = node
            elif not parted:
                return False
            elif node.unit and node.unit != first.unit:
                return True
        elif isinstance(node, OtherWords) and not parted:
            parted = not _COMMAS.isdisjoint(text[node.start : node.end])
            if parted and first is None:
                return False
    return False
