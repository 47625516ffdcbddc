"""To take along everything that one has practised."""

from typing import Any

from alongside.people.export import exports
from alongside.people.models import User
from alongside.practice.models import Attempt, DifferentView, DrillAnswer, Turn
from alongside.records import clock


@exports("practice")
def export(learner: User) -> dict[str, list[dict[str, Any]]]:
    """Give all attempts of the learner with their turns and views, as JSON has it, the oldest first.

    Views that were written late in a conversation outlive it; those stand in a list of their own.
    """
    now = clock.now()
    hers = Attempt.objects.of(learner).prefetch_related("turns__different_views__correction", "reads__by")
    views = DifferentView.objects.filter(learner=learner, expires_at__gt=now).order_by("created_at", "id")
    return {
        "conversations": [_attempt(attempt) for attempt in hers.reverse()],
        "drills": [_drill(answer) for answer in _drills_of(learner)],
        "seen_differently_before": [
            _view(view) for view in views.select_related("correction").exclude(turn__attempt__expires_at__gt=now)
        ],
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
        "shown_to_the_desk_since": attempt.shown_at.isoformat() if attempt.shown_at else None,
        "opened_by_the_desk": [
            {"by": read.by.name if read.by else None, "at": read.at.isoformat()} for read in attempt.reads.all()
        ],
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


def _drills_of(learner: User) -> list[DrillAnswer]:
    answers = DrillAnswer.objects.filter(learner=learner, expires_at__gt=clock.now()).select_related("drill")
    return list(answers.order_by("answered_at", "id"))


def _drill(answer: DrillAnswer) -> dict[str, Any]:
    return {
        "drill": answer.drill.source_id,
        "answered_at": answer.answered_at.isoformat(),
        "chose_the_one_that_leans_in": answer.was_found,
        "comes_back_at": answer.due_at.isoformat() if answer.due_at else None,
        "expires_at": answer.expires_at.isoformat(),
    }


def _view(view: DifferentView) -> dict[str, Any]:
    return {
        "sentence": view.text,
        "shown": view.shown,
        "your_view": view.view,
        "your_moves": view.moves,
        "said_at": view.created_at.isoformat(),
        "decision": view.decision,
        "decision_why": view.correction.why if view.correction else view.decision_why,
        "decided_moves": view.correction.moves if view.correction else [],
        "expires_at": view.expires_at.isoformat(),
    }
