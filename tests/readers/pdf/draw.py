"""A small PDF writer for tests: words in a Chinese font that is named, not embedded, and straight lines.

Coordinates are points from the upper left corner. A Chinese character is as wide as its size, a Latin one half.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field

WIDTH, HEIGHT = 595.0, 842.0


def ems(text: str) -> float:
    """The width of words in characters."""
    return sum(0.5 if " " <= c <= "~" else 1.0 for c in text)


@dataclass
class Sheet:
    """A page being drawn."""

    rotate: int = 0
    width: float = WIDTH
    height: float = HEIGHT
    parts: list[str] = field(default_factory=list)
    picture: tuple[int, int, bytes] | None = None
    """width and height in pixels and grey values of an image that fills the page"""

    def text(self, x: float, base: float, words: str, size: float = 10, turn: str = "1 0 0 1") -> None:
        code = words.encode("utf-16-be").hex()
        self.parts.append(f"BT /F1 {size} Tf {turn} {x:.2f} {self.height - base:.2f} Tm <{code}> Tj ET")

    def line(self, x0: float, y0: float, x1: float, y1: float) -> None:
        self.parts.append(f"0.5 w {x0:.2f} {self.height - y0:.2f} m {x1:.2f} {self.height - y1:.2f} l S")

    def bar(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """A filled rectangle."""
        self.parts.append(f"{x0:.2f} {self.height - y1:.2f} {x1 - x0:.2f} {y1 - y0:.2f} re f")

    def box(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """A rectangle of which the sides are drawn."""
        self.parts.append(f"0.5 w {x0:.2f} {self.height - y1:.2f} {x1 - x0:.2f} {y1 - y0:.2f} re S")

    def cell(self, x0: float, y0: float, x1: float, y1: float, *lines: str, size: float = 10, pad: float = 4) -> None:
        """A box with words from its upper left corner."""
        self.box(x0, y0, x1, y1)
        for n, words in enumerate(lines):
            self.text(x0 + pad, y0 + pad + (n + 1) * 1.3 * size - 0.3 * size, words, size)


def pdf(*sheets: Sheet, trailer: str = "") -> bytes:
    """The file. ``trailer`` is added to its dictionary."""
    bodies: list[bytes] = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    fonts = (
        b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>",
        (
            b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /W [1 95 500]"
            b" /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /FontDescriptor 5 0 R >>"
        ),
        (
            b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 4 /FontBBox [0 -120 1000 880] /ItalicAngle 0"
            b" /Ascent 880 /Descent -120 /CapHeight 880 /StemV 90 >>"
        ),
    )
    bodies += fonts
    kids = []
    for sheet in sheets:
        kids.append(len(bodies) + 1)
        content = "\n".join(sheet.parts)
        images = b""
        if sheet.picture is not None:
            content = f"q {sheet.width} 0 0 {sheet.height} 0 0 cm /I1 Do Q\n{content}"
            images = b"/XObject << /I1 %d 0 R >>" % (len(bodies) + 3)
        bodies.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %g %g] /Rotate %d /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R >> %s >> >>"
            % (sheet.width, sheet.height, sheet.rotate, len(bodies) + 2, images)
        )
        bodies.append(_stream(b"", content.encode()))
        if sheet.picture is not None:
            width, height, grey = sheet.picture
            head = b"/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray /BitsPerComponent 8"
            bodies.append(_stream(head % (width, height), grey))
    bodies[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (
        len(kids),
        b" ".join(b"%d 0 R" % k for k in kids),
    )
    return _file(bodies, trailer.encode())


def _stream(head: bytes, data: bytes) -> bytes:
    packed = zlib.compress(data)
    return b"<< %s /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (head, len(packed), packed)


def _file(bodies: list[bytes], trailer: bytes) -> bytes:
    out = bytearray(b"%PDF-1.7\n")
    starts = []
    for n, body in enumerate(bodies, 1):
        starts.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (n, body)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1)
    out += b"".join(b"%010d 00000 n \n" % start for start in starts)
    out += b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (len(bodies) + 1, trailer, table)
    return bytes(out)
