"""To fetch the certificate when all is done, and to withdraw one."""

import unicodedata

from django.db import IntegrityError, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alongside.people.acts import Refused, for_coordinators
from alongside.people.models import Organisation, User
from alongside.practice.models import Scenario
from alongside.records import clock
from alongside.records.models import Verb, append
from alongside.workshop.certificate.paper import MissingLetterError, pdf_of
from alongside.workshop.lessons import practised_of
from alongside.workshop.models import Certificate, Enrolment, LessonDone
from alongside.workshop.models.certificate import LONGEST_NAME
from alongside.workshop.progress import progress_of

_JOINERS = "\u200c\u200d"
"""Letters of some scripts need them to look as they should; whatever else cannot be seen is left out."""


def as_name(typed: str) -> str:
    """Give a name as it is put on paper: composed, with single spaces, without what cannot be seen."""
    letters = (" " if each.isspace() else each for each in unicodedata.normalize("NFC", typed))
    seen = (each for each in letters if each in _JOINERS or unicodedata.category(each)[0] != "C")
    return " ".join("".join(seen).split()).strip(_JOINERS)


def certificate_of(learner: User) -> Certificate | None:
    """Give her newest certificate, withdrawn or not; ``None`` where she has fetched none."""
    return Certificate.objects.filter(learner=learner).first()


def may_fetch(learner: User) -> bool:
    """Say whether she can fetch a certificate now: all is done, and she has none, or may have another."""
    last = certificate_of(learner)
    has_finished = Enrolment.objects.filter(learner=learner, finished_at__isnull=False).exists()
    return has_finished and (last is None or (last.revoked_at is not None and last.may_have_another))


def fetch_certificate(learner: User, name: str) -> Certificate:
    """Give her the certificate, with ``name`` on it as she writes it; it stays so. Fetched twice, it is one.

    Raises ``Refused`` with a sentence for her.
    """
    name = as_name(name)
    if not name:
        raise Refused(_("There is no name yet. Write the one that shall stand on the paper."))
    if len(name) > LONGEST_NAME:
        raise Refused(_("This name is too long for the paper: up to 100 characters fit. Write it shorter."))
    if not may_fetch(learner):
        raise Refused(_("There is no certificate to fetch now. The page of the workshop says what is still missing."))
    certificate = _certificate(learner, name)
    try:
        pdf_of(certificate)
    except MissingLetterError as error:
        raise Refused(_not_printed(error, name)) from error
    try:
        with transaction.atomic():
            certificate.save(force_insert=True)
    except IntegrityError:
        return Certificate.objects.in_effect().get(learner=learner)
    return certificate


def revoke_certificate(certificate: Certificate, by: User, *, may_have_another: bool) -> None:
    """Withdraw a certificate; its public page says so from now on.

    ``may_have_another``: she can fetch a new one, as where the name on it is wrong. Raises ``Refused``.
    """
    for_coordinators(by)
    if certificate.learner_id == by.pk:
        raise Refused(_("This is about yourself, so it takes somebody else of the desk."))
    with transaction.atomic():
        in_effect = Certificate.objects.in_effect().filter(pk=certificate.pk)
        if not in_effect.update(revoked_at=clock.now(), revoked_by=by, may_have_another=may_have_another):
            raise Refused(_("This certificate was withdrawn before, or has gone with its account."))
        append(Verb.CERTIFICATE_REVOKED, actor=by.pk, subject=certificate.learner_id)


def _not_printed(error: MissingLetterError, name: str) -> str | Promise:
    if error.text not in name:
        return _(
            "The name of the organisation has “%(text)s” in it, for which we have no letters, so nothing can be "
            "printed. Please tell a coordinator."
        ) % {"text": error.text}
    sentence = _("Our letters have no “%(text)s”, so this name cannot be printed. Write it without, or otherwise.")
    return sentence % {"text": error.text}


def _certificate(learner: User, name: str) -> Certificate:
    return Certificate(
        learner=learner,
        name_on_it=name,
        organisation=Organisation.current().name,
        lessons=LessonDone.objects.filter(learner=learner).count(),
        practices=len(practised_of(learner, Scenario.objects.values_list("pk", flat=True))),
        minutes=progress_of(learner).minutes_total,
    )
