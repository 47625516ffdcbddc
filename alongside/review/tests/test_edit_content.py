"""Staff draft content together: they preview, compare, lock, set dates and add files, and hand in what is done."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection

from alongside.practice.models import Scenario
from alongside.practice.tests.conftest import the_rent  # noqa: F401 - a fixture
from alongside.workshop.models import FrontPage

STAFF = pytest.mark.parametrize("who", ["cora", "marisol"])


@pytest.fixture
def whoever(request, who):
    return request.getfixturevalue(who)


@STAFF
def test_staff_draft_preview_and_compare(editor, whoever):
    editor.save(whoever, "Another title")
    browser = editor.as_(whoever)
    assert editor.now().title == editor.row.title
    compared = browser.get(editor.address("revisions_compare", "live", editor.now().latest_revision_id))
    assert "Another title" in compared.text
    assert browser.get(editor.address("history")).status_code == 200
    assert 'name="action-submit"' in browser.get(editor.address("edit")).text


@STAFF
def test_a_scenario_is_edited_as_all_content_is(as_, the_rent, whoever):  # noqa: F811
    names = "wagtailsnippets_practice_scenario"
    the_rent.title = "Due on Friday"
    latest = the_rent.save_revision(user=whoever)
    compared = as_(whoever).get(reverse(f"{names}:revisions_compare", args=[the_rent.pk, "live", latest.pk]))
    assert "Due on Friday" in compared.text
    form = as_(whoever).get(reverse(f"{names}:edit", args=[the_rent.pk])).text
    for there in ('name="go_live_at"', 'name="expire_at"', 'name="action-submit"', "Preview"):
        assert there in form
    assert as_(whoever).get(reverse(f"{names}:list")).status_code == 200
    assert Scenario.objects.get().title == "The rent"


def test_a_drill_is_seen_as_a_learner_sees_it_while_it_is_written(drill_editor, cora):
    browser, address = drill_editor.as_(cora), drill_editor.address("preview_on_edit")
    assert browser.post(address, drill_editor.form("Another title")).json()["is_valid"]
    assert "Which of the two leans in?" in browser.get(address).text


def test_a_lock_keeps_others_from_writing_and_any_of_the_staff_opens_it(drill_editor, cora, marisol, ruth):
    drill_editor.as_(ruth).post(drill_editor.address("lock"))
    assert not drill_editor.now().locked
    drill_editor.as_(cora).post(drill_editor.address("lock"))
    assert drill_editor.now().locked_by == cora
    drill_editor.save(marisol, "Another title")
    assert not drill_editor.now().has_unpublished_changes
    drill_editor.as_(marisol).post(drill_editor.address("unlock"))
    drill_editor.save(marisol, "Another title")
    assert drill_editor.now().has_unpublished_changes


def test_what_waits_for_review_is_not_unlocked(drill_editor, cora, marisol):
    drill_editor.hand_in(cora, "Another title")
    for name in ("lock", "unlock"):
        drill_editor.as_(marisol).post(drill_editor.address(name))
    assert not drill_editor.now().locked


@pytest.fixture
def document(cora) -> Document:
    return Document.objects.create(
        title="A film", file=ContentFile(b"one", "film.webm"), uploaded_by_user=cora, file_size=3
    )


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


def image(colour: str = "white") -> SimpleUploadedFile:
    return SimpleUploadedFile("hill.png", get_test_image_file(colour=colour).file.getvalue(), "image/png")


def form(title: str, file: object = None) -> dict[str, object]:
    given = {"file": file} if file else {}
    return {"title": title, "collection": Collection.get_first_root_node().pk} | given


@STAFF
def test_staff_add_documents_and_images(as_, whoever):
    as_(whoever).post(reverse("wagtaildocs:add"), form("A film", ContentFile(b"\x1aE\xdf\xa3 webm", "film.webm")))
    as_(whoever).post(reverse("wagtailimages:add"), form("A hill", image()))
    assert (Document.objects.get().title, Image.objects.get().title) == ("A film", "A hill")


def test_a_learner_adds_no_files(as_, ruth):
    assert as_(ruth).get(reverse("wagtaildocs:add")).status_code == 404


@STAFF
def test_a_file_is_not_exchanged_for_another(as_, whoever, document):
    edit = reverse("wagtaildocs:edit", args=[document.pk])
    answer = as_(whoever).post(edit, form("Ours", ContentFile(b"two", "film.webm")))
    assert "A file is not exchanged for another" in answer.text
    assert Document.objects.get().file.read() == b"one"
    as_(whoever).post(edit, form("Ours"))
    assert Document.objects.get().title == "Ours"


def test_an_image_is_not_exchanged_for_another(as_, cora):
    as_(cora).post(reverse("wagtailimages:add"), form("A hill", image()))
    before = Image.objects.get()
    answer = as_(cora).post(reverse("wagtailimages:edit", args=[before.pk]), form("A hill", image("black")))
    assert "A file is not exchanged for another" in answer.text
    assert Image.objects.get().file_hash == before.file_hash


@STAFF
@pytest.mark.parametrize("address", ["/edit/documents/delete/{}/", "/edit/bulk/wagtaildocs/document/delete/?id={}"])
def test_a_file_is_kept_while_something_live_shows_it(as_, whoever, document, address):
    front = FrontPage.objects.get()
    front.help_near_you = f'<p><a linktype="document" id="{document.pk}">Numbers</a></p>'
    front.save()
    as_(whoever).post(address.format(document.pk))
    assert Document.objects.exists()
    front.help_near_you = ""
    front.save()
    as_(whoever).post(address.format(document.pk))
    assert not Document.objects.exists()
