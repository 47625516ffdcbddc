"""How an ally presents herself is read by the desk, and approved exactly as it is, or sent back."""

import pytest

from alongside.introductions import acts
from alongside.introductions.models import Presentation
from alongside.introductions.tests.conftest import amal, bea, make_ally  # noqa: F401 - fixtures
from alongside.people.models import COORDINATOR
from alongside.records.models import Entry, Verb

pytestmark = pytest.mark.usefixtures("db")
LIST = "/desk/presentations/"
NEW_WORDS, HELP = "I know each of the debt offices in town.", "Leave out where you live."


@pytest.fixture
def waiting(amal) -> Presentation:  # noqa: F811
    """Amal has handed in new words."""
    return acts.hand_in(amal, "Amal", {"money": NEW_WORDS})


def page_of(presentation: Presentation) -> str:
    return f"{LIST}{presentation.pk}/"


def test_whose_words_wait_is_listed_and_said_on_the_first_page(as_, cora, marisol, waiting):
    for who in (cora, marisol):
        assert "1 ally waits for somebody to read how they present themselves." in as_(who).get("/desk/").text
        page = as_(who).get(LIST).text
        assert "Amal" in page
        assert page_of(waiting) in page
    acts.approve(waiting, marisol)
    assert "Nothing waits to be read." in as_(cora).get(LIST).text
    assert "how they present themselves" not in as_(cora).get("/desk/").text


def test_new_words_stand_beside_those_that_are_shown(as_, cora, waiting):
    page = as_(cora).get(page_of(waiting)).text
    assert NEW_WORDS in page
    assert "I know about money." in page
    assert "Shown now" in page


def test_the_desk_approves_and_the_words_are_shown(as_, marisol, waiting, amal):  # noqa: F811
    answer = as_(marisol).post(page_of(waiting), {"approve": "1"}, follow=True)
    assert "Approved. These words are shown from now on." in answer.text
    assert Presentation.objects.shown().get() == waiting
    assert Entry.objects.filter(verb=Verb.PRESENTATION_APPROVED, actor=marisol.pk, subject=amal.pk).count() == 1
    page = as_(marisol).get(page_of(waiting)).text
    assert "These words are decided." in page
    assert "Approve exactly these words" not in page


def test_the_desk_sends_back_with_what_would_help_and_what_was_shown_stays(as_, cora, waiting):
    answer = as_(cora).post(page_of(waiting), {"send_back": "1", "what_would_help": HELP}, follow=True)
    assert "Sent back. They read what would help." in answer.text
    waiting.refresh_from_db()
    assert (waiting.what_would_help, waiting.waits) == (HELP, False)
    assert Presentation.objects.shown().get() != waiting
    assert HELP in as_(cora).get(page_of(waiting)).text


def test_sending_back_needs_words_and_what_was_typed_stays(as_, cora, waiting):
    refused = as_(cora).post(page_of(waiting), {"send_back": "1", "what_would_help": "  "})
    assert refused.status_code == 422
    assert "Write what would help." in refused.text
    too_long = "m" * 1001
    refused = as_(cora).post(page_of(waiting), {"send_back": "1", "what_would_help": too_long})
    assert (refused.status_code, too_long in refused.text) == (422, True)
    assert "<details open>" in refused.text
    waiting.refresh_from_db()
    assert waiting.waits


def test_nobody_decides_about_herself(as_, make_account, make_ally, bea):  # noqa: F811
    bea.groups.add(*make_account("another", COORDINATOR).groups.all())
    own = acts.hand_in(bea, "Bea", {"money": NEW_WORDS})
    page = as_(bea).get(page_of(own)).text
    assert "These are your own words" in page
    assert "Approve exactly these words" not in page
    for decision in ({"approve": "1"}, {"send_back": "1", "what_would_help": HELP}):
        assert as_(bea).post(page_of(own), decision).status_code == 422
    own.refresh_from_db()
    assert own.waits


def test_of_two_who_decide_at_once_the_second_is_told(as_, cora, marisol, waiting):
    acts.send_back(waiting, marisol, HELP)
    refused = as_(cora).post(page_of(waiting), {"approve": "1"})
    assert refused.status_code == 422
    assert Presentation.objects.shown().get() != waiting


def test_words_that_were_replaced_meanwhile_are_not_decided_and_what_was_typed_is_shown(as_, cora, waiting, amal):  # noqa: F811
    acts.hand_in(amal, "Amal", {"work": "I have changed work often."})
    assert as_(cora).get(page_of(waiting)).status_code == 404
    assert as_(cora).post(page_of(waiting), {"approve": "1"}).status_code == 404
    answer = as_(cora).post(page_of(waiting), {"send_back": "1", "what_would_help": HELP})
    assert answer.status_code == 404
    assert HELP in answer.text


def test_nothing_on_these_pages_says_whether_she_has_been_there(as_, cora, waiting, amal, bea):  # noqa: F811
    """Amal lets it count, Bea does not."""
    beas = acts.hand_in(bea, "Amal", {"money": NEW_WORDS})
    Presentation.objects.filter(pk=beas.pk).update(handed_in_at=waiting.handed_in_at)
    pages = [as_(cora).get(page_of(each)).text for each in (waiting, beas)]
    rest = [page.split("What to look for")[1].partition("csrfmiddlewaretoken")[0] for page in pages]
    assert rest[0] == rest[1]
    assert all("survivor" not in page.split("<main")[1].lower() for page in pages)
