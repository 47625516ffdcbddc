"""Hours that survivor leaders log for pay: each her own, and all of them for coordinators."""

from collections.abc import Callable
from datetime import MAXYEAR, MINYEAR, date
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from alongside.desk import acts, timesheets
from alongside.desk.keeping import for_survivor_leaders, posted
from alongside.desk.leader_forms import HoursForm
from alongside.desk.models import Hours
from alongside.desk.spreadsheets import spreadsheet
from alongside.people.access import for_staff, signed_in
from alongside.people.acts import Refused
from alongside.people.models import COORDINATOR, SURVIVOR_LEADER, User
from alongside.records import clock

ON_A_PAGE = 50
YEARS = range(MINYEAR, MAXYEAR + 1)


@for_survivor_leaders
def hours(request: HttpRequest) -> HttpResponse:
    """Show what she logged, by month and one by one, and take more."""
    leader = signed_in(request)
    form = HoursForm(posted(request), initial={"day": clock.now().date()})
    if form.is_valid() and _keep(form, lambda: acts.log_hours(leader, form.worked, _id_in(form))):
        messages.success(request, gettext("Logged."))
        return redirect("desk:hours")
    entries = Hours.objects.filter(leader=leader)
    context = {
        "form": form,
        "months": timesheets.months_of(leader),
        "page": Paginator(entries, ON_A_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "desk/hours.html", context, status=422 if form.errors else 200)


@for_survivor_leaders
def change_hours(request: HttpRequest, hours_id: UUID) -> HttpResponse:
    """Change an entry of her own that is not paid yet."""
    leader = signed_in(request)
    entry = get_object_or_404(Hours, pk=hours_id, leader=leader)
    if entry.paid_at:
        messages.info(request, str(acts.PAID_ALREADY))
        return redirect("desk:hours")
    form = HoursForm(posted(request), instance=entry)
    if form.is_valid() and _keep(form, lambda: acts.change_hours(leader, hours_id, form.worked)):
        messages.success(request, gettext("Changed."))
        return redirect("desk:hours")
    context = {"form": form, "hours_id": hours_id}
    return render(request, "desk/change_hours.html", context, status=422 if form.errors else 200)


@require_POST
@for_staff(SURVIVOR_LEADER)
def delete_hours(request: HttpRequest, hours_id: UUID) -> HttpResponse:
    """Delete an entry of her own that is not paid yet."""
    leader = signed_in(request)
    get_object_or_404(Hours, pk=hours_id, leader=leader)
    try:
        acts.delete_hours(leader, hours_id)
    except Refused as refusal:
        messages.warning(request, str(refusal.sentence))
    else:
        messages.success(request, gettext("Deleted."))
    return redirect("desk:hours")


@require_safe
@for_staff(SURVIVOR_LEADER)
def own_hours_along(request: HttpRequest) -> HttpResponse:
    """Give her own hours for a spreadsheet."""
    found = Hours.objects.filter(leader=signed_in(request)).select_related("leader").order_by("day", "logged_at", "pk")
    return spreadsheet("hours", _header(), timesheets.rows(list(found)))


@require_safe
@for_staff(COORDINATOR)
def all_hours(request: HttpRequest) -> HttpResponse:
    """Show what each survivor leader logged, by month."""
    page = Paginator(timesheets.all_months(), ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "desk/all_hours.html", {"page": page})


@require_POST
@for_staff(COORDINATOR)
def take_hours_along(request: HttpRequest) -> HttpResponse:
    """Give everybody's hours for a spreadsheet."""
    header = (gettext("Name"), gettext("E-mail"), *_header())
    return spreadsheet(
        "all-hours", header, timesheets.rows(acts.take_hours_along(signed_in(request)), with_leader=True)
    )


@for_staff(COORDINATOR)
def month(request: HttpRequest, leader_id: UUID, year: int, number: int) -> HttpResponse:
    """Show what a survivor leader logged in a month; mark it as paid, or take that back."""
    if year not in YEARS:
        raise Http404
    leader = get_object_or_404(User, pk=leader_id)
    entries = list(Hours.objects.filter(leader=leader).in_month(year, number).order_by("day", "logged_at"))
    if not entries:
        raise Http404
    if request.method == "POST":
        return _pay(request, leader, year, number)
    first = date(year, number, 1)
    sums = next(each for each in timesheets.months_of(leader) if each.first == first)
    context = {
        "leader": leader,
        "entries": entries,
        "sums": sums,
        "has_paid": sums.unpaid < sums.minutes,
        "is_oneself": leader.pk == signed_in(request).pk,
    }
    return render(request, "desk/month.html", context)


def _pay(request: HttpRequest, leader: User, year: int, number: int) -> HttpResponse:
    try:
        if "not_paid" in request.POST:
            acts.mark_not_paid(leader, year, number, by=signed_in(request))
            messages.success(request, gettext("It is marked as not paid."))
        else:
            acts.mark_paid(leader, year, number, _minutes_in(request), by=signed_in(request))
            messages.success(request, gettext("It is marked as paid."))
    except Refused as refusal:
        messages.warning(request, str(refusal.sentence))
    return redirect("desk:month", leader.pk, year, number)


def _keep(form: HoursForm, act: Callable[[], object]) -> bool:
    """Do it. What a rule says against it stands beside the day, which the form has."""
    try:
        act()
    except Refused as refusal:
        form.add_error("day", str(refusal.sentence))
        return False
    return True


def _id_in(form: HoursForm) -> UUID:
    found: UUID | None = form.cleaned_data["entry"]
    return found or uuid4()


def _minutes_in(request: HttpRequest) -> int:
    seen = request.POST.get("minutes", "")
    return int(seen) if seen.isascii() and seen.isdecimal() and len(seen) < 10 else 0


def _header() -> tuple[str, ...]:
    return (
        gettext("Day"),
        gettext("Minutes"),
        gettext("Hours"),
        gettext("What for"),
        gettext("In a few words"),
        gettext("Paid on"),
    )
