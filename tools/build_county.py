"""Builds the files of the example county from their content: ``python -m tools.build_county``.

The same content gives the same bytes. Writes ``examples/county/files/*`` and ``examples/county/README.md``.
"""

from __future__ import annotations

from collections.abc import Callable

from tools.county.content import COUNTY, FILES, Department, departments
from tools.county.excel import workbook_of_worksheets, workbook_stacked
from tools.county.readme import readme
from tools.county.text import tab_indented, tab_separated
from tools.county.word import word_file

_BUILDERS: dict[str, Callable[[Department], bytes]] = {
    "agriculture": workbook_of_worksheets,
    "culture": tab_indented,
    "education": lambda d: word_file(d, two_tables=False),
    "employment": tab_separated,
    "health": lambda d: word_file(d, two_tables=True),
    "housing": workbook_stacked,
    "transport": lambda d: word_file(d, two_tables=False),
}


def build() -> dict[str, bytes]:
    """Every file by its path under ``examples/county``."""
    plans = departments()
    files = {f"files/{d.file}": _BUILDERS[d.slug](d) for d in plans}
    files["README.md"] = readme(plans).encode("utf-8")
    return files


def main() -> None:
    FILES.mkdir(parents=True, exist_ok=True)
    built = build()
    for old in FILES.iterdir():
        if f"files/{old.name}" not in built:
            old.unlink()
    for path, data in built.items():
        (COUNTY / path).write_bytes(data)
        print(path, len(data))


if __name__ == "__main__":
    main()
