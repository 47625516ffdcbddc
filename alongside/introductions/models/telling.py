"""What an ally was told by letter: that something waits, and no more."""

from django.db import models

from alongside.people.models import User


class Telling(models.Model):
    """When an ally was told, or will be, that something waits for her; and when she looked.

    ``waits_since``: when the last thing came that she has not been told of by a page. ``due_at``: when her last letter
    was due, or is; in the future, one is on its way. ``looked_at``: when she last saw what waits for her.
    ``stopped_at``: she wants no such letters.
    """

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="telling")
    waits_since = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    looked_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"telling {self.pk}"
