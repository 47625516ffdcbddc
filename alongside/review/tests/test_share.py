"""Whoever runs the site gives the whole workshop to another organisation, and that one takes it as it is."""

import json
import zipfile
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.documents.models import Document

from alongside.practice.models import Drill
from alongside.practice.tests.conftest import CONTENT, keep_drill
from alongside.review.approving import is_approved
from alongside.review.exchange.sharing import NotExportedError
from alongside.review.importing import Outcome, import_content
from alongside.review.models import Approval
from alongside.review.tests.sharing import (
    CAPTIONS,
    DRILL,
    FILM,
    TEXT,
    VIDEO,
    drill_file,
    empty,
    export,
    keep_document,
    keep_workshop,
    outcomes,
    take,
    titles,
    zipped,
)
from alongside.workshop.kinds import LessonKind
from alongside.workshop.models import FrontPage, Lesson
from alongside.workshop.tests.conftest import keep_lesson

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _media(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def parcel(tmp_path) -> Path:
    """A workshop that another organisation exported; here is nothing yet."""
    keep_workshop()
    path = Path(tmp_path / "parcel.zip")
    path.write_bytes(export())
    empty()
    return path


def test_a_workshop_comes_out_as_it_went_in_byte_for_byte(parcel):
    assert outcomes(take(parcel)) == {Outcome.NEW}
    assert export() == parcel.read_bytes()
    assert {each.filename for each in Document.objects.all()} == {"talk.webm", "talk.vtt", "paper.pdf"}
    assert outcomes(take(parcel)) == {Outcome.SAME}
    assert export() == parcel.read_bytes()


def test_the_file_says_what_belongs_to_it_and_holds_nothing_else(parcel):
    with zipfile.ZipFile(parcel) as archive:
        names = archive.namelist()
        manifest = json.loads(archive.read("manifest.json"))
        assert archive.read("media/talk.webm") == FILM
        assert archive.read("en/lessons/talk.yaml").startswith(b"# SPDX-License-Identifier: CC-BY-4.0\nsource_id: talk")
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    content = [f"en/drills/{DRILL}.yaml", "en/lessons/talk.yaml", "manifest.json"]
    assert names == [*content, "media/paper.pdf", "media/talk.vtt", "media/talk.webm"]
    assert (manifest["format"], manifest["licence"]) == (1, "CC-BY-4.0")
    assert set(manifest["files"]) == set(names) - {"manifest.json"}


def test_all_that_ships_comes_out_as_it_went_in(tmp_path):
    import_content(CONTENT)
    path = tmp_path / "all.zip"
    path.write_bytes(export())
    empty()
    take(path)
    assert export() == path.read_bytes()


words = st.text(st.characters(categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=40).filter(str.strip)
html = st.lists(
    st.builds("<{0}>{1} <b>{2}</b></{0}>".format, st.sampled_from(["p", "h2", "h3"]), words, words),
    min_size=1,
    max_size=3,
).map("".join)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(html, min_size=1, max_size=3), title=words, asks=words, film=st.binary(max_size=300))
def test_whatever_is_written_comes_out_as_it_went_in(tmp_path, texts, title, asks, film):
    empty()
    drill = keep_drill(DRILL)
    drill.tell(drill.as_data() | {"title": title, "disclosure": asks})
    drill.save()
    keep_document("talk.webm", FILM + film)
    keep_document("talk.vtt", CAPTIONS)
    pieces = [{"text": f"{text}<p>Words.</p>"} for text in texts]
    keep_lesson("talk", 1, *pieces, {"reflection": {"key": "a", "asks": asks}}, {"video": VIDEO}, title=title)
    path = tmp_path / "any.zip"
    path.write_bytes(export())
    empty()
    take(path)
    assert export() == path.read_bytes()


def test_what_was_changed_in_the_editor_travels_as_it_stands_and_drafts_do_not(tmp_path):
    lesson = keep_workshop()
    lesson.body[0].value.source = '<p data-block-key="x1">Said <strong>otherwise</strong>.</p>'
    lesson.title = "Changed here"
    lesson.save_revision().publish()
    lesson.title = "A draft"
    lesson.save_revision()
    path = tmp_path / "parcel.zip"
    path.write_bytes(export())
    assert b"A draft" not in path.read_bytes()
    empty()
    take(path)
    assert Lesson.objects.get().title == "Changed here"
    assert Lesson.objects.get().as_data()["body"][0] == {"text": "<p>Said <b>otherwise</b>.</p>"}
    assert export() == path.read_bytes()


def test_the_front_page_and_its_words_stay_here(parcel):
    page = FrontPage.objects.get()
    assert page.title.encode() not in parcel.read_bytes()


def test_imported_content_is_live_and_not_approved(parcel):
    take(parcel)
    lesson, drill = Lesson.objects.get(), Drill.objects.get()
    assert (lesson.live, drill.live) == (True, True)
    assert not is_approved(lesson)
    assert not is_approved(drill)
    assert not Approval.objects.exists()


def test_to_look_first_changes_nothing_not_even_the_disk(parcel, tmp_path):
    assert outcomes(take(parcel, is_rehearsal=True)) == {Outcome.NEW}
    assert not Lesson.objects.exists()
    assert not Document.objects.exists()
    assert not list((tmp_path / "media").rglob("*.webm"))


def test_a_file_whose_name_another_has_gets_a_name_of_its_own(parcel):
    keep_document("talk.webm", FILM + b"another film")
    take(parcel)
    shown = LessonKind().media_in(Lesson.objects.get().as_data())
    assert shown[0].startswith("talk-")
    assert shown[1:] == ["talk.vtt", "paper.pdf"]
    document = next(each for each in Document.objects.all() if each.filename == shown[0])
    assert document.file.read() == FILM
    assert outcomes(take(parcel)) == {Outcome.SAME}
    assert Document.objects.count() == 4


def test_the_same_file_that_is_here_is_used(parcel):
    keep_document("talk.webm", FILM)
    take(parcel)
    assert Document.objects.count() == 3


def test_a_name_that_no_disk_should_have_is_made_safe(tmp_path):
    data = LessonKind().write(
        {
            "source_id": "talk",
            "title": "Talk",
            "language": "en",
            "number": 1,
            "minutes": 5,
            "summary": "S",
            "body": [{"download": {"title": "x", "file": "to take (home) & more.pdf"}}],
            "sources": [],
        }
    )
    name = "media/to take (home) & more.pdf"
    take(zipped(tmp_path / "a.zip", {"en/lessons/talk.yaml": data, name: b"%PDF-1"}))
    assert Document.objects.get().filename == "to_take_home__more.pdf"
    assert outcomes(take(tmp_path / "a.zip")) == {Outcome.SAME}


def test_what_ships_does_not_replace_what_was_taken_from_elsewhere(tmp_path):
    (tmp_path / "ships/en/drills").mkdir(parents=True)
    shipped = tmp_path / f"ships/en/drills/{DRILL}.yaml"
    shipped.write_text(drill_file(title="As it ships"))
    import_content(tmp_path / "ships")
    theirs = zipped(tmp_path / "theirs.zip", {f"en/drills/{DRILL}.yaml": drill_file(title="Theirs")})

    assert outcomes(take(theirs)) == {Outcome.UPDATED}
    assert outcomes(import_content(tmp_path / "ships")) == {Outcome.SAME}, "the next start leaves it"
    shipped.write_text(drill_file(title="A new version ships"))
    (left,) = import_content(tmp_path / "ships")
    assert left.outcome is Outcome.LEFT_ALONE
    assert "-title: Theirs\n+title: A new version ships" in left.difference
    assert titles() == ["Theirs"]

    newer = zipped(tmp_path / "newer.zip", {f"en/drills/{DRILL}.yaml": drill_file(title="Theirs, newer")})
    assert outcomes(take(newer)) == {Outcome.UPDATED}
    assert titles() == ["Theirs, newer"]


def test_what_ships_later_does_not_replace_what_came_from_elsewhere_under_its_name(tmp_path):
    take(zipped(tmp_path / "theirs.zip", {f"en/drills/{DRILL}.yaml": drill_file(title="Theirs")}))
    (tmp_path / "ships/en/drills").mkdir(parents=True)
    (tmp_path / f"ships/en/drills/{DRILL}.yaml").write_text(drill_file(title="As it ships"))
    assert outcomes(import_content(tmp_path / "ships")) == {Outcome.LEFT_ALONE}
    assert titles() == ["Theirs"]


@pytest.mark.parametrize("state", ["changed", "draft", "locked", "offline"])
def test_what_others_send_never_replaces_what_people_here_are_at(tmp_path, state):
    path = f"en/drills/{DRILL}.yaml"
    take(zipped(tmp_path / "first.zip", {path: drill_file(title="Theirs")}))
    drill = Drill.objects.get()
    if state in ("changed", "draft"):
        drill.title = "Ours"
        revision = drill.save_revision()
        if state == "changed":
            revision.publish()
    elif state == "locked":
        Drill.objects.update(locked=True)
    else:
        drill.unpublish()
    (left,) = take(zipped(tmp_path / "second.zip", {path: drill_file(title="Theirs, newer")}))
    assert left.outcome is Outcome.LEFT_ALONE
    assert "+title: Theirs, newer" in left.difference
    assert titles() == ["Ours" if state == "changed" else "Theirs"]


def test_what_an_import_brings_is_cleaned_as_the_editor_is(tmp_path):
    text = (
        "source_id: talk\ntitle: Talk\nlanguage: en\nnumber: 1\nminutes: 5\nsummary: S\nbody:\n"
        '  - html: \'<p onclick="x()">Hi <script>alert(1)</script><a href="javascript:x()">a</a> '
        '<a href="https://a.example" target="_blank">b</a><img src="x"></p>\'\n'
        "  - text: '<b>no</b> [a](javascript:x()) [m](mailto:a@alongside.example)'\n"
    )
    take(zipped(tmp_path / "a.zip", {"en/lessons/talk.yaml": text}))
    body = Lesson.objects.get().as_data()["body"]
    assert body[0] == {"text": '<p>Hi <a>a</a> <a href="https://a.example">b</a></p>'}
    assert "javascript:" not in body[1]["text"].replace("[a](javascript:x())", "")
    assert "&lt;b&gt;no" in body[1]["text"]
    assert '<a href="mailto:a@alongside.example">m</a>' in body[1]["text"]


def test_content_that_names_what_is_not_live_is_not_exported():
    keep_workshop()
    Drill.objects.get().unpublish()
    with pytest.raises(NotExportedError, match=rf"en/lessons/talk\.yaml: It names “{DRILL}” \(drills\), which is not"):
        export()


def test_content_whose_file_is_gone_is_not_exported():
    keep_workshop()
    document = Document.objects.get(title="talk.webm")
    document.file.storage.delete(document.file.name)
    with pytest.raises(NotExportedError, match=r"It shows the file “talk\.webm”, which is not on the disk any more"):
        export()


def test_a_command_writes_the_file_once(tmp_path, capsys):
    keep_workshop()
    path = tmp_path / "out.zip"
    call_command("export", str(path), "--language", "en")
    assert path.read_bytes() == export()
    assert "2 pieces of content, 3 files" in capsys.readouterr().out
    with pytest.raises(CommandError, match="is there already"):
        call_command("export", str(path))
    assert path.read_bytes() == export()


def test_nothing_is_written_where_nothing_can_be_exported(tmp_path, capsys):
    with pytest.raises(CommandError, match="Nothing was exported"):
        call_command("export", str(tmp_path / "out.zip"))
    assert "en: Nothing is live in this language" in capsys.readouterr().err
    assert not (tmp_path / "out.zip").exists()


def test_a_command_shows_what_will_change_and_does_it_only_when_it_is_told(parcel, capsys, monkeypatch):
    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)
    call_command("import", str(parcel))
    told = capsys.readouterr().out
    assert "en/lessons/talk.yaml: new.\n" in told
    assert "2 new, 0 updated" in told
    assert "run it again with --yes" in told
    assert not Lesson.objects.exists()

    call_command("import", str(parcel), "--yes")
    assert "counts as not reviewed by survivors" in capsys.readouterr().out
    assert Lesson.objects.get().live
    call_command("import", str(parcel), "--yes")
    assert "There is nothing to import." in capsys.readouterr().out


@pytest.mark.parametrize(("answer", "is_imported"), [("y\n", True), ("\n", False), ("", False), ("n\n", False)])
def test_on_a_terminal_it_asks(parcel, capsys, monkeypatch, answer, is_imported):
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("sys.stdin.readline", lambda: answer, raising=False)
    call_command("import", str(parcel))
    told = capsys.readouterr().out
    assert "Import this? [y/N] " in told
    assert ("Nothing was changed." in told) is not is_imported
    assert Lesson.objects.exists() is is_imported


def test_it_shows_the_difference_before_it_asks(parcel, tmp_path, capsys):
    take(parcel)
    theirs = zipped(tmp_path / "theirs.zip", {f"en/drills/{DRILL}.yaml": drill_file(title="Theirs")})
    call_command("import", str(theirs))
    told = capsys.readouterr().out
    assert f"en/drills/{DRILL}.yaml: will be updated. The difference:" in told
    assert "-title: Nadia's week\n+title: Theirs\n" in told
    assert titles() == ["Nadia's week"]


def test_a_folder_is_imported_as_a_file_is_and_needs_no_manifest(tmp_path):
    (tmp_path / "theirs/en/drills").mkdir(parents=True)
    (tmp_path / f"theirs/en/drills/{DRILL}.yaml").write_text(drill_file())
    (tmp_path / "theirs/.hidden").write_text("left by an editor")
    assert outcomes(take(tmp_path / "theirs")) == {Outcome.NEW}


def test_an_unpacked_file_is_imported_as_the_packed_one(parcel, tmp_path):
    with zipfile.ZipFile(parcel) as archive:
        archive.extractall(tmp_path / "unpacked")
    take(tmp_path / "unpacked")
    assert export() == parcel.read_bytes()


def test_text_of_others_does_not_steer_the_terminal(tmp_path, capsys):
    path = zipped(tmp_path / "a.zip", {"en/drills/a.yaml": 'source_id: a\n"t\\e[2Jitle": x\n'})
    with pytest.raises(CommandError):
        call_command("import", str(path))
    told = capsys.readouterr().err
    assert "\x1b[2J" not in told
    assert "t�[2Jitle" in told


def test_when_it_fails_at_last_nothing_stays(parcel, tmp_path, monkeypatch):
    def fail(_self) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Document, "get_file_hash", fail)
    with pytest.raises(OSError, match="No space left"):
        take(parcel)
    assert not Lesson.objects.exists()
    assert not Document.objects.exists()
    assert not [path for path in (tmp_path / "media").rglob("*") if path.is_file()]


def test_a_text_that_is_left_alone_brings_no_files(parcel):
    keep_lesson("talk", 1, TEXT)
    (left,) = [each for each in take(parcel) if each.name.startswith("en/lessons")]
    assert left.outcome is Outcome.LEFT_ALONE
    assert not Document.objects.exists()
