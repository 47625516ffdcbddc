"""The list of learners.

Whom somebody looks for by name or e-mail stands in no address: the words are posted, and wait in her session until she
looks for somebody else or asks for the whole list. The address says only that there are some.
"""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from alongside.desk import acts
from alongside.desk.forms import LearnersForm
from alongside.desk.learners import Stage, narrowed
from alongside.desk.spreadsheets import spreadsheet
from alongside.people.access import for_staff, signed_in
from alongside.people.models import COORDINATOR, SURVIVOR_LEADER
from alongside.workshop.minutes import minutes_left_of

ON_A_PAGE = 50
BEFORE_THE_END = (Stage.SIGNED_UP, Stage.LESSONS, Stage.LAST_ASSESSMENT)
SOUGHT = "sought"
"""In the session: the words of a name or e-mail. In an address: they count."""


@for_staff(COORDINATOR, SURVIVOR_LEADER)
def learners(request: HttpRequest) -> HttpResponse:
    """Show who is where, as far as a filter asks for it; a new filter is posted."""
    if request.method == "POST":
        return _seek(request)
    if SOUGHT not in request.GET:
        request.session.pop(SOUGHT, None)
    return _page(request, LearnersForm(_asked(request) or None))


@require_POST
@for_staff(COORDINATOR)
def take_list_along(request: HttpRequest) -> HttpResponse:
    """Give the list as it is narrowed, for a spreadsheet."""
    header = (
        gettext("Name"),
        gettext("E-mail"),
        gettext("Stage"),
        gettext("Signed up"),
        gettext("Last active"),
        gettext("Finished the workshop"),
        gettext("Minutes left"),
    )
    asked = {**request.GET.dict(), "who": request.POST.get("who", "")}
    return spreadsheet("learners", header, acts.take_list_along(signed_in(request), LearnersForm(asked).asked))


def _seek(request: HttpRequest) -> HttpResponse:
    """Keep the words that were typed, and lead to an address without them."""
    form = LearnersForm(request.POST)
    if not form.is_valid():
        return _page(request, form, 422)
    asked = {name: value for name, value in form.cleaned_data.items() if value}
    if words := asked.pop("who", ""):
        request.session[SOUGHT] = words
        asked[SOUGHT] = "1"
    return redirect(f"{reverse('desk:learners')}?{urlencode(asked)}")


def _asked(request: HttpRequest) -> dict[str, str]:
    """Give what the address asks for, with the words that it stands for."""
    asked = request.GET.dict()
    asked["who"] = request.session.get(SOUGHT, "") if asked.pop(SOUGHT, "") else ""
    return {name: value for name, value in asked.items() if value}


def _page(request: HttpRequest, form: LearnersForm, status: int = 200) -> HttpResponse:
    page = Paginator(narrowed(form.asked), ON_A_PAGE).get_page(request.GET.get("page"))
    left = minutes_left_of([each.pk for each in page if each.stage in BEFORE_THE_END])
    asked = request.GET.copy()
    asked.pop("page", None)
    context = {
        "form": form,
        "page": page,
        "rows": [(each, Stage(each.stage).label, left.get(each.pk)) for each in page],
        "asked": asked.urlencode(),
        "is_narrowed": any(form.asked.get(name) for name in ("stage", "waits", "who")),
    }
    return render(request, "desk/learners.html", context, status=status)
