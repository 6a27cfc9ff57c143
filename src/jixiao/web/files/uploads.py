"""Uploads on their way in: what is too large for memory lies in a file without a name, gone with the request, even by a kill."""

from __future__ import annotations

import tempfile
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler


class Unnamed(FileUploadHandler):
    """Writes an upload into a temporary file that no folder lists (Windows: one that goes when it is closed)."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self._held = tempfile.TemporaryFile(prefix="jixiao-")  # noqa: SIM115 - closed with the request

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        del start
        self._held.write(raw_data)

    def file_complete(self, file_size: int) -> UploadedFile[bytes]:
        self._held.seek(0)
        return UploadedFile(
            self._held, self.file_name, self.content_type, file_size, self.charset, self.content_type_extra
        )

    def upload_interrupted(self) -> None:
        self._held.close()
