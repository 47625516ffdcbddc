"""Attempts to learn what somebody wished for, or to bend the numbers of the desk."""

import pytest

from alongside.core.matching import Wish
from alongside.introductions import letting_in
from alongside.introductions.forms import WordsForm
from alongside.introductions.hours import TIMES
from alongside.introductions.models import Ask, NobodyFound, Topic
from alongside.introductions.wishes import Wishes, close, open
from alongside.people.models import Survivor
from alongside.records.limits import Limit


def test_the_size_of_a_box_does_not_tell_what_she_wishes_for(db):
    survivor = Survivor.objects.create(handle=b"x" * 32)
    everything = Wishes(
        topics=tuple(Topic.objects.values_list("slug", flat=True)),
        languages=("en", "es"),
        woman=Wish.MUST,
        been_there=Wish.MUST,
        times=TIMES,
        clock=-720,
    )
    boxes = [close(wishes, survivor.pk) for wishes in (Wishes(), everything, Wishes(been_there=Wish.RATHER))]
    assert len({len(box) for box in boxes}) == 1
    assert open(Ask(wishes=boxes[1], survivor=survivor)) == everything


def test_who_is_not_let_in_is_not_counted_among_those_who_found_nobody(open_house, client, monkeypatch):
    monkeypatch.setattr(letting_in, "BEGINNINGS_OF_A_NETWORK", Limit("beginnings", 0, letting_in.DAY))
    assert client.post("/talk/people/", {"wait": "1"}).status_code == 429
    assert not NobodyFound.objects.exists()


@pytest.mark.parametrize(
    ("typed", "kept"), [("\u202eneriS", "neriS"), ("Wr\u200ben\n\nYou", "Wren You"), ("\u200b", "")]
)
def test_a_name_turns_nothing_round_and_hides_nothing_on_the_page_of_the_other(typed, kept):
    form = WordsForm({"name": typed, "words": ""}, asks_name=True)
    assert form.is_valid()
    assert form.cleaned_data["name"] == kept
