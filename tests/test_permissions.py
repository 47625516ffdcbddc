"""Who may come in where: every address × every role × the status expected. What is not yours answers 404, never 403.

A new address without a row in ``permission_table`` fails ``test_every_address_stands_in_the_table``. Wagtail's editor
is one row: a gate in front of all of it (``alongside.people.access.editor_gate``), and a pinned count tells when an
update adds addresses.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from alongside.conversations import acts as talking
from alongside.conversations.acts import ToTell
from alongside.conversations.models import Report
from alongside.desk.models import Hours
from alongside.introductions import acts as meeting
from alongside.introductions.models import Presentation, Profile
from alongside.introductions.wishes import Wishes
from alongside.people import acts as people
from alongside.people.models import SURVIVOR_LEADER, Ally, CareMember, Letter, OneTimeLink, User
from alongside.people.opening import Opener
from alongside.practice import acts
from alongside.practice.models import DifferentView, Scenario
from alongside.records import clock
from alongside.review import correcting
from alongside.review.correcting import LeadersView
from alongside.workshop import acts as workshop
from tests.cast import make_ally_of, survivor_opener, with_key
from tests.permission_table import ROLES, STATUS, TABLE

EDITOR = "edit/"
EDITOR_ADDRESSES = 289


def addresses() -> Iterator[str]:
    """Give every address of the house, as the resolver has it."""

    def walk(resolver: URLResolver, before: str) -> Iterator[str]:
        for pattern in resolver.url_patterns:
            here = before + str(pattern.pattern)
            if isinstance(pattern, URLPattern):
                yield here
            else:
                yield from walk(pattern, here)

    return walk(get_resolver(), "")


def of_editor(address: str) -> bool:
    return address.lstrip("^").startswith(EDITOR)


@pytest.fixture
def openers(make_account) -> dict[str, Opener]:
    """Who has a code, and has it open: Amal and Bea, allies; Wren and Lark, survivors; Nell of the care team."""
    amal, bea, nell = make_account("amal"), make_account("bea"), make_account("nell", SURVIVOR_LEADER)
    for ally in (amal, bea):
        make_ally_of(ally, "money")
    CareMember.objects.create(user=nell)
    return {
        "wren": survivor_opener(),
        "lark": survivor_opener(),
        **{name: with_key(user=user) for name, user in (("amal", amal), ("bea", bea), ("nell", nell))},
    }


@pytest.fixture
def things_of_amal(openers: dict[str, Opener]) -> dict[str, str]:
    """What stands in the addresses of the private rooms: all of it is Amal's, and Wren's as far as she talks with her.

    Lark's ask waits for Amal. What Wren told the care team, and what Amal did, went to Nell.
    """
    wren, amal = openers["wren"], openers["amal"]

    def offer(her: Opener) -> str:
        ask = meeting.begin_ask(her, Wishes(), "The bittern sings at night.")
        return str(meeting.offer(her, ask, amal.user).pk)

    talk = talking.begin(amal, offer(wren))
    told = {
        name: talking.tell_care(opener, ToTell(Report.Kind.REPORT, "The shrike frightened me.", talk))
        for name, opener in (("wren", wren), ("amal", amal))
    }
    return {
        "<uuid:conversation_id>": str(talk.pk),
        "ally/care/<uuid:report_id>": f"ally/care/{told['amal'].pk}",
        "<uuid:report_id>": str(told["wren"].pk),
        "<uuid:introduction_id>": offer(openers["lark"]),
    }


@pytest.fixture
def things(things_of_ruth: dict[str, str], things_of_amal: dict[str, str]) -> dict[str, str]:
    return {**things_of_amal, **things_of_ruth}


@pytest.fixture
def things_of_ruth(some_content, ruth, marisol, cora) -> dict[str, str]:
    """What stands in the addresses: a conversation of Ruth's with one reply, and what she saw differently."""
    people.invite(cora, SURVIVOR_LEADER)
    scenario = Scenario.objects.get(source_id="the-rent")
    attempt = acts.begin(ruth, scenario)
    acts.answer(ruth, attempt.id, 1, "I am glad you told me. You should get another job.")
    acts.see_differently(ruth, acts.find_sentence(ruth, attempt.id, 1, 0), "To me that was only polite.")
    reflection = workshop.keep_reflection(ruth, "words", "words-you-grew-up-with", "The bittern sings.", None)
    day = clock.now().date()
    hours = Hours.objects.create(leader=marisol, day=day, minutes=90, what=Hours.What.REVIEW)
    decided = correcting.correct(marisol, "", "You should get another job.", LeadersView([], "It is her own job."))
    ally = Ally.objects.create(user=User.objects.create_user("ally@alongside.example"))
    words = Presentation.objects.create(profile=Profile.objects.create(ally=ally), name="Juniper")
    return {
        "<uuid:presentation_id>": str(words.pk),
        "<slug:slug>": "money",
        "<uuid:hours_id>": str(hours.pk),
        "<uuid:correction_id>": str(decided.pk),
        "<uuid:leader_id>/<int:year>/<int:number>": f"{marisol.pk}/{day.year}/{day.month}",
        "<slug:language>/<slug:kind>/<slug:source_id>": "en/drills/help-or-fix-1",
        "drills/<slug:source_id>": "drills/help-or-fix-1",
        "lessons/<slug:source_id>": "lessons/words",
        "<uuid:reflection_id>": str(reflection.id),
        "<int:document_id>": "1",
        "<uuid:learner_id>": str(ruth.pk),
        "<slug:what>": "talk",
        "<int:week>": "1",
        "<slug:role>": "survivor-leader",
        "<uuid:link_id>": str(OneTimeLink.objects.get().pk),
        "<uuid:user_id>": str(marisol.pk),
        "<uuid:letter_id>": str(Letter.objects.create(user=ruth, kind="test", state=Letter.State.FAILED).pk),
        "<uuid:attempt_id>": str(attempt.id),
        "<slug:source_id>": scenario.source_id,
        "<int:number>": "1",
        "<int:sentence>": "0",
        "<str:token>": "nonsense",
        "<str:code>": "nonsense",
        "<uuid:view_id>": str(DifferentView.objects.get().pk),
        r"^((?:[\w\-]+/)*)$": "",
        r"^(\d+)/(.*)$": "1/none.pdf",
        "<int:pk>": "1",
        "<int:page_view_restriction_id>": "1",
        "<int:page_id>": "1",
        "<int:restriction_id>": "1",
    }


def filled(address: str, things: dict[str, str]) -> str:
    for place, value in things.items():
        address = address.replace(place, value)
    return "/" + address.lstrip("^")


def test_every_address_stands_in_the_table():
    assert [address for address in addresses() if not of_editor(address) and address not in TABLE] == []
    assert [address for address in TABLE if address not in set(addresses())] == []


def test_an_update_of_the_editor_that_brings_new_addresses_is_noticed():
    assert sum(of_editor(address) for address in addresses()) == EDITOR_ADDRESSES


@pytest.fixture
def knock(as_, open_in, ruth, noor, marisol, cora, openers: dict[str, Opener]) -> Callable[[str, str, str], int]:
    """Ask for an address as somebody, and undo what came of it."""
    accounts = {"nobody": None, "ruth": ruth, "noor": noor, "marisol": marisol, "cora": cora}
    browsers = {role: as_(user) for role, user in accounts.items()}
    for role, opener in openers.items():
        browsers[role] = open_in(as_(opener.pair.user), opener)

    def ask(role: str, method: str, address: str) -> int:
        browser = Client()
        browser.cookies.load({name: cookie.value for name, cookie in browsers[role].cookies.items()})
        with _as_if_first() as undone:
            status = getattr(browser, method)(address).status_code
            undone()
        return status

    return ask


@contextmanager
def _as_if_first() -> Iterator[Callable[[], None]]:
    """A transaction to be undone, which what takes one of its own does not notice."""
    block = transaction.atomic()
    block._from_testcase = True  # as Django marks its own around each test
    with block:
        yield lambda: transaction.set_rollback(True)


def test_everybody_gets_what_the_table_says_and_nobody_gets_more(things, knock):
    wrong = []
    for address, row in TABLE.items():
        for method, letters in zip(("get", "post"), row.split(" / "), strict=True):
            for role, letter in zip(ROLES, letters.replace(" ", ""), strict=True):
                status = knock(role, method, filled(address, things))
                if status != STATUS[letter]:
                    wrong.append(f"{method} {address} as {role}: {status}, not {STATUS[letter]}")
    assert wrong == []


@pytest.mark.parametrize("address", ["edit/", "edit/pages/", "edit/snippets/practice/scenario/", "edit/nothing-here/"])
def test_the_editor_is_there_for_staff_only(knock, address):
    found = [knock(role, "get", f"/{address}") for role in ROLES]
    staff = [role in ("marisol", "cora", "nell") for role in ROLES]
    assert [status == 404 for status, is_staff in zip(found, staff, strict=True) if not is_staff] == [True] * 7
    for status, is_staff in zip(found, staff, strict=True):
        assert not is_staff or "nothing" in address or status in (200, 302)
