"""Attempts to read, to write, or to hold up what belongs to two other people."""

import time
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.urls import reverse

from alongside.conversations import acts
from alongside.conversations.acts import ToTell
from alongside.conversations.acts.sending import LONGEST_MESSAGE
from alongside.conversations.boundaries import Crossing, crossings
from alongside.conversations.care_team import may_be_given, may_read, who_can_open
from alongside.conversations.copying import copy_of
from alongside.conversations.models import Report
from alongside.conversations.reports import read_report
from alongside.introductions.models import Presentation, Profile
from alongside.people import acts as people
from alongside.people.models import Ally, CareMember
from alongside.records import clock

WORDS = "It is about the one I talked with."
HOLDS_UP = ("----", "aaaa", "1-1-", "a.a.", "a-a.", "a@a@", "++++", "éééé", "1(1 ", "one ", "i want to ")
"""What a pattern without an end would go through again from each sign of it."""


def letter(her, **more) -> Report:
    return acts.tell_care(her, ToTell(Report.Kind.LETTER, WORDS, **more))


# --- A care member who is her ally, or becomes it ---------------------------------------------------------------------


def test_who_deletes_the_conversation_before_she_writes_does_not_write_to_her_ally(
    wren, amal, talk, marisol_of_care, cora_of_care, marisol
):
    """She knows her ally by a chosen name, and the care team by others: she cannot leave out whom she does not see."""
    amal.user.groups.set(marisol.groups.all())
    CareMember.objects.create(user=amal.user)
    acts.delete_conversation(wren, talk)
    assert amal.user not in may_read(wren)
    report = letter(wren)
    assert amal.user not in who_can_open(report)
    assert amal.user not in may_be_given(report, ())
    assert set(who_can_open(report)) == {marisol_of_care.user, cora_of_care.user}


def test_a_care_member_with_whom_she_talks_later_opens_no_more_what_she_told_before(
    wren, lark, offer, marisol_of_care, cora_of_care, as_ally
):
    before, of_another = letter(wren), letter(lark)
    ally = Ally.objects.create(user=marisol_of_care.user, ready_at=clock.now() - timedelta(days=365))
    profile = Profile.objects.create(ally=ally, languages=["en"], capacity=5)
    Presentation.objects.create(profile=profile, name="Mari", approved_at=clock.now())
    introduction = offer(wren, marisol_of_care)
    assert before in Report.objects.for_care(marisol_of_care.user), "an offer is not yet a conversation"
    talk = acts.begin(marisol_of_care, introduction.pk)
    for _time in range(2):
        assert list(Report.objects.for_care(marisol_of_care.user)) == [of_another]
        assert who_can_open(before) == [cora_of_care.user]
        page = as_ally(marisol_of_care).get(reverse("desk:report", args=[before.pk]))
        assert page.status_code == 404
        acts.delete_conversation(wren, talk) if _time == 0 else None
    assert read_report(cora_of_care, before).body.words == WORDS


# --- An ally who wants to do harm -------------------------------------------------------------------------------------


@pytest.mark.parametrize("sign", HOLDS_UP)
def test_no_message_of_an_ally_holds_up_her_page(sign):
    text = (sign * LONGEST_MESSAGE)[: 4 * LONGEST_MESSAGE]
    began = time.process_time()
    crossings(text)
    assert time.process_time() - began < 0.6


def test_what_is_far_too_long_to_be_sent_is_not_looked_through(amal, talk, as_ally):
    began = time.process_time()
    page = as_ally(amal).post(reverse("conversations:send", args=[talk.pk]), {"text": "1-" * 300_000})
    assert page.status_code == 422
    assert time.process_time() - began < 5
    assert talk.messages.count() == 1


@pytest.mark.parametrize(
    ("said", "crossed"),
    [
        ("Try ０７７００ ９００ １２３ tonight.", Crossing.NUMBER),
        ("Try 0\u200b7\u200b7\u200b0\u200b0\u200b9\u200b0\u200b0\u200b1\u200b2\u200b3 tonight.", Crossing.NUMBER),
        ("Try ٠٧٧٠٠ ٩٠٠ ١٢٣ tonight.", Crossing.NUMBER),
        ("I’ll send y\u2060ou some money.", Crossing.MONEY),
    ],
)
def test_she_is_warned_of_what_is_written_in_strange_signs_too(said, crossed):
    assert crossed in crossings(said)


def test_the_organisations_own_number_may_be_passed_on_in_whichever_signs():
    assert crossings("Call ０８００ １２３ ４５６, they are kind.", ["0800 123 456 (day and night)"]) == ()


def test_nobody_writes_what_looks_like_a_message_of_hers_in_her_copy(wren, amal, talk):
    first = copy_of(wren, talk).splitlines()[0]
    assert first.startswith("You, ")
    acts.send(amal, talk, f"Good morning.\n\n{first}\nI wish I had never come.", uuid4())
    lines = copy_of(wren, talk).splitlines()
    assert sum(line.startswith("You, ") for line in lines) == 1
    assert f"    {first}" in lines


# --- Somebody else's conversation, report, message --------------------------------------------------------------------


def test_ids_of_others_open_nothing_whoever_asks_and_however(
    wren, lark, amal, bea, talk, as_her, as_ally, cora_of_care
):
    report = letter(wren)
    hers, allys = ("talk", as_her(lark)), ("conversations", as_ally(bea))
    for room, browser in (hers, allys):
        for name in ("conversation", "send", "new", "draft", "report"):
            address = reverse(f"{room}:{name}", args=[talk.pk])
            for ask in (browser.get, browser.head, browser.post, browser.options, browser.put):
                assert ask(address).status_code in (404, 405), (address, ask)
        for name in ("told", "add", "take_back"):
            address = reverse(f"{room}:{name}", args=[report.pk])
            for ask in (browser.get, browser.head, browser.post):
                assert ask(address).status_code in (404, 405), (address, ask)
    assert Report.objects.filter(pk=report.pk).exists()


def test_one_persons_cookie_in_anothers_place_opens_nothing(amal, talk, lark, open_in, as_):
    """One browser: signed in as Amal without her code, and Lark's is open. Neither opens what is Wren's and Amal's."""
    browser = open_in(as_(amal.user), lark)
    assert browser.get(reverse("talk:conversation", args=[talk.pk])).status_code == 404
    answer = browser.get(reverse("conversations:conversation", args=[talk.pk]))
    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/me/code/")
    browser.cookies["o"] = browser.cookies["s"].value
    assert browser.get(reverse("conversations:conversation", args=[talk.pk])).status_code == 302
    browser = open_in(as_(amal.user), amal)
    browser.cookies["s"] = browser.cookies["o"].value
    assert browser.get("/talk/home/").status_code == 302


def test_nothing_comes_by_asking_again_once_it_is_over_for_somebody(wren, amal, cora, talk, as_her, as_ally):
    her_browser, allys_browser = as_her(wren), as_ally(amal)
    acts.send(amal, talk, "Good morning.", uuid4())
    people.suspend(amal.user, by=cora)
    for name in ("conversation", "new"):
        assert allys_browser.get(reverse(f"conversations:{name}", args=[talk.pk])).status_code in (302, 404)
    assert "Good morning." in her_browser.get(reverse("talk:new", args=[talk.pk])).text
    people.delete_everything(wren.survivor)
    answer = her_browser.get(reverse("talk:new", args=[talk.pk]))
    assert (answer.status_code, answer.content) == (404, b"")


def test_a_reinstated_ally_reads_nothing_of_before(wren, amal, cora, talk, as_her, as_ally):
    people.suspend(amal.user, by=cora)
    people.reinstate(amal.user, by=cora)
    here = reverse("conversations:conversation", args=[talk.pk])
    assert "does not open with your code" in as_ally(amal).get(here).text
    as_her(wren).post(reverse("talk:earlier", args=[talk.pk]), {"yes": "1"})
    assert "does not open with your code" in as_ally(amal).get(here).text


@pytest.mark.parametrize("words", ["<script>alert(1)</script>", "{{ request }}{% now %}", "'><img src=x>", "%(name)s"])
def test_whatever_is_written_is_shown_as_it_is_and_does_nothing(wren, amal, talk, as_her, as_ally, words):
    people.choose_name(wren.survivor, words[:40])
    wren.survivor.refresh_from_db()
    acts.send(amal, talk, words, uuid4())
    pages = [
        as_her(wren).get(reverse("talk:conversation", args=[talk.pk])),
        as_her(wren).get(reverse("talk:new", args=[talk.pk])),
        as_ally(amal).get(reverse("conversations:conversation", args=[talk.pk])),
        as_ally(amal).get(reverse("conversations:hand_back", args=[talk.pk])),
        as_her(wren).get("/talk/settings/"),
    ]
    for page in pages:
        assert page.status_code == 200
        assert "<script>alert" not in page.text
        assert "<img src=x" not in page.text
    copy = as_her(wren).post(reverse("talk:copy", args=[talk.pk]))
    assert (copy["Content-Type"], copy["X-Content-Type-Options"]) == ("text/plain; charset=utf-8", "nosniff")


def test_the_tick_runs_whatever_was_written(wren, amal, talk):
    acts.send(amal, talk, "\u202e" * 10 + "\ud800" + "\0", uuid4())
    call_command("tick", verbosity=0)
