"""Pages of the drills."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from alongside.people.access import signed_in
from alongside.practice import acts, drills
from alongside.practice.drill_page import Side
from alongside.practice.keeping import for_learner
from alongside.practice.models import Drill


@require_safe
@for_learner
def overview(request: HttpRequest) -> HttpResponse:
    """Show what has come back, what is new, and what comes back when."""
    hers = drills.standings(signed_in(request), get_language())
    due = drills.due_now(hers)
    waiting = [(each.comes_back_at, each) for each in hers if each.comes_back_at and each not in due]
    context = {
        "due": due,
        "waiting": [each for _at, each in sorted(waiting, key=lambda pair: pair[0])],
        "known": [each for each in hers if each.is_known],
        "unmet": [each for each in hers if each.last is None],
        "pairs": drills.by_pair(hers),
    }
    return render(request, "practice/drills.html", context)


@require_safe
@for_learner
def next_one(request: HttpRequest) -> HttpResponse:
    """Lead to the drill that is next; to the overview when there is none."""
    drill = drills.next_drill(signed_in(request), get_language())
    return redirect("practice:drill", drill.source_id) if drill else redirect("practice:drills")


@for_learner
def drill(request: HttpRequest, source_id: str) -> HttpResponse:
    """Ask which reply leans in, or show what each of them did; a choice leads back to where it was made."""
    learner = signed_in(request)
    found = get_object_or_404(Drill.objects.live_in(get_language()), source_id=source_id)
    back = _safe(request, request.POST.get("back", ""))
    if request.method == "POST" and (side := request.POST.get("side")) in tuple(Side):
        acts.choose(learner, found, _number(request), Side(side))
        page = back or reverse("practice:drill", args=[source_id])
        return redirect(f"{page}#drill-{source_id}")
    trouble = gettext("Choose one of the two replies, then send it.") if request.method == "POST" else ""
    context = {
        "shown": drills.show(learner, found, again=bool(trouble) or "again" in request.GET),
        "trouble": trouble,
        "back": back,
        "more": drills.next_drill(learner, get_language()),
    }
    return render(request, "practice/drill.html", context, status=422 if trouble else 200)


def _number(request: HttpRequest) -> int:
    text = request.POST.get("number", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else 0


def _safe(request: HttpRequest, address: str) -> str:
    """Give an address that lies on this site, without its anchor; nothing for any other."""
    ours = url_has_allowed_host_and_scheme(address, allowed_hosts=None) and address.startswith("/")
    return address.partition("#")[0] if ours else ""
