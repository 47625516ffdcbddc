"""What the desk does for an ally: supervision, suspending, letting them go on."""

import pytest
from django.urls import reverse

from alongside.people import acts
from alongside.people.models import Ally, Session, Supervision
from alongside.records.models import Entry, Verb

pytestmark = pytest.mark.usefixtures("db", "lesson")


@pytest.fixture
def ally(bring, ruth) -> Ally:
    """Ruth's role."""
    return Ally.objects.get(user=bring(ruth, "second factor", "sign", "ready"))


def page_of(learner, name="learner", *more) -> str:
    return reverse(f"desk:{name}", args=[learner.pk, *more])


def test_a_supervision_is_noted_once(as_, cora, marisol, ruth, ally):
    assert "Week 1: due on" in as_(cora).get(page_of(ruth)).text
    done = as_(cora).post(page_of(ruth, "note_supervision", 1), follow=True).text
    assert "Week 1: took place on" in done
    assert "with Cora" in done
    again = as_(marisol).post(page_of(ruth, "note_supervision", 1), follow=True).text
    assert "There is no supervision of this week that is still to come." in again
    assert Supervision.objects.get(done_at__isnull=False).by == cora
    assert as_(cora).post(page_of(ruth, "note_supervision", 2)).status_code == 404


def test_suspending_says_first_what_it_does_and_ends_every_session(as_, cora, ruth, ally):
    hers = as_(ruth)
    assert hers.get("/me/ready/").status_code == 200
    asked = as_(cora).get(page_of(ruth, "suspend")).text
    assert "It takes effect at once, everywhere" in asked
    assert Ally.objects.in_effect().exists(), "to ask is not to do"
    done = as_(cora).post(page_of(ruth, "suspend"), follow=True).text
    assert "Suspended since" in done
    assert not Session.objects.filter(user=ruth).exists()
    assert hers.get("/me/ready/").status_code == 302
    assert Entry.objects.filter(verb=Verb.ALLY_SUSPENDED, actor=cora.pk, subject=ruth.pk).exists()


def test_a_suspended_ally_can_go_on_with_the_pause_from_before(as_, cora, marisol, ruth, ally):
    acts.pause(ruth)
    acts.suspend(ruth, by=cora)
    assert "If they had paused, the pause still stands" in as_(marisol).get(page_of(ruth, "reinstate")).text
    done = as_(marisol).post(page_of(ruth, "reinstate"), follow=True).text
    assert "The role is in effect again." in done
    assert "Has paused since" in done


def test_what_does_not_fit_the_role_is_not_there(as_, cora, noor, ruth, ally):
    browser = as_(cora)
    assert browser.get(page_of(noor, "suspend")).status_code == 404
    assert browser.get(page_of(ruth, "reinstate")).status_code == 404
    acts.suspend(ruth, by=cora)
    assert browser.get(page_of(ruth, "suspend")).status_code == 404
    assert browser.post(page_of(ruth, "suspend")).status_code == 404
    acts.reinstate(ruth, by=cora)
    acts.lay_down(ruth)
    assert browser.post(page_of(ruth, "suspend")).status_code == 404
    assert "Laid down on" in browser.get(page_of(ruth)).text


def test_an_ally_who_is_of_the_desk_is_suspended_by_another(as_, bring, cora, marisol):
    bring(marisol, "sign", "ready")
    refused = as_(marisol).post(page_of(marisol, "suspend"), follow=True).text
    assert "This is about yourself, so it takes somebody else of the desk." in refused
    as_(cora).post(page_of(marisol, "suspend"))
    assert Ally.objects.get().suspended_at
