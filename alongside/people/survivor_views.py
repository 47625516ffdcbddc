"""Pages that every survivor has, whoever she talks with: leaving, going quiet, and what she chooses for herself."""

from dataclasses import asdict

from django.conf import settings as house
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.people import acts
from alongside.people.hers import look_name_of, name_of, wording_of
from alongside.people.leaving import delete_cookies, drop_everything
from alongside.people.looks import LOOKS
from alongside.people.opening import close_here, for_survivor, opened, opener_of, say
from alongside.people.survivor_forms import HerNameForm, LookForm, NoticeForm


@csrf_exempt  # leaving must never fail for an old form; and what came from elsewhere brings none of her cookies
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest) -> HttpResponse:
    """Drop all that is hers in this browser, and lead elsewhere; to a GET, say what that cannot hide.

    Not a redirect: a browser that holds a form to our own site (``form-action``) would refuse to follow it.
    """
    if request.method != "POST":
        return render(request, "talk/leave.html")
    response = render(request, "talk/left.html")
    response["Refresh"] = f"0; url={house.LEAVE_TO}"
    if not _is_from_elsewhere(request):
        drop_everything(request)
        delete_cookies(response)
        response["Clear-Site-Data"] = _what_to_clear(request)
    return response


@require_safe
def quiet(request: HttpRequest) -> HttpResponse:
    """Say that nobody was here for a while. It closes nothing that another tab still uses: the row has its own end."""
    response = render(request, "talk/quiet.html", {"quiet_after": 0})
    if opened(request) is None:
        close_here(request, response)
    return response


@require_POST
def close(request: HttpRequest) -> HttpResponse:
    """Close what is open in this browser, at leisure."""
    response = redirect("hers:open")
    close_here(request, response)
    return response


@require_safe
@for_survivor
def settings(request: HttpRequest) -> HttpResponse:
    """Show what she has chosen, and when her code was used before."""
    survivor = opener_of(request).survivor
    return _settings(request, HerNameForm(initial={"name": name_of(survivor)}))


@sensitive_post_parameters()
@require_POST
@for_survivor
def name(request: HttpRequest) -> HttpResponse:
    """Keep what she wants to be called."""
    form = HerNameForm(request.POST)
    if not form.is_valid():
        return _settings(request, form)
    acts.choose_name(opener_of(request).survivor, form.cleaned_data["name"])
    say(
        request,
        _("That is how you are called from now on.") if form.cleaned_data["name"] else _("You have no name here."),
    )
    return redirect("hers:settings")


@for_survivor
def look(request: HttpRequest) -> HttpResponse:
    """Let her choose which title and icon her pages show."""
    survivor = opener_of(request).survivor
    form = LookForm(request.POST or None)
    if form.is_valid():
        acts.choose_look(survivor, form.cleaned_data["look"])
        say(request, _("From outside, this page looks like that now."))
        return redirect("hers:settings")
    chosen = {"looks": LOOKS, "chosen": look_name_of(survivor), "form": form}
    return render(request, "talk/look.html", chosen)


@sensitive_post_parameters()
@for_survivor
def notice(request: HttpRequest) -> HttpResponse:
    """Let her choose to be told that something waits, in her own words, or not to be any more."""
    survivor = opener_of(request).survivor
    if "stop" in request.POST:
        acts.choose_notice(survivor, None)
        say(request, _("Nothing is sent to you any more."))
        return redirect("hers:settings")
    kept = wording_of(survivor)
    form = NoticeForm(request.POST or None, initial=asdict(kept) if kept else None)
    if house.MAIL_WORKS and form.is_valid():
        acts.choose_notice(survivor, form.wording())
        say(request, _("When something waits, you get a mail with your words. It never comes at once."))
        return redirect("hers:settings")
    known = {"mail_works": house.MAIL_WORKS, "from_address": house.DEFAULT_FROM_EMAIL, "has_notice": kept is not None}
    return render(request, "talk/notice.html", {"form": form, **known})


def _settings(request: HttpRequest, name_form: HerNameForm) -> HttpResponse:
    survivor = opener_of(request).survivor
    known = {"used_before_at": survivor.used_before_at, "kept_until": survivor.expires_at}
    context = {"name_form": name_form, "has_notice": wording_of(survivor) is not None, **known}
    return render(request, "talk/settings.html", context)


def _what_to_clear(request: HttpRequest) -> str:
    """Say what the browser should forget of us; it does so over TLS alone.

    Emptying the cache takes long where a lot is in it. That is for the page's script, which waits for no answer: after
    a form the page would stand there meanwhile. None of hers is in the cache, only what all of them are drawn with.
    """
    is_told_by_script = request.headers.get("Sec-Fetch-Dest") == "empty"
    return '"cache", "cookies", "storage"' if is_told_by_script else '"cookies", "storage"'


def _is_from_elsewhere(request: HttpRequest) -> bool:
    """Say whether another site sent this form: it must not sign anybody out."""
    return request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none")
