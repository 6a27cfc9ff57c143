"""Scanned pages for tests: ruled tables drawn with a Chinese font of this machine."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from needs import FONT

WIDTH, HEIGHT = 1654, 2339


class Paper:
    """A page of A4 at 200 dpi."""

    def __init__(self) -> None:
        from PIL import Image, ImageDraw

        self.image = Image.new("L", (WIDTH, HEIGHT), 255)
        self.draw = ImageDraw.Draw(self.image)

    def text(self, x: float, y: float, words: str, size: int = 29) -> None:
        from PIL import ImageFont

        assert FONT is not None
        self.draw.text((x, y), words, font=ImageFont.truetype(FONT, size), fill=0)

    def table(self, xs: Sequence[int], ys: Sequence[int], cells: dict[tuple[int, int, int, int], str]) -> None:
        """Cells by (row, column, row end, column end); lines of words parted by line ends."""
        for (r, c, r2, c2), words in cells.items():
            self.draw.rectangle((xs[c], ys[r], xs[c2], ys[r2]), outline=0, width=2)
            for n, line in enumerate(words.split("\n")):
                self.text(xs[c] + 10, ys[r] + 10 + 40 * n, line)

    def grey(self, turn: float = 0.0) -> Any:
        """The page as an array, perhaps askew."""
        import numpy as np

        return np.asarray(self.image.rotate(turn, fillcolor=255, resample=3))

    def file(self, form: str) -> bytes:
        import io

        out = io.BytesIO()
        self.image.save(out, form)
        return out.getvalue()
