"""Pages of somebody who has a code and looks for somebody: how it stands, going on, taking back, stopping."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from alongside.introductions import beginning
from alongside.introductions.acts import close_ask, open_ask, withdraw
from alongside.introductions.beginning import Begun
from alongside.introductions.coming import with_numbers, words_back
from alongside.introductions.door import is_open
from alongside.introductions.letting_in import TooMany
from alongside.introductions.models import Ask
from alongside.introductions.standing import standing_of
from alongside.introductions.wishes import Wishes, open
from alongside.introductions.words import open_words
from alongside.people.acts import Refused
from alongside.people.boxes import ClosedBoxError
from alongside.people.opening import Opener, for_survivor, opener_of, say


@for_survivor
def again(request: HttpRequest) -> HttpResponse:
    """Show how it stands with what she looks for; then let her choose, with what she chose before."""
    opener = opener_of(request)
    standing = standing_of(opener.survivor)
    is_offered = standing is not None and standing.ask.state == Ask.State.OFFERED
    if request.method == "POST" and is_open() and not is_offered:
        return _begin_again(request, opener)
    context = {"standing": standing, "is_open_now": is_open()}
    return render(request, "introductions/ask/again.html", with_numbers(context))


@require_POST
@for_survivor
def take_back(request: HttpRequest) -> HttpResponse:
    """Take back what nobody has answered yet."""
    opener = opener_of(request)
    ask = open_ask(opener)
    try:
        if ask is not None:
            withdraw(opener, ask)
            say(request, gettext("It is taken back. You can choose somebody else."))
    except Refused as refused:
        say(request, refused.sentence)
        return redirect("talk:home")
    return redirect("ask:again")


@require_POST
@for_survivor
def close(request: HttpRequest) -> HttpResponse:
    """Look for nobody any more."""
    try:
        close_ask(opener_of(request))
        say(request, gettext("You are not looking for anybody now. You can begin again whenever you like."))
    except Refused as refused:
        say(request, refused.sentence)
    return redirect("talk:home")


def _begin_again(request: HttpRequest, opener: Opener) -> HttpResponse:
    """Let her choose again, beginning with what she wished for last, and what she wrote if nobody has read it."""
    ask = open_ask(opener)
    last = ask or Ask.objects.filter(survivor=opener.survivor).order_by("-asked_at").first()
    begun = Begun(
        wishes=_wishes(last),
        words=open_words(opener.private, ask.words) if ask else "",
        survivor=opener.survivor.pk,
        is_counted=ask is not None and ask.state == Ask.State.WAITING,
    )
    answer = redirect("ask:people" if ask else "ask:topics")
    try:
        beginning.keep(request, answer, lambda _before: begun)
    except TooMany as refused:
        return words_back(request, refused.sentence, status=429)
    return answer


def _wishes(ask: Ask | None) -> Wishes:
    try:
        return open(ask) if ask else Wishes()
    except ClosedBoxError:  # moved from another server without its keys
        return Wishes()
