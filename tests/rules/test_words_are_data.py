"""Words that decide are data with a source, which a locality can add to: no list of Chinese words in rules and readings.

Patterns of grammar stay in the code: digits, dates, brackets, signs.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import jixiao

SOURCE = Path(jixiao.__file__).parent
CHINESE = re.compile(r"[\u4e00-\u9fff]")
ALTERNATIVES = re.compile(r"[\u4e00-\u9fff]{2,}\)?\|")
"""words, not single characters of numbers and dates, one or the other of which is met"""

GRAMMAR = {
    "readings/past.py": "“了”“的”",
    "rules/completeness/purpose.py": "开头的年度和“用于”",
}
"""files that hold such lists, and what they are"""


def lists_of_words(code: str) -> Iterator[str]:
    """The lists of words and the patterns of alternative words in a module."""
    for node in ast.walk(ast.parse(code)):
        items: list[ast.expr] = []
        if isinstance(node, ast.Tuple | ast.List | ast.Set):
            items = node.elts
        elif isinstance(node, ast.Dict):
            items = [key for key in node.keys if key is not None]
        if sum(_is_word(item) for item in items) > 1:
            yield f"{node.lineno}: {ast.unparse(node)[:100]}"
        if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("re."):
            words = "".join(str(n.value) for n in ast.walk(node) if isinstance(n, ast.Constant))
            if ALTERNATIVES.search(words):
                yield f"{node.lineno}: {words[:100]}"


def _is_word(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and CHINESE.search(node.value) is not None


def test_words_that_decide_stand_in_yaml() -> None:
    found = {}
    for folder in ("readings", "rules"):
        for file in sorted((SOURCE / folder).rglob("*.py")):
            if lists := list(lists_of_words(file.read_text(encoding="utf-8"))):
                found[file.relative_to(SOURCE).as_posix()] = lists
    assert {name: lists for name, lists in found.items() if name not in GRAMMAR} == {}
    assert GRAMMAR.keys() - found.keys() == set(), "these files hold no such lists any more: take them off"


def test_the_search_sees_lists_and_patterns() -> None:
    assert list(lists_of_words('WORDS = ("合格率", "完成率")')) == ["1: ('合格率', '完成率')"]
    assert list(lists_of_words('RATES = re.compile(r"(?:合格率|完成率)$")'))
    assert not list(lists_of_words('DAY = re.compile(r"\\d+月(?:底|末)?")'))
