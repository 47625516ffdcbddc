"""Who works at the desk: inviting, taking a role away, and helping somebody sign in again."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from alongside.desk.forms import HelpForm
from alongside.people import acts
from alongside.people.access import for_staff, proved_lately, signed_in
from alongside.people.acts import Refused
from alongside.people.models import COORDINATOR, SURVIVOR_LEADER, CareMember, User
from alongside.people.readiness import of_the_desk

INVITED = {"coordinator": COORDINATOR, "survivor-leader": SURVIVOR_LEADER}


@require_safe
@for_staff(COORDINATOR)
def team(request: HttpRequest) -> HttpResponse:
    """Show who has a role at the desk, whether it has taken effect, and which invitations are open."""
    staff = User.objects.filter(is_active=True, groups__name__in=INVITED.values()).distinct()
    context = {
        "people": staff.prefetch_related("groups").order_by("name", "email"),
        "in_effect": set(of_the_desk().values_list("pk", flat=True)),
        "invitations": acts.open_invitations(),
        "care": set(CareMember.objects.values_list("pk", flat=True)),
        "care_in_effect": set(CareMember.in_effect().values_list("pk", flat=True)),
    }
    return render(request, "desk/team.html", context)


@for_staff(COORDINATOR)
@proved_lately
def invite(request: HttpRequest, role: str) -> HttpResponse:
    """Make a link that gives whoever opens it first a role, and show it this once."""
    if role not in INVITED:
        raise Http404
    link = ""
    if request.method == "POST":
        token = acts.invite(signed_in(request), INVITED[role])
        link = request.build_absolute_uri(reverse("people:welcome", args=[token]))
    return render(request, "desk/invite.html", {"link": link, "role": role})


@require_POST
@for_staff(COORDINATOR)
def withdraw_invitation(request: HttpRequest, link_id: UUID) -> HttpResponse:
    """Let a link that nobody has used yet stop working."""
    if not acts.withdraw_invitation(link_id, by=signed_in(request)):
        raise Http404
    messages.success(request, gettext("The link does not work any more."))
    return redirect("desk:team")


@for_staff(COORDINATOR)
@proved_lately
def take_role_away(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """Ask once, then take all roles at the desk away from somebody; the account stays."""
    person = get_object_or_404(User, pk=user_id, is_active=True, groups__name__in=INVITED.values())
    trouble = ""
    if request.method == "POST":
        try:
            acts.take_roles_away(person, by=signed_in(request))
        except Refused as refusal:
            trouble = str(refusal.sentence)
        else:
            messages.success(request, gettext("The role is taken away, and every session of theirs has ended."))
            return redirect("desk:team")
    context = {"person": person, "trouble": trouble}
    return render(request, "desk/take_role_away.html", context, status=422 if trouble else 200)


@for_staff(COORDINATOR)
@proved_lately
def help_sign_in(request: HttpRequest) -> HttpResponse:
    """Make a link to a new password for a learner, and show it this once."""
    form = HelpForm(request.POST or None, initial={"email": _email_of(request.GET.get("learner", ""))})
    link = ""
    if form.is_valid():
        try:
            token = acts.make_password_link(form.cleaned_data["email"], by=signed_in(request))
            link = request.build_absolute_uri(reverse("people:new_password", args=[token]))
        except Refused as refusal:
            form.add_error("email", str(refusal.sentence))
    return render(request, "desk/help_sign_in.html", {"form": form, "link": link})


def _email_of(user_id: str) -> str:
    """Give the address that belongs to an id; an address of this house carries no words of anybody."""
    try:
        user = User.objects.filter(pk=UUID(user_id), is_active=True).first()
    except ValueError:
        return ""
    return user.email if user else ""
