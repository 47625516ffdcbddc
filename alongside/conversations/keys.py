"""Which keys a conversation has, and for whom they open. They stand in the database only as seals.

A conversation has numbered random keys, each sealed to the key pairs of those who may read what it closed. The newest
closes what is written now. A message is closed for its place: moved to another number, another conversation or the
other side, it does not open.
"""

from collections.abc import Iterable

from django.db.models import Max

from alongside.conversations.models import Conversation, ConversationKey, Seal
from alongside.core import sealing
from alongside.people.models import KeyPair
from alongside.people.opening import Opener


class NoSeal(Exception):  # noqa: N818 - that somebody may not read something is no error
    """This key was never sealed to this person, or its seal is gone. It says nothing about why."""


def place_of(conversation: Conversation, number: int, is_hers: bool) -> bytes:
    """Give the place for which message ``number`` (from 1) is closed: 25 bytes, of its conversation and its side."""
    return conversation.pk.bytes + number.to_bytes(8, "big") + (b"h" if is_hers else b"a")


def new_key(conversation: Conversation, pairs: Iterable[KeyPair]) -> tuple[ConversationKey, bytes]:
    """Make the next key of a conversation, sealed to each of ``pairs``; give its row and its 32 bytes.

    Call it in a transaction that holds the conversation's row: of two that make one at once, the unique number lets
    only one.
    """
    last: int = conversation.keys.aggregate(last=Max("number"))["last"] or 0
    row = ConversationKey.objects.create(conversation=conversation, number=last + 1)
    key = sealing.new_key()
    Seal.objects.bulk_create(_seal(row, pair, key) for pair in pairs)
    return row, key


def newest(conversation: Conversation) -> ConversationKey:
    """Give the key that closes what is written now. Raises ``ConversationKey.DoesNotExist`` where there is none."""
    return conversation.keys.latest("number")


def key_for(opener: Opener, conversation: Conversation, number: int) -> bytes:
    """Give the 32 bytes of key ``number`` (from 1) of a conversation, to whom it is sealed. Raises ``NoSeal``."""
    seal = Seal.objects.filter(key__conversation=conversation, key__number=number, pair=opener.pair).first()
    if seal is None:
        raise NoSeal
    return _open(opener, seal)


def keys_for(opener: Opener, conversation: Conversation) -> dict[int, bytes]:
    """Give every key of a conversation that opens for this person, by its number."""
    found = {}
    for seal in Seal.objects.filter(key__conversation=conversation, pair=opener.pair).select_related("key"):
        try:
            found[seal.key.number] = _open(opener, seal)
        except NoSeal:
            continue
    return found


def share(opener: Opener, conversation: Conversation, pair: KeyPair) -> int:
    """Seal every key that opens for ``opener`` to ``pair`` too, where it is not yet; give how many there are now."""
    keys = keys_for(opener, conversation)
    rows = conversation.keys.filter(number__in=keys)
    Seal.objects.bulk_create((_seal(row, pair, keys[row.number]) for row in rows), ignore_conflicts=True)
    return len(keys)


def _seal(row: ConversationKey, pair: KeyPair, key: bytes) -> Seal:
    return Seal(key=row, pair=pair, sealed=sealing.seal_to(bytes(pair.public_key), key))


def _open(opener: Opener, seal: Seal) -> bytes:
    try:
        return sealing.open_seal(opener.private, seal.sealed)
    except sealing.ClosedError:
        raise NoSeal from None
