"""The menu of the desk: every page belongs to one group, and nobody is shown what is not for them."""

import pytest
from bs4 import BeautifulSoup
from django.urls import get_resolver

from alongside.desk.menu import GROUPS, TODAY
from alongside.people.models import COORDINATOR, SURVIVOR_LEADER

pytestmark = pytest.mark.usefixtures("db")


def links(page: str, *, current: str = "") -> list[str]:
    found = BeautifulSoup(page, "html.parser").select(f".rooms a{current}")
    return [link.text for link in found]


def test_every_name_in_the_menu_is_a_page_and_stands_there_once():
    names = [name for group in GROUPS for entry in group.entries for name in entry.views] + list(TODAY.views)
    assert len(names) == len(set(names))
    desk = get_resolver().namespace_dict["desk"][1].reverse_dict
    assert [name for name in names if name.startswith("desk:") and name.removeprefix("desk:") not in desk] == []


def test_the_first_page_shows_the_groups_alone(as_, cora):
    page = as_(cora).get("/desk/").text
    assert links(page) == ["Today", "Learning", "Introductions", "House"]
    assert links(page, current="[aria-current=page]") == ["Today"]


@pytest.mark.parametrize(
    ("address", "group", "entry"),
    [
        ("/desk/learners/", "Learning", "Learners"),
        ("/desk/introductions/", "Introductions", "How it stands"),
        ("/desk/topics/money/", "Introductions", "Topics"),
        ("/desk/agreement/", "House", "Settings"),
        ("/desk/trail/", "House", "Audit trail"),
    ],
)
def test_a_page_says_where_it_belongs(as_, cora, address, group, entry):
    assert links(as_(cora).get(address).text, current="[aria-current]") == [group, entry]


def test_everybody_is_shown_what_they_can_open_and_no_more(as_, cora, marisol, make_account):
    both = make_account("both", COORDINATOR, SURVIVOR_LEADER)
    seen = {}
    for who in (cora, marisol, both):
        browser = as_(who)
        heads = BeautifulSoup(browser.get("/desk/").text, "html.parser").select(".rooms a")
        pages = [BeautifulSoup(browser.get(head["href"]).text, "html.parser") for head in heads]
        addresses = {str(link["href"]) for page in pages for link in page.select(".rooms a")}
        assert {browser.get(address).status_code for address in addresses} == {200}
        seen[who] = addresses
    assert "/desk/door/" not in seen[marisol]
    assert "/desk/review/" not in seen[cora]
    assert "/desk/presentations/" in seen[cora] & seen[marisol]
    assert seen[both] == seen[cora] | seen[marisol]
