"""A survivor deletes everything of hers: alone, at once, and for good."""

import pytest
from django.test import Client
from django.urls import reverse

from alongside.people import acts, erasing
from alongside.people.acts import WrongCode
from alongside.people.models import KeyPair, Opened, Survivor
from alongside.records.models import Tombstone
from conftest import bytes_on_disk

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def browser(open_in, wren):
    """Where Wren's code is open."""
    return open_in(Client(), wren)


def test_she_is_told_what_goes_and_what_stays_and_then_all_of_it_is_gone(browser, wren, lark, wren_code, monkeypatch):
    monkeypatch.setitem(erasing._keeps, "a room above", lambda survivor: [f"A heron keeps {survivor.pk}."])
    assert browser.get(reverse("hers:gone"))["Location"] == reverse("talk:home"), "nothing is gone yet"
    asked = browser.get(reverse("hers:delete"))
    assert f"A heron keeps {wren.survivor.pk}." in asked.text
    assert Survivor.objects.count() == 2, "looking at the question deletes nothing"
    done = browser.post(reverse("hers:delete"))
    assert done["Location"] == reverse("hers:gone")
    assert not done.cookies["s"].value
    assert "All of it is gone" in browser.get(reverse("hers:gone")).text
    assert list(Survivor.objects.all()) == [lark.survivor]
    assert list(KeyPair.objects.all()) == [lark.pair]
    assert not Opened.objects.exists()
    with pytest.raises(WrongCode):
        acts.open_code(wren_code, network="192.0.2.7")


def test_her_words_can_be_anybodys_again(wren, wren_code):
    acts.delete_everything(wren.survivor)
    again = acts.come(wren_code)
    assert acts.open_code(wren_code, network="192.0.2.7").private == again.private != wren.private


@pytest.mark.django_db(transaction=True)
def test_her_handle_her_key_and_her_boxes_are_gone_from_the_file(browser, wren):
    row, pair = Survivor.objects.get(), KeyPair.objects.get()
    acts.choose_look(row, "weather")
    row.refresh_from_db()
    kept = [row.handle, row.name, row.look, pair.public_key, pair.wrapped_private, Opened.objects.get().private_key]
    traces = [bytes(value) for value in kept if value is not None]
    assert len(traces) == 6
    before = bytes_on_disk()
    assert [trace for trace in traces if trace not in before] == []
    browser.post(reverse("hers:delete"))
    after = bytes_on_disk()
    assert [trace for trace in traces if trace in after] == []


def test_no_restore_brings_her_back(wren):
    gone = {str(wren.survivor.pk), str(wren.pair.pk)}
    acts.delete_everything(wren.survivor)
    assert gone <= set(Tombstone.objects.values_list("row", flat=True))


def test_twice_does_no_harm_and_another_tab_is_led_to_where_codes_are_opened(browser, wren):
    other = Client()
    other.cookies = browser.cookies.copy()
    browser.post(reverse("hers:delete"))
    assert other.post(reverse("hers:delete"))["Location"] == reverse("hers:open")
    acts.delete_everything(wren.survivor)


def test_nobody_else_deletes_what_is_hers(wren, client):
    assert client.post(reverse("hers:delete"))["Location"] == reverse("hers:open")
    assert Survivor.objects.exists()


def test_the_pages_say_nothing_about_what_this_is_in_their_titles(browser, client):
    for answer in (browser.get(reverse("hers:delete")), client.get(reverse("hers:gone")), client.get("/talk/open/")):
        assert "<title>Notes</title>" in answer.text
