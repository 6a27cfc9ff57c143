"""Signs and words of comparison are read in one place: no other module has a table or a pattern of them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import jixiao
from jixiao.domain.quantities.comparators import SIGN_CHARACTERS, bound_of, comparison

SOURCE = Path(jixiao.__file__).parent
HOME = SOURCE / "domain" / "quantities"

_PATTERN_CALLS = {"compile", "search", "match", "fullmatch", "sub", "subn", "split", "findall", "finditer"}
_SIGN = re.compile(rf"[{''.join(set(SIGN_CHARACTERS) - set('<>=《》'))}≧⩾≦⩽＞＜﹥﹤]")
"""signs that nothing else is written with: 《 is a title's"""
_PHRASES = re.compile(
    r"不(?:得|能|应)?(?:少于|低于|超过|高于|大于|小于|多于)|大于等于|小于等于|控制在|以上|以下|以内|之内"
)

ALLOWED = {
    "readers/page/repair.py": "what recognition makes of a sign, before anything is read",
    "readers/raw/symbols.py": "characters of symbol fonts",
    "domain/target.py": "how the contract's signs are printed",
    "parameters/store.py": "labels of parameters",
    "web/imports/heads.py": "lines of totals: 以上合计",
    "readers/sheets/contradictions.py": "a sign by which a number is told from an amount; nothing is compared by it",
}
"""Files with patterns or words of comparison, and why"""


def _constants(tree: ast.AST) -> Iterator[tuple[int, str, bool]]:
    """(line, text, whether it is a pattern) of every string constant that is no docstring."""
    nodes = list(ast.walk(tree))
    docs = {
        id(node.body[0].value)
        for node in nodes
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    patterns = {
        id(part)
        for call in nodes
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr in _PATTERN_CALLS
        for argument in call.args
        for part in ast.walk(argument)
    }
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node.lineno, node.value, id(node) in patterns


def _is_bound(word: str) -> bool:
    try:
        bound_of(word)
    except KeyError:
        return False
    return word != "内"


def _reads_comparisons(text: str, *, is_pattern: bool) -> bool:
    if is_pattern:
        return _SIGN.search(text) is not None or _PHRASES.search(text) is not None
    is_word = comparison(text) is not None or _is_bound(text)
    is_table = len(text) > 1 and all(_SIGN.fullmatch(c) for c in text)
    return (is_word and not set(text) <= set("<>=《》")) or is_table


def _offences(path: Path) -> list[str]:
    text = path.read_text(encoding="utf-8")
    name = path.relative_to(SOURCE).as_posix()
    said = name.startswith("web/")  # to people; only patterns read
    if said and not (_SIGN.search(text) or _PHRASES.search(text) or "\\" in text):
        return []  # as no string of it can be such a pattern, however written
    tree = ast.parse(text)
    return [
        f"{name}:{line}: {text}"
        for line, text, p in _constants(tree)
        if (p or not said) and _reads_comparisons(text, is_pattern=p)
    ]


def test_no_other_module_reads_comparisons() -> None:
    files = [path for path in SOURCE.rglob("*.py") if HOME not in path.parents]
    assert len(files) > 100
    found = [o for path in files if path.relative_to(SOURCE).as_posix() not in ALLOWED for o in _offences(path)]
    assert found == []


def test_the_exceptions_are_needed() -> None:
    assert [name for name in ALLOWED if not _offences(SOURCE / name)] == []


def test_a_table_elsewhere_would_be_met(tmp_path: Path) -> None:
    for line in ('re.compile(r"(?:≥|<=)\\d")', 'SIGNS = ("不少于", "至少")', 'WORDS = "≥≤"', 'text.endswith("以上")'):
        tree = ast.parse(line)
        assert any(_reads_comparisons(text, is_pattern=p) for _, text, p in _constants(tree)), line
    for line in ('print("至少要做到的，写“≥95%”。")', 'kind = "达标"', 'fold(text) == "="'):
        tree = ast.parse(line)
        assert not any(_reads_comparisons(text, is_pattern=p) for _, text, p in _constants(tree)), line
