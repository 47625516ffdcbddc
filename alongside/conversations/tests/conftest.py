"""The cast of the private rooms: two survivors and three allies, each with her code open, and who talks with whom."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from alongside.conversations import acts
from alongside.conversations.models import Conversation
from alongside.introductions.models import LEASE, Ask, Introduction, Topic
from alongside.introductions.wishes import Wishes, close
from alongside.introductions.words import close_words
from alongside.people.models import CareMember, KeyPair, User
from alongside.people.opening import Opener
from alongside.records import clock
from tests.cast import make_ally_of, with_key

FIRST_WORDS = "The bittern sings at night."
Offers = Callable[..., Introduction]
MakesAllies = Callable[[str], Opener]


def own_opener(user: User, *, retires: KeyPair | None = None) -> Opener:
    if retires:
        KeyPair.objects.filter(pk=retires.pk).update(retired_at=clock.now())
    return with_key(user=user)


def care_member(user: User) -> Opener:
    CareMember.objects.create(user=user)
    return own_opener(user)


@pytest.fixture
def make_ally(make_account) -> MakesAllies:
    """Make an ally who is ready, has a second factor and a key pair, and presents herself."""

    def make(name: str) -> Opener:
        user = make_account(name)
        make_ally_of(user, "money")
        return own_opener(user)

    return make


@pytest.fixture
def amal(make_ally: MakesAllies) -> Opener:
    """An ally."""
    return make_ally("amal")


@pytest.fixture
def bea(make_ally: MakesAllies) -> Opener:
    """Another ally."""
    return make_ally("bea")


@pytest.fixture
def offer(db) -> Offers:
    """Offer an ask of a survivor to an ally: ``offer(wren, amal)``."""

    def offer_to(her: Opener, ally: Opener, words: str = FIRST_WORDS) -> Introduction:
        Topic.objects.get_or_create(slug="money", defaults={"name": "Money"})
        until = clock.now() + timedelta(days=180)
        ask = Ask.objects.create(
            survivor=her.survivor,
            state=Ask.State.OFFERED,
            wishes=close(Wishes(topics=("money",)), her.survivor.pk),
            words=close_words(her.pair, words),
            expires_at=until,
        )
        return Introduction.objects.create(
            ask=ask,
            ally=ally.user,
            pair=ally.pair,
            words=close_words(ally.pair, words),
            lease_until=clock.now() + LEASE,
            expires_at=until,
        )

    return offer_to


@pytest.fixture
def talk(wren, amal, offer) -> Conversation:
    """Wren and Amal talk; Wren's first words are the first message."""
    return acts.begin(amal, offer(wren, amal).pk)


@pytest.fixture
def marisol_of_care(marisol) -> Opener:
    """Marisol, a survivor leader, as a care member with her code open."""
    return care_member(marisol)


@pytest.fixture
def cora_of_care(cora) -> Opener:
    """Cora, a coordinator, as a care member with her code open."""
    return care_member(cora)


@pytest.fixture
def as_her(open_in) -> Callable[[Opener], Client]:
    """Give a survivor's browser, with her code open."""
    return lambda opener: open_in(Client(), opener)


@pytest.fixture
def as_ally(open_in, as_) -> Callable[[Opener], Client]:
    """Give an ally's browser: signed in, with her own code open."""
    return lambda opener: open_in(as_(opener.user), opener)
