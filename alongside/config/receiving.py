"""What the house takes in: files in the editor, and words everywhere else."""

from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler


class FilesInTheEditorOnly(FileUploadHandler):
    """Stops a form that is larger than any words are, before anything of it reaches the disk.

    Django's own limit leaves files out, and takes them from anybody, at any address. Behind ``/edit/`` staff alone get
    as far as this: the gate of ``people.access`` stands before it.
    """

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, Any],  # noqa: N803 - Django's name
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> None:
        """Look at the size before anything is read. Raises ``RequestDataTooBig``."""
        is_editor = self.request is not None and self.request.path_info.startswith("/edit/")
        if not is_editor and content_length > (settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0):
            raise RequestDataTooBig("Only the editor takes files.")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Leave what comes to the handlers after this one."""
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Leave the file to the handlers after this one."""
