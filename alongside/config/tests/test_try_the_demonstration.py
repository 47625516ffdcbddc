"""Somebody tries Alongside with the demonstration: made-up people at every stage, for this machine alone."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from allauth.mfa.totp.internal.auth import validate_totp_code
from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.utils.html import escape
from wagtail.models import Revision

from alongside.config import serve
from alongside.config.demo import bounds, cast, filling, talking_words, words
from alongside.config.demo.filling import NotFilledError, fill
from alongside.config.demo.timeline import Timeline
from alongside.config.environment import SettingError, read_environment
from alongside.conversations.models import Conversation, Report
from alongside.core.codes import read_survivor_code
from alongside.core.rating import Move, Rating, Sentence, Verdict
from alongside.core.rating.splitting import split
from alongside.core.rating.stance import stance_of
from alongside.desk.learners import Stage, Waits, learners, number_waiting, numbers
from alongside.desk.models import Hours
from alongside.introductions.door import is_open
from alongside.introductions.models import Ask, Door, Introduction, Presentation
from alongside.people import letters
from alongside.people.acts import open_invitations
from alongside.people.acts.codes import handle_of
from alongside.people.models import (
    AgreementText,
    CareMember,
    Letter,
    Organisation,
    Supervision,
    Survivor,
    User,
)
from alongside.people.readiness import declarations_of, supervisions_due
from alongside.practice.drills import due_now, standings
from alongside.practice.models import Attempt, DifferentView, Turn
from alongside.records import clock
from alongside.records.models import Entry
from alongside.review.importing import import_content
from alongside.review.models import Approval, Correction, Disagreement
from alongside.review.waiting import waiting
from alongside.workshop.assessment import group_change
from alongside.workshop.models import Certificate, Lesson, Reflection, SittingAnswer

pytestmark = pytest.mark.django_db
CONTENT = Path(__file__).resolve().parents[3] / "content"
LEANS_IN = {
    *words.LEANING_IN,
    *(replies[0] for replies in words.OPENINGS.values()),
    *(reply for replies in words.AFTER.values() for reply in replies[:-1]),
}


def read_quickly(_disclosure: str, reply: str) -> Rating:
    """Read a reply of the demonstration as it is meant."""
    moves = (Move.WARMTH,) if reply in LEANS_IN else (Move.FIX,)
    chances = {move: 0.9 if move in moves else 0.01 for move in Move}
    spans = split(reply)
    sentences = tuple(Sentence(reply[i:j], i, j, moves, chances, Verdict.RATED) for i, j in spans)
    return Rating(sentences, stance_of(moves), "quick")


@pytest.fixture(scope="module", autouse=True)
def _house(django_db_setup, django_db_blocker) -> Iterator[None]:
    """The demonstration, filled once for all that look at it."""
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), transaction.atomic():
        patch.setattr("alongside.practice.acts.conversing.rate", read_quickly)
        patch.setattr("alongside.workshop.acts.assessing.rate", read_quickly)
        call_command("createcachetable", verbosity=0)
        import_content(CONTENT)
        fill()
        yield
        transaction.set_rollback(True)


def account(person: cast.Person) -> User:
    return User.objects.get(email=person.email)


def opened_by(comer: cast.Comer) -> Survivor:
    return Survivor.objects.get(handle=handle_of(read_survivor_code(comer.code)))


def signed_in(person: cast.Person) -> Client:
    browser = Client()
    browser.force_login(account(person))
    return browser


def test_somebody_is_at_every_stage_and_waits_for_everything_that_there_is_to_wait_for():
    assert {stage: number for stage, number in numbers().items() if not number} == {}
    assert {waits for waits in Waits if not number_waiting(waits)} == set()
    assert {user.email: user.stage for user in learners()}[cast.TOMASZ.email] == Stage.DECISION


def test_who_waits_for_the_second_of_two_has_the_first():
    (declared,) = declarations_of(account(cast.TOMASZ))
    assert (declared.is_ready, declared.by) == (True, account(cast.SOL))
    (not_yet,) = declarations_of(account(cast.IMANI))
    assert not_yet.what_would_help == words.WHAT_WOULD_HELP


def test_an_ally_in_the_first_month_has_had_one_supervision_and_the_next_is_soon_and_another_is_overdue():
    now = clock.now()
    assert account(cast.RAVI).ally.conversations_at_once == 1
    first, second, _third = Supervision.objects.filter(ally=account(cast.RAVI).pk)
    assert first.done_at is not None
    assert now < second.due_at < now + timedelta(days=7)
    assert {each.ally_id for each in supervisions_due(now)} == {account(cast.NOEMI).pk}


def test_the_group_has_changed_and_ten_people_at_least_are_in_it():
    change = group_change()
    assert change is not None
    assert change.people >= 10


def test_some_mail_failed_and_none_waits():
    assert {letter.user.email for letter in letters.failed()} == {cast.JUNO.email}
    assert not Letter.objects.filter(state__in=("waiting", "claimed")).exists()
    assert Letter.objects.filter(state="sent").exists()


def test_survivor_leaders_have_decided_disagreed_withdrawn_and_left_something_to_do():
    assert set(DifferentView.objects.values_list("decision", flat=True)) == {"waiting", "decided", "declined"}
    assert Correction.objects.standing().exists()
    assert Correction.objects.filter(withdrawn_at__isnull=False).exists()
    assert Disagreement.objects.exists()
    assert Approval.objects.standing().exists()
    assert Approval.objects.filter(withdrawn_at__isnull=False).exists()
    (handed_in,) = waiting()
    assert handed_in.author_id == account(cast.OWEN).pk
    for leader in map(account, cast.SURVIVOR_LEADERS):
        assert Hours.objects.filter(leader=leader, paid_at=None).exists()
        assert Hours.objects.filter(leader=leader, paid_at__isnull=False).exists()


def test_learners_have_drills_that_came_back_words_to_themselves_and_certificates():
    assert due_now(standings(account(cast.YUSRA), "en"))
    assert Reflection.objects.exists()
    assert Certificate.objects.get(learner=account(cast.TOMASZ)).name_on_it == "Tomasz Łukasz Lampshade"
    assert SittingAnswer.objects.filter(sitting__learner=account(cast.OSKAR), answered_at=None).count() == 1


def test_the_agreement_has_a_second_version_and_an_invitation_is_open():
    assert [each.version for each in AgreementText.objects.all()] == [2, 1]
    assert open_invitations().count() == 1


def test_who_left_has_left_nothing():
    assert not User.objects.filter(email=cast.VIOLA.email).exists()
    assert not Attempt.objects.filter(learner=None).exists()


def test_everybody_is_plainly_made_up():
    assert Organisation.current().is_demonstration
    assert {email.rpartition("@")[2] for email in User.objects.values_list("email", flat=True)} == {cast.DOMAIN}
    assert "made up" in Organisation.current().name
    page = Client().get("/account/login/").content.decode()
    assert "This is a demonstration: everybody in it is made up." in page


def test_all_of_it_lies_behind_in_the_order_in_which_it_happened():
    now = clock.now()
    trail = list(Entry.objects.order_by("id").values_list("at", flat=True))
    assert trail == sorted(trail)
    assert now - timedelta(days=160) < trail[0] < trail[-1] < now
    assert Turn.objects.filter(answered_at__gt=now).count() == 0
    assert Attempt.objects.filter(expires_at__lte=now).count() == 0
    assert User.objects.filter(joined_at__gt=now).count() == 0


@pytest.mark.parametrize("person", [person for person, _what in cast.TO_TRY], ids=lambda person: person.name)
def test_whoever_tries_it_can_sign_in(person):
    browser = Client()
    answer = browser.post("/account/login/", {"login": person.email, "password": cast.PASSWORD}, follow=True)
    at = answer.redirect_chain[-1][0]
    if at.endswith("/authenticate/"):
        at = browser.post(at, {"code": bounds.figures_now()}, follow=True).redirect_chain[-1][0]
    assert at == "/workshop/"
    at_the_desk = browser.get("/desk/").status_code
    assert at_the_desk == (200 if person in (cast.CARLA, cast.SOL) else 404)


def test_the_door_is_open_and_three_allies_stand_behind_it():
    assert is_open()
    shown = Presentation.objects.shown().values_list("profile__ally__user__email", flat=True)
    assert set(shown) == {person.email for person in (cast.RAVI, cast.NOEMI, cast.JUNO)}
    assert {member.email for member in CareMember.in_effect()} == {cast.CARLA.email, cast.SOL.email}
    assert Door.current().answers_take.endswith("(made up)")


@pytest.mark.parametrize("comer", [comer for comer, _how in cast.TO_TALK], ids=lambda comer: comer.name)
def test_whoever_tries_it_opens_a_code_of_somebody_who_came(comer):
    browser = Client()
    home = browser.post("/talk/open/", {"code": comer.code}, follow=True)
    assert home.redirect_chain == [("/talk/home/", 302)]
    states = {cast.FERN: Ask.State.MET, cast.PLUM: Ask.State.OFFERED, cast.SAGE: Ask.State.WAITING}
    assert Ask.objects.get(survivor=opened_by(comer)).state == states[comer]


def test_two_talk_and_both_read_every_message():
    conversation = Conversation.objects.get()
    said = [words for _day, _who, words in talking_words.FERN_AND_RAVI]
    hers = Client()
    hers.post("/talk/open/", {"code": cast.FERN.code})
    page = hers.get(f"/talk/c/{conversation.pk}/").text
    assert [words for words in (talking_words.FIRST_WORDS["Fern"], *said) if escape(words) not in page] == []
    his = signed_in(cast.RAVI)
    assert his.post("/me/code/", {"code": cast.OWN_CODES[cast.RAVI]}).status_code == 302
    page = his.get(f"/ally/c/{conversation.pk}/").text
    assert [words for words in said if escape(words) not in page] == []


def test_something_waits_for_an_ally_and_for_the_care_team():
    offered = Introduction.objects.get(state=Introduction.State.OFFERED)
    assert offered.ally == account(cast.NOEMI)
    assert offered.lease_until > clock.now()
    for member in (cast.CARLA, cast.SOL):
        assert Report.objects.for_care(account(member)).count() == 1


def test_the_figures_are_those_of_everybodys_app():
    assert validate_totp_code(cast.SECOND_FACTOR, bounds.figures_now())


def test_it_goes_into_an_empty_house_only():
    before = User.objects.count()
    with pytest.raises(NotFilledError, match="There are people in this data already"):
        fill()
    assert User.objects.count() == before


def test_it_does_not_go_into_a_house_without_lessons():
    with transaction.atomic():
        for model in (User, Organisation, Entry):
            model.objects.all().delete()
        Lesson.objects.update(live=False)
        with pytest.raises(NotFilledError, match="There are no lessons"):
            fill()
        transaction.set_rollback(True)


def test_half_of_it_is_none_of_it(monkeypatch):
    monkeypatch.setattr(filling, "tell", lambda timeline, _: timeline.on(1, 0, lambda: User.objects.get(email="")))
    with transaction.atomic():
        for model in (User, Organisation, Entry):
            model.objects.all().delete()
        with pytest.raises(User.DoesNotExist):
            fill()
        assert not Organisation.objects.exists()
        transaction.set_rollback(True)


def test_mail_is_as_it_was_afterwards():
    assert settings.MAIL_WORKS is False
    assert "demo" not in settings.EMAIL_BACKEND


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"ALONGSIDE_HOSTS": "allies.example.org"}, "served on this machine only"),
        ({"HOST": "0.0.0.0", "ALONGSIDE_HOSTS": "localhost"}, "served on this machine only"),
        ({"ALONGSIDE_HOSTS": "localhost", "ALONGSIDE_PROXIES": "1"}, "served on this machine only"),
        ({"ALONGSIDE_MAIL": "smtp://mail.example.org"}, "sends no mail"),
    ],
)
def test_nobody_else_can_reach_it_whichever_command_serves_it(monkeypatch, given, told):
    monkeypatch.setattr("alongside.config.prepare.prepare", lambda: None)
    with pytest.raises(SettingError, match=told):
        serve._prepare(read_environment(given))


def test_a_house_of_real_people_is_served_as_ever(monkeypatch):
    monkeypatch.setattr("alongside.config.prepare.prepare", lambda: None)
    monkeypatch.setattr(bounds, "is_here", lambda: False)
    monkeypatch.setattr("django.db.connections.close_all", lambda: None)
    serve._prepare(read_environment({"ALONGSIDE_HOSTS": "allies.example.org", "ALONGSIDE_PROXIES": "1"}))


def test_days_pass_in_order_and_the_clock_goes_with_them():
    today = datetime(2030, 5, 20, 12, tzinfo=UTC)
    seen: list[tuple[str, str]] = []

    def note(what: str):
        return lambda: seen.append((what, f"{clock.now():%m-%d %H:%M}"))

    timeline = Timeline(today)
    timeline.on(1, 9.5, note("last"), note("after it"))
    timeline.on(30, 18, note("first"))
    timeline.happen()
    assert seen == [("first", "04-20 18:00"), ("last", "05-19 09:30"), ("after it", "05-19 09:30")]
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(minutes=1)
    with pytest.raises(ValueError, match="might lie ahead"):
        timeline.on(0, 9, note("today"))


def test_what_is_live_was_not_written_by_anybody():
    assert not Revision.objects.filter(pk__in=Lesson.objects.values("live_revision"), user__isnull=False).exists()
