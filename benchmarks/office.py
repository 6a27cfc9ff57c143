"""Old Word files: reading a batch of .doc against what LibreOffice itself takes to convert them in one call."""

from __future__ import annotations

import subprocess
import tempfile
import time
from pathlib import Path

from jixiao.readers import UnreadableFileError
from jixiao.readers.office import soffice
from jixiao.services.batch import run_batch
from jixiao.services.files import Document
from jixiao.services.reading import plan_file

COUNTY = Path(__file__).parent.parent / "examples" / "county" / "files"
COPIES = 8
"""Of each .docx of the example county: enough files that starting up does not decide"""
ROUNDS = 2
MOST = 1.1
"""Reading .doc files may take this many times what LibreOffice takes to convert them"""


def office() -> bool:
    """Whether reading a batch of .doc meets the bar; True, and told, where LibreOffice is not installed."""
    program = soffice()
    if program is None:
        print("office: skipped, LibreOffice is not installed")
        return True
    with tempfile.TemporaryDirectory() as folder:
        files = _old_files(program, Path(folder))
        alone, ours = [], []
        for n in range(ROUNDS):
            start = time.perf_counter()
            _convert(program, "docx", Path(folder, f"alone{n}"), files)
            middle = time.perf_counter()
            _read(files)
            alone.append(middle - start)
            ours.append(time.perf_counter() - middle)
    ratio = min(ours) / min(alone)
    print(
        f"office: {len(files)} .doc files, LibreOffice alone {min(alone):.2f} s, read {min(ours):.2f} s, ratio {ratio:.2f}"
        f"   bar ≤ {MOST}  {'met' if ratio <= MOST else 'MISSED'}"
    )
    return ratio <= MOST


def _old_files(program: str, folder: Path) -> list[Path]:
    """The county's .docx files as .doc, several copies of each."""
    converted = _convert(program, "doc", folder / "doc", sorted(COUNTY.glob("*.docx")))
    files = []
    for file in converted:
        for n in range(COPIES):
            copy = file.with_name(f"{n}-{file.name}")
            copy.write_bytes(file.read_bytes())
            files.append(copy)
    return files


def _convert(program: str, target: str, output: Path, files: list[Path]) -> list[Path]:
    """One call, with a profile of its own that is new, as for somebody who does it by hand."""
    profile = output.parent / f"profile-{output.name}"
    arguments = [
        "--headless",
        f"-env:UserInstallation={profile.as_uri()}",
        "--convert-to",
        target,
        "--outdir",
        str(output),
    ]
    subprocess.run([program, *arguments, *map(str, files)], check=True, capture_output=True)
    return sorted(output.iterdir())


def _read(files: list[Path]) -> None:
    results = dict(run_batch(plan_file, [Document(f, f.name) for f in files], isolate=True))
    unread = [r for r in results.values() if isinstance(r, UnreadableFileError)]
    assert len(results) == len(files), "every file has an answer"
    assert not unread, unread
