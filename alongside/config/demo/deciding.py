"""What the desk does in the demonstration, by the same acts as everybody of a desk."""

import uuid
from datetime import timedelta

from alongside.config.demo import words
from alongside.config.demo.cast import Person
from alongside.config.demo.learning import LANGUAGE, account_of, set_second_factor, sign_up
from alongside.core.rating import Move
from alongside.desk import acts as desk
from alongside.desk import timesheets
from alongside.desk.models import Hours
from alongside.people import acts as people
from alongside.people.agreement import starting_text
from alongside.people.models import SURVIVOR_LEADER, AgreementText, User
from alongside.practice import acts as practice
from alongside.practice.models import DifferentView
from alongside.practice.showing import shown_practice
from alongside.records import clock
from alongside.review import approving, correcting
from alongside.review.correcting import LeadersView
from alongside.review.models import Correction
from alongside.workshop.models import Lesson


def come_first(person: Person) -> None:
    """Become the first coordinator, by the link that the server prints."""
    user = sign_up(person)
    people.take_role(user, people.make_coordinator_link().rstrip("/").rpartition("/")[2])
    set_second_factor(person)


def invite(person: Person, group: str, by: Person) -> None:
    """Invite somebody to a role, who signs up, takes it and sets a second factor."""
    token = people.invite(account_of(by), group)
    people.take_role(sign_up(person), token)
    set_second_factor(person)


def leave_an_invitation_open(by: Person) -> None:
    """Invite somebody who has not come yet."""
    people.invite(account_of(by), SURVIVOR_LEADER)


def fill_in_the_organisation(by: Person) -> None:
    """Write down who this is, and what lessons show of it."""
    people.change_organisation(account_of(by), words.ORGANISATION)


def publish_agreement(by: Person) -> None:
    """Publish the agreement: the text to start from, and later the same with one more promise."""
    newest = AgreementText.newest()
    text = f"{newest.text}\n\n{words.ANOTHER_PROMISE}" if newest else starting_text()
    people.publish_agreement(account_of(by), text, replaces=newest.version if newest else 0)


def check(learner: Person, by: Person, references: int = 2) -> None:
    """See who she is, and hear some of the two who know her."""
    people.note_identity(account_of(learner), account_of(by))
    for _reference in range(references):
        people.note_reference(account_of(learner), account_of(by))


def talk(learner: Person, by: Person) -> None:
    """Talk with her, and read the practice that she shows, if she shows one."""
    people.note_talk(account_of(learner), account_of(by))
    if shown := shown_practice(account_of(learner)):
        practice.note_read(shown, account_of(by))


def declare_ready(learner: Person, by: Person) -> None:
    """Say that she is ready."""
    people.declare_ready(account_of(learner), account_of(by))


def declare_not_yet(learner: Person, by: Person) -> None:
    """Say what would help."""
    people.declare_not_yet(account_of(learner), account_of(by), words.WHAT_WOULD_HELP)


def supervise(ally: Person, week: int, by: Person) -> None:
    """Have the talk of this week with an ally."""
    people.note_supervision(account_of(ally), week, account_of(by))


def suspend(ally: Person, by: Person) -> None:
    """Stop an ally."""
    people.suspend(account_of(ally), account_of(by))


def decide_about_a_view(by: Person, move: Move) -> None:
    """Decide what the sentence does that has waited longest."""
    view = DifferentView.objects.waiting()[0]
    practice.decide(view.pk, account_of(by), LeadersView([move], words.WHY_DECIDED))


def leave_a_reading(by: Person) -> None:
    """Leave the reading as it is of the sentence that has waited longest."""
    practice.decline(DifferentView.objects.waiting()[0].pk, account_of(by), words.WHY_NOT)


def decide_from_scratch(by: Person, number: int, move: Move) -> None:
    """Decide what a sentence does that no learner has written."""
    disclosure, sentence, why = words.DECIDED_FROM_SCRATCH[number]
    correcting.correct(account_of(by), disclosure, sentence, LeadersView([move], why, named=True))


def disagree(by: Person, move: Move) -> None:
    """Disagree in the open with the newest decision of somebody else."""
    decision = Correction.objects.standing().exclude(leader=account_of(by)).order_by("-decided_at")[0]
    correcting.disagree(account_of(by), decision.pk, LeadersView([move], words.SEEN_OTHERWISE, named=True))


def withdraw_a_decision(by: Person) -> None:
    """Withdraw the newest decision of her own."""
    decision = Correction.objects.standing().filter(leader=account_of(by)).order_by("-decided_at")[0]
    correcting.withdraw(account_of(by), decision.pk)


def approve(by: Person, *numbers: int) -> None:
    """Approve some lessons, as they shipped."""
    for number in numbers:
        approving.approve_live(_lesson(number), account_of(by))


def withdraw_an_approval(by: Person, number: int) -> None:
    """Withdraw the approval of a lesson."""
    approving.withdraw_approval(_lesson(number), account_of(by))


def hand_in(by: Person, number: int) -> None:
    """Write another summary for a lesson, and hand it in for the survivors' review."""
    lesson = _lesson(number)
    lesson.summary = words.ANOTHER_SUMMARY
    lesson.save_revision(user=account_of(by))
    lesson.get_workflow().start(lesson, account_of(by))


def log_hours(by: Person, number: int) -> None:
    """Log what she worked yesterday; it varies with ``number``."""
    kinds = list(Hours.What)
    worked = desk.Worked(
        day=clock.now().date() - timedelta(days=1),
        minutes=45 + 15 * (number % 5),
        what=kinds[number % len(kinds)],
        note=words.HOURS[number % len(words.HOURS)],
    )
    desk.log_hours(account_of(by), worked, uuid.uuid4())


def pay_what_is_past(by: Person) -> None:
    """Mark the hours of the months before this one as paid."""
    this_month = clock.now().date().replace(day=1)
    for month in timesheets.all_months():
        if month.first < this_month and month.unpaid:
            leader = User.objects.get(pk=month.leader)
            desk.mark_paid(leader, month.first.year, month.first.month, month.unpaid, account_of(by))


def _lesson(number: int) -> Lesson:
    return Lesson.objects.get(number=number, live=True, locale__language_code=LANGUAGE)
