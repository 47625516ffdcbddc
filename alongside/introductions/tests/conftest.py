"""The cast of introductions: an open house, three allies who present themselves, two survivors."""

from collections.abc import Callable

import pytest
from django.test import Client

from alongside.introductions.models import THE_DOOR, Door
from alongside.people.models import CareMember, Organisation, User
from alongside.people.opening import Opener
from conftest import MakesAccounts
from tests.cast import make_ally_of, with_key

MakesAllies = Callable[..., User]
Opens = Callable[[Client, Opener], Client]
NUMBERS = "Night line: 0800 000 000, always"
DUTIES = "If a child is in danger, we pass it on to the children’s office."


@pytest.fixture
def make_ally(make_account: MakesAccounts) -> MakesAllies:
    """Make an ally who is ready, has a key pair, and whose words the desk has approved."""

    def make(name: str, *topics: str, been_there: bool = False, **profile) -> User:
        user = make_account(name)
        make_ally_of(user, *topics, been_there=been_there, **{"capacity": 2, **profile})
        with_key(user=user)
        return user

    return make


@pytest.fixture
def amal(make_ally: MakesAllies) -> User:
    """An ally who is good with money, and has been there."""
    return make_ally("amal", "money", "work", been_there=True, is_woman=True)


@pytest.fixture
def bea(make_ally: MakesAllies) -> User:
    """Another ally, good with children and papers."""
    return make_ally("bea", "parenting", "court-and-papers", is_woman=True)


@pytest.fixture
def tomas(make_ally: MakesAllies) -> User:
    """A third ally, good with faith; he speaks Spanish as well."""
    return make_ally("tomas", "faith", languages=["en", "es"])


@pytest.fixture
def open_house(marisol, cora, amal) -> Door:
    """A house whose door is open, with Amal as its one ally."""
    Organisation.objects.update_or_create(
        pk=1,
        defaults={
            "name": "The Green House",
            "minimum_age": 18,
            "numbers": NUMBERS,
            "duties": DUTIES,
            "safeguarding_lead": "Marisol",
            "lead": marisol,
        },
    )
    for member in (marisol, cora):
        with_key(user=member)
        CareMember.objects.create(user=member)
    return Door.objects.create(
        pk=THE_DOOR, is_wanted=True, under_age="The youth line: 0800 111 111", answers_take="a day or two"
    )


@pytest.fixture
def wren_here(wren: Opener, open_in: Opens) -> Client:
    """Wren's browser, in which her code is open."""
    return open_in(Client(), wren)
