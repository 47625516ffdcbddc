"""An ally's role: a pause, being suspended at once and everywhere, supervision, laying it down."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.http import Http404, HttpResponse
from django.test import RequestFactory
from django.urls import reverse

from alongside.people import acts, signals
from alongside.people.access import for_ally
from alongside.people.acts import Refused
from alongside.people.models import Ally, Session, Supervision, User
from alongside.people.readiness import supervisions_due
from alongside.people.tests.conftest import at_once
from alongside.records import clock
from alongside.records.models import Entry, Verb

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def ally(prepare, ruth, cora, marisol):
    """Ruth's role, given by Cora and Marisol."""
    prepare(ruth, marisol)
    acts.declare_ready(ruth, by=cora)
    return acts.declare_ready(ruth, by=marisol)


@pytest.fixture
def heard():
    """What was said of the role, in order."""
    said = []
    listeners = {}
    for name in ("paused", "resumed", "suspended", "reinstated", "ended"):
        listeners[name] = lambda ally, name=name, **kwargs: said.append((name, ally.state))
        getattr(signals, f"ally_{name}").connect(listeners[name])
    yield said
    for name, listener in listeners.items():
        getattr(signals, f"ally_{name}").disconnect(listener)


def role_of(user: User) -> Ally:
    return Ally.objects.get(user=user)


def last_entry() -> Entry:
    return Entry.objects.latest("pk")


@for_ally
def a_page_for_allies(request):
    return HttpResponse("come in")


def knock(user) -> int:
    """Ask for a page for allies."""
    request = RequestFactory().get("/")
    request.user = user
    try:
        return a_page_for_allies(request).status_code
    except Http404:
        return 404


def test_an_ally_comes_in_and_a_learner_does_not(ally, ruth, noor, cora):
    assert [knock(each) for each in (ruth, noor, cora)] == [200, 404, 404]


def test_she_pauses_and_goes_on_as_she_likes(ally, ruth, heard):
    acts.pause(ruth)
    assert list(Ally.objects.open_to_new()) == []
    assert list(Ally.objects.in_effect()) == [ally]
    assert knock(ruth) == 200
    with pytest.raises(Refused, match="paused already"):
        acts.pause(ruth)
    acts.resume(ruth)
    assert list(Ally.objects.open_to_new()) == [ally]
    with pytest.raises(Refused, match="have not paused"):
        acts.resume(ruth)
    assert heard == [("paused", "paused"), ("resumed", "ready")]
    assert list(Entry.objects.order_by("pk").values_list("verb", "actor"))[-2:] == [
        (Verb.ALLY_PAUSED, ruth.pk),
        (Verb.ALLY_RESUMED, ruth.pk),
    ]


def test_suspending_ends_every_open_session_and_shuts_every_page(ally, ruth, marisol, as_, heard):
    here, elsewhere = as_(ruth), as_(ruth)
    assert here.get("/me/").status_code == elsewhere.get("/me/").status_code == 200
    asked_before = ruth  # an object that a request in flight still holds
    acts.suspend(ruth, by=marisol)
    assert not Session.objects.filter(user=ruth).exists()
    for browser in (here, elsewhere):
        assert browser.get("/me/").url.startswith(reverse("account_login"))
    assert knock(asked_before) == 404
    assert list(Ally.objects.in_effect()) == []
    assert heard == [("suspended", "suspended")]
    last = last_entry()
    assert (last.verb, last.actor, last.subject) == (Verb.ALLY_SUSPENDED, marisol.pk, ruth.pk)
    page = as_(ruth).get(reverse("people:ready")).content.decode()
    assert "is suspended at present" in page
    assert "You are an ally" not in page


def test_a_suspended_ally_neither_pauses_nor_goes_on_nor_lays_it_down_nor_is_declared(ally, ruth, cora, marisol):
    acts.pause(ruth)
    acts.suspend(ruth, by=cora)
    for act in (acts.pause, acts.resume, acts.lay_down):
        with pytest.raises(Refused, match="not in effect"):
            act(ruth)
    with pytest.raises(Refused, match="is suspended already"):
        acts.suspend(ruth, by=marisol)
    with pytest.raises(Refused, match="an ally who is suspended"):
        acts.declare_ready(ruth, by=marisol)
    assert role_of(ruth).state == Ally.State.SUSPENDED


def test_reinstated_she_goes_on_and_a_pause_from_before_stands(ally, ruth, cora, marisol, heard):
    acts.pause(ruth)
    acts.suspend(ruth, by=cora)
    acts.reinstate(ruth, by=marisol)
    assert role_of(ruth).state == Ally.State.PAUSED
    assert heard[-1] == ("reinstated", "paused")
    assert knock(ruth) == 200
    with pytest.raises(Refused, match="not suspended"):
        acts.reinstate(ruth, by=marisol)


def test_nobody_suspends_or_reinstates_herself(prepare, cora, marisol, make_account):
    third = make_account("third", "coordinator")
    prepare(cora, marisol)
    acts.declare_ready(cora, by=third)
    acts.declare_ready(cora, by=marisol)
    with pytest.raises(Refused, match="about yourself"):
        acts.suspend(cora, by=cora)
    acts.suspend(cora, by=third)
    with pytest.raises(Refused, match="about yourself"):
        acts.reinstate(cora, by=cora)
    with pytest.raises(Refused, match="about yourself"):
        acts.note_supervision(cora, 1, by=cora)


def test_a_learner_who_is_no_ally_is_not_suspended(ruth, cora):
    with pytest.raises(Refused, match="no ally at present"):
        acts.suspend(ruth, by=cora)


def test_without_a_second_factor_the_role_rests_and_comes_back_with_a_new_one(ally, ruth, as_):
    kept = list(Authenticator.objects.filter(user=ruth))
    acts.remove_second_factor(ruth.email)
    assert role_of(ruth).state == Ally.State.RESTING
    assert list(Ally.objects.in_effect()) == []
    assert knock(ruth) == 302
    assert "One more thing before your role goes on" in as_(ruth).get(reverse("people:second_factor")).content.decode()
    assert "Your role rests" in as_(ruth).get(reverse("people:ready")).content.decode()
    Authenticator.objects.bulk_create(kept)
    assert knock(ruth) == 200
    assert role_of(ruth).state == Ally.State.READY


def test_laid_down_it_takes_two_people_to_take_it_up_again(ally, ruth, cora, marisol, heard):
    acts.note_supervision(ruth, 1, by=cora)
    acts.pause(ruth)
    acts.lay_down(ruth)
    assert heard[-1] == ("ended", "ended")
    assert knock(ruth) == 404
    with pytest.raises(Refused):
        acts.lay_down(ruth)
    assert acts.declare_ready(ruth, by=cora) is None
    assert knock(ruth) == 404
    again = acts.declare_ready(ruth, by=marisol)
    assert again is not None
    assert again.state == Ally.State.READY
    assert again.ready_at > ally.ready_at
    assert Supervision.objects.filter(ally=again, done_at=None).count() == 3


def test_supervision_is_due_in_weeks_1_4_and_8_and_noted_once(ally, ruth, cora, monkeypatch):
    def due(days: int) -> list[int]:
        return [each.week for each in supervisions_due(ally.ready_at + timedelta(days=days))]

    assert [due(6), due(7), due(28), due(56)] == [[], [1], [1, 4], [1, 4, 8]]
    done = acts.note_supervision(ruth, 1, by=cora)
    assert (done.by, done.done_at is not None) == (cora, True)
    assert due(28) == [4]
    for week in (1, 2):
        with pytest.raises(Refused, match="still to come"):
            acts.note_supervision(ruth, week, by=cora)
    assert last_entry().verb == Verb.SUPERVISION_NOTED


def test_supervision_of_a_suspended_ally_is_not_due(ally, ruth, cora):
    acts.suspend(ruth, by=cora)
    assert not supervisions_due(clock.now() + timedelta(weeks=9)).exists()


def test_what_a_listener_cannot_do_undoes_the_act(ally, ruth, cora):
    def fail(ally, **kwargs):
        raise ArithmeticError

    signals.ally_suspended.connect(fail)
    try:
        with pytest.raises(ArithmeticError):
            acts.suspend(ruth, by=cora)
    finally:
        signals.ally_suspended.disconnect(fail)
    assert role_of(ruth).state == Ally.State.READY


@pytest.mark.django_db(transaction=True)
def test_suspended_and_pausing_at_once_she_ends_up_suspended(ally, ruth, cora, marisol):
    came = at_once(
        lambda: acts.suspend(ruth, by=cora), lambda: acts.suspend(ruth, by=marisol), lambda: acts.pause(ruth)
    )
    assert sum(isinstance(each, Refused) for each in came[:2]) == 1
    assert role_of(ruth).state == Ally.State.SUSPENDED
    assert Entry.objects.filter(verb=Verb.ALLY_SUSPENDED).count() == 1


@pytest.mark.django_db(transaction=True)
def test_one_supervision_noted_by_two_at_once_took_place_once(ally, ruth, cora, marisol):
    came = at_once(lambda: acts.note_supervision(ruth, 1, by=cora), lambda: acts.note_supervision(ruth, 1, by=marisol))
    assert sum(isinstance(each, Refused) for each in came) == 1
    assert Entry.objects.filter(verb=Verb.SUPERVISION_NOTED).count() == 1


# --- Her own pages --------------------------------------------------------------------------------------------------


def test_a_learner_sees_what_is_missing_and_where_to_go(ruth, as_, cora):
    page = as_(ruth).get(reverse("people:ready")).content.decode()
    assert "On the way to being an ally" in page
    assert "It is not written yet" in page
    assert reverse("mfa_index") in page
    acts.publish_agreement(cora, "I listen.\n\nI keep <b>it</b>.", replaces=0)
    assert reverse("people:agreement") in as_(ruth).get(reverse("people:ready")).content.decode()
    assert reverse("people:ready") in as_(ruth).get(reverse("people:me")).content.decode()


def test_she_reads_what_would_help(ruth, noor, cora, as_):
    acts.declare_not_yet(ruth, by=cora, what_would_help="One more practice, <i>slowly</i>.")
    page = as_(ruth).get(reverse("people:ready")).content.decode()
    assert "One more practice, &lt;i&gt;slowly" in page
    assert "One more practice" not in as_(noor).get(reverse("people:ready")).content.decode()


def test_with_all_done_she_reads_that_people_decide(prepare, ruth, marisol, as_):
    prepare(ruth, marisol)
    assert "Now two people of the desk decide" in as_(ruth).get(reverse("people:ready")).content.decode()


def test_she_signs_the_version_that_she_read(ruth, cora, as_):
    client = as_(ruth)
    where = reverse("people:agreement")
    assert "It is not written yet" in client.get(where).content.decode()
    acts.publish_agreement(cora, "I listen.", replaces=0)
    assert "I listen." in client.get(where).content.decode()
    acts.publish_agreement(cora, "I listen, and I rest.", replaces=1)
    page = client.post(where, {"version": "1"}, follow=True).content.decode()
    assert "has changed while you were reading" in page
    assert "I listen, and I rest." in page
    assert client.post(where, {"version": "2"}).url == reverse("people:ready")
    assert "You signed this version" in client.get(where).content.decode()
    acts.publish_agreement(cora, "I listen, and I rest well.", replaces=2)
    assert "You signed version 2" in client.get(where).content.decode()


@pytest.mark.parametrize("version", ["", "x", "-1", "²", "99999999999999999999"])
def test_a_version_that_is_none_is_not_signed(ruth, cora, as_, version):
    acts.publish_agreement(cora, "I listen.", replaces=0)
    assert as_(ruth).post(reverse("people:agreement"), {"version": version}).url == reverse("people:agreement")


def test_an_ally_pauses_goes_on_and_lays_it_down_on_her_page(ally, ruth, as_):
    client = as_(ruth)
    assert "Week 4: due on" in client.get(reverse("people:ready")).content.decode()
    assert "You have paused" in client.post(reverse("people:pause"), follow=True).content.decode()
    assert "or your role" in client.post(reverse("people:pause"), follow=True).content.decode()
    assert "Good to have you back" in client.post(reverse("people:resume"), follow=True).content.decode()
    assert "Lay down your role?" in client.get(reverse("people:lay_down")).content.decode()
    assert role_of(ruth).state == Ally.State.READY
    assert "You laid down your role on" in client.post(reverse("people:lay_down"), follow=True).content.decode()


def test_an_ally_is_asked_to_sign_a_new_version_and_stays_an_ally(ally, ruth, cora, as_):
    acts.publish_agreement(cora, "I listen better.", replaces=1)
    page = as_(ruth).get(reverse("people:ready")).content.decode()
    assert "The agreement has changed." in page
    assert knock(ruth) == 200
    acts.sign_agreement(ruth, 2)
    assert "The agreement has changed." not in as_(ruth).get(reverse("people:ready")).content.decode()


def test_nobody_else_reaches_pages_of_an_ally(ruth, as_):
    for name in ("pause", "resume", "lay_down"):
        assert as_(ruth).post(reverse(f"people:{name}")).status_code == 404
    assert as_(ruth).get(reverse("people:lay_down")).status_code == 404
