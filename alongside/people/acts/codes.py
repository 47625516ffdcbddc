"""Codes: coming with one, opening with one, changing it. An account's own are in ``own_codes``.

Trying a code takes a lot of memory and a quarter of a second, on purpose: at most two at a time over all processes
(``records.turnstile``), behind limits, and before any transaction. No code is ever locked: whoever holds it gets in,
however often others tried. A handle that finds nobody costs as much time as a secret that does not open.
"""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from alongside.core.codes import Code, new_survivor_code
from alongside.core.sealing import ClosedError, new_pair, take_as_long, unwrap_private, wrap_private
from alongside.people.acts.refusing import Refused
from alongside.people.hers import boxed_name
from alongside.people.models import KeyPair, Survivor, User
from alongside.people.models.code import unused_code_expiry
from alongside.people.opening import Opener, close_all
from alongside.records import clock, turnstile
from alongside.records.erasure import sweep_after_commit
from alongside.records.limits import Limit, take
from alongside.records.tombstones import erased_fields

TRIES_OF_A_NETWORK = Limit("codes tried", 60, timedelta(minutes=10))
"""A shelter of many people may sit behind one address, and each opens again after some quiet minutes."""
TRIES_OF_ALL = Limit("codes tried by all", 300, timedelta(minutes=1))
"""About half of what the turnstile lets through, and over again with each minute: so that nobody waits for long."""
CHANGES_OF_A_CODE = Limit("codes changed", 12, timedelta(hours=1))
"""Each takes the turnstile as a try does: whoever is in already must not keep everybody else waiting before it."""


class WrongCode(Refused):
    """This code opens nothing: whether its handle finds nobody or its secret does not open, nobody is told."""

    def __init__(self) -> None:
        super().__init__(_("These words open nothing here. Please look at each of them once more, and at their order."))


class CodeTaken(Refused):
    """Somebody has come with the same two first words meanwhile: another code has to be drawn."""

    def __init__(self) -> None:
        super().__init__(_("These words cannot be used after all. Here are others: only these count."))


class TooOften(Refused):
    """More codes were tried than are let through. Nothing is locked; it passes by itself."""

    def __init__(self) -> None:
        super().__init__(
            _("Very many codes were tried just now. Yours still works: please wait some minutes, then try again.")
        )


def draw_code() -> Code:
    """Choose a survivor's code that nobody has. Nothing is kept: until she comes with it, somebody else might."""
    while True:
        code = new_survivor_code()
        if not Survivor.objects.filter(handle=handle_of(code)).exists():
            return code


def come(code: Code, *, name: str = "") -> Opener:
    """Let somebody come with a new code, and want to be called ``name``; give what it opens.

    Raises ``CodeTaken``, and ``turnstile.Busy``.
    """
    survivor = Survivor(handle=handle_of(code))
    survivor.name = boxed_name(survivor, name)
    pair, private = fresh_pair(code, survivor=survivor)
    try:
        with transaction.atomic(durable=True):
            survivor.save(force_insert=True)
            pair.save(force_insert=True)
    except IntegrityError:
        raise CodeTaken from None
    return Opener(pair, private)


def open_code(code: Code, *, network: str) -> Opener:
    """Open what is a survivor's with her six words, and note that they were used. ``network``: ``limits.network_of``.

    Raises ``WrongCode``, ``TooOften``, and ``turnstile.Busy`` when others are before her for too long.
    """
    may_try(TRIES_OF_A_NETWORK, network)
    may_try(TRIES_OF_ALL)
    found = KeyPair.objects.filter(survivor__handle=handle_of(code)).first()
    private = unwrapped(found, code)
    if found is None or private is None:
        raise WrongCode
    return Opener(_used(found), private)


def change_code(opener: Opener, new: Code) -> Opener:
    """Let ``new`` open what is hers from now on, and the code before it nothing. Everything that was open is closed.

    Gives what it opens, to be opened here anew. ``new`` is like hers: six words for a survivor, four for an account.
    A backup that is restored later opens with neither: the words from before are out for good. Raises ``Refused`` when
    it was changed elsewhere meanwhile, ``CodeTaken``, ``TooOften``, and ``turnstile.Busy``.
    """
    pair = opener.pair
    if bool(new.handle) != bool(pair.survivor_id):
        raise ValueError("a survivor's code has a handle, and an account's has none")
    may_try(CHANGES_OF_A_CODE, pair.pk.bytes)
    wrapped = _wrapped(opener.private, new, pair.pk)
    try:
        with transaction.atomic(durable=True):
            unchanged = KeyPair.objects.filter(pk=pair.pk, code_changed_at=pair.code_changed_at, retired_at=None)
            if not unchanged.update(wrapped_private=wrapped, code_changed_at=clock.now()):
                raise Refused(_("Your code was changed elsewhere a moment ago, so it stays as it was changed there."))
            if new.handle:
                Survivor.objects.filter(key_pair=pair).update(handle=handle_of(new))
            erased_fields(KeyPair, pair.pk, "wrapped_private")
            close_all(pair)
            sweep_after_commit()
    except IntegrityError:
        raise CodeTaken from None
    return Opener(_as_it_is_now(pair), opener.private)


def handle_of(code: Code) -> bytes:
    """Give by what a survivor is found who has this code: 32 bytes."""
    handle: bytes = settings.SEALING_KEYS.handle_mac(code.handle)
    return handle


def may_try(limit: Limit, who: bytes | str = "") -> None:
    """Count a try. Raises ``TooOften``."""
    if not take(limit, who):
        raise TooOften


def fresh_pair(code: Code, *, survivor: Survivor | None = None, user: User | None = None) -> tuple[KeyPair, bytes]:
    """Make a key pair that opens with ``code``: the row, not yet saved, and the private key. Raises ``Busy``."""
    keys = new_pair()
    pair = KeyPair(survivor=survivor, user=user, public_key=keys.public)
    pair.wrapped_private = _wrapped(keys.private, code, pair.pk)
    return pair, keys.private


def unwrapped(pair: KeyPair | None, code: Code) -> bytes | None:
    """Give the private key of ``pair`` if ``code`` opens it. Takes as long where there is no pair. Raises ``Busy``."""
    with turnstile.passing(turnstile.PATIENCE):
        if pair is None or pair.wrapped_private is None:
            take_as_long(code.secret, cost=settings.CODE_COST)
            return None
        try:
            return unwrap_private(pair.wrapped_private, code.secret, settings.SEALING_KEYS, whose=pair.pk)
        except ClosedError:
            return None


def note_use(pair: KeyPair) -> None:
    """Note that the code of ``pair`` was used. Raises ``WrongCode`` when it is another one since ``pair`` was read."""
    unchanged = KeyPair.objects.filter(pk=pair.pk, code_changed_at=pair.code_changed_at, retired_at=None)
    if not unchanged.update(used_before_at=F("used_at"), used_at=clock.now()):
        raise WrongCode


def _used(pair: KeyPair) -> KeyPair:
    with transaction.atomic(durable=True):
        note_use(pair)
        Survivor.objects.filter(key_pair=pair).update(
            used_before_at=F("used_at"), used_at=clock.now(), expires_at=unused_code_expiry()
        )
        return _as_it_is_now(pair)


def _as_it_is_now(pair: KeyPair) -> KeyPair:
    return KeyPair.objects.select_related("survivor", "user").get(pk=pair.pk)


def _wrapped(private: bytes, code: Code, whose: UUID) -> bytes:
    with turnstile.passing(turnstile.PATIENCE):
        return wrap_private(private, code.secret, settings.SEALING_KEYS, whose=whose, cost=settings.CODE_COST)
