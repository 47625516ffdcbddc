"""A video of a lesson is played from this server, to learners while a live lesson shows it, and as a video alone."""

import pytest
from django.core.files.base import ContentFile
from hypothesis import given
from hypothesis import strategies as st
from wagtail.documents.models import Document

from alongside.workshop.media import part_asked_for

FILM = bytes(range(256)) * 1000
CAPTIONS = "WEBVTT\n\n00:00.000 --> 00:02.000\nShe listens.\n"
VIDEO = {"title": "A talk by the river", "file": "talk.webm", "captions": "talk.vtt", "transcript": "She listens."}


@pytest.fixture
def files(db, settings, tmp_path):
    """A video, its captions, and a paper, by how their names end."""
    settings.MEDIA_ROOT = tmp_path
    given = {"talk.webm": FILM, "talk.vtt": CAPTIONS.encode(), "paper.pdf": b"%PDF", "other.webm": FILM}
    return {
        name: Document.objects.create(title=name, file=ContentFile(content, name=name))
        for name, content in given.items()
    }


@pytest.fixture
def lesson(files, make_lesson):
    return make_lesson("talk", 1, {"video": VIDEO}, {"download": {"title": "To take along", "file": "paper.pdf"}})


def ask(client, document: Document, **headers: str):
    return client.get(f"/workshop/media/{document.pk}/", headers=headers)


def content_of(answer) -> bytes:
    return b"".join(answer.streaming_content)


def test_the_lesson_shows_the_video_with_captions_and_all_of_it_as_text(as_, ruth, lesson, files):
    answer = as_(ruth).get("/workshop/lessons/talk/")
    page = answer.content.decode()
    assert f'<source src="/workshop/media/{files["talk.webm"].pk}/">' in page
    assert f'src="/workshop/media/{files["talk.vtt"].pk}/" srclang="en"' in page
    assert "She listens." in page
    assert f'href="{files["paper.pdf"].url}"' in page
    assert "media-src 'self'" in answer["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("name", "content_type", "content"),
    [("talk.webm", "video/webm", FILM), ("talk.vtt", "text/vtt; charset=utf-8", CAPTIONS.encode())],
)
def test_a_learner_watches_it(as_, ruth, lesson, files, name, content_type, content):
    answer = ask(as_(ruth), files[name])
    assert answer.status_code == 200
    assert content_of(answer) == content
    assert answer["Content-Type"] == content_type
    assert answer["Content-Length"] == str(len(content))
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Accept-Ranges"] == "bytes"
    assert "script-src 'self'" in answer["Content-Security-Policy"]


def test_a_browser_asks_for_a_part_of_it(as_, ruth, lesson, files):
    answer = ask(as_(ruth), files["talk.webm"], range="bytes=100-199")
    assert answer.status_code == 206
    assert content_of(answer) == FILM[100:200]
    assert answer["Content-Range"] == f"bytes 100-199/{len(FILM)}"
    assert answer["Content-Length"] == "100"
    beyond = ask(as_(ruth), files["talk.webm"], range=f"bytes={len(FILM)}-")
    assert beyond.status_code == 416
    assert beyond["Content-Range"] == f"bytes */{len(FILM)}"


def test_nobody_watches_it_without_signing_in(as_, lesson, files):
    assert ask(as_(None), files["talk.webm"])["Location"].startswith("/account/login/")


@pytest.mark.parametrize("name", ["paper.pdf", "other.webm"])
def test_what_no_lesson_shows_as_a_video_is_not_there(as_, ruth, lesson, files, name):
    assert ask(as_(ruth), files[name]).status_code == 404


def test_what_is_only_drafted_is_there_for_staff_alone(as_, ruth, cora, make_account, lesson, files):
    lesson.live = False
    lesson.save()
    assert ask(as_(ruth), files["talk.webm"]).status_code == 404
    assert ask(as_(cora), files["talk.webm"]).status_code == 200
    assert ask(as_(cora), files["paper.pdf"]).status_code == 404
    new = make_account("vera", "coordinator", second_factor=False)
    assert ask(as_(new), files["talk.webm"]).status_code == 404


def test_a_file_that_is_gone_from_the_disk_is_not_there(as_, ruth, lesson, files):
    files["talk.webm"].file.storage.delete(files["talk.webm"].file.name)
    assert ask(as_(ruth), files["talk.webm"]).status_code == 404


def test_what_is_taken_along_is_never_opened_in_the_page(as_, ruth, lesson, files):
    answer = as_(ruth).get(files["paper.pdf"].url)
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"


@given(st.binary(min_size=1, max_size=300), st.integers(0, 400), st.one_of(st.none(), st.integers(0, 400)))
def test_a_part_is_what_was_asked_for(content, first, last):
    part = part_asked_for(f"bytes={first}-{'' if last is None else last}", len(content))
    expected = content[first:] if last is None else content[first : last + 1]
    if part is None:
        assert last is not None
        assert last < first
    else:
        assert bytes(content[index] for index in part) == expected


@given(st.integers(1, 500), st.integers(0, 600))
def test_the_last_bytes_are_counted_from_the_end(size, number):
    part = part_asked_for(f"bytes=-{number}", size)
    assert part is not None
    assert list(part) == list(range(size))[size - min(number, size) :]


@pytest.mark.parametrize("header", ["", "bytes=-", "bytes=1-2,4-5", "lines=1-2", "bytes=a-b", "bytes=5-1", "nonsense"])
def test_what_is_no_part_is_all_of_it(header):
    assert part_asked_for(header, 100) is None
