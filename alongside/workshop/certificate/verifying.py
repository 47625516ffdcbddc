"""What anybody can learn of a certificate by its code: whether it is genuine, and nothing of whose it is."""

import hmac
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from alongside.workshop.models import Certificate
from alongside.workshop.models.certificate import LONGEST_NAME, as_code

_NOBODY = ""
_ROOM = LONGEST_NAME * 16
"""Every name is compared over so many bytes, whatever its length."""


class Standing(Enum):
    """How it stands with a code."""

    GENUINE = "genuine"
    WITHDRAWN = "withdrawn"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Verified:
    """What the public page says. ``month``: some moment of the month in which it was issued; ``None`` if unknown."""

    standing: Standing
    month: datetime | None


def verify(code: str) -> Verified:
    """Say how it stands with a code, however it is written."""
    found = Certificate.objects.filter(code=as_code(code)).first()
    if found is None:
        return Verified(Standing.UNKNOWN, None)
    return Verified(Standing.WITHDRAWN if found.revoked_at else Standing.GENUINE, found.issued_at)


def bears(code: str, name: str) -> bool:
    """Say whether ``name`` stands on the genuine certificate of this code, apart from case, spaces and joiners.

    It takes the same work for a code that nobody has.
    """
    found = Certificate.objects.in_effect().filter(code=as_code(code)).first()
    on_it = found.name_on_it if found else _NOBODY
    fits = hmac.compare_digest(_comparable(on_it), _comparable(name))
    return fits and found is not None and bool(_letters(name))


def _comparable(name: str) -> bytes:
    return _letters(name).encode()[:_ROOM].ljust(_ROOM)


def _letters(name: str) -> str:
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    return "".join(each for each in folded if not each.isspace() and unicodedata.category(each)[0] != "C")
