"""PDF: our whole read of a plan against pdfplumber's own extraction of it, a scan against rapidocr's own page time."""

from __future__ import annotations

import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from jixiao.readers import read_bytes
from jixiao.readers.office import soffice
from jixiao.readers.scan.engine import is_installed

COUNTY = Path(__file__).parent.parent / "examples" / "county" / "files"
ROUNDS = 3
MOST = 1.5
"""Reading a PDF with words may take this many times what pdfplumber takes to extract its tables"""
MOST_SCAN = 1.2
"""Reading a scanned page may take this many times what rapidocr takes for it"""


def pdf() -> bool:
    """Whether reading PDF files meets the bars; True, and told, where what it needs is not installed."""
    program = soffice()
    if program is None:
        print("pdf: skipped, LibreOffice is not installed")
        return True
    with tempfile.TemporaryDirectory() as folder:
        files = to_pdf(program, sorted(COUNTY.glob("*.docx")), Path(folder))
        met = all(_words(file.read_bytes()) for file in files)
        return _scan(files[0].read_bytes()) and met


def to_pdf(program: str, files: Sequence[Path], folder: Path) -> list[Path]:
    """Files converted by LibreOffice, in their order."""
    folder.mkdir(exist_ok=True)
    names = []
    for n, file in enumerate(files):  # plain names: LibreOffice takes its output's name from them
        (folder / f"{n}{file.suffix}").write_bytes(file.read_bytes())
        names.append(str(folder / f"{n}{file.suffix}"))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    subprocess.run(
        [program, "--headless", profile, "--convert-to", "pdf", "--outdir", str(folder), *names],
        check=True,
        capture_output=True,
        timeout=300,
    )
    return [folder / f"{n}.pdf" for n in range(len(files))]


def _words(data: bytes) -> bool:
    import io

    import pdfplumber

    def plumber() -> None:
        with pdfplumber.open(io.BytesIO(data)) as document:
            for page in document.pages:
                page.extract_tables()

    theirs, ours = _fastest(plumber, lambda: read_bytes(data, "x.pdf"))
    return _tell(f"pdf, {len(data) // 1024} kB: pdfplumber", theirs, ours, MOST)


def _scan(data: bytes) -> bool:
    if not is_installed():
        print("scan: skipped, the part ocr is not installed (make ocr)")
        return True
    import io

    import numpy as np
    import pypdfium2
    from PIL import Image
    from rapidocr import RapidOCR

    with pypdfium2.PdfDocument(data) as document:
        page = document[len(document) // 2]
        grey = page.render(scale=200 / 72, grayscale=True).to_pil().convert("L")
    out = io.BytesIO()
    grey.save(out, "PNG")
    engine = RapidOCR(params={"Global.log_level": "error"})
    colour = np.asarray(Image.merge("RGB", [grey] * 3))
    theirs, ours = _fastest(lambda: engine(colour), lambda: read_bytes(out.getvalue(), "x.png"))
    return _tell("scanned page: rapidocr", theirs, ours, MOST_SCAN)


def _fastest(*functions: Callable[[], object]) -> list[float]:
    """The shortest of some runs of each function, in seconds, taken in turn."""
    best = [float("inf")] * len(functions)
    for _ in range(ROUNDS):
        for n, function in enumerate(functions):
            start = time.perf_counter()
            function()
            best[n] = min(best[n], time.perf_counter() - start)
    return best


def _tell(what: str, theirs: float, ours: float, most: float) -> bool:
    ratio = ours / theirs
    verdict = "met" if ratio <= most else "MISSED"
    print(f"{what} alone {theirs:.2f} s, read {ours:.2f} s, ratio {ratio:.2f}   bar ≤ {most}  {verdict}")
    return ratio <= most
