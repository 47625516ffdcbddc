"""To begin a conversation, answer, stop, and take a turn again.

Two requests can always meet: a double click, two tabs. Whoever raises ``Attempt.length`` by a conditional update has
answered the turn; the other is told so and keeps her words. Nothing is written until the reply has been rated, so a
server that dies in between has taken nothing.
"""

from datetime import timedelta
from uuid import UUID

from django.db import transaction

from alongside.core import story
from alongside.people.models import User
from alongside.practice.models import Attempt, Scenario, Turn
from alongside.practice.reading import reading_to_data
from alongside.records import clock
from alongside.records.erasure import sweep_after_commit
from alongside.review.rating import rate

LONGEST_REPLY = 4000
MOST_IN_AN_HOUR = 120
"""Far more replies than anybody thinks about; reading them without end would leave the server no time for others."""
LONGEST_DRAFT = 40_000
"""Words that are kept unsent may be too long for a reply, but nobody fills the disk with them."""
_UNKEEPABLE = {0: "\ufffd", **dict.fromkeys(range(0xD800, 0xE000), "\ufffd")}


class NotAnsweredError(Exception):
    """A reply was not taken; the learner keeps her words."""


class EmptyReplyError(NotAnsweredError):
    """There is nothing in the reply but spaces."""


class ReplyTooLongError(NotAnsweredError):
    """The reply has more than ``LONGEST_REPLY`` characters: ``length``."""

    def __init__(self, length: int) -> None:
        super().__init__(f"a reply of {length} characters")
        self.length = length


class TooManyRepliesError(NotAnsweredError):
    """The learner has had ``MOST_IN_AN_HOUR`` replies read, or has begun so many new lines, within the last hour."""


class AlreadyAnsweredError(NotAnsweredError):
    """This turn has another reply by now."""


class AlreadyEndedError(NotAnsweredError):
    """The conversation has ended."""


class AttemptGoneError(NotAnsweredError):
    """There is no such attempt of this learner: deleted, expired, or never hers."""


def find_attempt(learner: User, attempt_id: UUID) -> Attempt:
    """Give one of the learner's attempts. Raises ``AttemptGoneError``."""
    try:
        return Attempt.objects.of(learner).get(id=attempt_id)
    except Attempt.DoesNotExist as error:
        raise AttemptGoneError(str(attempt_id)) from error


def begin(learner: User, scenario: Scenario) -> Attempt:
    """Begin a conversation with the live version of ``scenario``; raises ``ValueError`` when there is none.

    One that the learner has begun with this version and not answered yet is given again.
    """
    revision = scenario.live_revision
    if revision is None:
        raise ValueError(f"“{scenario.source_id}” is not live")
    with transaction.atomic():
        one_at_a_time(learner)
        unanswered = Attempt.objects.of(learner).filter(
            revision=revision, length=0, forked_from=None, forked_at=None, stopped_at=None
        )
        return unanswered.first() or Attempt.objects.create(learner=learner, scenario=scenario, revision=revision)


def answer(learner: User, attempt_id: UUID, number: int, reply: str) -> Turn:
    """Give ``reply`` to turn ``number`` (from 1) of the attempt, rated; the conversation moves on.

    The same reply given twice is one turn. A conversation that was stopped goes on. Raises a ``NotAnsweredError`` that
    says why not, and ``ModelUnavailableError`` when replies cannot be rated.
    """
    reply = as_kept(reply)
    if not reply.strip():
        raise EmptyReplyError
    if len(reply) > LONGEST_REPLY:
        raise ReplyTooLongError(len(reply))
    attempt = find_attempt(learner, attempt_id)
    if number != attempt.length + 1 or attempt.ended_at:
        return _answered_before(attempt, number, reply)
    if (
        Turn.objects.filter(attempt__learner=learner, answered_at__gt=clock.now() - timedelta(hours=1)).count()
        >= MOST_IN_AN_HOUR
    ):
        raise TooManyRepliesError
    turn = _rated_turn(attempt, reply)
    with transaction.atomic():
        if _move_on(turn):
            turn.save(force_insert=True)
            if attempt.draft and attempt.draft != reply:
                sweep_after_commit()
            return turn
    return _answered_before(find_attempt(learner, attempt_id), number, reply)


def stop(learner: User, attempt_id: UUID, words: str = "") -> Attempt:
    """Stop here, keeping ``words`` that were typed and not sent. To answer is to go on.

    Raises ``AttemptGoneError``, and ``ReplyTooLongError`` for more words than ``LONGEST_DRAFT``.
    """
    attempt = find_attempt(learner, attempt_id)
    stopped = {"stopped_at": clock.now()} | ({"draft": _as_draft(words)} if words.strip() else {})
    with transaction.atomic():
        is_stopped = Attempt.objects.filter(id=attempt.id, ended_at=None).update(**stopped)
        if is_stopped and attempt.draft and attempt.draft != stopped.get("draft", attempt.draft):
            sweep_after_commit()
    return attempt


def take_again(learner: User, attempt_id: UUID, number: int, words: str | None = None) -> Attempt:
    """Give a new attempt that goes as this one did up to turn ``number``, and waits for another reply there.

    Both lines stay, and are erased on the same day: no word outlives its term by being copied. ``words`` stand in the
    box as a start; ``None``: those of the earlier reply. A new line that was not answered yet is given again, unless
    other words wait in it. Raises ``AttemptGoneError``, also when no such turn was answered, ``ReplyTooLongError`` for
    more words than ``LONGEST_DRAFT``, and ``TooManyRepliesError`` for more than ``MOST_IN_AN_HOUR`` new lines within an
    hour.
    """
    with transaction.atomic():
        one_at_a_time(learner)
        attempt = find_attempt(learner, attempt_id)
        if not 1 <= number <= attempt.length:
            raise AttemptGoneError(f"{attempt_id} has no turn {number}")
        earlier, again = attempt.answered[: number - 1], attempt.answered[number - 1]
        draft = again.reply if words is None else _as_draft(words)
        waiting = Attempt.objects.of(learner).filter(forked_from=attempt, forked_at=number, length=number - 1)
        if same := (waiting if words is None else waiting.filter(draft=draft)).first():
            return same
        lines = Attempt.objects.filter(learner=learner, forked_at__isnull=False)
        if lines.filter(started_at__gt=clock.now() - timedelta(hours=1)).count() >= MOST_IN_AN_HOUR:
            raise TooManyRepliesError
        fork = Attempt.objects.create(
            learner=learner,
            scenario=attempt.scenario,
            revision=attempt.revision,
            length=number - 1,
            forked_from=attempt,
            forked_at=number,
            draft=draft,
            expires_at=attempt.expires_at,
        )
        for turn in earlier:
            turn.pk, turn.attempt = None, fork
        Turn.objects.bulk_create(earlier)
        return fork


def as_kept(words: str) -> str:
    """Give words as they are kept: line ends as ``\\n``, and what no database takes replaced by U+FFFD."""
    return words.replace("\r\n", "\n").replace("\r", "\n").translate(_UNKEEPABLE)


def one_at_a_time(learner: User) -> None:
    """Let the learner's other tabs wait until this transaction is through."""
    User.objects.select_for_update().get(pk=learner.pk)


def _as_draft(words: str) -> str:
    draft = as_kept(words)
    if len(draft) > LONGEST_DRAFT:
        raise ReplyTooLongError(len(draft))
    return draft


def _rated_turn(attempt: Attempt, reply: str) -> Turn:
    read = rate(attempt.her_last_words, reply)
    step = story.hear(attempt.story, attempt.state, read.moves)
    return Turn(
        attempt=attempt,
        number=attempt.length + 1,
        beat=attempt.state.beat,
        disclosure=attempt.her_last_words,
        reply=reply,
        rating=reading_to_data(read),
        stance=read.stance.value,
        model=read.model,
        change=step.change.value,
        thought=step.thought,
        said_next=step.says,
        trust=step.state.trust,
        leads_to=step.state.beat,
        stayed=step.state.stayed,
        ending=step.state.ended or "",
    )


def _move_on(turn: Turn) -> bool:
    """Take the turn if nobody else has: exactly one of all that try at once gets True."""
    waiting = Attempt.objects.filter(id=turn.attempt_id, length=turn.number - 1, ended_at=None)
    ended_at = clock.now() if turn.ending else None
    return bool(waiting.update(length=turn.number, draft="", stopped_at=None, ended_at=ended_at))


def _answered_before(attempt: Attempt, number: int, reply: str) -> Turn:
    """Give the turn if it already holds this very reply. Raises what stands in the way otherwise."""
    for turn in attempt.answered:
        if turn.number == number:
            if turn.reply == reply:
                return turn
            raise AlreadyAnsweredError
    if attempt.ended_at:
        raise AlreadyEndedError
    raise AttemptGoneError(f"{attempt.id} has no turn {number} to answer")
