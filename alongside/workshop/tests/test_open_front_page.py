"""A visitor opens the front page of a site that nobody has edited yet."""

import pytest
from django.core.management import call_command
from django.template.loader import render_to_string
from wagtail.models import Page, Site

from alongside.workshop.front_page import ensure_front_page
from alongside.workshop.models import FrontPage


@pytest.fixture
def front(as_):
    """Give what somebody sees on the front page."""
    return lambda who=None: as_(who).get("/").content.decode()


def test_a_fresh_site_opens_with_the_front_page(front):
    assert "Be someone she can tell" in front()
    assert Site.objects.get().root_page.specific == FrontPage.objects.get()


def test_wagtails_own_welcome_is_gone(db):
    assert not Page.objects.filter(title__startswith="Welcome").exists()


def test_a_visitor_is_invited_to_sign_up_and_a_learner_to_the_workshop(front, ruth):
    assert 'href="/account/signup/"' in front()
    assert 'href="/account/signup/"' not in front(ruth)
    assert 'href="/workshop/">To the workshop' in front(ruth)


def test_the_example_says_what_each_sentence_did_and_another_way(front):
    page = front()
    assert "Leans in:" in page
    assert "Pulls back:" in page
    assert "Another way:" in page


def test_only_staff_are_told_that_numbers_of_help_are_missing(front, cora, ruth):
    hint = "no numbers of help stand here yet"
    assert hint not in front()
    assert hint not in front(ruth)
    assert hint in front(cora)


def test_numbers_of_help_stand_where_a_survivor_finds_them(front, cora):
    page = FrontPage.objects.get()
    page.help_near_you = "<p>The house by the river is open at night.</p>"
    page.save()
    assert "The house by the river" in front()
    assert "no numbers of help" not in front(cora)


def test_nobody_can_post_to_the_front_page(as_):
    assert as_(None).post("/").status_code == 405


def test_a_migration_leaves_an_edited_front_page_alone(db):
    page = FrontPage.objects.get()
    page.title = "Ours"
    page.save()
    ensure_front_page()
    assert FrontPage.objects.get().title == "Ours"


@pytest.mark.django_db(transaction=True)
def test_the_front_page_comes_back_when_the_database_was_emptied(front):
    call_command("flush", interactive=False, verbosity=0)
    assert "Be someone she can tell" in front()
    assert FrontPage.objects.count() == 1
    assert Page.objects.filter(depth=1).count() == 1


def test_the_page_for_what_broke_needs_no_database_and_no_context():
    page = render_to_string("500.html")
    assert "Something broke on our side" in page
    assert "{%" not in page
