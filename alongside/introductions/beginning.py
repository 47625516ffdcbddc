"""What somebody has chosen so far, before it is an ask.

It lies in a row boxed under a key that only her cookie makes, so neither a stolen database nor the server on its own
can read it. It goes when it has become an ask, when she leaves, and some time after she last chose something.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase

from alongside.core.codes import ask_two
from alongside.core.sealing import ClosedError, close_session, new_token, open_session, split_token
from alongside.introductions.letting_in import let_begin
from alongside.introductions.models import BEGINNINGS_LAST, Beginning
from alongside.introductions.wishes import Wishes, as_data, from_data
from alongside.people.acts import draw_code
from alongside.people.leaving import HERE, on_leaving
from alongside.people.opening import opened
from alongside.records import clock
from alongside.records.erasure import erases_expired, sweep_after_commit

COOKIE = "b"


@dataclass(frozen=True, repr=False)
class Begun:
    """What she has chosen so far. Its ``repr`` says nothing of it.

    ``seen``: the allies whom she wanted others than; ``picked``: whom she would like to write to, ``words``: what,
    and ``name``: what she wants to be called. ``code``: the six words that she is asked to copy, ``positions``: which
    two of them she then types back. ``survivor``: who had her code open when she began, so that nobody else goes on
    with it. ``is_let_in``: it counts already as one of the asks that are let in; ``is_counted``: as one that found
    nobody.
    """

    wishes: Wishes = field(default_factory=Wishes)
    seen: tuple[UUID, ...] = ()
    picked: UUID | None = None
    words: str = ""
    name: str = ""
    code: str = ""
    positions: tuple[int, int] | None = None
    survivor: UUID | None = None
    is_let_in: bool = False
    is_counted: bool = False


Change = Callable[[Begun], Begun]


def with_code(begun: Begun) -> Begun:
    """Give what she has chosen with a code for her to copy, and the two words of it that she will type back."""
    if begun.code:
        return begun
    code = draw_code()
    return replace(begun, code=" ".join(code.words), positions=ask_two(code))


def load(request: HttpRequest) -> Begun | None:
    """Give what she has chosen so far in this browser; ``None`` where nothing is, or it is another's."""
    found = _find(request)
    return found[1] if found else None


def keep(request: HttpRequest, response: HttpResponseBase, change: Change) -> Begun:
    """Keep ``change`` done to what she has chosen so far, and give it; of two tabs at once, neither undoes the other.

    Where nothing is yet, it begins here, and ``response`` gets the cookie. Raises ``letting_in.TooMany`` when too many
    begin.
    """
    while found := _find(request):
        row, begun = found
        changed = change(begun)
        as_it_was = Beginning.objects.filter(pk=row.pk, boxed=row.boxed)
        key = split_token(request.COOKIES[COOKIE])[1]
        if as_it_was.update(boxed=_boxed(changed, key), expires_at=clock.now() + BEGINNINGS_LAST):
            return changed
    let_begin(request)
    opener = opened(request)
    changed = change(Begun(survivor=opener.survivor.pk if opener else None))
    _put(response, new_token(), changed)
    return changed


def take(request: HttpRequest) -> Begun | None:
    """Take what she has chosen away from here, to make it an ask. Of two clicks on one button, one gets it."""
    found = _find(request)
    if found is None:
        return None
    with transaction.atomic():
        if not Beginning.objects.filter(pk=found[0].pk).delete()[0]:
            return None
        sweep_after_commit()
    return found[1]


def put_back(request: HttpRequest, response: HttpResponseBase, begun: Begun) -> None:
    """Put back what was taken, since it has not become an ask yet."""
    _put(response, request.COOKIES.get(COOKIE) or new_token(), begun)


def forget(request: HttpRequest, response: HttpResponseBase) -> None:
    """Drop what she has chosen in this browser, with the cookie."""
    drop(request.COOKIES.get(COOKIE, ""))
    response.delete_cookie(COOKIE, path=HERE, samesite="Strict")


@on_leaving(COOKIE)
def drop(token: str) -> None:
    """Delete what the cookie of this value finds, if there is anything."""
    if not token:
        return
    with transaction.atomic():
        if Beginning.objects.filter(lookup=split_token(token)[0]).delete()[0]:
            sweep_after_commit()


@erases_expired
def erase_what_was_left_lying(moment: datetime) -> int:
    """Delete what nobody went on with."""
    return Beginning.objects.filter(expires_at__lte=moment).delete()[0]


def _find(request: HttpRequest) -> tuple[Beginning, Begun] | None:
    token = request.COOKIES.get(COOKIE, "")
    if not token:
        return None
    lookup, key = split_token(token)
    row = Beginning.objects.filter(lookup=lookup, expires_at__gt=clock.now()).first()
    if row is None:
        return None
    try:
        begun = _from_data(json.loads(open_session(key, row.boxed)))
    except ClosedError:
        return None
    opener = opened(request)
    return (row, begun) if begun.survivor == (opener.survivor.pk if opener else None) else None


def _put(response: HttpResponseBase, token: str, begun: Begun) -> None:
    lookup, key = split_token(token)
    until = clock.now() + BEGINNINGS_LAST
    Beginning.objects.create(lookup=lookup, boxed=_boxed(begun, key), expires_at=until)
    response.set_cookie(COOKIE, token, path=HERE, secure=settings.BEHIND_TLS, httponly=True, samesite="Strict")


def _boxed(begun: Begun, key: bytes) -> bytes:
    return close_session(key, json.dumps(_as_data(begun)).encode())


def _as_data(begun: Begun) -> dict[str, Any]:
    return {
        "wishes": as_data(begun.wishes),
        "seen": [str(ally) for ally in begun.seen],
        "picked": str(begun.picked) if begun.picked else None,
        "words": begun.words,
        "name": begun.name,
        "code": begun.code,
        "positions": begun.positions,
        "survivor": str(begun.survivor) if begun.survivor else None,
        "is_let_in": begun.is_let_in,
        "is_counted": begun.is_counted,
    }


def _from_data(data: dict[str, Any]) -> Begun:
    positions = data["positions"]
    begun = Begun(**{name: data[name] for name in ("words", "name", "code", "is_let_in", "is_counted")})
    return replace(
        begun,
        wishes=from_data(data["wishes"]),
        seen=tuple(map(UUID, data["seen"])),
        picked=UUID(data["picked"]) if data["picked"] else None,
        positions=(positions[0], positions[1]) if positions else None,
        survivor=UUID(data["survivor"]) if data["survivor"] else None,
    )
