"""Mail in the demonstration: it is written, and goes nowhere."""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from smtplib import SMTPRecipientsRefused

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from alongside.config.demo.cast import JUNO
from alongside.people import letters
from alongside.people.models import Letter
from alongside.records import clock

UNREACHABLE = JUNO
"""Whose mail is refused, so that the list of failed mail has something to show."""


_logger = logging.getLogger("alongside.people.letters.sending")


class Nowhere(BaseEmailBackend):
    """Behaves like a mail server, opens no line, and keeps nothing."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Take everything, but what goes to ``UNREACHABLE``. Raises ``SMTPRecipientsRefused``."""
        for mail in email_messages:
            if UNREACHABLE.email in mail.to:
                raise SMTPRecipientsRefused({UNREACHABLE.email: (550, b"No such mailbox")})
        return len(email_messages)


@contextmanager
def to_nowhere() -> Iterator[None]:
    """Let letters be written while the demonstration is filled, and go nowhere."""
    before = settings.MAIL_WORKS, settings.EMAIL_BACKEND
    is_quiet, _logger.disabled = _logger.disabled, True  # that mail is refused is meant
    settings.MAIL_WORKS, settings.EMAIL_BACKEND = True, f"{__name__}.{Nowhere.__name__}"
    try:
        yield
    finally:
        settings.MAIL_WORKS, settings.EMAIL_BACKEND = before
        _logger.disabled = is_quiet


def send_letters() -> None:
    """Send what is due, as the task worker does."""
    due = Letter.objects.filter(state=Letter.State.WAITING, due_at__lte=clock.now())
    for pk in list(due.values_list("pk", flat=True)):
        letters.send(pk)
