"""What the desk keeps of its own: which learners' views were read."""

from django.conf import settings
from django.db import models

from alongside.practice.models import DifferentView
from alongside.records import clock


class ReadView(models.Model):
    """A survivor leader has read where a learner sees a rating differently; a view changed later waits again."""

    view = models.OneToOneField(DifferentView, on_delete=models.CASCADE, related_name="reading", primary_key=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"view {self.view_id}, read"
