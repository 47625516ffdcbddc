"""What the tests of sharing share: a small workshop, and zip files as anybody could make them."""

import hashlib
import io
import json
import struct
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from wagtail.documents.models import Document

from alongside.practice.kinds import DrillKind
from alongside.practice.models import Drill
from alongside.practice.tests.conftest import drill_data, keep_drill
from alongside.review.exchange.parcel import open_parcel
from alongside.review.exchange.sharing import gather_workshop, write_workshop
from alongside.review.importing import Imported, Outcome, import_parcel
from alongside.review.kinds import kinds
from alongside.workshop.models import Lesson
from alongside.workshop.tests.conftest import keep_lesson

FILM = b"\x1a\x45\xdf\xa3\x42\x82\x84webm" + bytes(range(256)) * 300
CAPTIONS = b"WEBVTT\n\n00:00.000 --> 00:02.000\nShe listens.\n"
PAPER = b"%PDF-1.7\n" + b"words\n" * 20
VIDEO = {"title": "By the river", "file": "talk.webm", "captions": "talk.vtt", "transcript": "She listens."}
TEXT = {"text": '<h2>One idea</h2><p>She is <b>listening</b>, as <a href="https://alongside.example/a">here</a>.</p>'}
DRILL = "invite-or-probe-1"
Files = Mapping[str, bytes | str]


def keep_document(name: str, content: bytes) -> Document:
    return Document.objects.create(title=name, file=ContentFile(content, name=name))


def keep_workshop() -> Lesson:
    """Keep a drill and a lesson that shows it, a video and a paper; give the lesson."""
    keep_drill(DRILL)
    for name, content in (("talk.webm", FILM), ("talk.vtt", CAPTIONS), ("paper.pdf", PAPER)):
        keep_document(name, content)
    download = {"download": {"title": "To take along", "file": "paper.pdf"}}
    return keep_lesson("talk", 1, TEXT, {"drill": DRILL}, {"video": VIDEO}, download)


def export() -> bytes:
    target = io.BytesIO()
    write_workshop(gather_workshop(["en"]), target)
    return target.getvalue()


def empty() -> None:
    """Leave nothing of the workshop, as in a new house."""
    for kind in kinds():
        kind.model.objects.all().delete()
    for document in Document.objects.all():
        document.file.delete(save=False)
        document.delete()


def take(source: Path, **how: Any) -> list[Imported]:
    with open_parcel(source) as parcel:
        return import_parcel(parcel, **how)


def outcomes(imported: list[Imported]) -> set[Outcome]:
    return {each.outcome for each in imported}


def zipped(path: Path, files: Files, *, manifest: bool = True) -> Path:
    """Make a zip file of these files, with a manifest that is right."""
    content = {name: each.encode() if isinstance(each, str) else each for name, each in files.items()}
    if manifest and "manifest.json" not in files:
        named = {
            name: {"size": len(each), "sha256": hashlib.sha256(each).hexdigest()} for name, each in content.items()
        }
        content["manifest.json"] = json.dumps({"format": 1, "files": named}).encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, each in content.items():
            archive.writestr(name, each)
    return path


def drill_file(name: str = DRILL, **changes: Any) -> str:
    return DrillKind().write(drill_data(name, **changes))


def say_otherwise(path: Path, *, size: int) -> Path:
    """Have a zip file claim that each of its files has ``size`` bytes unpacked, in its listing."""
    packed = bytearray(path.read_bytes())
    place = packed.find(b"PK\x01\x02")
    while place >= 0:
        packed[place + 24 : place + 28] = struct.pack("<L", size)
        place = packed.find(b"PK\x01\x02", place + 1)
    path.write_bytes(packed)
    return path


def titles() -> list[str]:
    return list(Drill.objects.order_by("title").values_list("title", flat=True))
