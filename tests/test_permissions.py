"""Who may come in where: every address × every role × the status expected. What is not yours answers 404, never 403.

A new address without a row here fails ``test_every_address_stands_in_the_table``. Wagtail's editor is one row: a gate
in front of all of it (``alongside.people.access.editor_gate``), and a pinned count tells when an update adds addresses.
"""

from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver

from alongside.practice import acts
from alongside.practice.models import DifferentView, Scenario

STATUS = {"O": 200, "I": 302, "G": 404, "N": 405, "U": 422}
"""O: shown, open. I: sent to sign in, or on to where it leads. G: gone, not there for you. N: not by this method.
U: nothing was typed."""

ROLES = ("nobody", "ruth", "noor", "marisol", "cora")
"""Nobody signed in; the learner whose things they are; another learner; a survivor leader; a coordinator."""

# What a GET and what an empty POST answer to each of ROLES, in that order. An address is written as the resolver has
# it; where it has parameters, they are Ruth's. No mail server is set.
TABLE = {
    "account/": "IIIII IIIII",
    "account/signup/": "OIIII OIIII",
    "account/login/": "OIIII OIIII",
    "account/logout/": "IOOOO IIIII",
    "account/inactive/": "OOOOO NNNNN",
    "account/reauthenticate/": "IOOOO IOOOO",
    "account/password/change/": "IOOOO IOOOO",
    "account/password/set/": "GGGGG GGGGG",
    "account/password/reset/": "OOOOO OOOOO",
    "account/password/reset/confirm/": "GGGGG GGGGG",
    "account/password/reset/complete/": "GGGGG GGGGG",
    "account/password/reset/done/": "GGGGG GGGGG",
    "account/email/": "GGGGG GGGGG",
    "account/confirm-email/": "GGGGG GGGGG",
    "account/login/code/confirm/": "GGGGG GGGGG",
    "account/second-factor/": "IOOOO INNNN",
    "account/second-factor/authenticate/": "IIIII IIIII",
    "account/second-factor/reauthenticate/": "IIIOO IIIOO",
    "account/second-factor/totp/activate/": "IIIII IIIII",
    "account/second-factor/totp/deactivate/": "IGGII IGGII",
    "account/second-factor/recovery-codes/": "IGGGG INNNN",
    "account/second-factor/recovery-codes/generate/": "IIIII IIIII",
    "account/second-factor/recovery-codes/download/": "IGGGG IGGGG",
    "me/": "IOOOO INNNN",
    "me/name/": "INNNN IIIII",
    "me/second-factor/": "IIIII INNNN",
    "me/export/": "IOOOO INNNN",
    "me/leave/": "IOOOO IOOOO",
    "me/welcome/<str:token>/": "GGGGG GGGGG",
    "me/new-password/<str:token>/": "GGGGG GGGGG",
    "practice/": "IOOOO IOOOO",
    "practice/scenarios/<slug:source_id>/": "IOOOO IOOOO",
    "practice/scenarios/<slug:source_id>/begin/": "NNNNN IIIII",
    "practice/<uuid:attempt_id>/": "IOGGG IOGGG",
    "practice/<uuid:attempt_id>/answer/": "IIIII IUGGG",
    "practice/<uuid:attempt_id>/stop/": "NNNNN IIGGG",
    "practice/<uuid:attempt_id>/again/<int:number>/": "NNNNN IIGGG",
    "practice/<uuid:attempt_id>/debrief/": "IOGGG IOGGG",
    "practice/<uuid:attempt_id>/delete/": "IOGGG IIGGG",
    "practice/<uuid:attempt_id>/differently/<int:number>/<int:sentence>/": "IOGGG IOGGG",
    "desk/": "IGGOO NNNNN",
    "desk/help-sign-in/": "IGGGO IGGGO",
    "desk/invite-survivor-leader/": "IGGGO IGGGO",
    "desk/seen-differently/": "IGGOG NNNNN",
    "desk/seen-differently/<uuid:view_id>/read/": "NNNNN IGGIG",
    "^(?:_util|documents/authenticate_with_password)/": "GGGGG GGGGG",
    "documents/^(\\d+)/(.*)$": "GGGGG GGGGG",
    "documents/authenticate_with_password/<int:restriction_id>/": "GGGGG GGGGG",
    "_util/authenticate_with_password/<int:page_view_restriction_id>/<int:page_id>/": "GGGGG GGGGG",
    "_util/login/": "GGGGG GGGGG",
    "^((?:[\\w\\-]+/)*)$": "OOOOO NNNNN",
}
EDITOR = "edit/"
EDITOR_ADDRESSES = 202


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
def things_of_ruth(ruth) -> dict[str, str]:
    """What stands in the addresses: a conversation of Ruth's with one reply, and what she saw differently."""
    call_command("import", verbosity=0)
    scenario = Scenario.objects.get(source_id="the-rent")
    attempt = acts.begin(ruth, scenario)
    acts.answer(ruth, attempt.id, 1, "I am glad you told me. You should get another job.")
    acts.see_differently(ruth, acts.find_sentence(ruth, attempt.id, 1, 0), "To me that was only polite.")
    return {
        "<uuid:attempt_id>": str(attempt.id),
        "<slug:source_id>": scenario.source_id,
        "<int:number>": "1",
        "<int:sentence>": "0",
        "<str:token>": "nonsense",
        "<uuid:view_id>": str(DifferentView.objects.get().pk),
        r"^((?:[\w\-]+/)*)$": "",
        r"^(\d+)/(.*)$": "1/none.pdf",
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
def knock(as_, ruth, noor, marisol, cora):
    """Ask for an address as somebody, and undo what came of it."""
    people = {"nobody": None, "ruth": ruth, "noor": noor, "marisol": marisol, "cora": cora}

    def ask(role: str, method: str, address: str) -> int:
        with transaction.atomic():
            status = getattr(as_(people[role]), method)(address).status_code
            transaction.set_rollback(True)
        return status

    return ask


def test_everybody_gets_what_the_table_says_and_nobody_gets_more(things_of_ruth, knock):
    wrong = []
    for address, row in TABLE.items():
        for method, letters in zip(("get", "post"), row.split(), strict=True):
            for role, letter in zip(ROLES, letters, strict=True):
                status = knock(role, method, filled(address, things_of_ruth))
                if status != STATUS[letter]:
                    wrong.append(f"{method} {address} as {role}: {status}, not {STATUS[letter]}")
    assert wrong == []


@pytest.mark.parametrize("address", ["edit/", "edit/pages/", "edit/snippets/practice/scenario/", "edit/nothing-here/"])
def test_the_editor_is_there_for_staff_only(knock, address):
    found = [knock(role, "get", f"/{address}") for role in ROLES]
    assert found[:3] == [404, 404, 404]
    assert "nothing" in address or all(status in (200, 302) for status in found[3:])
