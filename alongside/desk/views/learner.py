"""One learner: how far she is, and what the desk does for her. The acts are ``people.acts``; here they get a page."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from alongside.core.rating import NOT_YET_REVIEWED
from alongside.desk.learner_page import look_at, shown_turns
from alongside.desk.learners import Stage
from alongside.desk.learners import learners as all_learners
from alongside.people import acts
from alongside.people.access import for_staff, signed_in
from alongside.people.acts import Refused
from alongside.people.models import COORDINATOR, SURVIVOR_LEADER, Ally, User
from alongside.people.models.readiness import LONGEST_HELP, SUPERVISION_WEEKS
from alongside.practice import acts as practice
from alongside.practice.models import PracticeRead
from alongside.practice.showing import shown_practice
from alongside.workshop.acts import certificate_of, revoke_certificate

Act = Callable[[User, User], object]

_NOTES: dict[str, tuple[Act, Act]] = {
    "talk": (acts.note_talk, acts.take_back_talk),
    "identity": (acts.note_identity, acts.take_back_identity),
    "reference": (acts.note_reference, acts.take_back_reference),
}
"""What can be noted, and what takes it back."""

for_the_desk = for_staff(COORDINATOR, SURVIVOR_LEADER)


@require_safe
@for_the_desk
def learner(request: HttpRequest, learner_id: UUID) -> HttpResponse:
    """Show where a learner is, and what can be done for her."""
    return _page(request, learner_id)


@require_POST
@for_the_desk
def note(request: HttpRequest, learner_id: UUID, what: str) -> HttpResponse:
    """Note that something took place."""
    noting, _taking_back = _note(what)
    return _act(request, learner_id, noting, _("Noted."), "#asked")


@require_POST
@for_the_desk
def take_note_back(request: HttpRequest, learner_id: UUID, what: str) -> HttpResponse:
    """Take back what was noted by mistake."""
    _noting, taking_back = _note(what)
    return _act(request, learner_id, taking_back, _("It is taken back."), "#asked")


@require_POST
@for_the_desk
def declare(request: HttpRequest, learner_id: UUID) -> HttpResponse:
    """Declare a learner ready, or not yet. What was typed comes back with what is amiss."""
    person = find(learner_id)
    words = request.POST.get("what_would_help", "")
    try:
        if "ready" in request.POST:
            ally = acts.declare_ready(person, signed_in(request))
            said = _("%(name)s is an ally now.") if ally else _("Noted. A second person of the desk says it, too.")
        else:
            acts.declare_not_yet(person, signed_in(request), words)
            said = _("Noted. %(name)s reads what would help.")
    except Refused as refusal:
        return _page(request, learner_id, 422, trouble=refusal.sentence, typed=words)
    messages.success(request, gettext(str(said)) % {"name": person})
    return redirect("desk:learner", learner_id)


@for_the_desk
def suspend(request: HttpRequest, learner_id: UUID) -> HttpResponse:
    """Say what it does, then suspend an ally."""
    person = _ally(learner_id, in_state=lambda ally: not ally.suspended_at and not ally.ended_at)
    if request.method == "POST":
        return _act(request, learner_id, acts.suspend, _("The role is suspended, and every session has ended."))
    return render(request, "desk/suspend.html", {"learner": person})


@for_the_desk
def reinstate(request: HttpRequest, learner_id: UUID) -> HttpResponse:
    """Say what it does, then let an ally go on."""
    person = _ally(learner_id, in_state=lambda ally: ally.suspended_at is not None)
    if request.method == "POST":
        return _act(request, learner_id, acts.reinstate, _("The role is in effect again."))
    return render(request, "desk/reinstate.html", {"learner": person})


@require_POST
@for_the_desk
def note_supervision(request: HttpRequest, learner_id: UUID, week: int) -> HttpResponse:
    """Note that a supervision took place."""
    if week not in SUPERVISION_WEEKS:
        raise Http404

    def noting(person: User, by: User) -> object:
        return acts.note_supervision(person, week, by)

    return _act(request, learner_id, noting, _("Noted."), "#ally")


@for_staff(COORDINATOR)
def withdraw_certificate(request: HttpRequest, learner_id: UUID) -> HttpResponse:
    """Say what it does, then withdraw a certificate."""
    person = find(learner_id)
    certificate = certificate_of(person)
    if certificate is None or certificate.revoked_at:
        raise Http404
    if request.method == "POST":
        may_have_another = "may_have_another" in request.POST

        def withdrawing(_person: User, by: User) -> None:
            revoke_certificate(certificate, by, may_have_another=may_have_another)

        return _act(request, learner_id, withdrawing, _("The certificate is withdrawn."), "#workshop")
    return render(request, "desk/withdraw_certificate.html", {"learner": person, "certificate": certificate})


@for_the_desk
def practice_shown(request: HttpRequest, learner_id: UUID) -> HttpResponse:
    """Ask before a practice is opened, because that is noted and told to the learner; from then on show it."""
    person = find(learner_id)
    shown = shown_practice(person)
    if shown is None:
        raise Http404
    if request.method == "POST":
        try:
            practice.note_read(shown, signed_in(request))
        except practice.AttemptGoneError:
            raise Http404 from None
        except Refused as refusal:
            messages.warning(request, str(refusal.sentence))
            return redirect("desk:learner", learner_id)
        return redirect("desk:practice_shown", learner_id)
    context: dict[str, Any] = {"learner": person, "attempt": shown, "person": shown.story.person}
    if PracticeRead.objects.filter(attempt=shown, by=signed_in(request)).exists():
        context |= {"turns": shown_turns(shown), "not_yet_reviewed": NOT_YET_REVIEWED, "ending": shown.ending}
    return render(request, "desk/practice.html", context)


def find(learner_id: UUID) -> Any:
    """Give a learner with what the list knows of her. Raises ``Http404``."""
    return get_object_or_404(all_learners(), pk=learner_id)


def _note(what: str) -> tuple[Act, Act]:
    if what not in _NOTES:
        raise Http404
    return _NOTES[what]


def _ally(learner_id: UUID, *, in_state: Callable[[Ally], bool]) -> User:
    person: User = find(learner_id)
    ally = Ally.objects.filter(user=person).first()
    if ally is None or not in_state(ally):
        raise Http404
    return person


def _act(request: HttpRequest, learner_id: UUID, act: Act, done: str | Promise, place: str = "") -> HttpResponse:
    """Let somebody of the desk act for a learner, and lead back to her page, whatever came of it."""
    try:
        act(find(learner_id), signed_in(request))
    except Refused as refusal:
        messages.warning(request, str(refusal.sentence))
    else:
        messages.success(request, str(done))
    return redirect(f"{redirect('desk:learner', learner_id).url}{place}")


def _page(request: HttpRequest, learner_id: UUID, status: int = 200, **declaring: Any) -> HttpResponse:
    person = find(learner_id)
    context = {
        "learner": person,
        "stage": Stage(person.stage).label,
        "page": look_at(person, signed_in(request)),
        "longest_help": LONGEST_HELP,
        **declaring,
    }
    return render(request, "desk/learner.html", context, status=status)
