"""What happens to a restored database before anybody may be served from it.

A process of its own, ``python -m alongside.config.backups.settling LIST``: its settings name the folder in which the
backup was unpacked, so that whatever the rooms do there, they do to that, and not to what is in use.
"""

import os
import sys
from pathlib import Path

from alongside.config.terminal import say, warn


def main() -> int:
    """Bring the database up to date and take out of it what must not come back. ``LIST``: what was erased since."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.config.settings")
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from alongside.config.backups.copying import tables_to_leave_out
    from alongside.records import clock, erased_list, erasure, leaving_out, tombstones

    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    with connection.cursor() as cursor:
        for table in tables_to_leave_out():  # a backup of an earlier version may hold more than we would take
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")  # noqa: S608
    try:
        again = tombstones.erase_again(erased_list.read(Path(sys.argv[1])).erasures)
    except erased_list.DamagedListError as error:
        warn(str(error))
        return 1
    expired = sum(erasure.erase_expired(clock.now()).values())
    leaving_out.do_after_a_restore()
    erasure.sweep()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # all of it is in the file that takes its place
    connection.close()
    say(f"Erased again, because it was erased after this backup: {again}. Expired since: {expired}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
