"""A learner answers three people before the lessons and three after: unaided, resumable, nothing lost."""

import pytest

from alongside.core.rating import ModelUnavailableError
from alongside.people.export import export
from alongside.people.readiness import requirements_of
from alongside.practice.tests.conftest import read_key_words
from alongside.records import clock
from alongside.records.erasure import erase_expired
from alongside.workshop import acts, assessment
from alongside.workshop.acts import AnsweredElsewhereError, DraftChangedError, NotOpenError
from alongside.workshop.disclosure_data import Form
from alongside.workshop.models import Disclosure, Enrolment, Occasion, Sitting, SittingAnswer
from alongside.workshop.tests.assessed import (  # noqa: F401 - fixtures
    AFTER,
    BEFORE,
    answer_all,
    disclosures,
    first_part,
    last_part,
    lessons_done,
    move_clock,
)
from conftest import bytes_on_disk

FIRST, LAST, BOTH = (f"/workshop/assessment/{which}" for which in ("first/", "last/", ""))

pytestmark = pytest.mark.usefixtures("disclosures")


def begin(client, address=FIRST) -> SittingAnswer:
    client.post(address, {"begin": "yes"})
    return Sitting.objects.latest("started_at").asked[0]


def send(client, asked, words, address=FIRST, **more):
    return client.post(address, {"asked": asked.pk, "seen": asked.draft, "words": words, **more})


def test_nobody_reads_an_answer_before_all_three_are_given(as_, ruth):
    client = as_(ruth)
    assert "gets no reading at once" in client.get(FIRST).content.decode()
    begin(client)
    sitting = Sitting.objects.get()
    for number, asked in enumerate(sitting.asked, start=1):
        page = client.get(FIRST).content.decode()
        assert f"person {number} of 3" in page
        assert "gets no reading at once" in page
        assert "Leans in" not in page
        assert "Pulls back" not in page
        assert not SittingAnswer.objects.exclude(rating=None).exists()
        assert send(client, asked, "Warmth. Some pity.").status_code == 302
    page = client.get(FIRST).content.decode()
    assert page.count("Leans in:") == page.count("Pulls back:") == 3
    assert "not yet reviewed" in page


def test_the_last_takes_the_other_form_and_opens_when_the_lessons_are_done(ruth, request):
    first = answer_all(ruth, Occasion.FIRST)
    assert not last_part(ruth).is_open
    assert last_part(ruth).missing
    with pytest.raises(NotOpenError):
        acts.sit(ruth, Occasion.LAST, "en")
    request.getfixturevalue("lessons_done")
    last = acts.sit(ruth, Occasion.LAST, "en")
    assert {first.form, last.form} == {"a", "b"}
    assert {Disclosure.objects.get(source_id=each.disclosure.source_id).form for each in last.asked} == {last.form}


def test_the_last_is_not_taken_without_the_first(ruth, lessons_done):  # noqa: F811
    with pytest.raises(NotOpenError):
        acts.sit(ruth, Occasion.LAST, "en")


def test_both_forms_come_first_equally_often(make_account):
    for number in range(8):
        acts.sit(make_account(f"learner{number}"), Occasion.FIRST, "en")
    forms = list(Sitting.objects.values_list("form", flat=True))
    assert forms.count("a") == forms.count("b") == 4


def test_which_form_and_which_order_are_drawn(ruth, monkeypatch):
    drawn = set()
    for _time in range(60):
        sitting = acts.sit(ruth, Occasion.FIRST, "en")
        drawn.add((sitting.form, tuple(each.pair for each in sitting.asked)))
        sitting.delete()
    assert {form for form, _pairs in drawn} == {"a", "b"}
    assert {pairs for _form, pairs in drawn} > {(1, 2, 3), (3, 2, 1)}


def test_without_two_whole_forms_nobody_is_assessed(as_, ruth):
    Disclosure.objects.filter(form="a", pair=2).update(live=False)
    assert assessment.part_first(ruth) is None
    assert assessment.part_last(ruth) is None
    assert as_(ruth).get(FIRST).status_code == 200
    with pytest.raises(NotOpenError):
        acts.sit(ruth, Occasion.FIRST, "en")


def test_an_edit_meanwhile_changes_nothing_for_her(ruth):
    sitting = acts.sit(ruth, Occasion.FIRST, "en")
    told = sitting.asked[0].disclosure.says
    row = Disclosure.objects.get(source_id=sitting.asked[0].disclosure.source_id)
    row.says = "Something else altogether."
    row.save_revision(clean=False).publish()
    assert Sitting.objects.get().asked[0].disclosure.says == told


def test_she_stops_and_goes_on_where_she_was(as_, ruth):
    client = as_(ruth)
    first = begin(client)
    send(client, first, "Warmth.")
    asked = Sitting.objects.get().asked[1]
    assert send(client, asked, "I am not sure\nwhat to say", later="yes").status_code == 302
    assert "What you typed is kept." in client.get("/workshop/").text
    page = client.get(FIRST).content.decode()
    assert "person 2 of 3" in page
    assert "I am not sure\nwhat to say</textarea>" in page
    assert [each.pk for each in Sitting.objects.get().asked] == [
        each.pk for each in acts.sit(ruth, Occasion.FIRST, "en").asked
    ]
    assert first_part(ruth).minutes_done > 0


def test_two_tabs_keep_different_drafts(as_, ruth):
    client = as_(ruth)
    asked = begin(client)
    send(client, asked, "From one tab.", later="yes")
    answer = send(client, asked, "From the other.", later="yes")
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "From one tab." in page
    assert "From the other.</textarea>" in page
    assert SittingAnswer.objects.get(pk=asked.pk).draft == "From one tab."
    asked.refresh_from_db()
    assert send(client, asked, "Both.", later="yes").status_code == 302
    with pytest.raises(DraftChangedError):
        acts.keep_draft(asked, "A third.", "something that never stood there")


def test_a_double_click_answers_once_and_another_reply_is_shown_to_be_copied(as_, ruth):
    client = as_(ruth)
    asked = begin(client)
    assert [send(client, asked, "Warmth.").status_code for _click in range(2)] == [302, 302]
    answer = send(client, asked, "Something different.")
    assert answer.status_code == 409
    assert "Something different.</textarea>" in answer.content.decode()
    assert SittingAnswer.objects.get(pk=asked.pk).reply == "Warmth."
    assert [each.answered_at is None for each in Sitting.objects.get().asked] == [False, True, True]
    with pytest.raises(AnsweredElsewhereError):
        acts.keep_draft(asked, "Too late.", "")


@pytest.mark.parametrize(("words", "why"), [("  \n ", "nothing in the box"), ("a" * 4001, "Shorten it")])
def test_what_cannot_be_taken_stays_in_the_box(as_, ruth, words, why):
    client = as_(ruth)
    answer = send(client, begin(client), words)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert why in page
    assert f"{words}</textarea>" in page


def test_words_of_somebody_who_is_no_longer_signed_in_are_shown(as_, ruth, client):
    asked = begin(as_(ruth))
    answer = send(client, asked, "A long reply.")
    assert answer.status_code == 401
    assert "A long reply.</textarea>" in answer.content.decode()


def test_another_learner_cannot_answer_for_her(as_, ruth, noor):
    asked = begin(as_(ruth))
    assert send(as_(noor), asked, "Mine.").status_code == 404
    assert SittingAnswer.objects.get(pk=asked.pk).reply == ""


def test_replies_that_cannot_be_read_are_kept_and_read_later(as_, ruth, monkeypatch):
    def no_model(*_words):
        raise ModelUnavailableError("no model")

    monkeypatch.setattr("alongside.workshop.acts.assessing.rate", no_model)
    client = as_(ruth)
    begin(client)
    for asked in Sitting.objects.get().asked:
        assert send(client, asked, "Warmth.").status_code == 302
    page = client.get(FIRST).content.decode()
    assert "cannot be read at the moment" in page
    assert "Warmth." in page
    assert first_part(ruth).is_done
    client.post(FIRST, {"read": "yes"})
    monkeypatch.setattr("alongside.workshop.acts.assessing.rate", read_key_words)
    client.post(FIRST, {"read": "yes"})
    assert client.get(FIRST).content.decode().count("Leans in:") == 3


def test_a_reply_in_another_language_is_said_to_be_not_rated(as_, ruth):
    answer_all(ruth, Occasion.FIRST, ("Hola.", "Warmth.", "Warmth."))
    assert "not rated" in as_(ruth).get(FIRST).content.decode().lower()


def test_she_sees_both_side_by_side_read_by_one_model(as_, ruth, lessons_done, monkeypatch):  # noqa: F811
    Enrolment.objects.create(learner=ruth)
    answer_all(ruth, Occasion.FIRST, BEFORE)
    SittingAnswer.objects.update(model="an older one")
    answer_all(ruth, Occasion.LAST, AFTER)
    page = as_(ruth).get(BOTH).content.decode()
    assert set(SittingAnswer.objects.values_list("model", flat=True)) == {"key words"}
    for words in ("<td>1</td><td>3</td>", "<td>1</td><td>5</td>", "<td>2</td><td>0</td>"):
        assert words in page
    assert all(reply in page for reply in ("Some fix.", "Warmth and invite."))
    assert Enrolment.objects.get().finished_at
    (met,) = (each for each in requirements_of(ruth) if each.name == "assessment")
    assert met.is_met


@pytest.mark.django_db(transaction=True)
def test_words_kept_for_later_are_gone_from_the_file_when_others_take_their_place(as_, ruth):
    client = as_(ruth)
    asked = begin(client)
    send(client, asked, "Quagmirelullaby.", later="yes")
    assert b"Quagmirelullaby" in bytes_on_disk()
    asked.refresh_from_db()
    send(client, asked, "Thistlegossamer.", later="yes")
    assert b"Quagmirelullaby" not in bytes_on_disk()
    asked.refresh_from_db()
    send(client, asked, "Warmth.")
    assert b"Thistlegossamer" not in bytes_on_disk()


@pytest.mark.django_db(transaction=True)
def test_after_180_days_only_moves_are_left(as_, ruth, move_clock):  # noqa: F811
    answer_all(ruth, Occasion.FIRST, ("Zephyr warmth. A marigold fix.", "Warmth.", "Warmth."))
    assert b"marigold" in bytes_on_disk()
    move_clock(days=181)
    assert erase_expired(clock.now())["alongside.workshop.acts.forgetting.forget_words"] == 3
    assert erase_expired(clock.now())["alongside.workshop.acts.forgetting.forget_words"] == 0
    assert b"marigold" not in bytes_on_disk()
    readings = [each.reading for each in Sitting.objects.get().asked if each.reading]
    moves = sorted(move for reading in readings for sentence in reading.sentences for move in sentence.moves)
    assert moves == ["fix", "warmth", "warmth", "warmth"]
    page = as_(ruth).get(FIRST).content.decode()
    assert "Your words were erased" in page
    assert page.count("Leans in:") == 3


@pytest.mark.usefixtures("lessons_done")
def test_the_last_long_after_the_first_shows_moves_and_counts_nothing_across_models(as_, ruth, move_clock):  # noqa: F811
    answer_all(ruth, Occasion.FIRST)
    SittingAnswer.objects.update(model="an older one")
    move_clock(days=200)
    erase_expired(clock.now())
    answer_all(ruth, Occasion.LAST)
    page = as_(ruth).get(BOTH).content.decode()
    assert "different versions of the reader" in page
    assert "<table>" not in page
    assert page.count("Leans in:") == 2


def test_a_sitting_that_is_not_finished_in_180_days_goes_and_she_begins_anew(as_, ruth, move_clock):  # noqa: F811
    client = as_(ruth)
    asked = begin(client)
    send(client, asked, "Warmth.")
    move_clock(days=181)
    assert assessment.sitting_of(ruth, Occasion.FIRST) is None
    answer = send(client, Sitting.objects.get().asked[1], "Late words.")
    assert answer.status_code == 404
    assert "Late words." in answer.content.decode()
    again = acts.sit(ruth, Occasion.FIRST, "en")
    assert Sitting.objects.get().pk == again.pk != asked.sitting_id
    assert again.form in {form.value for form in Form}
    move_clock(days=400)
    erase_expired(clock.now())
    assert not Sitting.objects.exists()


def test_she_takes_her_sittings_along(ruth):
    answer_all(ruth, Occasion.FIRST)
    sittings = export(ruth)["assessment"]
    assert isinstance(sittings, list)
    (sitting,) = sittings
    assert [each["your_reply"] for each in sitting["answers"]] == list(BEFORE)
