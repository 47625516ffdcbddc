"""Staff edit the front page: everybody of them drafts, and a survivor leader's approval publishes."""

import pytest
from django.urls import reverse
from wagtail.models import Revision

from alongside.workshop.models import FrontPage

FIELDS = ("body", "what_happens", "honest", "for_survivors", "help_near_you")


@pytest.fixture
def edit(as_):
    """Have somebody give the front page another title in the editor, by a button of it."""

    def edit_title(who, title: str, button: str = "") -> int:
        page = FrontPage.objects.get()
        rich = '{"entityMap": {}, "blocks": [{"key": "a", "text": "Words.", "type": "unstyled", "depth": 0}]}'
        form = {"title": title, "slug": page.slug, "lead": page.lead, "comments-TOTAL_FORMS": 0}
        form |= {"comments-INITIAL_FORMS": 0, **dict.fromkeys(FIELDS, rich)}
        if button:
            form[button] = "yes"
        status: int = as_(who).post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form).status_code
        return status

    return edit_title


def test_a_coordinators_words_are_a_draft(edit, cora):
    edit(cora, "Come and listen")
    page = FrontPage.objects.get()
    assert page.title == "Be someone she can tell"
    assert page.get_latest_revision_as_object().title == "Come and listen"


def test_a_coordinator_cannot_publish(edit, cora):
    edit(cora, "Come and listen", "action-publish")
    assert FrontPage.objects.get().title == "Be someone she can tell"


def test_a_survivor_leader_cannot_publish_by_hand_either(edit, marisol):
    edit(marisol, "Come and listen", "action-publish")
    assert FrontPage.objects.get().title == "Be someone she can tell"


def test_what_a_coordinator_hands_in_is_published_by_a_survivor_leader(edit, as_, cora, marisol):
    edit(cora, "Come and listen", "action-submit")
    page = FrontPage.objects.get()
    task = page.current_workflow_task_state
    approve = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", task.pk])
    as_(cora).post(approve)
    assert FrontPage.objects.get().title == "Be someone she can tell"
    as_(marisol).post(approve)
    assert FrontPage.objects.get().title == "Come and listen"


def test_a_learner_finds_no_editor(edit, ruth):
    before = Revision.objects.count()
    assert edit(ruth, "Mine now") == 404
    assert Revision.objects.count() == before
