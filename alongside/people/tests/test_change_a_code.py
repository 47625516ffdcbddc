"""Whoever holds a code changes it: then the one before opens nothing, and what was open elsewhere is closed."""

import re
from datetime import timedelta
from functools import partial

import pytest
from bs4 import BeautifulSoup
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse

from alongside.core.codes import Code, new_ally_code, new_survivor_code, read_survivor_code
from alongside.people import acts
from alongside.people.acts import CodeTaken, Refused, WrongCode, codes
from alongside.people.acts.codes import handle_of
from alongside.people.models import KeyPair, Opened, Survivor
from alongside.people.new_code import SHOWN_FOR, Drawn, as_field, read_field
from alongside.people.opening import Opener
from alongside.people.tests.conftest import at_once
from alongside.records import clock, turnstile
from alongside.records.limits import Limit
from alongside.records.models import Tombstone
from conftest import bytes_on_disk

pytestmark = pytest.mark.usefixtures("db")

HERE = "192.0.2.7"


def fresh(opener: Opener) -> Opener:
    """Give what is open as another request would find it."""
    return Opener(KeyPair.objects.select_related("survivor").get(pk=opener.pair.pk), opener.private)


def words_on(page: str) -> Code:
    """Give the code that a page shows."""
    shown = BeautifulSoup(page, "html.parser").select("ol.code li")
    return read_survivor_code(" ".join(item.get_text() for item in shown))


def drawn_on(page: str) -> str:
    """Give what the form of a page carries along."""
    return str(BeautifulSoup(page, "html.parser").select("input[name=drawn]")[0]["value"])


def positions_on(page: str) -> list[int]:
    labels = [label.get_text() for label in BeautifulSoup(page, "html.parser").select("main label")]
    return [int(number) for label in labels for number in re.findall(r"Word (\d)", label)]


@pytest.fixture
def browser(open_in, wren):
    """Where Wren's code is open."""
    return open_in(Client(), wren)


def prove(browser: Client, code: Code, drawn: str):
    """Say that the words are written down, and type the two that are asked for."""
    asked = browser.post(reverse("hers:change_code"), {"drawn": drawn, "step": "ask"}).text
    first, second = positions_on(asked)
    typed = {"first": code.words[first - 1].upper(), "second": f" {code.words[second - 1]} "}
    return browser.post(reverse("hers:change_code"), {"drawn": drawn_on(asked), **typed})


# --- What it does ---------------------------------------------------------------------------------------------------


def test_the_new_words_open_what_the_old_ones_opened_and_the_old_ones_nothing(wren, wren_code):
    new = acts.draw_code()
    changed = acts.change_code(fresh(wren), new)
    assert changed.private == wren.private
    with pytest.raises(WrongCode):
        acts.open_code(wren_code, network=HERE)
    assert acts.open_code(new, network=HERE).private == wren.private


def test_the_old_words_and_the_new_ones_do_not_mix(wren, wren_code):
    new = acts.draw_code()
    acts.change_code(fresh(wren), new)
    for mixed in (Code(new.handle, wren_code.secret), Code(wren_code.handle, new.secret)):
        with pytest.raises(WrongCode):
            acts.open_code(mixed, network=HERE)


def test_everything_that_was_open_is_closed(wren, lark, open_in):
    first, second, hers = open_in(Client(), wren), open_in(Client(), wren), open_in(Client(), lark)
    acts.change_code(fresh(wren), acts.draw_code())
    assert [browser.get(reverse("hers:settings")).status_code for browser in (first, second, hers)] == [302, 302, 200]


def test_a_survivor_cannot_take_four_words_nor_the_first_two_of_somebody_else(wren, lark):
    with pytest.raises(ValueError, match="handle"):
        acts.change_code(fresh(wren), new_ally_code())
    taken = Code("ribbon cactus", new_survivor_code().secret)
    with pytest.raises(CodeTaken):
        acts.change_code(fresh(wren), taken)
    assert bytes(Survivor.objects.get(pk=lark.survivor.pk).handle) == handle_of(taken)
    assert KeyPair.objects.get(survivor=wren.survivor).code_changed_at == wren.pair.code_changed_at


@pytest.mark.django_db(transaction=True)
def test_nothing_by_which_the_old_words_could_be_tried_stays_in_the_file(wren):
    handle, wrapped = bytes(wren.survivor.handle), bytes(wren.pair.wrapped_private or b"")
    before = bytes_on_disk()
    assert handle in before
    assert wrapped in before
    acts.change_code(fresh(wren), acts.draw_code())
    after = bytes_on_disk()
    assert handle not in after
    assert wrapped not in after


@pytest.mark.django_db(transaction=True)
def test_of_two_who_change_it_at_once_one_does(wren):
    codes, found = [acts.draw_code(), acts.draw_code()], fresh(wren)
    results = at_once(*(partial(acts.change_code, found, code) for code in codes))
    won = [code for code, result in zip(codes, results, strict=True) if isinstance(result, Opener)]
    assert len(won) == 1
    assert [result for result in results if isinstance(result, Refused)]
    assert acts.open_code(won[0], network=HERE).private == wren.private


def test_who_opened_with_the_old_words_a_moment_before_is_not_let_in_after_the_change(wren, wren_code, monkeypatch):
    real = acts.codes.unwrapped

    def changed_meanwhile(pair, code):
        private = real(pair, code)
        KeyPair.objects.update(code_changed_at=clock.now())
        return private

    monkeypatch.setattr("alongside.people.acts.codes.unwrapped", changed_meanwhile)
    with pytest.raises(WrongCode):
        acts.open_code(wren_code, network=HERE)


def test_what_is_opened_here_with_the_old_words_after_the_change_is_not_open(wren, open_in):
    before = fresh(wren)
    acts.change_code(fresh(wren), acts.draw_code())
    browser = open_in(Client(), before)
    assert Opened.objects.count() == 1
    assert browser.get(reverse("hers:settings"))["Location"] == reverse("hers:open")


# --- The pages ------------------------------------------------------------------------------------------------------


def test_she_sees_the_words_types_two_of_them_and_goes_on_with_the_new_code(browser, wren, wren_code):
    page = browser.get(reverse("hers:change_code"))
    assert page.status_code == 200
    assert "we cannot either" in page.text
    code = words_on(page.text)
    done = prove(browser, code, drawn_on(page.text))
    assert done["Location"] == reverse("hers:settings")
    said = browser.get(reverse("hers:settings"))
    assert said.status_code == 200, "it is open here, and nowhere else"
    assert "Your code is changed." in said.text
    assert Opened.objects.count() == 1
    assert acts.open_code(code, network=HERE).survivor == wren.survivor
    with pytest.raises(WrongCode):
        acts.open_code(wren_code, network=HERE)


def test_until_two_words_are_proven_the_old_code_counts(browser, wren, wren_code):
    page = browser.get(reverse("hers:change_code")).text
    address = reverse("hers:change_code")
    asked = browser.post(address, {"drawn": drawn_on(page), "step": "ask"})
    assert not set(words_on(page).words) & set(re.findall(r"[a-z]+", asked.text.split("<main")[1]))
    refused = browser.post(address, {"drawn": drawn_on(asked.text), "first": "kettle", "second": "willow"})
    assert refused.status_code == 422
    assert "not the two words" in refused.text
    assert 'value="kettle"' in refused.text, "what was typed is not lost"
    assert browser.post(address, {"drawn": drawn_on(asked.text)}).status_code == 422
    assert acts.open_code(wren_code, network=HERE).survivor == wren.survivor


def test_she_can_look_at_the_words_once_more_and_have_them_as_a_picture(browser):
    page = browser.get(reverse("hers:change_code")).text
    again = browser.post(reverse("hers:change_code"), {"drawn": drawn_on(page), "step": "show"}).text
    assert words_on(again) == words_on(page)
    picture = browser.post(reverse("hers:change_code"), {"drawn": drawn_on(page), "step": "picture"})
    assert picture.content.startswith(b"\x89PNG")
    assert picture["Content-Disposition"] == 'attachment; filename="picture.png"'
    assert len(picture.content) < 10_000


def test_each_look_draws_other_words_and_nothing_of_them_is_kept(browser):
    rows = list(Opened.objects.values()), list(KeyPair.objects.values())
    first, second = (words_on(browser.get(reverse("hers:change_code")).text) for _ in range(2))
    assert first != second
    assert ([*Opened.objects.values()], [*KeyPair.objects.values()]) == rows


def test_of_two_tabs_the_first_that_proves_its_words_counts(browser, wren):
    pages = [browser.get(reverse("hers:change_code")).text for _ in range(2)]
    codes = [words_on(page) for page in pages]
    assert prove(browser, codes[1], drawn_on(pages[1])).status_code == 302
    late = browser.post(reverse("hers:change_code"), {"drawn": drawn_on(pages[0]), "step": "ask"})
    assert late.status_code == 422
    assert words_on(late.text) not in codes
    assert acts.open_code(codes[1], network=HERE).survivor == wren.survivor


def test_words_that_somebody_else_has_by_now_make_way_for_others(browser, lark):
    page = browser.get(reverse("hers:change_code")).text
    code = words_on(page)
    Survivor.objects.filter(pk=lark.survivor.pk).update(handle=handle_of(code))
    others = prove(browser, code, drawn_on(page))
    assert others.status_code == 422
    assert "only these count" in others.text
    assert words_on(others.text) != code


def test_where_others_are_before_her_she_keeps_her_place(browser, monkeypatch):
    page = browser.get(reverse("hers:change_code")).text
    code = words_on(page)
    monkeypatch.setattr(turnstile, "PATIENCE", 0.01)
    with turnstile.passing(), turnstile.passing():
        busy = prove(browser, code, drawn_on(page))
    assert busy.status_code == 503
    assert busy["Retry-After"]
    form = BeautifulSoup(busy.text, "html.parser").select("main form")[0]
    fields = {field["name"]: field["value"] for field in form.select("input") if field["name"] != "csrfmiddlewaretoken"}
    assert browser.post(reverse("hers:change_code"), fields).status_code == 302


def test_nobody_without_an_open_code_is_let_in(client):
    for method in ("get", "post"):
        assert getattr(client, method)(reverse("hers:change_code"))["Location"] == reverse("hers:open")


def test_what_a_form_carries_is_hers_alone_and_only_for_a_while(wren, lark):
    drawn = Drawn(acts.draw_code(), (3, 5), wren.pair.code_changed_at, clock.now())
    carried = as_field(drawn, whose=wren.pair.pk)
    assert not set(drawn.code.words) & set(re.findall("[a-z]+", carried))
    assert read_field(carried, whose=wren.pair.pk) == drawn
    assert read_field(carried, whose=lark.pair.pk) is None
    for damaged in ("", "é", "nonsense", carried[:-8], carried[8:], carried[::-1], "B" + carried[1:]):
        assert read_field(damaged, whose=wren.pair.pk) is None
    with clock.moved_to(clock.now() + SHOWN_FOR + timedelta(seconds=1)):
        assert read_field(carried, whose=wren.pair.pk) is None


def test_a_form_with_nonsense_in_it_shows_new_words(browser):
    shown = browser.post(reverse("hers:change_code"), {"drawn": "nonsense", "first": "a", "second": "b"})
    assert shown.status_code == 422
    assert len(words_on(shown.text).words) == 6


def test_a_handle_is_unique_in_the_database_itself(wren, lark):
    with pytest.raises(IntegrityError):
        Survivor.objects.filter(pk=wren.survivor.pk).update(handle=lark.survivor.handle)


def test_no_key_or_word_stands_in_what_python_prints(wren, wren_code):
    drawn = Drawn(wren_code, (3, 5), None, clock.now())
    printed = f"{wren!r} {wren.pair!r} {wren.survivor!r} {drawn!r} {wren_code!r}"
    assert not set(wren_code.words) & set(re.findall("[a-z]+", printed))
    assert repr(wren.private) not in printed


def test_after_very_many_changes_she_is_held_back_for_a_while_and_nobody_else(wren, lark, monkeypatch):
    """Each change takes the turnstile as a try does: one browser must not keep everybody waiting before it."""
    monkeypatch.setattr(codes, "CHANGES_OF_A_CODE", Limit("codes changed", 2, timedelta(hours=1)))
    for _time in range(2):
        acts.change_code(fresh(wren), acts.draw_code())
    with pytest.raises(acts.TooOften):
        acts.change_code(fresh(wren), acts.draw_code())
    acts.change_code(fresh(lark), acts.draw_code())


def test_no_backup_lets_the_words_from_before_open_anything_again(wren):
    acts.change_code(fresh(wren), acts.draw_code())
    assert Tombstone.objects.filter(row=str(wren.pair.pk), fields="wrapped_private").exists()
