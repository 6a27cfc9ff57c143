"""Mutations of XML that leave it well formed: elements moved, doubled, wrapped, renamed; attributes and words replaced."""

from __future__ import annotations

from copy import deepcopy
from random import Random
from typing import Any

from lxml import etree

from tools.fuzz.written import mutate_markup, some

_MOST_COPIES = 30
_DEEP = 200


def mutate_tree(data: bytes, random: Random) -> bytes:
    """The document changed; one that is not well formed goes to the token mutator."""
    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
    except (etree.XMLSyntaxError, ValueError):
        return mutate_markup(data, random)
    for _ in range(random.choice((1, 1, 2, 4, 8))):
        elements = list(root.iter(etree.Element))[1:]
        if not elements:
            break
        _change(random.choice(elements), elements, random)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def _change(element: Any, elements: list[Any], random: Random) -> None:
    parent = element.getparent()
    other = random.choice(elements)
    match random.randrange(8):
        case 0:
            parent.remove(element)
        case 1:
            for _ in range(random.choice((1, 1, 2, _MOST_COPIES))):
                element.addnext(deepcopy(element))
        case 2:
            other.append(deepcopy(element))
        case 3:
            element.tag = other.tag
        case 4:
            around = element
            for _ in range(random.choice((1, 2, _DEEP))):
                wrapper = etree.Element(other.tag)
                around.getparent().replace(around, wrapper)
                wrapper.append(around)
                around = wrapper
        case 5:
            _set(element, random.choice((*element.attrib, *other.attrib, "val")), random)
        case 6:
            element.text = _clean(some(random))
        case _:
            target = random.choice([e for e in elements if e.text] or elements)
            target.text = _clean((target.text or "") + some(random))


def _set(element: Any, name: str, random: Random) -> None:
    values = ("", "0", "-1", "1", "2", "9", "999999999", "1" * 30, "A1:XFD9", "Z0", "x", _clean(some(random)))
    element.set(name, random.choice(values))


def _clean(text: str) -> str:
    """Without what XML cannot hold."""
    return "".join(c for c in text if c >= " " or c in "\t\n")
