"""Her first words, sealed: to her own key while she looks for somebody, to an ally's while they are offered.

They are padded first, as messages are, so that their length says little.
"""

from nacl.bindings import sodium_pad, sodium_unpad
from nacl.exceptions import CryptoError

from alongside.core.sealing import PADDED_TO, ClosedError, open_seal, seal_to
from alongside.people.models import KeyPair

LONGEST_WORDS = 4000
"""Characters, of her first words."""


def close_words(pair: KeyPair, text: str) -> bytes | None:
    """Seal first words so that only whoever opens ``pair`` can read them; ``None`` when there are none."""
    if not text.strip():
        return None
    return seal_to(bytes(pair.public_key), sodium_pad(text.encode("utf-8", "replace"), PADDED_TO))


def open_words(private: bytes, sealed: bytes | memoryview | None) -> str:
    """Give first words that were sealed to the pair of a private key; ``""`` for ``None``. Raises ``ClosedError``."""
    if sealed is None:
        return ""
    try:
        return sodium_unpad(open_seal(private, sealed), PADDED_TO).decode()
    except (CryptoError, UnicodeDecodeError):
        raise ClosedError from None
