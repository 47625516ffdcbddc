"""The last step: what somebody has chosen becomes an ask of hers, offered or waiting."""

from contextlib import suppress
from dataclasses import replace

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from alongside.introductions import beginning
from alongside.introductions.acts import begin_ask, change_ask, offer, open_ask, wait
from alongside.introductions.beginning import Begun
from alongside.introductions.coming import words_back
from alongside.introductions.letting_in import let_ask
from alongside.introductions.models import Ask
from alongside.people.acts import Refused
from alongside.people.models import User
from alongside.people.opening import Opener, say


def ask_now(request: HttpRequest, answer: HttpResponse, opener: Opener, begun: Begun) -> HttpResponse:
    """Make what somebody has chosen whose code is open an ask, and give ``answer``, which leads to her own page.

    Of two clicks on one button, one does. Raises ``letting_in.TooMany``; what she has chosen stays then.
    """
    standing = open_ask(opener)
    if standing is None and not begun.is_let_in:
        let_ask(request)
    if beginning.take(request) is not None:
        return put_forward(request, answer, opener, begun, standing)
    beginning.forget(request, answer)
    return answer


def put_forward(
    request: HttpRequest, answer: HttpResponse, opener: Opener, taken: Begun, standing: Ask | None
) -> HttpResponse:
    """Make what was taken from where it lay an ask, or change the one that stands; then give ``answer``.

    What a busy server does not take is put back under her code, and she is shown her words.
    """
    try:
        _ask(opener, taken, standing)
    except Refused as refused:
        say(request, refused.sentence)
    except OperationalError:
        return _put_back(request, answer, opener, taken)
    beginning.forget(request, answer)
    return answer


def _ask(opener: Opener, begun: Begun, standing: Ask | None) -> None:
    if standing is None:
        ask = begin_ask(opener, begun.wishes, begun.words)
    else:
        ask = change_ask(opener, standing, begun.wishes, begun.words)
    ally = User.objects.filter(pk=begun.picked).first() if begun.picked else None
    if ally is None:
        wait(opener, ask)
    else:
        offer(opener, ask, ally)


def _put_back(request: HttpRequest, answer: HttpResponse, opener: Opener, taken: Begun) -> HttpResponse:
    """Let her go on where she was, in a browser that ``answer`` would have opened; where even that fails, say so."""
    sentence = _("The server is too busy just now, so nobody was asked. Your code counts, and you can choose again.")
    with suppress(OperationalError):
        under_her_code = replace(taken, survivor=opener.survivor.pk, code="", positions=None)
        beginning.put_back(request, answer, under_her_code)
        sentence = _(
            "The server is too busy just now, so nobody was asked yet. Your code counts, and what you have chosen is "
            "kept here for two hours. Please try again in a moment."
        )
    page = words_back(request, sentence, status=503, typed=taken.words)
    page.cookies = answer.cookies
    return page
