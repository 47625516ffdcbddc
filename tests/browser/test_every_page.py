"""Every page of ours: axe finds nothing at 1280 and 360 px, in light and dark, and nothing sticks out at 320 px."""

import pytest

from alongside.people import acts as people
from alongside.practice import acts
from alongside.practice.tests.conftest import read_key_words, the_rent  # noqa: F401 - a fixture
from tests.browser.accessibility import check_accessible, check_fits

PAGES = {
    "nobody": ("/", "/account/signup/", "/account/login/", "/account/password/reset/", "/account/inactive/", "/gone/"),
    "ruth": (
        "/me/",
        "/me/leave/",
        "/account/password/change/",
        "/account/second-factor/",
        "/account/second-factor/totp/activate/",
        "/account/logout/",
        "/practice/",
        "/practice/scenarios/the-rent/",
        "/practice/{attempt}/",
        "/practice/{attempt}/debrief/",
        "/practice/{attempt}/delete/",
        "/practice/{attempt}/differently/1/0/",
    ),
    "cora": ("/desk/", "/desk/help-sign-in/", "/desk/invite-survivor-leader/", "/me/second-factor/"),
    "marisol": ("/desk/", "/desk/seen-differently/"),
}


@pytest.fixture
def attempt(ruth, the_rent, monkeypatch):  # noqa: F811
    monkeypatch.setattr("alongside.practice.acts.conversing.rate", read_key_words)
    attempt = acts.begin(ruth, the_rent)
    acts.answer(ruth, attempt.id, 1, "Some warmth. A fix, and pity. Maybe. Hola.")
    acts.see_differently(ruth, acts.find_sentence(ruth, attempt.id, 1, 1), "I was only asked for it.")
    return attempt


@pytest.mark.parametrize("role", PAGES)
def test_everybody_can_use_every_page(open_page, sign_in, attempt, role, request):
    page = open_page()
    if role != "nobody":
        sign_in(page, request.getfixturevalue(role))
    for address in PAGES[role]:
        page.goto(address.format(attempt=attempt.id))
        check_accessible(page)
        check_fits(page)


@pytest.mark.parametrize("purpose", ["a new coordinator", "a new password"])
def test_everybody_can_use_what_a_one_time_link_opens(page, ruth, cora, purpose):
    link = people.make_coordinator_link() if purpose == "a new coordinator" else ""
    if not link:
        link = f"/me/new-password/{people.make_password_link(ruth.email, cora)}/"
    page.goto("/me/" + link.split("/me/", 1)[1])
    check_accessible(page)
    check_fits(page)
