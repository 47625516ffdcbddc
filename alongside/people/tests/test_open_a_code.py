"""A survivor comes with six words and opens with them what is hers; wrong words open nothing, and tell nothing."""

from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.management import call_command
from django.urls import reverse
from nacl.pwhash import argon2id

from alongside.core import sealing
from alongside.core.codes import Code, new_survivor_code
from alongside.people import acts
from alongside.people.acts import CodeTaken, TooOften, WrongCode
from alongside.people.acts.codes import TRIES_OF_A_NETWORK, TRIES_OF_ALL
from alongside.people.hers import name_of
from alongside.people.models import KeyPair, Opened, Survivor
from alongside.people.tests.conftest import at_once
from alongside.records import clock, turnstile

pytestmark = pytest.mark.usefixtures("db")

SHELTER = "192.0.2.7"
ELSEWHERE = "192.0.2.8"


def with_other(words: str, code: Code) -> Code:
    """Give ``code`` with another handle, or another secret."""
    other = new_survivor_code()
    return Code(other.handle, code.secret) if words == "handle" else Code(code.handle, other.secret)


@pytest.fixture
def stretched(monkeypatch) -> list[str]:
    """How often Argon2id ran."""
    calls: list[str] = []
    real = argon2id.kdf

    def kdf(*args: Any, **kwargs: Any) -> bytes:
        calls.append("kdf")
        return bytes(real(*args, **kwargs))

    monkeypatch.setattr(argon2id, "kdf", kdf)
    return calls


def test_somebody_comes_with_a_new_code_and_opens_with_it_what_is_hers(settings):
    code = acts.draw_code()
    came = acts.come(code, name="Wren")
    opener = acts.open_code(code, network=SHELTER)
    assert opener.survivor == came.survivor
    assert opener.private == came.private
    assert sealing.open_seal(opener.private, sealing.seal_to(bytes(opener.pair.public_key), b"a wren")) == b"a wren"
    assert name_of(opener.survivor) == "Wren"


def test_nothing_that_is_kept_holds_a_word_of_her_code(wren, wren_code):
    kept = [bytes(value) for value in (wren.survivor.handle, wren.pair.wrapped_private, wren.pair.public_key)]
    assert [word for word in wren_code.words for value in kept if word.encode() in value] == []
    assert wren.private not in kept
    assert wren.private.hex() not in repr(wren)


@pytest.mark.parametrize("wrong", ["handle", "secret"])
def test_wrong_words_open_nothing_and_say_the_same_whichever_they_are(wren, wren_code, wrong):
    with pytest.raises(WrongCode) as refusal:
        acts.open_code(with_other(wrong, wren_code), network=SHELTER)
    assert str(refusal.value.sentence) == str(WrongCode().sentence)
    assert Survivor.objects.get().used_before_at is None, "nobody used it"


@pytest.mark.parametrize("typed", ["right", "handle", "secret"])
def test_each_try_costs_the_same_work_once(wren, wren_code, stretched, typed):
    code = wren_code if typed == "right" else with_other(typed, wren_code)
    try:
        acts.open_code(code, network=SHELTER)
    except WrongCode:
        assert typed != "right"
    assert stretched == ["kdf"]


def test_she_can_see_when_her_code_was_used_before(wren, wren_code):
    came = wren.survivor.used_at
    with clock.moved_to(came + timedelta(days=3)):
        opener = acts.open_code(wren_code, network=SHELTER)
    assert opener.survivor.used_before_at == came
    assert opener.survivor.used_at.date() == (came + timedelta(days=3)).date()
    with clock.moved_to(came + timedelta(days=5)):
        again = acts.open_code(wren_code, network=SHELTER)
    assert again.survivor.used_before_at == opener.survivor.used_at


def test_what_is_hers_is_kept_for_a_year_after_each_use_and_then_erased(wren, wren_code):
    came = clock.now()
    with clock.moved_to(came + timedelta(days=300)):
        acts.open_code(wren_code, network=SHELTER)
    call_command("tick", "--at", (came + timedelta(days=600)).isoformat(), verbosity=0)
    assert Survivor.objects.exists()
    call_command("tick", "--at", (came + timedelta(days=666)).isoformat(), verbosity=0)
    assert not Survivor.objects.exists()
    assert not KeyPair.objects.exists()


def test_one_network_is_held_back_after_very_many_tries_and_no_other_is(wren, wren_code, monkeypatch):
    monkeypatch.setattr("alongside.people.acts.codes.TRIES_OF_A_NETWORK", few(TRIES_OF_A_NETWORK))
    for _ in range(2):
        with pytest.raises(WrongCode):
            acts.open_code(with_other("secret", wren_code), network=SHELTER)
    with pytest.raises(TooOften):
        acts.open_code(wren_code, network=SHELTER)
    assert acts.open_code(wren_code, network=ELSEWHERE).survivor == wren.survivor, "no code is ever locked"


def test_a_refused_network_takes_nothing_of_what_everybody_has(wren, wren_code, monkeypatch):
    monkeypatch.setattr("alongside.people.acts.codes.TRIES_OF_A_NETWORK", few(TRIES_OF_A_NETWORK))
    monkeypatch.setattr("alongside.people.acts.codes.TRIES_OF_ALL", few(TRIES_OF_ALL, allowed=3))
    for _ in range(5):
        with pytest.raises((WrongCode, TooOften)):
            acts.open_code(with_other("handle", wren_code), network=SHELTER)
    assert acts.open_code(wren_code, network=ELSEWHERE)
    with pytest.raises(TooOften):
        acts.open_code(wren_code, network=ELSEWHERE)


def test_held_back_costs_no_work(wren, wren_code, stretched, monkeypatch):
    monkeypatch.setattr("alongside.people.acts.codes.TRIES_OF_ALL", few(TRIES_OF_ALL, allowed=0))
    with pytest.raises(TooOften):
        acts.open_code(wren_code, network=SHELTER)
    assert stretched == []


def few(limit, allowed: int = 2):
    return type(limit)(limit.name, allowed, limit.per)


def test_it_passes_by_itself(wren, wren_code, monkeypatch):
    monkeypatch.setattr("alongside.people.acts.codes.TRIES_OF_A_NETWORK", few(TRIES_OF_A_NETWORK, allowed=1))
    acts.open_code(wren_code, network=SHELTER)
    with pytest.raises(TooOften):
        acts.open_code(wren_code, network=SHELTER)
    with clock.moved_to(clock.now() + TRIES_OF_A_NETWORK.per):
        assert acts.open_code(wren_code, network=SHELTER)


def test_where_others_are_before_her_for_too_long_she_is_told_so(wren, wren_code, monkeypatch):
    monkeypatch.setattr(turnstile, "PATIENCE", 0.05)
    with turnstile.passing(), turnstile.passing(), pytest.raises(turnstile.Busy):
        acts.open_code(wren_code, network=SHELTER)
    assert acts.open_code(wren_code, network=SHELTER)


def test_a_handle_that_somebody_has_is_not_drawn_and_not_taken(wren, wren_code, monkeypatch):
    same = Code(wren_code.handle, new_survivor_code().secret)
    free = new_survivor_code()
    drawn = iter([same, free])
    monkeypatch.setattr("alongside.people.acts.codes.new_survivor_code", lambda: next(drawn))
    assert acts.draw_code() == free
    with pytest.raises(CodeTaken):
        acts.come(same)
    assert acts.open_code(wren_code, network=SHELTER).survivor == wren.survivor


@pytest.mark.django_db(transaction=True)
def test_of_two_who_come_with_the_same_first_words_one_does():
    code = new_survivor_code()
    results = at_once(lambda: acts.come(code), lambda: acts.come(Code(code.handle, new_survivor_code().secret)))
    assert sorted(type(result).__name__ for result in results) == ["CodeTaken", "Opener"]
    assert Survivor.objects.count() == KeyPair.objects.count() == 1


# --- The page -------------------------------------------------------------------------------------------------------

TYPED = "Kettle, wíllow\n1. LANTERN – olive thimble  harbor"


@pytest.mark.parametrize("typed", ["kettle willow lantern olive thimble harbor", TYPED])
def test_however_she_types_it_she_comes_to_what_is_hers(wren, client, typed):
    answer = client.post(reverse("hers:open"), {"code": typed})
    assert answer["Location"] == reverse("talk:home")
    assert client.get(reverse("hers:settings")).status_code == 200
    assert opened_by(client) == wren.pair


def opened_by(client) -> KeyPair:
    return Opened.objects.get(lookup=sealing.split_token(client.cookies["s"].value)[0]).pair


def test_another_code_takes_the_place_of_what_was_open_here(wren, lark, client, open_in):
    open_in(client, lark)
    client.post(reverse("hers:open"), {"code": TYPED})
    assert opened_by(client) == wren.pair
    assert Opened.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("kettle wilow lantern olive thimble harbor", "Is it “willow”"),
        ("kettle willow", "6 words, and here we count 2"),
        ("", "Please type the six words"),
        ("x" * 401, "far more than a code"),
        ("walnut willow lantern olive thimble harbor", str(WrongCode().sentence)),
        ("kettle willow walnut olive thimble harbor", str(WrongCode().sentence)),
    ],
)
def test_she_is_told_what_to_do_and_nothing_that_she_typed_is_lost(wren, client, typed, said):
    answer = client.post(reverse("hers:open"), {"code": typed})
    assert answer.status_code == 422
    assert said in answer.text
    assert typed in answer.text
    assert "s" not in client.cookies


def test_a_word_that_is_mistyped_costs_no_work_and_says_nothing_about_whether_there_is_such_a_code(client, stretched):
    client.post(reverse("hers:open"), {"code": "kettle wilow lantern olive thimble harbor"})
    assert stretched == []


def test_held_back_or_kept_waiting_she_keeps_her_words_and_tries_again(wren, client, monkeypatch):
    with monkeypatch.context() as patch, turnstile.passing(), turnstile.passing():
        patch.setattr(turnstile, "PATIENCE", 0.01)
        busy = client.post(reverse("hers:open"), {"code": TYPED})
    assert (busy.status_code, busy["Retry-After"]) == (503, "5")
    assert TYPED in busy.text
    with monkeypatch.context() as patch:
        patch.setattr("alongside.people.acts.codes.TRIES_OF_ALL", few(TRIES_OF_ALL, allowed=0))
        held = client.post(reverse("hers:open"), {"code": TYPED})
    assert held.status_code == 429
    assert "Yours still works" in held.text
    assert TYPED in held.text
    assert client.post(reverse("hers:open"), {"code": TYPED}).status_code == 302


def test_the_browser_neither_remembers_nor_corrects_the_words(client):
    box = BeautifulSoup(client.get(reverse("hers:open")).text, "html.parser").select_one("[name=code]")
    assert box is not None
    wanted = {"autocomplete": "off", "autocapitalize": "none", "autocorrect": "off", "spellcheck": "false"}
    assert {name: box[name] for name in wanted} == wanted
    assert client.get(reverse("hers:open"))["Cache-Control"].startswith("no-store")


def test_no_word_of_a_code_is_ever_logged(wren, client, caplog, monkeypatch):
    def breaks(*args: object, **kwargs: object) -> None:
        raise RuntimeError("something broke")

    monkeypatch.setattr("alongside.people.acts.codes.unwrap_private", breaks)
    client.raise_request_exception = False
    assert client.post(reverse("hers:open"), {"code": TYPED}).status_code == 500
    assert caplog.text
    assert [word for word in ("kettle", "willow", "lantern", "LANTERN", "harbor") if word in caplog.text] == []
