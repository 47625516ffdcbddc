"""What every room shares: the clock, the audit trail, expiry and erasure."""

from django.apps import AppConfig


class RecordsApp(AppConfig):
    """What every room shares: the clock, the audit trail, expiry and erasure."""

    name = "alongside.records"
