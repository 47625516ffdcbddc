"""Who may come in where. What is not yours is not there: the answer is 404, never 403."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from allauth.account.decorators import reauthentication_required
from allauth.core.exceptions import ReauthenticationRequired
from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt

from alongside.people.leaving import is_hers
from alongside.people.models import COORDINATOR, SURVIVOR_LEADER, Ally, CareMember, User

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]

STAFF = frozenset({COORDINATOR, SURVIVOR_LEADER})


def groups_of(user: User | AnonymousUser) -> frozenset[str]:
    """Give the names of the groups that this person is in; none for somebody who is not signed in."""
    if not isinstance(user, User):
        return frozenset()
    if not hasattr(user, "_group_names"):
        user._group_names = frozenset(user.groups.values_list("name", flat=True))  # type: ignore[attr-defined]
    names: frozenset[str] = user._group_names  # type: ignore[attr-defined]
    return names


def is_staff(user: User | AnonymousUser) -> bool:
    """Say whether this person has a role at the desk, whether or not it has taken effect by a second factor."""
    return not groups_of(user).isdisjoint(STAFF)


def is_care_member(user: User | AnonymousUser) -> bool:
    """Say whether this person is of the desk and on the care team, whether or not it has taken effect by a code."""
    return is_staff(user) and CareMember.objects.filter(user=user.pk).exists()


def signed_in(request: HttpRequest) -> User:
    """Give who is signed in, in a view that lets in nobody else. Raises ``TypeError`` when nobody is."""
    if not isinstance(request.user, User):
        raise TypeError("nobody is signed in")
    return request.user


def for_staff(*groups: str) -> Callable[[View[P]], View[P]]:
    """Let in members of any of ``groups``, once they have set a second factor; everybody else gets 404."""

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        @login_required
        def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if groups_of(request.user).isdisjoint(groups):
                raise Http404
            if not is_mfa_enabled(request.user):
                return redirect("people:second_factor")
            return view(request, *args, **kwargs)

        return guarded  # type: ignore[return-value]

    return decorate


def proved_lately(view: View[P]) -> View[P]:
    """Ask for the password or the second factor again before a form is taken, when the last proof is too old.

    A desk may have been left open. What was typed waits, and is taken once the proof is given.
    """
    asking: View[P] = reauthentication_required(view, allow_get=True)
    return asking


def for_ally(view: View[P]) -> View[P]:
    """Let in allies whose role is in effect, asked of the database each time; everybody else gets 404.

    A pause shuts nothing. Whoever has no second factor any more is led to set one.
    """

    @wraps(view)
    @login_required
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not Ally.objects.filter(user=request.user.pk, suspended_at=None, ended_at=None).exists():
            raise Http404
        if not is_mfa_enabled(request.user):
            return redirect("people:second_factor")
        return view(request, *args, **kwargs)

    return guarded  # type: ignore[return-value]


def for_code_holders(view: View[P]) -> View[P]:
    """Let in who may have a code of her own: allies whose role is in effect, and care members; the others get 404.

    Whoever has no second factor is led to set one.
    """

    @wraps(view)
    @login_required
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        is_ally = Ally.objects.filter(user=request.user.pk, suspended_at=None, ended_at=None).exists()
        if not is_ally and not is_care_member(request.user):
            raise Http404
        if not is_mfa_enabled(request.user):
            return redirect("people:second_factor")
        return view(request, *args, **kwargs)

    return guarded  # type: ignore[return-value]


def for_care_members(view: View[P]) -> View[P]:
    """Let in care members, once they have set a second factor; everybody else gets 404, coordinators too."""

    @wraps(view)
    @login_required
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not is_care_member(request.user):
            raise Http404
        if not is_mfa_enabled(request.user):
            return redirect("people:second_factor")
        return view(request, *args, **kwargs)

    return guarded  # type: ignore[return-value]


def proved_to_see(view: View[P]) -> View[P]:
    """Ask for the password or the second factor again before a page is shown, when the last proof is too old.

    Unlike ``proved_lately`` it lets no form wait: that would lie in the session meanwhile, and here it holds a secret.
    """
    asking: View[P] = reauthentication_required(view)

    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        try:
            return asking(request, *args, **kwargs)
        except ReauthenticationRequired:
            if request.method == "POST":
                return redirect(request.path)
            raise

    return guarded  # type: ignore[return-value]


def editor_gate(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Guard ``/edit/``: staff with a second factor come in, and nobody else learns that it is there."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith("/edit/") or is_hers(request):  # at a name of hers alone, it is nothing
            return get_response(request)
        if not is_staff(request.user):
            return not_found(request)
        if not is_mfa_enabled(request.user):
            return redirect("people:second_factor")
        return get_response(request)

    return middleware


def not_found(request: HttpRequest) -> HttpResponse:
    """Give the page that says that there is nothing here."""
    return render(request, "404.html", status=404)


@csrf_exempt
def shut(request: HttpRequest) -> HttpResponse:
    """Answer 404 for a door of a library that must stay shut here."""
    raise Http404


def roles(request: HttpRequest) -> dict[str, Any]:
    """Tell templates who is looking: ``is_staff_member``, ``is_coordinator``, ``is_survivor_leader``."""
    user = getattr(request, "user", AnonymousUser())
    return {
        "is_staff_member": is_staff(user),
        "is_coordinator": COORDINATOR in groups_of(user),
        "is_survivor_leader": SURVIVOR_LEADER in groups_of(user),
    }
