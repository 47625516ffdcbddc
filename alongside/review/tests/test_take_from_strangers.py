"""A zip file or a folder that somebody made to do harm, or by mistake, is refused with a sentence; nothing changes."""

import json
import os
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.documents.forms import get_document_form
from wagtail.documents.models import Document

from alongside.practice.models import Drill
from alongside.review.exchange import containers, parcel
from alongside.review.files import ContentFileError
from alongside.review.importing import NotImportedError
from alongside.review.media_files import fault_in
from alongside.review.tests.sharing import DRILL, FILM, PAPER, drill_file, say_otherwise, take, zipped

pytestmark = pytest.mark.django_db
NAME = f"en/drills/{DRILL}.yaml"


@pytest.fixture(autouse=True)
def _media(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


def refusal(path, **how) -> str:
    """Give why it is refused, and see that nothing was imported."""
    with pytest.raises((ContentFileError, NotImportedError)) as refused:
        take(path, **how)
    assert not Drill.objects.exists()
    assert not Document.objects.exists()
    assert not list(path.parent.glob("media/**/*.*"))
    return str(refused.value)


@pytest.mark.parametrize(
    "name",
    [
        "../en/drills/a.yaml",
        "/etc/drills/a.yaml",
        "en/../drills/a.yaml",
        "en/drills/../../a.yaml",
        "media/..",
        "./a.yaml",
        "en\\drills\\a.yaml",
        "C:/drills/a.yaml",
        "en//drills/a.yaml",
        "media/a\x1b[2J.pdf",
        "media/a\u202efdp.exe",
    ],
)
def test_a_name_that_leads_away_is_refused(tmp_path, name):
    path = zipped(tmp_path / "a.zip", {NAME: drill_file(), name: "x"})
    assert "leads out of the workshop's folder" in refusal(path)
    assert not list(tmp_path.parent.glob("a.yaml"))


@pytest.mark.parametrize(
    "name",
    ["run.sh", "en/drills/a.yml", "en/drills/more/a.yaml", "en/people/a.yaml", "media/more/a.pdf", "media", "en"],
)
def test_a_file_that_no_workshop_has_is_refused(tmp_path, name):
    told = refusal(zipped(tmp_path / "a.zip", {NAME: drill_file(), name: "x"}))
    assert f"{name}:1: A workshop has no such file. It has " in told
    assert "<language>/drills/<name>.yaml" in told


@pytest.mark.parametrize("mode", [0o120777, 0o060666, 0o010666])
def test_a_link_or_a_device_is_refused(tmp_path, mode):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        entry = zipfile.ZipInfo("media/a.pdf")
        entry.external_attr = mode << 16
        archive.writestr(entry, "/etc/passwd")
    assert "media/a.pdf:1: This is a link or a device." in refusal(tmp_path / "a.zip")


def test_a_link_in_a_folder_is_refused(tmp_path):
    (tmp_path / "theirs/en").mkdir(parents=True)
    (tmp_path / "secret").mkdir()
    (tmp_path / f"secret/{DRILL}.yaml").write_text(drill_file())
    (tmp_path / "theirs/en/drills").symlink_to(tmp_path / "secret")
    assert "This is a link or a device." in refusal(tmp_path / "theirs")
    (tmp_path / "theirs/en/drills").unlink()
    (tmp_path / "theirs/en/drills").mkdir()
    (tmp_path / f"theirs/{NAME}").symlink_to(tmp_path / f"secret/{DRILL}.yaml")
    assert "This is a link or a device." in refusal(tmp_path / "theirs")
    os.mkfifo(tmp_path / "theirs/LICENSE")
    assert "LICENSE:1: This is a link or a device." in refusal(tmp_path / "theirs")


def test_a_bomb_is_refused_before_it_goes_off(tmp_path, monkeypatch):
    bomb = zipped(tmp_path / "a.zip", {"en/drills/a.yaml": "#" * 5_000_000})
    assert bomb.stat().st_size < 10_000
    monkeypatch.setattr(containers.Archive, "open", lambda *_: pytest.fail("it was opened"))
    assert "en/drills/a.yaml:1: This is larger than 300 kB." in refusal(bomb)


def test_a_bomb_that_lies_about_its_size_is_read_no_further_than_it_says(tmp_path):
    bomb = say_otherwise(zipped(tmp_path / "a.zip", {"en/drills/a.yaml": "#" * 5_000_000}), size=100)
    assert "no zip file that can be read" in refusal(bomb)


def test_many_files_that_are_much_together_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(parcel, "LARGEST_OF_TEXTS", 1000)
    path = zipped(tmp_path / "a.zip", {f"en/drills/a{number}.yaml": "#" * 100 for number in range(20)})
    assert "All files together are larger than is taken" in refusal(path)


def test_too_many_files_are_refused_by_the_end_of_the_file_alone(tmp_path, monkeypatch):
    path = zipped(tmp_path / "a.zip", {f"en/drills/a{number}.yaml": "" for number in range(2001)})
    monkeypatch.setattr(zipfile.ZipFile, "__init__", lambda *_, **__: pytest.fail("its listing was read"))
    assert "There are more than 2000 files in this." in refusal(path)


def test_too_many_files_in_a_folder_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(containers, "MOST_FILES", 3)
    (tmp_path / "theirs/en/drills").mkdir(parents=True)
    for number in range(4):
        (tmp_path / f"theirs/en/drills/a{number}.yaml").write_text("")
    assert "There are more than 3 files" in refusal(tmp_path / "theirs")


@pytest.mark.parametrize("content", [b"", b"PK", b"no zip at all", b"PK\x05\x06" + b"\0" * 5])
def test_what_is_no_zip_file_is_refused(tmp_path, content):
    (tmp_path / "a.zip").write_bytes(content)
    assert "a.zip:1: This is no zip file that can be read" in refusal(tmp_path / "a.zip")


def test_a_damaged_zip_file_is_refused(tmp_path):
    path = zipped(tmp_path / "a.zip", {NAME: drill_file()})
    whole = path.read_bytes()
    for place in (40, 200, len(whole) // 2):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 255]) + whole[place + 1 :])
        assert refusal(path)
    path.write_bytes(whole[: len(whole) // 2])
    assert "no zip file that can be read" in refusal(path)


def test_what_is_in_it_twice_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(NAME, drill_file())
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr(NAME, drill_file(title="Another"))
    assert f"{NAME}:1: This is in it twice." in refusal(tmp_path / "a.zip")


def test_a_password_and_odd_packing_are_refused(tmp_path):
    path = zipped(tmp_path / "a.zip", {NAME: drill_file()})
    whole = bytearray(path.read_bytes())
    place = whole.find(b"PK\x01\x02")
    whole[place + 8] |= 1
    path.write_bytes(whole)
    assert "locked with a password" in refusal(path)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr(NAME, drill_file())
    assert "packed in a way that is not read" in refusal(path)


def test_a_file_without_a_manifest_is_refused(tmp_path):
    path = zipped(tmp_path / "a.zip", {NAME: drill_file()}, manifest=False)
    assert "There is no “manifest.json” in this file" in refusal(path)


@pytest.mark.parametrize(
    ("manifest", "told"),
    [
        ("[" * 50_000, "This is no manifest"),
        ("[]", "This is no manifest"),
        ("{", "This is no manifest"),
        ('{"format": 1, "files": {"a": 1}}', "This is no manifest"),
        ('{"format": "x"}', "This is no manifest"),
        ('{"format": 2}', "made by a newer version"),
        ('{"format": 1, "files": {}}', f"{NAME}:1: This file does not stand in the manifest."),
        (
            json.dumps({"format": 1, "files": {NAME: {"size": 1, "sha256": "0"}}}),
            f"{NAME}:1: This is not the file that",
        ),
        (json.dumps({"format": 1, "files": {"x.sh": {"size": 1, "sha256": "0"}}}), "x.sh:1: This file stands in the"),
    ],
)
def test_a_manifest_that_is_not_right_is_told(tmp_path, manifest, told):
    assert told in refusal(zipped(tmp_path / "a.zip", {NAME: drill_file(), "manifest.json": manifest}))


def test_all_that_is_wrong_is_told_at_once_with_file_and_line(tmp_path):
    files = {NAME: drill_file().replace("move: probe", "move: prob"), "en/drills/b.yaml": "source_id: ["}
    told = refusal(zipped(tmp_path / "a.zip", files)).splitlines()
    assert any(line.startswith(f"{NAME}:") and "“prob” is not one of" in line for line in told)
    assert any(line.startswith("en/drills/b.yaml:") for line in told)


def test_a_file_that_nothing_shows_is_refused(tmp_path):
    told = refusal(zipped(tmp_path / "a.zip", {NAME: drill_file(), "media/paper.pdf": PAPER}))
    assert told == "media/paper.pdf:1: No content here shows this file."


def test_what_an_import_does_not_finish_reading_is_never_there(tmp_path):
    assert "no folder and no file of this name" in refusal(tmp_path / "nowhere.zip")


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.exe", b"MZ", "Files that end in “exe” are not taken."),
        ("a.html", b"<p>", "Files that end in “html” are not taken."),
        ("a.svg", b"<svg>", "Files that end in “svg” are not taken."),
        ("a", b"x", "Files that end in “” are not taken."),
        ("a.pdf", b"", "There is nothing in this file."),
        ("a.pdf", b"<html><script>", "What is in this file is not what “pdf” stands for."),
        ("a.webm", b"MZ\x90", "is not what “webm”"),
        ("a.webm", b"\x1a\x45\xdf\xa3matroska", "is not what “webm”"),
        ("a.mp4", b"\0\0\0\x18free", "is not what “mp4”"),
        ("a.docx", b"\xd0\xcf\x11\xe0", "is not what “docx”"),
        ("a.vtt", b"<html>", "is not what “vtt”"),
        ("a.txt", b"a\0b", "is not what “txt”"),
    ],
)
def test_a_file_that_the_editor_does_not_take_is_not_imported_either(tmp_path, name, content, told):
    assert told in refusal(zipped(tmp_path / "a.zip", {NAME: drill_file(), f"media/{name}": content}))
    form = get_document_form(Document)({"title": "x"}, {"file": SimpleUploadedFile(name, content)})
    assert "file" in form.errors


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", PAPER),
        ("a.PDF", PAPER),
        ("a.webm", FILM),
        ("a.mp4", b"\0\0\0\x18ftypisom"),
        ("a.odt", b"PK\x03\x04x"),
        ("a.vtt", b"\xef\xbb\xbfWEBVTT"),
        ("a.txt", "Líneas".encode()),
    ],
)
def test_a_file_that_is_what_it_says_is_taken(name, content):
    assert fault_in(name, len(content), content) is None
    form = get_document_form(Document)({"title": "x"}, {"file": SimpleUploadedFile(name, content)})
    assert "file" not in form.errors


def test_a_file_that_is_too_large_is_refused():
    assert str(fault_in("a.txt", 200_000_001, b"x")) == "This is larger than 200 MB."


def test_an_upload_is_kept_whole():
    form = get_document_form(Document)({"title": "x"}, {"file": SimpleUploadedFile("a.pdf", PAPER)})
    form.is_valid()
    assert form.cleaned_data["file"].read() == PAPER
