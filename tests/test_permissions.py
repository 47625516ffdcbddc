"""Who may come in where: every address × every role × the status expected. What is not yours answers 404, never 403.

A new address without a row here fails ``test_every_address_stands_in_the_table``. Wagtail's editor is one row: a gate
in front of all of it (``alongside.people.access.editor_gate``), and a pinned count tells when an update adds addresses.
"""

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver

from alongside.desk.models import Hours
from alongside.people import acts as people
from alongside.people.models import SURVIVOR_LEADER, Letter, OneTimeLink
from alongside.practice import acts
from alongside.practice.models import DifferentView, Scenario
from alongside.records import clock
from alongside.review import correcting
from alongside.review.correcting import LeadersView
from alongside.workshop import acts as workshop

STATUS = {"O": 200, "E": 204, "I": 302, "G": 404, "N": 405, "U": 422}
"""O: shown, open. E: taken, with nothing to show. I: sent to sign in, or on to where it leads. G: gone, not there for
you. N: not by this method. U: nothing was typed."""

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
    "account/second-factor/passkeys/": "IIIII IIIII",
    "account/second-factor/passkeys/add/": "IIIII IIIII",
    "account/second-factor/passkeys/reauthenticate/": "IIIII IIIII",
    "account/second-factor/passkeys/<int:pk>/remove/": "IIIII IIIII",
    "account/second-factor/recovery-codes/": "IGGGG INNNN",
    "account/second-factor/recovery-codes/generate/": "IIIII IIIII",
    "account/second-factor/recovery-codes/download/": "IGGGG IGGGG",
    "me/": "IOOOO INNNN",
    "me/name/": "INNNN IIIII",
    "me/email/": "IOOOO IOOOO",
    "me/second-factor/": "IIIII INNNN",
    "me/export/": "IOOOO INNNN",
    "me/leave/": "IOOOO IOOOO",
    "me/ready/": "IOOOO INNNN",
    "me/ready/agreement/": "IOOOO IOOOO",
    "me/ready/pause/": "INNNN IGGGG",
    "me/ready/resume/": "INNNN IGGGG",
    "me/ready/lay-down/": "IGGGG IGGGG",
    "me/welcome/<str:token>/": "GGGGG GGGGG",
    "me/new-password/<str:token>/": "GGGGG GGGGG",
    "practice/": "IOOOO IOOOO",
    "practice/scenarios/<slug:source_id>/": "IOOOO IOOOO",
    "practice/scenarios/<slug:source_id>/begin/": "NNNNN IIIII",
    "practice/drills/": "IOOOO NNNNN",
    "practice/drills/next/": "IIIII NNNNN",
    "practice/drills/<slug:source_id>/": "IOOOO IUUUU",
    "practice/<uuid:attempt_id>/": "IOGGG IOGGG",
    "practice/<uuid:attempt_id>/answer/": "IIIII IUGGG",
    "practice/<uuid:attempt_id>/stop/": "NNNNN IIGGG",
    "practice/<uuid:attempt_id>/again/<int:number>/": "NNNNN IIGGG",
    "practice/<uuid:attempt_id>/debrief/": "IOGGG IOGGG",
    "practice/<uuid:attempt_id>/show/": "NNNNN IIGGG",
    "practice/<uuid:attempt_id>/show-no-more/": "NNNNN IIGGG",
    "practice/<uuid:attempt_id>/delete/": "IOGGG IIGGG",
    "practice/<uuid:attempt_id>/differently/<int:number>/<int:sentence>/": "IOGGG IOGGG",
    "workshop/": "OOOOO NNNNN",
    "workshop/lessons/<slug:source_id>/": "IOOOO IIIII",
    "workshop/lessons/<slug:source_id>/place/": "NNNNN IEEEE",
    "workshop/reflections/": "IOOOO NNNNN",
    "workshop/reflections/<uuid:reflection_id>/delete/": "IOGGG IIGGG",
    "workshop/media/<int:document_id>/": "IGGGG NNNNN",
    "workshop/assessment/": "IOOOO NNNNN",
    "workshop/assessment/first/": "IOOOO IIIII",
    "workshop/assessment/last/": "IOOOO IIIII",
    "workshop/certificate/": "IOOOO IUUUU",
    "workshop/certificate/paper/": "IGGGG NNNNN",
    "workshop/again/": "IOOOO NNNNN",
    "workshop/reminders/": "NNNNN IIIII",
    "workshop/reminders/<str:token>/stop/": "GGGGG GGGGG",
    "certificates/": "OOOOO UUUUU",
    "certificates/<str:code>/": "GGGGG GGGGG",
    "desk/": "IGGOO NNNNN",
    "desk/learners/": "IGGOO IGGII",
    "desk/learners/csv/": "NNNNN IGGGO",
    "desk/learners/<uuid:learner_id>/": "IGGOO NNNNN",
    "desk/learners/<uuid:learner_id>/notes/<slug:what>/": "NNNNN IGGII",
    "desk/learners/<uuid:learner_id>/notes/<slug:what>/take-back/": "NNNNN IGGII",
    "desk/learners/<uuid:learner_id>/practice/": "IGGGG IGGGG",
    "desk/learners/<uuid:learner_id>/declare/": "NNNNN IGGUU",
    "desk/learners/<uuid:learner_id>/suspend/": "IGGGG IGGGG",
    "desk/learners/<uuid:learner_id>/reinstate/": "IGGGG IGGGG",
    "desk/learners/<uuid:learner_id>/supervision/<int:week>/": "NNNNN IGGII",
    "desk/learners/<uuid:learner_id>/certificate/": "IGGGG IGGGG",
    "desk/group/": "IGGOO NNNNN",
    "desk/settings/": "IGGGO IGGGI",
    "desk/settings/test-letter/": "NNNNN IGGGI",
    "desk/agreement/": "IGGGO IGGGU",
    "desk/team/": "IGGGO NNNNN",
    "desk/team/invite/<slug:role>/": "IGGGO IGGGI",
    "desk/team/invitations/<uuid:link_id>/withdraw/": "NNNNN IGGGI",
    "desk/team/<uuid:user_id>/": "IGGGO IGGGI",
    "desk/help-sign-in/": "IGGGO IGGGI",
    "desk/mail/": "IGGGO NNNNN",
    "desk/mail/<uuid:letter_id>/again/": "NNNNN IGGGI",
    "desk/trail/": "IGGGO NNNNN",
    "desk/seen-differently/": "IGGOG NNNNN",
    "desk/seen-differently/<uuid:view_id>/": "IGGOG IGGUG",
    "desk/review/": "IGGOG NNNNN",
    "desk/review/<slug:language>/<slug:kind>/<slug:source_id>/": "IGGOG IGGUG",
    "desk/review/<slug:language>/<slug:kind>/<slug:source_id>/withdraw/": "IGGGG IGGIG",
    "desk/corrections/": "IGGOG NNNNN",
    "desk/corrections/new/": "IGGOG IGGUG",
    "desk/corrections/file/": "NNNNN IGGOG",
    "desk/corrections/<uuid:correction_id>/": "IGGOG IGGUG",
    "desk/corrections/<uuid:correction_id>/agree/": "NNNNN IGGGG",
    "desk/corrections/<uuid:correction_id>/withdraw/": "IGGOG IGGIG",
    "desk/corrections/<uuid:correction_id>/delete/": "IGGOG IGGIG",
    "desk/hours/": "IGGOG IGGUG",
    "desk/hours/csv/": "IGGOG NNNNN",
    "desk/hours/<uuid:hours_id>/": "IGGOG IGGUG",
    "desk/hours/<uuid:hours_id>/delete/": "NNNNN IGGIG",
    "desk/hours/all/": "IGGGO NNNNN",
    "desk/hours/all/csv/": "NNNNN IGGGO",
    "desk/hours/all/<uuid:leader_id>/<int:year>/<int:number>/": "IGGGO IGGGI",
    "desk/letters/": "NNNNN IGGIG",
    "desk/letters/<str:token>/stop/": "GGGGG GGGGG",
    "^(?:_util|documents/authenticate_with_password)/": "GGGGG GGGGG",
    "documents/^(\\d+)/(.*)$": "GGGGG GGGGG",
    "documents/authenticate_with_password/<int:restriction_id>/": "GGGGG GGGGG",
    "_util/authenticate_with_password/<int:page_view_restriction_id>/<int:page_id>/": "GGGGG GGGGG",
    "_util/login/": "GGGGG GGGGG",
    "^((?:[\\w\\-]+/)*)$": "OOOOO NNNNN",
}
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
    return {
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
