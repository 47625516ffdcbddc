"""Erased means gone from the file: what stood there in bytes, ciphertexts, keys and handles among it, is looked for."""

from datetime import timedelta

import pytest
from django.core.management import call_command

from alongside.conversations import acts as talking
from alongside.conversations.models import Conversation, Draft, Message, Report, ReportSeal, Seal
from alongside.conversations.reading import read
from alongside.introductions import acts as meeting
from alongside.introductions.models import Ask, Door, Introduction, Presentation
from alongside.people import acts as people
from alongside.people.models import KeyPair, Opened, Survivor, User
from alongside.people.models.code import UNUSED_CODES_ARE_KEPT
from alongside.records import clock
from conftest import PASSWORD
from tests.story import (
    OF_WREN_AND_AMAL,
    Story,
    story,  # noqa: F401 - a fixture
)
from tests.thief import everything_stored, found_in, stands_in

pytestmark = pytest.mark.django_db(transaction=True)
Traces = list[bytes]


def traces_of(*querysets) -> Traces:
    """Give every binary value of these rows, the longer than a few bytes of them."""
    found = []
    for rows in querysets:
        columns = [each.name for each in rows.model._meta.local_fields if each.get_internal_type() == "BinaryField"]
        found += [bytes(value) for row in rows.values_list(*columns) for value in row if value]
    return found


def all_there(traces: Traces) -> bool:
    return found_in(everything_stored(), traces) == traces


def all_gone(traces: Traces) -> bool:
    return found_in(everything_stored(), traces) == []


def tick_in(delay: timedelta) -> None:
    call_command("tick", at=(clock.now() + delay).isoformat(), verbosity=0)


def of_wren(story: Story) -> Traces:  # noqa: F811
    """All that is kept of Wren, but what she told the care team."""
    hers, talk = {"survivor": story.wren.survivor.pk}, {"conversation": story.talk}
    traces = traces_of(
        Survivor.objects.filter(pk=story.wren.survivor.pk),
        KeyPair.objects.filter(**hers),
        Opened.objects.filter(pair=story.wren.pair),
        Ask.objects.filter(**hers),
        Introduction.objects.filter(ask__survivor=story.wren.survivor),
        Message.objects.filter(**talk),
        Seal.objects.filter(key__conversation=story.talk),
        Draft.objects.filter(**talk),
        talk["conversation"].answers.all(),
    )
    assert len(traces) == 20
    return traces


def test_when_she_deletes_everything_no_byte_of_it_is_left(story):  # noqa: F811
    traces = of_wren(story)
    assert all_there(traces)
    people.delete_everything(story.wren.survivor)
    assert all_gone(traces)
    kept = Report.objects.get()
    assert (kept.survivor, kept.conversation) == (None, None), "the report stays, and leads to her no more"


def test_a_code_that_nobody_uses_for_a_year_is_gone_with_all_that_is_hers(story):  # noqa: F811
    traces = of_wren(story)
    tick_in(UNUSED_CODES_ARE_KEPT - timedelta(days=1))
    assert Survivor.objects.filter(pk=story.wren.survivor.pk).exists()
    tick_in(UNUSED_CODES_ARE_KEPT + timedelta(days=1))
    assert all_gone(traces)


def test_an_ask_that_she_takes_back_leaves_no_word(story):  # noqa: F811
    open_one = Ask.objects.filter(state=Ask.State.OFFERED)
    words = [*traces_of(Introduction.objects.filter(pk=story.offered.pk)), bytes(open_one.get().words)]
    assert len(words) == 2
    assert all_there(words)
    meeting.close_ask(story.wren)
    assert all_gone(words)


def test_an_offer_that_nobody_took_leaves_no_word_with_the_ally(story):  # noqa: F811
    words = traces_of(Introduction.objects.filter(pk=story.offered.pk))
    assert all_there(words)
    tick_in(timedelta(hours=49))
    assert all_gone(words)


def test_a_conversation_that_she_deletes_is_gone_with_its_keys_and_drafts(story):  # noqa: F811
    rows = {"conversation": story.talk}
    traces = traces_of(Message.objects.filter(**rows), Draft.objects.filter(**rows))
    traces += traces_of(Seal.objects.filter(key__conversation=story.talk), story.talk.answers.all())
    assert len(traces) == 8
    assert all_there(traces)
    talking.delete_conversation(story.wren, story.talk)
    assert all_gone(traces)


def test_a_draft_that_was_sent_is_gone(story):  # noqa: F811
    kept = traces_of(Draft.objects.filter(pair=story.wren.pair))
    assert all_there(kept)
    talking.keep_draft(story.wren, story.talk, "")
    assert all_gone(kept)


def test_conversations_and_reports_are_gone_when_the_organisations_terms_are_over(story):  # noqa: F811
    door = Door.current()
    talks = traces_of(Message.objects.all(), Seal.objects.all())
    reports = traces_of(Report.objects.all(), ReportSeal.objects.all(), Report.objects.get().replies.all())
    assert all_there(talks + reports)
    tick_in(timedelta(days=door.keep_days + 1))
    assert all_gone(talks)
    assert all_there(reports)
    tick_in(timedelta(days=door.keep_reports_days + 1))
    assert all_gone(reports)


def test_an_ally_who_leaves_takes_her_name_and_her_keys_and_what_she_wrote_stays_with_her(story, as_):  # noqa: F811
    amal = story.amal.user
    traces = traces_of(
        KeyPair.objects.filter(user=amal),
        Opened.objects.filter(pair=story.amal.pair),
        Seal.objects.filter(pair=story.amal.pair),
    )
    traces.append(amal.email.encode())
    assert all_there(traces)
    as_(amal).post("/me/leave/", {"password": PASSWORD})
    assert not User.objects.filter(pk=amal.pk).exists()
    assert not Presentation.objects.filter(name="Amal").exists()
    assert all_gone(traces)
    talk = Conversation.objects.get(pk=story.talk.pk)
    assert talk.ally is None
    assert [each.text for each in read(story.wren, talk)] == list(OF_WREN_AND_AMAL.values())
    assert stands_in(everything_stored(), bytes(talk.messages.get(number=3).closed))
