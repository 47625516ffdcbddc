"""What whoever runs the server does before a group begins, on the check-list of the desk."""

from datetime import datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext as _

from alongside.config.backups.folder import FRESH, newest
from alongside.config.backups.keys import PUBLIC_FILE
from alongside.desk.first_day import Step, asks_on_the_first_day
from alongside.records import clock

_LATE = FRESH + timedelta(hours=2)  # the next backup takes a while


@asks_on_the_first_day
def an_address_with_tls() -> Step:
    """Ask for an address that others can reach, by TLS."""
    is_done = settings.ENVIRONMENT.is_public and settings.BEHIND_TLS
    if settings.ENVIRONMENT.is_public:
        what_to_do = _(
            "People reach this server without TLS, so whoever shares their network can read along. Whoever runs it "
            "puts a proxy in front that ends TLS, and sets ALONGSIDE_PROXIES (docs/hosting.md)."
        )
    else:
        what_to_do = _(
            "So far only this machine reaches it. Whoever runs the server gives it a name, with TLS, and sets "
            "ALONGSIDE_HOSTS and ALONGSIDE_PROXIES (docs/hosting.md)."
        )
    return Step(_("An address that learners can reach, with TLS"), is_done, what_to_do)


@asks_on_the_first_day
def backups() -> Step:
    """Ask for a key to seal backups to, and for a backup that is not older than a day."""
    title = _("A backup each day, sealed to a key that you keep elsewhere")
    if not (settings.ENVIRONMENT.keys / PUBLIC_FILE).exists():
        what_to_do = _("Whoever runs the server makes the key with “alongside backup-key” (docs/hosting.md).")
        return Step(title, False, what_to_do)
    taken_at = newest(settings.BACKUPS)
    return Step(title, _is_fresh(taken_at), _what_to_do(taken_at))


def _is_fresh(taken_at: datetime | None) -> bool:
    return taken_at is not None and taken_at > clock.now() - _LATE


def _what_to_do(taken_at: datetime | None) -> str:
    if taken_at is None:
        return _("None has been taken yet. The first one comes by itself; the server’s log says why, if it does not.")
    return _("The last one is of %(day)s. The server’s log says why there is no newer one.") % {
        "day": f"{taken_at:%Y-%m-%d}"
    }
