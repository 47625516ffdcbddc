"""``alongside demo``: a house full of made-up people, to try everything, on this machine only."""

import sys
import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from alongside.config import serve
from alongside.config.alone import SERVING, TakenError, alone
from alongside.config.demo import bounds, cast
from alongside.config.demo.filling import NotFilledError, fill
from alongside.config.environment import SettingError
from alongside.config.prepare import prepare


class Command(BaseCommand):
    """Fill an empty house with the demonstration, and serve it."""

    help = (
        "Fills an empty house with made-up people at every stage, says how to sign in as them, and serves it on this "
        "machine only; no mail is ever sent. A house that is a demonstration already is served as it is. “make demo” "
        "runs it with data of its own."
    )
    requires_system_checks: tuple[str, ...] = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what to do instead of all."""
        parser.add_argument("--fill", action="store_true", help="fill the house, and serve nothing")
        parser.add_argument("--code", action="store_true", help="say the six figures that sign staff and allies in now")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it. What stands in the way is said in a sentence."""
        if options["code"]:
            self.stdout.write(bounds.figures_now())
            return
        try:
            bounds.refuse_others(settings.ENVIRONMENT)
            if not options["fill"]:
                serve.refuse_taken_port(settings.ENVIRONMENT)
            with alone(settings.DATA, SERVING):
                self._fill()
            self._say_how_to_sign_in()
            if not options["fill"]:
                sys.exit(serve.main([]))
        except TakenError:
            raise CommandError("A server runs on this data. End it first.") from None
        except (SettingError, NotFilledError) as error:
            raise CommandError(str(error)) from error

    def _fill(self) -> None:
        prepare()
        if bounds.is_here():
            return
        self.stdout.write("Five months pass in which made-up people learn and decide …")
        began = time.monotonic()
        fill()
        self.stdout.write(f"That took {time.monotonic() - began:.0f} seconds.")

    def _say_how_to_sign_in(self) -> None:
        lines = [
            "",
            "Everybody here is made up. Sign in as:",
            *(f"  {person.email:<32}{what}" for person, what in cast.TO_TRY),
            f"Everybody’s password:  {cast.PASSWORD}",
            "Staff and allies are asked for six figures as well; “make demo-code” says those of this moment.",
            f"(Or put this key into an app: {cast.SECOND_FACTOR})",
            "",
            "What is sealed to them opens with four words of their own:",
            *(f"  {person.email:<32}{code}" for person, code in cast.OWN_CODES.items()),
            f"Who came to talk has no account, only six words, for {settings.ENVIRONMENT.address}/talk/open/ :",
            *(f"  {comer.code:<48}{comer.name} {how}" for comer, how in cast.TO_TALK),
            "",
            f"To begin anew, end this and delete {settings.DATA}.",
            "",
        ]
        for line in lines:
            self.stdout.write(line)
