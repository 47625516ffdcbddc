"""The whole story, on small old phones, with JavaScript and without: two survivors, three allies and the care team.

What a page looks like, and that everybody can use it, other tests look at; here all of it fits together. Codes are
typed, and each person reads what the one before has written.
"""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from playwright.sync_api import Locator, Page, expect

from alongside.conversations.models import Conversation, Message, Report
from alongside.core.codes import new_ally_code
from alongside.introductions.models import LEASE, Introduction, Profile
from alongside.introductions.tests.conftest import amal, bea, make_ally, open_house, tomas  # noqa: F401 - fixtures
from alongside.people import acts
from alongside.people.models import KeyPair, Opened, Survivor, User
from alongside.records import clock
from tests.browser.accessibility import check_fits

pytestmark = pytest.mark.usefixtures("open_house", "elsewhere")

FIRST_WORDS = "I owe three months, and nobody knows."
ANSWER = "Thank you for telling me. What would help you tonight?"
TOO_FAR = "We could meet for coffee, my number is 0151 234 56 79."
UNEASY = "He gave me a number. I do not want that."
CARE_SAYS = "You did right to tell us. We speak with him today."
LATER = "May I see my letters again?"


@pytest.fixture
def elsewhere(live_server, settings) -> str:
    """Where leaving leads: in tests, to a page of our own that is none of hers."""
    settings.LEAVE_TO = f"{live_server.url}/workshop/"
    return settings.LEAVE_TO


@pytest.fixture(params=[True, pytest.param(False, marks=pytest.mark.on_both_databases)], ids=["JavaScript", "none"])
def phone(request, open_page) -> Any:
    """Take out one more small old phone, all with JavaScript or all without."""
    return lambda: open_page(320, 640, java_script_enabled=request.param)


def give_code(user: User) -> str:
    """Let somebody have a code of their own, and give it as it is typed."""
    code = new_ally_code()
    KeyPair.objects.filter(user=user).delete()
    acts.make_own_code(user, code)
    return " ".join(code.words)


def press(page: Page, name: str | re.Pattern[str]) -> None:
    page.get_by_role("button", name=name, exact=True).click()
    check_fits(page)


def follow(page: Page, name: str | re.Pattern[str]) -> None:
    page.get_by_role("link", name=name, exact=True).first.click()
    check_fits(page)


def main(page: Page) -> Locator:
    return page.get_by_role("main")


def write_down(page: Page) -> list[str]:
    return page.locator("ol.code li").all_inner_texts()


def type_back(page: Page, words: list[str]) -> None:
    for label in page.locator("label", has_text="Word").all_inner_texts():
        page.get_by_label(label).fill(words[int(label.removeprefix("Word ")) - 1])


def open_with(page: Page, words: str) -> None:
    """Type a survivor's code."""
    page.goto("/talk/open/")
    page.get_by_label("The six words of your code").fill(words)
    press(page, "Open")


def open_own(page: Page, words: str) -> None:
    """Type one's own four words, where they are asked for."""
    page.get_by_label("The four words of your code").fill(words)
    press(page, "Open")


def come(page: Page, *topics: str) -> None:
    """Come in at the door, and say what about."""
    page.goto("/talk/")
    follow(page, "Start")
    for topic in topics:
        page.get_by_label(topic).check()
    press(page, "Go on")


def get_code(page: Page) -> str:
    """Copy the six words that are shown, and type two of them back."""
    words = write_down(page)
    follow(page, "I have written them down")
    type_back(page, words)
    press(page, "Go on")
    page.wait_for_url("**/talk/home/")
    return " ".join(words)


def send(page: Page, words: str) -> None:
    page.locator("textarea[name=text]").fill(words)
    press(page, "Send")


def let_pass(time: timedelta) -> None:
    """Let time go by for what happens by itself."""
    later = clock.now() + time
    with clock.moved_to(later):
        call_command("tick", at=later.isoformat(), verbosity=0)


@pytest.mark.usefixtures("bea")
def test_wren_asks_three_talks_with_the_third_and_deletes_all_of_it(
    phone,
    sign_in,
    elsewhere,
    amal,  # noqa: F811
    tomas,  # noqa: F811
    marisol,
):
    hers, his, desk = phone(), phone(), phone()
    sign_in(his, tomas)
    sign_in(desk, marisol)
    his_code = give_code(tomas)
    marisols_code = give_code(marisol)

    # Three people, in their own words. She asks the first.
    come(hers, "Money and debts")
    press(hers, "Go on")
    expect(hers.get_by_role("article")).to_have_count(3)
    expect(hers.get_by_role("article").first).to_contain_text("I know about money.")
    press(hers, "Write to Amal")
    expect(main(hers)).to_contain_text("we pass it on to the children’s office")
    hers.get_by_label("Your first words").fill(FIRST_WORDS)
    hers.get_by_label("What may the other person call you?").fill("Wren")
    press(hers, "Go on")
    code = get_code(hers)
    expect(main(hers)).to_contain_text("Hello, Wren")
    expect(main(hers)).to_contain_text("Amal has until")
    hers.get_by_role("button", name="Leave now").click()
    hers.wait_for_url(elsewhere)

    # Amal sees what about, and not the words; she is not free.
    amals = phone()
    sign_in(amals, amal)
    amals.goto("/ally/")
    follow(amals, "Money and debts")
    assert FIRST_WORDS not in amals.content()
    press(amals, "Not free")
    expect(main(amals)).to_contain_text("Nothing at the moment.")

    # Bea lets it lie, for two days.
    open_with(hers, code)
    expect(main(hers)).to_contain_text("Amal is not free just now")
    press(hers, "Look who is there")
    press(hers, "Write to Bea")
    expect(hers.get_by_label("Your first words")).to_have_value(FIRST_WORDS)
    press(hers, "Ask Bea")
    expect(main(hers)).to_contain_text("Bea has until")
    let_pass(LEASE)
    assert not Opened.objects.exists(), "after two days nothing of hers is open any more"

    # Tomas has time.
    open_with(hers, code)
    expect(main(hers)).to_contain_text("Bea is not free just now")
    press(hers, "Look who is there")
    expect(hers.get_by_role("article")).to_have_count(1)
    press(hers, "Write to Tomas")
    press(hers, "Ask Tomas")
    his.goto("/ally/")
    follow(his, "Money and debts")
    follow(his, "Open my code")
    open_own(his, his_code)
    press(his, "Accept")
    expect(his.locator("#thread")).to_contain_text(FIRST_WORDS)
    expect(his.get_by_role("heading", level=1)).to_have_text("Wren")

    # He has his words looked at, and sends them.
    his.get_by_label("Write to Wren").fill(ANSWER)
    press(his, "Check my words before I send")
    expect(main(his)).to_contain_text("Your words, sentence by sentence")
    expect(main(his)).to_contain_text("of this reading nothing is kept")
    expect(his.get_by_label("Write to Wren")).to_have_value(ANSWER)
    press(his, "Send")
    expect(his.locator("#thread")).to_contain_text(ANSWER)
    expect(main(his)).not_to_contain_text("Nothing is sent yet")
    hers.goto("/talk/home/")
    expect(main(hers)).to_contain_text("1 new")
    follow(hers, "Tomas")
    expect(hers.locator("#thread")).to_contain_text(ANSWER)
    send(hers, "I would like to sleep.")
    expect(hers.locator("#thread")).to_contain_text("I would like to sleep.")

    # He goes too far, is asked to look again, and sends it all the same: she is told what allies never ask.
    his.reload()
    expect(his.locator("#thread")).to_contain_text("I would like to sleep.")
    send(his, TOO_FAR)
    expect(main(his)).to_contain_text("Not sent yet: please look again")
    assert Message.objects.count() == 3
    press(his, "Send it as it is")
    expect(his.locator("#thread")).to_contain_text(TOO_FAR)
    hers.reload()
    expect(hers.locator("#thread")).to_contain_text("Allies never ask to meet you")

    # She tells the care team, with his message; Marisol opens it with her own code, and answers.
    hers.locator("#thread").get_by_role("link", name="Tell the care team").click()
    hers.locator("label", has_text=TOO_FAR).get_by_role("checkbox").check()
    hers.get_by_label("In your words").fill(UNEASY)
    hers.get_by_label("Show me when it is opened").check()
    press(hers, "Tell the care team")
    desk.goto("/desk/reports/")
    assert UNEASY not in desk.content()
    desk.get_by_role("main").locator("h2 a").click()
    open_own(desk, marisols_code)
    press(desk, "Open it")
    expect(main(desk)).to_contain_text(UNEASY)
    expect(main(desk)).to_contain_text(TOO_FAR)
    expect(main(desk)).to_contain_text("It is about Tomas")
    assert FIRST_WORDS not in desk.content()
    desk.get_by_label("Answer Wren").fill(CARE_SAYS)
    press(desk, "Send")

    # She reads it, and writes to them once more, without him.
    follow(hers, "Start")
    expect(main(hers)).to_contain_text("The care team has answered you.")
    follow(hers, "Care team")
    hers.get_by_role("link", name=re.compile("report", re.I)).click()
    expect(main(hers)).to_contain_text(CARE_SAYS)
    expect(main(hers)).to_contain_text("It was opened")
    follow(hers, "Care team")
    hers.get_by_label("Write to the care team").fill(LATER)
    press(hers, "Send")

    # A new code: the old one opens nothing, and what was open elsewhere is closed.
    elsewhere_too = phone()
    open_with(elsewhere_too, code)
    hers.goto("/talk/code/change/")
    words = write_down(hers)
    press(hers, "I have written them down")
    type_back(hers, words)
    press(hers, "Change my code")
    elsewhere_too.reload()
    expect(elsewhere_too.get_by_role("heading", level=1)).to_have_text("Open it with your code")
    open_with(elsewhere_too, code)
    expect(elsewhere_too.get_by_role("alert")).to_be_visible()
    open_with(elsewhere_too, " ".join(words).upper())
    expect(main(elsewhere_too)).to_contain_text("Hello, Wren")

    # She deletes everything, and is told before what stays. For Tomas it is gone as well.
    follow(hers, "Settings")
    follow(hers, "Delete everything of mine")
    expect(main(hers)).to_contain_text("stays sealed to them until")
    press(hers, "Delete everything now")
    expect(main(hers)).to_contain_text("Nothing of yours is left here.")
    assert not Survivor.objects.exists()
    assert not Conversation.objects.exists()
    assert Report.objects.count() == 2
    his.reload()
    assert TOO_FAR not in his.content()
    open_with(hers, " ".join(words))
    expect(hers.get_by_role("alert")).to_be_visible()


def test_lark_finds_nobody_waits_and_then_there_is_somebody(phone, sign_in, bea, tomas):  # noqa: F811
    hers, beas = phone(), phone()
    sign_in(beas, bea)
    beas_code = give_code(bea)

    # A woman who speaks Spanish: there is none. Her wish waits.
    come(hers, "Faith")
    hers.get_by_role("group", name="A woman").get_by_label("It has to be so").check()
    hers.get_by_label("English").uncheck()
    hers.get_by_label("español").check()
    press(hers, "Go on")
    expect(hers.get_by_role("heading", level=1)).to_have_text("Nobody fits just now")
    expect(main(hers)).to_contain_text("Night line: 0800 000 000")
    press(hers, "Let it wait")
    code = get_code(hers)
    expect(main(hers)).to_contain_text("Nobody fits yet.")
    follow(hers, "Settings")
    press(hers, "Close it for now")

    # Bea has learnt it. Each minute the house looks.
    let_pass(timedelta(minutes=1))
    Profile.objects.filter(ally=bea.pk).update(languages=["en", "es"])
    let_pass(timedelta(minutes=2))
    open_with(hers, code)
    expect(main(hers)).to_contain_text("There is somebody now")
    press(hers, "Look who is there")
    expect(hers.get_by_role("article")).to_have_count(1)
    press(hers, "Write to Bea")
    hers.get_by_label("Your first words").fill(FIRST_WORDS)
    press(hers, "Ask Bea")

    # Bea opens her code first, then what waits; she answers, and Lark reads it.
    beas.goto("/me/code/")
    open_own(beas, beas_code)
    beas.goto("/ally/")
    follow(beas, "Faith")
    press(beas, "Accept")
    expect(beas.locator("#thread")).to_contain_text(FIRST_WORDS)
    send(beas, ANSWER)
    expect(beas.locator("#thread")).to_contain_text(ANSWER)
    hers.goto("/talk/home/")
    follow(hers, "Bea")
    expect(hers.locator("#thread")).to_contain_text(ANSWER)
    assert Introduction.objects.get().state == Introduction.State.ACCEPTED
