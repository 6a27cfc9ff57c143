"""Approved versions, fixed 「批复稿固定」: their canonical bytes lie in the file store under their SHA-256, which the row names.

What was approved can so be told from the database and from a downloaded file alike, years later: see docs/audit.md.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import F

from jixiao.services.chain import canonical
from jixiao.web.files import store
from jixiao.web.goals.documents import digest_of
from jixiao.web.goals.models import SheetState, SheetVersion, Stage
from jixiao.web.kernel.acts import Act

_APPROVED = (Stage.APPROVED, Stage.ADJUSTED)


def fix_version(act: Act, version: SheetVersion) -> SheetVersion:
    """Fix a version that is approved, within the service that approves it: from now on the database refuses to change its row.

    One that is fixed already stays as it is. The bytes are on the disk before the row names them.
    """
    if version.fixed_id is not None:
        return version
    kept = store.keep_bytes(canonical(version.document), "json")
    version.fixed = store.row_of(kept)
    if version.stage not in _APPROVED:
        version.stage = Stage.APPROVED
    version.save(update_fields=["fixed", "stage"])
    facts = {"stage": version.stage, "sha256": kept.sha256, "version": version.number}
    act.record(version, {}, facts, note=f"固定第{version.number}版")
    return version


def unlike(*, whole: bool) -> Iterator[tuple[SheetVersion, str]]:
    """(version, what is wrong in Chinese) of fixed versions that are no longer what was fixed.

    ``whole``: the stored bytes of each are read, not only its row.
    """
    rows = SheetVersion.objects.unrestricted("approved versions are checked").exclude(fixed=None)
    for version in rows.select_related("fixed", "sheet").order_by("pk").iterator(chunk_size=200):
        assert version.fixed is not None
        if digest_of(version.document) != version.fixed.sha256 or version.digest != version.fixed.sha256:
            yield version, "数据库里的内容变了"
        elif whole and (words := store.damage_of(version.fixed)):
            yield version, words


def unfixed() -> int:
    """How many sheets are approved whose current version is not fixed."""
    rows = SheetVersion.objects.unrestricted("approved versions are checked")
    return rows.filter(number=F("sheet__version"), sheet__state=SheetState.APPROVED, fixed=None).count()
