"""The front page cannot be taken away, not even by those who review it: without it there is no way in.

And what is in the house and not yet reviewed, or somebody's own, is not handed out.
"""

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from wagtail.documents.models import Document

from alongside.people import letters
from alongside.workshop.models import FrontPage
from alongside.workshop.reminders import PRACTISE_AGAIN


@pytest.mark.parametrize("who", ["cora", "marisol"])
@pytest.mark.parametrize(
    ("address", "form"),
    [
        ("/edit/pages/{page}/delete/", {}),
        ("/edit/pages/{page}/unpublish/", {}),
        ("/edit/pages/{page}/privacy/", {"restriction_type": "login"}),
        ("/edit/pages/{page}/privacy/", {"restriction_type": "password", "password": "nobody knows it"}),
        ("/edit/bulk/wagtailcore/page/delete/?id={page}&next=/edit/", {}),
        ("/edit/bulk/wagtailcore/page/unpublish/?id={page}&next=/edit/", {}),
    ],
)
@pytest.mark.django_db
def test_nobody_takes_the_front_page_away(request, as_, client, who, address, form):
    as_(request.getfixturevalue(who)).post(address.format(page=FrontPage.objects.get().pk), form)
    page = client.get("/")
    assert page.status_code == 200
    assert "Be someone she can tell" in page.text


@pytest.mark.django_db
def test_nobody_sets_a_date_on_which_the_front_page_goes(as_, marisol):
    form = as_(marisol).get(reverse("wagtailadmin_pages:edit", args=[FrontPage.objects.get().pk]))
    assert 'name="title"' in form.text
    assert 'name="expire_at"' not in form.text


@pytest.fixture
def worksheet(db, settings, tmp_path) -> Document:
    """A document that somebody of the staff has added."""
    settings.MEDIA_ROOT = tmp_path
    document = Document(title="A worksheet")
    document.file.save("worksheet.txt", ContentFile(b"Nobody has read this yet."))
    return document


def test_a_document_that_no_live_lesson_offers_is_there_for_nobody_but_staff(as_, worksheet, ruth, cora):
    assert as_(None).get(worksheet.url).url.startswith(reverse("account_login"))
    assert as_(ruth).get(worksheet.url).status_code == 404
    assert as_(cora).get(worksheet.url).status_code == 200


def test_a_document_that_a_lesson_offers_goes_to_learners_as_a_file_and_never_runs_here(
    as_, worksheet, ruth, make_lesson
):
    make_lesson("words", 1, {"download": {"title": "A worksheet", "file": worksheet.filename}})
    answer = as_(ruth).get(worksheet.url)
    assert b"".join(answer) == b"Nobody has read this yet."
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "no-store, private"
    assert as_(None).get(worksheet.url).status_code == 302


def test_the_link_in_a_mail_leaves_no_copy_of_its_page_on_the_way(client, ruth):
    page = client.get(reverse("workshop:stop_reminders", args=[letters.stop_token(ruth, PRACTISE_AGAIN)]))
    assert "no-store" in page["Cache-Control"]
    assert ruth.email not in page.text
