"""Words into mail: one text, one page, and nothing in them that is fetched."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from alongside.people.letters.kinds import Words


def write(words: Words, to: str) -> EmailMultiAlternatives:
    """Give the mail for the address ``to``, as text and as HTML. Raises ``ValueError`` for an address that is none."""
    inside = {"words": words, "subject": words.subject.label}
    mail = EmailMultiAlternatives(
        subject=str(words.subject.label),
        body=render_to_string("people/letter.txt", inside).strip() + "\n",
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[to],
        headers={"Auto-Submitted": "auto-generated", **_stopping(words)},
    )
    mail.attach_alternative(render_to_string("people/letter.html", inside), "text/html")
    mail.message()  # what cannot be put into headers fails here, before anything is sent
    return mail


def _stopping(words: Words) -> dict[str, str]:
    if not words.stop:
        return {}
    return {
        "List-Unsubscribe": f"<{words.stop_address}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
