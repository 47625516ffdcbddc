"""What every room shares: the clock, the audit trail, expiry and erasure."""

from django.apps import AppConfig


class RecordsApp(AppConfig):
    """What every room shares: the clock, the audit trail, expiry and erasure."""

    name = "alongside.records"

    def ready(self) -> None:
        """Let the tick drop what lapsed in the cache, and tombstones that no backup is old enough to need."""
        from alongside.records import cached, tombstones  # noqa: F401
