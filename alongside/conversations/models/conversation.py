"""The private messages of one introduction, sealed to its two people."""

import uuid
from typing import ClassVar

from django.db import models

from alongside.introductions.models import Introduction
from alongside.people.models import KeyPair, Survivor, User
from alongside.records import clock
from alongside.records.tombstones import leaves_tombstone


class ConversationQuerySet(models.QuerySet["Conversation"]):
    """Conversations, by whose they are and whether they go on."""

    def of(self, pair: KeyPair) -> "ConversationQuerySet":
        """Give those of the person whose key pair this is, as far as their term has not run out."""
        kept = self.filter(expires_at__gt=clock.now())
        return kept.filter(survivor=pair.survivor_id) if pair.survivor_id else kept.filter(ally=pair.user_id)

    def going_on(self) -> "ConversationQuerySet":
        """Give those that nobody has ended, with both people there."""
        return self.filter(ended_at=None, ally__isnull=False, expires_at__gt=clock.now())


@leaves_tombstone
class Conversation(models.Model):
    """Two people who talk. Of what they say only this is in clear: that there are messages, when, and of which side.

    ``ally`` is null when she has left or was taken out; her messages stay, unnamed, until they expire. ``is_blocked``:
    the survivor wants nothing more from her. ``last_at``: the last message of either. It is erased ``Door.keep_days``
    after that, and ``expires_at`` moves along. ``asks_for_earlier``: the ally has another key pair since, and the
    survivor has not said yet whether that may open what was written before. ``is_asked_uneasy``: the survivor has said
    whether anything made her uneasy, or waved the question away.
    """

    class Ended(models.TextChoices):
        NOT_YET = ""
        BY_HER = "her"
        BY_ALLY = "ally"
        BY_DESK = "desk"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    introduction = models.OneToOneField(Introduction, on_delete=models.CASCADE, related_name="conversation")
    survivor = models.ForeignKey(Survivor, on_delete=models.CASCADE, related_name="conversations")
    ally = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="conversations")
    began_at = models.DateTimeField(default=clock.now, editable=False)
    last_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=4, choices=Ended.choices, default=Ended.NOT_YET, blank=True)
    is_blocked = models.BooleanField(default=False)
    asks_for_earlier = models.BooleanField(default=False)
    is_asked_uneasy = models.BooleanField(default=False)
    expires_at = models.DateTimeField(db_index=True)

    objects = ConversationQuerySet.as_manager()

    def __str__(self) -> str:
        return f"conversation {self.pk}"


class ConversationKey(models.Model):
    """One of the numbered random keys of a conversation, which stands here only as its seals. The newest closes new
    messages; a new one is made when who may read changes."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="keys")
    number = models.PositiveIntegerField()
    made_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["conversation", "number"], name="keys_of_a_conversation_are_numbered")
        ]

    def __str__(self) -> str:
        return f"key {self.number} of {self.conversation_id}"


@leaves_tombstone
class Seal(models.Model):
    """A conversation's key, sealed to one key pair: whoever opens that can read what the key closed."""

    key = models.ForeignKey(ConversationKey, on_delete=models.CASCADE, related_name="seals")
    pair = models.ForeignKey(KeyPair, on_delete=models.CASCADE, related_name="+")
    sealed = models.BinaryField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["key", "pair"], name="a_key_is_sealed_once_to_a_pair")
        ]

    def __str__(self) -> str:
        return f"seal {self.pk}"


@leaves_tombstone
class Message(models.Model):
    """One message: a secret box, padded to a multiple of 512 bytes. ``number`` counts from 1 in its conversation.

    ``nonce`` is the form's: the same form sent twice is one message.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="messages")
    key = models.ForeignKey(ConversationKey, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    is_hers = models.BooleanField()
    closed = models.BinaryField()
    nonce = models.UUIDField(default=uuid.uuid4)
    at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["conversation", "number"], name="messages_are_numbered"),
            models.UniqueConstraint(fields=["conversation", "is_hers", "nonce"], name="a_form_is_sent_once"),
        ]

    def __str__(self) -> str:
        return f"message {self.pk}"


@leaves_tombstone
class Draft(models.Model):
    """What one of the two has written and not sent, sealed to her own key pair."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="drafts")
    pair = models.ForeignKey(KeyPair, on_delete=models.CASCADE, related_name="+")
    sealed = models.BinaryField()
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["conversation", "pair"], name="one_draft_of_each_of_the_two")
        ]

    def __str__(self) -> str:
        return f"draft {self.pk}"


class Mark(models.Model):
    """How far one of the two has read, for her own unread mark; the other never sees it."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="marks")
    pair = models.ForeignKey(KeyPair, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["conversation", "pair"], name="one_mark_of_each_of_the_two")
        ]

    def __str__(self) -> str:
        return f"mark {self.pk}"
