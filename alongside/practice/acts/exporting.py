"""To take along everything that one has practised."""

from typing import Any

from alongside.people.export import exports
from alongside.people.models import User
from alongside.practice.models import Attempt, DifferentView, Turn
from alongside.records import clock


@exports("practice")
def export(learner: User) -> dict[str, list[dict[str, Any]]]:
    """Give all attempts of the learner with their turns and views, as JSON has it, the oldest first.

    Views that were written late in a conversation outlive it; those stand in a list of their own.
    """
    now = clock.now()
    attempts = Attempt.objects.of(learner).prefetch_related("turns__different_views").reverse()
    views = DifferentView.objects.filter(learner=learner, expires_at__gt=now).order_by("created_at", "id")
    return {
        "conversations": [_attempt(attempt) for attempt in attempts],
        "seen_differently_before": [_view(view) for view in views.exclude(turn__attempt__expires_at__gt=now)],
    }


def _attempt(attempt: Attempt) -> dict[str, Any]:
    return {
        "id": str(attempt.id),
        "scenario": attempt.scenario.source_id,
        "version": attempt.revision_id,
        "started_at": attempt.started_at.isoformat(),
        "ended_at": attempt.ended_at.isoformat() if attempt.ended_at else None,
        "stopped_at": attempt.stopped_at.isoformat() if attempt.stopped_at else None,
        "expires_at": attempt.expires_at.isoformat(),
        "taken_again_from": str(attempt.forked_from_id) if attempt.forked_from_id else None,
        "taken_again_at_turn": attempt.forked_at,
        "not_sent_yet": attempt.draft,
        "turns": [_turn(turn) for turn in attempt.answered],
    }


def _turn(turn: Turn) -> dict[str, Any]:
    return {
        "number": turn.number,
        "answered_at": turn.answered_at.isoformat(),
        "said_to_you": turn.disclosure,
        "your_reply": turn.reply,
        "reading": turn.rating,
        "unspoken_thought": turn.thought,
        "change": turn.change,
        "trust": turn.trust,
        "said_next": turn.said_next,
        "seen_differently": [_view(view) for view in turn.different_views.all()],
    }


def _view(view: DifferentView) -> dict[str, Any]:
    return {
        "sentence": view.text,
        "shown": view.shown,
        "your_view": view.view,
        "your_moves": view.moves,
        "said_at": view.created_at.isoformat(),
        "expires_at": view.expires_at.isoformat(),
    }
