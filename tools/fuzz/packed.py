"""Mutations of files that hold other things: zip archives, PDF objects, the records of old workbooks, images."""

from __future__ import annotations

import io
import re
import struct
import warnings
import zipfile
import zlib
from random import Random

from tools.fuzz.tree import mutate_tree
from tools.fuzz.written import mutate_bytes, mutate_list, mutate_markup, mutate_text

_WELL_FORMED = 0.85
"""Share of XML parts that are mutated as trees: others mostly end at the first parser"""
_XML = (".xml", ".rels", ".html", ".vml")
_OBJECT = re.compile(rb"\d+ 0 obj\b.*?endobj\n?", re.DOTALL)
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_PDF_TOKEN = re.compile(rb"/[A-Za-z]+|-?\d+\.?\d*|<<|>>|\[|\]|<[0-9a-fA-F]*>|[A-Za-z*]+|\s+|.", re.DOTALL)
_PDF_WORDS = (
    *(
        b"0",
        b"-1",
        b"1e9",
        b"99999999999",
        b"0.0001",
        b"null",
        b"true",
        b"/Type",
        b"[",
        b"]",
        b"<<",
        b">>",
        b"q",
        b"Q",
        b"BT",
    ),
    *(
        b"ET",
        b"re",
        b"f",
        b"S",
        b"cm",
        b"Tm",
        b"0 0 0 0 0 0 cm",
        b"1 0 R",
        b"2 0 R",
        b"9 0 R",
        b"<ffff>",
        b"/Rotate 45",
    ),
)
_BIFF_HEAD = 4
"""Bytes of kind and length before a record's own"""


def mutate_zip(data: bytes, random: Random) -> bytes:
    """Parts of an archive: XML by tokens, others by bytes; parts doubled, renamed, taken out; sometimes raw bytes."""
    if random.random() < 0.1:
        return mutate_bytes(data, random)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = [(info.filename, archive.read(info)) for info in archive.infolist()]
    except Exception:
        return mutate_bytes(data, random)
    if not parts:
        return mutate_bytes(data, random)
    for _ in range(random.choice((1, 1, 2))):
        n = max(range(len(parts)), key=lambda k: random.random() * (1 + len(parts[k][1])))
        name, content = parts[n]
        match random.randrange(10):
            case 0:
                mutate_list(parts, random)
                parts = parts[:50] or [(name, content)]
            case 1:
                parts[n] = (random.choice(parts)[0], content)
            case 2:
                parts[n] = (name, mutate_bytes(content, random))
            case _:
                if name.endswith(_XML):
                    change = mutate_tree if random.random() < _WELL_FORMED else mutate_markup
                else:
                    change = mutate_text if name.endswith(".txt") else mutate_bytes
                parts[n] = (name, change(content, random))
    out = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # two parts of one name are what is wanted
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            for name, content in parts:
                archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def mutate_pdf(data: bytes, random: Random) -> bytes:
    """Objects of a PDF: tokens of dictionaries and of drawings, objects moved or gone; mostly with a right table of places."""
    objects = _OBJECT.findall(data)
    if not objects or random.random() < 0.1:
        return mutate_bytes(data, random)
    trailer = (
        data[data.rfind(b"trailer") : data.rfind(b"startxref")]
        if b"startxref" in data
        else b"trailer\n<< /Root 1 0 R >>\n"
    )
    for _ in range(random.choice((1, 1, 2, 4))):
        n = random.randrange(len(objects))
        if random.random() < 0.15:
            mutate_list(objects, random)
            objects = objects[:200] or [b""]
        elif (m := _STREAM.search(objects[n])) and random.random() < 0.8:
            objects[n] = objects[n][: m.start(1)] + _drawing(m[1], random) + objects[n][m.end(1) :]
        else:
            objects[n] = _tokens(objects[n], random)
    return _with_places(objects, trailer, wrong=random.random() < 0.1)


def _with_places(objects: list[bytes], trailer: bytes, *, wrong: bool) -> bytes:
    """The file with the table that says where each object begins."""
    out = bytearray(b"%PDF-1.7\n")
    starts: dict[int, int] = {}
    for body in objects:
        if m := re.match(rb"(\d{1,4}) 0 obj", body):
            starts[int(m[1])] = len(out) + wrong
        out += body
    table = len(out)
    size = max(starts, default=0) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size
    out += b"".join(b"%010d 00000 %s \n" % (starts.get(n, 0), b"n" if n in starts else b"f") for n in range(1, size))
    return bytes(out + trailer + b"startxref\n%d\n%%%%EOF\n" % table)


def _drawing(stream: bytes, random: Random) -> bytes:
    try:
        return zlib.compress(_tokens(zlib.decompress(stream), random), 1)
    except zlib.error:
        return mutate_bytes(stream, random)


def _tokens(data: bytes, random: Random) -> bytes:
    tokens = _PDF_TOKEN.findall(data)
    for _ in range(random.choice((1, 1, 3, 9))):
        if not tokens:
            break
        if random.random() < 0.4:
            mutate_list(tokens, random)
        else:
            tokens[random.randrange(len(tokens))] = random.choice(_PDF_WORDS)
    return b"".join(tokens)


def mutate_xls(data: bytes, random: Random) -> bytes:
    """Records of the workbook stream, in place: their payload, kind or stated length; or any bytes of the container."""
    start = data.find(bytes.fromhex("0908100000060500"))  # the workbook's first record
    if start < 0 or random.random() < 0.15:
        return mutate_bytes(data, random)
    records: list[tuple[int, int]] = []
    at = start
    while at + _BIFF_HEAD <= len(data):
        kind, size = struct.unpack_from("<HH", data, at)
        if (kind == 0 and size == 0) or at + _BIFF_HEAD + size > len(data):
            break
        records.append((at, size))
        at += _BIFF_HEAD + size
    out = bytearray(data)
    for _ in range(random.choice((1, 1, 2, 4))):
        at, size = random.choice(records)  # at least the one found above
        match random.randrange(4):
            case 0:
                other, _ = random.choice(records)
                out[at : at + 2] = data[other : other + 2]
            case 1:
                struct.pack_into("<H", out, at + 2, random.choice((0, 1, size + 1, max(0, size - 1), 8224, 65535)))
            case _ if size:
                for _ in range(random.choice((1, 2, 8))):
                    out[at + _BIFF_HEAD + random.randrange(size)] = random.choice(
                        (0, 1, 127, 128, 255, random.randrange(256))
                    )
    return bytes(out)
