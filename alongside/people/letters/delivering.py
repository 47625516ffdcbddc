"""Handing one mail to the mail server, and telling exactly what is known of it afterwards."""

from contextlib import suppress
from smtplib import (
    SMTPAuthenticationError,
    SMTPDataError,
    SMTPException,
    SMTPHeloError,
    SMTPRecipientsRefused,
    SMTPSenderRefused,
)

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from alongside.people.models import Letter

Reason = Letter.Reason


class NotTakenError(Exception):
    """The mail server did not take the letter: it was surely not sent.

    ``may_try_again`` says that the reason may pass by itself, and that none of the letter had left the house.
    """

    def __init__(self, reason: Reason, *, may_try_again: bool) -> None:
        super().__init__(reason.value)
        self.reason = reason
        self.may_try_again = may_try_again


class NotKnownError(Exception):
    """The line broke while the letter was being handed over: nobody can say whether it was sent."""


def deliver(mail: EmailMessage) -> None:
    """Hand ``mail`` to the mail server. Raises ``NotTakenError`` or ``NotKnownError``, which name no address."""
    server: BaseEmailBackend = get_connection()
    _open(server)
    try:
        server.send_messages([mail])
    except SMTPRecipientsRefused as refusal:
        codes = [code for code, _answer in refusal.recipients.values()]
        raise NotTakenError(Reason.RECIPIENT_REFUSED, may_try_again=all(map(_may_pass, codes))) from None
    except SMTPSenderRefused as refusal:
        raise NotTakenError(Reason.SENDER_REFUSED, may_try_again=_may_pass(refusal.smtp_code)) from None
    except SMTPHeloError:
        raise NotTakenError(Reason.NOT_REACHED, may_try_again=True) from None
    except SMTPDataError:
        raise NotTakenError(Reason.LETTER_REFUSED, may_try_again=False) from None
    except OSError:  # a line that broke, and what else of smtplib's cannot be told apart
        raise NotKnownError from None
    finally:
        with suppress(OSError):  # it has been answered already
            server.close()


def _open(server: BaseEmailBackend) -> None:
    """Open the line: whatever fails here, fails before anything of the letter has left."""
    try:
        server.open()
    except SMTPAuthenticationError as refusal:
        raise NotTakenError(Reason.NOT_LET_IN, may_try_again=_may_pass(refusal.smtp_code)) from None
    except (OSError, SMTPException):
        raise NotTakenError(Reason.NOT_REACHED, may_try_again=True) from None


def _may_pass(code: int) -> bool:
    """Say whether a server that answers with this code may answer otherwise later (RFC 5321, 4.2.1)."""
    return 400 <= code < 500
