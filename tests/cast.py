"""The cast of the private rooms: survivors, who have no account, and how somebody becomes an ally.

None of them has typed a code: what it would open is simply given. Tests about codes have their own Wren and Lark, who
come with words (``people/tests/conftest.py``); and so has ``tests/story.py``.
"""

from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from alongside.core.sealing import new_key, new_pair
from alongside.introductions.counting import box_of
from alongside.introductions.models import Presentation, Profile
from alongside.people.models import Ally, KeyPair, Survivor, User
from alongside.people.opening import Opener
from alongside.records import clock

LONG_READY = timedelta(days=365)


def with_key(**whose: Any) -> Opener:
    """Give a key pair to somebody, ``survivor=…`` or ``user=…``, and what her code would open."""
    pair = new_pair()
    row = KeyPair.objects.create(public_key=pair.public, wrapped_private=b"", **whose)
    return Opener(row, pair.private)


def survivor_opener() -> Opener:
    """Let one more survivor come."""
    return with_key(survivor=Survivor.objects.create(handle=new_key()))


def make_ally_of(user: User, *topics: str, been_there: bool = False, **profile: Any) -> Ally:
    """Let somebody have been an ally for a year, and present herself by these topics in words that the desk approved.

    ``profile``: fields of ``introductions.Profile``. She has no code yet.
    """
    TOTP.activate(user, generate_totp_secret())
    ally = Ally.objects.create(user=user, ready_at=clock.now() - LONG_READY)
    counts = box_of(been_there, user.pk)
    presents = Profile.objects.create(ally=ally, been_there=counts, **{"languages": ["en"], "capacity": 5, **profile})
    strengths = [{"topic": topic, "sentence": f"I know about {topic}."} for topic in topics]
    Presentation.objects.create(profile=presents, name=user.name, strengths=strengths, approved_at=clock.now())
    return ally


@pytest.fixture
def wren(db: None) -> Opener:
    """A survivor."""
    return survivor_opener()


@pytest.fixture
def lark(db: None) -> Opener:
    """Another survivor: what is Wren's must answer her with 404."""
    return survivor_opener()
