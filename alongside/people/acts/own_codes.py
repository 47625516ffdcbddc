"""The code of somebody who has an account: four words that an ally or a care member opens her conversations with.

One that is lost cannot be recovered. She gets a new key pair once two people of the desk have each spoken with her.
"""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from alongside.core.codes import Code
from alongside.people.acts.codes import WrongCode, fresh_pair, may_try, note_use, unwrapped
from alongside.people.acts.deciding import for_another_of_the_desk, one_at_a_time
from alongside.people.acts.refusing import Refused
from alongside.people.models import Ally, KeyPair, LostCode, LostCodeTalk, User
from alongside.people.opening import Opener, close_all
from alongside.people.readiness import of_the_desk
from alongside.people.signals import key_pair_replaced
from alongside.records import clock
from alongside.records.erasure import erases_expired, sweep_after_commit
from alongside.records.limits import Limit
from alongside.records.models import Verb, append
from alongside.records.tombstones import erased_fields

TRIES_OF_AN_ACCOUNT = Limit("own codes tried", 30, timedelta(minutes=10))
TALKS_NEEDED = 2
"""How many of the desk speak with her before a lost code makes way for a new one."""


def holds_a_code(user: User) -> bool:
    """Say whether this account has a code, or may make one: an ally in effect, a care member with a role in effect."""
    ally = Ally.objects.in_effect().filter(user=user)
    return ally.exists() or of_the_desk().filter(pk=user.pk, care_member__isnull=False).exists()


def make_own_code(user: User, code: Code) -> Opener:
    """Give ``user`` a code, her first or in place of one that she lost; give what it opens.

    Raises ``Refused`` when she has one and two of the desk have not spoken with her, and ``turnstile.Busy``.
    """
    pair, private = fresh_pair(code, user=user)
    try:
        with transaction.atomic(durable=True):
            one_at_a_time(user)
            _for_holders(user)
            old = _retire(user)
            pair.save(force_insert=True)
            if old is not None:
                append(Verb.CODE_REPLACED, actor=user.pk, subject=user.pk)
                key_pair_replaced.send(sender=KeyPair, user=user, old=old, new=pair)
    except IntegrityError:
        raise Refused(_HAS_ONE) from None
    return Opener(pair, private)


def open_own_code(user: User, code: Code) -> Opener:
    """Open what is hers with her four words, and note that they were used. A code that was said to be lost is found.

    Raises ``WrongCode``, ``TooOften``, and ``turnstile.Busy`` when others are before her for too long.
    """
    may_try(TRIES_OF_AN_ACCOUNT, user.pk.bytes)
    pair = KeyPair.of(user)
    private = unwrapped(pair, code)
    if pair is None or private is None:
        raise WrongCode
    with transaction.atomic(durable=True):
        _for_holders(user)
        note_use(pair)
        LostCode.objects.filter(user=user).delete()
        return Opener(KeyPair.objects.select_related("user").get(pk=pair.pk), private)


def ask_for_new_code(user: User) -> LostCode:
    """Say that she lost her code, so that the desk knows. Raises ``Refused`` when she has none, or has said so."""
    with transaction.atomic():
        one_at_a_time(user)
        _for_holders(user)
        if KeyPair.of(user) is None:
            raise Refused(_("You have no code yet, so there is none to replace. You can make one now."))
        LostCode.objects.filter(user=user, expires_at__lte=clock.now()).delete()
        lost, is_new = LostCode.objects.get_or_create(user=user)
        if not is_new:
            raise Refused(_("You have said so already. Two people of the desk will speak with you."))
        append(Verb.CODE_LOST, actor=user.pk, subject=user.pk)
        return lost


def confirm_new_code(user: User, by: User) -> bool:
    """Note that ``by`` has spoken with ``user`` and knows that it is she who lost her code.

    Gives True when a second of the desk says so, too: then she can make a new one. Raises ``Refused``.
    """
    with transaction.atomic():
        for_another_of_the_desk(user, by)
        lost = lost_code_of(user)
        if lost is None:
            raise Refused(_("Nobody waits for this any more: the code was found, replaced, or the time ran out."))
        _talk, is_new = LostCodeTalk.objects.get_or_create(lost=lost, by=by)
        if not is_new:
            raise Refused(_("You have noted this already. It takes a second person of the desk, who speaks with them."))
        append(Verb.CODE_TALK_NOTED, actor=by.pk, subject=user.pk)
        return may_make_new_code(user)


def lost_code_of(user: User) -> LostCode | None:
    """Give what she has said of a lost code; ``None`` when she has not, or it has lapsed."""
    return LostCode.objects.filter(user=user, expires_at__gt=clock.now()).first()


def may_make_new_code(user: User) -> bool:
    """Say whether enough of the desk have spoken with her, and are of the desk still."""
    talks = LostCodeTalk.objects.filter(lost__user=user, lost__expires_at__gt=clock.now())
    return talks.filter(by__in=of_the_desk()).exclude(by=user).count() >= TALKS_NEEDED


@erases_expired
def erase_lapsed_lost_codes(moment: datetime) -> int:
    """Delete what was said of lost codes when nothing came of it in time."""
    return LostCode.objects.filter(expires_at__lte=moment).delete()[0]


_HAS_ONE = _(
    "You have a code already. If you have lost it, say so on the page “Your code”: then two people of the desk speak "
    "with you, and you make a new one."
)


def _for_holders(user: User) -> None:
    """Let on who talks or receives reports. Raises ``Refused``."""
    if not holds_a_code(user):
        raise Refused(_("A code is for allies and care members whose role is in effect. Yours is not at present."))


def _retire(user: User) -> KeyPair | None:
    """Let her old pair open nothing any more; give it, ``None`` when she has none. Raises ``Refused``."""
    old = KeyPair.of(user)
    if old is None:
        return None
    if not may_make_new_code(user):
        raise Refused(_HAS_ONE)
    LostCode.objects.filter(user=user).delete()
    KeyPair.objects.filter(pk=old.pk).update(retired_at=clock.now(), wrapped_private=None)
    erased_fields(KeyPair, old.pk, "wrapped_private")  # a restore does not let the lost words open it again
    close_all(old)
    sweep_after_commit()
    return KeyPair.objects.get(pk=old.pk)
