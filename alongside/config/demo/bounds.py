"""Where a demonstration is allowed: on this machine, without mail. Its passwords are known to everybody."""

from alongside.config.demo.cast import SECOND_FACTOR
from alongside.config.environment import Environment, SettingError

NOT_PUBLIC = (
    "This data is a demonstration, and everybody knows its passwords, so it is served on this machine only. Leave "
    "HOST, ALONGSIDE_HOSTS and ALONGSIDE_PROXIES empty, or set ALONGSIDE_DATA to the folder of your own house."
)
NO_MAIL = "A demonstration sends no mail. Leave ALONGSIDE_MAIL empty."


def is_here() -> bool:
    """Say whether the database holds a demonstration."""
    from alongside.people.models import Organisation

    return Organisation.current().is_demonstration


def refuse_others(environment: Environment) -> None:
    """Raise ``SettingError`` where settings would show a demonstration to others, or let it send mail."""
    if environment.is_public or environment.proxies:
        raise SettingError(NOT_PUBLIC)
    if environment.mail:
        raise SettingError(NO_MAIL)


def figures_now() -> str:
    """Give the six figures of this moment: everybody in the demonstration has the same second factor."""
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time

    counters = list(yield_hotp_counters_from_time())
    return str(format_hotp_value(hotp_value(SECOND_FACTOR, counters[len(counters) // 2])))
