"""Printed pages as a scanner or a telephone sees them: resolution, skew, grey, noise, compression, a seal."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Seal:
    """A red seal: its middle in shares of the page, its width in millimetres, its colour."""

    x: float
    y: float
    width: float = 42
    colour: tuple[int, int, int] = (220, 40, 40)
    height: float = 0.0
    """of an oval one; 0: round"""
    strength: float = 0.85
    """how much of the paper's light its ink takes away"""


@dataclass(frozen=True, slots=True)
class Scan:
    """How a page is scanned. ``quality`` is that of JPEG, 0 for none; ``noise`` of 255, ``blur`` in pixels."""

    name: str
    dpi: int = 200
    skew: float = 0.0
    grey: bool = True
    quality: int = 0
    noise: float = 0.0
    blur: float = 0.0
    paper: int = 255
    ink: int = 0
    seals: tuple[Seal, ...] = ()
    unseen: bool = False


SCANS = (
    Scan("200 dpi"),
    Scan("150 dpi, JPEG", dpi=150, quality=75),
    Scan("300 dpi, askew", dpi=300, skew=0.7, noise=4),
    Scan("200 dpi, grey paper, askew", skew=-1.2, noise=6, paper=225, ink=60, quality=60),
    Scan("200 dpi, blurred, colour", grey=False, blur=0.8, quality=70, skew=0.3, unseen=True),
    Scan("150 dpi, askew, pale", dpi=150, skew=-0.5, ink=90, unseen=True),
    Scan("seal over the table", grey=False, quality=85, seals=(Seal(0.7, 0.4),)),
    Scan("two seals", grey=False, quality=80, seals=(Seal(0.3, 0.3, 38), Seal(0.65, 0.55, 45, (200, 30, 60)))),
    Scan("dark oval seal", grey=False, seals=(Seal(0.5, 0.35, 45, (170, 20, 30), height=30),), unseen=True),
    Scan(
        "pale seal, 300 dpi", dpi=300, grey=False, quality=80, seals=(Seal(0.6, 0.3, 40, (235, 110, 110)),), unseen=True
    ),
)


def scanned(pdf: Path, scan: Scan) -> bytes:
    """The pages of a PDF as a PDF of images or, where there is one page, as .jpg or .png."""
    import pypdfium2

    with pypdfium2.PdfDocument(pdf) as document:
        drawn = [document[n].render(scale=scan.dpi / 72).to_pil().convert("RGB") for n in range(len(document))]
    pages = [_page(image, scan, n) for n, image in enumerate(drawn)]
    out = io.BytesIO()
    if len(pages) > 1:
        pages[0].save(
            out, "PDF", save_all=True, append_images=pages[1:], resolution=scan.dpi, quality=scan.quality or 95
        )
    elif scan.quality:
        pages[0].save(out, "JPEG", quality=scan.quality)
    else:
        pages[0].save(out, "PNG")
    return out.getvalue()


def _page(image: Any, scan: Scan, number: int) -> Any:
    import numpy as np
    from PIL import Image, ImageFilter

    if (scan.paper, scan.ink) != (255, 0):
        image = image.point([round(scan.ink + v * (scan.paper - scan.ink) / 255) for v in range(256)] * 3)
    for seal in scan.seals:
        image = _sealed(image, seal, scan.dpi)
    if scan.skew:
        paper = (scan.paper,) * 3
        image = image.rotate(scan.skew, resample=Image.Resampling.BICUBIC, fillcolor=paper)
    if scan.blur:
        image = image.filter(ImageFilter.GaussianBlur(scan.blur))
    if scan.noise:
        random = np.random.default_rng(number)
        pixels = np.asarray(image, dtype=np.float32)
        dirt = random.normal(0, scan.noise, pixels.shape[:2]).astype(np.float32)[:, :, None]
        image = Image.fromarray((pixels + dirt).clip(0, 255).astype("uint8"))
    return image.convert("L") if scan.grey else image


def _sealed(image: Any, seal: Seal, dpi: int) -> Any:
    """The page with a seal pressed on it: ring, star, words around; its ink darkens what is printed under it."""
    from PIL import Image, ImageChops, ImageDraw

    mm = dpi / 25.4
    width, height = round(seal.width * mm), round((seal.height or seal.width) * mm)
    layer = Image.new("RGB", image.size, "white")
    draw = ImageDraw.Draw(layer)
    x, y = round(seal.x * image.width), round(seal.y * image.height)
    box = (x - width // 2, y - height // 2, x + width // 2, y + height // 2)
    shade = tuple(round(255 - (255 - c) * seal.strength) for c in seal.colour)
    draw.ellipse(box, outline=shade, width=round(1.2 * mm))
    _star(draw, x, y, round(min(width, height) * 0.17), shade)
    _around(layer, x, y, width, height, shade, mm)
    return ImageChops.multiply(image, layer)


def _star(draw: Any, x: int, y: int, radius: int, shade: tuple[int, ...]) -> None:
    import math

    points = []
    for n in range(10):
        far = radius if n % 2 == 0 else radius * 0.4
        angle = math.pi * (n / 5 - 0.5)
        points.append((x + far * math.cos(angle), y + far * math.sin(angle)))
    draw.polygon(points, fill=shade)


def _around(layer: Any, x: int, y: int, width: int, height: int, shade: tuple[int, ...], mm: float) -> None:
    """The words of a seal along its ring."""
    import math

    from PIL import Image, ImageDraw, ImageFont

    words = "清源县财政局预算绩效专用章"
    font = ImageFont.truetype(chinese_font(), round(4.2 * mm))
    for n, word in enumerate(words):
        angle = math.pi * (0.83 + 1.34 * n / (len(words) - 1))
        tile = Image.new("L", (round(6 * mm), round(6 * mm)), 0)
        ImageDraw.Draw(tile).text((round(0.8 * mm), 0), word, font=font, fill=255)
        tile = tile.rotate(-math.degrees(angle) - 90, resample=Image.Resampling.BICUBIC)
        px = x + 0.78 * width / 2 * math.cos(angle) - tile.width / 2
        py = y + 0.78 * height / 2 * math.sin(angle) - tile.height / 2
        layer.paste(shade, (round(px), round(py)), tile)


def chinese_font() -> str:
    """A Chinese font of this machine."""
    found: Sequence[Path] = sorted(Path("/usr/share/fonts").rglob("NotoSansCJK-Regular.ttc"))
    assert found, "no Chinese font is installed"
    return str(found[0])
