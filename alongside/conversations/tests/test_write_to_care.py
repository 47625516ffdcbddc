"""She writes to the care team, without whoever she talks with; they open it, answer, and it goes on from there."""

from datetime import timedelta
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from alongside.conversations import acts
from alongside.conversations.acts import ToTell
from alongside.conversations.care_letters import A_REPORT_WAITS, AT_ONCE, is_new_to, new_to
from alongside.conversations.keys import NoSeal
from alongside.conversations.models import Report, ReportOpening, ReportReply
from alongside.conversations.reports import key_of, read_report
from alongside.people import acts as people
from alongside.people.acts import Refused
from alongside.people.letters.sending import send
from alongside.people.models import Letter, Organisation, Survivor
from alongside.records import clock
from alongside.records.models import Entry, Verb

WORDS = "Could I have somebody else to talk with, please?"
CARE = "/talk/care/"
Kind = Report.Kind


@pytest.fixture
def letter(wren, marisol_of_care, cora_of_care) -> Report:
    """What Wren has written to both of the care team; she wants to see when it is opened."""
    return acts.tell_care(wren, ToTell(Kind.LETTER, WORDS, tells_openings=True))


@pytest.fixture
def with_mail(settings):
    settings.MAIL_WORKS = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def text_of(response) -> str:
    return BeautifulSoup(response.content, "html.parser").get_text(" ", strip=True)


def test_she_writes_from_any_page_of_hers(wren, talk, as_her, marisol_of_care):
    browser = as_her(wren)
    assert f'href="{CARE}"' in browser.get(reverse("talk:conversation", args=[talk.pk])).text
    assert WORDS not in text_of(browser.get(CARE))
    sent = browser.post(CARE, {"text": WORDS, "nonce": str(uuid4())}, follow=True)
    assert "The care team has it" in text_of(sent)
    report = Report.objects.get()
    assert (report.kind, report.about, report.conversation) == (Kind.LETTER, None, None)
    assert read_report(marisol_of_care, report).body.words == WORDS


def test_an_empty_letter_says_what_to_do_and_sends_nothing(wren, as_her, marisol_of_care):
    page = as_her(wren).post(CARE, {"text": "  "})
    assert page.status_code == 422
    assert "Write a few words" in text_of(page)
    assert not Report.objects.exists()


def test_they_open_it_answer_and_she_reads_it(wren, letter, as_her, marisol_of_care):
    browser, here = as_her(wren), reverse("talk:told", args=[letter.pk])
    assert "Nobody has opened it yet" in text_of(browser.get(here))
    acts.open_report(marisol_of_care, letter)
    acts.answer_report(marisol_of_care, letter, "Yes. We will look for somebody.", uuid4())
    assert "has answered you" in text_of(browser.get("/talk/home/"))
    assert "1 new answer" in text_of(browser.get(CARE))
    page = text_of(browser.get(here))
    assert "Yes. We will look for somebody." in page
    assert "It was opened a moment ago" in page
    assert "Take it back" not in page
    assert "has answered you" not in text_of(browser.get("/talk/home/"))
    assert "new answer" not in text_of(browser.get(CARE))


def test_who_does_not_wish_to_know_is_not_told_when_it_is_opened(wren, as_her, marisol_of_care):
    report = acts.tell_care(wren, ToTell(Kind.LETTER, WORDS))
    acts.open_report(marisol_of_care, report)
    page = text_of(as_her(wren).get(reverse("talk:told", args=[report.pk])))
    assert "opened a" not in page
    assert "Nobody has opened" not in page


def test_each_opening_is_noted_but_not_what_is_looked_at_meanwhile(letter, marisol_of_care, cora_of_care):
    assert acts.opened_lately(marisol_of_care, letter) is None
    acts.open_report(marisol_of_care, letter)
    assert acts.opened_lately(marisol_of_care, letter) is not None
    assert acts.opened_lately(cora_of_care, letter) is None, "each for herself"
    with clock.moved_to(clock.now() + timedelta(minutes=31)):
        assert acts.opened_lately(marisol_of_care, letter) is None
        acts.open_report(marisol_of_care, letter)
    assert ReportOpening.objects.count() == 2
    opened = Entry.objects.filter(verb=Verb.REPORT_OPENED)
    assert {(entry.actor, entry.subject) for entry in opened} == {(marisol_of_care.user.pk, letter.pk)}
    assert opened.count() == 2


def test_she_adds_something_and_it_opens_anew(wren, letter, as_her, marisol_of_care, cora_of_care):
    acts.open_report(marisol_of_care, letter)
    acts.settle_report(marisol_of_care, letter)
    assert new_to(cora_of_care.user) == 0, "settled is settled for all"
    added = as_her(wren).post(reverse("talk:add", args=[letter.pk]), {"text": "Soon, please.", "nonce": str(uuid4())})
    assert added.status_code == 302
    letter.refresh_from_db()
    assert letter.settled_at is None
    assert new_to(marisol_of_care.user) == new_to(cora_of_care.user) == 1
    assert read_report(cora_of_care, letter).replies[0].text == "Soon, please."
    acts.open_report(marisol_of_care, letter)
    assert not is_new_to(letter, marisol_of_care.user)
    assert new_to(marisol_of_care.user) == 0


def test_the_same_reply_sent_twice_is_one_and_both_sides_may_use_one_number(wren, letter, marisol_of_care):
    nonce = uuid4()
    first = acts.answer_report(wren, letter, "Soon.", nonce)
    assert acts.answer_report(wren, letter, "Soon.", nonce) == first
    acts.answer_report(marisol_of_care, letter, "Yes.", nonce)
    assert [each.text for each in read_report(wren, letter).replies] == ["Soon.", "Yes."]


def test_a_reply_that_is_moved_does_not_open(wren, letter, marisol_of_care):
    acts.answer_report(wren, letter, "Soon.", uuid4())
    ReportReply.objects.update(is_of_care=True)
    assert read_report(marisol_of_care, letter).replies[0].text is None
    ReportReply.objects.update(is_of_care=False, number=7)
    assert read_report(marisol_of_care, letter).replies[0].text is None


def test_what_cannot_be_added_comes_back(wren, letter, as_her):
    here = reverse("talk:add", args=[letter.pk])
    page = as_her(wren).post(here, {"text": "a" * 4001})
    assert page.status_code == 422
    assert "a" * 4001 in page.text
    acts.take_back(wren, letter)
    gone = as_her(wren).post(here, {"text": "Soon."})
    assert gone.status_code == 404
    assert "Soon." in gone.text


def test_nobody_answers_who_was_not_told(letter, amal, lark, wren, marisol_of_care):
    for opener in (amal, lark):
        with pytest.raises((Refused, TypeError)):
            acts.answer_report(opener, letter, "I was told too.", uuid4())
        with pytest.raises(NoSeal):
            key_of(opener, letter)
    assert not ReportReply.objects.exists()


def test_nobody_is_answered_who_has_deleted_everything(wren, letter, marisol_of_care):
    acts.open_report(marisol_of_care, letter)
    people.delete_everything(wren.survivor)
    letter.refresh_from_db()
    with pytest.raises(Refused, match="nobody would read"):
        acts.answer_report(marisol_of_care, letter, "Hello?", uuid4())


def test_a_report_is_settled_once(letter, marisol_of_care, cora_of_care):
    acts.settle_report(marisol_of_care, letter)
    with pytest.raises(Refused, match="settled already"):
        acts.settle_report(cora_of_care, letter)
    assert Entry.objects.filter(verb=Verb.REPORT_SETTLED).count() == 1


def test_what_goes_soon_is_announced(wren, letter, as_her):
    Report.objects.update(expires_at=clock.now() + timedelta(days=6))
    browser = as_her(wren)
    assert "is deleted on" in text_of(browser.get("/talk/home/"))
    assert "All of it is deleted on" in text_of(browser.get(CARE))


# --- What care members hear -------------------------------------------------------------------------------------------


def test_everybody_who_can_read_it_gets_a_letter_that_says_nothing(
    wren, talk, amal, marisol_of_care, cora_of_care, with_mail, mailoutbox
):
    report = acts.tell_care(wren, ToTell(Kind.REPORT, WORDS, talk, leave_out=[cora_of_care.user.pk]))
    posted = Letter.objects.get(kind=A_REPORT_WAITS)
    assert posted.user == marisol_of_care.user
    send(posted.pk)
    (mail,) = mailoutbox
    whole = f"{mail.subject} {mail.body}"
    assert "Something waits for you at the desk" in whole
    for word in (WORDS, "report", "survivor", "Wren", "Amal", str(report.pk)):
        assert word.lower() not in whole.lower()


def test_a_letter_is_not_sent_once_it_was_opened_or_taken_back(wren, letter, marisol_of_care, with_mail, mailoutbox):
    report = acts.tell_care(wren, ToTell(Kind.LETTER, WORDS))
    acts.open_report(marisol_of_care, report)
    acts.take_back(wren, acts.tell_care(wren, ToTell(Kind.LETTER, WORDS)))
    for each in Letter.objects.filter(user=marisol_of_care.user):
        send(each.pk)
    assert mailoutbox == []
    assert set(Letter.objects.filter(user=marisol_of_care.user).values_list("state", flat=True)) == {"unneeded"}


@pytest.mark.parametrize("kind", [Kind.WORRY_CHILD, Kind.WORRY_LIFE])
def test_a_worry_about_a_child_or_a_life_reaches_the_lead_first_and_everybody_at_once(
    amal, talk, marisol_of_care, cora_of_care, with_mail, mailoutbox, kind
):
    for lead in (marisol_of_care.user, cora_of_care.user):
        Letter.objects.all().delete()
        Organisation.objects.update_or_create(pk=1, defaults={"lead": lead})
        acts.tell_care(amal, ToTell(kind, WORDS, talk))
        posted = list(Letter.objects.filter(kind=AT_ONCE).order_by("created_at"))
        assert len(posted) == 2
        assert posted[0].user == lead
        assert all(each.due_at <= clock.now() for each in posted)
    send(posted[0].pk)
    assert "cannot wait" in mailoutbox[0].body
    assert "for today" in mailoutbox[0].subject


def test_she_hears_of_an_answer_if_she_wants_to(wren, letter, marisol_of_care, monkeypatch):
    told: list[Survivor] = []
    monkeypatch.setattr("alongside.conversations.acts.answering.something_for", told.append)
    acts.open_report(marisol_of_care, letter)
    acts.answer_report(marisol_of_care, letter, "Yes.", uuid4())
    assert told == [wren.survivor, wren.survivor]


def test_what_she_adds_to_something_that_is_gone_comes_back_and_is_not_called_a_conversation(wren, letter, as_her):
    browser = as_her(wren)
    acts.take_back(wren, letter)
    page = browser.post(reverse("talk:add", args=[letter.pk]), {"text": WORDS, "nonce": uuid4()})
    assert page.status_code == 404
    assert (WORDS in text_of(page), "conversation" in text_of(page)) == (True, False)
