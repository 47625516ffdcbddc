"""What every room shares: the clock, the audit trail, expiry and erasure, limits."""

from django.apps import AppConfig


class RecordsApp(AppConfig):
    """What every room shares: the clock, the audit trail, expiry and erasure, limits."""

    name = "alongside.records"

    def ready(self) -> None:
        """Let the tick close the audit trail, and drop what lapsed: in the cache, of limits, of old tombstones."""
        from alongside.records import cached, limits, tombstones  # noqa: F401
        from alongside.records.trail import closing  # noqa: F401
