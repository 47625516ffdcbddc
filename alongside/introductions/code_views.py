"""Pages on which she gets her code, proves that she has copied it, and comes in."""

from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.views.decorators.debug import sensitive_post_parameters

from alongside.core.codes import Code, read_survivor_code
from alongside.introductions import beginning
from alongside.introductions.asking_now import put_forward
from alongside.introductions.beginning import Begun, with_code
from alongside.introductions.coming import while_open
from alongside.introductions.letting_in import let_ask
from alongside.people.acts import CodeTaken, come
from alongside.people.code_forms import ProveForm
from alongside.people.new_code import BUSY, RETRY_AFTER, as_picture
from alongside.people.opening import open_here, opened
from alongside.records.turnstile import Busy


@while_open
def code(request: HttpRequest) -> HttpResponse:
    """Show her code, to be copied: it cannot be recovered."""
    begun = _with_a_code(request)
    return _show_code(request, begun) if begun else redirect("ask:people")


@while_open
def picture(request: HttpRequest) -> HttpResponse:
    """Give her code as a picture that says nothing of what it is for."""
    begun = _with_a_code(request)
    if begun is None:
        raise Http404
    return as_picture(_code_of(begun))


@sensitive_post_parameters()
@while_open
def prove(request: HttpRequest) -> HttpResponse:
    """Ask for two words of the code that she has copied; then she has come, and what she has chosen is an ask."""
    begun = _with_a_code(request)
    if begun is None or begun.positions is None:
        return redirect("talk:home" if opened(request) or request.method == "POST" else "ask:people")
    form = ProveForm(request.POST if request.method == "POST" else None, positions=begun.positions)
    if not form.is_bound or not form.is_proof_of(_code_of(begun)):
        return _ask_for_two(request, form)
    return _come_in(request, begun, form)


def _come_in(request: HttpRequest, begun: Begun, form: ProveForm) -> HttpResponse:
    answer: HttpResponse = redirect("talk:home")
    if not begun.is_let_in:
        let_ask(request)
        beginning.keep(request, answer, lambda before: replace(before, is_let_in=True))
    taken = beginning.take(request)
    if taken is None or taken.code != begun.code:  # another click on the same button, or she has left elsewhere
        return answer
    try:
        opener = come(_code_of(taken), name=taken.name)
        open_here(request, answer, opener.pair, opener.private)
    except CodeTaken as refused:
        other = with_code(replace(taken, code="", positions=None))
        beginning.put_back(request, answer, other)
        return _show_code(request, other, trouble=refused.sentence)
    except Busy:
        beginning.put_back(request, answer, taken)
        return _ask_for_two(request, form, is_busy=True)
    except Exception:
        beginning.put_back(request, answer, taken)
        raise
    return put_forward(request, answer, opener, taken, None)


def _with_a_code(request: HttpRequest) -> Begun | None:
    """Give what she has chosen once it has a code; ``None`` before, and for who has come already."""
    begun = beginning.load(request)
    return begun if begun is not None and begun.code and opened(request) is None else None


def _code_of(begun: Begun) -> Code:
    return read_survivor_code(begun.code)


def _show_code(request: HttpRequest, begun: Begun, trouble: str | Promise = "") -> HttpResponse:
    context = {"words": _code_of(begun).words, "trouble": trouble}
    return render(request, "introductions/ask/code.html", context, status=409 if trouble else 200)


def _ask_for_two(request: HttpRequest, form: ProveForm, *, is_busy: bool = False) -> HttpResponse:
    context = {"form": form, "trouble": BUSY if is_busy else ""}
    status = 503 if is_busy else 422 if form.errors else 200
    answer = render(request, "introductions/ask/prove.html", context, status=status)
    if is_busy:
        answer["Retry-After"] = str(RETRY_AFTER)
    return answer
