"""Office files are zip archives of XML parts; these carry no clock and no trace of the machine."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from jixiao.documents.text import escaped, one_line

_EPOCH = (1980, 1, 1, 0, 0, 0)
_LONGEST_TITLE = 250
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
"""Where the types of relations have their names"""
_CORE = "docProps/core.xml"


def office_file(
    main: str, title: str, day: date, parts: Mapping[str, tuple[str, str]], rest: Mapping[str, str]
) -> bytes:
    """An office file: the part ``main`` and other ``parts``, each (content type, XML); ``rest`` are their ``.rels``.

    ``title`` and ``day`` go into its properties. Equal parts make equal bytes: every entry is dated 1980-01-01.
    """
    core = ("application/vnd.openxmlformats-package.core-properties+xml", _core_properties(title, day))
    parts = {**parts, _CORE: core}
    top = relations({main: f"{RELATIONS}/officeDocument", _CORE: f"{_PACKAGE}/relationships/metadata/core-properties"})
    texts = {"[Content_Types].xml": _content_types(parts), "_rels/.rels": top, **rest}
    return _packed(texts | {name: xml for name, (_, xml) in parts.items()})


def relations(targets: Mapping[str, str]) -> str:
    """A ``.rels`` part: each target with the type of its relation, numbered rId1, rId2 in their order."""
    lines = "".join(
        f'<Relationship Id="rId{n}" Type="{kind}" Target="{target}"/>'
        for n, (target, kind) in enumerate(targets.items(), 1)
    )
    return f'{XML}<Relationships xmlns="{_PACKAGE}/relationships">{lines}</Relationships>'


def _packed(texts: Mapping[str, str]) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, text in texts.items():
            entry = ZipInfo(name, _EPOCH)
            entry.compress_type = ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            entry.create_system = 0  # else it tells on which system it was packed
            archive.writestr(entry, text.encode())
    return out.getvalue()


def _content_types(parts: Mapping[str, tuple[str, str]]) -> str:
    overrides = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, (kind, _) in parts.items())
    return (
        f'{XML}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def _core_properties(title: str, day: date) -> str:
    hour = f"{day.isoformat()}T00:00:00Z"
    return (
        f'{XML}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escaped(one_line(title)[:_LONGEST_TITLE])}</dc:title>"
        "<dc:creator>绩效审核</dc:creator><dc:language>zh-CN</dc:language>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{hour}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{hour}</dcterms:modified></cp:coreProperties>'
    )
