"""How allauth behaves in this house."""

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Sign-up is open; without a mail server nobody is asked to confirm an address."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Anyone may sign up for the workshop."""
        return True

    def send_mail(self, template_prefix: str, email: str, context: dict[str, object]) -> None:
        """Send, if a mail server is set."""
        if settings.MAIL_WORKS:
            super().send_mail(template_prefix, email, context)
