"""She reports: she chooses what is shown and to whom, the server copies it, and nobody else can open it."""

import json
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.db import connections
from django.urls import reverse

from alongside.conversations import acts
from alongside.conversations.acts import ToTell
from alongside.conversations.acts.reporting import MOST_MESSAGES
from alongside.conversations.care_team import may_read
from alongside.conversations.keys import NoSeal
from alongside.conversations.models import Report, ReportReply, ReportSeal
from alongside.conversations.reports import Body, close_body, key_of, read_report
from alongside.conversations.tests.conftest import FIRST_WORDS, care_member, own_opener
from alongside.core.sealing import new_key
from alongside.introductions.models import Door
from alongside.people import acts as people
from alongside.people.acts import Refused
from alongside.people.erasing import kept_after_deletion
from alongside.people.models import KeyPair, Organisation, User
from alongside.people.signals import key_pair_replaced
from alongside.records import clock
from alongside.records.erasure import erase_expired
from alongside.records.models import Entry, Tombstone, Verb
from conftest import bytes_on_disk

WORDS = "The heron was followed home."
Kind = Report.Kind


def page_of(talk) -> str:
    return reverse("talk:report", args=[talk.pk])


def told(talk=None, **more) -> ToTell:
    return ToTell(Kind.REPORT, WORDS, talk, **more)


def text_of(response) -> str:
    return BeautifulSoup(response.content, "html.parser").get_text(" ", strip=True)


# --- What she tells ---------------------------------------------------------------------------------------------------


def test_she_reports_and_both_care_members_read_it_and_so_does_she(wren, amal, talk, marisol_of_care, cora_of_care):
    acts.send(amal, talk, "Where do you live?", uuid4())
    report = acts.tell_care(wren, told(talk, messages=[2]))
    assert (report.survivor, report.about, report.ally) == (wren.survivor, amal.user, None)
    for reader in (marisol_of_care, cora_of_care, wren):
        body = read_report(reader, report).body
        assert body.words == WORDS
        assert [(each.number, each.is_hers, each.text) for each in body.messages] == [(2, False, "Where do you live?")]
    assert body.messages[0].at == talk.messages.get(number=2).at


def test_only_what_she_chose_is_copied(wren, talk, marisol_of_care):
    report = acts.tell_care(wren, told(talk))
    assert read_report(marisol_of_care, report).body.messages == ()


def test_nobody_can_make_a_message_up(wren, lark, bea, amal, talk, offer, marisol_of_care):
    """Numbers are all that comes with the form: one that is not there, or another conversation's, copies nothing."""
    other = acts.begin(bea, offer(lark, bea, "Somebody else's words.").pk)
    report = acts.tell_care(wren, told(talk, messages=[1, 7, 999]))
    assert [each.text for each in read_report(marisol_of_care, report).body.messages] == [FIRST_WORDS]
    with pytest.raises(Refused, match="not here"):
        acts.tell_care(wren, told(other, messages=[1]))


def test_a_report_that_somebody_puts_into_the_database_does_not_open(wren, talk, marisol_of_care):
    report = acts.tell_care(wren, told(talk))
    other = acts.tell_care(wren, told(talk))
    Report.objects.filter(pk=report.pk).update(closed=other.closed)
    with pytest.raises(NoSeal):
        read_report(marisol_of_care, Report.objects.get(pk=report.pk))
    forged = close_body(report.pk, new_key(), Body("I did it."))
    Report.objects.filter(pk=report.pk).update(closed=forged)
    with pytest.raises(NoSeal):
        read_report(marisol_of_care, Report.objects.get(pk=report.pk))


def test_the_same_form_sent_twice_is_one_report(wren, talk, marisol_of_care):
    telling = told(talk)
    assert acts.tell_care(wren, telling) == acts.tell_care(wren, telling)
    assert Report.objects.count() == 1


def test_the_number_of_somebody_elses_form_gives_nothing_away(wren, lark, talk, marisol_of_care):
    first = acts.tell_care(wren, told(talk))
    with pytest.raises(Refused, match="already sent"):
        acts.tell_care(lark, ToTell(Kind.LETTER, WORDS, nonce=first.nonce))


@pytest.mark.django_db(transaction=True)
def test_a_double_click_is_one_report(wren, talk, marisol_of_care):
    telling = told(talk)

    def click() -> object:
        try:
            return acts.tell_care(wren, telling).pk
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.submit(click), pool.submit(click)
    assert first.result() == second.result()
    assert Report.objects.count() == 1


@pytest.mark.parametrize(
    ("telling", "sentence"),
    [
        ({"words": " \n"}, "Write a few words"),
        ({"words": "a" * 4001}, "1 character longer"),
        ({"messages": range(MOST_MESSAGES + 1)}, "51 messages"),
        ({"words": "", "messages": [99]}, "Write a few words"),
    ],
)
def test_what_cannot_be_told_is_refused_with_what_to_do(wren, talk, marisol_of_care, telling, sentence):
    with pytest.raises(Refused, match=sentence):
        acts.tell_care(wren, replace(told(talk), **telling))
    assert not Report.objects.exists()


def test_nobody_floods_the_care_team(wren, talk, marisol_of_care, monkeypatch):
    monkeypatch.setattr("alongside.conversations.acts.reporting.take", lambda limit, who: limit.name != "reports")
    with pytest.raises(Refused, match="within an hour"):
        acts.tell_care(wren, told(talk))


# --- Who can read it --------------------------------------------------------------------------------------------------


def test_whom_she_leaves_out_cannot_open_it_nor_be_given_it(wren, talk, marisol_of_care, cora_of_care):
    report = acts.tell_care(wren, told(talk, leave_out=[cora_of_care.user.pk]))
    assert not Report.objects.for_care(cora_of_care.user).exists()
    with pytest.raises(NoSeal):
        key_of(cora_of_care, report)
    with pytest.raises(Refused):
        acts.open_report(cora_of_care, report)
    with pytest.raises(Refused, match="cannot be passed on"):
        acts.pass_on(marisol_of_care, report, cora_of_care.user)
    assert ReportSeal.objects.filter(pair=cora_of_care.pair).count() == 0


def test_a_seal_of_another_report_does_not_open_this_one(wren, talk, marisol_of_care, cora_of_care):
    """Whoever can write into the database moves a seal: what is under it stays closed."""
    report = acts.tell_care(wren, told(talk, leave_out=[cora_of_care.user.pk]))
    other = acts.tell_care(wren, told(talk))
    ReportSeal.objects.filter(report=other, pair=cora_of_care.pair).update(report=report)
    with pytest.raises(NoSeal):
        read_report(cora_of_care, report)


def test_to_leave_everybody_out_is_refused(wren, talk, marisol_of_care):
    with pytest.raises(Refused, match="left everybody out"):
        acts.tell_care(wren, told(talk, leave_out=[marisol_of_care.user.pk]))


def test_the_ally_herself_never_reads_it_though_she_is_of_the_care_team(wren, amal, talk, marisol, cora_of_care):
    amal.user.groups.set(marisol.groups.all())
    care_member(marisol)
    people.name_care_member(amal.user, by=cora_of_care.user)
    assert amal.user not in may_read(wren, talk)
    for telling in (told(talk), ToTell(Kind.LETTER, WORDS)):
        report = acts.tell_care(wren, telling)
        assert not Report.objects.for_care(amal.user).filter(pk=report.pk).exists()
        with pytest.raises(NoSeal):
            key_of(amal, report)
        with pytest.raises(Refused):
            acts.pass_on(cora_of_care, report, amal.user)


def test_who_joins_the_care_team_later_cannot_open_what_was_told_before(wren, talk, marisol_of_care, cora):
    report = acts.tell_care(wren, told(talk))
    late = care_member(cora)
    assert not Report.objects.for_care(cora).exists()
    with pytest.raises(NoSeal):
        key_of(late, report)


def test_a_care_member_passes_it_on(wren, talk, marisol_of_care, cora):
    report = acts.tell_care(wren, told(talk))
    late = care_member(cora)
    acts.pass_on(marisol_of_care, report, cora)
    assert read_report(late, report).body.words == WORDS
    entry = Entry.objects.get(verb=Verb.REPORT_PASSED_ON)
    assert (entry.actor, entry.subject) == (marisol_of_care.user.pk, report.pk)


def test_who_leaves_the_care_team_can_open_nothing_any_more(wren, talk, marisol_of_care, cora_of_care):
    report = acts.tell_care(wren, told(talk))
    people.leave_care_team(marisol_of_care.user)
    assert not ReportSeal.objects.filter(pair=marisol_of_care.pair).exists()
    with pytest.raises(Refused):
        acts.open_report(marisol_of_care, report)
    assert read_report(cora_of_care, report).body.words == WORDS


def test_a_lost_code_opens_nothing_any_more_and_the_new_one_nothing_from_before(wren, talk, marisol_of_care, cora):
    report = acts.tell_care(wren, told(talk))
    old, user = marisol_of_care.pair, marisol_of_care.user
    KeyPair.objects.filter(pk=old.pk).update(retired_at=clock.now())
    new = own_opener(user)
    key_pair_replaced.send(sender=KeyPair, user=user, old=old, new=new.pair)
    assert not ReportSeal.objects.exclude(pair=wren.pair).exists()
    assert not Report.objects.for_care(user).filter(pk=report.pk).exists()


def test_without_a_care_team_she_gets_the_numbers(wren, talk, as_her):
    Organisation.objects.create(numbers="Night line 000 000")
    with pytest.raises(Refused, match="Night line 000 000"):
        acts.tell_care(wren, told(talk))
    assert "Night line 000 000" in text_of(as_her(wren).get(page_of(talk)))
    back = as_her(wren).post(page_of(talk), {"text": WORDS})
    assert back.status_code == 422
    assert WORDS in back.text


# --- How long it is kept ----------------------------------------------------------------------------------------------


def test_it_goes_on_its_day_with_all_that_was_written_about_it(wren, talk, marisol_of_care):
    Door.objects.create(keep_reports_days=30)
    report = acts.tell_care(wren, told(talk))
    acts.answer_report(marisol_of_care, report, "We are on it.", uuid4())
    with clock.moved_to(clock.now() + timedelta(days=29)):
        erase_expired(clock.now())
        assert Report.objects.exists()
    with clock.moved_to(clock.now() + timedelta(days=30, minutes=1)):
        assert not Report.objects.for_care(marisol_of_care.user).exists()
        erase_expired(clock.now())
    assert not Report.objects.exists()
    assert not ReportReply.objects.exists()


def test_it_stays_when_she_deletes_the_conversation_or_everything_and_she_is_told_so_before(
    wren, talk, marisol_of_care
):
    report = acts.tell_care(wren, told(talk, messages=[1]))
    (sentence,) = kept_after_deletion(wren.survivor)
    assert "take it back" in sentence
    acts.open_report(marisol_of_care, report)
    (sentence,) = kept_after_deletion(wren.survivor)
    assert str(report.expires_at.year) in sentence
    assert "take it back" not in sentence
    acts.delete_conversation(wren, talk)
    people.delete_everything(wren.survivor)
    report.refresh_from_db()
    assert (report.survivor, report.conversation) == (None, None)
    assert [each.text for each in read_report(marisol_of_care, report).body.messages] == [FIRST_WORDS]
    assert not ReportSeal.objects.filter(pair=wren.pair).exists()


def test_she_takes_it_back_as_long_as_nobody_has_opened_it(wren, lark, talk, marisol_of_care):
    report = acts.tell_care(wren, told(talk))
    with pytest.raises(Refused):
        acts.take_back(lark, report)
    acts.take_back(wren, report)
    assert not Report.objects.exists()
    assert Tombstone.objects.filter(row=str(report.pk)).exists(), "no restore brings it back"
    report = acts.tell_care(wren, told(talk))
    acts.open_report(marisol_of_care, report)
    with pytest.raises(Refused, match="opened it already"):
        acts.take_back(wren, report)


@pytest.mark.django_db(transaction=True)
def test_it_is_either_opened_or_taken_back(wren, talk, marisol_of_care):
    report = acts.tell_care(wren, told(talk))

    def attempt(act) -> bool:
        try:
            act()
        except Refused:
            return False
        finally:
            connections.close_all()
        return True

    with ThreadPoolExecutor(2) as pool:
        taken = pool.submit(attempt, lambda: acts.take_back(wren, report))
        opened = pool.submit(attempt, lambda: acts.open_report(marisol_of_care, report))
    assert taken.result() != opened.result()
    assert Report.objects.exists() == opened.result()


@pytest.mark.django_db(transaction=True)
def test_its_words_are_nowhere_in_clear_and_its_traces_go(wren, talk, marisol_of_care):
    report = acts.tell_care(wren, told(talk, messages=[1], leave_out=[uuid4()]))
    acts.answer_report(wren, report, "An egret came later.", uuid4())
    on_disk = bytes_on_disk()
    for words in (WORDS, FIRST_WORDS, "An egret came later."):
        for shape in (words, json.dumps(words), words[4:]):
            assert shape.encode() not in on_disk
    traces = [bytes(report.closed), *(bytes(each.sealed) for each in report.seals.all())]
    traces += [bytes(each.closed) for each in report.replies.all()]
    assert all(trace[:300] in on_disk for trace in traces)
    acts.take_back(wren, report)
    assert not any(trace[:300] in bytes_on_disk() for trace in traces)


# --- Her pages --------------------------------------------------------------------------------------------------------


def test_she_chooses_on_the_page(wren, amal, talk, as_her, marisol_of_care, cora_of_care):
    acts.send(amal, talk, "Where do you live?", uuid4())
    browser = as_her(wren)
    page = browser.get(page_of(talk))
    said = text_of(page)
    assert "Marisol" in said
    assert "Cora" in said
    assert "@alongside.example" not in said
    fields = {"messages": ["2"], "leave_out": [str(cora_of_care.user.pk)], "tells_openings": "on", "text": WORDS}
    sent = browser.post(page_of(talk), fields | {"nonce": str(uuid4())})
    report = Report.objects.get()
    assert sent["Location"] == reverse("talk:told", args=[report.pk])
    after = text_of(browser.get(sent["Location"]))
    assert "Where do you live?" in after
    assert WORDS in after
    assert "It opens for Marisol" in after
    assert "Nobody has opened it yet" in after


def test_what_she_chose_stays_chosen_while_she_looks_at_earlier_messages(wren, amal, talk, as_her, marisol_of_care):
    for number in range(30):
        acts.send(amal, talk, f"Line {number}. " + "It rains. " * 80, uuid4())
    browser = as_her(wren)
    page = browser.get(page_of(talk))
    before = re.search(r'name="before" value="(\d+)"', page.text)[1]  # type: ignore[index]
    earlier = browser.post(page_of(talk), {"messages": ["31", "30"], "text": WORDS, "before": before})
    assert '<input type="hidden" name="messages" value="30">' in earlier.text
    assert "2 more on other pages" in text_of(earlier)
    assert WORDS in earlier.text
    newest = browser.post(page_of(talk), {"messages": ["1", "30", "31"], "text": WORDS, "before": "0"})
    assert '<input type="hidden" name="messages" value="1">' in newest.text
    assert re.search(r'value="31" checked', newest.text)
    assert not Report.objects.exists()


def test_nonsense_in_the_form_is_left_out(wren, talk, as_her, marisol_of_care):
    fields = {"messages": ["x", "-1", "9" * 30], "leave_out": ["nobody"], "text": WORDS, "nonce": "?", "before2": ""}
    assert as_her(wren).post(page_of(talk), fields).status_code == 302


def test_a_refused_form_keeps_everything(wren, talk, as_her, marisol_of_care, cora_of_care):
    fields = {"messages": ["1"], "leave_out": [str(cora_of_care.user.pk)], "text": "a" * 4001}
    page = as_her(wren).post(page_of(talk), fields)
    assert page.status_code == 422
    assert "a" * 4001 in page.text
    assert re.search(r'value="1" checked', page.text)
    assert re.search(rf'value="{cora_of_care.user.pk}" checked', page.text)


def test_what_is_told_is_there_for_nobody_else(wren, lark, amal, talk, as_her, as_ally, as_, ruth, marisol_of_care):
    report = acts.tell_care(wren, told(talk))
    other, here = as_her(lark), reverse("talk:told", args=[report.pk])
    assert other.get(here).status_code == 404
    assert other.get(page_of(talk)).status_code == 404
    for name in ("add", "take_back"):
        assert other.post(reverse(f"talk:{name}", args=[report.pk]), {"text": ""}).status_code == 404
    for browser in (as_ally(amal), as_(ruth), as_(None)):
        assert browser.get(here)["Location"] == reverse("hers:open")
    assert Report.objects.exists()


# --- An ally tells ----------------------------------------------------------------------------------------------------


def test_an_ally_tells_and_it_is_about_nobody_and_noted(amal, talk, marisol_of_care):
    report = acts.tell_care(amal, ToTell(Kind.WORRY, WORDS, talk, messages=[1]))
    assert (report.ally, report.about, report.survivor) == (amal.user, None, None)
    assert read_report(marisol_of_care, report).body.messages[0].text == FIRST_WORDS
    entry = Entry.objects.get(verb=Verb.REPORT_MADE)
    assert (entry.actor, entry.subject) == (amal.user.pk, report.pk)


def test_an_ally_who_is_suspended_reads_her_own_report_no_more(amal, talk, cora_of_care):
    report = acts.tell_care(amal, ToTell(Kind.WORRY, WORDS, talk))
    people.suspend(amal.user, by=cora_of_care.user)
    assert acts.look_at_own(amal, report) is None
    assert read_report(cora_of_care, report).body.words == WORDS


def test_an_ally_of_the_care_team_does_not_find_her_own_report_at_the_desk(amal, talk, marisol, cora_of_care):
    amal.user.groups.set(marisol.groups.all())
    people.name_care_member(amal.user, by=cora_of_care.user)
    report = acts.tell_care(amal, ToTell(Kind.WORRY, WORDS, talk))
    assert not Report.objects.for_care(amal.user).exists()
    people.leave_care_team(amal.user)
    assert acts.look_at_own(amal, report) is not None, "what she told herself stays open to her"


def test_when_nobody_may_read_it_any_more_she_is_told(wren, talk, as_her, marisol_of_care):
    report = acts.tell_care(wren, told(talk))
    User.objects.filter(pk=marisol_of_care.user.pk).update(is_active=False)
    page = as_her(wren).get(reverse("talk:told", args=[report.pk]))
    assert "Nobody of the care team can open this any more" in text_of(page)
    with pytest.raises(Refused, match="Please tell it again"):
        acts.answer_report(wren, report, "Is somebody there?", uuid4())
