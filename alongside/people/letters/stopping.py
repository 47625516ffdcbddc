"""The link in a letter by which somebody has no more letters like it, without a sign-in."""

from uuid import UUID

from django.core import signing

from alongside.people.models import User

_SALT = "alongside.people.letters"


def stop_token(user: User, kind: str) -> str:
    """Give what stands in the address that stops the letters called ``kind``; it does not run out."""
    return signing.dumps(str(user.pk), salt=f"{_SALT} {kind}")


def user_of(token: str, kind: str) -> User | None:
    """Give whose letters called ``kind`` a token stops; ``None`` for one that is not ours, or when she has left."""
    try:
        return User.objects.filter(pk=UUID(signing.loads(token, salt=f"{_SALT} {kind}")), is_active=True).first()
    except (signing.BadSignature, ValueError):
        return None
