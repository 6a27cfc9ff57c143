"""Uploaded originals, kept by hash."""

from __future__ import annotations

from django.db import models


class StoredFile(models.Model):
    """The bytes of a file 「原件」, once, whoever uploaded it how often; ``files.store`` keeps them.

    A download asks the right to the object that refers to it, never to the file itself.
    """

    sha256 = models.CharField("摘要", max_length=64, unique=True)
    size = models.PositiveBigIntegerField("大小")
    kind = models.CharField("内容类型", max_length=40, blank=True)
    stored_at = models.DateTimeField("存入时间")
