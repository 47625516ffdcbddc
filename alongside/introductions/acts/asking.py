"""What somebody does who looks for somebody to talk with: ask, choose, wait, take back, close.

Her words are opened and sealed before any transaction. Each step is one conditional update, so that of two tabs at
once one wins and the other is told.
"""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from alongside.introductions.acts.offers import end_offer
from alongside.introductions.fitting import excluded_from, fits
from alongside.introductions.models import LEASE, OPEN_STATES, Ask, Door, Introduction
from alongside.introductions.notices import something_waits
from alongside.introductions.wishes import Wishes, close, open
from alongside.introductions.words import close_words, open_words
from alongside.people.acts import Refused
from alongside.people.models import Ally, KeyPair, User
from alongside.people.opening import Opener
from alongside.records import clock
from alongside.records.erasure import erases_expired, sweep_after_commit
from alongside.records.tombstones import erased_fields

CHOOSABLE = (Ask.State.CHOOSING, Ask.State.WAITING)

_ALREADY_OPEN = _("You are looking for somebody already, perhaps in another tab. Here is how that stands.")
_CHANGED = _("This has changed meanwhile, perhaps in another tab. Here is how it stands now.")
_NOT_FREE = _("This person is not free any more. You can choose somebody else.")
_SAID_YES = _("There is an answer already, so this cannot be taken back. You can end the conversation at any time.")


def open_ask(opener: Opener) -> Ask | None:
    """Give what this survivor is looking for now; ``None`` when she is not looking for anybody."""
    return Ask.objects.filter(survivor=opener.survivor, state__in=OPEN_STATES).first()


def begin_ask(opener: Opener, wishes: Wishes, words: str) -> Ask:
    """Begin to look for somebody; ``words`` are what she would like to say first, or ``""``.

    Raises ``Refused`` while another ask of hers is open.
    """
    sealed = close_words(opener.pair, words)
    boxed = close(wishes, opener.survivor.pk)
    try:
        with transaction.atomic():
            return Ask.objects.create(survivor=opener.survivor, wishes=boxed, words=sealed, expires_at=_expiry())
    except IntegrityError:
        raise Refused(_ALREADY_OPEN) from None


def change_ask(opener: Opener, ask: Ask, wishes: Wishes, words: str) -> Ask:
    """Change what she wishes for, or her first words, while nobody has been asked. Raises ``Refused``."""
    sealed = close_words(opener.pair, words)
    with transaction.atomic():
        changed = _hers(opener, ask, CHOOSABLE).update(
            wishes=close(wishes, opener.survivor.pk), words=sealed, expires_at=_expiry()
        )
        if not changed:
            raise Refused(_CHANGED)
        sweep_after_commit()
        return Ask.objects.get(pk=ask.pk)


def offer(opener: Opener, ask: Ask, ally: User) -> Introduction:
    """Offer an ask to one ally, who has ``LEASE`` to answer; she gets the words sealed to her key.

    Raises ``Refused`` when she is not free any more, or the ask is with somebody already.
    """
    pair = KeyPair.of(ally)
    if pair is None or not fits(open(ask), ally.pk, excluded_from(opener.survivor, ask)):
        raise Refused(_NOT_FREE)
    words = close_words(pair, open_words(opener.private, ask.words))
    with transaction.atomic():
        _hold(ally, pair)
        if not _hers(opener, ask, CHOOSABLE).update(state=Ask.State.OFFERED, waits_since=None, found_at=None):
            raise Refused(_CHANGED)
        now = clock.now()
        offered = Introduction.objects.create(
            ask=ask, ally=ally, pair=pair, words=words, offered_at=now, lease_until=now + LEASE, expires_at=_expiry()
        )
        something_waits(ally)
        return offered


def wait(opener: Opener, ask: Ask) -> None:
    """Wait until somebody fits, or go on waiting. Raises ``Refused`` when the ask is with somebody, or closed."""
    waiting = {"state": Ask.State.WAITING, "waits_since": clock.now(), "found_at": None}
    with transaction.atomic():
        begins = _hers(opener, ask, (Ask.State.CHOOSING,)).update(**waiting)
        if not begins and not _hers(opener, ask, (Ask.State.WAITING,)).exists():
            raise Refused(_CHANGED)


def withdraw(opener: Opener, ask: Ask) -> None:
    """Take back what nobody has answered yet, to choose somebody else. Raises ``Refused``."""
    offered = Introduction.objects.filter(ask=ask, ask__survivor=opener.survivor, state=Introduction.State.OFFERED)
    with transaction.atomic():
        introduction = offered.first()
        if introduction is None or not end_offer(introduction.pk, Introduction.State.WITHDRAWN):
            raise Refused(_SAID_YES if _is_met(ask) else _CHANGED)


def close_ask(opener: Opener) -> None:
    """Look for nobody any more: her words are erased, and an offer is taken back. Raises ``Refused``."""
    with transaction.atomic():
        ask = open_ask(opener)
        if ask is None:
            raise Refused(_CHANGED)
        for introduction in Introduction.objects.filter(ask=ask, state=Introduction.State.OFFERED):
            end_offer(introduction.pk, Introduction.State.WITHDRAWN)
        if not _hers(opener, ask, OPEN_STATES).update(state=Ask.State.CLOSED, words=None):
            raise Refused(_SAID_YES if _is_met(ask) else _CHANGED)
        erased_fields(Ask, ask.pk, "words")
        sweep_after_commit()


@erases_expired
def erase_old_asks(moment: datetime) -> int:
    """Delete asks with all that came of them: when they have expired, and so has every introduction of theirs."""
    kept = Introduction.objects.filter(expires_at__gte=moment).values("ask")
    return Ask.objects.filter(expires_at__lt=moment).exclude(pk__in=kept).delete()[0]


def _hers(opener: Opener, ask: Ask, states: tuple[Ask.State, ...]) -> QuerySet[Ask]:
    return Ask.objects.filter(pk=ask.pk, survivor=opener.survivor, state__in=states)


def _hold(ally: User, pair: KeyPair) -> None:
    """Let whoever pauses or stops this ally, or gives her another key, wait until this transaction is through.

    Raises ``Refused`` when that has been done already.
    """
    is_open = Ally.objects.open_to_new().select_for_update(of=("self",)).filter(pk=ally.pk)
    has_key = KeyPair.objects.select_for_update().filter(pk=pair.pk, retired_at=None)
    if not is_open.exists() or not has_key.exists():
        raise Refused(_NOT_FREE)


def _is_met(ask: Ask) -> bool:
    return Ask.objects.filter(pk=ask.pk, state=Ask.State.MET).exists()


def _expiry() -> datetime:
    return clock.now() + timedelta(days=Door.current().keep_days)
