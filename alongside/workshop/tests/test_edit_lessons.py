"""Staff write lessons in the editor and look at them as a learner will; nobody publishes by hand."""

import shutil
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.urls import reverse
from wagtail.documents.models import Document
from wagtail.models import Locale
from wagtail.rich_text import RichText

from alongside.practice.tests.conftest import CONTENT
from alongside.review.importing import NotImportedError, Outcome, import_content
from alongside.review.kinds import fingerprint
from alongside.workshop.kinds import LessonKind
from alongside.workshop.models import Lesson
from alongside.workshop.tests.conftest import ASKS, BODY, keep_lesson, lesson_data

NAME = "wagtailsnippets_workshop_lesson"
KIND = LessonKind()
VIDEO = {"title": "A talk", "file": "talk.webm", "captions": "talk.vtt", "transcript": "She listens."}


def form(lesson: Lesson, **changes: object) -> dict[str, object]:
    """What the editor's form of a lesson sends, with a single text as its body."""
    rich = '{"entityMap": {}, "blocks": [{"key": "a", "text": "New words.", "type": "unstyled", "depth": 0}]}'
    fields = {name: getattr(lesson, name) for name in ("title", "source_id", "number", "minutes", "summary")}
    body = {"body-count": 1, "body-0-type": "text", "body-0-deleted": "", "body-0-order": 0, "body-0-id": ""}
    return fields | body | {"body-0-value": rich, "sources-count": 0} | changes


def address(lesson: Lesson, name: str = "edit") -> str:
    return reverse(f"{NAME}:{name}", args=[lesson.pk])


@pytest.mark.parametrize("who", ["cora", "marisol"])
def test_staff_draft_a_lesson_and_nobody_publishes_it(request, as_, words, who):
    browser = as_(request.getfixturevalue(who))
    assert browser.get(reverse(f"{NAME}:list")).status_code == 200
    page = browser.get(address(words)).text
    assert 'name="action-publish"' not in page
    browser.post(address(words), form(words, title="Other words") | {"action-publish": "yes"})
    now = Lesson.objects.get()
    assert now.title == "Words"
    draft = now.get_latest_revision_as_object()
    assert (draft.title, draft.as_data()["body"]) == ("Other words", [{"text": "<p>New words.</p>"}])


def test_nobody_else_finds_lessons_in_the_editor(as_, ruth, words):
    assert as_(ruth).get(address(words)).status_code == 404
    assert as_(None).get(address(words)).status_code == 404


def test_two_live_lessons_never_have_one_number(as_, cora, words, make_lesson):
    make_lesson("trust", 6)
    page = as_(cora).post(address(words), form(words, number=6)).text
    assert "“Trust” has this number already. Give one of the two another." in page
    assert not Lesson.objects.get(pk=words.pk).has_unpublished_changes


@pytest.mark.parametrize(("field", "wrong"), [("minutes", 31), ("minutes", 0), ("number", 0)])
def test_a_lesson_has_its_bounds_in_the_editor(as_, cora, words, field, wrong):
    as_(cora).post(address(words), form(words, **{field: wrong}))
    assert not Lesson.objects.get(pk=words.pk).has_unpublished_changes


def test_the_preview_shows_what_a_learner_sees_and_keeps_nothing(as_, cora, words):
    page = words.make_preview_request(None, "").text
    for piece in ("One idea", "Which of the two leans in?", "Dee · The rent", ASKS, "No helplines", "A book"):
        assert piece in page
    assert "Keep it for me" not in page
    assert as_(cora).post(address(words, "preview_on_edit"), form(words)).json()["is_valid"]
    assert "New words." in as_(cora).get(address(words, "preview_on_edit")).text


def test_a_lesson_becomes_the_same_data_by_row_and_by_file(words):
    data = lesson_data("words", 5, *BODY)
    assert words.as_data() == data
    assert words.get_latest_revision_as_object().as_data() == data
    assert KIND.read(KIND.write(data), "words.yaml") == data
    words.full_clean(exclude=["translation_key"])


def test_a_piece_keeps_its_place_when_the_lesson_is_imported_again(words):
    before = [child.id for child in words.body]
    words.tell(lesson_data("words", 5, {"text": "<p>First.</p>"}, {"text": "<p>Second.</p>"}, *BODY[1:]))
    after = {child.block_type: child.id for child in words.body if child.block_type != "text"}
    assert set(after.values()) <= set(before)


def test_a_text_is_canonical_however_the_editor_stored_it(words):
    words.body[0].value = RichText('<p data-block-key="x1y2z">She is <strong>listening</strong>.</p>')
    same = lesson_data("words", 5, {"text": "<p>She is <b>listening</b>.</p>"}, *BODY[1:])
    assert fingerprint(words.as_data()) == fingerprint(same)


def test_a_video_without_captions_or_text_is_refused_in_the_editor(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    for name in ("talk.webm", "talk.vtt", "talk.pdf"):
        Document.objects.create(title=name, file=ContentFile(b"x", name=name))
    lesson = keep_lesson("talk", 1, {"video": VIDEO})
    assert lesson.as_data()["body"] == [{"video": VIDEO}]
    lesson.full_clean(exclude=["translation_key"])
    lesson.body[0].value["captions"] = Document.objects.get(title="talk.pdf")
    with pytest.raises(ValidationError, match="holds no captions"):
        lesson.clean()
    lesson.body[0].value["captions"] = None
    with pytest.raises(ValidationError, match="must not be empty"):
        lesson.clean()


@pytest.fixture
def folder(tmp_path):
    """A content folder with one lesson, and the drill that it names."""
    for kind, name in (("drills", "invite-or-probe-1"), ("scenarios", "the-rent")):
        (tmp_path / "en" / kind).mkdir(parents=True)
        shutil.copy(CONTENT / "en" / kind / f"{name}.yaml", tmp_path / "en" / kind)
    (tmp_path / "en/lessons").mkdir()
    (tmp_path / "en/lessons/words.yaml").write_text(KIND.write(lesson_data("words", 5, *BODY)), "utf-8")
    return tmp_path


def test_an_import_brings_a_lesson_with_what_it_names_in_one_go(db, folder):
    assert {each.outcome for each in import_content(folder)} == {Outcome.NEW}
    lesson = Lesson.objects.get()
    assert lesson.live
    assert lesson.as_data() == lesson_data("words", 5, *BODY)
    assert {each.outcome for each in import_content(folder)} == {Outcome.SAME}


@pytest.mark.parametrize("kind", ["drills", "scenarios"])
def test_an_import_refuses_a_lesson_that_names_what_is_not_there(db, folder, kind):
    shutil.rmtree(folder / "en" / kind)
    with pytest.raises(NotImportedError, match="There is nothing here called"):
        import_content(folder)
    assert not Lesson.objects.exists()


def test_a_lesson_cannot_name_a_file_that_is_not_there(db):
    lesson = Lesson(locale=Locale.get_default())
    with pytest.raises(ValueError, match=r"nothing here called “talk\.webm”"):
        lesson.tell(lesson_data("talk", 1, {"video": VIDEO}))


def test_all_that_ships_is_imported(db):
    import_content(Path(CONTENT))
    assert Lesson.objects.filter(live=True).count() == 10
