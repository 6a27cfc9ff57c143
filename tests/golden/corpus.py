"""All golden documents: files kept as they are, and cases in YAML written in their formats."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from golden.render import WRITERS, load_case

HERE = Path(__file__).parent
EXPECTED = ".plan.json"


@dataclass(frozen=True, slots=True)
class Golden:
    """A document: its name as read, its bytes, where what is expected stands, whether places are compared too."""

    name: str
    data: bytes
    expected: Path
    places: bool


def documents() -> Iterator[Golden]:
    for file in sorted((HERE / "files").iterdir()):
        if not file.name.endswith(EXPECTED):
            yield Golden(file.name, file.read_bytes(), file.with_name(file.name + EXPECTED), places=True)
    for file in sorted((HERE / "forms").glob("*.yaml")):
        case = load_case(file)
        for form in case.formats:
            name = f"{file.stem}.{form}"
            yield Golden(name, WRITERS[form](case.blocks), file.with_name(name + EXPECTED), case.places)
