"""What a survivor does with her code: she opens with it what is hers, changes it, or deletes everything."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe

from alongside.core.codes import Code
from alongside.people import acts
from alongside.people.code_forms import HerCodeForm
from alongside.people.erasing import kept_after_deletion
from alongside.people.new_code import BUSY, RETRY_AFTER, Place, show_and_prove
from alongside.people.opening import close_here, for_survivor, open_here, opened, opener_of, say
from alongside.records.limits import network_of
from alongside.records.turnstile import Busy


@sensitive_post_parameters()
def open_code(request: HttpRequest) -> HttpResponse:
    """Take her six words, and open with them what is hers. Whatever comes of it, the words stay in their box."""
    form = HerCodeForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _opening(request, form, status=422 if form.is_bound else 200)
    try:
        opener = acts.open_code(form.cleaned_data["code"], network=network_of(request))
    except acts.TooOften as refusal:
        return _opening(request, form, refusal.sentence, status=429)
    except acts.WrongCode as refusal:
        return _opening(request, form, refusal.sentence, status=422)
    except Busy:
        answer = _opening(request, form, BUSY, status=503)
        answer["Retry-After"] = str(RETRY_AFTER)
        return answer
    answer = redirect("talk:home")
    open_here(request, answer, opener.pair, opener.private)
    return answer


@sensitive_post_parameters()
@for_survivor
def change_code(request: HttpRequest) -> HttpResponse:
    """Show a new code, ask two of its words, and let it take the place of hers."""
    opener = opener_of(request)

    def count(code: Code) -> HttpResponse:
        answer = redirect("hers:settings")
        try:
            changed = acts.change_code(opener, code)
        except acts.CodeTaken:
            raise
        except acts.Refused as refusal:
            say(request, refusal.sentence)
            return answer
        open_here(request, answer, changed.pair, changed.private)
        say(request, _("Your code is changed. The words from before open nothing any more."))
        return answer

    place = Place("talk/change_code.html", "talk/prove_code.html", acts.draw_code, opener.pair.pk, opener.pair, count)
    return show_and_prove(request, place)


@for_survivor
def delete_everything(request: HttpRequest) -> HttpResponse:
    """Say what goes and what stays; then delete everything of hers, and close it here."""
    survivor = opener_of(request).survivor
    if request.method != "POST":
        return render(request, "talk/delete.html", {"kept": kept_after_deletion(survivor)})
    acts.delete_everything(survivor)
    answer = redirect("hers:gone")
    close_here(request, answer)
    return answer


@require_safe
def gone(request: HttpRequest) -> HttpResponse:
    """Say goodbye to who has deleted everything."""
    if opened(request) is not None:
        return redirect("talk:home")
    return render(request, "talk/gone.html")


def _opening(request: HttpRequest, form: HerCodeForm, trouble: str | Promise = "", *, status: int) -> HttpResponse:
    return render(request, "talk/open.html", {"form": form, "trouble": trouble}, status=status)
