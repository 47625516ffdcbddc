"""Every page of ours: axe finds nothing at 1280 and 360 px, in light and dark, and nothing sticks out at 320 px."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from playwright.sync_api import Page

from alongside.conversations.models import Conversation
from alongside.core.rating import Move
from alongside.desk.models import Hours
from alongside.desk.notices import SOMETHING_WAITS
from alongside.introductions import acts as introductions
from alongside.introductions.models import Ask, Introduction
from alongside.introductions.notices import SOMETHING_WAITS as SOMETHING_WAITS_FOR_AN_ALLY
from alongside.people import acts as people
from alongside.people import letters
from alongside.people.models import COORDINATOR, SURVIVOR_LEADER, AgreementText, Ally, Letter, Survivor
from alongside.people.models.readiness import SUPERVISION_WEEKS, Supervision
from alongside.practice import acts
from alongside.practice.drill_page import Side
from alongside.practice.models import Attempt
from alongside.practice.tests.conftest import keep_drill, read_key_words, the_rent  # noqa: F401 - a fixture
from alongside.records import clock
from alongside.review import correcting
from alongside.review.approving import approve_live
from alongside.review.correcting import LeadersView
from alongside.workshop import acts as workshop
from alongside.workshop.models import Certificate, Enrolment, FrontPage
from alongside.workshop.reminders import PRACTISE_AGAIN
from alongside.workshop.tests.conftest import BODY, keep_lesson
from conftest import PASSWORD
from tests.browser.accessibility import check_accessible, check_fits
from tests.pages import pages_left_out

PAGES = {
    "nobody": (
        "/",
        "/account/signup/",
        "/account/login/",
        "/account/password/reset/",
        "/account/inactive/",
        "/workshop/",
        "/gone/",
        "/certificates/",
        "/certificates/nonsense/",
        "/certificates/{certificate}/",
        "/me/welcome/{coordinators_link}/",
        "/me/welcome/{invitation}/",
        "/me/welcome/nonsense/",
        "/me/new-password/{password_link}/",
        "/workshop/reminders/{stop_reminders}/stop/",
        "/desk/letters/{stop_letters}/stop/",
        "/talk/",
        "/talk/open/",
        "/talk/gone/",
        "/talk/promises/",
        "/promises/",
        "/talk/leave/",
        "/talk/quiet/",
        "/talk/nothing-here/",
    ),
    "ruth": (
        "/me/",
        "/me/leave/",
        "/me/email/",
        "/me/ready/",
        "/me/ready/agreement/",
        "/account/password/change/",
        "/account/second-factor/",
        "/account/second-factor/totp/activate/",
        "/account/second-factor/passkeys/add/",
        "/account/logout/",
        "/practice/",
        "/practice/scenarios/the-rent/",
        "/practice/drills/",
        "/practice/drills/invite-or-probe-1/",
        "/practice/drills/choice-or-flat-1/",
        "/workshop/",
        "/workshop/lessons/words/",
        "/workshop/lessons/trust/",
        "/workshop/reflections/",
        "/workshop/reflections/{reflection}/delete/",
        "/workshop/assessment/",
        "/workshop/assessment/first/",
        "/workshop/assessment/last/",
        "/workshop/certificate/",
        "/workshop/again/",
        "/practice/{attempt}/",
        "/practice/{attempt}/debrief/",
        "/practice/{attempt}/delete/",
        "/practice/{attempt}/differently/1/0/",
        "/practice/{attempt}/differently/1/1/",
    ),
    "noor": (
        "/account/second-factor/",
        "/account/second-factor/reauthenticate/",
        "/account/second-factor/totp/deactivate/",
        "/account/second-factor/recovery-codes/",
        "/account/second-factor/recovery-codes/generate/",
        "/me/ready/",
        "/me/ready/agreement/",
        "/me/ready/lay-down/",
        "/workshop/certificate/",
        "/ally/profile/",
        "/ally/profile/words/",
        "/ally/profile/times/",
        "/ally/profile/matching/",
        "/letters/{stop_ally}/stop/",
    ),
    "newcomer": ("/me/second-factor/",),
    "cora": (
        "/desk/",
        "/desk/learners/",
        "/desk/learners/?stage=ready",
        "/desk/learners/{ruth}/",
        "/desk/learners/{ruth}/practice/",
        "/desk/learners/{noor}/",
        "/desk/learners/{noor}/suspend/",
        "/desk/learners/{noor}/certificate/",
        "/desk/learners/{kim}/reinstate/",
        "/desk/group/",
        "/desk/settings/",
        "/desk/agreement/",
        "/desk/team/",
        "/desk/team/{marisol}/",
        "/desk/team/invite/coordinator/",
        "/desk/help-sign-in/",
        "/desk/mail/",
        "/desk/lost-codes/",
        "/desk/introductions/",
        "/desk/presentations/",
        "/desk/presentations/{presentation}/",
        "/desk/topics/",
        "/desk/topics/money/",
        "/desk/door/",
        "/desk/trail/",
        "/desk/hours/all/",
        "/desk/hours/all/{marisol}/{year}/{month}/",
    ),
    "marisol": (
        "/desk/",
        "/desk/seen-differently/",
        "/desk/seen-differently/{view}/",
        "/desk/review/",
        "/desk/review/en/drills/invite-or-probe-1/",
        "/desk/review/en/pages/front/",
        "/desk/review/en/pages/front/withdraw/",
        "/desk/corrections/",
        "/desk/corrections/new/",
        "/desk/corrections/{decision}/",
        "/desk/corrections/{decision}/withdraw/",
        "/desk/corrections/{decision}/delete/",
        "/desk/hours/",
        "/desk/hours/{hours}/",
    ),
}
ELSEWHERE = {
    "test_somebody_comes_from_the_door_to_her_own_page": (
        "/talk/topics/",
        "/talk/with/",
        "/talk/people/",
        "/talk/words/",
        "/talk/code/",
        "/talk/code/prove/",
        "/talk/again/",
    ),
    "test_she_opens_changes_her_code_and_deletes_everything": ("/talk/code/change/", "/talk/delete/"),
    "test_an_ally_makes_a_code_opens_with_it_and_changes_it": (
        "/me/code/",
        "/me/code/new/",
        "/me/care/leave/",
        "/desk/team/{cora}/care/remove/",
    ),
    "test_everybody_can_use_what_she_chooses": ("/talk/settings/", "/talk/look/", "/talk/notice/"),
    "test_everybody_can_use_every_page": ("/account/reauthenticate/",),
    "test_everybody_can_use_the_pages_of_a_house_that_sends_mail": (
        "/account/email/",
        "/account/confirm-email/",
        "/account/password/reset/confirm/",
        "/account/password/reset/complete/",
        "/account/password/reset/done/",
    ),
    "test_everybody_can_use_a_conversation": (
        "/talk/home/",
        "/talk/c/{conversation}/",
        "/talk/c/{conversation}/end/",
        "/talk/c/{conversation}/block/",
        "/talk/c/{conversation}/copy/",
        "/talk/c/{conversation}/delete/",
        "/ally/",
        "/ally/waiting/{introduction}/",
        "/ally/c/{conversation}/",
    ),
    "test_an_ally_answers_with_everything_at_hand": (
        "/ally/c/{conversation}/check/",
        "/ally/c/{conversation}/hand-back/",
        "/ally/c/{conversation}/block/",
        "/ally/c/{conversation}/worry/",
        "/ally/c/{conversation}/report/",
        "/ally/care/",
        "/ally/care/{report}/",
    ),
    "test_everybody_can_use_what_is_told_to_the_care_team": (
        "/talk/c/{conversation}/report/",
        "/talk/c/{conversation}/uneasy/",
        "/talk/care/",
        "/talk/care/{report}/",
        "/desk/reports/",
        "/desk/reports/{report}/",
    ),
    "test_a_coordinator_sets_a_passkey_signs_in_with_it_and_removes_it": (
        "/account/second-factor/authenticate/",
        "/account/second-factor/passkeys/reauthenticate/",
        "/account/second-factor/passkeys/{passkey}/remove/",
    ),
}
"""What can be looked at on the way only, by the test of this folder that does."""


def look(page: Page) -> None:
    check_accessible(page)
    check_fits(page)


def open_and_look(page: Page, address: str) -> None:
    page.goto(address)
    assert page.url.endswith(address), f"{address} led to {page.url}"
    look(page)


def give_password(page: Page) -> None:
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Yes, it is me").click()


@pytest.fixture
def newcomer(make_account):
    """A coordinator whose role rests until she sets a second factor."""
    return make_account("newcomer", COORDINATOR, second_factor=False)


@pytest.fixture
def attempt(ruth, the_rent, monkeypatch) -> Attempt:  # noqa: F811
    """Ruth is on her way, and has begun a conversation."""
    monkeypatch.setattr("alongside.practice.acts.conversing.rate", read_key_words)
    attempt = acts.begin(ruth, the_rent)
    acts.answer(ruth, attempt.id, 1, "Some warmth. A fix, and pity. Maybe. Hola.")
    keep_drill("invite-or-probe-1")
    acts.choose(ruth, keep_drill("choice-or-flat-1"), 1, Side.FIRST)
    keep_lesson("words", 5, *BODY)
    workshop.finish_lesson(ruth, keep_lesson("trust", 6))
    Attempt.objects.filter(pk=attempt.pk).update(shown_at=clock.now())
    return attempt


def become_ally(user, **how) -> Ally:
    ally = Ally.objects.create(user=user, **how)
    Supervision.objects.bulk_create(
        Supervision(ally=ally, week=week, due_at=ally.due_in(week)) for week in SUPERVISION_WEEKS
    )
    return ally


def keep_introductions(ally) -> None:
    """Let one introduction wait for an ally, and one be a quiet conversation; somebody finds nobody."""
    long_ago, later = clock.now() - timedelta(days=40), clock.now() + timedelta(days=40)
    for state, ask_state in (("offered", "offered"), ("accepted", "met")):
        survivor = Survivor.objects.create(handle=state.encode())
        ask = Ask.objects.create(survivor=survivor, state=ask_state, wishes=b"", expires_at=later)
        met = Introduction.objects.create(
            ask=ask, ally=ally, state=state, lease_until=clock.now() + timedelta(hours=5), expires_at=later
        )
    Introduction.objects.filter(pk=met.pk).update(decided_at=long_ago)
    Conversation.objects.create(
        introduction=met, survivor=survivor, ally=ally, began_at=long_ago, last_at=long_ago, expires_at=later
    )
    introductions.note_nobody_found(["money", "faith"])


@pytest.fixture
def places(attempt, ruth, noor, marisol, cora, newcomer, make_account) -> dict[str, object]:
    """What stands in the addresses, when everybody has done something: Noor is an ally, Kim is suspended."""
    kim, vera, day = make_account("kim"), make_account("vera", SURVIVOR_LEADER), clock.now().date()
    for user in (noor, kim):
        TOTP.activate(user, generate_totp_secret())
        Enrolment.objects.create(learner=user, finished_at=clock.now())
    RecoveryCodes.activate(noor)
    become_ally(noor)
    become_ally(kim, suspended_at=clock.now())
    presentation = introductions.hand_in(noor, "Juniper", {"money": "I know how to stretch a week."})
    keep_introductions(noor)
    people.sign_agreement(noor, AgreementText.objects.create(version=1, text="I listen.\n\nI stay.").version)
    people.declare_not_yet(ruth, by=cora, what_would_help="Rest.")
    Letter.objects.create(user=noor, kind="test", state=Letter.State.FAILED, reason="not_reached")
    view = acts.see_differently(ruth, acts.find_sentence(ruth, attempt.id, 1, 1), "I was only asked for it.")
    decision = correcting.correct(marisol, "310 short", "Tell them you are sick.", LeadersView([Move.FIX], "It runs."))
    correcting.disagree(vera, decision.pk, LeadersView([Move.CONTROL], "It orders.", named=True))
    approve_live(FrontPage.objects.get(), marisol)
    hours = Hours.objects.create(leader=marisol, day=day, minutes=90, what=Hours.What.REVIEW, note="two lessons")
    certificate = Certificate.objects.create(learner=noor, name_on_it="Noor", lessons=10, practices=3, minutes=190)
    return {
        "attempt": attempt.pk,
        "certificate": certificate.code,
        "coordinators_link": people.make_coordinator_link().rstrip("/").rpartition("/")[2],
        "decision": decision.pk,
        "hours": hours.pk,
        "invitation": people.invite(cora, SURVIVOR_LEADER),
        "kim": kim.pk,
        "marisol": marisol.pk,
        "month": day.month,
        "noor": noor.pk,
        "password_link": people.make_password_link(ruth.email, cora),
        "presentation": presentation.pk,
        "reflection": workshop.keep_reflection(ruth, "words", "to-hear", "The bittern sings.", None).pk,
        "ruth": ruth.pk,
        "stop_ally": letters.stop_token(noor, SOMETHING_WAITS_FOR_AN_ALLY),
        "stop_letters": letters.stop_token(marisol, SOMETHING_WAITS),
        "stop_reminders": letters.stop_token(noor, PRACTISE_AGAIN),
        "view": view.pk,
        "year": day.year,
    }


@pytest.mark.parametrize("role", PAGES)
def test_everybody_can_use_every_page(open_page, sign_in, places, role, request):
    page = open_page()
    if role != "nobody":
        sign_in(page, request.getfixturevalue(role))
        page.goto("/account/reauthenticate/")
        if role == "ruth":
            look(page)
        give_password(page)
        page.wait_for_url(re.compile("^((?!reauthenticate).)*$"))
    for address in PAGES[role]:
        open_and_look(page, address.format(**places))


def test_no_page_is_left_out():
    looked_at = [address for addresses in (*PAGES.values(), *ELSEWHERE.values()) for address in addresses]
    assert pages_left_out(looked_at) == []
    tests = "".join(path.read_text("utf-8") for path in Path(__file__).parent.glob("test_*.py"))
    assert [name for name in ELSEWHERE if f"def {name}(" not in tests] == []


def test_everybody_can_use_a_form_of_survivor_leaders_that_was_refused(page, sign_in, places, marisol):
    sign_in(page, marisol)
    page.goto(f"/desk/seen-differently/{places['view']}/")
    page.get_by_label("Why?").fill("It is warm.")
    page.get_by_role("button", name="Decide").click()
    assert "Choose what the sentence does" in page.content()
    check_accessible(page)
    page.goto("/desk/corrections/new/")
    page.get_by_label("The sentence in answer to it").fill("Tell them you are sick.")
    page.get_by_role("button", name="See how it is read").click()
    look(page)


def test_everybody_can_use_the_pages_of_a_house_that_sends_mail(page, mail_server, settings, sign_in, ruth):
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    settings.ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = settings.ACCOUNT_PREVENT_ENUMERATION = True

    def code() -> str:
        found = re.search(
            r"^\s*([A-Z0-9-]{6,9})\s*$", str(mail_server.mails[-1].get_body(("plain",)).get_content()), re.M
        )
        assert found
        return found[1]

    page.goto("/account/signup/")
    page.get_by_label("E-mail").fill("juno@alongside.example")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Make an account").click()
    page.wait_for_url("**/account/confirm-email/")
    look(page)
    page.context.clear_cookies()

    open_and_look(page, "/account/password/reset/")
    page.get_by_label("E-mail").fill(ruth.email)
    page.get_by_role("button").last.click()
    page.wait_for_url("**/account/password/reset/confirm/")
    look(page)
    page.get_by_label("Code").fill(code())
    page.get_by_role("button").first.click()
    page.wait_for_url("**/account/password/reset/complete/")
    look(page)
    open_and_look(page, "/account/password/reset/done/")
    sign_in(page, ruth)
    open_and_look(page, "/account/email/")
