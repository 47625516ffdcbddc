"""What a file must look like that a lesson shows, whether somebody uploads it or it comes with an import."""

from pathlib import PurePath

from django.conf import settings

from alongside.core import gettext_noop as _
from alongside.core.problem import Problem

LARGEST = 200_000_000
BEGINNING = 4096
"""How many bytes tell what is in a file."""

NOT_TAKEN = _("Files that end in “%(end)s” are not taken. These are: %(ends)s.")
TOO_LARGE = _("This is larger than %(most)d MB.")
EMPTY = _("There is nothing in this file.")
SOMETHING_ELSE = _("What is in this file is not what “%(end)s” stands for.")

_ZIPPED, _MATROSKA, _BYTE_ORDER = b"PK\x03\x04", b"\x1a\x45\xdf\xa3", b"\xef\xbb\xbf"


def fault_in(name: str, size: int, beginning: bytes) -> Problem | None:
    """Say why a file cannot be taken, or nothing: by its name, its size in bytes, and its first ``BEGINNING`` bytes."""
    end = PurePath(name).suffix.lower().removeprefix(".")
    if end not in settings.WAGTAILDOCS_EXTENSIONS:
        return Problem((), NOT_TAKEN, {"end": end, "ends": ", ".join(settings.WAGTAILDOCS_EXTENSIONS)})
    if size > LARGEST:
        return Problem((), TOO_LARGE, {"most": LARGEST // 1_000_000})
    if not size:
        return Problem((), EMPTY)
    return None if _is_what_it_says(end, beginning) else Problem((), SOMETHING_ELSE, {"end": end})


def _is_what_it_says(end: str, beginning: bytes) -> bool:
    match end:
        case "pdf":
            return beginning.startswith(b"%PDF-")
        case "odt" | "docx":
            return beginning.startswith(_ZIPPED)
        case "webm":
            return beginning.startswith(_MATROSKA) and b"webm" in beginning
        case "mp4":
            return beginning[4:8] == b"ftyp"
        case "vtt":
            return beginning.removeprefix(_BYTE_ORDER).startswith(b"WEBVTT") and b"\0" not in beginning
    return b"\0" not in beginning
