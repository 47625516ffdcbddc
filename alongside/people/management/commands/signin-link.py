"""``alongside signin-link EMAIL``: a link by which somebody chooses a new password."""  # noqa: N999

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from alongside.people.acts import Refused, make_password_link, remove_second_factor


class Command(BaseCommand):
    """Print a link to a new password: for staff too, whom no coordinator can help."""

    help = "Prints a link by which the owner of an account chooses a new password. It lasts 24 hours and works once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the e-mail address of the account."""
        parser.add_argument("email", metavar="EMAIL", help="the e-mail address of the account")
        parser.add_argument(
            "--remove-second-factor",
            action="store_true",
            help="for somebody who lost it and the recovery codes too; their roles rest until they set a new one",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the link and print its address, and nothing else, so that a script can use it."""
        try:
            token = make_password_link(options["email"], by=None)
        except Refused as refusal:
            raise CommandError(str(refusal.sentence)) from refusal
        if options["remove_second_factor"]:
            remove_second_factor(options["email"])
        self.stdout.write(f"{settings.WAGTAILADMIN_BASE_URL}{reverse('people:new_password', args=[token])}")
