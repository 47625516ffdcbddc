"""Hostile words, and words where nobody else should find them."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail import blocks

from alongside.practice import acts
from alongside.practice.models import Attempt, Scenario

HOSTILE = "</textarea><script>alert(1)</script>{{ 7|add:7 }}\x00\ud800 =1+1 warmth"


@pytest.fixture
def attempt(the_rent, ruth) -> Attempt:
    return acts.begin(ruth, the_rent)


def test_a_stranger_at_the_same_screen_finds_no_words_by_going_back(attempt):
    answer = Client().post(reverse("practice:answer", args=[attempt.pk]), {"number": 1, "reply": "A kingfisher."})
    assert "A kingfisher." in answer.text
    assert "no-store" in answer["Cache-Control"]


def test_nobody_fills_the_disk_with_unsent_words(attempt, ruth, as_):
    acts.answer(ruth, attempt.pk, 1, "warmth")
    browser, flood = as_(ruth), "x" * 500_000
    for address in (
        reverse("practice:stop", args=[attempt.pk]),
        reverse("practice:take_again", args=[attempt.pk, 1]),
    ):
        answer = browser.post(address, {"reply": flood})
        assert answer.status_code == 422
        assert flood in answer.text  # nothing typed is lost
    assert not Attempt.objects.exclude(draft="").exists()
    browser.post(reverse("practice:stop", args=[attempt.pk]), {"reply": "x" * 20_000})
    assert len(Attempt.objects.get().draft) == 20_000


def test_nobody_fills_the_disk_with_new_lines_of_a_conversation(attempt, ruth, as_, monkeypatch):
    monkeypatch.setattr("alongside.practice.acts.conversing.MOST_IN_AN_HOUR", 3)
    acts.answer(ruth, attempt.pk, 1, "warmth")
    browser, again = as_(ruth), reverse("practice:take_again", args=[attempt.pk, 1])
    answers = [browser.post(again, {"reply": f"Start {number}."}) for number in range(5)]
    assert [answer.status_code for answer in answers] == [302, 302, 302, 429, 429]
    assert "Start 4." in answers[4].text  # nothing typed is lost
    assert Attempt.objects.filter(forked_from=attempt).count() == 3


def test_a_hostile_reply_is_shown_as_text_everywhere(attempt, ruth, marisol, as_):
    browser = as_(ruth)
    words = HOSTILE.encode("utf-8", "replace").decode()
    browser.post(reverse("practice:answer", args=[attempt.pk]), {"number": 1, "reply": words})
    browser.post(reverse("practice:see_differently", args=[attempt.pk, 1, 0]), {"view": words.replace("\x00", "")})
    pages = [browser.get(reverse(f"practice:{name}", args=[attempt.pk])) for name in ("attempt", "debrief")]
    pages += [browser.get(reverse("practice:see_differently", args=[attempt.pk, 1, 0]))]
    pages += [as_(marisol).get("/desk/seen-differently/")]
    assert all("&lt;script&gt;" in page.text for page in (pages[0], pages[2], pages[3]))
    for page in pages:
        assert page.status_code == 200
        assert "<script>alert" not in page.text
        assert "</textarea><script" not in page.text


def test_what_no_database_takes_is_replaced_and_kept(attempt, ruth):
    turn = acts.answer(ruth, attempt.pk, 1, HOSTILE)
    turn.refresh_from_db()
    assert "\ufffd\ufffd =1+1 warmth" in turn.reply


@pytest.mark.parametrize("who", ["cora", "marisol"])
def test_a_copy_never_writes_over_the_live_scenario_it_was_made_of(request, the_rent, as_, who):
    browser = as_(request.getfixturevalue(who))
    address = reverse("wagtailsnippets_practice_scenario:copy", args=[the_rent.pk])
    page = browser.get(address)
    assert f'action="{reverse("wagtailsnippets_practice_scenario:add")}' in page.text
    form = {name: getattr(the_rent, name) for name in ("person", "about", "content_note", "opening")}
    form |= streams(the_rent) | {"title": "Mine now", "source_id": "mine-now"}
    assert browser.post(address, form).status_code == 405
    the_rent.refresh_from_db()
    assert (the_rent.title, the_rent.live) == ("The rent", True)


def streams(scenario: Scenario) -> dict[str, object]:
    """Give the beats and endings of a scenario as the editor's form sends them."""
    sent: dict[str, object] = {}

    def send(name: str, block: blocks.Block, value: Any) -> None:
        if isinstance(block, blocks.StructBlock):
            for each, of in block.child_blocks.items():
                send(f"{name}-{each}", of, value[each])
        elif isinstance(block, blocks.StreamBlock | blocks.ListBlock):
            sent[f"{name}-count"] = len(value)
            for index, each in enumerate(value):
                of = each.block if isinstance(block, blocks.StreamBlock) else block.child_block
                kind = each.block_type if isinstance(block, blocks.StreamBlock) else "item"
                place = f"{name}-{index}"
                sent.update({f"{place}-deleted": "", f"{place}-order": index, f"{place}-type": kind})
                send(f"{place}-value", of, each.value if isinstance(block, blocks.StreamBlock) else each)
        elif value not in (None, []):
            sent[name] = value

    for name in ("beats", "endings"):
        stream = getattr(scenario, name)
        send(name, stream.stream_block, stream)
    return sent
