"""What the desk sees of one learner: how far she is, what it still takes, who has said what. Never her words.

The one exception is the practice that she chose to show (``ShownTurn``), and opening it is noted.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alongside.core.rating import Feedback, feedback_on
from alongside.desk.watching import Talk as TalkOfAlly
from alongside.desk.watching import people_at_once, talks_of
from alongside.introductions.models import Profile
from alongside.people.models import Ally, IdentitySeen, Reference, Supervision, Talk, User
from alongside.people.models.readiness import REFERENCES, Declaration
from alongside.people.readiness import (
    Requirement,
    ally_of,
    declarations_of,
    missing,
    requirements_of,
    who_know,
)
from alongside.practice.feedback import MarkedSentence, change_in_words, marked_in, stance_in_words
from alongside.practice.models import Attempt, PracticeRead, Turn
from alongside.practice.showing import shown_practice
from alongside.workshop.acts import certificate_of
from alongside.workshop.models import Certificate
from alongside.workshop.progress import Progress, progress_of


@dataclass(frozen=True)
class Noted:
    """Somebody of the desk did something for her. ``by``: ``None`` when that person has left."""

    at: datetime
    by: User | None


@dataclass(frozen=True)
class Note:
    """What the desk can note for a requirement: its name in addresses, and what the buttons say.

    ``to_note`` is empty where there is nothing to note any more, ``to_take_back`` where nothing can be taken back.
    """

    name: str
    to_note: str | Promise = ""
    to_take_back: str | Promise = ""


_TITLES = {"shown practice": _("A practice that they show"), "identity": _("Who they are, seen")}
"""Of what is asked, where its own title speaks to the learner."""


@dataclass(frozen=True)
class Asked:
    """A requirement, who saw to it when, and what the desk can note for it; ``None`` where that is not the desk's."""

    requirement: Requirement
    noted: list[Noted]
    note: Note | None = None

    @property
    def title(self) -> str | Promise:
        """Its title to somebody who is not the learner."""
        return _TITLES.get(self.requirement.name, self.requirement.title)


@dataclass(frozen=True)
class LearnerPage:
    """All that the page says of ``learner``, as ``viewer`` sees it.

    ``is_known``: whether somebody has talked with her and read what she shows. ``is_undecided``: whether she can be
    declared ready, or not yet. ``talks``: her conversations as an ally, by their days; ``at_once``: with how many she
    talks at most. ``shown``: the practice that she shows. ``certificate``: her newest.
    """

    learner: User
    viewer: User
    progress: Progress
    asked: list[Asked]
    missing: list[Requirement]
    declarations: list[Declaration]
    is_known: bool
    ally: Ally | None
    is_undecided: bool
    supervisions: list[Supervision]
    talks: list[TalkOfAlly]
    at_once: int
    shown: Attempt | None
    certificate: Certificate | None

    @property
    def is_oneself(self) -> bool:
        """Say whether the viewer looks at her own page: others act there."""
        return self.learner.pk == self.viewer.pk

    @property
    def own_declaration(self) -> Declaration | None:
        """What the viewer has said of her."""
        return next((each for each in self.declarations if each.by_id == self.viewer.pk), None)


def look_at(learner: User, viewer: User) -> LearnerPage:
    """Give what the desk sees of ``learner``."""
    requirements = requirements_of(learner)
    ally = ally_of(learner)
    return LearnerPage(
        learner=learner,
        viewer=viewer,
        progress=progress_of(learner),
        asked=[_asked(each, learner, viewer) for each in requirements],
        missing=missing(requirements),
        declarations=list(declarations_of(learner)),
        is_known=bool(who_know(learner, requirements)),
        ally=ally,
        is_undecided=ally is None or ally.state == Ally.State.ENDED,
        supervisions=list(ally.supervisions.select_related("by")) if ally else [],
        talks=talks_of(ally) if ally else [],
        at_once=people_at_once(Profile.objects.select_related("ally").filter(ally=ally).first()) if ally else 0,
        shown=shown_practice(learner),
        certificate=certificate_of(learner),
    )


def _asked(requirement: Requirement, learner: User, viewer: User) -> Asked:
    if requirement.name == "talk":
        return _talk(requirement, learner, viewer)
    if requirement.name == "identity":
        return _identity(requirement, learner)
    if requirement.name == "references":
        return _references(requirement, learner)
    if requirement.name == "shown practice":
        reads = PracticeRead.objects.filter(attempt__in=Attempt.objects.shown().filter(learner=learner))
        return Asked(requirement, _noted(reads.select_related("by")))
    return Asked(requirement, [])


def _talk(requirement: Requirement, learner: User, viewer: User) -> Asked:
    talks = list(Talk.objects.filter(learner=learner).select_related("by"))
    is_own = any(talk.by_id == viewer.pk for talk in talks)
    again = _("We have talked again") if is_own else _("I have talked with them")
    return Asked(requirement, _noted(talks), Note("talk", again, _("Take back my last talk") if is_own else ""))


def _identity(requirement: Requirement, learner: User) -> Asked:
    seen = list(IdentitySeen.objects.filter(learner=learner).select_related("by"))
    note = Note("identity", "", _("Take it back")) if seen else Note("identity", _("I have seen who they are"))
    return Asked(requirement, _noted(seen), note)


def _references(requirement: Requirement, learner: User) -> Asked:
    heard = list(Reference.objects.filter(learner=learner).select_related("by"))
    to_note = _("I have heard the second of the two") if heard else _("I have heard one of the two")
    are_both_heard = len(heard) == len(REFERENCES)
    note = Note("reference", "" if are_both_heard else to_note, _("Take the last one back") if heard else "")
    return Asked(requirement, _noted(heard), note)


def _noted(rows: Iterable[Talk | IdentitySeen | Reference | PracticeRead]) -> list[Noted]:
    return [Noted(row.at, row.by) for row in rows]


# --- The practice that she shows ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ShownTurn:
    """A turn of the practice that she shows, as she sees it herself."""

    turn: Turn
    feedback: Feedback
    sentences: list[MarkedSentence]
    stance: str
    change: str


def shown_turns(attempt: Attempt) -> list[ShownTurn]:
    """Give the turns of a practice that is shown. ``practice.acts.note_read`` comes first."""
    sentences = marked_in(attempt.answered)
    return [
        ShownTurn(
            turn=turn,
            feedback=feedback_on(turn.reading),
            sentences=sentences[turn.pk],
            stance=stance_in_words(turn.reading),
            change=change_in_words(turn.change, attempt.story.person),
        )
        for turn in attempt.answered
    ]
