"""Before anybody has an account: one link, and from it a desk of two, an ally, and how her role ends at once."""

import re
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from playwright.sync_api import Page, expect

from alongside.people import acts
from alongside.people.models import AgreementText, Ally, Organisation, User
from alongside.people.tests.conftest import code_for
from alongside.practice import acts as practice
from alongside.practice.tests.conftest import read_key_words, the_rent  # noqa: F401 - a fixture
from alongside.records import clock
from alongside.workshop import acts as workshop
from alongside.workshop.models import Enrolment, LessonDone
from alongside.workshop.tests.conftest import make_lesson  # noqa: F401 - a fixture
from conftest import PASSWORD
from tests.browser.accessibility import check_accessible, check_fits


def look(page: Page) -> None:
    check_fits(page)
    check_accessible(page)


def take_role(page: Page, link: str, email: str, name: str) -> None:
    """Open a one-time link, make an account, take the role, set a second factor, and arrive at the desk."""
    page.goto("/me/" + link.split("/me/", 1)[1])
    page.get_by_role("link", name="Make an account").click()
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Make an account").click()
    look(page)
    page.get_by_role("button", name="Take the role").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("One more thing before the desk opens")
    look(page)
    page.get_by_role("link", name="Set up the app").click()
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Yes, it is me").click()
    expect(page.get_by_label("The six figures")).to_be_visible()
    look(page)
    page.get_by_label("The six figures").fill(code_for(page.locator("code").inner_text()))
    page.get_by_role("button", name="Set it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")
    look(page)
    page.get_by_role("link", name="You", exact=True).click()
    page.locator("#id_name").fill(name)
    page.get_by_role("button", name="Keep this name").click()
    page.get_by_role("link", name="Desk", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Desk")


@pytest.fixture
def on_the_way(ruth: User, make_lesson: Any, the_rent: Any, monkeypatch: pytest.MonkeyPatch) -> User:  # noqa: F811
    """Ruth has finished a short workshop, and shows a conversation; she has not signed yet."""
    monkeypatch.setattr("alongside.practice.acts.conversing.rate", read_key_words)
    LessonDone.objects.create(learner=ruth, lesson=make_lesson("words").source_id)
    workshop.enrol(ruth)
    Enrolment.objects.filter(learner=ruth).update(finished_at=clock.now())
    attempt = practice.begin(ruth, the_rent)
    for number in (1, 2, 3):
        practice.answer(ruth, attempt.id, number, "I invite.")
    practice.show_to_desk(ruth, attempt.id)
    TOTP.activate(ruth, generate_totp_secret())
    return ruth


@pytest.mark.on_both_databases
def test_from_one_link_to_a_desk_of_two_and_an_ally_who_is_out_at_once(open_page, sign_in, on_the_way):
    coordinators, leaders, hers, elsewhere = (open_page() for _each in range(4))
    take_role(coordinators, acts.make_coordinator_link(), "lena@alongside.example", "Lena")

    coordinators.get_by_role("link", name="still to be set up before a group begins").click()
    coordinators.get_by_label("Name", exact=True).fill("The Lantern")
    coordinators.get_by_label("How learners reach you").fill("Ask at the door.")
    coordinators.get_by_role("button", name="Keep").click()
    coordinators.get_by_role("link", name=re.compile("Do it ?: The agreement that allies sign")).click()
    coordinators.get_by_role("button", name="See how it reads").click()
    coordinators.get_by_role("button", name="Publish it").click()
    assert Organisation.current().name == "The Lantern"
    assert AgreementText.newest().version == 1

    coordinators.get_by_role("link", name="Team").click()
    coordinators.get_by_role("link", name="Invite a survivor leader").click()
    coordinators.get_by_role("button", name="Make the link").click()
    invitation = coordinators.get_by_label("The link").input_value()
    take_role(leaders, invitation, "vera@alongside.example", "Vera")
    coordinators.goto("/desk/team/")
    expect(coordinators.get_by_role("row", name=re.compile("Vera.*survivor leader set"))).to_be_visible()
    elsewhere.goto("/me/" + invitation.split("/me/", 1)[1])
    expect(elsewhere.get_by_text("This link has been used")).to_be_visible()
    look(elsewhere)

    for page in (hers, elsewhere):
        sign_in(page, on_the_way)
        page.goto("/me/ready/")
    hers.get_by_role("link", name=re.compile("Go there ?: The agreement, signed")).click()
    hers.get_by_role("button", name="Sign it").click()

    coordinators.get_by_role("link", name="Learning").click()
    coordinators.get_by_role("link", name="Ruth").click()
    for button in ("I have seen who they are", "one of the two", "second of the two"):
        coordinators.get_by_role("button", name=button).click()
    expect(coordinators.get_by_text("Ready can be said when nothing above is missing")).to_be_visible()
    leaders.goto(coordinators.url)
    leaders.get_by_role("button", name="I have talked with them").click()
    coordinators.reload()
    coordinators.get_by_role("button", name="They are ready").click()
    expect(coordinators.get_by_text("A second person of the desk says it, too.")).to_be_visible()
    leaders.get_by_role("button", name="They are ready").click()
    assert not Ally.objects.exists(), "nobody who has talked with her has read the practice that she shows"
    leaders.get_by_role("link", name="Read the practice that they show").click()
    leaders.get_by_role("button", name="Open it").click()
    leaders.get_by_role("link", name="Back", exact=True).click()
    leaders.get_by_role("button", name="They are ready").click()
    expect(leaders.get_by_text("Ruth is an ally now.")).to_be_visible()

    for page in (hers, elsewhere):
        page.goto("/me/ready/")
        expect(page.get_by_role("heading", level=1)).to_have_text("You are an ally")
    coordinators.reload()
    coordinators.get_by_role("link", name="Suspend the role").click()
    coordinators.get_by_role("button", name="Suspend it").click()
    hers.get_by_role("button", name="Pause").click()
    elsewhere.get_by_role("navigation", name="Main").get_by_role("link", name="Practice").click()
    for page in (hers, elsewhere):
        expect(page).to_have_url(re.compile("/account/login/"))
