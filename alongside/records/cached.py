"""What is kept for a while only, such as from which address somebody tried a password how often: erased in time.

Django's cache in the database hides what has lapsed, and leaves it in the file until there is a lot of it.
"""

from datetime import datetime

from django.conf import settings
from django.core.cache import caches
from django.core.cache.backends.db import DatabaseCache
from django.db import connection

from alongside.records.erasure import erases_expired


@erases_expired
def erase_lapsed_from_cache(moment: datetime) -> int:
    """Delete what lapsed in the cache before ``moment``; nothing where there is no such table."""
    table = str(settings.CACHES["default"].get("LOCATION", ""))
    if not isinstance(caches["default"], DatabaseCache) or table not in connection.introspection.table_names():
        return 0
    quoted = connection.ops.quote_name
    lapsed = connection.ops.adapt_datetimefield_value(moment.replace(microsecond=0))
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {quoted(table)} WHERE {quoted('expires')} < %s", [lapsed])  # noqa: S608
        return int(cursor.rowcount)
