"""The agreement that every ally signs."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from alongside.people.acts.deciding import for_coordinators
from alongside.people.acts.refusing import Refused
from alongside.people.models import AgreementText, Signature, User
from alongside.records.models import Verb, append

_SOMEBODY_WAS_FASTER = _(
    "Somebody published another version in the meantime. Read that one first, then bring your changes into it."
)


def publish_agreement(by: User, text: str, *, replaces: int) -> AgreementText:
    """Publish ``text`` as the next version of the agreement: whoever is to become an ally signs it anew.

    ``replaces`` is the version that the text was made from, 0 for the first. ``by`` is a coordinator. Raises
    ``Refused`` when the text is empty or the same as before, or when somebody else published in the meantime.
    """
    text = "\n".join(line.rstrip() for line in text.strip().splitlines())
    if not text:
        raise Refused(_("There is nothing in the agreement yet. Write something, then publish it."))
    try:
        with transaction.atomic():
            for_coordinators(by)
            newest = AgreementText.newest()
            if (newest.version if newest else 0) != replaces:
                raise Refused(_SOMEBODY_WAS_FASTER)
            if newest and newest.text == text:
                raise Refused(_("This is what stands already. There is nothing to publish."))
            append(Verb.AGREEMENT_PUBLISHED, actor=by.pk)
            return AgreementText.objects.create(version=replaces + 1, text=text, by=by)
    except IntegrityError as error:
        raise Refused(_SOMEBODY_WAS_FASTER) from error


def sign_agreement(user: User, version: int) -> Signature:
    """Sign the version that she has read; to sign it twice is to sign it once.

    Raises ``Refused`` when it is not the one in force.
    """
    with transaction.atomic():
        newest = AgreementText.newest()
        if newest is None or newest.version != version:
            raise Refused(_("The agreement has changed while you were reading. Read this version, then sign it."))
        return Signature.objects.get_or_create(user=user, agreement=newest)[0]
