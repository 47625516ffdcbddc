"""What every room writes down: the audit trail, and erasures that are not finished yet."""

import uuid
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.records import clock
from alongside.records.leaving_out import stays_out_of_backups

TRAIL_KEPT = timedelta(days=3 * 365)
"""How long a line of the audit trail is kept."""


def trail_expiry() -> datetime:
    """Give when a line of the audit trail that is written now may be dropped."""
    return clock.now() + TRAIL_KEPT


class Verb(models.TextChoices):
    """The closed list of what staff can be seen to have done."""

    AGREEMENT_PUBLISHED = "agreement_published", _("published a version of the agreement")
    ALLY_ENDED = "ally_ended", _("laid down the role of an ally")
    ALLY_PAUSED = "ally_paused", _("paused as an ally")
    ALLY_READY = "ally_ready", _("declared a learner ready as the second of two, who is an ally now")
    ALLY_REINSTATED = "ally_reinstated", _("reinstated an ally")
    ALLY_RESUMED = "ally_resumed", _("went on as an ally")
    ALLY_SUSPENDED = "ally_suspended", _("suspended an ally")
    APPROVAL_WITHDRAWN = "approval_withdrawn", _("withdrew the approval of content")
    CARE_MEMBER_LEFT = "care_member_left", _("let somebody, or oneself, receive reports no more")
    CARE_MEMBER_NAMED = "care_member_named", _("named somebody a care member")
    CERTIFICATE_REVOKED = "certificate_revoked", _("withdrew the certificate of a learner")
    CODE_LOST = "code_lost", _("said that a code was lost")
    CODE_REPLACED = "code_replaced", _("made a new code in place of a lost one")
    CODE_TALK_NOTED = "code_talk_noted", _("noted a talk with somebody whose code was lost")
    CONTENT_APPROVED = "content_approved", _("approved content")
    COORDINATOR_LINK_MADE = "coordinator_link_made", _("made a link for a coordinator")
    COORDINATOR_LINK_USED = "coordinator_link_used", _("became a coordinator by a link")
    CORRECTION_DELETED = "correction_deleted", _("deleted a decision about a reading")
    CORRECTION_DISAGREED = "correction_disagreed", _("disagreed with a decision about a reading")
    CORRECTION_DISAGREED_NO_MORE = "correction_disagreed_no_more", _("no longer disagreed with a decision")
    CORRECTION_MADE = "correction_made", _("decided what a sentence does")
    CORRECTION_WITHDRAWN = "correction_withdrawn", _("withdrew a decision about a reading")
    CORRECTIONS_TAKEN_ALONG = "corrections_taken_along", _("took decisions about readings along")
    DECLARED_NOT_YET = "declared_not_yet", _("declared a learner not ready yet")
    DECLARED_READY = "declared_ready", _("declared a learner ready")
    DOOR_CHANGED = "door_changed", _("changed what is said at the door")
    DOOR_CLOSED = "door_closed", _("closed the door")
    DOOR_OPENED = "door_opened", _("opened the door")
    DOOR_SLOWED = "door_slowed", _("slowed the door")
    DOOR_SLOWED_NO_MORE = "door_slowed_no_more", _("no longer slowed the door")
    HOURS_NOT_PAID = "hours_not_paid", _("noted that hours were not paid after all")
    HOURS_PAID = "hours_paid", _("marked the hours of a survivor leader as paid")
    HOURS_TAKEN_ALONG = "hours_taken_along", _("took the hours of everybody along")
    IDENTITY_NOTED = "identity_noted", _("noted that an identity was seen")
    INVITATION_WITHDRAWN = "invitation_withdrawn", _("withdrew an invitation to a role")
    LEARNERS_TAKEN_ALONG = "learners_taken_along", _("took the list of learners along")
    LETTER_POSTED_AGAIN = "letter_posted_again", _("had a letter sent again that had failed")
    NOTE_TAKEN_BACK = "note_taken_back", _("took back a note about a learner")
    ORGANISATION_CHANGED = "organisation_changed", _("changed what the organisation says of itself")
    PRACTICE_OPENED = "practice_opened", _("opened the practice that a learner shows")
    PRESENTATION_APPROVED = "presentation_approved", _("approved how an ally presents herself")
    PRESENTATION_SENT_BACK = "presentation_sent_back", _("sent back how an ally presents herself")
    REFERENCE_NOTED = "reference_noted", _("noted that a reference was heard")
    REFERENCES_ASKED_FOR = "references_asked_for", _("had two references asked for")
    REFERENCES_NOT_ASKED_FOR = "references_not_asked_for", _("had references no longer asked for")
    REPORT_ANSWERED = "report_answered", _("answered a report")
    REPORT_MADE = "report_made", _("told the care team of something, as an ally")
    REPORT_OPENED = "report_opened", _("opened a report")
    REPORT_PASSED_ON = "report_passed_on", _("passed a report on to another care member")
    REPORT_SETTLED = "report_settled", _("settled a report")
    ROLES_TAKEN_AWAY = "roles_taken_away", _("took somebody’s roles at the desk away")
    SURVIVOR_LEADER_LINK_MADE = "survivor_leader_link_made", _("made a link for a survivor leader")
    SURVIVOR_LEADER_LINK_USED = "survivor_leader_link_used", _("became a survivor leader by a link")
    SIGN_IN_LINK_MADE = "sign_in_link_made", _("made a link for a new password")
    SIGN_IN_LINK_USED = "sign_in_link_used", _("chose a new password by a link")
    SECOND_FACTOR_REMOVED = "second_factor_removed", _("had a second factor removed on the server")
    STAFF_LEFT = "staff_left", _("left, and took the account along")
    SUPERVISION_NOTED = "supervision_noted", _("noted that a supervision took place")
    TALK_NOTED = "talk_noted", _("noted a talk with a learner")
    TERMS_CHANGED = "terms_changed", _("changed how long conversations or reports are kept")
    TOPIC_ADDED = "topic_added", _("added a topic")
    TOPIC_CHANGED = "topic_changed", _("renamed or moved a topic")
    TOPIC_OFFERED_AGAIN = "topic_offered_again", _("offered a topic again")
    TOPIC_TAKEN_AWAY = "topic_taken_away", _("took a topic away")
    VIEW_DECLINED = "view_declined", _("left a reading as it is that a learner saw differently")


class Batch(models.Model):
    """Some entries of the audit trail, closed together, and chained to the batch before by an HMAC.

    ``digest`` covers the digest of the batch before, all that stands here, and each entry. ``expires_at`` is when the
    last of its entries expires. The newest batch that was dropped stays without its entries, as the anchor of the
    chain: ``anchor`` is an HMAC that says so. ``records.trail`` makes, drops and verifies them.
    """

    number = models.PositiveBigIntegerField(primary_key=True, editable=False)
    at = models.DateTimeField(editable=False)
    expires_at = models.DateTimeField(editable=False)
    count = models.PositiveIntegerField(editable=False)
    digest = models.BinaryField(max_length=32, editable=False)
    anchor = models.BinaryField(max_length=32, null=True, editable=False)

    class Meta:
        ordering = ["number"]

    def __str__(self) -> str:
        return f"batch {self.number}"


class Entry(models.Model):
    """One line of the audit trail: a verb and random ids, never text. Entries are only ever added.

    Acts append them; the tick puts them into a ``batch``, and drops whole batches when they have expired.
    """

    at = models.DateTimeField(default=clock.now, editable=False)
    expires_at = models.DateTimeField(default=trail_expiry, editable=False)
    verb = models.CharField(max_length=40, choices=Verb.choices, editable=False)
    actor = models.UUIDField(null=True, editable=False)
    subject = models.UUIDField(null=True, editable=False)
    batch = models.ForeignKey(Batch, models.PROTECT, null=True, editable=False, related_name="entries")

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(verb__in=Verb.values), name="audit_verb_is_on_the_list")
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the entry. Raises ``TypeError`` for one that is already there: the trail is never rewritten."""
        if not self._state.adding:
            raise TypeError("An audit entry is never changed.")
        super().save(*args, **kwargs)


@stays_out_of_backups
class Window(models.Model):
    """How much of a limit somebody has taken in one window of time. ``records.limits`` says what ``who`` is."""

    limit = models.CharField(max_length=40)
    who = models.BinaryField(max_length=32)
    expires_at = models.DateTimeField(db_index=True)
    taken = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["limit", "who", "expires_at"], name="one_window_of_a_limit_at_a_time")
        ]

    def __str__(self) -> str:
        return f"{self.limit}, until {self.expires_at:%Y-%m-%d %H:%M}"


class HourCount(models.Model):
    """How often something limited was tried in one hour, by everybody together: a number, of nobody in particular."""

    limit = models.CharField(max_length=40)
    hour = models.DateTimeField()
    tries = models.PositiveIntegerField(default=0)
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["limit", "hour"], name="one_count_of_a_limit_for_each_hour")]

    def __str__(self) -> str:
        return f"{self.limit}, {self.hour:%Y-%m-%d %H}: {self.tries}"


class Unswept(models.Model):
    """Something was deleted and its traces in the write-ahead log have not been seen gone yet."""

    since = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"unswept since {self.since:%Y-%m-%d %H:%M}"


class ServerKey(models.Model):
    """One of the server's sealing keys with which this database was written: its number and fingerprint, never itself.

    ``number`` 0: the handle key, which does not rotate. ``records.server_keys`` notes and forgets them.
    """

    number = models.PositiveIntegerField(primary_key=True, editable=False)
    fingerprint = models.CharField(max_length=16, editable=False)

    def __str__(self) -> str:
        return f"sealing key {self.number}" if self.number else "handle key"


class Tombstone(models.Model):
    """Something that a person had in the database was erased: a row, or some ``fields`` of one. Ids only, never words.

    ``records.tombstones`` writes them, and says what they are for.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    at = models.DateTimeField(default=clock.now, db_index=True)
    table = models.CharField(max_length=100)
    row = models.CharField(max_length=100)
    fields = models.CharField(max_length=300, blank=True)
    is_written_down = models.BooleanField(default=False, db_index=True)

    def __str__(self) -> str:
        return f"{self.table} {self.row}, erased {self.at:%Y-%m-%d %H:%M}"


def append(verb: Verb, *, actor: UUID | None = None, subject: UUID | None = None) -> None:
    """Add one line to the audit trail, inside the caller's transaction."""
    Entry.objects.create(verb=verb, actor=actor, subject=subject)
