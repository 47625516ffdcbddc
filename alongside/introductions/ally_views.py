"""Pages on which an ally presents herself: her words, when she is there, and what may count in matching."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from alongside.introductions import acts, notices
from alongside.introductions.ally_forms import CountingForm, TimesForm, WordsForm
from alongside.introductions.presented import presented_of, with_names
from alongside.people import letters
from alongside.people.access import for_ally, signed_in
from alongside.people.acts import Refused


@never_cache
@for_ally
@require_safe
def profile(request: HttpRequest) -> HttpResponse:
    """Show an ally how she presents herself, what is still missing, and what she can change."""
    user = signed_in(request)
    presented = presented_of(user)
    context = {
        "presented": presented,
        "shown": with_names(presented.shown) if presented.shown else [],
        "newer": with_names(presented.newer) if presented.newer else [],
        "mail_works": settings.MAIL_WORKS,
        "wants_none": notices.wants_none(user),
    }
    return render(request, "introductions/ally/profile.html", context)


@never_cache
@for_ally
def words(request: HttpRequest) -> HttpResponse:
    """Take the words in which she presents herself, and hand them in."""
    user = signed_in(request)
    presented = presented_of(user)
    form = WordsForm(request.POST or None, last=presented.last)
    if request.method == "POST" and form.is_valid():
        try:
            acts.hand_in(user, form.cleaned_data["name"], form.strengths)
        except Refused as refused:
            form.add_error(None, str(refused.sentence))
        else:
            messages.success(request, _("Handed in. Somebody of the desk reads it, and then it is shown."))
            return redirect("ally:profile")
    context = {"form": form, "presented": presented}
    return render(request, "introductions/ally/words.html", context, status=_status(form))


@never_cache
@for_ally
def times(request: HttpRequest) -> HttpResponse:
    """Take when she is there, in which languages, and for how many."""
    user = signed_in(request)
    presented = presented_of(user)
    form = TimesForm(request.POST or None, profile=presented.profile)
    if request.method == "POST" and form.is_valid():
        acts.change_times(user, form.times)
        messages.success(request, _("That is kept."))
        return redirect("ally:profile")
    context = {"form": form, "ally": user.ally}
    return render(request, "introductions/ally/times.html", context, status=_status(form))


@never_cache
@for_ally
def matching(request: HttpRequest) -> HttpResponse:
    """Take whether it may count that she has been there. Whatever she says leaves the same traces."""
    user = signed_in(request)
    form = CountingForm(request.POST or None, profile=presented_of(user).profile)
    if request.method == "POST" and form.is_valid():
        acts.let_count(user, form.cleaned_data["may_count"])
        messages.success(request, _("That is kept."))
        return redirect("ally:matching")
    return render(request, "introductions/ally/matching.html", {"form": form}, status=_status(form))


@require_POST
@for_ally
def letters_switch(request: HttpRequest) -> HttpResponse:
    """Stop her letters, or let them come again."""
    if request.POST.get("letters") == "on":
        notices.allow_letters(signed_in(request))
        messages.success(request, _("A note will reach you when something waits."))
    else:
        notices.stop_letters(signed_in(request))
        messages.success(request, _("You will get no note any more when something waits."))
    return redirect("ally:profile")


stop_letters = letters.stop_page(
    notices.SOMETHING_WAITS,
    "introductions/ally/stop_letters.html",
    stop=notices.stop_letters,
    wants_none=notices.wants_none,
)


def _status(form: WordsForm | TimesForm | CountingForm) -> int:
    return 422 if form.errors else 200
