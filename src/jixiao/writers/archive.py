"""Office files are zip archives that carry the hour they were packed; this packs them so that they do not."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_EPOCH = (1980, 1, 1, 0, 0, 0)


def without_clock(archive: bytes) -> bytes:
    """The same files in the same order, each dated 1980-01-01: equal content makes equal bytes."""
    packed = BytesIO()
    with ZipFile(BytesIO(archive)) as given, ZipFile(packed, "w", ZIP_DEFLATED) as out:
        for name in given.namelist():
            entry = ZipInfo(name, _EPOCH)
            entry.compress_type = ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            entry.create_system = 0  # else it tells on which system it was packed
            out.writestr(entry, given.read(name))
    return packed.getvalue()
