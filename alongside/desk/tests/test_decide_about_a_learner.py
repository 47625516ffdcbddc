"""One learner's page: what the desk notes, reads and decides, and that nobody does so about herself."""

import pytest
from django.urls import reverse

from alongside.core.rating import NOT_YET_REVIEWED
from alongside.desk.tests.conftest import ALL_BUT_A_TALK
from alongside.people import acts as people
from alongside.people.models import COORDINATOR, Ally, Declaration, IdentitySeen, Reference, Talk
from alongside.people.models.readiness import LONGEST_HELP
from alongside.practice import acts as practice
from alongside.practice.models import Attempt, PracticeRead
from alongside.records.models import Entry, Verb
from alongside.workshop.models import Certificate

pytestmark = pytest.mark.usefixtures("db", "lesson")
SECRET = "My own sister told me the same."


def page_of(learner, name="learner", *more) -> str:
    return reverse(f"desk:{name}", args=[learner.pk, *more])


@pytest.fixture
def shown(ruth, the_rent) -> Attempt:
    """A conversation of three replies that Ruth shows."""
    attempt = practice.begin(ruth, the_rent)
    for number, reply in enumerate(("warmth. <b>bold</b>", "a fix", "invite"), 1):
        practice.answer(ruth, attempt.id, number, reply)
    return practice.show_to_desk(ruth, attempt.id)


def test_the_page_says_where_she_is_and_nothing_that_she_wrote(as_, cora, marisol, ruth, the_rent):
    attempt = practice.begin(ruth, the_rent)
    practice.answer(ruth, attempt.id, 1, SECRET)
    for person in (cora, marisol):
        page = as_(person).get(page_of(ruth)).text
        for words in (
            "Ruth",
            "ruth@alongside.example",
            "In the lessons",
            "About 10 minutes are left",
            "Two references",
        ):
            assert words in page
        assert SECRET not in page


def test_a_page_of_nobody_and_of_a_colleague_who_learns_nothing_is_not_there(as_, cora, marisol, ruth):
    hers = page_of(ruth)
    people.leave(ruth)
    assert as_(cora).get(hers).status_code == 404
    assert as_(cora).get(page_of(marisol)).status_code == 404
    assert as_(cora).post(page_of(marisol, "note", "talk")).status_code == 404


NOTES = [("talk", Talk, Verb.TALK_NOTED), ("identity", IdentitySeen, Verb.IDENTITY_NOTED)]


@pytest.mark.parametrize(("what", "model", "verb"), [*NOTES, ("reference", Reference, Verb.REFERENCE_NOTED)])
def test_what_took_place_is_noted_and_taken_back(as_, marisol, ruth, what, model, verb):
    browser = as_(marisol)
    done = browser.post(page_of(ruth, "note", what), follow=True)
    assert "Noted by Marisol on" in done.text
    assert model.objects.get().by == marisol
    assert Entry.objects.filter(verb=verb, actor=marisol.pk, subject=ruth.pk).exists()
    done = browser.post(page_of(ruth, "take_note_back", what), follow=True)
    assert "Noted by Marisol on" not in done.text
    assert not model.objects.exists()
    refused = browser.post(page_of(ruth, "take_note_back", what), follow=True)
    assert "There is nothing of this kind to take back any more." in refused.text


def test_there_are_two_references_and_one_identity(as_, cora, ruth):
    browser = as_(cora)
    assert "I have heard one of the two" in browser.get(page_of(ruth)).text
    browser.post(page_of(ruth, "note", "reference"))
    assert "I have heard the second of the two" in browser.get(page_of(ruth)).text
    browser.post(page_of(ruth, "note", "reference"))
    assert "I have heard" not in browser.get(page_of(ruth)).text
    refused = browser.post(page_of(ruth, "note", "reference"), follow=True)
    assert "Both references were heard" in refused.text


def test_nothing_else_can_be_noted(as_, cora, ruth):
    assert as_(cora).post(page_of(ruth, "note", "gossip")).status_code == 404
    assert as_(cora).post(page_of(ruth, "take_note_back", "gossip")).status_code == 404


def test_nobody_of_the_desk_acts_on_herself(as_, bring, marisol):
    bring(marisol, *(step for step in ALL_BUT_A_TALK if step != "second factor"))
    browser = as_(marisol)
    page = browser.get(page_of(marisol)).text
    assert "This is about yourself" in page
    for words in ("I have talked with them", "They are ready", "Suspend the role", "What would help?"):
        assert words not in page
    refused = browser.post(page_of(marisol, "note", "talk"), follow=True).text
    assert "This is about yourself, so it takes somebody else of the desk." in refused
    refused = browser.post(page_of(marisol, "declare"), {"what_would_help": "Rest."})
    assert refused.status_code == 422
    assert not Talk.objects.exists()
    assert not Declaration.objects.exists()
    assert not PracticeRead.objects.exists()
    browser.post(page_of(marisol, "practice_shown"))
    assert not PracticeRead.objects.exists()


# --- Reading what she shows -----------------------------------------------------------------------------------------


def test_a_practice_is_opened_only_after_being_told_that_it_is_noted(as_, cora, marisol, ruth, shown):
    browser = as_(cora)
    before = browser.get(page_of(ruth, "practice_shown")).text
    assert "That you opened it is noted" in before
    assert "a fix" not in before
    assert not PracticeRead.objects.exists(), "a look before the door opens nothing"
    page = browser.post(page_of(ruth, "practice_shown"), follow=True).text
    assert PracticeRead.objects.get().by == cora
    for words in ("a fix", "nobody is to be judged by it", "“you” is Ruth", NOT_YET_REVIEWED):
        assert words in page
    assert "&lt;b&gt;bold" in page
    assert "Take this turn again" not in page
    assert "I see this differently" not in page
    assert "Opened by Cora on" in as_(marisol).get(page_of(ruth)).text
    assert "a fix" not in as_(marisol).get(page_of(ruth, "practice_shown")).text


def test_what_she_shows_no_more_is_closed_at_once(as_, cora, ruth, shown):
    browser = as_(cora)
    browser.post(page_of(ruth, "practice_shown"))
    assert "Read the practice that they show" in browser.get(page_of(ruth)).text
    practice.show_no_more(ruth, shown.id)
    assert browser.get(page_of(ruth, "practice_shown")).status_code == 404
    assert browser.post(page_of(ruth, "practice_shown")).status_code == 404
    assert "Read the practice that they show" not in browser.get(page_of(ruth)).text


# --- Ready, or not yet ----------------------------------------------------------------------------------------------


def test_two_of_the_desk_declare_a_learner_ready(as_, bring, ruth, cora, marisol):
    bring(ruth, *ALL_BUT_A_TALK, "talk")
    page = as_(cora).get(page_of(ruth)).text
    assert "Waits for a decision" in page
    assert "Nobody has done both yet." in page
    first = as_(cora).post(page_of(ruth, "declare"), {"ready": "1"}, follow=True).text
    assert "A second person of the desk says it, too." in first
    assert "You have said that they are ready." in first
    refused = as_(marisol).post(page_of(ruth, "declare"), {"ready": "1"})
    assert refused.status_code == 422
    assert "Neither of you has done both yet." in refused.text
    as_(marisol).post(page_of(ruth, "practice_shown"))
    second = as_(marisol).post(page_of(ruth, "declare"), {"ready": "1"}, follow=True).text
    assert "Ruth is an ally now." in second
    assert "Supervision" in second
    assert "They are ready" not in second
    assert Ally.objects.in_effect().get().user == ruth


def test_ready_is_not_to_be_said_while_something_is_missing(as_, ruth, cora):
    page = as_(cora).get(page_of(ruth)).text
    assert "Ready can be said when nothing above is missing any more." in page
    assert "They are ready" not in page
    refused = as_(cora).post(page_of(ruth, "declare"), {"ready": "1"})
    assert refused.status_code == 422
    assert "Something is still missing" in refused.text
    assert not Declaration.objects.exists()


def test_not_yet_says_what_would_help_and_she_reads_it(as_, ruth, cora):
    done = as_(cora).post(
        page_of(ruth, "declare"), {"not_yet": "1", "what_would_help": "A week of <rest>."}, follow=True
    )
    assert "Noted. Ruth reads what would help." in done.text
    assert "A week of &lt;rest&gt;." in done.text
    assert "A week of &lt;rest&gt;." in as_(ruth).get("/me/ready/").text


@pytest.mark.parametrize(
    ("typed", "sentence"), [("  ", "Write what would help."), ("ä" * (LONGEST_HELP + 1), "Shorten")]
)
def test_not_yet_keeps_what_was_typed_when_it_is_refused(as_, ruth, cora, typed, sentence):
    refused = as_(cora).post(page_of(ruth, "declare"), {"not_yet": "1", "what_would_help": typed})
    assert refused.status_code == 422
    assert sentence in refused.text
    assert typed in refused.text
    assert not Declaration.objects.exists()


def test_a_coordinator_helps_her_sign_in_from_there_and_the_address_holds_no_words(as_, ruth, cora, marisol):
    page = as_(cora).get(page_of(ruth)).text
    address = f"{reverse('desk:help_sign_in')}?learner={ruth.pk}"
    assert address in page
    assert 'value="ruth@alongside.example"' in as_(cora).get(address).text
    assert as_(cora).get(f"{reverse('desk:help_sign_in')}?learner=nonsense").status_code == 200
    assert "Help them sign in again" not in as_(marisol).get(page_of(ruth)).text


def test_words_of_those_who_left_stay_without_a_name(as_, ruth, cora, make_account):
    dana = make_account("dana", COORDINATOR)
    people.note_talk(ruth, by=dana)
    people.declare_not_yet(ruth, by=dana, what_would_help="Rest.")
    people.leave(dana)
    page = as_(cora).get(page_of(ruth)).text
    assert "by somebody who has left" in page
    assert "Somebody who has left said on" in page


# --- The certificate ------------------------------------------------------------------------------------------------


def test_a_coordinator_withdraws_a_certificate(as_, cora, marisol, ruth):
    certificate = Certificate.objects.create(learner=ruth, name_on_it="Ruth", lessons=10, practices=10, minutes=180)
    browser = as_(cora)
    assert "They fetched their certificate on" in browser.get(page_of(ruth)).text
    assert certificate.code not in browser.get(page_of(ruth)).text
    assert as_(marisol).post(page_of(ruth, "withdraw_certificate")).status_code == 404
    assert "There is no way back." in browser.get(page_of(ruth, "withdraw_certificate")).text
    done = browser.post(page_of(ruth, "withdraw_certificate"), {"may_have_another": "on"}, follow=True).text
    assert "They can fetch another." in done
    assert Entry.objects.filter(verb=Verb.CERTIFICATE_REVOKED, actor=cora.pk, subject=ruth.pk).exists()
    assert browser.post(page_of(ruth, "withdraw_certificate")).status_code == 404
