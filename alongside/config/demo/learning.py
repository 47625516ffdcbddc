"""What learners do in the demonstration, by the same acts as everybody."""

from functools import cache
from itertools import islice

from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.hashers import make_password

from alongside.config.demo import words
from alongside.config.demo.cast import PASSWORD, SECOND_FACTOR, Person
from alongside.people import acts as people
from alongside.people.models import AgreementText, User
from alongside.practice import acts as practice
from alongside.practice import drills
from alongside.practice.drill_page import Side
from alongside.practice.models import Attempt, Drill, Scenario, Turn
from alongside.workshop import acts as workshop
from alongside.workshop.assessment import sitting_of
from alongside.workshop.lessons import chosen
from alongside.workshop.models import Lesson, Occasion

LANGUAGE = "en"
REPLIES = 3
"""So many make a practice."""
MISSED = 4
"""Every so many drills one is missed."""


def account_of(person: Person) -> User:
    """Give the account of somebody who has signed up."""
    return User.objects.get(email=person.email)


def sign_up(person: Person) -> User:
    """Make an account, as signing up does, and confirm its address."""
    user = User.objects.create_user(person.email, name=person.name)
    user.password = _hashed_password()
    user.save(update_fields=["password"])
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    return user


def sit(person: Person, occasion: Occasion, answers: int = 3) -> None:
    """Answer three people, or as many as she gets to; the first time as she is used to, the last as she has learnt."""
    learner = account_of(person)
    workshop.enrol(learner)
    sitting = workshop.sit(learner, occasion, LANGUAGE)
    for asked in islice(sitting.asked, answers):
        told = asked.disclosure.source_id
        workshop.reply_to(asked, _answer(person, occasion, told, asked.pair))
    if answers == len(sitting.asked) and (finished := sitting_of(learner, occasion)):
        workshop.read_replies(finished)


def take_lesson(person: Person, number: int) -> None:
    """Take a lesson to its end: its drills, its practice, and now and then a few words to herself."""
    learner = account_of(person)
    lesson = Lesson.objects.get(number=number, live=True, locale__language_code=LANGUAGE)
    workshop.keep_place(learner, lesson)
    for drill in Drill.objects.filter(pk__in=chosen(lesson, "drill")).order_by("pk"):
        _drill(person, learner, drill)
    for scenario in Scenario.objects.filter(pk__in=chosen(lesson, "practice")):
        _converse(learner, scenario, _replies(person, number, scenario.source_id))
    if (number + person.habit) % 3 == 0:
        for piece in lesson.body.blocks_by_name("reflection"):
            written = words.REFLECTIONS[number % len(words.REFLECTIONS)]
            workshop.keep_reflection(learner, lesson.source_id, piece.value["key"], written, None)
    workshop.finish_lesson(learner, lesson)


def show_a_practice(person: Person) -> None:
    """Practise once more as she has learnt, and show that to the desk."""
    learner = account_of(person)
    scenarios = list(Scenario.objects.filter(live=True, locale__language_code=LANGUAGE).order_by("source_id"))
    hers = len(person.name) % len(scenarios)
    for scenario in scenarios[hers:] + scenarios[:hers]:
        replies = (words.OPENINGS[scenario.source_id][0], *words.LEANING_IN[person.habit :])
        attempt = _converse(learner, scenario, replies)
        if attempt.length >= practice.LEAST_REPLIES:
            practice.show_to_desk(learner, attempt.pk)
            return
    raise LookupError("no conversation is long enough to be shown")


def prepare(person: Person) -> None:
    """Do all that is hers to become an ally: the agreement, a second factor, a practice to be read."""
    sign_agreement(person)
    set_second_factor(person)
    show_a_practice(person)


def sign_agreement(person: Person) -> None:
    """Sign what is in force."""
    newest = AgreementText.newest()
    if newest is None:
        raise LookupError("there is no agreement yet")
    people.sign_agreement(account_of(person), newest.version)


def set_second_factor(person: Person) -> None:
    """Set the app that everybody in the demonstration has."""
    TOTP.activate(account_of(person), SECOND_FACTOR)


def fetch_certificate(person: Person) -> None:
    """Fetch the certificate, with the name that she wants on paper."""
    workshop.fetch_certificate(account_of(person), words.CERTIFICATE_NAMES.get(person.name, person.name))


def see_differently(person: Person) -> None:
    """See the reading of a sentence differently, in the last of her replies that she has something to say about."""
    learner = account_of(person)
    turn = Turn.objects.filter(attempt__learner=learner, reply__in=words.VIEWS).latest("answered_at")
    index, view = words.VIEWS[turn.reply]
    practice.see_differently(learner, practice.find_sentence(learner, turn.attempt_id, turn.number, index), view)


def leave(person: Person) -> None:
    """Delete the account, and everything with it."""
    people.leave(account_of(person))


@cache
def _hashed_password() -> str:
    """Hash the one password once: to take its time is what a hash is for."""
    return make_password(PASSWORD)


def _drill(person: Person, learner: User, drill: Drill) -> None:
    leans_in_first = drills.leans_in_first(learner, drill, 1)
    finds_it = (len(drill.source_id) + len(person.name)) % MISSED > 0
    practice.choose(learner, drill, 1, Side.FIRST if leans_in_first == finds_it else Side.SECOND)


def _answer(person: Person, occasion: Occasion, told: str, pair: int) -> str:
    """Give her answer to a disclosure; now and then it is better, or worse, than her others of the same day."""
    is_another = (len(person.name) + pair) % 4 == 0
    if occasion is Occasion.FIRST:
        return words.AFTER[told][1] if is_another else words.BEFORE[told][person.habit]
    return words.AFTER[told][-1 if is_another else person.habit % 2]


def _converse(learner: User, scenario: Scenario, replies: tuple[str, ...]) -> Attempt:
    """Answer with ``replies`` until they, or the conversation, come to an end."""
    attempt = practice.begin(learner, scenario)
    for number, reply in enumerate(replies, start=1):
        practice.answer(learner, attempt.pk, number, reply)
        attempt = practice.find_attempt(learner, attempt.pk)
        if attempt.ended_at:
            break
    return attempt


def _replies(person: Person, number: int, scenario: str) -> tuple[str, ...]:
    """Give her replies in lesson ``number``: mixed in the beginning, and less so later."""
    leans_in = number > 3 + person.habit
    opening = words.OPENINGS[scenario][0 if leans_in or number % 2 else 1]
    more = words.LEANING_IN if leans_in else words.MIXED
    return (opening, *((more * 2)[number % len(more) :][: REPLIES - 1]))
