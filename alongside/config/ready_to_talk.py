"""Whether everything is ready for a server of ``/talk/`` alone, which makes nothing ready itself.

A process of its own, ``python -m alongside.config.ready_to_talk``, with the settings of that server.
"""

import sys

from alongside.config import checks
from alongside.config.environment import SettingError, read_environment
from alongside.config.terminal import warn


def main() -> int:
    """Give 0 when the other server, or ``alongside prepare``, has made all ready; 2 when not, and say what to do."""
    import django

    try:
        django.setup()
        from alongside.config.demo import bounds
        from alongside.config.prepare import refuse_unprepared

        environment = read_environment()
        checks.refuse_silent_database(environment)
        refuse_unprepared()
        if bounds.is_here():
            bounds.refuse_others(environment)
    except SettingError as error:
        warn(f"Alongside cannot start. {error}")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
