"""An ally answers in her browser: she lets her words be read, looks again at a line, and says that she is worried."""

import pytest
from playwright.sync_api import Page, expect

from alongside.conversations.models import Message, Report
from alongside.conversations.tests.conftest import amal, make_ally, offer, own_opener, talk  # noqa: F401 - fixtures
from alongside.people.models import CareMember, Organisation
from alongside.practice.tests.conftest import read_key_words
from tests.browser.accessibility import check_accessible, check_fits

CROSSES = "Let's meet for coffee."
WARM = "Some warmth. And a fix."


@pytest.fixture
def allys(open_page, open_for, amal, talk, marisol, cora, width, monkeypatch) -> Page:  # noqa: F811
    """Amal has her conversation open; there is a care team."""
    monkeypatch.setattr("alongside.conversations.checking.rate", read_key_words)
    Organisation.objects.create(duties="A child at risk, to the youth office.", numbers="Night line: 0800 555 0101")
    for member in (marisol, cora):
        CareMember.objects.create(user=member)
        own_opener(member)
    page: Page = open_page(width, 800)
    open_for(page, amal)
    page.goto(f"/ally/c/{talk.pk}/")
    return page


def look(page: Page) -> None:
    check_accessible(page)
    check_fits(page)


@pytest.mark.parametrize("width", [320, 1280])
def test_an_ally_answers_with_everything_at_hand(allys, talk, width):  # noqa: F811
    for summary in allys.locator("summary").all():
        summary.click()
    look(allys)

    allys.get_by_label("Write to").fill(WARM)
    allys.get_by_role("button", name="Check my words").click()
    expect(allys.get_by_role("heading", name="sentence by sentence")).to_be_in_viewport()
    expect(allys.get_by_label("Write to")).to_have_value(WARM)
    look(allys)

    allys.get_by_label("Write to").fill(CROSSES)
    allys.get_by_role("button", name="Send", exact=True).click()
    expect(allys.get_by_text("Not sent yet: please look again")).to_be_visible()
    expect(allys.get_by_label("Write to")).to_have_value(CROSSES)
    assert Message.objects.count() == 1
    look(allys)
    allys.get_by_role("button", name="Send it as it is").click()
    expect(allys.locator("#thread").get_by_text(CROSSES)).to_be_visible()

    for name in ("hand-back", "block", "report"):
        allys.goto(f"/ally/c/{talk.pk}/{name}/")
        look(allys)

    allys.goto(f"/ally/c/{talk.pk}/")
    allys.get_by_role("link", name="I'm worried").click()
    allys.get_by_label("A life is at risk").check()
    allys.get_by_label("In your words").fill("She writes that she cannot go on.")
    allys.get_by_text("Words for her: A life is at risk").click()
    allys.get_by_role("button", name="Put these words").last.click()
    expect(allys.get_by_text("They are in your box")).to_be_visible()
    expect(allys.get_by_label("In your words")).to_have_value("She writes that she cannot go on.")
    look(allys)
    allys.get_by_role("button", name="Tell the care team").click()
    expect(allys.get_by_text("The care team has it")).to_be_visible()
    assert Report.objects.get().kind == Report.Kind.WORRY_LIFE
    look(allys)
    allys.get_by_role("link", name="Everything that you told").click()
    look(allys)
    allys.goto(f"/ally/c/{talk.pk}/")
    assert allys.get_by_label("Write to").input_value().startswith("What you write worries me")
