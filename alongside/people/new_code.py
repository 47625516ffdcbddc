"""A new code is shown, two of its words are asked back, and only then does it count.

On its way from the page that shows it to the page that asks, it lies in the form itself, boxed under the server's key
for one person: nothing of a code that does not count yet is kept anywhere, and two tabs have two codes, of which the
first that is proven counts.
"""

import base64
import binascii
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alongside.core.codes import Code, ask_two
from alongside.people.acts import CodeTaken
from alongside.people.boxes import ClosedBoxError, box, unbox
from alongside.people.code_forms import ProveForm
from alongside.people.code_picture import picture
from alongside.people.models import KeyPair
from alongside.records import clock
from alongside.records.turnstile import Busy

SHOWN_FOR = timedelta(hours=1)
"""How long a new code can be proven after it was drawn."""
RETRY_AFTER = 5
"""Seconds after which somebody who was kept waiting may try again."""
BUSY = _("Others are using theirs at this moment. What you typed is still here: please press the button again.")

_PURPOSE = "new code"
_OVER = _("This page stood open for too long, or your code was changed elsewhere. These words are new: they count.")


@dataclass(frozen=True)
class Drawn:
    """A code that does not count yet. ``positions``: which two of its words are asked back.

    ``since``: when the code that it is to replace was changed last; ``None`` where there is none.
    """

    code: Code = field(repr=False)
    positions: tuple[int, int]
    since: datetime | None
    at: datetime


@dataclass(frozen=True)
class Place:
    """Where somebody gets a new code: the templates that show it and ask it back, and what then happens.

    ``whose``: the id of who it is for. ``instead_of``: the key pair whose code it replaces. ``count`` lets it count,
    and gives the answer; it may raise ``CodeTaken`` and ``turnstile.Busy``.
    """

    shows: str
    asks: str
    draw: Callable[[], Code]
    whose: UUID
    instead_of: KeyPair | None
    count: Callable[[Code], HttpResponse]

    @property
    def since(self) -> datetime | None:
        """When the code that is to be replaced was changed last."""
        return self.instead_of.code_changed_at if self.instead_of else None


def show_and_prove(request: HttpRequest, place: Place) -> HttpResponse:
    """Go one step: show a new code, give it as a picture, ask two of its words, and let it count."""
    if request.method != "POST":
        return _show(request, place, _draw(place))
    drawn = read_field(request.POST.get("drawn", ""), whose=place.whose)
    if drawn is None or drawn.since != place.since:
        return _show(request, place, _draw(place), trouble=_OVER)
    step = request.POST.get("step")
    if step == "picture":
        return as_picture(drawn.code)
    if step == "show":
        return _show(request, place, drawn)
    if step == "ask":
        return _ask(request, place, drawn, ProveForm(positions=drawn.positions))
    return _prove(request, place, drawn)


def as_picture(code: Code) -> HttpResponse:
    """Answer with a picture of a code, to be saved under a name that says nothing."""
    answer = HttpResponse(picture(code), content_type="image/png")
    answer["Content-Disposition"] = 'attachment; filename="picture.png"'
    return answer


def as_field(drawn: Drawn, *, whose: UUID) -> str:
    """Give a drawn code as it lies in a form: boxed for one person."""
    since = drawn.since.isoformat() if drawn.since else None
    data = {"words": drawn.code.words, "positions": drawn.positions, "since": since, "at": drawn.at.isoformat()}
    return base64.urlsafe_b64encode(box(_PURPOSE, json.dumps(data), whose=whose)).decode()


def read_field(text: str, *, whose: UUID) -> Drawn | None:
    """Give the drawn code that came back in a form; ``None`` when it is another's, no code, or too old."""
    try:
        data = json.loads(unbox(_PURPOSE, base64.urlsafe_b64decode(text.encode()), whose=whose))
    except (ClosedBoxError, binascii.Error, ValueError):
        return None
    *handle, _one, _two, _three, _four = data["words"]
    code = Code(" ".join(handle), " ".join(data["words"][len(handle) :]))
    since = datetime.fromisoformat(data["since"]) if data["since"] else None
    first, second = data["positions"]
    drawn = Drawn(code, (first, second), since, datetime.fromisoformat(data["at"]))
    return drawn if drawn.at > clock.now() - SHOWN_FOR else None


def _draw(place: Place) -> Drawn:
    code = place.draw()
    return Drawn(code, ask_two(code), place.since, clock.now())


def _show(request: HttpRequest, place: Place, drawn: Drawn, *, trouble: str | Promise = "") -> HttpResponse:
    context = {"words": drawn.code.words, "drawn": as_field(drawn, whose=place.whose), "trouble": trouble}
    return render(request, place.shows, context | _known(place), status=422 if trouble else 200)


def _ask(request: HttpRequest, place: Place, drawn: Drawn, form: ProveForm, *, is_busy: bool = False) -> HttpResponse:
    context = {"form": form, "drawn": as_field(drawn, whose=place.whose), "trouble": BUSY if is_busy else ""}
    status = 503 if is_busy else 422 if form.errors else 200
    answer = render(request, place.asks, context | _known(place), status=status)
    if is_busy:
        answer["Retry-After"] = str(RETRY_AFTER)
    return answer


def _prove(request: HttpRequest, place: Place, drawn: Drawn) -> HttpResponse:
    form = ProveForm(request.POST, positions=drawn.positions)
    if not form.is_proof_of(drawn.code):
        return _ask(request, place, drawn, form)
    try:
        return place.count(drawn.code)
    except CodeTaken as taken:
        return _show(request, place, _draw(place), trouble=taken.sentence)
    except Busy:
        return _ask(request, place, drawn, form, is_busy=True)


def _known(place: Place) -> dict[str, Any]:
    return {"is_first": place.instead_of is None, "pair": place.instead_of}
