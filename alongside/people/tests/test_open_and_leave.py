"""What a code opens stays open for a while, in one browser, and nothing of it is left when she leaves."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.management import call_command
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone

from alongside.core.codes import Code
from alongside.core.sealing import open_session, split_token
from alongside.people.acts.codes import fresh_pair
from alongside.people.leaving import LEFT_COOKIE, on_leaving
from alongside.people.models import Opened
from alongside.people.opening import (
    HER_COOKIE,
    OWN_COOKIE,
    Opener,
    close_all,
    for_survivor,
    opened,
    opener_of,
    with_code,
)
from alongside.people.sessions import end_sessions
from alongside.records import clock
from conftest import bytes_on_disk

SETTINGS = "/talk/settings/"
OWN_CODE = Code("", "lantern olive thimble harbor")


def is_open(client: Client) -> bool:
    return client.get(SETTINGS).status_code == 200


def at(**later):
    return clock.moved_to(timezone.now() + timedelta(**later))


@pytest.fixture
def hers(open_in, wren):
    """A browser in which Wren's code is open."""
    return open_in(Client(), wren)


@pytest.fixture
def ruths(ruth) -> Opener:
    """An account's own key pair."""
    pair, private = fresh_pair(OWN_CODE, user=ruth)
    pair.save()
    return Opener(pair, private)


def test_what_she_opened_is_open_in_her_browser_and_in_no_other(hers):
    assert is_open(hers)
    elsewhere = Client()
    answer = elsewhere.get(SETTINGS)
    assert (answer.status_code, answer["Location"]) == (302, "/talk/open/")


def test_the_cookie_goes_to_her_pages_alone_and_no_script_can_read_it(settings, open_in, wren):
    settings.BEHIND_TLS = True
    cookie = open_in(Client(), wren).cookies[HER_COOKIE]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"], cookie["secure"]) == (
        "/talk/",
        True,
        "Strict",
        True,
    )
    assert not cookie["expires"], "it goes with the browser"


def test_the_server_keeps_neither_her_cookie_nor_her_key(hers, wren):
    token = hers.cookies[HER_COOKIE].value
    row = Opened.objects.get()
    assert open_session(split_token(token)[1], row.private_key) == wren.private
    kept = bytes_on_disk()
    assert wren.private not in kept
    assert token.encode() not in kept
    assert split_token(token)[1] not in kept


@pytest.mark.parametrize("token", ["", "nonsense", "\N{LATIN SMALL LETTER THORN}", "x" * 5000])
def test_a_cookie_that_somebody_made_up_opens_nothing(hers, token):
    stranger = Client()
    stranger.cookies[HER_COOKIE] = token
    assert not is_open(stranger)


def test_it_closes_after_quiet_minutes(hers):
    with at(minutes=14, seconds=59):
        assert is_open(hers)
    with at(minutes=30):
        assert not is_open(hers)


def test_it_stays_open_while_she_is_there_but_not_for_longer_than_four_hours(hers):
    for minutes in range(10, 240, 10):
        with at(minutes=minutes):
            assert is_open(hers), minutes
    with at(hours=4, seconds=1):
        assert not is_open(hers)


def test_what_a_page_asks_on_its_own_keeps_nothing_open(hers):
    for minutes in range(1, 15):
        with at(minutes=minutes):
            assert opened(_request(hers)) is not None
    with at(minutes=15, seconds=1):
        assert opened(_request(hers)) is None
        assert not is_open(hers)


def test_not_every_page_writes_down_that_she_is_there(hers):
    first = Opened.objects.get().seen_at
    assert is_open(hers)
    assert Opened.objects.get().seen_at == first
    with at(minutes=1, seconds=1):
        assert is_open(hers)
    assert Opened.objects.get().seen_at > first


def test_the_tick_erases_what_went_quiet(hers):
    with at(minutes=16):
        call_command("tick")
    assert not Opened.objects.exists()


def test_whoever_opens_another_code_closes_the_one_before(hers, open_in, lark):
    before = hers.cookies[HER_COOKIE].value
    open_in(hers, lark)
    assert [row.pair for row in Opened.objects.all()] == [lark.pair]
    old = Client()
    old.cookies[HER_COOKIE] = before
    assert not is_open(old)


def test_she_closes_it_in_every_other_browser(hers, open_in, wren):
    elsewhere = open_in(Client(), wren)
    assert close_all(wren.pair, but=_row(hers)) == 1
    assert is_open(hers)
    assert not is_open(elsewhere)
    assert close_all(wren.pair) == 1
    assert not is_open(hers)


def test_she_closes_it_at_leisure(hers):
    answer = hers.post("/talk/close/")
    assert (answer.status_code, answer["Location"]) == (302, "/talk/open/")
    assert not Opened.objects.exists()
    assert not hers.cookies[HER_COOKIE].value


def test_leaving_drops_everything_and_leads_elsewhere(hers, settings):
    token = hers.cookies[HER_COOKIE].value
    answer = hers.post("/talk/leave/")
    assert answer["Refresh"] == f"0; url={settings.LEAVE_TO}"
    assert answer["Clear-Site-Data"] == '"cookies", "storage"'
    assert {name for name, cookie in answer.cookies.items() if cookie["max-age"] == 0} >= {HER_COOKIE, LEFT_COOKIE}
    assert not Opened.objects.exists()
    hers.cookies[HER_COOKIE] = token  # a browser that kept it after all
    assert not is_open(hers)


def test_the_pages_script_waits_for_no_answer_so_that_the_cache_is_emptied_too(hers):
    answer = hers.post("/talk/leave/", headers={"Sec-Fetch-Dest": "empty", "Sec-Fetch-Site": "same-origin"})
    assert answer["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert not Opened.objects.exists()


def test_leaving_works_from_a_page_that_is_older_than_its_form(hers):
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = hers.cookies
    assert strict.post("/talk/close/").status_code == 403
    assert Opened.objects.exists()
    assert strict.post("/talk/leave/").status_code == 200
    assert not Opened.objects.exists()


def test_another_site_can_make_nobody_leave(hers):
    answer = hers.post("/talk/leave/", headers={"Sec-Fetch-Site": "cross-site"})
    assert "Clear-Site-Data" not in answer
    assert is_open(hers)


def test_where_the_server_did_not_hear_that_she_left_the_next_request_says_so(hers):
    token = hers.cookies[HER_COOKIE].value
    hers.cookies[LEFT_COOKIE] = "1"
    answer = hers.get(SETTINGS)
    assert (answer.status_code, answer["Location"]) == (302, "/talk/open/")
    assert not Opened.objects.exists()
    assert not hers.cookies[LEFT_COOKIE].value
    hers.cookies[HER_COOKIE] = token
    assert not is_open(hers)


def test_who_comes_back_after_leaving_in_a_hurry_can_enter_her_code_at_once(wren, wren_code):
    """The server did not hear that she left. The page that she is shown has a form, and its cookie stays."""
    strict = Client(enforce_csrf_checks=True)
    strict.get("/talk/open/")
    strict.cookies[LEFT_COOKIE] = "1"
    page = strict.get("/talk/open/")
    for name in [name for name, cookie in strict.cookies.items() if not cookie.value]:
        del strict.cookies[name]
    token = str(BeautifulSoup(page.text, "html.parser").select("input[name=csrfmiddlewaretoken]")[0]["value"])
    answer = strict.post("/talk/open/", {"csrfmiddlewaretoken": token, "code": " ".join(wren_code.words)})
    assert (answer.status_code, answer["Location"]) == (302, "/talk/home/")


def test_what_another_room_keeps_for_this_browser_goes_too(monkeypatch):
    monkeypatch.setattr("alongside.people.leaving._drops", {})
    dropped: list[str] = []
    on_leaving("b")(dropped.append)
    browser = Client()
    browser.cookies["b"] = "her beginning"
    browser.post("/talk/leave/")
    assert dropped == ["her beginning"]
    assert not browser.cookies["b"].value


def test_what_was_open_is_gone_from_the_disk(transactional_db, open_in, wren):
    browser = open_in(Client(), wren)
    row = Opened.objects.get()
    traces = [bytes(row.lookup), bytes(row.private_key)]
    assert all(trace in bytes_on_disk() for trace in traces)
    browser.post("/talk/leave/")
    assert [trace for trace in traces if trace in bytes_on_disk()] == []


def test_an_accounts_own_code_is_closed_when_her_sessions_are_ended(as_, open_in, ruth, ruths):
    browser = open_in(as_(ruth), ruths)
    assert _own(browser) == ruths
    end_sessions(ruth)
    assert _own(browser) is None
    assert not Opened.objects.exists()


def test_an_accounts_own_code_is_closed_when_she_signs_out(as_, open_in, ruth, ruths):
    browser = open_in(as_(ruth), ruths)
    browser.post("/account/logout/")
    assert _own(browser) is None
    assert not Opened.objects.exists()


@with_code
def hers_alone(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(opener_of(request).user))


@with_code(is_activity=False)
def asked_by_a_page(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def test_an_account_enters_its_own_code_first_and_is_led_back_then(as_, open_in, ruth, ruths):
    def ask(view, client: Client, user=ruth, method: str = "get"):
        request = _request(client, "/ally/?after=2", method)
        request.user = user
        return view(request)

    browser = as_(ruth)
    assert ask(hers_alone, browser)["Location"] == "/me/code/?next=%2Fally%2F%3Fafter%3D2"
    assert ask(hers_alone, browser, method="post")["Location"] == "/me/code/"
    assert ask(asked_by_a_page, browser).status_code == 404
    open_in(browser, ruths)
    assert ask(hers_alone, browser).content == b"Ruth"
    with at(minutes=29):
        assert ask(asked_by_a_page, browser).status_code == 200
    with at(minutes=31):
        assert ask(hers_alone, browser).status_code == 302


def test_the_code_of_one_account_opens_nothing_for_another_in_the_same_browser(as_, open_in, ruths, noor):
    request = _request(open_in(as_(noor), ruths), "/ally/")
    request.user = noor
    assert hers_alone(request).status_code == 302


def test_where_nothing_is_open_a_page_that_asks_on_its_own_is_led_nowhere(db):
    answer = for_survivor(is_activity=False)(lambda _request: HttpResponse("hers"))(RequestFactory().get("/talk/"))
    assert isinstance(answer, HttpResponse)
    assert (answer.status_code, answer.content) == (404, b"")


def test_a_survivors_cookie_opens_nothing_where_accounts_are(hers):
    swapped = Client()
    swapped.cookies[OWN_COOKIE] = hers.cookies[HER_COOKIE].value
    assert _own(swapped) is None


def test_a_page_says_once_what_is_to_be_said_and_it_is_boxed_until_then(hers):
    hers.post("/talk/settings/name/", {"name": "Wrenna"})
    said = "how you are called from now on"
    assert said.encode() not in bytes_on_disk()
    assert said in hers.get(SETTINGS).content.decode()
    assert said not in hers.get(SETTINGS).content.decode()


@pytest.mark.parametrize(
    "address", ["/talk/leave/", "/talk/quiet/", "/talk/nothing/", "/talk/settings/", "/talk/settings"]
)
def test_nothing_keeps_a_page_of_hers_found_or_not(db, address):
    answer = Client().get(address)
    assert answer["Cache-Control"] == "no-store, private"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["X-Robots-Tag"] == "noindex, nofollow"


@pytest.mark.parametrize("address", ["/talk/leave/", "/talk/quiet/", "/talk/nothing/"])
def test_before_she_has_signed_in_a_page_names_nothing(db, address):
    page = Client().get(address).content.decode()
    assert "<title>Notes</title>" in page
    assert "notes.svg" in page
    assert "longside" not in page


def test_a_form_that_is_refused_and_what_breaks_name_nothing(hers, monkeypatch):
    strict = Client(enforce_csrf_checks=True, raise_request_exception=False)
    strict.cookies = hers.cookies
    refused = strict.post("/talk/close/")
    monkeypatch.setattr("alongside.people.survivor_views.render", lambda *_args: 1 / 0)
    broken = strict.get("/talk/settings/")
    for answer, status in ((refused, 403), (broken, 500)):
        page = answer.content.decode()
        assert answer.status_code == status
        assert "<title>Notes</title>" in page
        assert "longside" not in page
        assert "Leave now" in page
        assert answer["Cache-Control"] == "no-store, private"


def test_a_page_that_nobody_looks_at_is_put_away_without_javascript(hers):
    assert '<meta http-equiv="refresh" content="900; url=/talk/quiet/">' in hers.get(SETTINGS).content.decode()
    assert "Go on" in hers.get("/talk/quiet/").content.decode(), "another tab may still use it"
    with at(minutes=16):
        answer = hers.get("/talk/quiet/")
    assert "http-equiv" not in answer.content.decode()
    assert not hers.cookies[HER_COOKIE].value


def _request(client: Client, path: str = "/talk/", method: str = "get"):
    request = getattr(RequestFactory(), method)(path)
    request.COOKIES = {name: cookie.value for name, cookie in client.cookies.items()}
    return request


def _own(client: Client):
    return opened(_request(client, "/ally/"))


def _row(client: Client) -> Opened:
    lookup = split_token(client.cookies[HER_COOKIE].value)[0]
    return Opened.objects.get(lookup=lookup)
