"""The certificate of a learner who has finished the workshop, and what asks her to come back to practice."""

import secrets
import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models

from alongside.records import clock

LONGEST_NAME = 100
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no letter in it is taken for a digit."""
_ALIKE = str.maketrans("ILO", "110")
_GROUPS = (5, 5, 5, 5, 6)
"""26 characters of 5 bits: 130 bits."""


def new_code() -> str:
    """Give a random code of 130 bits, five groups with hyphens."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(length)) for length in _GROUPS)


def as_code(typed: str) -> str:
    """Give a code as it is kept, however somebody typed it; empty for what cannot be one."""
    letters = "".join(typed.upper().replace("-", " ").split()).translate(_ALIKE)
    if len(letters) != sum(_GROUPS) or not set(letters) <= set(_LETTERS):
        return ""
    starts = [sum(_GROUPS[:index]) for index in range(len(_GROUPS))]
    return "-".join(letters[start : start + length] for start, length in zip(starts, _GROUPS, strict=True))


class CertificateQuerySet(models.QuerySet["Certificate"]):
    """Certificates, by whether they hold."""

    def in_effect(self) -> "CertificateQuerySet":
        """Give those that were not withdrawn."""
        return self.filter(revoked_at=None)


class Certificate(models.Model):
    """What was said of a learner when she had finished. It never changes; it is withdrawn, or goes with her account.

    ``organisation``, ``lessons``, ``practices`` and ``minutes``: as they were when it was issued.
    ``may_have_another``: whoever withdrew it lets her fetch a new one, as when the name on it was wrong.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="certificates")
    code = models.CharField(max_length=32, unique=True, default=new_code, editable=False)
    name_on_it = models.CharField(max_length=LONGEST_NAME)
    organisation = models.CharField(max_length=120, blank=True)
    lessons = models.PositiveSmallIntegerField()
    practices = models.PositiveSmallIntegerField()
    minutes = models.PositiveSmallIntegerField()
    issued_at = models.DateTimeField(default=clock.now, editable=False)
    revoked_at = models.DateTimeField(null=True, editable=False)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    may_have_another = models.BooleanField(default=False, editable=False)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-issued_at", "-id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["learner"], condition=models.Q(revoked_at=None), name="one_certificate_in_effect"
            )
        ]

    def __str__(self) -> str:
        return f"certificate {self.id}"


class Reminding(models.Model):
    """What was sent to a learner who has finished, to practise again. It goes with her account.

    ``months``: the last reminder that was due and seen to, 0 before the first. ``stopped_at``: since when she wants
    none.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    learner = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reminding")
    months = models.PositiveSmallIntegerField(default=0)
    stopped_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"reminding of {self.learner_id}"
