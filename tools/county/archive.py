"""Office files with the same bytes on every machine and every day."""

from __future__ import annotations

import io
import re
import zipfile

_STAMP = "2025-11-28T09:00:00Z"
_EPOCH = (2025, 11, 28, 9, 0, 0)
_DATES = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</dcterms:)")


def frozen(data: bytes) -> bytes:
    """The zip archive ``data`` with fixed dates, entries sorted by name and stored.

    Stored, because what deflate gives differs between zlib builds.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as new:
        names = sorted(old.namelist(), key=lambda n: (n != "[Content_Types].xml", n))
        for name in names:
            content = old.read(name)
            if name == "docProps/core.xml":
                content = _DATES.sub(rb"\g<1>" + _STAMP.encode() + rb"\g<2>", content)
            if name == "docProps/thumbnail.jpeg":
                continue
            if name == "_rels/.rels":
                content = re.sub(rb"<Relationship [^>]*thumbnail[^>]*/>", b"", content)
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.external_attr = 0o600 << 16
            new.writestr(entry, content)
    return out.getvalue()
